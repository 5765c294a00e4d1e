"""The amounts of the whole library or of what a search found: which, in which order, and pages of them.

What compares amounts is their worth: money in euro at the date of its article, everything else in the base
unit of its dimension; of a range its upper end, of an open one the end that is known. Nothing here holds what
is in the trash.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.library.actors import rows_with
from desktop.model import ActorId, Amount, Approx, ArticleId, MentionKind
from desktop.progress import Progress, SilentProgress

ONE_BY_ONE: Final = 3000  #: so many amounts are points of their own; more are counted in cells
_COLUMNS: Final = 200  # of time that cells are counted in
_PARSED: Final = 100_000  # characters of an answer that are read without letting the window go first


class Order(StrEnum):
    """What a table of amounts can be sorted by."""

    DATE = "date"
    VALUE = "value"
    WRITTEN = "written"
    PURPOSE = "purpose"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class AmountFilter:
    """Which amounts; the fields left as they are ask for nothing.

    low, high: of the worth: euro for money, the base unit of the dimension for the rest; an amount that
    overlaps counts. rows: the articles; None = all.
    """

    kinds: frozenset[MentionKind] = frozenset()
    dimension: str | None = None  #: "USD", "W", "%"
    low: float | None = None
    high: float | None = None
    actors: frozenset[ActorId] | None = None  #: at least one of them is in the sentence of the amount
    rows: Sequence[int] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor as a sentence names it."""

    id: ActorId
    kind: MentionKind
    name: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An amount with where it stands and what its sentence says. Offsets are code points of the text."""

    id: int  #: of the mention; holds until the article is read anew
    article: ArticleId
    title: str
    published: str | None
    start: int
    end: int
    written: str
    kind: MentionKind
    amount: Amount
    dimension: str
    base: tuple[float, float]  #: infinite = open
    euro: tuple[float, float] | None  #: None = no rate, or no money
    sentence: str
    at: int  #: where the amount stands in the sentence
    purpose: str | None
    actors: tuple[NamedActor, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """An amount, or several close ones, by day and worth; of a range the ends differ (infinite = open)."""

    day: str
    low: float
    high: float
    count: int
    id: int  #: of the amount, or of one of them


@dataclass(frozen=True, slots=True)
class Points:
    """What a chart shows; unrated: amounts of money without a rate, which have no place in it."""

    points: tuple[Point, ...]
    exact: bool  #: False = counted in cells
    unrated: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many amounts there are of a kind and dimension."""

    kind: MentionKind
    dimension: str
    count: int


# Worth as the index amount_worth has it: word by word, or it is not used.
_LOW = "CASE WHEN a.kind = 'money' THEN a.euro_low ELSE a.base_low END"
_HIGH = "CASE WHEN a.kind = 'money' THEN a.euro_high ELSE a.base_high END"
_WORTH = (
    "CASE WHEN a.kind = 'money' THEN CASE WHEN a.euro_high < 9e999 THEN a.euro_high ELSE a.euro_low END"
    " ELSE CASE WHEN a.base_high < 9e999 THEN a.base_high ELSE a.base_low END END"
)
_BY_ARTICLE = {
    Order.DATE: "t.sort_day {way}, t.id {way}",
    Order.ARTICLE: "t.title COLLATE NOCASE {way}, t.id",
}
_BY_AMOUNT = {
    Order.VALUE: f"a.kind, {_WORTH} {{way}} NULLS LAST",
    Order.WRITTEN: "m.text COLLATE NOCASE {way}, t.sort_day DESC, a.mention_id",
    Order.PURPOSE: "a.purpose COLLATE NOCASE {way} NULLS LAST, t.sort_day DESC, a.mention_id",
}


def find(
    con: sqlite3.Connection,
    wanted: AmountFilter,
    order: Order = Order.DATE,
    *,
    descending: bool = True,
    limit: int = -1,
) -> array[int]:
    """Return the ids of the amounts that are wanted, in order, those of one article as its text has them.

    limit: only the first so many, which is quick however many there are; -1 = all.
    """
    way = "DESC" if descending else "ASC"
    wanted = _narrowed(con, wanted)
    conditions, values = _conditions(wanted)
    if order in _BY_ARTICLE:
        source = f"{_articles(wanted)} CROSS JOIN amount a ON a.article_id = t.id"
        by = f"{_BY_ARTICLE[order].format(way=way)}, a.mention_id"
    else:
        source = f"amount a CROSS JOIN article t ON t.id = a.article_id{_chosen(wanted)}"
        if order is Order.WRITTEN:
            source += " JOIN mention m ON m.id = a.mention_id"
        by = _BY_AMOUNT[order].format(way=way)
    answer = con.execute(
        f"SELECT json_group_array(id) FROM (SELECT a.mention_id AS id FROM {source}"
        f" WHERE {conditions} ORDER BY {by} LIMIT {limit})",
        values,
    ).fetchone()[0]
    return _numbers(answer)


