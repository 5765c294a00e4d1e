"""Notes as tables: a CSV file, or a workbook with sheets of notes, evidence, amounts and actors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from desktop.exporters import tables
from desktop.exporters.base import ExportDocument
from desktop.exporters.evidence import evidence_columns, evidence_records, note_columns, note_record
from desktop.exporters.records import Record
from desktop.exporters.tables import Cell, Column
from desktop.i18n import _


def write_csv(document: ExportDocument, file: BinaryIO) -> None:
    """Write a line a note."""
    tables.write_csv(_rows(document), note_columns(), file)


def _rows(document: ExportDocument) -> Iterator[Record]:
    for article in document.articles:
        for note in article.in_reading_order():
            yield note_record(article, note)


def _actor_columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Name"), width=36),
        Column("notes", _("Notes"), Cell.NUMBER),
        Column("first", _("First date"), Cell.DATE),
        Column("last", _("Last date"), Cell.DATE),
    )


def write_xlsx(document: ExportDocument, file: BinaryIO) -> None:
    """Write a workbook: the notes, one row for each amount in them, and the actors in the quotes."""
    columns = (note_columns(), evidence_columns(), _actor_columns())
    with tables.Book(file, document.title) as book:
        notes, amounts, actors = (
            book.sheet(name, head)
            for name, head in zip((_("Notes"), _("Amounts"), _("Actors")), columns, strict=True)
        )
        seen: dict[str, tuple[int, str | None, str | None]] = {}
        for article in document.articles:
            for note in article.in_reading_order():
                notes.add(note_record(article, note))
                if note.amounts:
                    for record in evidence_records(article, note):
                        amounts.add(record)
                for name in note.actors:
                    seen[name] = _counted(seen.get(name), article.published)
        for name, (count, first, last) in sorted(seen.items(), key=lambda item: (-item[1][0], item[0])):
            actors.add({"name": name, "notes": count, "first": first, "last": last})


def _counted(
    known: tuple[int, str | None, str | None] | None, day: str | None
) -> tuple[int, str | None, str | None]:
    count, first, last = known or (0, None, None)
    days = [one for one in (first, last, day) if one]
    return count + 1, min(days, default=None), max(days, default=None)
