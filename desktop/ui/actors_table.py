"""The table of actors: sorted by its heads, opened and copied by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.i18n import _, format_date, kind_name
from desktop.library.actor_table import ActorRow, Order
from desktop.model import ACTOR_KINDS
from desktop.ui.actors_delegate import KIND_ROOM, SIDE, ActorsDelegate
from desktop.ui.actors_model import NUMBERS, ORDERS, ActorsModel, Column, cell_text, column_name
from desktop.ui.theme import Theme

#: columns that share what the others leave, the first time: what is long in them is shortened
_SHARES = {Column.NAME: 39, Column.ROLE: 25, Column.COMPANY: 36}
_ROOMY = 1200  # pixels: in less, the shape alone tells the kind
_ARROW = 14  # pixels beside the head that the table is sorted by
_LEAST = 56  # pixels of a column
#: what is best seen with the most, or the newest, on top
_DESCENDING = (Order.ARTICLES, Order.MENTIONS, Order.ALIASES, Order.FIRST, Order.LAST)
_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ActorsTable(QTableView):
    """Shows an ActorsModel.

    Signals:
        row_opened: the ActorRow on which Enter was pressed or that was double-clicked.
        order_chosen: an Order, and whether it descends.
        copy_wanted: rows (numbers) to be copied.
        menu_requested: (list of the Actors that are selected, QPoint on screen).
    """

    row_opened = Signal(object)
    order_chosen = Signal(object, object)
    copy_wanted = Signal(object)
    menu_requested = Signal(object, object)

    def __init__(self, theme: Theme, model: ActorsModel) -> None:
        super().__init__(objectName="actorsTable")
        self.setAccessibleName(_("Actors"))
        self.rows = model
        self.setModel(model)
        self._delegate = ActorsDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(34)
        self._order = (int(Column.ARTICLES), Qt.SortOrder.DescendingOrder)
        self._build_header()
        self._remembered = False
        self.doubleClicked.connect(self._open_current)
        self._copy = QAction(_("Copy rows"), self)
        self._copy.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Copy))
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self.copy)
        self.addAction(self._copy)
        self.set_theme(theme)

    @property
    def copy_action(self) -> QAction:
        """Return what copies the selected rows, for a menu."""
        return self._copy

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(_LEAST)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setAccessibleName(_("Columns"))
        header.sectionClicked.connect(self._on_head)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)
        self.horizontalHeader().setFont(theme.font("small"))
        self.viewport().update()

    # Columns

    def restore_columns(self, stored: str) -> None:
        """Give the columns the widths they had."""
        self._remembered = bool(stored) and self.horizontalHeader().restoreState(
            QByteArray.fromBase64(stored.encode())
        )

    def columns(self) -> str:
        """Return the widths of the columns, for `restore_columns`."""
        return bytes(self.horizontalHeader().saveState().toBase64().data()).decode()

    def resizeEvent(self, event) -> None:
        """Share the width among the columns until a person has set them."""
        super().resizeEvent(event)
        if not self._remembered and self.viewport().width() > 200:
            for column, width in self._first_widths(self.viewport().width()).items():
                self.setColumnWidth(column, width)

    def _first_widths(self, room: int) -> dict[Column, int]:
        """Give numbers, dates and kinds what they need, and the rest to names."""
        heads, cells = self.horizontalHeader().fontMetrics(), self._delegate.metrics
        kinds = [kind_name(kind) for kind in ACTOR_KINDS] if room >= _ROOMY else []
        date = format_date("2025-09-28", short=True)
        longest = {Column.KIND: kinds, Column.FIRST: [date], Column.LAST: [date]}
        widths = {}
        for column in Column:
            if column not in _SHARES:
                words = [cells.horizontalAdvance(one) for one in longest.get(column, ())]
                shape = KIND_ROOM if column is Column.KIND else 0
                arrow = _ARROW if column in NUMBERS else 0
                head = heads.horizontalAdvance(column_name(column)) + arrow
                widths[column] = max([head, *(one + shape for one in words)]) + 2 * SIDE + 2
        left = max(room - sum(widths.values()), room // 3)
        return widths | {column: left * share // 100 for column, share in _SHARES.items()}

    def keep_widths(self) -> None:
        """Leave the widths alone from now on."""
        self._remembered = True

    @Slot(int)
    def _on_head(self, section: int) -> None:
        order = ORDERS.get(Column(section))
        header = self.horizontalHeader()
        if order is None:
            header.setSortIndicator(*self._order)
            return
        before, way = self._order
        descending = order in _DESCENDING
        if before == section:
            descending = way is not Qt.SortOrder.DescendingOrder
        self.show_order(order, descending)
        self.order_chosen.emit(order, descending)

    def show_order(self, order: Order, descending: bool) -> None:
        """Show by an arrow how the table is sorted."""
        column = next(column for column, one in ORDERS.items() if one is order)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._order = (int(column), way)
        self.horizontalHeader().setSortIndicator(*self._order)

    # Rows

    def first_visible(self) -> int:
        """Return the row at the top of what is in view."""
        return max(self.rowAt(0), 0)

    def go_to(self, number: int, *, scroll: bool = True) -> None:
        """Select a row and bring it into view."""
        index = self.rows.index(number, 0)
        self.selectionModel().setCurrentIndex(index, _ROW)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def number_at(self, row: int) -> int | None:
        """Return the number of the actor in a row."""
        return self.rows.ids[row] if 0 <= row < len(self.rows.ids) else None

    def current_number(self) -> int | None:
        """Return the number of the current actor."""
        index = self.currentIndex()
        return self.number_at(index.row()) if index.isValid() else None

    def current_row(self) -> ActorRow | None:
        """Return the actor in the current row; None where there is none, or it is not read yet."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def selected(self) -> list[ActorRow]:
        """Return the selected actors that are in memory."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for number in numbers if (row := self.rows.row(number)) is not None]

    @Slot()
    def _open_current(self) -> None:
        if (row := self.current_row()) is not None:
            self.row_opened.emit(row)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        if numbers:
            self.copy_wanted.emit(numbers)

    # Mouse and keyboard

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here, and searching would read the whole library."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; Home and End go to the first and last row."""
        rows = self.rows.rowCount()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_current()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows and not event.modifiers():
            self.go_to(0 if event.key() == Qt.Key.Key_Home else rows - 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # for the window
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        """Have a current row, so that the first key already moves it."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.selectionModel().setCurrentIndex(
                self.rows.index(self.first_visible(), 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected rows."""
        chosen = [row.actor for row in self.selected()]
        if not chosen:
            return
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(20, 0) if by_key else event.pos()
        self.menu_requested.emit(chosen, self.viewport().mapToGlobal(at))


def as_text(rows: Sequence[ActorRow]) -> str:
    """Return rows as lines with tabs, with a head line; of the other forms all are told."""
    lines = [[column_name(column) for column in Column]]
    for row in rows:
        cells = {column: cell_text(row, column) for column in Column}
        cells[Column.ALIASES] = ", ".join(row.actor.aliases)
        lines.append(list(cells.values()))
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
