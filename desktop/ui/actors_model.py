"""All actors that were asked for as a table model that holds only the pages someone looked at."""

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

from desktop.i18n import _, format_date, format_number, kind_name
from desktop.library.actor_table import LOOKED_AT, ActorRow, Order
from desktop.ui.page_wishes import PageWishes

PAGE = 50  #: actors read at a time
_PAGES_KEPT = 60
_NO_INDEX = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1  #: the ActorRow, None while it is being read
Index = QModelIndex | QPersistentModelIndex


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


class ActorsModel(QAbstractTableModel):
    """The actors in the order that was asked for.

    Signals:
        page_wanted: the offset (a multiple of PAGE) of a page that somebody looks at.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[ActorRow]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self.page_wanted)

    def show_actors(self, ids: array[int], pages: Mapping[int, Sequence[ActorRow]]) -> None:
        """Hold other actors, of which some pages are known; where they are the same, only these change."""
        if ids == self.ids:
            kept = {start: list(rows) for start, rows in pages.items()}
            self._pages = OrderedDict(kept)
            self._wishes.clear()
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.ids = ids
        self._pages = OrderedDict((start, list(rows)) for start, rows in pages.items() if start < len(ids))
        self._wishes.clear()
        self.endResetModel()

    def put_page(self, offset: int, rows: Sequence[ActorRow]) -> None:
        """Fill in a page that was asked for."""
        self._wishes.arrived(offset)
        if not rows or offset >= len(self.ids):
            return
        self._pages[offset] = list(rows)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(offset + PAGE, len(self.ids)) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, len(Column) - 1))

    def row(self, number: int) -> ActorRow | None:
        """Return the actor in a row; None while it is being read (which this asks for) or is gone."""
        if not 0 <= number < len(self.ids):
            return None
        start = number - number % PAGE
        page = self._pages.get(start)
        if page is None:
            self._wishes.want(start)
            return None
        self._pages.move_to_end(start)
        wanted = self.ids[number]
        place = number - start  # rows before it may be gone
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
        return list(self.ids[offset : offset + PAGE])

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many actors there are."""
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
            return column_name(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an actor, or what its cell says."""
        roles = Qt.ItemDataRole
        if not index.isValid() or role not in (ROW, roles.DisplayRole, roles.ToolTipRole):
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return "…" if role == roles.DisplayRole else None
        column = Column(index.column())
        return cell_text(row, column) if role == roles.DisplayRole else cell_tip(row, column)
