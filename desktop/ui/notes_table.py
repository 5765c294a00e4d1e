"""The table of notes."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from desktop.i18n import _, format_date
from desktop.library.note_table import NoteRow, Order
from desktop.model import COLOURS
from desktop.ui.notes_delegate import SWATCH, NotesDelegate
from desktop.ui.notes_model import ORDERS, Column, NotesModel
from desktop.ui.paged_delegate import SIDE
from desktop.ui.paged_table import PagedTable
from desktop.ui.theme import Theme

_SHARES = {Column.PASSAGE: 40, Column.NOTE: 28, Column.TAGS: 12, Column.ARTICLE: 20}
_LEAST = 44  # pixels of a column
_NARROW = 760  # pixels: in less, articles and tags leave their room to passages and notes


class NotesTable(PagedTable):
    """Shows a NotesModel.

    Signals:
        menu_requested: QPoint on screen.
        edit_wanted: the current note is to be edited.
        colour_wanted: 1..5, for the selected notes.
        tags_wanted, delete_wanted: for the selected notes.
        selection_changed.
    """

    menu_requested = Signal(object)
    edit_wanted = Signal()
    colour_wanted = Signal(object)
    tags_wanted = Signal()
    delete_wanted = Signal()
    selection_changed = Signal()

    def __init__(self, theme: Theme, model: NotesModel) -> None:
        super().__init__(
            model,
            NotesDelegate(theme),
            theme,
            name="notesTable",
            least=_LEAST,
            orders=ORDERS,
            descending=(Order.PLACE, Order.MADE, Order.CHANGED),
        )
        self.setAccessibleName(_("Notes"))
        self.show_order(Order.PLACE, True)
        self.setMouseTracking(True)

    def first_widths(self, room: int) -> dict[Column, int]:
        """Give colour and date what they need, and the rest to words."""
        made = self._delegate.metrics.horizontalAdvance(format_date("2025-09-28", short=True)) + 2 * SIDE + 4
        widths = {Column.COLOUR: SWATCH + 2 * SIDE, Column.MADE: 0 if room < _NARROW else made}
        shares = dict(_SHARES)
        if room < _NARROW:
            shares = {Column.PASSAGE: 40, Column.NOTE: 26, Column.TAGS: 15, Column.ARTICLE: 19}
        left = max(room - sum(widths.values()), room // 3)
        widths = {column: width for column, width in widths.items() if width}
        return widths | {column: left * share // 100 for column, share in shares.items()}

    def resizeEvent(self, event) -> None:
        """Leave out the day of a note where passages have too little room: its card tells it."""
        self.setColumnHidden(Column.MADE, self.viewport().width() < _NARROW)
        super().resizeEvent(event)

    # Rows

    def selected_notes(self) -> list[int]:
        """Return the numbers of the selected notes, each once, at most ten thousand."""
        numbers = (self.rows.number_at(line) for line in self.selected_numbers())
        return list(dict.fromkeys(number for number in numbers if number is not None))

    def current_note(self) -> NoteRow | None:
        """Return the current note; None where there is none, or it is not read yet."""
        row = self.current_row()
        return row if isinstance(row, NoteRow) else None

    def current_number(self) -> int | None:
        """Return the number of the current note."""
        index = self.currentIndex()
        return self.rows.number_at(index.row()) if index.isValid() else None

    def selectionChanged(self, selected, deselected) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def open_current(self) -> None:
        """Open the current note, but no heading."""
        if (row := self.current_note()) is not None:
            self.row_opened.emit(row)

    def first_note(self) -> int | None:
        """Return the first line that is no heading."""
        return next((line for line in range(min(self.rows.total, 2)) if not self.rows.is_heading(line)), None)

    # Mouse and keyboard

    def moveCursor(self, action, modifiers) -> QModelIndex:
        """Pass by the headings."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or not self.rows.is_heading(index.row()):
            return index
        up = action in (
            self.CursorAction.MoveUp,
            self.CursorAction.MovePageUp,
            self.CursorAction.MovePrevious,
        )
        beyond = index.row() - 1 if up and index.row() > 0 else index.row() + 1
        return self.rows.index(min(beyond, self.rows.total - 1), index.column())

    def go_to(self, number: int, *, scroll: bool = True) -> None:
        """Select a line and bring it into view; instead of a heading the note below it."""
        super().go_to(number + self.rows.is_heading(number), scroll=scroll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, recolour, tag and delete by keys; the others move about."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= key < Qt.Key.Key_1 + COLOURS:
            self.colour_wanted.emit(key - Qt.Key.Key_1 + 1)
        elif plain and key in (Qt.Key.Key_F2, Qt.Key.Key_M):
            self.edit_wanted.emit()
        elif plain and key == Qt.Key.Key_T:
            self.tags_wanted.emit()
        elif plain and key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        """Have a current note, so that the first key already does something."""
        super().focusInEvent(event)
        index = self.currentIndex()
        if self.rows.total and (not index.isValid() or self.rows.is_heading(index.row())):
            self.go_to(index.row() if index.isValid() else self.first_visible(), scroll=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show over an article's title that a click opens it."""
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and index.column() == Column.ARTICLE and not self.rows.is_heading(index.row())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the passage when the article's title is clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        alone = self.selectionModel().isRowSelected(index.row()) and len(self.selected_numbers()) == 1
        if (
            event.button() == Qt.MouseButton.LeftButton
            and not event.modifiers()
            and index.isValid()
            and index.column() == Column.ARTICLE
            and alone
        ):
            self.open_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected notes."""
        if self.selected_notes():
            self.menu_requested.emit(self.menu_place(event))

    def select_lines(self, lines: list[int], current: int | None) -> None:
        """Select these lines again."""
        flags = QItemSelectionModel.SelectionFlag
        if current is not None:
            self.selectionModel().setCurrentIndex(self.rows.index(current, 0), flags.NoUpdate)
        for line in lines:
            self.selectionModel().select(self.rows.index(line, 0), flags.Select | flags.Rows)
