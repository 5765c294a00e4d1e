"""How many amounts there are, by day and by size: what a chart shows, and where the rows of a table stand."""

from __future__ import annotations

import datetime as dt
import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.library.amount_sums import NO_CELL, NO_WORTH
from desktop.library.amounts import CELLS, HIGH, LOW, WORTH, AmountFilter, Asked
from desktop.model import Approx, MentionKind

ONE_BY_ONE: Final = 3000  #: so many amounts are points of their own; more are counted in cells
_COLUMNS: Final = 200  # of time that cells are counted in


@dataclass(frozen=True, slots=True)
class Point:
    """An amount, or those of a Cell, by day and worth; of a range the ends differ (infinite = open)."""

    day: str
    low: float
    high: float
    count: int
    id: int  #: of the amount, or the place among the cells


@dataclass(frozen=True, slots=True)
class Cell:
    """The amounts of some days that are about as large; for AmountFilter."""

    first: str
    last: str
    cell: int


@dataclass(frozen=True, slots=True)
class Points:
    """What a chart shows; unrated: amounts of money without a rate, which have no place in it."""

    points: tuple[Point, ...]
    exact: bool  #: False = counted in cells
    unrated: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Census:
    """Amounts counted by day and by cell (see amount_sums), each from the least upwards, and for a chart."""

    days: tuple[tuple[str, int], ...]
    cells: tuple[tuple[int, int], ...]
    points: Points

    @property
    def total(self) -> int:
        """Return how many there are."""
        return sum(number for _cell, number in self.cells)


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many amounts there are of a kind and dimension."""

    kind: MentionKind
    dimension: str
    count: int


# Of each question one look at what was counted by day and cell: a pass over all amounts takes half a second.
_CENSUS = f"""
found(day, cell, number) AS MATERIALIZED ({{found}}),
ends(first, width) AS MATERIALIZED (SELECT julianday(min(day)),
    CAST(julianday(max(day)) - julianday(min(day)) AS INTEGER) / {_COLUMNS} + 1 FROM found)
SELECT 'day', day, NULL, sum(number), NULL FROM found GROUP BY day
UNION ALL SELECT 'cell', cell, NULL, sum(number), NULL FROM found GROUP BY cell
UNION ALL SELECT 'chart', CAST((julianday(day) - first) / width AS INTEGER) AS place, cell, sum(number), width
    FROM found, ends WHERE cell > {NO_CELL} GROUP BY place, cell
