"""The index: what is found, agreement with reading every article, and its life on the disk."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.errors import Cancelled
from desktop.search import index
from desktop.search.index import Index, IndexDocument
from desktop.search.query import Clause, parse

KEY = b"key of the tests"


def nobody(_clause: Clause) -> Collection[int]:
    raise AssertionError("no clause was asked")


def made(folder: Path, *documents: IndexDocument) -> Index:
    made_index = Index.open(folder, key=KEY)
    made_index.reset(followed=0)
    made_index.update(documents)
    return made_index


def rows(searched: Index, text: str) -> list[int]:
    """Return the rows a query finds, best first."""
    found = searched.search(parse(text).ast, resolve=nobody)
    assert found.total == len(found.hits) == len(found.rows)
    assert not searched.needs_rebuild
    return [row for row, _score in found.hits]


ARTICLES = [
    IndexDocument(
        1,
        "Minister Beljaarts zet stap voor een AI-faciliteit",
        "Minister Beljaarts van Economische Zaken zet stap voor een AI-faciliteit\n\n"
        "Er komt een AI-supercomputer. "
        "De collega’s uit de V.S. bespraken investeringen.\n\nHet bedrijf Nvidia (o.a.) levert chips.",
        "nl",
    ),
    IndexDocument(
        2,
        "Frankrijk bouwt een datacenterpark",
        "Frankrijk bouwt een datacenterpark\n\nPresident Macron sprak over één investering van 30 miljard. "
        "Grote bedrijven in de VS reageren. De minister van Economische Zaken zweeg.",
        "nl",
    ),
    IndexDocument(
        3,
        "The minister's plan",
        "The minister's plan\n\nCompanies invest in chips for the U.S. market.",
        "en",
    ),
    IndexDocument(
        4,
        "L'énergie nucléaire",
        "L'énergie nucléaire\n\nLes entreprises françaises soutiennent le développement de l’intelligence.",
        "fr",
    ),
    IndexDocument(5, "Große Häuser", "Große Häuser\n\nDie Straßen und die Büroﬂächen wachsen.", "de"),
    IndexDocument(6, "Sin idioma", "Sin idioma\n\nLos mercados de las ciudades.", None),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = made(tmp_path_factory.mktemp("index"), *ARTICLES)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("supercomputer", {1}),
        ("AI", {1}),
        ("AI-supercomputer", {1}),
        ('"AI supercomputer"', {1}),
        ('"supercomputer AI"', set()),
        ("investering", {1, 2, 3}),  # its English stem is that of invest
        ("Investeringen", {1, 2}),
        ("INVESTERINGEN", {1, 2}),
        ('="investering"', {2}),
        ('="INVESTERING"', {2}),
        ("een", {1, 2}),
        ("één", {1, 2}),
        ("VS", {1, 2}),
        ("V.S.", {1, 2}),
        ("US", {3}),
        ("collega", {1}),
        ("collega's", {1}),
        ("collegas", {1}),
        ("bedrijf", {1, 2}),
        ("bedrijven", {1, 2}),
        ("company", {3}),
        ("minister", {1, 2, 3}),
        ("chip", {1, 3}),
        ("energie", {4}),
        ("énergie", {4}),
        ("l'énergie", {4}),
        ("d'énergie", {4}),
        ("l’énergie nucléaire", {4}),
        ("entreprise", {4}),
        ("developper", {4}),
        ("développer", {4}),
        ("francaise", {4}),
        ("strasse", {5}),
        ("Straßen", {5}),
        ("buroflachen", {5}),
        ("grosse", {5}),
        ("mercados", {6}),
        ("mercado", set()),  # the language is not known: no stems
        ("datacenter*", {2}),
        ("datacenter", {2}),
        ("park", {2}),
        ('="datacenter"', set()),
        ('"een park"', {2}),  # a part stands where its compound stands
        ("flache", {5}),
        ("ark", set()),
        ("AI-super*", {1}),
        ("supercomputr~", {1}),
        ("uspercomputer~", set()),  # the first letter counts
        ("spercomputre~2", {1}),
        ('"economische zaken"', {1, 2}),
        ('"economische zaak"', {1, 2}),
        ('="economische zaken"', {1, 2}),
        ('="economische zaak"', set()),
        ('"minister zaken"~1', set()),
        ('"minister zaken"~2', {2}),
        ('"minister zaken"~3', {1, 2}),
        ('"zaken minister"~3', {1, 2}),
        ('"faciliteit er"', set()),  # a paragraph ends in between
        ('"faciliteit er"~99', set()),
        ("title:minister", {1, 3}),
        ("title:macron", set()),
        ('title:"een datacenterpark"', {2}),
        ("chips OR macron", {1, 2, 3}),
        ("chips minister", {1, 3}),
        ("chips NOT minister", set()),
        ("minister -chips", {2}),
        ("-minister", {4, 5, 6}),
        ("(chips OR macron) -nvidia", {2, 3}),
        ("NOT (chips OR macron)", {4, 5, 6}),
        ("-chips OR nvidia", {1, 2, 4, 5, 6}),
        ("woordnietgevonden", set()),
        ("30", {2}),
        ("30 miljard", {2}),
        ("", {1, 2, 3, 4, 5, 6}),
    ],
)
def test_finds(library: Index, text: str, found: set[int]) -> None:
    assert set(rows(library, text)) == found


def test_clauses_are_sets_of_rows_anywhere_in_the_tree(library: Index) -> None:
    answers = {"macron": {2}, "nobody": set(), "ghost": {1, 99}}

    def resolve(clause: Clause) -> Collection[int]:
        return answers[clause.value]

    def found(text: str, **limits: set[int]) -> set[int]:
        return set(library.search(parse(text).ast, resolve=resolve, **limits).rows)

    assert found("actor:macron") == {2}
    assert found("actor:macron OR nvidia") == {1, 2}
    assert found("(actor:macron OR chips) -nvidia") == {2, 3}
    assert found("minister -actor:macron") == {1, 3}
    assert found("minister actor:nobody") == set()
    assert found("actor:ghost") == {1}, "a row that is not in the index is not found"
    assert found("minister", allow={1, 3, 99}) == {1, 3}
    assert found("minister", exclude={1}) == {2, 3}
    assert found("", allow={1, 2}, exclude={1}) == {2}


def test_the_best_come_first(tmp_path: Path) -> None:
    filler = "woorden die er niet toe doen " * 20
    searched = made(
        tmp_path,
        IndexDocument(1, "Iets", "Iets\n\nEen keer energie. " + filler, "nl"),
        IndexDocument(2, "Energie", "Energie\n\nEnergie in de titel. " + filler, "nl"),
        IndexDocument(3, "Iets", "Iets\n\nEnergie, energie en nog eens energie. " + filler, "nl"),
        IndexDocument(4, "Iets", "Iets\n\nAlleen energieën. " + filler, "nl"),
        IndexDocument(5, "Iets", "Iets\n\nEen keer energie. " + filler, "nl"),
    )
    assert rows(searched, "energie") == [2, 3, 5, 1, 4]
    cut = searched.search(parse("energie").ast, resolve=nobody, limit=2)
    assert [row for row, _score in cut.hits] == [2, 3]
    assert (cut.total, cut.rows) == (5, {1, 2, 3, 4, 5})
    unscored = searched.search(parse("energie").ast, resolve=nobody, scored=False)
    assert unscored.hits == tuple((row, 0.0) for row in (5, 4, 3, 2, 1))
    searched.close()


def test_suggests_words_that_are_there(library: Index) -> None:
    assert library.suggest("Nvidea") == ["nvidia"]
    assert library.suggest("suprcomputr") == ["supercomputer"]
    assert library.suggest("qqqqqq") == []
    assert library.suggest("") == []


# Life


def test_what_was_noted_is_there_when_opened_again(tmp_path: Path) -> None:
    first = Index.open(tmp_path / "index", key=KEY, library="a")
    assert first.needs_rebuild
    assert (first.complete, first.rows(), rows_of(first, "minister")) == (False, frozenset(), [])
    first.reset(followed=7)
    assert not first.needs_rebuild
    assert not first.complete
    first.update(ARTICLES[:2], followed=9)
    assert first.followed == 9
    first.note(complete=True)
    first.delete([1], followed=10)
    first.close()
    assert rows_of(first, "minister") == []

    again = Index.open(tmp_path / "index", key=KEY, library="a")
    assert (again.needs_rebuild, again.complete, again.followed, again.rows()) == ("", True, 10, {2})
    assert rows(again, "minister") == [2]
    assert again.check()
    again.close()


def rows_of(searched: Index, text: str) -> list[int]:
    return [row for row, _score in searched.search(parse(text).ast, resolve=nobody).hits]


def test_an_index_that_is_not_ours_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, *ARTICLES).close()
    assert Index.open(tmp_path, key=b"another computer").needs_rebuild
    assert Index.open(tmp_path, key=KEY, library="another").needs_rebuild
    monkeypatch.setattr(index, "VERSION", "another")
    assert Index.open(tmp_path, key=KEY).needs_rebuild
    monkeypatch.undo()
    opened = Index.open(tmp_path, key=KEY)
    assert not opened.needs_rebuild
    opened.close()


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "sub").mkdir()
    opened = made(tmp_path, *ARTICLES)
    opened.reset(followed=0)
    opened.update(ARTICLES)
    opened.close()
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "sub").is_dir()


def test_no_files_pile_up(tmp_path: Path) -> None:
    opened = made(tmp_path, *ARTICLES)
    kinds = {path.name.partition(".")[2] for path in tmp_path.iterdir()}
    for _round in range(20):
        opened.update(ARTICLES[:1])
    while opened.merge():
        pass
    opened.close()
    segments = {path.name.partition(".")[0] for path in tmp_path.glob("leeslamp_*")}
    assert len(segments) <= index.FAN + 6
    assert {path.name.partition(".")[2] for path in tmp_path.iterdir()} == kinds
    assert len(list(tmp_path.glob("_leeslamp_*.toc"))) == 1


class StopAt:
    """Progress that cancels at a step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int, text: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_cancelling_at_every_step_leaves_the_last_state(tmp_path: Path) -> None:
    opened = made(tmp_path, *ARTICLES[:2])
    steps = 0
    while True:
        try:
            opened.update(ARTICLES[2:4], followed=5, progress=StopAt(steps))
        except Cancelled:
            steps += 1
            assert opened.rows() == {1, 2}
            assert opened.followed == 0
            assert sorted(rows(opened, "minister")) == [1, 2]
            again = Index.open(tmp_path, key=KEY)
            assert (again.needs_rebuild, again.rows()) == ("", {1, 2})
            again.close()
        else:
            break
    assert steps > 2
    assert (opened.rows(), opened.followed) == ({1, 2, 3, 4}, 5)
    opened.close()


