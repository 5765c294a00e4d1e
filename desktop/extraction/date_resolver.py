"""What a date in words means against the article's own date.

An article may know its date to the day, the month or the year only. Where a day cannot be known the answer
is a wider period, never a false day: "gisteren" in an article of 2025-02 is 2025-02.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from desktop.extraction.periods import add_months, days_in_month, easter, nth_weekday, span, week_of

DAY: Final = dt.timedelta(1)
_FAR: Final = 400  #: days: further off a weekday proves nothing
_NEAR: Final = 125  #: days: a month this near is meant whatever the tense
_MONTHS: Final = {"mo": 1, "qtr": 3, "half": 6, "a": 12, "decade": 120, "century": 1200}
_DAYS: Final = {"d": 1, "wk": 7, "wk2": 14, "weekend": 7, "workweek": 7, "h": 0, "min": 0}
_FIXED = re.compile(r"(\d\d)-(\d\d)\Z")
_NTH = re.compile(r"(\d\d)/(\d)/(-?\d)(?:\+(\d))?\Z")


@dataclass(slots=True)  # not frozen: those take four times as long to make
class Part:
    """A date as far as it is said; the rest comes from its neighbour or from the article's date."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  #: Monday = 0
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    holiday: str | None = None


@dataclass(slots=True)  # not frozen: those take four times as long to make
class Stretch:
    """A resolved period: first and last as partial ISO dates, None = open; equal = one value."""

    low: str | None
    high: str | None

    @classmethod
    def of(cls, value: str) -> Stretch:
        """Return the period of one value."""
        return cls(value, value)

    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and last day."""
        return (span(self.low)[0] if self.low else None), (span(self.high)[1] if self.high else None)


class Resolver:
    """Answers for one article's date, which may be None: then only what is fully said has an answer."""

    def __init__(self, reference: str | None) -> None:
        """Take the article's date: YYYY, YYYY-MM or YYYY-MM-DD; any other form counts as none."""
        self.value: str | None = None
        self.first = self.last = dt.date(2000, 1, 1)
        self.middle = self.first  # the day from which "nearest" is measured
        self.by_day = self.by_month = False
        try:
            if reference:
                self.first, self.last = span(reference)
                self.value = reference[:10]
        except ValueError:
            return
        self.by_day = self.value is not None and self.first == self.last
        self.by_month = self.by_day or (self.last - self.first).days < 31
        self.middle = self.first + (self.last - self.first) / 2

    # ------------------------------------------------------------------ said in full or in part

    def part(self, part: Part, tense: int = 0) -> Stretch | None:
        """Resolve a partial date; `tense` is -1, 0 or 1. None where it has no answer."""
        try:
            if part.year is not None:
                value = self._value(part, part.year)
                return Stretch.of(value) if value else None
            if self.value is None:
                return None
            if part.weekday is not None and part.month is None and part.day is None:
                return self._weekday(part.weekday, tense)
            if part.day is not None and part.month is None:
                return self._day_of_month(part.day, part.weekday)
            return self._nearest(part, tense)
        except (ValueError, OverflowError):
            return None

    def _value(self, part: Part, year: int) -> str | None:
        if not 1 <= year <= 9998:
            return None
        if part.holiday:
            day = holiday(part.holiday, year)
            return day.isoformat() if day else None
        if part.month and part.day:
            return dt.date(year, part.month, part.day).isoformat()
        if part.month:
            return f"{year:04d}-{part.month:02d}"
        if part.day:
            return None
        for letter, number in (("Q", part.quarter), ("H", part.half)):
            if number:
                return f"{year:04d}-{letter}{number}"
        if part.week:
            value = f"{year:04d}-W{part.week:02d}"
            span(value)
            return value
        if part.season:
            return f"{year:04d}-{part.season}"
        return f"{year:04d}"

    def _nearest(self, part: Part, tense: int) -> Stretch | None:
        """Return the occurrence within four months, else the one the tense asks for: the next, or past."""
        year = self.middle.year
        near = self._away(part, year)  # mostly near enough, and then those of other years are further off
        if near is not None and abs(near[0]) <= _NEAR and not _against(tense, near[0]):
            return Stretch.of(near[1])
        reach = 4 if part.month == 2 and part.day == 29 else 1
        years = range(year - reach, year + reach + 1)
        all_years = [near if other == year else self._away(part, other) for other in years]
        found = [away for away in all_years if away is not None]
        if not found:
            return self._nearest(replace(part, weekday=None), tense) if part.weekday is not None else None
        near = min(found, key=lambda item: abs(item[0]))
        if (abs(near[0]) > _NEAR or _against(tense, near[0])) and not part.week:
            side = [item for item in found if (item[0] < 0) == (tense < 0)]
            near = min(side, key=lambda item: abs(item[0])) if side else near
        return Stretch.of(near[1])

    def _away(self, part: Part, year: int) -> tuple[int, str] | None:
        """Return how many days a date is from the article's in a year, and its value; None = not there."""
        try:
            value = self._value(part, year)
        except ValueError:
            return None
        if value is None:
            return None
        first, last = span(value)
        away = (first + (last - first) / 2 - self.middle).days
        dated = part.weekday is not None and part.day
        return None if dated and (first.weekday() != part.weekday or abs(away) > _FAR) else (away, value)

    def _weekday(self, weekday: int, tense: int) -> Stretch | None:
        if not self.by_day:
            return Stretch.of(self.value) if self.value else None
        ahead = (weekday - self.first.weekday()) % 7
        back = (ahead - 7) if ahead else 0
        days = back if tense < 0 else ahead if tense > 0 else min(ahead, back, key=abs)
        return Stretch.of((self.first + dt.timedelta(days)).isoformat())

    def _day_of_month(self, number: int, weekday: int | None) -> Stretch | None:
        if not self.by_month:
            return None
        best: tuple[int, dt.date] | None = None
        for months in range(-12, 13):
            month = add_months(self.middle.replace(day=1), months)
            if number > days_in_month(month.year, month.month):
                continue
            day = month.replace(day=number)
            if weekday is not None and day.weekday() != weekday:
                continue
            distance = abs((day - self.middle).days)
            if best is None or distance < best[0]:
                best = (distance, day)
        return Stretch.of(best[1].isoformat()) if best else None

    # ------------------------------------------------------------------ relative to the article

    def days_off(self, first: int, last: int | None = None) -> Stretch | None:
        """Return the days so many days from the article's; the article's own period where no day is known."""
        if self.value is None:
            return None
        last = first if last is None else last
        try:
            if self.by_day:
                return _stretch(self.first + dt.timedelta(first), self.first + dt.timedelta(last))
            if max(abs(first), abs(last)) <= 15:
                return Stretch.of(self.value)
            return self._months(self.first + dt.timedelta(first), self.last + dt.timedelta(last))
        except OverflowError:
            return None

    def _months(self, first: dt.date, last: dt.date) -> Stretch:
        size = 7 if self.by_month else 4
        return Stretch(first.isoformat()[:size], last.isoformat()[:size])

    def unit(self, unit: str, shift: int, *, nearest: bool = False) -> Stretch | None:
        """Return this, the last or the next week, weekend, month, quarter, year …"""
        if self.value is None:
            return None
        try:
            if unit in ("h", "min", "d"):
                return self.days_off(shift)
            if unit == "wk2":
                return self.many(2, "wk", shift or 1)
            if unit in _DAYS:
                return self._week_unit(unit, shift, nearest=nearest)
            return self._long_unit(unit, shift)
        except (ValueError, OverflowError):
            return None

    def _week_unit(self, unit: str, shift: int, *, nearest: bool) -> Stretch | None:
        if not self.by_day:
            return Stretch.of(self.value) if self.value else None
        monday = self.first - dt.timedelta(self.first.weekday())
        if unit == "weekend" and nearest:
            late = self.first.weekday() >= 5
            shift = 0 if shift > 0 and not late else shift
        monday += dt.timedelta(7 * shift)
        if unit == "weekend":
            return _stretch(monday + 5 * DAY, monday + 6 * DAY)
        if unit == "workweek":
            return _stretch(monday, monday + 4 * DAY)
        return Stretch.of(week_of(monday))

    def weekend(self, tense: int) -> Stretch | None:
        """Return the weekend the word alone means: on a weekday the past tense asks for the last one."""
        gone = tense < 0 and self.by_day and self.first.weekday() < 5
        return self.unit("weekend", -1 if gone else 0)

    def _long_unit(self, unit: str, shift: int) -> Stretch | None:
        year = self.middle.year
        if unit == "a":
            return Stretch.of(f"{year + shift:04d}") if 0 < year + shift < 9999 else None
        if unit == "decade":
            return Stretch.of(f"{year // 10 + shift:03d}X")
        if unit == "century":
            return Stretch.of(f"{year // 100 + shift:02d}XX")
        if not self.by_month:
            return Stretch.of(self.value) if self.value else None
        size = _MONTHS[unit]
        index = (year * 12 + self.first.month - 1) // size + shift
        year, month = divmod(index * size, 12)
        first = dt.date(year, 1, 1)
        if unit == "mo":
            return Stretch.of(f"{first.year:04d}-{month + 1:02d}")
        letter = "Q" if unit == "qtr" else "H"
        return Stretch.of(f"{first.year:04d}-{letter}{month // size + 1}")

    def named(self, part: Part, shift: int, *, nearest: bool = False) -> Stretch | None:
        """Return "next June", "last summer", "this Friday", "next Easter"."""
        if self.value is None:
            return None
        try:
            if part.weekday is not None and part.month is None and part.day is None:
                return self._named_weekday(part.weekday, shift, nearest=nearest)
            year = self.middle.year
            if shift == 0:
                if part.season == "WI" and self.first.month < 6:
                    year -= 1
                value = self._value(part, year)
                return Stretch.of(value) if value else None
            return self._next(part, shift)
        except (ValueError, OverflowError):
            return None

    def _next(self, part: Part, shift: int) -> Stretch | None:
        years = range(self.middle.year - 2, self.middle.year + 3)
        found = None
        for year in years:
            value = self._value(part, year)
            if value is None:
                continue
            first, last = span(value)
            if shift < 0 and last < self.first:
                found = value
            elif shift > 0 and first > self.last:
                return Stretch.of(value)
        return Stretch.of(found) if found and shift < 0 else None

    def _named_weekday(self, weekday: int, shift: int, *, nearest: bool) -> Stretch | None:
        if not self.by_day:
            return Stretch.of(self.value) if self.value else None
        if nearest:
            days = (weekday - self.first.weekday()) % 7 or 7
            days = days if shift > 0 else days - 7 if days < 7 else -7
        else:
            days = weekday - self.first.weekday() + 7 * shift
        return self.days_off(days)

    def many(self, count: int, unit: str, shift: int) -> Stretch | None:
        """Return the last or next so many days, weeks, months, years, up to or from the article's date."""
        if self.value is None or count > 9000:
            return None
        if unit in ("qtr", "half", "decade", "century"):
            ends = (self.unit(unit, shift), self.unit(unit, shift * count))
            first, last = ends if shift > 0 else ends[::-1]
            return Stretch(first.low, last.high) if first and last else None
        edge = self._moved(self.first if shift < 0 else self.last, count * shift, unit)
        if edge is None:
            return None
        if self.by_day and unit not in ("h", "min"):
            return _stretch(edge, self.first - DAY) if shift < 0 else _stretch(self.first + DAY, edge)
        near, far = (edge, self.last) if shift < 0 else (self.first, edge)
        return self._months(near, far)

    def within(self, spans: list[tuple[int, str]]) -> Stretch | None:
        """Return from the article's date to so much later ("binnen vijf dagen")."""
        end: dt.date | None = self.last
        for count, unit in spans:
            end = self._moved(end, count, unit) if end else None
        if end is None or self.value is None:
            return None
        return (
            _stretch(self.first, end - DAY if end > self.last else end)
            if self.by_day
            else self._months(self.first, end)
        )

    def away(self, spans: list[tuple[int, str]], sign: int, base: Stretch | None = None) -> Stretch | None:
        """Return the day so much before or after the article's date or another one ("drie jaar geleden")."""
        if base is None:
            if self.value is None:
                return None
            first: dt.date | None = self.first
            last: dt.date | None = self.last
        else:
            first, last = base.days()
        for count, unit in sorted(spans, key=lambda item: -_MONTHS.get(item[1], 0)):
            first = self._moved(first, sign * count, unit) if first else None
            last = self._moved(last, sign * count, unit) if last else None
        if first is None or last is None:
            return None
        if first == last:
            return Stretch.of(first.isoformat())
        if all(unit in _DAYS for _, unit in spans) and base is None:
            days = sum(count * _DAYS[unit] for count, unit in spans)
            if days <= 15:
                return Stretch.of(self.value) if self.value else None
        if first.year != last.year and (last - first).days > 31:
            return Stretch(f"{first.year:04d}", f"{last.year:04d}")
        months = Stretch(first.isoformat()[:7], last.isoformat()[:7])
        return Stretch.of(f"{first.year:04d}") if (last - first).days > 300 else months

    def _moved(self, day: dt.date, count: int, unit: str) -> dt.date | None:
        try:
            if unit in _MONTHS:
                return add_months(day, count * _MONTHS[unit])
            return day + dt.timedelta(count * _DAYS.get(unit, 0))
        except (ValueError, OverflowError):
            return None

    def cut(self, whole: Stretch, side: str) -> Stretch:
        """Return the part of a period before ("earlier") or from ("later", "rest") the article's date on."""
        first, last = whole.days()
        if not self.by_day or first is None or last is None or not first <= self.first <= last:
            return whole
        if side == "earlier":
            return _stretch(first, self.first - DAY) if first < self.first else whole
        return _stretch(self.first, last)