def _narrowed(con: sqlite3.Connection, wanted: AmountFilter) -> AmountFilter:
    """Look only into articles with the actors that are wanted."""
    if wanted.actors is None:
        return wanted
    rows = rows_with(con, wanted.actors)
    chosen = sorted(rows) if wanted.rows is None else [row for row in wanted.rows if row in rows]
    return replace(wanted, rows=chosen)


def _articles(wanted: AmountFilter) -> str:
    return "article t" if wanted.rows is None else "json_each(:rows) r JOIN article t ON t.id = r.value"


def _chosen(wanted: AmountFilter) -> str:
    return "" if wanted.rows is None else " AND t.id IN (SELECT value FROM json_each(:rows))"


def _conditions(wanted: AmountFilter) -> tuple[str, dict[str, object]]:
    """Return the conditions on amount a of article t, and their values."""
    conditions = ["t.trashed_at IS NULL"]
    values: dict[str, object] = {}
    if wanted.rows is not None:
        values["rows"] = json.dumps(list(wanted.rows))
    if wanted.kinds:
        names = ", ".join(f"'{MentionKind(kind)}'" for kind in sorted(wanted.kinds))
        conditions.append(f"a.kind IN ({names})")
    if wanted.dimension is not None:
        conditions.append("a.dimension = :dimension")
        values["dimension"] = wanted.dimension
    if wanted.low is not None:
        conditions.append(f"{_HIGH} >= :low")
        values["low"] = wanted.low
    if wanted.high is not None:
        conditions.append(f"{_LOW} <= :high")
        values["high"] = wanted.high
    if wanted.actors is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM mention x JOIN name_key k ON k.id = x.name_key_id AND NOT k.hidden"
            " JOIN actor y ON y.id = k.actor_id WHERE x.article_id = a.article_id"
            " AND x.start >= a.sentence_start AND x.start < a.sentence_end"
            " AND y.uuid IN (SELECT value FROM json_each(:actors)))"
        )
        values["actors"] = json.dumps(sorted(wanted.actors))
    return " AND ".join(conditions), values


def _numbers(answer: str) -> array[int]:
    """Read a JSON list of numbers in pieces: whoever waits for the interpreter gets it in between."""
    found = array("q")
    start, end = 1, len(answer) - 1
    while start < end:
        stop = min(start + _PARSED, end)
        if stop < end:
            stop = answer.rindex(",", start, stop)
        found.extend(map(int, answer[start:stop].split(",")))
        start = stop + 1
    return found


# Pages

_ROWS = """
SELECT a.mention_id, t.uuid, t.title, t.published, m.start, m.end, m.text, a.*,
    substr(v.text, a.sentence_start + 1, a.sentence_end - a.sentence_start) AS sentence
FROM json_each(:ids) j
JOIN amount a ON a.mention_id = j.value
JOIN mention m ON m.id = a.mention_id
JOIN article t ON t.id = a.article_id
JOIN text_version v ON v.id = t.version_id
ORDER BY j.key
"""
_ACTORS = """
SELECT a.mention_id, x.uuid, x.kind, x.name
FROM json_each(:ids) j
JOIN amount a ON a.mention_id = j.value
JOIN mention m ON m.article_id = a.article_id AND m.start >= a.sentence_start AND m.start < a.sentence_end
JOIN name_key k ON k.id = m.name_key_id AND NOT k.hidden
JOIN actor x ON x.id = k.actor_id
ORDER BY j.key, m.start
"""


def page(con: sqlite3.Connection, ids: Sequence[int]) -> list[AmountRow]:
    """Return these amounts in this order; those that are gone meanwhile are left out."""
    values = {"ids": json.dumps(list(ids))}
    actors: dict[int, dict[str, NamedActor]] = defaultdict(dict)
    for number, uuid, kind, name in con.execute(_ACTORS, values):
        actors[number].setdefault(uuid, NamedActor(ActorId(uuid), MentionKind(kind), name))
    return [_amount_row(row, tuple(actors[row["mention_id"]].values())) for row in con.execute(_ROWS, values)]


def _amount_row(row: sqlite3.Row, actors: tuple[NamedActor, ...]) -> AmountRow:
    known = row["sentence_start"] is not None
    return AmountRow(
        id=row["mention_id"],
        article=ArticleId(row["uuid"]),
        title=row["title"],
        published=row["published"],
        start=row["start"],
        end=row["end"],
        written=row["text"],
        kind=MentionKind(row["kind"]),
        amount=Amount(
            value=_decimal(row["value"]),
            low=_decimal(row["low"]),
            high=_decimal(row["high"]),
            unit=row["unit"],
            noun=row["noun"],
            approx=Approx(row["approx"]) if row["approx"] else None,
        ),
        dimension=row["dimension"],
        base=(row["base_low"], row["base_high"]),
        euro=None if row["euro_low"] is None else (row["euro_low"], row["euro_high"]),
        sentence=row["sentence"] if known else row["text"],
        at=row["start"] - row["sentence_start"] if known else 0,
        purpose=row["purpose"],
        actors=actors,
    )


