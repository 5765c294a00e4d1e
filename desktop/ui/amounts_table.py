"""The table of amounts: sorted by its heads, opened and copied by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QItemSelectionModel, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop.i18n import _
from desktop.library.amounts import AmountRow, Order
from desktop.ui.amounts_delegate import AmountsDelegate
from desktop.ui.amounts_model import ORDERS, AmountsModel, Column, cell_text, column_name
from desktop.ui.theme import Theme

#: share of the width, the first time
_SHARES = {
    Column.DATE: 10,
    Column.VALUE: 13,
    Column.WRITTEN: 20,
    Column.PURPOSE: 19,
    Column.ACTORS: 18,
    Column.ARTICLE: 20,
}
_RATE_SHARE = 20  # where it is shown
_MOST_COPIED = 10_000  # rows
_LEAST = 70  # pixels of a column


class AmountsTable(QTableView):
    """Shows an AmountsModel.

    Signals:
        row_opened: the AmountRow on which Enter was pressed or that was double-clicked.
        row_selected: the AmountRow that became the current one, or None.
        order_chosen: an Order, and whether it descends.
        copy_wanted: rows (numbers) to be copied, the first ten thousand of those selected.
        columns_changed: another column is shown.
    """

    row_opened = Signal(object)
    row_selected = Signal(object)
    order_chosen = Signal(object, object)
    copy_wanted = Signal(object)
    columns_changed = Signal()

    def __init__(self, theme: Theme, model: AmountsModel) -> None:
        super().__init__(objectName="amountsTable")
        self.setAccessibleName(_("Amounts"))
        self.rows = model
        self.setModel(model)
        self._delegate = AmountsDelegate(theme, self)
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
        self._build_header()
        self._awaited: int | None = None  # the current row, while its page is being read
        self._remembered = False
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.dataChanged.connect(self._on_page)
        self.doubleClicked.connect(self._open_current)
        self._copy = QAction(_("Copy rows"), self)
        self._copy.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Copy))
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self.copy)
        self._open = QAction(_("Open sentence"), self)
        self._open.triggered.connect(self._open_current)
        self.addAction(self._copy)
        self._rate = QAction(_("Show the exchange rate"), self, checkable=True)
        self._rate.toggled.connect(self._show_rate)
        self.set_theme(theme)

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(_LEAST)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setAccessibleName(_("Columns"))
        header.setSortIndicator(Column.DATE, Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._on_head)
        header.setSectionHidden(Column.RATE, True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)
        self.horizontalHeader().setFont(theme.font("small"))
        self.viewport().update()

    # Columns

    def restore_columns(self, stored: str) -> None:
        """Give the columns the widths they had."""
        count, _colon, state = stored.partition(":")
        self._remembered = count == str(len(Column)) and self.horizontalHeader().restoreState(
            QByteArray.fromBase64(state.encode())
        )
        with QSignalBlocker(self._rate):
            self._rate.setChecked(not self.isColumnHidden(Column.RATE))
        self.show_order(Order.DATE, True)

    def columns(self) -> str:
        """Return the widths of the columns, for `restore_columns`."""
        state = bytes(self.horizontalHeader().saveState().toBase64().data()).decode()
        return f"{len(Column)}:{state}"  # a state for other columns means nothing

    def resizeEvent(self, event) -> None:
        """Share the width among the columns until a person has set them."""
        super().resizeEvent(event)
        if not self._remembered and self.viewport().width() > 200:
            self._share_width()

    def _share_width(self) -> None:
        shown = dict(_SHARES)
        if not self.isColumnHidden(Column.RATE):
            shown[Column.RATE] = _RATE_SHARE
        for column, share in shown.items():
            self.setColumnWidth(column, self.viewport().width() * share // sum(shown.values()))

    @Slot(bool)
    def _show_rate(self, shown: bool) -> None:
        self.setColumnHidden(Column.RATE, not shown)
        if not self._remembered:
            self._share_width()
        self.columns_changed.emit()

    @Slot(QPoint)
    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(self._rate)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

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
        descending = order in (Order.DATE, Order.VALUE)
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

    def go_to(self, number: int) -> None:
        """Select a row and bring it into view."""
        index = self.rows.index(number, 0)
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot()
    def _on_current(self) -> None:
        index = self.currentIndex()
        row = self.rows.row(index.row()) if index.isValid() else None
        self._awaited = index.row() if index.isValid() and row is None else None
        self.row_selected.emit(row)

    @Slot()
    def _on_page(self) -> None:
        if self._awaited is not None and self._awaited == self.currentIndex().row():
            self._on_current()

    @Slot()
    def _open_current(self) -> None:
        index = self.currentIndex()
        row = self.rows.row(index.row()) if index.isValid() else None
        if row is not None:
            self.row_opened.emit(row)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows."""
        ranges = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection().toList())
        rows = dict.fromkeys(
            row for top, bottom in ranges for row in range(top, min(bottom, top + _MOST_COPIED) + 1)
        )
        if rows:
            self.copy_wanted.emit(list(rows)[:_MOST_COPIED])

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows."""
        if not self.selectionModel().hasSelection():
            return
        menu = QMenu(self)
        menu.addActions([self._open, self._copy, self._rate])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(20, 0) if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(at))


def as_text(rows: Sequence[AmountRow], *, money: bool) -> str:
    """Return rows as lines with tabs, with a head line."""
    lines = [[column_name(column, money=money) for column in Column]]
    lines += [[cell_text(row, column) for column in Column] for row in rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