def _against(tense: int, away: int) -> bool:
    """Tell whether a date so many days away is on the wrong side for a tense."""
    return (tense > 0 and away < -31) or (tense < 0 and away > 0)


def _stretch(first: dt.date, last: dt.date) -> Stretch:
    return Stretch(first.isoformat(), last.isoformat())


def holiday(rule: str, year: int) -> dt.date | None:
    """Return the day of a holiday in a year; forms of rules as in `dates.toml`."""
    match = _FIXED.match(rule)
    if match:
        return dt.date(year, int(match[1]), int(match[2]))
    if rule.startswith("easter"):
        return easter(year) + dt.timedelta(int(rule[6:]))
    if rule.startswith("advent"):  # the fourth Sunday of advent is the last before Christmas
        christmas = dt.date(year, 12, 25)
        fourth = christmas - dt.timedelta((christmas.weekday() + 1) % 7 or 7)
        return fourth - dt.timedelta(7 * (4 - int(rule[6:])))
    if rule == "repentance":  # Wednesday before the Sunday of the dead
        dead = holiday("advent0", year)
        return dead - 4 * DAY if dead else None
    if rule == "king":  # the Dutch King's Day moves to Saturday where the 27th is a Sunday
        day = dt.date(year, 4, 27)
        return day - DAY if day.weekday() == 6 else day
    match = _NTH.match(rule)
    if match:
        found = nth_weekday(year, int(match[1]), int(match[2]) - 1, int(match[3]))
        return found + dt.timedelta(int(match[4] or 0)) if found else None
    return None