def _decimal(plain: str | None) -> Decimal | None:
    return None if plain is None else Decimal(plain)


# What a chart shows


def points(con: sqlite3.Connection, wanted: AmountFilter, progress: Progress | None = None) -> Points:
    """Return the amounts as points by day and worth; many are counted in cells. Raises Cancelled.

    What is not above zero has no place on a logarithmic scale and is left out.
    """
    progress = progress or SilentProgress()
    wanted = _narrowed(con, wanted)
    conditions, values = _conditions(wanted)
    source = f"{_articles(wanted)} CROSS JOIN amount a ON a.article_id = t.id"
    few = con.execute(
        f"SELECT t.sort_day, {_LOW}, {_HIGH}, {_WORTH}, a.mention_id, a.approx FROM {source}"
        f" WHERE {conditions}"
        f" LIMIT {ONE_BY_ONE + 1}",
        values,
    ).fetchall()
    if len(few) <= ONE_BY_ONE:
        placed = [
            Point(day, *_middle(low, high, approx), 1, id_)
            for day, low, high, worth, id_, approx in few
            if worth and worth > 0
        ]
        return Points(tuple(placed), True, len(few) - len(placed))
    days = con.execute(
        f"SELECT t.id, t.sort_day FROM {_articles(wanted)} WHERE t.trashed_at IS NULL ORDER BY t.sort_day",
        values if wanted.rows is not None else {},
    ).fetchall()
    return _in_cells(con, wanted, [tuple(day) for day in days], progress)


def _middle(low: float, high: float, approx: str | None) -> tuple[float, float]:
    """Return "about 100" as 100: it is stored as what that may be."""
    if approx == Approx.ABOUT and math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2, (low + high) / 2
    return low, high


def _in_cells(
    con: sqlite3.Connection, wanted: AmountFilter, days: list[tuple[int, str]], progress: Progress
) -> Points:
    """Count amounts in columns of time and, in each, by the cell of their worth."""
    columns: dict[int, list[int]] = defaultdict(list)
    first = dt.date.fromisoformat(days[0][1]).toordinal()
    width = (dt.date.fromisoformat(days[-1][1]).toordinal() - first) // _COLUMNS + 1
    column_of = {
        day: (dt.date.fromisoformat(day).toordinal() - first) // width for day in {d for _r, d in days}
    }
    for row, day in days:
        columns[column_of[day]].append(row)
    found: list[Point] = []
    unrated = 0
    for done, (column, rows) in enumerate(columns.items()):
        progress.step(done, len(columns))
        conditions, values = _conditions(replace(wanted, rows=rows))
        day = dt.date.fromordinal(first + column * width + width // 2).isoformat()
        for cell in con.execute(
            f"SELECT avg({_WORTH}), count(*), max(a.mention_id) FROM json_each(:rows) r JOIN article t"
            f" ON t.id = r.value CROSS JOIN amount a ON a.article_id = t.id WHERE {conditions}"
            " GROUP BY a.cell",
            values,
        ):
            worth, count, id_ = cell
            if worth and worth > 0:
                found.append(Point(day, worth, worth, count, id_))
            else:
                unrated += count
    return Points(tuple(found), False, unrated)


def units(con: sqlite3.Connection, wanted: AmountFilter) -> list[UnitCount]:
    """Return how many amounts there are of each kind and dimension, the most frequent first.

    Of the filter only rows counts: these are the choices there are.
    """
    if wanted.rows is None:
        found = con.execute(
            "SELECT kind, dimension, sum(n) FROM (SELECT kind, dimension, count(*) AS n FROM amount"
            " GROUP BY kind, dimension UNION ALL SELECT a.kind, a.dimension, -count(*) FROM article t"
            " JOIN amount a ON a.article_id = t.id WHERE t.trashed_at IS NOT NULL"
            " GROUP BY a.kind, a.dimension)"
            " GROUP BY kind, dimension"
        )
    else:
        found = con.execute(
            "SELECT a.kind, a.dimension, count(*) FROM json_each(?) r JOIN article t ON t.id = r.value"
            " JOIN amount a ON a.article_id = t.id WHERE t.trashed_at IS NULL GROUP BY a.kind, a.dimension",
            (json.dumps(list(wanted.rows)),),
        )
    counts = [UnitCount(MentionKind(kind), dimension, count) for kind, dimension, count in found if count]
    return sorted(counts, key=lambda one: (-one.count, one.dimension))
