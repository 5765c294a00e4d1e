"""The articles and the dates they mention in the order of time: counts, and lists that hold only numbers.

Days are counted as `datetime.date.toordinal` does. What is longer than a month (a year, a quarter, anything
open at one end) is "wide" and listed apart: it says nothing about the day on which it begins. Nothing here
holds what is in the trash, nor dates whose days are not known.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from desktop.library.times import days_before
from desktop.model import ArticleId, Period

WIDE = 31  #: days from the first to the last from which on a period is longer than a month
FIRST, LAST = date.min.toordinal(), date.max.toordinal()
_FEW = 12_000  # articles up to which it is quicker to look at the dates of each than at all dates
_AROUND = 320  # code points read on each side of a mentioned date
_YEAR = 366  # days up to which the index of short periods reaches


class Span(NamedTuple):
    """How many articles or mentioned dates reach from one day to another."""

    first: int
    last: int
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All that a picture of time needs, by the days from which to which things reach."""

    articles: tuple[Span, ...]  #: by first day
    dates: tuple[Span, ...]  #: by first day
    undated: int  #: articles without a date


class Group(NamedTuple):
    """What reaches from one day to another; the numbers are for `articles_at` and `mentions_at`."""

    first: int
    last: int
    ids: array[int]


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a stretch of time, each list by first and last day."""

    articles: list[Group] = field(default_factory=list)
    dates: list[Group] = field(default_factory=list)
    wide_articles: list[Group] = field(default_factory=list)
    wide_dates: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dated:
    """An article with its date, or a date mentioned in one with the text around it."""

    article: ArticleId
    title: str
    source: str | None
    published: str | None
    period: Period  #: the article's own date, or the mentioned one
    start: int = 0  #: of the mentioned date, code points of the article's text
    end: int = 0
    words: str = ""  #: the date as it is written; "" for an article
    before: str = ""  #: text around it, cut off anywhere
    after: str = ""


def counts(con: sqlite3.Connection, rows: Sequence[int] | None) -> Counts:
    """Count articles and mentioned dates of these articles; None = of the whole library."""
    wanted = _Wanted(con, rows)
    articles = con.execute(
        "SELECT first_day, last_day, count(*) FROM article a"
        f" WHERE trashed_at IS NULL{wanted.condition('a.id')} GROUP BY first_day, last_day",
        wanted.values,
    ).fetchall()
    if wanted.is_few:
        dates = con.execute(
            "SELECT p.first_day, p.last_day, count(*) FROM json_each(:rows) j CROSS JOIN period p"
            " ON p.article_id = j.value WHERE p.days IS NOT NULL GROUP BY p.first_day, p.last_day",
            wanted.values,
        ).fetchall()
    else:
        dates = [
            found
            for length in (f"days <= {_YEAR}", f"days > {_YEAR}")  # as the indexes period_short, period_long
            for found in con.execute(
                f"SELECT first_day, last_day, count(*) FROM period WHERE {length}"
                f"{wanted.condition('+article_id')} GROUP BY first_day, last_day",
                wanted.values,
            )
        ]
    return Counts(
        _spans(row for row in articles if row[0] is not None),
        _spans(dates),
        sum(row[2] for row in articles if row[0] is None),
    )


def _spans(rows: Iterable[sqlite3.Row]) -> tuple[Span, ...]:
    return tuple(sorted(Span(_ordinal(first), _ordinal(last), count) for first, last, count in rows))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class _Wanted:
    """Which articles are asked for, as conditions of SQL."""

    def __init__(self, con: sqlite3.Connection, rows: Sequence[int] | None) -> None:
        self.is_few = rows is not None and len(rows) <= _FEW
        self.values: dict[str, object] = {} if rows is None else {"rows": json.dumps(list(rows))}
        self._all = rows is None
        self._trash = con.execute("SELECT 1 FROM article WHERE trashed_at IS NOT NULL LIMIT 1").fetchone()

    def condition(self, row: str) -> str:
        """Return what is to hold for an article's number; a "+" keeps its index from being used."""
        if not self._all:
            return f" AND {row} IN (SELECT value FROM json_each(:rows))"
        if self._trash and row != "a.id":
            return f" AND {row} NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"
        return ""


def listing(con: sqlite3.Connection, first: int, last: int, rows: Sequence[int] | None) -> Listing:
    """Return the numbers of all that lies in the days `first` to `last`, wholly or in part."""
    wanted = _Wanted(con, rows)
    start, end = (date.fromordinal(min(max(day, FIRST), LAST)).isoformat() for day in (first, last))
    values = {
        **wanted.values,
        "first": start,
        "last": end,
        "month_before": days_before(start, WIDE),
        "year_before": days_before(start, _YEAR),
    }
    overlap = "first_day <= :last AND last_day >= :first"
    articles, wide_articles = (
        _groups(
            con.execute(
                "SELECT first_day, last_day, json_group_array(id) AS ids FROM article a"
                f" WHERE trashed_at IS NULL AND {overlap} AND {length}{wanted.condition('a.id')}"
                " GROUP BY first_day, last_day",
                values,
            )
        )
        for length in (f"first_day >= :month_before AND {_NARROW}", f"NOT {_NARROW}")
    )
    narrow, wide = _few_dates(con, overlap, values) if wanted.is_few else _dates(con, overlap, wanted, values)
    return Listing(articles, narrow, wide_articles, wide)


