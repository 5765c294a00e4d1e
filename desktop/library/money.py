"""Which articles mention sums of money, compared in one currency.

What a sum was worth in euro at its article's date is stored with it (see `mentions.replace`); any other
currency is compared through that.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping

from desktop.library.stored import row_set, trashed_rows

_MANY = 300_000  # amounts; of so many, asking article by article is quicker than reading them all
_INEXACT = 1e-10  # the part by which a sum may differ that was converted to and fro


def rows_that_fit(
    con: sqlite3.Connection, by_value: str, holds: str, values: Mapping[str, object]
) -> set[int]:
    """Return articles with an amount that fits, by the way that is quicker.

    by_value: a query of one column `row` that finds the amounts by their value. holds: the same condition on
    the table amount, for asking article by article whether there is one.
    """
    many = con.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({by_value}) LIMIT {_MANY})", values)
    if many.fetchone()[0] < _MANY:
        return row_set(con, by_value, values)
    return row_set(
        con,
        "SELECT id AS row FROM article WHERE EXISTS"
        f" (SELECT 1 FROM amount WHERE amount.article_id = article.id AND {holds})",
        values,
    )


def rows_worth(con: sqlite3.Connection, low: float | None, high: float | None) -> set[int]:
    """Return the rows that mention money worth between these ends in euro; None = open."""
    return _worth(con, *_ends(low, high)) - trashed_rows(con)


def rows_worth_in(
    con: sqlite3.Connection,
    low: float | None,
    high: float | None,
    *,
    extremes: tuple[float, float],
    rate_at: Callable[[str | None], float | None],
    without: str,
) -> set[int]:
    """Return the rows that mention money worth between these ends in a currency other than the euro.

    extremes: the least and the most of it that one euro ever was. rate_at: how much it was at an article's
    date; None = not known. without: the code of the currency itself, whose own sums need no converting.
    """
    asked_low, asked_high = _widened(*_ends(low, high))
    lows, highs = ([end / rate for rate in extremes] for end in (asked_low, asked_high))
    always, ever = (max(lows), min(highs)), (min(lows), max(highs))  # in euro: at every rate, at any rate
    if found := _worth(con, *always, without=without):
        found -= _without_rate(con, rate_at)
    maybe: dict[int, list[tuple[float, float]]] = {}
    for row, euro_low, euro_high in _between(con, always, ever, without):
        if row not in found:
            maybe.setdefault(row, []).append((euro_low, euro_high))
    published = con.execute(
        "SELECT id, published FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(maybe)),),
    )
    for row, day in published:
        rate = rate_at(day)
        if rate is not None and any(
            euro_low * rate <= asked_high and euro_high * rate >= asked_low
            for euro_low, euro_high in maybe[row]
        ):
            found.add(row)
    return found - trashed_rows(con)


def _ends(low: float | None, high: float | None) -> tuple[float, float]:
    return -math.inf if low is None else low, math.inf if high is None else high


def _widened(low: float, high: float) -> tuple[float, float]:
    """Return the ends with what converting to and fro may add: a bound that is met exactly counts as met."""
    return (
        low if math.isinf(low) else low - abs(low) * _INEXACT,
        high if math.isinf(high) else high + abs(high) * _INEXACT,
    )


def _worth(con: sqlite3.Connection, low: float, high: float, *, without: str = "") -> set[int]:
    overlaps = "euro_low <= :high AND euro_high >= :low" + (" AND dimension <> :without" if without else "")
    return rows_that_fit(
        con,
        "SELECT article_id AS row FROM amount WHERE euro_low = euro_high AND euro_low BETWEEN :low AND :high"
        f" AND {overlaps} UNION ALL"
        f" SELECT article_id FROM amount WHERE euro_low <> euro_high AND {overlaps}",
        f"kind = 'money' AND {overlaps}",
        {"low": low, "high": high, "without": without},
    )


def _between(
    con: sqlite3.Connection, always: tuple[float, float], ever: tuple[float, float], without: str
) -> Iterator[tuple[int, float, float]]:
    """Yield (row, low, high) in euro of the sums that fit at one rate and not at another."""
    always_low, always_high, ever_low, ever_high = *always, *ever
    yield from con.execute(
        "SELECT article_id, euro_low, euro_high FROM amount WHERE euro_low = euro_high"
        " AND euro_low >= :ever_low AND euro_low < :always_low AND dimension <> :without UNION ALL"
        " SELECT article_id, euro_low, euro_high FROM amount WHERE euro_low = euro_high"
        " AND euro_low > :always_high AND euro_low <= :ever_high AND dimension <> :without UNION ALL"
        " SELECT article_id, euro_low, euro_high FROM amount WHERE euro_low <> euro_high"
        " AND euro_low <= :ever_high AND euro_high >= :ever_low AND dimension <> :without"
        " AND NOT (euro_low <= :always_high AND euro_high >= :always_low)",
        {
            "always_low": always_low,
            "always_high": always_high,
            "ever_low": ever_low,
            "ever_high": ever_high,
            "without": without,
        },
    )


def _without_rate(con: sqlite3.Connection, rate_at: Callable[[str | None], float | None]) -> set[int]:
    """Return the rows of articles at whose date no rate is known."""
    # Each different date by one look into the index, instead of a scan.
    days = con.execute(
        "WITH RECURSIVE d(day) AS (SELECT min(published) FROM article UNION ALL"
        " SELECT (SELECT min(published) FROM article WHERE published > d.day) FROM d WHERE d.day IS NOT NULL)"
        " SELECT day FROM d WHERE day IS NOT NULL"
    )
    unknown = [day for (day,) in days if rate_at(day) is None]
    return row_set(
        con,
        "SELECT id AS row FROM article WHERE published IN (SELECT value FROM json_each(:days))"
        " UNION ALL SELECT id FROM article WHERE published IS NULL",
        {"days": json.dumps(unknown)},
    )
