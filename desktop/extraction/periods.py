"""Calendar: partial ISO dates and the days they cover.

Forms: 2025, 2025-01, 2025-01-08, 2025-W07, 2025-W07-WE, 2025-W07-3, 2025-Q3, 2025-H1, 2025-SP (SU, FA, WI),
199X, 19XX, and a time of day after T, which changes nothing here. Seasons are meteorological: spring is
March to May, the winter of a year begins in its December.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

_SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|-W(?P<week>[0-9]{2})(?:-(?P<weekday>[1-7]|WE))?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|AU|WI))?(?:T.*)?\Z"
    r"|(?P<decade>[0-9]{3})X\Z|(?P<century>[0-9]{2})XX\Z"
)


def first_last_day(value: str) -> tuple[str, str]:
    """Return the first and last day of a partial ISO date as full dates.

    Raises ValueError if the value has another form or names a day that does not exist.
    """
    first, last = span(value)
    return first.isoformat(), last.isoformat()


@lru_cache(4096)
def span(value: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a partial ISO date; ValueError as `first_last_day`."""
    match = _FORM.match(value)
    if match is None:
        raise ValueError(f"no partial ISO date: {value!r}")
    part = match.groupdict()
    if part["decade"] or part["century"]:
        first = int((part["decade"] or part["century"]).ljust(4, "0"))
        years = 10 if part["decade"] else 100
        return dt.date(max(first, 1), 1, 1), dt.date(first + years - 1, 12, 31)
    year = int(part["year"])
    if part["day"]:
        day = dt.date(year, int(part["month"]), int(part["day"]))
        return day, day
    if part["week"]:
        return _week(year, int(part["week"]), part["weekday"])
    month, months = 1, 12
    if part["month"]:
        month, months = int(part["month"]), 1
    elif part["quarter"]:
        month, months = 3 * int(part["quarter"]) - 2, 3
    elif part["half"]:
        month, months = 6 * int(part["half"]) - 5, 6
    elif part["season"]:
        month, months = _SEASONS[part["season"]], 3
    first_day = dt.date(year, month, 1)
    return first_day, add_months(first_day, months) - dt.timedelta(1)


def _week(year: int, week: int, weekday: str | None) -> tuple[dt.date, dt.date]:
    if weekday == "WE":
        day = dt.date.fromisocalendar(year, week, 6)
        return day, day + dt.timedelta(1)
    day = dt.date.fromisocalendar(year, week, int(weekday or 1))
    return day, day if weekday else day + dt.timedelta(6)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month; ValueError beyond year 9999."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= dt.MAXYEAR:
        raise ValueError("year out of range")
    return dt.date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 12:
        return 31
    return (dt.date(year, month + 1, 1) - dt.date(year, month, 1)).days


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher algorithm)."""
    golden, century = year % 19, year // 100
    skipped = century // 4
    correction = (8 * century + 13) // 25
    epact = (century - skipped - correction + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + skipped) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return dt.date(year, month, days + 28 - 31 * (month // 4))


def nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date | None:
    """Return the n-th weekday (Monday = 0) of a month, -1 = the last; None where there is no such day."""
    if number < 0:
        last = dt.date(year, month, days_in_month(year, month))
        return last - dt.timedelta((last.weekday() - weekday) % 7 + 7 * (-number - 1))
    first = dt.date(year, month, 1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (number - 1)
    return dt.date(year, month, day) if day <= days_in_month(year, month) else None


def week_of(day: dt.date) -> str:
    """Return the ISO week of a day: 2025-W07."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
