"""The time of day for records, and partial dates as stretches of full days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_FORMS = re.compile(
    r"(?P<century>\d{2})XX|(?P<decade>\d{3})X"
    r"|(?P<year>\d{4})(?:-(?:W(?P<week>\d{2})(?:-(?P<weekday>[1-7]|WE))?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?(?:T.*)?"
)
_SEASONS = {
    "SP": 3,
    "SU": 6,
    "FA": 9,
    "WI": 12,
}  # first month, as TIMEX3 names them; northern, by whole months


def now() -> str:
    """Return this moment as ISO date and time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def file_stamp() -> str:
    """Return this moment for the name of a file: UTC, sorts by time, allowed on every system."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def first_last_day(partial: str | None) -> tuple[str, str] | None:
    """Return the first and last full day (YYYY-MM-DD) of a partial ISO date, None if it is not one.

    Forms: those of `model.Period`.
    """
    match = _FORMS.fullmatch(partial or "")
    if match is None:
        return None
    try:
        first, last = _days(match)
    except ValueError:  # no such day, week or month
        return None
    return first.isoformat(), last.isoformat()


def days_before(day: str, count: int) -> str:
    """Return the day (YYYY-MM-DD) so many days before another; the first there is where there is none."""
    try:
        return (date.fromisoformat(day) - timedelta(days=count)).isoformat()
    except OverflowError:
        return date.min.isoformat()


def _days(match: re.Match[str]) -> tuple[date, date]:
    for name, years in (("century", 100), ("decade", 10)):
        if match[name]:
            first = int(match[name]) * years
            return date(first, 1, 1), date(first + years - 1, 12, 31)
    year = int(match["year"])
    if match["week"]:
        ends = {None: (1, 7), "WE": (6, 7)}.get(match["weekday"]) or (int(match["weekday"]),) * 2
        first_day, last_day = (date.fromisocalendar(year, int(match["week"]), day) for day in ends)
        return first_day, last_day
    if match["quarter"]:
        return _months(year, int(match["quarter"]) * 3 - 2, 3)
    if match["half"]:
        return _months(year, int(match["half"]) * 6 - 5, 6)
    if match["season"]:
        return _months(year, _SEASONS[match["season"]], 3)
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    return _months(year, 1, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = month + count
    first_after = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
    return date(year, month, 1), first_after - timedelta(days=1)