def joined(left: Part, right: Part, resolver: Resolver, tense: int) -> Stretch | None:
    """Return the period from one partial date to another; what one leaves out it borrows from the other."""
    if left.day is not None and left.month is None and right.month is not None:
        left = replace(left, month=right.month)
    if right.day is not None and right.month is None and left.month is not None:
        right = replace(right, month=left.month)
    if (
        left.year is None
        and right.year is not None
        and (left.month or left.season or left.quarter or left.half)
    ):
        later = left.month is not None and right.month is not None and left.month > right.month
        left = replace(left, year=right.year - 1 if later else right.year)
    elif right.year is None and left.year is not None and (right.month or right.quarter or right.season):
        later = right.month is not None and left.month is not None and right.month < left.month
        right = replace(right, year=left.year + 1 if later else left.year)
    first = resolver.part(left, tense)
    last = resolver.part(right, tense)
    if first is None or last is None or first.low is None or last.high is None:
        return None
    if right.year is None and span(last.high)[1] < span(first.low)[0]:
        last = after(right, first.low, resolver)
    if last is None or last.high is None or span(last.high)[1] < span(first.low)[0]:
        return None
    return Stretch(first.low, last.high)


def after(part: Part, low: str, resolver: Resolver) -> Stretch | None:
    """Resolve the end of a range as the first such date after its beginning."""
    day = span(low)[0]
    if part.weekday is not None and part.month is None and part.day is None:
        return Stretch.of((day + dt.timedelta((part.weekday - day.weekday()) % 7)).isoformat())
    for year in (day.year, day.year + 1):
        found = resolver.part(replace(part, year=year))
        if found and found.high and span(found.high)[1] >= day:
            return found
    return None
