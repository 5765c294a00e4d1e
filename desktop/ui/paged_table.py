"""A table that reads only the rows someone looks at: sorted by its heads, opened and copied by keyboard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.i18n import _
from desktop.ui.paged_model import MOST_COPIED
from desktop.ui.theme import Theme

_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class PagedTable(QTableView):
    """Shows a model whose `row(number)` is None while that row is being read.

    Signals:
        row_opened: the row on which Enter was pressed or that was double-clicked.
        order_chosen: an order, and whether it descends.
        copy_wanted: numbers of rows to be copied, the first ten thousand of those selected.
    """

    row_opened = Signal(object)
    order_chosen = Signal(object, object)
    copy_wanted = Signal(object)

    def __init__(
        self,
        model: Any,
        delegate: Any,
        theme: Theme,
        *,
        name: str,
        least: int,
        orders: Mapping[Any, Enum],
        descending: Collection[Enum],
    ) -> None:
        """least: pixels of a column. orders: of the columns that can be sorted by.

        descending: those that begin with the most, or the newest, on top.
        """
        super().__init__(objectName=name)
        self.rows = model
        self.setModel(model)
        self._delegate = delegate
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self._orders, self._descending = orders, descending
        self._order = (0, Qt.SortOrder.DescendingOrder)
        self._remembered = False  # the widths are a person's
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
        self._build_header(least)
        self.doubleClicked.connect(self.open_current)
        self.copy_action = QAction(_("Copy rows"), self)
        self.copy_action.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Copy))
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy)
        self.addAction(self.copy_action)
        self.set_theme(theme)

    def _build_header(self, least: int) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(least)
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

    def first_widths(self, room: int) -> Mapping[Any, int]:
        """Return how wide the columns are until a person has set them."""
        raise NotImplementedError

    def restore_columns(self, stored: str) -> None:
        """Give the columns the widths they had."""
        count, _colon, state = stored.partition(":")
        self._remembered = count == str(self.rows.columnCount()) and self.horizontalHeader().restoreState(
            QByteArray.fromBase64(state.encode())
        )

    def columns(self) -> str:
        """Return the widths of the columns, for `restore_columns`."""
        state = bytes(self.horizontalHeader().saveState().toBase64().data()).decode()
        return f"{self.rows.columnCount()}:{state}"  # a state for other columns means nothing

    def resizeEvent(self, event) -> None:
        """Share the width among the columns until a person has set them."""
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Share the width among the columns, unless a person has set them."""
        if not self._remembered and self.viewport().width() > 200:
            for column, width in self.first_widths(self.viewport().width()).items():
                self.setColumnWidth(column, width)

    def keep_widths(self) -> None:
        """Leave the widths alone from now on."""
        self._remembered = True

    @Slot(int)
    def _on_head(self, section: int) -> None:
        order = self._orders.get(section)
        if order is None:
            self.horizontalHeader().setSortIndicator(*self._order)
            return
        before, way = self._order
        descending = order in self._descending
        if before == section:
            descending = way is not Qt.SortOrder.DescendingOrder
        self.show_order(order, descending)
        self.order_chosen.emit(order, descending)

    def show_order(self, order: Enum, descending: bool) -> None:
        """Show by an arrow how the table is sorted."""
        column = next(column for column, one in self._orders.items() if one is order)
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

    def current_row(self) -> Any:
        """Return the current row; None where there is none, or it is not read yet."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def selected_numbers(self) -> list[int]:
        """Return the numbers of the selected rows, the first ten thousand, without an index for each."""
        ranges = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        rows = dict.fromkeys(
            row for top, bottom in ranges for row in range(top, min(bottom, top + MOST_COPIED) + 1)
        )
        return list(rows)[:MOST_COPIED]

    @Slot()
    def open_current(self) -> None:
        """Open the current row."""
        if (row := self.current_row()) is not None:
            self.row_opened.emit(row)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows."""
        if numbers := self.selected_numbers():
            self.copy_wanted.emit(numbers)

    # Mouse and keyboard

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here, and searching would read the whole library."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; Home and End go to the first and last row."""
        rows = self.rows.rowCount()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_current()
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

    def menu_place(self, event: QContextMenuEvent) -> QPoint:
        """Return where on the screen the menu of the selected rows belongs."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(20, 0) if by_key else event.pos()
        return self.viewport().mapToGlobal(at)


def tabbed(lines: list[list[str]]) -> str:
    """Return rows of cells as lines with tabs, for the clipboard."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
