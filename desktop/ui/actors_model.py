"""All actors that were asked for as a table model that holds only the pages someone looked at."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop.i18n import _, format_date, format_number, kind_name
from desktop.library.actor_table import LOOKED_AT, ActorRow, Order
from desktop.ui.paged_model import PagedModel

PAGE = 50  #: actors read at a time


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    KIND = 1
    ROLE = 2
    ALIASES = 3
    ARTICLES = 4
    MENTIONS = 5
    FIRST = 6
    LAST = 7
    COMPANY = 8


#: what a click on a head sorts by; company has no order
ORDERS = {
    Column.NAME: Order.NAME,
    Column.KIND: Order.KIND,
    Column.ROLE: Order.ROLE,
    Column.ALIASES: Order.ALIASES,
    Column.ARTICLES: Order.ARTICLES,
    Column.MENTIONS: Order.MENTIONS,
    Column.FIRST: Order.FIRST,
    Column.LAST: Order.LAST,
}
#: columns of numbers, which stand at the right
NUMBERS = (Column.ALIASES, Column.ARTICLES, Column.MENTIONS)


def column_name(column: Column) -> str:
    """Return the head of a column."""
    return {
        Column.NAME: _("Name"),
        Column.KIND: _("Kind"),
        Column.ROLE: _("Role"),
        Column.ALIASES: _("Aliases"),
        Column.ARTICLES: _("Articles"),
        Column.MENTIONS: _("Mentions"),
        Column.FIRST: _("First"),
        Column.LAST: _("Last"),
        Column.COMPANY: _("Most often with"),
    }[column]


def cell_text(row: ActorRow, column: Column) -> str:
    """Return what a cell says."""
    actor = row.actor
    return {
        Column.NAME: lambda: actor.name,
        Column.KIND: lambda: kind_name(actor.kind),
        Column.ROLE: lambda: ", ".join(actor.roles[:2]),
        Column.ALIASES: lambda: format_number(len(actor.aliases)) if actor.aliases else "",
        Column.ARTICLES: lambda: format_number(actor.articles),
        Column.MENTIONS: lambda: format_number(actor.mentions),
        Column.FIRST: lambda: format_date(row.first, short=True),
        Column.LAST: lambda: format_date(row.last, short=True),
        Column.COMPANY: lambda: " · ".join(one.name for one in row.company),
    }[column]()


def cell_tip(row: ActorRow, column: Column) -> str:
    """Return what is told of a cell when the pointer rests on it."""
    if column is Column.ALIASES or (column is Column.NAME and row.actor.aliases):
        return "\n".join((row.actor.name, *row.actor.aliases))
    if column is Column.ROLE:
        return "\n".join(row.actor.roles)
    if column is Column.COMPANY and row.actor.articles > LOOKED_AT:
        words = _("counted in the {n} articles that came in last")
        return f"{cell_text(row, column)}\n{words.format(n=format_number(LOOKED_AT))}"
    return cell_text(row, column)


class ActorsModel(PagedModel):
    """The actors in the order that was asked for."""

    page = PAGE
    columns = Column
    numbers = NUMBERS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")

    @property
    def total(self) -> int:
        """Return how many actors there are."""
        return len(self.ids)

    def column_name(self, column: Column) -> str:
        """Return the head of a column."""
        return column_name(column)

    def cell_text(self, row: ActorRow, column: Column) -> str:
        """Return what a cell says."""
        return cell_text(row, column)

    def cell_tip(self, row: ActorRow, column: Column) -> str:
        """Return what is told of a cell when the pointer rests on it."""
        return cell_tip(row, column)

    def show_actors(self, ids: array[int], pages: Mapping[int, Sequence[ActorRow]]) -> None:
        """Hold other actors, of which some pages are known; where they are the same, only these change."""
        if ids == self.ids:
            self.forget_pages()
            self.keep(pages)
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self.forget_pages()
        self.keep({start: rows for start, rows in pages.items() if start < len(ids)})
        self.endResetModel()

    def row(self, number: int) -> ActorRow | None:
        """Return the actor in a row; None while it is being read (which this asks for) or is gone."""
        page = self.page_of(number)
        if page is None:
            return None
        wanted, place = self.ids[number], number % self.page  # rows before it may be gone
        near = page[max(place - 1, 0) : place + 1] if place < len(page) else page
        return next((row for row in (*near, *page) if row.number == wanted), None)

    def row_of(self, number: int) -> int | None:
        """Return the row of an actor."""
        try:
            return self.ids.index(number)
        except ValueError:
            return None

    def page_ids(self, offset: int) -> list[int]:
        """Return the numbers of the actors of a page."""
        return list(self.ids[offset : offset + self.page])