def test_a_cancelled_merge_changes_nothing(tmp_path: Path) -> None:
    opened = made(tmp_path)
    for number in range(index.FAN):
        opened.update([IndexDocument(number, "Titel", f"woord{number} samen", "nl")])
    with pytest.raises(Cancelled):
        opened.merge(StopAt(0))
    assert sorted(rows(opened, "samen")) == list(range(index.FAN))
    assert opened.merge()
    assert not opened.merge()
    assert sorted(rows(opened, "samen")) == list(range(index.FAN))
    assert rows(opened, "woord3") == [3]
    opened.close()


def test_cancelling_between_batches_keeps_the_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BATCH", 2)
    opened = made(tmp_path)
    with pytest.raises(Cancelled):
        opened.update(ARTICLES, progress=StopAt(8))
    kept = opened.rows()
    assert kept in ({1, 2}, {1, 2, 3, 4})
    opened.close()
    again = Index.open(tmp_path, key=KEY)
    assert (again.rows(), again.complete) == (kept, False)
    again.close()


def test_searches_go_on_while_articles_come_in(tmp_path: Path) -> None:
    opened = made(tmp_path, *ARTICLES)
    wrong: list[object] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            for text in ("minister", "mnister~2", "minis*"):
                found = rows_of(opened, text)
                if not {1, 2, 3} <= set(found):
                    wrong.append((text, found))

    readers = [threading.Thread(target=look) for _number in range(3)]
    for reader in readers:
        reader.start()
    for number in range(12):
        opened.update([IndexDocument(100 + number, "Minister", "de minister komt", "nl"), ARTICLES[0]])
        opened.delete([100 + number - 3])
        opened.merge()
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert opened.needs_rebuild == ""
    opened.close()


