"""What is in a library stays in it, and what is deleted stays deleted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import (
    actors,
    annotations,
    articles,
    backup,
    history,
    mentions,
    originals,
    rules,
)
from desktop.library.database import Library
from desktop.model import (
    Amount,
    Annotation,
    AnnotationId,
    Condition,
    ImportedArticle,
    Mention,
    MentionKind,
    Period,
    Rule,
    RuleId,
    RuleKind,
    TextQuote,
)


def imported(title: str = "Title", body: str = "Anna gaf 5 euro op 8 januari.", **details) -> ImportedArticle:
    return ImportedArticle(title, f"{title}\n\n{body}", (), **details)


def add(library: Library, *arguments, **details):
    return library.write(lambda con: articles.add(con, imported(*arguments, **details)))


def highlight(library: Library, article, **details) -> Annotation:
    new = Annotation(AnnotationId(""), article, TextQuote("Anna"), 7, 11, **details)
    return library.write(lambda con: annotations.add(con, new))


def step(library: Library, work) -> None:
    def recorded(con):
        with history.recording(con, "step", {}):
            work(con)

    library.write(recorded)


def count(library: Library, table: str) -> int:
    return library.reader().execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_r01_opening_and_saving_never_remove_anything(tmp_path):
    for n in range(3):
        with Library.open(tmp_path) as library:
            for m in range(n + 1):
                _, article, row = add(library, f"t{m}", path=f"/{m}")
                library.write(
                    lambda con, row=row: mentions.replace(
                        con, row, [], stamp="1", measure=lambda m: mentions.Measured("", None, None)
                    )
                )
                library.write(lambda con, article=article: annotations.set_article_tags(con, article, []))
            highlight(library, article)
            assert articles.count(library.reader()) == n + 1
            assert count(library, "annotation") == n + 1
            assert count(library, "text_version") == n + 1


def test_r01_no_empty_library_is_made_where_one_lost_its_database(tmp_path):
    with Library.open(tmp_path) as library:
        add(library)
        backup.daily(library)
    for leave_empty_file in (False, True):
        (tmp_path / "library.sqlite3").unlink(missing_ok=True)
        if leave_empty_file:
            (tmp_path / "library.sqlite3").touch()
        with pytest.raises(Problem) as caught:
            Library.open(tmp_path)
        assert caught.value.kind is ProblemKind.LIBRARY_DAMAGED
    backup.restore(backup.newest_good(tmp_path), tmp_path)
    with Library.open(tmp_path) as library:
        assert articles.count(library.reader()) == 1


def test_r02_deleting_and_purging_leave_the_readers_own_file_alone(library, tmp_path):
    file = tmp_path / "mine.txt"
    file.write_bytes(b"Title\n\nAnna gaf 5 euro op 8 januari.")
    name = originals.keep(library, file)
    _, article, _ = library.write(lambda con: articles.add(con, imported(path=str(file)), original=name))
    kept = next(library.originals.rglob(f"{name}*"))
    library.write(lambda con: articles.trash(con, [article]))
    assert kept.exists()
    unused = library.write(lambda con: articles.purge(con, [article]))
    originals.discard(library, [*unused, str(file), "../../mine.txt"])
    assert not kept.exists()
    assert file.read_bytes() == b"Title\n\nAnna gaf 5 euro op 8 januari."


def test_r04_two_texts_with_equal_details_stay_two(library):
    details = {"published": "2025-01-08", "source": "Krant", "author": "A"}
    one = add(library, "Same", "First text.", path="/a.pdf", **details)
    two = add(library, "Same", "Second text.", path="/b.pdf", **details)
    assert one[1] != two[1]
    assert articles.count(library.reader()) == 2


def test_r05_a_deleted_annotation_stays_deleted(library):
    _, article, _ = add(library, path="/a")
    made = highlight(library, article, note="gone")
    library.write(lambda con: annotations.delete(con, made.id))
    add(library, path="/a")
    add(library, body="Anna gaf 6 euro.", path="/a")
    assert not library.write(lambda con: annotations.merge(con, made))
    with pytest.raises(ValueError, match="exists"):
        library.write(lambda con: annotations.add(con, made))
    assert annotations.all_annotations(library.reader()) == []
    library.write(lambda con: articles.trash(con, [article]))
    library.write(lambda con: articles.restore(con, [article]))
    assert annotations.of_article(library.reader(), article) == []


def test_r09_editing_a_highlight_keeps_its_id_and_their_number(library):
    _, article, _ = add(library)
    made = highlight(library, article)
    for change in (
        {"colour": 3},
        {"note": "x"},
        {"tags": ["t"]},
        {"start": 0, "end": 5, "quote": TextQuote("Title")},
    ):
        changed = library.write(lambda con, change=change: annotations.change(con, made.id, **change))
        assert changed.id == made.id
        assert count(library, "annotation") == 1


def test_r17_what_destroys_is_undone_in_one_step(library):
    ids = [add(library, f"t{n}")[1] for n in range(3)]
    made = [highlight(library, article, note="n", tags=("a", "b")) for article in ids]
    library.write(lambda con: annotations.set_article_tags(con, ids[0], ["a", "c"]))
    rule = library.write(
        lambda con: rules.add(con, Rule(RuleId(""), RuleKind.IGNORE, Condition(name="Anna")))
    )

    def everything():
        con = library.reader()
        return articles.newest(con, 9), annotations.all_annotations(con), rules.all_rules(con)

    before = everything()
    for work in (
        lambda con: annotations.delete(con, made[0].id),
        lambda con: articles.trash(con, ids),
        lambda con: [annotations.set_article_tags(con, article, ["x"]) for article in ids],
        lambda con: annotations.change(con, made[1].id, note="", tags=[]),
        lambda con: rules.delete(con, rule.id),
        lambda con: articles.set_details(con, ids[0], title="other"),
    ):
        step(library, work)
        assert everything() != before
        library.write(history.undo)
        assert everything() == before


def test_r39_an_article_in_the_trash_is_in_no_answer_and_comes_back_in_all(library):
    _, article, row = add(library, published="2025-01-08")
    text = articles.text(library.reader(), article).text
    amount = Amount(value=Decimal(5))
    found = [
        Mention(text.index("Anna"), text.index("Anna") + 4, "Anna", MentionKind.PERSON),
        Mention(text.index("5"), text.index("5") + 6, "5 euro", MentionKind.MONEY, amount=amount),
        Mention(
            text.index("8"), text.index("8") + 9, "8 januari", MentionKind.DATE, period=Period("2025-01-08")
        ),
    ]
    library.write(
        lambda con: mentions.replace(
            con, row, found, stamp="1", measure=lambda m: mentions.Measured("EUR", 5.0, 5.0)
        )
    )
    highlight(library, article, note="a note", tags=("t",))
    library.write(lambda con: annotations.set_article_tags(con, article, ["u"]))
    anna = actors.all_actors(library.reader())[0].id

    def answers() -> list[object]:
        con = library.reader()
        return [
            articles.count(con),
            articles.newest(con, 9),
            articles.rows(con),
            articles.rows(con, order="added"),
            articles.by_date(con, [row]),
            articles.by_largest_amount(con, [row]),
            mentions.stale(con, ("2", "2"), 9),
            mentions.amounts_matching(con, "EUR", 1, 9),
            mentions.amounts_matching(con, None, 1, 9),
            mentions.rows_dated(con, None, None),
            mentions.rows_mentioning(con, None, None),
            actors.all_actors(con),
            actors.all_actors(con, [row]),
            actors.find(con, "anna"),
            actors.names(con, "an", 9),
            actors.rows_with(con, [anna]),
            annotations.all_annotations(con),
            annotations.all_annotations(con, [row]),
            annotations.tag_names(con),
            annotations.rows_tagged(con, "t"),
            annotations.rows_tagged(con, "u"),
            annotations.notes(con),
        ]

    before = answers()
    assert all(before)
    library.write(lambda con: articles.trash(con, [article]))
    assert not any(answers()), [n for n, answer in enumerate(answers()) if answer]
    library.write(lambda con: articles.restore(con, [article]))
    assert answers() == before
    library.write(lambda con: articles.purge(con, [article]))
    assert not any(answers()), [n for n, answer in enumerate(answers()) if answer]
