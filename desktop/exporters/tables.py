"""Tables as CSV, JSON and XLSX: rows come in one by one, so that a large library fits too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from desktop.exporters.base import safe_address
from desktop.exporters.records import Record, to_json
from desktop.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576
_SHEET_LINKS = 65_000  # a sheet holds 65,530; further links are plain text
_NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}
_CELL_CHARACTERS = 32_000  # a cell holds 32,767


class Cell(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"  #: a plain decimal, or an int
    DATE = "date"  #: a partial ISO date
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON and CSV, what stands above it in a spreadsheet, its width in characters."""

    key: str
    head: str
    cell: Cell = Cell.TEXT
    width: int = 12


def found_columns() -> tuple[Column, ...]:
    """Return the columns of what many queries found, see `records.found_record`."""
    return (
        Column("query", _("Query"), width=30),
        Column("total", _("Articles"), Cell.NUMBER, 8),
        Column("id", _("Article id"), width=8),
        Column("title", _("Title"), width=40),
        Column("date", _("Date"), Cell.DATE),
        Column("score", _("Score"), Cell.NUMBER, 8),
        Column("snippet", _("Passage"), width=80),
    )


def amount_columns() -> tuple[Column, ...]:
    """Return the columns of the table of amounts."""
    return (
        Column("article", _("Article id"), width=8),
        Column("published", _("Date"), Cell.DATE),
        Column("title", _("Title"), width=40),
        Column("text", _("As written"), width=24),
        Column("kind", _("Kind")),
        Column("value", _("Value"), Cell.NUMBER, 18),
        Column("low", _("From"), Cell.NUMBER, 18),
        Column("high", _("To"), Cell.NUMBER, 18),
        Column("unit", _("Unit"), width=8),
        Column("noun", _("What is counted"), width=16),
        Column("approx", _("About, at least, at most"), width=8),
        Column("start", _("Begins at"), Cell.NUMBER, 8),
        Column("end", _("Ends at"), Cell.NUMBER, 8),
        Column("purpose", _("What for"), width=30),
        Column("actors", _("Mentioned with"), width=30),
        Column("sentence", _("Sentence"), width=80),
        Column("euro_low", _("In euro, from"), Cell.NUMBER, 18),
        Column("euro_high", _("In euro, to"), Cell.NUMBER, 18),
        Column("rate", _("Rate (of one euro)"), Cell.NUMBER),
        Column("rate_day", _("Rate of"), Cell.DATE),
        Column("rate_kind", _("Rate of a day, a mean, fixed")),
        Column("link", _("Open in Leeslamp"), Cell.LINK, 30),
    )


def actor_columns() -> tuple[Column, ...]:
    """Return the columns of the table of actors."""
    return (
        Column("name", _("Name"), width=36),
        Column("kind", _("Kind")),
        Column("aliases", _("Other forms"), width=40),
        Column("roles", _("Roles"), width=30),
        Column("articles", _("Articles"), Cell.NUMBER),
        Column("mentions", _("Mentions"), Cell.NUMBER),
        Column("first", _("First date"), Cell.DATE),
        Column("last", _("Last date"), Cell.DATE),
        Column("id", _("Actor id"), width=8),
    )


def tie_columns() -> tuple[Column, ...]:
    """Return the columns of the pairs of a network."""
    return (
        Column("one", _("Actor"), width=30),
        Column("one_kind", _("Kind")),
        Column("other", _("And"), width=30),
        Column("other_kind", _("Kind")),
        Column("within", _("Together in"), width=10),
        Column("together", _("Times together"), Cell.NUMBER),
        Column("expected", _("Expected"), Cell.NUMBER),
        Column("strength", _("Strength"), Cell.NUMBER),
        Column("drawn", _("In the picture"), width=8),
        Column("one_articles", _("Articles of the first"), Cell.NUMBER),
        Column("other_articles", _("Articles of the other"), Cell.NUMBER),
        Column("one_id", _("Actor id"), width=8),
        Column("other_id", _("Actor id"), width=8),
    )


def actor_table_columns() -> tuple[Column, ...]:
    """Return the columns of the table of actors as the window shows it: with company."""
    return (
        *actor_columns(),
        Column("with", _("Mentioned most with"), width=40),
    )


Writer = Callable[[Iterable[Record], tuple[Column, ...], BinaryIO], None]


# CSV


def write_csv(rows: Iterable[Record], columns: tuple[Column, ...], file: BinaryIO) -> None:
    """Write CSV (RFC 4180, UTF-8) with a head line; lists are joined by "; ".

    A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV
    injection"); numbers stay as they are.
    """
    keys = [column.key for column in columns]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    cells: Iterator[list[object]] = ([_csv_cell(row[key]) for key in keys] for row in rows)
    for values in chain([list[object](keys)], cells):
        writer.writerow(values)
        file.write(buffer.getvalue().encode("utf-8", "replace"))
        buffer.seek(0)
        buffer.truncate()


