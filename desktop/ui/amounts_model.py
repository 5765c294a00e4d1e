"""All amounts that were asked for as a table model that holds only the pages someone looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import _, format_date
from desktop.library.amounts import AmountRow, Order
from desktop.ui.amounts_words import no_rate_text, own_text, value_text
from desktop.ui.page_wishes import PageWishes

PAGE = 100  #: amounts read at a time
_PAGES_KEPT = 60
_NO_INDEX = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1  #: the AmountRow, None while it is being read
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    DATE = 0
    VALUE = 1
    WRITTEN = 2
    PURPOSE = 3
    ACTORS = 4
    ARTICLE = 5


#: what a click on a head sorts by; actors have no order
ORDERS = {
    Column.DATE: Order.DATE,
    Column.VALUE: Order.VALUE,
    Column.WRITTEN: Order.WRITTEN,
    Column.PURPOSE: Order.PURPOSE,
    Column.ARTICLE: Order.ARTICLE,
}


def column_name(column: Column, *, money: bool = True) -> str:
    """Return the head of a column."""
    return {
        Column.DATE: _("Date"),
        Column.VALUE: _("Value (EUR)") if money else _("Value"),
        Column.WRITTEN: _("As written"),
        Column.PURPOSE: _("What for"),
        Column.ACTORS: _("Actors in the sentence"),
        Column.ARTICLE: _("Article"),
    }[column]


def cell_text(row: AmountRow, column: Column) -> str:
    """Return what a cell says."""
    return {
        Column.DATE: lambda: format_date(row.published, short=True),
        Column.VALUE: lambda: value_text(row) or no_rate_text(row),
        Column.WRITTEN: lambda: " ".join(row.written.split()),
        Column.PURPOSE: lambda: " ".join((row.purpose or "").split()),
        Column.ACTORS: lambda: " · ".join(actor.name for actor in row.actors),
        Column.ARTICLE: lambda: row.title,
    }[column]()


class AmountsModel(QAbstractTableModel):
    """The amounts in the order that was asked for.

    Signals:
        page_wanted: the offset (a multiple of PAGE) of a page that somebody looks at.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self.money = True
        self._pages: OrderedDict[int, list[AmountRow]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self.page_wanted)

    def show_amounts(self, ids: array[int], pages: Mapping[int, Sequence[AmountRow]]) -> None:
        """Hold other amounts, of which some pages are known; what is the same stays as it is."""
        if ids == self.ids:
            for start, rows in pages.items():
                if self._pages.get(start) != list(rows):
                    self.put_page(start, rows)
            return
        if len(ids) > len(self.ids) > 0 and ids[: len(self.ids)] == self.ids:
            self.beginInsertRows(_NO_INDEX, len(self.ids), len(ids) - 1)
            last = len(self.ids) - len(self.ids) % PAGE
            self._pages.pop(last, None)  # it may be longer now
            self.ids = ids
            self._keep(pages)
            self.endInsertRows()
            return
        self.beginResetModel()
        self.ids = ids
        self._pages.clear()
        self._keep(pages)
        self.endResetModel()

    def _keep(self, pages: Mapping[int, Sequence[AmountRow]]) -> None:
        self._wishes.clear()
        self._pages.update({start: list(rows) for start, rows in pages.items() if start < len(self.ids)})

    def put_page(self, offset: int, rows: Sequence[AmountRow]) -> None:
        """Fill in a page that was asked for."""
        self._wishes.arrived(offset)
        if not rows or offset >= len(self.ids):
            return
        self._pages[offset] = list(rows)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(offset + len(rows), len(self.ids)) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, len(Column) - 1))

    def row(self, number: int) -> AmountRow | None:
        """Return the amount in a row; None while it is being read (which this asks for)."""
        start = number - number % PAGE
        page = self._pages.get(start)
        if page is not None:
            self._pages.move_to_end(start)
            return page[number - start] if number - start < len(page) else None
        if 0 <= number < len(self.ids):
            self._wishes.want(start)
        return None

    def row_of(self, id_: int) -> int | None:
        """Return the row of an amount."""
        try:
            return self.ids.index(id_)
        except ValueError:
            return None

    def page_ids(self, offset: int) -> list[int]:
        """Return the ids of a page."""
        return list(self.ids[offset : offset + PAGE])

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many amounts there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return column_name(column, money=self.money)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column is Column.VALUE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an amount, or what its cell says."""
        roles = Qt.ItemDataRole
        if not index.isValid() or role not in (ROW, roles.DisplayRole, roles.ToolTipRole):
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return "…" if role == roles.DisplayRole else None
        column = Column(index.column())
        if role == roles.DisplayRole:
            return cell_text(row, column)
        if column in (Column.WRITTEN, Column.PURPOSE):
            return row.sentence
        return own_text(row) if column is Column.VALUE else cell_text(row, column)
