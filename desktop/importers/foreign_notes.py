"""Notes as other programs write them: Zotero, Hypothesis and Readwise, as CSV or JSON.

A file is known by what is in it, not by its name. What a program does not tell stays empty.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

_COLOURS = {
    "yellow": 1, "orange": 1, "blue": 2, "green": 3, "red": 4, "pink": 4, "magenta": 4, "purple": 5,
    "#ffd400": 1, "#f19837": 1, "#2ea8e5": 2, "#5fb236": 3, "#ff6666": 4, "#e56eee": 4, "#a28ae5": 5,
    "#aaaaaa": 1,
}  # fmt: skip
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)")
_QUOTATION = '“”„"'
_LARGEST_CELL = 10_000_000  # characters


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note from elsewhere. key: tells it from the program's others, so that it comes in only once."""

    program: str  #: "zotero", "hypothesis" or "readwise"
    key: str
    quote: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    title: str = ""
    url: str = ""
    colour: int = 1
    made_at: str = ""  #: ISO date and time
    changed_at: str = ""
    prefix: str = ""
    suffix: str = ""


def read_notes(text: str) -> list[ForeignNote]:
    """Return the notes of a file. Raises ValueError where it is none of the known kinds."""
    text = text.removeprefix("\ufeff")
    found = list(_from_json(text) if text.lstrip()[:1] in ("{", "[") else _from_csv(text))
    return [note for note in found if note.quote or note.note or note.tags]


# JSON


def _from_json(text: str) -> Iterator[ForeignNote]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error
    for knows, read in _JSON_KINDS:
        records = knows(document)
        if records is not None:
            try:
                yield from read(records)
            except (AttributeError, TypeError, KeyError, IndexError) as error:
                raise ValueError(f"not as expected: {error}") from error
            return
    raise ValueError("notes of no known program")


Records = list[Mapping[str, Any]]


def _records(document: Any, *names: str) -> Records:
    """Return the list that a document is, or has under one of these names."""
    if isinstance(document, dict):
        document = next((document[name] for name in names if isinstance(document.get(name), list)), [])
    return [one for one in document if isinstance(one, dict)] if isinstance(document, list) else []


def _hypothesis_records(document: Any) -> Records | None:
    records = _records(document, "annotations", "rows")
    return records if records and all("uri" in one and "target" in one for one in records) else None


def _hypothesis_json(records: Records) -> Iterator[ForeignNote]:
    for record in records:
        target = (record.get("target") or [{}])[0]
        selectors = target.get("selector") or []
        quote: Mapping[str, Any] = next(
            (one for one in selectors if one.get("type") == "TextQuoteSelector"), {}
        )
        titles = (record.get("document") or {}).get("title") or [""]
        yield ForeignNote(
            "hypothesis",
            _text(record.get("id")),
            quote=_text(quote.get("exact")),
            note=_text(record.get("text")),
            tags=tuple(map(_text, record.get("tags") or ())),
            title=_text(titles[0] if isinstance(titles, list) else titles),
            url=_text(record["uri"]),
            made_at=_time(record.get("created")),
            changed_at=_time(record.get("updated")),
            prefix=_text(quote.get("prefix")),
            suffix=_text(quote.get("suffix")),
        )


def _readwise_records(document: Any) -> Records | None:
    records = _records(document, "results", "books")
    return records if records and all(isinstance(one.get("highlights"), list) for one in records) else None


def _readwise_json(records: Records) -> Iterator[ForeignNote]:
    for book in records:
        for record in book["highlights"]:
            yield ForeignNote(
                "readwise",
                _text(record.get("id")),
                quote=_text(record.get("text")),
                note=_text(record.get("note")),
                tags=tuple(_text(tag.get("name")) for tag in record.get("tags") or ()),
                title=_text(book.get("readable_title") or book.get("title")),
                url=_text(book.get("source_url")),
                colour=_colour(record.get("color")),
                made_at=_time(record.get("highlighted_at") or record.get("created_at")),
                changed_at=_time(record.get("updated_at")),
            )


def _zotero_records(document: Any) -> Records | None:
    records = [one.get("data", one) for one in _records(document, "items")]
    return records if records and all("itemType" in one for one in records) else None


def _zotero_json(records: Records) -> Iterator[ForeignNote]:
    by_key = {_text(one.get("key") or one.get("itemKey")): one for one in records}
    for record in records:
        yield from _zotero_item(record, record, by_key)


def _zotero_item(
    record: Mapping[str, Any], top: Mapping[str, Any], by_key: Mapping[str, Mapping[str, Any]]
) -> Iterator[ForeignNote]:
    """Yield what is noted in an item and in what hangs below it; top: the item that has the title."""
    while parent := by_key.get(_text(top.get("parentItem"))):
        top = {key: value for key, value in parent.items() if value is not None}
        if top.get("key") == record.get("key"):
            break
    if record.get("itemType") == "annotation" or "annotationText" in record:
        yield ForeignNote(
            "zotero",
            _text(record.get("key")),
            quote=_text(record.get("annotationText")),
            note=_text(record.get("annotationComment")),
            tags=tuple(_tag(tag) for tag in record.get("tags") or ()),
            title=_text(top.get("title")),
            url=_text(top.get("url")),
            colour=_colour(record.get("annotationColor")),
            made_at=_time(record.get("dateAdded")),
            changed_at=_time(record.get("dateModified")),
        )
    elif record.get("itemType") == "note" or ("note" in record and record is not top):
        yield from _zotero_note(_text(record.get("note")), top, _text(record.get("key")))
    for name in ("attachments", "annotations", "notes"):
        for below in record.get(name) or ():
            if isinstance(below, dict):
                yield from _zotero_item(below, top, by_key)
            elif isinstance(below, str):
                yield from _zotero_note(below, top, "")


