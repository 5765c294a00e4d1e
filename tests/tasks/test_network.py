"""The network of a library: who stands together in sentences and articles, and where; as files too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library import articles, mentions
from desktop.model import ImportedArticle, Mention, MentionKind
from desktop.progress import SilentProgress
from desktop.tasks import network, network_files
from desktop.tasks.network import Network, Question, Within
from desktop.tasks.session import Session

NAMES = {
    "Anna Berg": MentionKind.PERSON,
    "Bram Smit": MentionKind.PERSON,
    "Nordwatt N.V.": MentionKind.ORGANISATION,
    "Delft": MentionKind.PLACE,
    "Klimaattop": MentionKind.EVENT,
}
TEXTS = (
    ("2025-01-08", "Anna Berg van Nordwatt N.V. sprak met drs. Bram Smit. Delft zweeg."),
    ("2025-02-03", "Nordwatt N.V. wil naar Delft, zei Anna Berg vorige week. Klimaattop!"),
    ("2025-03-01", "Bram Smit wacht.\n\nAnna Berg ook.\n\nIn Delft begint de Klimaattop."),
)


@pytest.fixture
def filled(session: Session) -> Session:
    for number, (day, body) in enumerate(TEXTS):
        put_article(session, f"Bericht {number}", body, day)
    session.catch_up()
    return session


def put_article(session: Session, title: str, body: str, day: str) -> None:
    imported = ImportedArticle(title, f"{title}\n\n{body}", (), published=day, source="De Bode", lang="nl")
    row = session.library.write(lambda con: articles.add(con, imported))[2]
    found = [
        Mention(at, at + len(name), name, kind)
        for name, kind in NAMES.items()
        for at in range(len(imported.text))
        if imported.text.startswith(name, at)
    ]
    found.sort(key=lambda one: one.start)
    session.library.write(
        lambda con: mentions.replace(con, row, found, stamp="1", measure=lambda _m: pytest.fail("no amounts"))
    )


def counted(found: Network) -> dict[frozenset[str], int]:
    names = [actor.name for actor in found.actors]
    return {frozenset((names[tie.one], names[tie.other])): tie.count for tie in found.ties}


def number(found: Network, name: str) -> int:
    return [actor.name for actor in found.actors].index(name)


def test_together_in_a_sentence(filled: Session) -> None:
    found = network.find(filled, Question())
    assert counted(found) == {
        frozenset(("Anna Berg", "Nordwatt N.V.")): 2,
        frozenset(("Anna Berg", "Bram Smit")): 1,
        frozenset(("Bram Smit", "Nordwatt N.V.")): 1,
        frozenset(("Anna Berg", "Delft")): 1,
        frozenset(("Nordwatt N.V.", "Delft")): 1,
        frozenset(("Delft", "Klimaattop")): 1,
    }
    assert (found.articles, found.least) == (3, 1)
    assert found.actors[0].articles == 3
    assert len(found.points) == len(found.groups) == 5


def test_together_in_an_article(filled: Session) -> None:
    found = network.find(filled, Question(within=Within.ARTICLE))
    assert counted(found)[frozenset(("Anna Berg", "Delft"))] == 3
    assert counted(found)[frozenset(("Bram Smit", "Klimaattop"))] == 1


def test_of_a_result_of_kinds_and_at_least_so_often(filled: Session) -> None:
    found = network.find(filled, Question("datum:2025-02"))
    assert found.articles == 1
    assert "Bram Smit" not in {actor.name for actor in found.actors}
    persons = network.find(filled, Question(kinds=frozenset({MentionKind.PERSON})))
    assert counted(persons) == {frozenset(("Anna Berg", "Bram Smit")): 1}
    often = network.find(filled, Question(least=2))
    assert counted(often) == {frozenset(("Anna Berg", "Nordwatt N.V.")): 2}
    nothing = network.find(filled, Question("nergens"))
    assert (nothing.articles, nothing.actors, nothing.ties) == (0, (), ())


def test_an_actor_that_was_searched_for_keeps_its_ties(filled: Session) -> None:
    found = network.find(filled, Question('actor:"Anna Berg"'))
    anna = number(found, "Anna Berg")
    assert any(anna in (tie.one, tie.other) for tie in found.drawn)


def test_in_a_large_library_twice_is_asked(filled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_ENOUGH", ((3, 2),))
    assert set(counted(network.find(filled, Question())).values()) == {2}


def test_it_can_be_given_up(filled: Session) -> None:
    class Stop(SilentProgress):
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        network.find(filled, Question(), Stop())


def test_the_same_library_gives_the_same_picture(filled: Session) -> None:
    assert network.find(filled, Question()) == network.find(filled, Question())


def places(session: Session, found: Network, one: str, *others: str) -> list[network.Passage]:
    numbers = [number(found, other) for other in others]
    return list(network.passages(session, found, number(found, one), numbers).found)


def test_passages_hold_both_and_lead_to_their_place(filled: Session) -> None:
    found = network.find(filled, Question())
    second, first = places(filled, found, "Anna Berg", "Nordwatt N.V.")
    assert second.sentence == "Nordwatt N.V. wil naar Delft, zei Anna Berg vorige week."
    assert [second.sentence[start:end] for start, end in second.marks] == ["Nordwatt N.V.", "Anna Berg"]
    assert (second.title, second.published, second.source) == ("Bericht 1", "2025-02-03", "De Bode")
    text = articles.text(filled.library.reader(), first.article).text
    assert text[first.start : first.end] == "Anna Berg van Nordwatt N.V."
    assert first.shared


def test_passages_of_an_actor_with_several(filled: Session) -> None:
    found = network.find(filled, Question())
    anna = number(found, "Anna Berg")
    read = network.passages(filled, found, anna, found.neighbours(anna))
    assert [one.published for one in read.found] == ["2025-02-03", "2025-01-08"]
    assert (read.articles, read.complete) == (2, True)
    few = network.passages(filled, found, anna, found.neighbours(anna), most=1)
    assert (len(few.found), few.complete) == (1, False)


def test_where_no_sentence_holds_both_the_nearest_two_are_shown(filled: Session) -> None:
    found = network.find(filled, Question(within=Within.ARTICLE))
    apart = places(filled, found, "Bram Smit", "Klimaattop")
    assert [one.shared for one in apart] == [False]
    assert apart[0].sentence == "Bram Smit wacht. … In Delft begint de Klimaattop."
    assert [apart[0].sentence[start:end] for start, end in apart[0].marks] == ["Bram Smit", "Klimaattop"]


# Files


def test_the_picture_has_every_name_as_text(filled: Session) -> None:
    found = network.find(filled, Question())
    read = ET.fromstring(network_files.svg(found).encode())
    ns = "{http://www.w3.org/2000/svg}"
    said = [text.text for text in read.iter(f"{ns}text")]
    assert set(NAMES) <= set(said)
    assert network_files.meaning() in said
    lines = list(read.iter(f"{ns}line"))
    assert len(lines) == len(found.drawn)
    assert "together in 2 sentences" in (lines[-1].find(f"{ns}title").text or "")


def test_pairs_as_tables(filled: Session, tmp_path: Path) -> None:
    found = network.find(filled, Question())
    rows = list(csv.DictReader(io.StringIO(network_files.text(found))))
    assert len(rows) == 6
    assert {rows[0]["one"], rows[0]["other"]} <= set(NAMES)
    assert {row["within"] for row in rows} == {"sentence"}
    network_files.write(found, "json", tmp_path / "paren.json")
    read = json.loads((tmp_path / "paren.json").read_text(encoding="utf-8"))
    assert [row["together"] for row in read] == [tie.count for tie in found.ties]
    with pytest.raises(Problem) as caught:
        network_files.write(found, "pdf", tmp_path / "paren.pdf")
    assert caught.value.kind is ProblemKind.UNKNOWN_VALUE
    with pytest.raises(Problem) as caught:
        network_files.write(found, "svg", tmp_path / "geen" / "paren.svg")
    assert caught.value.kind is ProblemKind.NOT_WRITABLE


def test_an_empty_library_has_an_empty_picture(session: Session) -> None:
    found = network.find(session, Question())
    assert ET.fromstring(network_files.svg(found).encode()) is not None
    assert list(csv.DictReader(io.StringIO(network_files.text(found)))) == []


def test_recognised_names_stand_together(session: Session, put: Callable[..., object]) -> None:
    put("date 2025-01-14 Een\n\nMinister Karin Dorsman sprak dinsdag in Groningen met ASML.\n")
    names = [actor.name for actor in network.find(session, Question()).actors]
    assert {"Karin Dorsman", "Groningen"} <= set(names)
