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
from desktop.library.amount_lists import Amounts
from desktop.library.amounts import AmountRow, Order
from desktop.ui.amounts_words import no_rate_text, own_text, rate_sentence, rate_text, value_text
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
    RATE = 6  #: hidden until a person wants it


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
        Column.RATE: _("Exchange rate"),
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
        Column.RATE: lambda: rate_text(row),
    }[column]()


class FirstAmounts:
    """So many amounts at the beginning, which are shown before more is known."""

    def __init__(self, total: int = 0) -> None:
        self.total = total

    def ids(self, con: object, start: int, limit: int) -> array[int]:
        """Return nothing: these are never read."""
        return array("q")

    def place(self, con: object, id_: int) -> int | None:
        """Return nothing."""
        return None


class AmountsModel(QAbstractTableModel):
    """The amounts in the order that was asked for.

    Signals:
        page_wanted: the offset (a multiple of PAGE) of a page that somebody looks at.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.amounts: Amounts = FirstAmounts()
        self.money = True
        self._pages: OrderedDict[int, list[AmountRow]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self.page_wanted)

    def show_amounts(self, amounts: Amounts, pages: Mapping[int, Sequence[AmountRow]]) -> None:
        """Hold other amounts, of which some pages are known; what is the same stays as it is."""
        if amounts == self.amounts:  # what is on its way was asked of these
            for start, rows in pages.items():
                if self._pages.get(start) != list(rows):
                    self.put_page(self.amounts, start, rows)
            return
        shown, first = self.amounts.total, list(pages.get(0, ()))
        if (
            isinstance(self.amounts, FirstAmounts)
            and 0 < shown <= amounts.total
            and first[:shown] == self.first
        ):
            self._follow_up(amounts, pages)
            return
        self.beginResetModel()
        self.amounts = amounts
        self._pages.clear()
        self._wishes.clear()
        self._keep(pages)
        self.endResetModel()

    @property
    def first(self) -> list[AmountRow]:
        """Return the first page, as far as it was read."""
        return self._pages.get(0, [])

    def _follow_up(self, amounts: Amounts, pages: Mapping[int, Sequence[AmountRow]]) -> None:
        """Add what stands after the first rows, which stay."""
        shown = self.amounts.total
        if amounts.total > shown:
            self.beginInsertRows(_NO_INDEX, shown, amounts.total - 1)
        self.amounts = amounts
        self._keep(pages)
        if amounts.total > shown:
            self.endInsertRows()

    def _keep(self, pages: Mapping[int, Sequence[AmountRow]]) -> None:
        for start, rows in pages.items():
            self._pages[start] = list(rows)
            self._pages.move_to_end(start)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def put_page(self, amounts: Amounts, offset: int, rows: Sequence[AmountRow]) -> None:
        """Fill in a page that was asked for, if it is one of these amounts."""
        if amounts is not self.amounts:
            return
        self._wishes.arrived(offset)
        if not rows or offset >= self.amounts.total:
            return
        self._keep({offset: rows})
        last = min(offset + len(rows), self.amounts.total) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, len(Column) - 1))

    def row(self, number: int) -> AmountRow | None:
        """Return the amount in a row; None while it is being read (which this asks for)."""
        start = number - number % PAGE
        page = self._pages.get(start)
        if page is not None:
            self._pages.move_to_end(start)
            return page[number - start] if number - start < len(page) else None
        if 0 <= number < self.amounts.total:
            self._wishes.want(start)
        return None

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many amounts there are."""
        return 0 if parent.isValid() else self.amounts.total

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
        if column in (Column.VALUE, Column.RATE):
            return "\n".join(filter(None, (own_text(row), rate_sentence(row))))
        return cell_text(row, column)
