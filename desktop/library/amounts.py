"""The amounts of the whole library or of what a search found: which, in which order, and pages of them.

What compares amounts is their worth: money in euro at the date of its article, everything else in the base
unit of its dimension; of a range its upper end, of an open one the end that is known. Nothing here holds what
is in the trash.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.library.actors import rows_with
from desktop.library.amount_sums import NO_CELL, NO_WORTH
from desktop.library.money import widened
from desktop.library.stored import numbers
from desktop.model import ActorId, Amount, Approx, ArticleId, MentionKind

CELLS: Final = 4  #: of a power of ten; see the column amount.cell
_FEW: Final = 12_000  # articles up to which it is quicker to sort their amounts than to go along an index
_EDGE: Final = 1e-9  # the part by which a cell is taken for wider: its edges are not exact in binary


class Order(StrEnum):
    """What a table of amounts can be sorted by."""

    DATE = "date"
    VALUE = "value"
    WRITTEN = "written"
    PURPOSE = "purpose"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class InCurrency:
    """Money of so much in a currency other than the euro; infinite = open at that end.

    rates: how much of it one euro was, by the date of an article as it is stored.
    """

    code: str
    low: float
    high: float
    rates: Mapping[str, float] = field(repr=False)


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
    written: tuple[float, float] | None = None  #: ends as written, in whatever currency; infinite = open
    noun: str | None = None  #: of what is counted: "landen" also finds "Afrikaanse landen"
    worth: tuple[InCurrency, ...] = ()
    actors: frozenset[ActorId] | None = None  #: at least one of them is in the sentence of the amount
    rows: Sequence[int] | None = field(default=None, repr=False)
    days: tuple[str, str] | None = None  #: first and last day of their articles, as these are sorted by
    cell: int | None = None  #: of their worth, or what stands for none in amount_sums

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing but a kind and a dimension is asked for."""
        return self == AmountFilter(self.kinds, self.dimension)

    def in_cell(self, cell: int) -> AmountFilter:
        """Return the filter for one cell (see amount_sums); what all in it fulfil is not asked for again."""
        low, high = _edges(cell)
        above = self.low is None or self.low <= low
        below = self.high is None or high <= self.high
        if cell > NO_CELL and above and below:
            return replace(self, cell=cell, low=None, high=None)
        return replace(self, cell=cell)


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


# Worth as the index amount_worth has it: word by word, or it is not used.
LOW = "CASE WHEN a.kind = 'money' THEN a.euro_low ELSE a.base_low END"
HIGH = "CASE WHEN a.kind = 'money' THEN a.euro_high ELSE a.base_high END"
WORTH = (
    "CASE WHEN a.kind = 'money' THEN CASE WHEN a.euro_high < 9e999 THEN a.euro_high ELSE a.euro_low END"
    " ELSE CASE WHEN a.base_high < 9e999 THEN a.base_high ELSE a.base_low END END"
)
_ORDERS = {
    Order.DATE: "t.sort_day {way}, t.id {way}, a.mention_id",
    Order.ARTICLE: "t.title COLLATE NOCASE {way}, t.id, a.mention_id",
    Order.VALUE: f"a.kind, {WORTH} {{way}} NULLS LAST",
    Order.WRITTEN: "m.text COLLATE NOCASE {way}, t.sort_day DESC, a.mention_id",
    Order.PURPOSE: "a.purpose COLLATE NOCASE {way} NULLS LAST, t.sort_day DESC, a.mention_id",
}
_BY_ARTICLE = (Order.DATE, Order.ARTICLE)
_ALSO = {Order.WRITTEN: " JOIN mention m ON m.id = a.mention_id"}


def find(
    con: sqlite3.Connection,
    wanted: AmountFilter,
    order: Order = Order.DATE,
    *,
    descending: bool = True,
    limit: int = -1,
    offset: int = 0,
) -> array[int]:
    """Return the ids of the amounts that are wanted, in order, those of one article as its text has them.

    limit: only the first so many after those left out by offset, which is quick however many there are; -1 =
    all.
    """
    way = "DESC" if descending else "ASC"
    asked = Asked(con, wanted)
    along_index = order is Order.VALUE and not asked.is_few
    source = asked.by_article if order in _BY_ARTICLE or asked.is_few else asked.by_amount(along_index)
    return _ids(
        con,
        f"{source}{_ALSO.get(order, '')} WHERE {asked.conditions} ORDER BY {_ORDERS[order].format(way=way)}"
        f" LIMIT {limit} OFFSET {offset}",
        asked.values,
        asked.tables,
    )


def in_order(
    con: sqlite3.Connection, ids: Sequence[int], order: Order, *, descending: bool = True
) -> array[int]:
    """Return these ids in order, as `find` does."""
    source = "json_each(:ids) j CROSS JOIN amount a ON a.mention_id = j.value"
    source += " JOIN article t ON t.id = a.article_id"
    by = _ORDERS[order].format(way="DESC" if descending else "ASC")
    return _ids(con, f"{source}{_ALSO.get(order, '')} ORDER BY {by}", {"ids": json.dumps(list(ids))})


def _ids(con: sqlite3.Connection, rest: str, values: Mapping[str, object], tables: str = "") -> array[int]:
    query = f"{tables} SELECT json_group_array(id) FROM (SELECT a.mention_id AS id FROM {rest})"
    return numbers(con.execute(query, values).fetchone()[0])


