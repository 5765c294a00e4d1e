"""Amounts in an order, read by place: a few as a list of their numbers, very many only where looked at."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, Protocol

from desktop.library.amount_counts import ONE_BY_ONE, Census, Points, census, one_by_one
from desktop.library.amount_sums import NO_CELL, NO_WORTH
from desktop.library.amounts import AmountFilter, Order, find, in_order

LISTED: Final = 20_000  #: up to so many amounts are listed


class Amounts(Protocol):
    """Amounts in an order."""

    @property
    def total(self) -> int:
        """Return how many there are."""

    def ids(self, con: sqlite3.Connection, start: int, limit: int) -> array[int]:
        """Return so many from a place on, as numbers of their mentions; fewer at the end."""

    def place(self, con: sqlite3.Connection, id_: int) -> int | None:
        """Return where an amount stands; None = it is not among them."""


@dataclass(frozen=True)
class Listed:
    """Amounts that are all known."""

    all: array[int]

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self.all)

    def ids(self, con: sqlite3.Connection, start: int, limit: int) -> array[int]:
        """Return so many from a place on; fewer at the end."""
        return self.all[start : start + limit]

    def place(self, con: sqlite3.Connection, id_: int) -> int | None:
        """Return where an amount stands; None = it is not among them."""
        try:
            return self.all.index(id_)
        except ValueError:
            return None


@dataclass(frozen=True)
class Counted:
    """Amounts of which only is known how many there are in each block: a day, or a cell of worth.

    blocks: in this order, with the number in each.
    """

    wanted: AmountFilter
    order: Order
    descending: bool
    blocks: tuple[tuple[str | int, int], ...]
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add up where the blocks begin."""
        object.__setattr__(self, "_starts", [0, *accumulate(number for _key, number in self.blocks)])

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self._starts[-1]

    def ids(self, con: sqlite3.Connection, start: int, limit: int) -> array[int]:
        """Return so many from a place on; fewer at the end."""
        end = min(start + limit, self.total)
        found = array("q")
        while start < end:
            first = bisect_right(self._starts, start) - 1
            # Days follow each other, so that one question is enough; worths do so only within a cell.
            last = bisect_right(self._starts, end - 1) - 1 if self.order is Order.DATE else first
            stop = min(end, self._starts[last + 1])
            found += self._find(con, first, last, start - self._starts[first], stop - start)
            start = stop
        return found

    def _find(self, con: sqlite3.Connection, first: int, last: int, offset: int, limit: int) -> array[int]:
        one, other = self.blocks[first][0], self.blocks[last][0]
        if isinstance(one, int) or isinstance(other, int):
            wanted = self.wanted.in_cell(int(one))
        else:
            wanted = replace(self.wanted, days=(min(one, other), max(one, other)))
        return find(con, wanted, self.order, descending=self.descending, limit=limit, offset=offset)

    def place(self, con: sqlite3.Connection, id_: int) -> int | None:
        """Return where an amount stands; None = it is not among them."""
        row = con.execute(
            "SELECT t.sort_day, coalesce(a.cell, CASE WHEN a.kind = 'money' AND a.euro_low IS NULL"
            " THEN ? ELSE ? END) FROM amount a JOIN article t ON t.id = a.article_id WHERE a.mention_id = ?",
            (NO_WORTH, NO_CELL, id_),
        ).fetchone()
        if row is None:
            return None
        key = row[0] if self.order is Order.DATE else row[1]
        block = next((n for n, (known, _number) in enumerate(self.blocks) if known == key), None)
        if block is None:
            return None
        within = self._find(con, block, block, 0, -1)
        return self._starts[block] + within.index(id_) if id_ in within else None


def look(
    con: sqlite3.Connection, wanted: AmountFilter, order: Order, *, descending: bool
) -> tuple[Amounts, Points]:
    """Return the amounts that are wanted, in order, and what a chart shows of them."""
    counted = census(con, wanted) if wanted.is_plain else None
    if counted is None or counted.total <= LISTED:
        ids = find(con, wanted, limit=LISTED + 1)  # by date: that is quick where there are more
        if len(ids) <= LISTED:
            points = one_by_one(con, ids) if len(ids) <= ONE_BY_ONE else census(con, wanted, ids).points
            return Listed(in_order(con, ids, order, descending=descending)), points
    counted = counted or census(con, wanted)
    if order in (Order.DATE, Order.VALUE):
        return Counted(wanted, order, descending, _blocks(counted, order, descending)), counted.points
    return Listed(find(con, wanted, order, descending=descending)), counted.points


def _blocks(counted: Census, order: Order, descending: bool) -> tuple[tuple[str | int, int], ...]:
    """Return the blocks in order; what has no rate always comes last."""
    if order is Order.DATE:
        return counted.days[::-1] if descending else counted.days
    known = [block for block in counted.cells if block[0] != NO_WORTH]
    last = [block for block in counted.cells if block[0] == NO_WORTH]
    return (*(reversed(known) if descending else known), *last)