"""
_PLACE = f"coalesce(a.cell, CASE WHEN {WORTH} IS NULL THEN {NO_WORTH} ELSE {NO_CELL} END)"


def census(con: sqlite3.Connection, wanted: AmountFilter, ids: Sequence[int] | None = None) -> Census:
    """Count the amounts that are wanted; ids: all of them, where they are known."""
    tables, found, values = _counted(con, wanted, ids)
    rows = con.execute(f"{tables} {_CENSUS.format(found=found)}", values).fetchall()
    days = tuple(sorted((row[1], row[3]) for row in rows if row[0] == "day"))
    cells = tuple(sorted((row[1], row[3]) for row in rows if row[0] == "cell"))
    chart = [(row[1], row[2], row[3], row[4]) for row in rows if row[0] == "chart"]
    unrated = sum(number for cell, number in cells if cell in (NO_CELL, NO_WORTH))
    first = dt.date.fromisoformat(days[0][0]).toordinal() if chart else 0
    return Census(days, cells, _in_cells(chart, first, unrated))


def _counted(
    con: sqlite3.Connection, wanted: AmountFilter, ids: Sequence[int] | None
) -> tuple[str, str, dict[str, object]]:
    """Return how to count by day and cell: what stands before, the query, and its values."""
    if ids is not None:
        found = (
            f"SELECT t.sort_day, {_PLACE} AS place, count(*) FROM json_each(:ids) j"
            " CROSS JOIN amount a ON a.mention_id = j.value JOIN article t ON t.id = a.article_id"
            " GROUP BY t.sort_day, place"
        )
        return "WITH", found, {"ids": json.dumps(list(ids))}
    asked = Asked(con, wanted)
    if wanted.is_plain:
        kinds = ", ".join(f"'{MentionKind(kind)}'" for kind in sorted(wanted.kinds or MentionKind))
        of_unit = "" if wanted.dimension is None else " AND dimension = :dimension"
        found = (
            "SELECT day, cell, sum(number) FROM amount_sum"
            f" WHERE kind IN ({kinds}){of_unit} AND number > 0 GROUP BY day, cell"
        )
        return "WITH", found, asked.values
    # With a limit SQLite finds the amounts first and then groups them: else it goes through all rates each
    # time.
    apart = "LIMIT -1" if wanted.worth else ""
    found = (
        f"SELECT day, place, count(*) FROM (SELECT t.sort_day AS day, {_PLACE} AS place"
        f" FROM {asked.by_article} WHERE {asked.conditions} {apart}) GROUP BY day, place"
    )
    return f"{asked.tables}," if asked.tables else "WITH", found, asked.values


def _in_cells(chart: list[tuple[int, int, int, int]], first: int, unrated: int) -> Points:
    """Make points of what was counted: (column, cell, number, days of a column)."""
    points, cells = [], []
    spans: dict[int, tuple[str, str, str]] = {}
    for place, (column, cell, number, width) in enumerate(chart):
        if column not in spans:
            start = first + column * width
            ordinals = (start, start + width // 2, start + width - 1)
            begin, middle, end = (dt.date.fromordinal(day).isoformat() for day in ordinals)
            spans[column] = begin, middle, end
        begin, middle, end = spans[column]
        worth = 10.0 ** ((cell + 0.5) / CELLS)
        cells.append(Cell(begin, end, cell))
        points.append(Point(middle, worth, worth, number, place))
    return Points(tuple(points), False, unrated, tuple(cells))


def one_by_one(con: sqlite3.Connection, ids: Sequence[int]) -> Points:
    """Return these amounts as points by day and worth.

    What is not above zero has no place on a logarithmic scale and is left out.
    """
    rows = con.execute(
        f"SELECT t.sort_day, {LOW}, {HIGH}, {WORTH}, a.mention_id, a.approx FROM json_each(:ids) j"
        " CROSS JOIN amount a ON a.mention_id = j.value JOIN article t ON t.id = a.article_id",
        {"ids": json.dumps(list(ids))},
    ).fetchall()
    placed = [
        Point(day, *_middle(low, high, approx), 1, id_)
        for day, low, high, worth, id_, approx in rows
        if worth and worth > 0
    ]
    return Points(tuple(placed), True, len(rows) - len(placed))


def _middle(low: float, high: float, approx: str | None) -> tuple[float, float]:
    """Return "about 100" as 100: it is stored as what that may be."""
    if approx == Approx.ABOUT and math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2, (low + high) / 2
    return low, high


def units(con: sqlite3.Connection, wanted: AmountFilter) -> list[UnitCount]:
    """Return how many amounts there are of each kind and dimension, the most frequent first.

    Of the filter only rows counts: these are the choices there are.
    """
    if wanted.rows is None:
        found = con.execute(
            "SELECT kind, dimension, sum(number) FROM amount_sum GROUP BY kind, dimension"
            " HAVING sum(number) > 0"
        )
    else:
        found = con.execute(
            "SELECT a.kind, a.dimension, count(*) FROM json_each(?) r JOIN article t ON t.id = r.value"
            " JOIN amount a ON a.article_id = t.id WHERE t.trashed_at IS NULL GROUP BY a.kind, a.dimension",
            (json.dumps(list(wanted.rows)),),
        )
    counts = [UnitCount(MentionKind(kind), dimension, count) for kind, dimension, count in found]
    return sorted(counts, key=lambda one: (-one.count, one.dimension))