def test_resets_and_searches_while_articles_come_in(tmp_path: Path) -> None:
    opened = made(tmp_path, *ARTICLES)
    stop = threading.Event()
    failed: list[BaseException] = []

    def disturb() -> None:
        try:
            while not stop.is_set():
                rows_of(opened, "minister")
                opened.reset(followed=0)
        except BaseException as error:  # told by the test
            failed.append(error)

    other = threading.Thread(target=disturb)
    other.start()
    for _round in range(20):
        opened.update(ARTICLES, followed=1)
        opened.delete([1])
        opened.merge()
    stop.set()
    other.join()
    assert failed == []
    opened.update(ARTICLES)
    assert set(rows(opened, "minister")) == {1, 2, 3}
    opened.close()


def test_the_last_of_equal_rows_in_a_batch_counts(tmp_path: Path) -> None:
    opened = made(tmp_path, IndexDocument(1, "A", "eerste", "nl"), IndexDocument(1, "A", "tweede", "nl"))
    assert rows(opened, "eerste") == []
    assert rows(opened, "tweede") == [1]
    opened.close()


def test_a_search_does_not_wait_for_another_one(tmp_path: Path) -> None:
    opened = made(tmp_path, *ARTICLES)
    begun, searched = threading.Event(), threading.Event()

    def long_question(vocabulary: object) -> bool:
        begun.set()
        return searched.wait(60)

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(opened.look_up, long_question)
        assert begun.wait(60)
        assert rows(opened, "minister")
        opened.update(ARTICLES[:1])
        assert rows(opened, "minister")
        searched.set()
        assert answer.result(60)
    opened.close()