class Asked:
    """A filter in SQL: what stands before a query, where amount a and article t come from, conditions."""

    def __init__(self, con: sqlite3.Connection, wanted: AmountFilter) -> None:
        if wanted.actors is not None:  # only articles that have them
            rows = rows_with(con, wanted.actors)
            chosen = sorted(rows) if wanted.rows is None else [row for row in wanted.rows if row in rows]
            wanted = replace(wanted, rows=chosen)
        self._wanted = wanted
        self.is_few = wanted.rows is not None and len(wanted.rows) <= _FEW
        self._conditions = ["t.trashed_at IS NULL"]
        self.values: dict[str, object] = {}
        self._ask_for_articles(wanted)
        self._ask_for_amounts(wanted)
        for number, one in enumerate(wanted.worth):
            self._ask_for_worth(number, one)

    @property
    def tables(self) -> str:
        """Return the rates that the conditions need."""
        names = [
            f"rate{n}(day, rate) AS MATERIALIZED (SELECT key, value FROM json_each(:rates{n}))"
            for n in range(len(self._wanted.worth))
        ]
        return f"WITH {', '.join(names)}" if names else ""

    @property
    def conditions(self) -> str:
        """Return what has to hold."""
        return " AND ".join(self._conditions)

    @property
    def by_article(self) -> str:
        """Return the tables, the articles first."""
        few = self._wanted.rows is not None and self._wanted.days is None
        articles = "json_each(:rows) r JOIN article t ON t.id = r.value" if few else "article t"
        chosen = "" if few else self._chosen
        return f"{articles}{self._rates} CROSS JOIN amount a ON a.article_id = t.id{chosen}"

    def by_amount(self, by_worth: bool) -> str:
        """Return the tables, the amounts first; by_worth: in that order, as far as one kind is asked for."""
        index = " INDEXED BY amount_worth" if by_worth and len(self._wanted.kinds) == 1 else ""
        return f"amount a{index} CROSS JOIN article t ON t.id = a.article_id{self._chosen}{self._rates}"

    @property
    def _chosen(self) -> str:
        return "" if self._wanted.rows is None else " AND t.id IN (SELECT value FROM json_each(:rows))"

    @property
    def _rates(self) -> str:
        numbers = range(len(self._wanted.worth))
        return "".join(f" LEFT JOIN rate{n} ON rate{n}.day = t.published" for n in numbers)

    def _ask(self, condition: str, **values: object) -> None:
        self._conditions.append(condition)
        self.values.update(values)

    def _ask_for_articles(self, wanted: AmountFilter) -> None:
        if wanted.rows is not None:
            self.values["rows"] = json.dumps(list(wanted.rows))
        if wanted.days is not None:
            first, last = wanted.days
            self._ask("t.sort_day BETWEEN :first_day AND :last_day", first_day=first, last_day=last)
        if wanted.actors is not None:
            self._ask(
                "EXISTS (SELECT 1 FROM mention x JOIN name_key k ON k.id = x.name_key_id AND NOT k.hidden"
                " JOIN actor y ON y.id = k.actor_id WHERE x.article_id = a.article_id"
                " AND x.start >= a.sentence_start AND x.start < a.sentence_end"
                " AND y.uuid IN (SELECT value FROM json_each(:actors)))",
                actors=json.dumps(sorted(wanted.actors)),
            )

    def _ask_for_amounts(self, wanted: AmountFilter) -> None:
        if wanted.kinds:
            names = ", ".join(f"'{MentionKind(kind)}'" for kind in sorted(wanted.kinds))
            self._ask(f"a.kind IN ({names})")
        if wanted.dimension is not None:
            self._ask("a.dimension = :dimension", dimension=wanted.dimension)
        if wanted.low is not None:
            self._ask(f"{HIGH} >= :low", low=wanted.low)
        if wanted.high is not None:
            self._ask(f"{LOW} <= :high", high=wanted.high)
        if wanted.written is not None:
            least, most = wanted.written
            self._ask(
                "a.base_high >= :least AND a.base_low <= :most AND a.dimension NOT LIKE '%/%'",
                least=least,
                most=most,
            )
        if wanted.noun is not None:
            self._ask(
                "(a.noun LIKE :noun OR a.noun LIKE :ends_in_noun)",
                noun=wanted.noun,
                ends_in_noun=f"% {wanted.noun}",
            )
        if wanted.cell is not None:
            self._ask_for_cell(wanted.cell)

    def _ask_for_cell(self, cell: int) -> None:
        if cell in (NO_CELL, NO_WORTH):
            self._ask(f"a.cell IS NULL AND {WORTH} IS {'NOT ' if cell == NO_CELL else ''}NULL")
            return
        low, high = _edges(cell)
        self._ask(
            f"a.cell = :cell AND {WORTH} BETWEEN :cell_low AND :cell_high",
            cell=cell,
            cell_low=low,
            cell_high=high,
        )

    def _ask_for_worth(self, number: int, one: InCurrency) -> None:
        """Ask for sums of the currency itself as they are, and for others at the rate of their article."""
        low, high = widened(one.low, one.high)
        rate = f"rate{number}.rate"
        self._ask(
            f"CASE WHEN a.dimension = :code{number}"
            f" THEN a.base_low <= :most{number} AND a.base_high >= :least{number}"
            f" ELSE a.euro_low * {rate} <= :wide_most{number} AND a.euro_high * {rate} >= :wide_least{number}"
            " END",
            **{
                f"rates{number}": json.dumps(dict(one.rates)),
                f"code{number}": one.code,
                f"least{number}": one.low,
                f"most{number}": one.high,
                f"wide_least{number}": low,
                f"wide_most{number}": high,
            },
        )


def _edges(cell: int) -> tuple[float, float]:
    """Return between which worths a cell lies."""
    if cell <= NO_CELL:
        return -math.inf, math.inf
    return 10.0 ** (cell / CELLS) * (1 - _EDGE), 10.0 ** ((cell + 1) / CELLS) * (1 + _EDGE)


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
