"""The evidence record: a quote with its source, date, actors, amount and value, and the reader's note.

As rows of a table, as a citation, and as words to paste into a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, printable
from desktop.exporters.note_markup import note_text
from desktop.exporters.records import Record, decimal_text
from desktop.exporters.tables import Cell, Column
from desktop.i18n import _, format_amount, format_date
from desktop.model import Amount

_OPENING, _CLOSING = '“„"«‘', '”“"»’'


def evidence_columns() -> tuple[Column, ...]:
    """Return the columns of the table of evidence."""
    return (
        Column("quote", _("Quote"), width=60),
        Column("source", _("Source"), width=20),
        Column("date", _("Date"), Cell.DATE),
        Column("title", _("Title"), width=40),
        Column("author", _("Author"), width=20),
        Column("actors", _("Actors"), width=30),
        Column("amount", _("Amount as written"), width=24),
        Column("value", _("Value"), Cell.NUMBER, 18),
        Column("low", _("From"), Cell.NUMBER, 18),
        Column("high", _("To"), Cell.NUMBER, 18),
        Column("unit", _("Unit"), width=8),
        Column("noun", _("What is counted"), width=16),
        Column("approx", _("About, at least, at most"), width=8),
        Column("note", _("Note"), width=50),
        Column("tags", _("Tags"), width=20),
        Column("url", _("Address"), Cell.LINK, 30),
        Column("link", _("Open in Leeslamp"), Cell.LINK, 30),
    )


def note_columns() -> tuple[Column, ...]:
    """Return the columns of the table of notes."""
    return (
        Column("title", _("Title"), width=40),
        Column("source", _("Source"), width=20),
        Column("date", _("Date"), Cell.DATE),
        Column("author", _("Author"), width=20),
        Column("quote", _("Quote"), width=60),
        Column("note", _("Note"), width=50),
        Column("colour", _("Colour"), Cell.NUMBER, 8),
        Column("tags", _("Tags"), width=20),
        Column("actors", _("Actors"), width=30),
        Column("amounts", _("Amounts"), width=30),
        Column("created", _("Made"), Cell.DATE),
        Column("modified", _("Changed"), Cell.DATE),
        Column("state", _("Place in the text"), width=10),
        Column("url", _("Address"), Cell.LINK, 30),
        Column("link", _("Open in Leeslamp"), Cell.LINK, 30),
        Column("id", _("Note id"), width=8),
    )


def _common(article: ExportArticle, note: ExportNote) -> Record:
    return {
        "title": article.title,
        "source": article.source,
        "date": article.published,
        "author": article.author,
        "quote": note.quote,
        "note": note.note,
        "tags": list(note.tags),
        "actors": list(note.actors),
        "url": article.url,
        "link": note.link,
    }


def note_record(article: ExportArticle, note: ExportNote) -> Record:
    """Return a note as a row of `note_columns`."""
    return _common(article, note) | {
        "colour": note.colour if note.quote else None,
        "amounts": [f"{written} ({format_amount(amount)})" for written, amount in note.amounts],
        "created": note.made_at[:10] or None,
        "modified": note.changed_at[:10] or None,
        "state": note.state.value if note.quote else None,
        "id": note.id,
    }


def evidence_records(article: ExportArticle, note: ExportNote) -> Iterator[Record]:
    """Yield a note as rows of `evidence_columns`: one for each amount in the quote, at least one."""
    amounts: Iterable[tuple[str | None, Amount | None]] = note.amounts or [(None, None)]
    for written, amount in amounts:
        value = amount or Amount()
        yield _common(article, note) | {
            "amount": written,
            "value": decimal_text(value.value),
            "low": decimal_text(value.low),
            "high": decimal_text(value.high),
            "unit": value.unit,
            "noun": value.noun,
            "approx": value.approx.value if value.approx else None,
        }


def evidence_rows(document: ExportDocument) -> Iterator[Record]:
    """Yield the rows of a whole document, in reading order."""
    for article in document.articles:
        for note in article.in_reading_order():
            yield from evidence_records(article, note)


class Cited(Protocol):
    """What a source is known by: an article of the library, of an export, or a row about one."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def author(self) -> str | None:
        """Who wrote it."""

    @property
    def source(self) -> str | None:
        """Where it appeared."""

    @property
    def published(self) -> str | None:
        """The day, month or year, as in "2025-01"."""


def citation(article: Cited) -> str:
    """Return where something was read: Ilse Wiersma, “Kabinet kiest”, De Koerier, 12 maart 2025."""
    title = _("“{title}”").format(title=_line(article.title))
    known = [_line(article.author), title, _line(article.source), format_date(article.published)]
    return ", ".join(fact for fact in known if fact)


def quoted(quote: str) -> str:
    """Return a quote on one line in quotation marks, unless it stands in such already."""
    words = _line(quote)
    is_quoted = words[:1] in _OPENING and words[-1:] in _CLOSING
    return words if is_quoted else _("“{quote}”").format(quote=words)


def quote_text(article: Cited, quote: str, note: str = "") -> str:
    """Return a passage as it is pasted into a report: the quote, where it is from, and the reader's note."""
    source = citation(article)
    said = f"{quoted(quote)} ({source})" if quote.strip() else source
    more = note_text(note)
    return f"{said}\n\n{more}" if more else said


def citation_lines(document: ExportDocument) -> Iterator[str]:
    """Yield the evidence as text to paste: the quote, its source, the amounts with their values, the note."""
    for article in document.articles:
        for note in article.in_reading_order():
            parts = [quote_text(article, note.quote, note.note)]
            parts += [f"{written}: {format_amount(amount)}" for written, amount in note.amounts]
            parts += [article.url] if article.url else []
            yield "\n".join([*parts, note.link]) + "\n\n"


def _line(text: str | None) -> str:
    return " ".join(printable(text or "").split())