# An article has no column for the days between its first and last.
_NARROW = f"(last_day = first_day OR julianday(last_day) - julianday(first_day) <= {WIDE})"


def _dates(
    con: sqlite3.Connection, overlap: str, wanted: _Wanted, values: dict[str, object]
) -> tuple[list[Group], list[Group]]:
    """Read along the indexes of short and long periods: what they give is in order."""
    query = (
        "SELECT first_day, last_day, json_group_array(mention_id) AS ids FROM period WHERE {0} AND " + overlap
    )
    query += f"{wanted.condition('+article_id')} GROUP BY first_day, last_day"
    narrow = f"days <= {_YEAR} AND days <= {WIDE} AND first_day >= :month_before"
    short = f"days <= {_YEAR} AND days > {WIDE} AND first_day >= :year_before"
    found = [_groups(con.execute(query.format(one), values)) for one in (narrow, short, f"days > {_YEAR}")]
    return found[0], sorted(found[1] + found[2], key=lambda group: group[:2])


def _few_dates(
    con: sqlite3.Connection, overlap: str, values: dict[str, object]
) -> tuple[list[Group], list[Group]]:
    found = con.execute(
        "SELECT p.first_day, p.last_day, p.mention_id, p.days FROM json_each(:rows) j CROSS JOIN period p"
        f" ON p.article_id = j.value WHERE p.days IS NOT NULL AND {overlap}"
        " ORDER BY p.first_day, p.last_day, p.mention_id",
        values,
    ).fetchall()
    return (
        _grouped(row for row in found if row["days"] <= WIDE),
        _grouped(row for row in found if row["days"] > WIDE),
    )


def _grouped(rows: Iterable[sqlite3.Row]) -> list[Group]:
    grouped = groupby(rows, key=lambda row: (row["first_day"], row["last_day"]))
    return [
        Group(_ordinal(first), _ordinal(last), array("q", [row["mention_id"] for row in same]))
        for (first, last), same in grouped
    ]


def _groups(rows: Iterable[sqlite3.Row]) -> list[Group]:
    return [
        Group(_ordinal(row["first_day"]), _ordinal(row["last_day"]), array("q", json.loads(row["ids"])))
        for row in rows
    ]


def articles_at(con: sqlite3.Connection, numbers: Sequence[int]) -> list[Dated | None]:
    """Read articles of a `Listing` in this order; None for what has gone since."""
    found = con.execute(
        "SELECT id, uuid, title, source, published FROM article"
        " WHERE id IN (SELECT value FROM json_each(?)) AND trashed_at IS NULL",
        (json.dumps(list(numbers)),),
    )
    read = {
        row["id"]: Dated(
            ArticleId(row["uuid"]), row["title"], row["source"], row["published"], Period(row["published"])
        )
        for row in found
    }
    return [read.get(number) for number in numbers]


_MENTIONS = f"""
SELECT m.id, m.start, m.end, m.text, a.uuid, a.title, a.source, a.published, p.value, p.low, p.high,
    max(0, m.start - {_AROUND}) AS from_here,
    substr(v.text, max(0, m.start - {_AROUND}) + 1, m.end - max(0, m.start - {_AROUND}) + {_AROUND}) AS around
FROM json_each(?) j CROSS JOIN mention m ON m.id = j.value JOIN period p ON p.mention_id = m.id
JOIN article a ON a.id = m.article_id JOIN text_version v ON v.id = a.version_id
WHERE a.trashed_at IS NULL
"""


def mentions_at(con: sqlite3.Connection, numbers: Sequence[int]) -> list[Dated | None]:
    """Read mentioned dates of a `Listing` in this order; None for what has gone since."""
    read = {row["id"]: _mentioned(row) for row in con.execute(_MENTIONS, (json.dumps(list(numbers)),))}
    return [read.get(number) for number in numbers]


def _mentioned(row: sqlite3.Row) -> Dated:
    start, end = row["start"] - row["from_here"], row["end"] - row["from_here"]
    return Dated(
        ArticleId(row["uuid"]),
        row["title"],
        row["source"],
        row["published"],
        Period(row["value"], row["low"], row["high"]),
        row["start"],
        row["end"],
        row["text"],
        row["around"][:start],
        row["around"][end:],
    )