def _zotero_note(text: str, top: Mapping[str, Any], key: str) -> Iterator[ForeignNote]:
    """Yield the passages that stand in a note of Zotero's, or else the note as a whole."""
    parts = _Quotes.of(text)
    title, url = _text(top.get("title")), _text(top.get("url"))
    for number, (quote, words) in enumerate(parts):
        yield ForeignNote(
            "zotero", f"{key}/{number}" if key else "", quote=quote, note=words, title=title, url=url
        )


_JSON_KINDS: tuple[
    tuple[Callable[[Any], Records | None], Callable[[Records], Iterator[ForeignNote]]], ...
] = (
    (_hypothesis_records, _hypothesis_json),
    (_readwise_records, _readwise_json),
    (_zotero_records, _zotero_json),
)


class _Quotes(HTMLParser):
    """Reads the HTML of a note: passages in <span class="highlight">, and the words beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str]] = []
        self._quote = self._words = ""
        self._spans: list[str] = []

    @classmethod
    def of(cls, text: str) -> list[tuple[str, str]]:
        """Return (passage, words) pairs; without passages one pair of all the words."""
        if "<" not in text:
            return [("", text.strip())] if text.strip() else []
        reader = cls()
        reader.feed(text)
        reader.close()
        reader.end_part()
        if any(quote for quote, _words in reader.parts):
            return reader.parts
        words = "\n\n".join(words for _quote, words in reader.parts)
        return [("", words)] if words else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self._spans.append(dict(attrs).get("class") or "")
        elif tag == "br":
            self._words += "\n"
        elif tag in ("p", "li", "h1", "h2", "h3", "blockquote"):
            self.end_part()

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._spans:
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        if "highlight" in self._spans:
            self._quote += data
        elif "citation" not in self._spans and "citation-item" not in self._spans:
            self._words += data

    def end_part(self) -> None:
        """Close what was read so far."""
        quote, words = self._quote.strip().strip(_QUOTATION).strip(), self._words.strip()
        if quote or words:
            self.parts.append((quote, words.strip("() \n") if quote else words))
        self._quote = self._words = ""


# CSV


def _from_csv(text: str) -> Iterator[ForeignNote]:
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        head = set(rows.fieldnames or ())
        for needed, read in _CSV_KINDS:
            if needed <= head:
                for row in rows:
                    yield from read(
                        {name: value or "" for name, value in row.items() if isinstance(name, str)}
                    )
                return
    except csv.Error as error:
        raise ValueError(str(error)) from error
    raise ValueError("notes of no known program")


def _readwise_row(row: Mapping[str, str]) -> Iterator[ForeignNote]:
    yield ForeignNote(
        "readwise",
        "",
        quote=row["Highlight"].strip(),
        note=row.get("Note", "").strip(),
        tags=_split(row.get("Tags", ""), ","),
        title=row["Book Title"].strip(),
        colour=_colour(row.get("Color")),
        made_at=_time(row.get("Highlighted at")),
    )


def _hypothesis_row(row: Mapping[str, str]) -> Iterator[ForeignNote]:
    yield ForeignNote(
        "hypothesis",
        "",
        quote=row["Quote"].strip(),
        note=row["Comment"].strip(),
        tags=_split(row.get("Tags", ""), ","),
        title=row.get("Page", "").strip(),
        url=row["URL"].strip(),
        made_at=_time(row.get("Created at")),
    )


def _zotero_row(row: Mapping[str, str]) -> Iterator[ForeignNote]:
    top = {"title": row["Title"], "url": row.get("Url", "")}
    for number, note in enumerate(_split_notes(row["Notes"])):
        yield from _zotero_note(note, top, f"{row['Key']}/{number}" if row.get("Key") else "")


def _split_notes(text: str) -> list[str]:
    """Return the notes of a cell: Zotero puts "; " between them."""
    return [part for part in re.split(r"(?<=>); (?=<)", text.strip()) if part.strip()]


_CSV_KINDS: tuple[tuple[set[str], Callable[[Mapping[str, str]], Iterator[ForeignNote]]], ...] = (
    ({"Highlight", "Book Title"}, _readwise_row),
    ({"URL", "Quote", "Comment"}, _hypothesis_row),
    ({"Item Type", "Title", "Notes"}, _zotero_row),
)


# Values


def _split(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(sign) if part.strip())


def _tag(tag: Any) -> str:
    return _text(tag.get("tag") if isinstance(tag, dict) else tag)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _colour(value: Any) -> int:
    return _COLOURS.get(value.strip().lower(), 1) if isinstance(value, str) else 1


def _time(value: Any) -> str:
    """Return a time as ISO in UTC where it is told; "" where it is no time."""
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return ""
    clock = found[2] if found[2].count(":") == 2 else f"{found[2]}:00"
    return f"{found[1]}T{clock}.000+00:00"
