"""A table model that holds only the pages someone looked at."""

from __future__ import annotations

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

from desktop.ui.page_wishes import PageWishes

_PAGES_KEPT = 60
MOST_COPIED = 10_000  #: rows
_NO_INDEX = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1  #: the row itself, None while it is being read
Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractTableModel):
    """Rows by number, in pages of `page`; what they are and how they are told, those who inherit say.

    Signals:
        page_wanted: the offset (a multiple of `page`) of a page that somebody looks at.
    """

    page_wanted = Signal(object)
    page: int  #: rows read at a time
    columns: type[IntEnum]
    numbers: Sequence[IntEnum] = ()  #: columns that stand at the right

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self.page_wanted)

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def column_name(self, column: Any) -> str:
        """Return the head of a column."""
        raise NotImplementedError

    def cell_text(self, row: Any, column: Any) -> str:
        """Return what a cell says."""
        raise NotImplementedError

    def cell_tip(self, row: Any, column: Any) -> str:
        """Return what is told of a cell when the pointer rests on it."""
        raise NotImplementedError

    def row(self, number: int) -> Any:
        """Return a row; None while it is being read (which this asks for) or where it is gone."""
        rows = self.page_of(number)
        place = number % self.page
        return rows[place] if rows is not None and place < len(rows) else None

    def page_of(self, number: int) -> list[Any] | None:
        """Return the page of a row; None where there is none, or it is being read, which this asks for."""
        if not 0 <= number < self.total:
            return None
        start = number - number % self.page
        if start in self._pages:
            self._pages.move_to_end(start)
            return self._pages[start]
        self._wishes.want(start)
        return None

    def keep(self, pages: Mapping[int, Sequence[Any]]) -> None:
        """Hold these pages too, and let go of those that nobody looked at for longest."""
        for start, rows in pages.items():
            self._pages[start] = list(rows)
            self._pages.move_to_end(start)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def fill(self, offset: int, rows: Sequence[Any]) -> None:
        """Fill in a page that was asked for."""
        self._wishes.arrived(offset)
        if rows and offset < self.total:
            self.keep({offset: rows})
            last = min(offset + self.page, self.total) - 1
            self.dataChanged.emit(self.index(offset, 0), self.index(last, self.columnCount() - 1))

    def forget_pages(self) -> None:
        """Hold none, and wait for none."""
        self._pages.clear()
        self._wishes.clear()

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.columns(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.column_name(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in self.numbers else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what its cell says."""
        roles = Qt.ItemDataRole
        if not index.isValid() or role not in (ROW, roles.DisplayRole, roles.ToolTipRole):
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if row is None:
            return "…" if role == roles.DisplayRole else None
        column = self.columns(index.column())
        return self.cell_text(row, column) if role == roles.DisplayRole else self.cell_tip(row, column)
