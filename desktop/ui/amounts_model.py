"""All amounts that were asked for as a table model that holds only the pages someone looked at."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from desktop.i18n import _, format_date
from desktop.library.amount_lists import Amounts
from desktop.library.amounts import AmountRow, Order
from desktop.ui.amounts_words import no_rate_text, own_text, rate_sentence, rate_text, value_text
from desktop.ui.paged_model import PagedModel

PAGE = 100  #: amounts read at a time


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


def cell_tip(row: AmountRow, column: Column) -> str:
    """Return what is told of a cell when the pointer rests on it."""
    if column in (Column.WRITTEN, Column.PURPOSE):
        return row.sentence
    if column in (Column.VALUE, Column.RATE):
        return "\n".join(filter(None, (own_text(row), rate_sentence(row))))
    return cell_text(row, column)


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


class AmountsModel(PagedModel):
    """The amounts in the order that was asked for."""

    page = PAGE
    columns = Column
    numbers = (Column.VALUE,)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.amounts: Amounts = FirstAmounts()
        self.money = True

    @property
    def total(self) -> int:
        """Return how many amounts there are."""
        return self.amounts.total

    def column_name(self, column: Column) -> str:
        """Return the head of a column."""
        return column_name(column, money=self.money)

    def cell_text(self, row: AmountRow, column: Column) -> str:
        """Return what a cell says."""
        return cell_text(row, column)

    def cell_tip(self, row: AmountRow, column: Column) -> str:
        """Return what is told of a cell when the pointer rests on it."""
        return cell_tip(row, column)

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
        self.forget_pages()
        self.keep(pages)
        self.endResetModel()

    @property
    def first(self) -> list[AmountRow]:
        """Return the first page, as far as it was read."""
        return self._pages.get(0, [])

    def _follow_up(self, amounts: Amounts, pages: Mapping[int, Sequence[AmountRow]]) -> None:
        """Add what stands after the first rows, which stay."""
        shown = self.amounts.total
        if amounts.total > shown:
            self.beginInsertRows(QModelIndex(), shown, amounts.total - 1)
        self.amounts = amounts
        self.keep(pages)
        if amounts.total > shown:
            self.endInsertRows()

    def put_page(self, amounts: Amounts, offset: int, rows: Sequence[AmountRow]) -> None:
        """Fill in a page that was asked for, if it is one of these amounts."""
        if amounts is self.amounts:
            self.fill(offset, rows)
