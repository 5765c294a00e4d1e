"""Notes come back as they went out (R28), also in another library, and those of other programs come in."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import ProblemKind
from desktop.library import annotations as notes
from desktop.library import articles
from desktop.model import AnchorState, Annotation, ArticleId
from desktop.progress import SilentProgress
from desktop.resources import resource
from desktop.tasks import annotate, manage, undo
from desktop.tasks.export_notes import export_document, writer
from desktop.tasks.gather_export import NoteKind, Wanted
from desktop.tasks.import_annotations import Reason, import_annotations
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session

QUOTE = "Minister Karin Dorsman (Economische Zaken) trekt 70 miljoen euro uit voor een supercomputer"


def exported(session: Session, wanted: Wanted | None = None) -> str:
    file = io.BytesIO()
    export_document(session, wanted or Wanted(), writer("jsonld"), file)
    return file.getvalue().decode()


def records(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text)["first"]["items"])


@pytest.fixture
def noted(session: Session, library_of_three: dict[str, ArticleId], put: Callable[..., ArticleId]) -> Session:
    """Return a library with a note of every kind: anchored, moved, orphan, on the article, bare."""
    first, second, _third = library_of_three.values()
    text = articles.text(session.library.reader(), first).text
    place = text.index("70 miljoen euro uit")
    annotate.highlight(
        session, first, place, place + 15, colour=4, note="**Let op**\n\nregel", tags=["b", "A"]
    )
    annotate.highlight(session, first, 0, 7)
    annotate.note_on_article(session, second, "Over het stuk", tags=["x"])
    body = "date 2025-06 Stuk\n\nEerste zin blijft gewoon helemaal staan, zoals hij was, in dit stuk."
    body += "\n\nTweede zin."
    put(body, "v.txt")
    version = articles.newest(session.library.reader(), 1)[0].id
    text = articles.text(session.library.reader(), version).text
    for words in ("Eerste zin blijft gewoon helemaal staan, zoals hij was, in dit stuk.", "Tweede zin."):
        annotate.highlight(session, version, text.index(words), text.index(words) + len(words), note=words)
    put(body.replace("Eerste", "Nieuw begin.\n\nEerste").replace("Tweede zin.", "Heel iets anders."), "v.txt")
    states = {note.state for note in notes.all_annotations(session.library.reader())}
    assert states == set(AnchorState)
    return session


def other_library(noted: Session, tmp_path: Path) -> Session:
    """Return another library with the same texts, and no notes."""
    other = Session.open(tmp_path / "other")
    import_paths(other, [tmp_path / "incoming"], SilentProgress())
    other.catch_up()
    return other


def test_r28_export_import_export_gives_identical_json(noted: Session, tmp_path: Path) -> None:
    """In another library only the articles have other ids."""
    first = exported(noted)
    file = tmp_path / "notes.jsonld"
    file.write_text(first, encoding="utf-8")
    other = other_library(noted, tmp_path)
    try:
        taken = import_annotations(other, [file])
        assert (taken.added, taken.left, taken.problems) == (5, [], [])
        second = exported(other)
        file.write_text(second, encoding="utf-8")
        assert import_annotations(other, [file]).known == 5
        assert exported(other) == second
        ids = {
            articles.text(con, article.id).hash: article.id
            for con in [other.library.reader()]
            for article in articles.newest(con, 99)
        }
    finally:
        other.close()
    con = noted.library.reader()
    for article in articles.newest(con, 99):
        first = first.replace(article.id, ids[articles.text(con, article.id).hash])
    assert sorted(records(first), key=str) == sorted(records(second), key=str)


def test_r28_every_field_of_a_note_is_in_the_file(noted: Session) -> None:
    """The walk over the model: a field that is added later and not written makes this red."""
    where: dict[str, Callable[[dict[str, Any]], Any]] = {
        "id": lambda r: r["id"].removeprefix("urn:uuid:"),
        "article": lambda r: r["target"]["source"]["id"].removeprefix("leeslamp://article/"),
        "quote.exact": lambda r: selector(r, "TextQuoteSelector").get("exact", ""),
        "quote.prefix": lambda r: selector(r, "TextQuoteSelector").get("prefix", ""),
        "quote.suffix": lambda r: selector(r, "TextQuoteSelector").get("suffix", ""),
        "start": lambda r: selector(r, "TextPositionSelector").get("start"),
        "end": lambda r: selector(r, "TextPositionSelector").get("end"),
        "colour": lambda r: r["colour"],
        "note": lambda r: "".join(b["value"] for b in r.get("body", ()) if b["purpose"] == "commenting"),
        "tags": lambda r: tuple(b["value"] for b in r.get("body", ()) if b["purpose"] == "tagging"),
        "state": lambda r: r["state"],
        "created_at": lambda r: r["created"],
        "modified_at": lambda r: r["modified"],
    }

    def selector(record: dict[str, Any], kind: str) -> dict[str, Any]:
        found = record["target"].get("selector", ())
        return next((one for one in found if one["type"] == kind), {})

    by_id = {record["id"].removeprefix("urn:uuid:"): record for record in records(exported(noted))}
    walked = {f.name for f in dataclasses.fields(Annotation)}
    assert walked == {name.partition(".")[0] for name in where}
    for note in notes.all_annotations(noted.library.reader()):
        for name, read in where.items():
            value: Any = note
            for part in name.split("."):
                value = getattr(value, part)
            assert read(by_id[note.id]) == value, name


def test_the_file_is_json_ld_by_the_bundled_context(noted: Session) -> None:
    from pyld import jsonld

    bundled = json.loads(resource("contexts", "anno.jsonld").read_text("utf-8"))

    def load(url: str, _options: Any = None) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {
            "document": bundled,
            "documentUrl": url,
            "contextUrl": None,
            "contentType": "application/ld+json",
        }

    document = json.loads(exported(noted))
    (expanded,) = jsonld.expand(document, {"documentLoader": load})
    page = expanded
    text = json.dumps(page)
    assert text.count('http://www.w3.org/ns/oa#Annotation"') == 5
    for term in ("oa#hasTarget", "oa#exact", "oa#prefix", "oa#start", "oa#motivatedBy", "dc/terms/created"):
        assert term in text
    # No term was dropped: what the context does not know does not come through an expansion and back.
    again = jsonld.compact(expanded, document["@context"], {"documentLoader": load})
    assert len(again["first"]["items"]) == 5
    assert {key for one in again["first"]["items"] for key in one} == {
        key for one in records(exported(noted)) for key in one
    }


def test_it_is_one_step_to_undo_and_deleted_notes_stay_deleted(noted: Session, tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonld"
    file.write_text(exported(noted), encoding="utf-8")
    other = other_library(noted, tmp_path)
    try:
        taken = import_annotations(other, [file])
        assert taken.changes.step is not None
        assert len(taken.changes.annotations) == 5
        undo.undo(other)
        assert notes.all_annotations(other.library.reader()) == []
        undo.redo(other)
        gone = notes.all_annotations(other.library.reader())[0]
        annotate.delete(other, gone.id)
        again = import_annotations(other, [file])
        assert (again.added, again.known) == (0, 5)
        assert gone.id not in {note.id for note in notes.all_annotations(other.library.reader())}
    finally:
        other.close()


def test_r21_notes_without_their_article_are_listed(noted: Session, tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonld"
    file.write_text(exported(noted), encoding="utf-8")
    other = Session.open(tmp_path / "other")
    try:
        taken = import_annotations(other, [file, tmp_path / "weg.json"])
        assert taken.added == 0
        assert {left.reason for left in taken.left} == {Reason.NO_ARTICLE}
        assert "Over het stuk" in [left.note for left in taken.left]
        assert [problem.kind for problem in taken.problems] == [ProblemKind.NOT_FOUND]
        broken = tmp_path / "kapot.json"
        broken.write_text('{"a": [1,', encoding="utf-8")
        assert [p.kind for p in import_annotations(other, [broken]).problems] == [ProblemKind.NOT_NOTES]
    finally:
        other.close()


# Other programs

HYPOTHESIS = {
    "export_date": "2025-11-20", "annotations": [
        {"id": "Ab1", "created": "2025-03-01T10:00:00.123456+00:00", "updated": "2025-03-02T10:00:00+00:00",
         "uri": "https://example.org/kabinet?utm_source=x", "text": "Wat een bedrag", "tags": ["geld"],
         "document": {"title": ["Andere titel"]},
         "target": [{"source": "x", "selector": [
             {"type": "RangeSelector"}, {"type": "TextPositionSelector", "start": 1, "end": 5},
             {"type": "TextQuoteSelector", "exact": "70 miljoen euro uit",
              "prefix": "Economische Zaken) trekt ", "suffix": " voor een supercomputer in Groningen"}]}]},
        {"id": "Ab2", "uri": "https://example.org/elders", "text": "Kwijt", "tags": [],
         "target": [{"source": "x"}]},
    ],
}  # fmt: skip
READWISE = {"results": [
    {"title": "Investors pledge $5bn for data centres", "author": "x", "source_url": None, "highlights": [
        {"id": 7, "text": "The company needs 1 gigawatt.", "note": "", "color": "blue",
         "highlighted_at": "2025-02-04T08:00:00Z", "tags": [{"id": 1, "name": "stroom"}]}]},
]}  # fmt: skip
ZOTERO = [
    {"key": "AAA", "data": {"key": "AAA", "itemType": "newspaperArticle",
                            "title": "provincie legt 60 miljoen bij!"}},
    {"key": "BBB", "data": {"key": "BBB", "itemType": "attachment", "parentItem": "AAA", "title": "PDF"}},
    {"key": "CCC", "data": {"key": "CCC", "itemType": "annotation", "parentItem": "BBB",
                            "tags": [{"tag": "t"}], "annotationColor": "#5fb236",
                            "annotationText": "betaalt mee  aan de AI-supercomputer",
                            "annotationComment": "Hoeveel?", "dateAdded": "2025-03-05T10:00:00Z"}},
    {"key": "DDD", "data": {"key": "DDD", "itemType": "note", "parentItem": "AAA", "note":
        "<p><span class=\"highlight\">“120 en 150 miljoen euro”</span>"
        " <span class=\"citation\">(x)</span> Nagaan</p>"}},
]  # fmt: skip
CSVS = {
    "readwise.csv": "Highlight,Book Title,Book Author,Note,Color,Tags,Location,Highlighted at\r\n"
    f'"{QUOTE}",Onbekend,X,"=let op",yellow,"a,b",1,2025-01-20 10:00:00+00:00\r\n',
    "hypothesis.csv": "Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags\r\n"
    '2025-01-20T10:00:00Z,x,Kabinet reserveert 70 miljoen euro voor rekencentrum,https://e.org/z,Public,'
    'Annotation,"Nvidia levert de chips.",Ook,"c"\r\n',
    "zotero.csv": '"Key","Item Type","Title","Url","Notes"\r\n'
    '"K1","newspaperArticle","Provincie legt 60 miljoen bij","",'
    '"<p>Een <b>notitie</b></p>; <p>Nog een</p>"\r\n',
}  # fmt: skip


@pytest.fixture
def addressed(session: Session, library_of_three: dict[str, ArticleId]) -> Session:
    first = next(iter(library_of_three.values()))
    session.library.write(
        lambda con: con.execute(
            "UPDATE article SET url = 'https://www.example.org/kabinet/' WHERE uuid = ?", (first,)
        )
    )
    return session


def by_quote(session: Session) -> dict[str, Annotation]:
    return {note.quote.exact or note.note: note for note in notes.all_annotations(session.library.reader())}


def put_file(tmp_path: Path, name: str, content: Any) -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_hypothesis_by_address(addressed: Session, tmp_path: Path) -> None:
    taken = import_annotations(addressed, [put_file(tmp_path, "h.json", HYPOTHESIS)])
    assert (taken.added, [left.reason for left in taken.left]) == (1, [Reason.NO_ARTICLE])
    (note,) = notes.all_annotations(addressed.library.reader())
    text = articles.text(addressed.library.reader(), note.article).text
    assert text[note.start : note.end] == "70 miljoen euro uit"
    assert (note.note, note.tags, note.created_at[:19]) == (
        "Wat een bedrag",
        ("geld",),
        "2025-03-01T10:00:00",
    )
    assert import_annotations(addressed, [tmp_path / "h.json"]).known == 1


def test_readwise_and_zotero_by_title(addressed: Session, tmp_path: Path) -> None:
    files = [put_file(tmp_path, "r.json", READWISE), put_file(tmp_path, "z.json", ZOTERO)]
    taken = import_annotations(addressed, files)
    assert (taken.added, taken.left, taken.orphans) == (3, [], 0)
    found = by_quote(addressed)
    stroom = found["The company needs 1 gigawatt."]
    assert (stroom.colour, stroom.tags) == (2, ("stroom",))
    mee = found["betaalt mee aan de AI-supercomputer"]
    assert (mee.colour, mee.note, mee.state) == (3, "Hoeveel?", AnchorState.ANCHORED)
    assert found["120 en 150 miljoen euro"].note == "Nagaan"


def test_csv_of_each_program(addressed: Session, tmp_path: Path) -> None:
    files = [put_file(tmp_path, name, content) for name, content in CSVS.items()]
    taken = import_annotations(addressed, files)
    assert (taken.added, taken.left, taken.problems) == (4, [], [])
    found = by_quote(addressed)
    assert found[QUOTE].note == "=let op"  # its title is not in the library: the passage tells
    assert found[QUOTE].tags == ("a", "b")
    assert found["Nvidia levert de chips."].note == "Ook"
    assert {"Een notitie", "Nog een"} <= set(found)


def test_a_passage_that_is_not_there_stands_as_an_orphan(addressed: Session, tmp_path: Path) -> None:
    changed = json.loads(json.dumps(READWISE).replace("1 gigawatt", "9 petabyte of cheese"))
    taken = import_annotations(addressed, [put_file(tmp_path, "r.json", changed)])
    assert (taken.added, taken.orphans) == (1, 1)
    (note,) = notes.all_annotations(addressed.library.reader())
    assert (note.state, note.start) == (AnchorState.ORPHAN, None)


def test_an_article_in_the_trash_is_not_written_on(addressed: Session, tmp_path: Path) -> None:
    file = put_file(tmp_path, "n.jsonld", "")
    first = articles.newest(addressed.library.reader(), 1)[0].id
    annotate.highlight(addressed, first, 0, 9)
    file.write_text(exported(addressed), encoding="utf-8")
    other = addressed
    gone = notes.all_annotations(other.library.reader())[0]
    changed = file.read_text("utf-8").replace(gone.id, "7d9f2c1e-0000-4000-8000-000000000001")
    file.write_text(changed, encoding="utf-8")
    manage.trash(other, [first])
    assert [left.reason for left in import_annotations(other, [file]).left] == [Reason.TRASHED]


# What goes out


def test_notes_are_chosen_by_colour_tag_and_kind(noted: Session) -> None:
    def quotes(**wanted: Any) -> list[str]:
        found = records(exported(noted, Wanted(**wanted)))
        return sorted(
            next((s["exact"] for s in r["target"].get("selector", ()) if "exact" in s), "") for r in found
        )

    assert quotes(colours=frozenset({4})) == ["70 miljoen euro"]
    assert quotes(tags=frozenset({"a"})) == ["70 miljoen euro"]
    assert quotes(kinds=frozenset({NoteKind.ARTICLE})) == [""]
    assert quotes(kinds=frozenset({NoteKind.HIGHLIGHT})) == ["Kabinet"]
    assert len(quotes(kinds=frozenset({NoteKind.NOTE}))) == 3
    one = notes.all_annotations(noted.library.reader())[0]
    assert len(quotes(chosen=frozenset({one.id}))) == 1
