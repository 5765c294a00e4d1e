"""The table of amounts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QMenu

from desktop.i18n import _
from desktop.library.amounts import AmountRow, Order
from desktop.ui.amounts_delegate import AmountsDelegate
from desktop.ui.amounts_model import ORDERS, AmountsModel, Column, cell_text, column_name
from desktop.ui.paged_table import PagedTable, tabbed
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
_LEAST = 70  # pixels of a column


class AmountsTable(PagedTable):
    """Shows an AmountsModel.

    Signals:
        row_selected: the AmountRow that became the current one, or None.
        columns_changed: another column is shown.
    """

    row_selected = Signal(object)
    columns_changed = Signal()

    def __init__(self, theme: Theme, model: AmountsModel) -> None:
        super().__init__(
            model,
            AmountsDelegate(theme),
            theme,
            name="amountsTable",
            least=_LEAST,
            orders=ORDERS,
            descending=(Order.DATE, Order.VALUE),
        )
        self.setAccessibleName(_("Amounts"))
        self._awaited: int | None = None  # the current row, while its page is being read
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.dataChanged.connect(self._on_page)
        self._open = QAction(_("Open sentence"), self)
        self._open.triggered.connect(self.open_current)
        self._rate = QAction(_("Show the exchange rate"), self, checkable=True)
        self._rate.toggled.connect(self._show_rate)
        header = self.horizontalHeader()
        header.setSectionHidden(Column.RATE, True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        self.show_order(Order.DATE, True)

    # Columns

    def restore_columns(self, stored: str) -> None:
        """Give the columns the widths they had."""
        super().restore_columns(stored)
        with QSignalBlocker(self._rate):
            self._rate.setChecked(not self.isColumnHidden(Column.RATE))
        self.show_order(Order.DATE, True)

    def first_widths(self, room: int) -> dict[Column, int]:
        """Share the width as is usual."""
        shown = dict(_SHARES)
        if not self.isColumnHidden(Column.RATE):
            shown[Column.RATE] = _RATE_SHARE
        return {column: room * share // sum(shown.values()) for column, share in shown.items()}

    @Slot(bool)
    def _show_rate(self, shown: bool) -> None:
        self.setColumnHidden(Column.RATE, not shown)
        self.share_width()
        self.columns_changed.emit()

    @Slot(QPoint)
    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(self._rate)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    # Rows

    @Slot()
    def _on_current(self) -> None:
        index, row = self.currentIndex(), self.current_row()
        self._awaited = index.row() if index.isValid() and row is None else None
        self.row_selected.emit(row)

    @Slot()
    def _on_page(self) -> None:
        if self._awaited is not None and self._awaited == self.currentIndex().row():
            self._on_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows."""
        if self.selectionModel().hasSelection():
            menu = QMenu(self)
            menu.addActions([self._open, self.copy_action, self._rate])
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.menu_place(event))


def as_text(rows: Sequence[AmountRow], *, money: bool) -> str:
    """Return rows as lines with tabs, with a head line."""
    lines = [[column_name(column, money=money) for column in Column]]
    lines += [[cell_text(row, column) for column in Column] for row in rows]
    return tabbed(lines)
