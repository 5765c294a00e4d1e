"""Which articles mention sums of money, compared in one currency.

What a sum was worth in euro at its article's date is stored with it (see `mentions.replace`); any other
currency is compared through that.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable, Mapping

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
        f" (SELECT 1 FROM amount INDEXED BY amount_article WHERE amount.article_id = article.id AND {holds})",
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
    asked_low, asked_high = widened(*_ends(low, high))
    lows, highs = ([end / rate for rate in extremes] for end in (asked_low, asked_high))
    rates = {day: rate_at(day) for day in days(con)}
    always = _worth(con, max(lows), min(highs), without=without)  # at every rate, so at that of the day
    if always:
        always -= row_set(
            con, _WITHOUT_RATE, {"days": json.dumps([day for day in rates if rates[day] is None])}
        )
    at_the_day = row_set(
        con,
        _AT_THE_DAY,
        {
            "rates": json.dumps({day: rate for day, rate in rates.items() if rate is not None}),
            "low": asked_low,
            "high": asked_high,
            "always_low": max(lows),
            "always_high": min(highs),
            "ever_low": min(lows),
            "ever_high": max(highs),
            "without": without,
        },
    )
    return (always | at_the_day) - trashed_rows(con)


_WITHOUT_RATE = """
SELECT id AS row FROM article WHERE published IS NULL UNION ALL
SELECT id FROM article WHERE published IN (SELECT value FROM json_each(:days))
"""
#: The sums that fit at one rate and not at another.
_AT_THE_DAY = """
WITH rate(day, rate) AS MATERIALIZED (SELECT key, value FROM json_each(:rates)),
maybe(row, euro_low, euro_high) AS (
    SELECT article_id, euro_low, euro_high FROM amount INDEXED BY amount_euro WHERE euro_low = euro_high
        AND euro_low >= :ever_low AND euro_low < :always_low AND dimension <> :without UNION ALL
    SELECT article_id, euro_low, euro_high FROM amount INDEXED BY amount_euro WHERE euro_low = euro_high
        AND euro_low > :always_high AND euro_low <= :ever_high AND dimension <> :without UNION ALL
    SELECT article_id, euro_low, euro_high FROM amount INDEXED BY amount_euro_range
        WHERE euro_low <> euro_high AND euro_low <= :ever_high AND euro_high >= :ever_low
        AND dimension <> :without AND NOT (euro_low <= :always_high AND euro_high >= :always_low))
SELECT maybe.row AS row FROM maybe
CROSS JOIN article ON article.id = maybe.row CROSS JOIN rate ON rate.day = article.published
WHERE euro_low * rate <= :high AND euro_high * rate >= :low
"""


def days(con: sqlite3.Connection) -> list[str]:
    """Return the different dates of articles: each by one look into the index, instead of a scan."""
    found = con.execute(
        "WITH RECURSIVE d(day) AS (SELECT min(published) FROM article UNION ALL"
        " SELECT (SELECT min(published) FROM article WHERE published > d.day) FROM d WHERE d.day IS NOT NULL)"
        " SELECT day FROM d WHERE day IS NOT NULL"
    )
    return [day for (day,) in found]


def _ends(low: float | None, high: float | None) -> tuple[float, float]:
    return -math.inf if low is None else low, math.inf if high is None else high


def widened(low: float, high: float) -> tuple[float, float]:
    """Return the ends with what converting to and fro may add: a bound that is met exactly counts as met."""
    return (
        low if math.isinf(low) else low - abs(low) * _INEXACT,
        high if math.isinf(high) else high + abs(high) * _INEXACT,
    )


def _worth(con: sqlite3.Connection, low: float, high: float, *, without: str = "") -> set[int]:
    overlaps = "euro_low <= :high AND euro_high >= :low" + (" AND dimension <> :without" if without else "")
    return rows_that_fit(
        con,
        # Named, as in `mentions.amounts_matching`: SQLite's own choice can be far slower.
        "SELECT article_id AS row FROM amount INDEXED BY amount_euro"
        f" WHERE euro_low = euro_high AND euro_low BETWEEN :low AND :high AND {overlaps} UNION ALL"
        " SELECT article_id FROM amount INDEXED BY amount_euro_range"
        f" WHERE euro_low <> euro_high AND {overlaps}",
        f"kind = 'money' AND {overlaps}",
        {"low": low, "high": high, "without": without},
    )