def _csv_cell(value: object) -> object:
    value = _joined(value)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _is_number(value):
        return "'" + value
    return "" if value is None else value


def _joined(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdigit()


# JSON


def write_json(rows: Iterable[Record], _columns: tuple[Column, ...], file: BinaryIO) -> None:
    """Write one JSON document, a list with an object a row, each on a line of its own."""
    between = "[\n"
    for row in rows:
        file.write((between + to_json(row)).encode("utf-8", "replace"))
        between = ",\n"
    file.write(b"\n]\n" if between == ",\n" else b"[]\n")


# XLSX


def write_xlsx(rows: Iterable[Record], columns: tuple[Column, ...], file: BinaryIO) -> None:
    """Write a workbook: numbers as numbers, full dates as dates, text never as a formula.

    Very many rows go on on further sheets. The head stays in sight and filters. What is longer than a cell
    holds is cut, and ends in "…".
    """
    with Book(file) as book:
        sheet = book.sheet("", columns)
        for row in rows:
            sheet.add(row)


class Book:
    """A workbook of one or more tables, whose rows may come in turns; to be used in a `with`."""

    def __init__(self, file: BinaryIO, title: str = "") -> None:
        from xlsxwriter.workbook import Workbook  # at first use: 40 ms

        self.file = Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
        if title:
            self.file.set_properties({"title": _cut(title)[:255]})
        self._sheets: list[Sheet] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        for sheet in self._sheets:
            sheet.finish()
        self.file.close()

    def sheet(self, name: str, columns: tuple[Column, ...]) -> Sheet:
        """Add a table; name: of its sheet, "" = as spreadsheets call it."""
        sheet = Sheet(self.file, name, columns)
        self._sheets.append(sheet)
        return sheet


class Sheet:
    """One table of a workbook: as many sheets as its rows need."""

    def __init__(self, book: Workbook, name: str, columns: tuple[Column, ...]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._sheets = self._rows = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 or not self._name else f"{self._name} {self._sheets}"
        self._sheet, self._cells = self._book.add_worksheet(name or None), _Cells(self._book)
        self._rows = 0
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width)
            self._sheet.write_string(0, place, column.head, self._cells.head)

    def add(self, row: Record) -> None:
        """Write one row."""
        if self._rows >= _SHEET_ROWS:
            self.finish()
            self._begin()
        self._rows += 1
        for place, column in enumerate(self._columns):
            self._cells.write(self._sheet, self._rows, place, column.cell, row[column.key])

    def finish(self) -> None:
        """Set what is known once all rows are there."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, self._rows, len(self._columns) - 1)


class _Cells:
    """Writes the cells of one sheet."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1})
        self._whole: Format = book.add_format({"num_format": "#,##0"})
        self._broken: Format = book.add_format({"num_format": "#,##0.00####"})
        self._link: Format = book.add_format({"font_color": "#0b57d0", "underline": 1})
        self._links = 0

    def write(self, sheet: Worksheet, row: int, place: int, cell: Cell, value: Any) -> None:
        """Write one value; None and "" leave the cell empty."""
        if value is None or value in ("", []):
            return
        if cell is Cell.NUMBER:
            number = Decimal(value)
            whole = number == number.to_integral_value()
            sheet.write_number(row, place, float(number), self._whole if whole else self._broken)
        elif cell is Cell.DATE and (day := _full_date(value)):
            sheet.write_datetime(row, place, day)
        elif cell is Cell.LINK and self._links < _SHEET_LINKS and _is_link(value):
            self._links += 1
            sheet.write_url(row, place, value, self._link)
        else:
            sheet.write_string(row, place, _cut(str(_joined(value))))


def _is_link(value: str) -> bool:
    """Tell whether a spreadsheet takes this for a link: an address of at most 2,079 characters."""
    return len(value) < 2000 and safe_address(value) == value and not re.search(r"\s", value)


def _full_date(value: str) -> date | None:
    """Return the day, if it is one that spreadsheets know: they begin in 1900."""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
    return day if day and day.year >= 1900 else None


def _cut(text: str) -> str:
    text = text.translate(_NOT_IN_XML).encode("utf-8", "replace").decode()
    # A character beyond the first 65,536 counts as two.
    if 2 * len(text) <= _CELL_CHARACTERS or len(text.encode("utf-16-le")) // 2 <= _CELL_CHARACTERS:
        return text
    return text.encode("utf-16-le")[: 2 * _CELL_CHARACTERS].decode("utf-16-le", "ignore") + "…"


TABLES: dict[str, Writer] = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx}
