"""The articles and the dates they mention in the order of time: counts, and what those count, by place.

Days are counted as `datetime.date.toordinal` does. What is longer than a month (a year, a quarter, anything
open at one end) is "wide" and listed apart: it says nothing about the day on which it begins. Nothing here
holds what is in the trash, nor dates whose days are not known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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


class Part(NamedTuple):
    """So many of the things that a Span counts, from a place among them on."""

    mentions: bool  #: mentioned dates, or articles
    first: int
    last: int
    start: int
    number: int


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


def numbers(con: sqlite3.Connection, parts: Sequence[Part], rows: Sequence[int] | None) -> list[list[int]]:
    """Return the numbers of what is in each part, for `articles_at` and `mentions_at`.

    The articles of a span come in the order in which they were added, the dates in that of their articles.
    """
    wanted = _Wanted(con, rows)
    return _each(con, parts, wanted) if rows is None else _all_at_once(con, parts, wanted)


_ARTICLES = (
    "SELECT {0}a.id AS id FROM {1}article a WHERE a.trashed_at IS NULL AND a.first_day = {2}"
    " AND a.last_day = {3}{4} ORDER BY {5}a.id"
)
_DATES = (
    "SELECT {0}p.mention_id AS id FROM {1}period p WHERE p.days {6} AND p.first_day = {2}"
    " AND p.last_day = {3}{4} ORDER BY {5}p.article_id, p.mention_id"
)


def _each(con: sqlite3.Connection, parts: Sequence[Part], wanted: _Wanted) -> list[list[int]]:
    """Look each part up by itself: of a large one nothing but what is asked for is read."""
    found = []
    for part in parts:
        query, article = (_DATES, "+p.article_id") if part.mentions else (_ARTICLES, "a.id")
        query = query.format("", "", "?", "?", wanted.condition(article), "", _length(part))
        days = (_iso(part.first), _iso(part.last))
        read = con.execute(f"{query} LIMIT ? OFFSET ?", (*days, part.number, part.start))
        found.append([number for (number,) in read])
    return found


def _all_at_once(con: sqlite3.Connection, parts: Sequence[Part], wanted: _Wanted) -> list[list[int]]:
    """Look all up with few questions: each has to read which articles are wanted."""
    held: dict[int, list[int]] = {place: [] for place in range(len(parts))}
    for mentions, long in ((False, False), (True, False), (True, True)):
        asked = {
            place: (_iso(part.first), _iso(part.last))
            for place, part in enumerate(parts)
            if part.mentions is mentions and (mentions and _is_long(part)) is long
        }
        if not asked:
            continue
        query, article = (_DATES, "+p.article_id") if mentions else (_ARTICLES, "a.id")
        query = query.format(
            "j.key AS place, ",
            "json_each(:asked) j CROSS JOIN ",
            "json_extract(j.value, '$[0]')",
            "json_extract(j.value, '$[1]')",
            wanted.condition(article),
            "j.id, ",
            f"> {_YEAR}" if long else f"<= {_YEAR}",
        )
        for place, number in con.execute(query, {**wanted.values, "asked": json.dumps(asked)}):
            held[int(place)].append(number)
    return [held[place][part.start : part.start + part.number] for place, part in enumerate(parts)]


def _is_long(part: Part) -> bool:
    return part.last - part.first > _YEAR


def _length(part: Part) -> str:
    """Return the condition of the index that holds a period: period_short or period_long."""
    return f"> {_YEAR}" if _is_long(part) else f"<= {_YEAR}"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


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
