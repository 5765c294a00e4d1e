"""All notes that were asked for, under headings, as a table model that holds only what someone looked at."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.exporters.evidence import quoted
from desktop.i18n import _, format_number
from desktop.library.note_table import ArticleHead, Group, Grouping, NoteList, NoteRow, Order
from desktop.model import AnchorState
from desktop.ui.note_preview import plain_note
from desktop.ui.notes_words import day_made, heading_words, state_name, tags_words
from desktop.ui.paged_model import ROW, Index, PagedModel
from desktop.ui.selection_bar import colour_name

PAGE = 50  #: lines read at a time


class Column(IntEnum):
    """The columns, from left to right."""

    COLOUR = 0
    PASSAGE = 1
    NOTE = 2
    TAGS = 3
    ARTICLE = 4
    MADE = 5


#: what a click on a head sorts by
ORDERS = {
    Column.COLOUR: Order.COLOUR,
    Column.PASSAGE: Order.PLACE,
    Column.NOTE: Order.CHANGED,
    Column.MADE: Order.MADE,
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A line above the notes of a group."""

    words: str
    about: str
    count: int


Line = NoteRow | HeadingRow


def column_name(column: Column) -> str:
    """Return the head of a column."""
    return {
        Column.COLOUR: "",
        Column.PASSAGE: _("Passage"),
        Column.NOTE: _("Note"),
        Column.TAGS: _("Tags"),
        Column.ARTICLE: _("Article"),
        Column.MADE: _("Made"),
    }[column]


def passage(row: NoteRow) -> str:
    """Return what was marked, on one line."""
    quote = row.annotation.quote.exact
    return quoted(quote) if quote.strip() else _("Note on the whole article")


def cell_text(row: Line, column: Column) -> str:
    """Return what a cell says."""
    if isinstance(row, HeadingRow):
        words = f"{row.words} · {row.about}" if row.about else row.words
        return f"{words} ({format_number(row.count)})" if column is Column.PASSAGE else ""
    return {
        Column.COLOUR: lambda: colour_name(row.annotation.colour),
        Column.PASSAGE: lambda: passage(row),
        Column.NOTE: lambda: plain_note(row.annotation.note),
        Column.TAGS: lambda: tags_words(row.annotation.tags),
        Column.ARTICLE: lambda: row.title,
        Column.MADE: lambda: day_made(row),
    }[column]()


class NotesModel(PagedModel):
    """Notes in the order that was asked for, each group below its heading."""

    page = PAGE
    columns = Column

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found = NoteList(array("q"), ())
        self.grouping = Grouping.NONE
        self.lines: array[int] = array("q")  # places in `found.ids`; -1 - n = heading of group n

    @property
    def total(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def column_name(self, column: Column) -> str:
        """Return the head of a column."""
        return column_name(column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the head of a column; the narrow one of colours has its name for a screen reader."""
        if section == Column.COLOUR and role in (
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return _("Colour")
        return super().headerData(section, orientation, role)

    def cell_text(self, row: Line, column: Column) -> str:
        """Return what a cell says."""
        return cell_text(row, column)

    def cell_tip(self, row: Line, column: Column) -> str:
        """Return what is told of a cell when the pointer rests on it."""
        if isinstance(row, NoteRow) and column in (Column.COLOUR, Column.PASSAGE):
            state = row.annotation.state
            told = "" if state is AnchorState.ANCHORED else state_name(state)
            return "\n\n".join(part for part in (passage(row), told) if part)
        return cell_text(row, column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed by: only notes are selected."""
        flags = super().flags(index)
        if index.isValid() and self.is_heading(index.row()):
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        return flags

    def show_notes(
        self,
        found: NoteList,
        grouping: Grouping,
        notes: Mapping[int, NoteRow],
        heads: Mapping[int, ArticleHead],
    ) -> bool:
        """Hold other notes, of which some are known; tell whether the lines are others than before."""
        lines = _lines(found.groups) if grouping is not Grouping.NONE else array("q", range(len(found.ids)))
        same = found == self.found and grouping is self.grouping
        if not same:
            self.beginResetModel()
        self.found, self.grouping, self.lines = found, grouping, lines
        self.forget_pages()
        for start in range(0, min(len(lines), len(notes) + len(heads) + PAGE), PAGE):
            page = self.page_rows(start, notes, heads)
            if all(line is not None for line in page):
                self.keep({start: page})
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(Column) - 1))
        return not same

    def page_rows(
        self, start: int, notes: Mapping[int, NoteRow], heads: Mapping[int, ArticleHead]
    ) -> list[Line | None]:
        """Return the lines of a page, made of what was read for it."""
        return [self._line(line, notes, heads) for line in self.lines[start : start + PAGE]]

    def _line(self, line: int, notes: Mapping[int, NoteRow], heads: Mapping[int, ArticleHead]) -> Line | None:
        if line >= 0:
            return notes.get(self.found.ids[line])
        group = self.found.groups[-1 - line]
        head = heads.get(int(group.key)) if self.grouping is Grouping.ARTICLE and group.key else None
        if self.grouping is Grouping.ARTICLE and head is None:
            return None
        return HeadingRow(*heading_words(self.grouping, group, head), group.count)

    # Numbers

    def is_heading(self, line: int) -> bool:
        """Tell whether a line is a heading."""
        return 0 <= line < len(self.lines) and self.lines[line] < 0

    def number_at(self, line: int) -> int | None:
        """Return the number of the note in a line; None for a heading."""
        if not 0 <= line < len(self.lines) or self.lines[line] < 0:
            return None
        return self.found.ids[self.lines[line]]

    def line_of(self, number: int) -> int | None:
        """Return the first line in which a note stands."""
        try:
            place = self.found.ids.index(number)
        except ValueError:
            return None
        return self.lines.index(place)

    def wanted_for(self, start: int) -> tuple[list[int], list[int]]:
        """Return what a page is made of: numbers of notes and of articles."""
        return wanted_for(self.lines[start : start + PAGE], self.found, self.grouping)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a row, what its cell says, or what a screen reader says of it."""
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            return None if row is None else cell_text(row, Column(index.column()))
        return super().data(index, role)


def _lines(groups: Sequence[Group]) -> array[int]:
    lines, place = array("q"), 0
    for number, group in enumerate(groups):
        lines.append(-1 - number)
        lines.extend(range(place, place + group.count))
        place += group.count
    return lines


def wanted_for(lines: Sequence[int], found: NoteList, grouping: Grouping) -> tuple[list[int], list[int]]:
    """Return what these lines are made of: numbers of notes and of articles."""
    notes = [found.ids[line] for line in lines if line >= 0]
    if grouping is not Grouping.ARTICLE:
        return notes, []
    keys = [found.groups[-1 - line].key for line in lines if line < 0]
    return notes, [int(key) for key in keys if key is not None]


def first_lines(found: NoteList, grouping: Grouping, at: int) -> tuple[list[int], list[int]]:
    """Return what two pages are made of, from the one that line `at` stands in."""
    start = at - at % PAGE
    if grouping is Grouping.NONE:
        return list(found.ids[start : start + 2 * PAGE]), []
    return wanted_for(_lines(found.groups)[start : start + 2 * PAGE], found, grouping)


__all__ = ["ROW", "Column", "HeadingRow", "Line", "NotesModel"]
