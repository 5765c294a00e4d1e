"""The lines of the timeline's list: headings, articles and mentioned dates, as runs of the same days.

All of it comes from the counts that the picture is made of: nothing is read for a million lines.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from desktop.charts.timeline import Stretch
from desktop.library.dates import WIDE, Counts, Span

_BY_DAY, _BY_MONTH = 100, 100 * 366  # days of a stretch up to which its list has a heading for each
_LONG = 27  # days from the first to the last from which on something is about a month, not about a day


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: the days below it, and how many articles and mentioned dates those hold."""

    first: int
    last: int
    articles: int
    dates: int
    longer: bool = False  #: what is longer than a month follows, to the end
    today: bool = False  #: only says where today is; what follows lies ahead


class Run(NamedTuple):
    """Lines of one sort that are about the same days."""

    mentions: bool  #: mentioned dates, or articles
    first: int
    last: int
    number: int


class Line(NamedTuple):
    """One article or mentioned date, by its place among those of the same days."""

    mention: bool
    first: int
    last: int
    place: int


class Lines:
    """All lines of a list; read by row."""

    def __init__(self, parts: Iterable[Head | Run] = ()) -> None:
        self._parts: list[Head | Run] = []
        self._starts: list[int] = []
        self.total = 0
        for part in parts:
            self._parts.append(part)
            self._starts.append(self.total)
            self.total += 1 if isinstance(part, Head) else part.number

    def __getitem__(self, row: int) -> Head | Line:
        """Return a line. Raises IndexError."""
        if not 0 <= row < self.total:
            raise IndexError(row)
        place = bisect_right(self._starts, row) - 1
        part = self._parts[place]
        if isinstance(part, Head):
            return part
        return Line(part.mentions, part.first, part.last, row - self._starts[place])

    def heads(self) -> list[tuple[int, Head]]:
        """Return the headings with their rows."""
        pairs = zip(self._starts, self._parts, strict=True)
        return [(row, part) for row, part in pairs if isinstance(part, Head)]


def lines_of(counts: Counts, stretch: Stretch, today: int, *, articles: bool, dates: bool) -> Lines:
    """Return what a list of a stretch shows: by day or month, and longer periods at the end."""
    shown = _touching(counts.articles if articles else (), counts.dates if dates else (), stretch)
    group = _group_for(stretch)
    found: list[Head | Run] = []
    ahead = False  # whether today has been passed

    def pass_today(day: int) -> None:
        nonlocal ahead
        if day > today and not ahead:
            ahead = True
            found.extend([Head(today, today, 0, 0, today=True)] if found else [])

    narrow = [both for both in shown if both.last - both.first <= WIDE]
    for (first, last), days in groupby(narrow, key=group):
        held = list(days)
        pass_today(first)
        found.append(Head(first, last, *_sums(held)))
        for one in held:
            pass_today(one.first)
            found += _runs(one)
    wide = [both for both in shown if both.last - both.first > WIDE]
    if wide:
        found.append(Head(stretch.first, stretch.last, *_sums(wide), longer=True))
        found += [run for one in wide for run in _runs(one)]
    return Lines(found)


class _Both(NamedTuple):
    first: int
    last: int
    articles: int
    mentions: int


def _touching(articles: Sequence[Span], mentions: Sequence[Span], stretch: Stretch) -> list[_Both]:
    """Put together what reaches from and to the same days and lies in a stretch, wholly or in part.

    A month comes before its first day.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for side, spans in enumerate((articles, mentions)):
        for first, last, number in spans:
            if first <= stretch.last and last >= stretch.first:
                found.setdefault((first, last), [0, 0])[side] = number
    order = sorted(found, key=lambda days: (days[0], days[1] - days[0] < _LONG, days[1]))
    return [_Both(*days, *found[days]) for days in order]


def _runs(both: _Both) -> list[Run]:
    sides = ((False, both.articles), (True, both.mentions))
    return [Run(mentions, both.first, both.last, number) for mentions, number in sides if number]


def _sums(days: Sequence[_Both]) -> tuple[int, int]:
    return sum(one.articles for one in days), sum(one.mentions for one in days)


def _group_for(stretch: Stretch) -> Callable[[_Both], tuple[int, int]]:
    """Return what tells of something the days that share its heading."""
    if stretch.days <= _BY_DAY:
        return lambda one: (one.first, one.last if one.last - one.first >= _LONG else one.first)
    return _month_of if stretch.days <= _BY_MONTH else _year_of


def _month_of(one: _Both) -> tuple[int, int]:
    there = date.fromordinal(one.first)
    days = monthrange(there.year, there.month)[1]
    return there.replace(day=1).toordinal(), there.replace(day=days).toordinal()


def _year_of(one: _Both) -> tuple[int, int]:
    year = date.fromordinal(one.first).year
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
