"""Where things stand on a line of time: buckets, ticks, bars, windows. No pixels are painted here.

Days are numbered as `datetime.date.toordinal` does. A window is a stretch of days, with fractions, that a
width in pixels shows. What lies within one bucket (a day, a week, a month …) is counted there; what is
longer is spread evenly over its buckets, so that a thousand times "2025" makes no peak in January; what has
no end, or lasts longer than a century, is not drawn at all.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
LONGEST = 36_525  #: days; what lasts longer is not drawn
CLOSEST = 7.0  #: days, the shortest window
_YEAR = 366
_MARGIN = 0.03  # of a window, left free at both ends
_CUTS = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.27, 0.34)  # shares that may be left out at an end
_LEAST_FIRST = 45.0  # days, the shortest window to begin with


class Unit(StrEnum):
    """What a bar stands for, finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_LENGTHS = {
    Unit.DAY: 1.0,
    Unit.WEEK: 7.0,
    Unit.MONTH: 30.4,
    Unit.YEAR: 365.25,
    Unit.DECADE: 3652.5,
    Unit.CENTURY: 36525.0,
}
_YEARS = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100}


def bucket_of(day: int, unit: Unit) -> int:
    """Return the number of the bucket that a day lies in; neighbours differ by one."""
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return (day - 1) // 7  # day 1 is a Monday
    there = date.fromordinal(min(max(day, FIRST), LAST))
    return there.year * 12 + there.month - 1 if unit is Unit.MONTH else there.year // _YEARS[unit]


def first_day(bucket: int, unit: Unit) -> int:
    """Return the first day of a bucket; the first or last day there is for one outside the calendar."""
    if unit is Unit.DAY:
        return min(max(bucket, FIRST), LAST)
    if unit is Unit.WEEK:
        return min(max(bucket * 7 + 1, FIRST), LAST)
    year, month = divmod(bucket, 12) if unit is Unit.MONTH else (bucket * _YEARS[unit], 0)
    if year < 1:
        return FIRST
    return LAST if year > 9999 else date(year, month + 1, 1).toordinal()


def last_day(bucket: int, unit: Unit) -> int:
    """Return the last day of a bucket."""
    after = first_day(bucket + 1, unit)
    return LAST if after == LAST else max(after - 1, FIRST)


class Window(NamedTuple):
    """A stretch of time, from the beginning of one day to the beginning of another."""

    start: float
    end: float

    @property
    def days(self) -> float:
        """How long it is."""
        return self.end - self.start

    def x_of(self, day: float, width: float) -> float:
        """Return where a day begins, in pixels from the left."""
        return (day - self.start) / self.days * width

    def day_at(self, x: float, width: float) -> float:
        """Return the moment at a pixel, in days with a fraction."""
        return self.start + x / max(width, 1.0) * self.days

    def zoomed(self, factor: float, at: float, limits: Window) -> Window:
        """Return a window `factor` times as long in which the moment `at` stays where it is."""
        days = min(max(self.days * factor, CLOSEST), max(limits.days, CLOSEST))
        share = (at - self.start) / self.days
        start = at - share * days
        return Window(start, start + days).within(limits)

    def panned(self, days: float, limits: Window) -> Window:
        """Return the window so many days later."""
        return Window(self.start + days, self.end + days).within(limits)

    def within(self, limits: Window) -> Window:
        """Return a window of this length, or the longest there is, that does not leave the limits."""
        days = min(self.days, max(limits.days, CLOSEST))
        start = min(max(self.start, limits.start), max(limits.end - days, limits.start))
        return Window(start, start + days)


class Span(NamedTuple):
    """How many things reach from one day to another."""

    first: int
    last: int
    number: int


class Bar(NamedTuple):
    """A bucket with what it holds."""

    first: int  #: day
    last: int  #: day
    x: float  #: pixels
    width: float
    number: int  #: of what lies in this bucket
    around: int  #: of what is longer and passes through it
    height: float  #: count, and this bucket's part of what is longer


class _Steps:
    """A number that changes at some buckets and stays the same between them."""

    def __init__(self, changes: Counter[int] | dict[int, float]) -> None:
        self._at = sorted(changes)
        self._sums = list(accumulate(changes[place] for place in self._at))

    def value(self, bucket: int) -> float:
        place = bisect_right(self._at, bucket)
        return self._sums[place - 1] if place else 0


class _Buckets:
    """A series counted by one unit."""

    def __init__(self, spans: Iterable[Span], unit: Unit) -> None:
        self.counts: Counter[int] = Counter()
        around: Counter[int] = Counter()
        shares: dict[int, float] = {}
        for first, last, count in spans:
            one = bucket_of(first, unit)
            other = one if last == first else bucket_of(last, unit)
            if one == other:
                self.counts[one] += count
                continue
            share = count / (other - one + 1)
            around[one] += count
            around[other + 1] -= count
            shares[one] = shares.get(one, 0.0) + share
            shares[other + 1] = shares.get(other + 1, 0.0) - share
        self.around, self.shares = _Steps(around), _Steps(shares)

    def height(self, bucket: int) -> float:
        # What was added and taken away again leaves a trace of rounding.
        return self.counts.get(bucket, 0) + max(round(self.shares.value(bucket), 6), 0.0)


class Series:
    """Things in time that are drawn together."""

    def __init__(self, spans: Iterable[tuple[int, int, int]]) -> None:
        """Spans are (first day, last day, how many)."""
        every = [Span(*span) for span in spans]
        self.spans = sorted(span for span in every if span.last - span.first <= LONGEST)
        self.total = sum(span.number for span in every)  #: of all, also those that are not drawn
        self.drawn = sum(span.number for span in self.spans)
        self._by_unit: dict[Unit, _Buckets] = {}

    def buckets(self, unit: Unit) -> _Buckets:
        """Return the series counted by a unit; the first time this takes a moment."""
        if unit not in self._by_unit:
            self._by_unit[unit] = _Buckets(self.spans, unit)
        return self._by_unit[unit]

    def prepare(self) -> None:
        """Count by every unit now, so that no zooming waits for it."""
        for unit in Unit:
            self.buckets(unit)

    def bars(self, window: Window, width: float, unit: Unit) -> list[Bar]:
        """Return what there is to draw in a window of so many pixels, left to right."""
        buckets = self.buckets(unit)
        found = []
        for bucket in _buckets_in(window, unit):
            height = buckets.height(bucket)
            if height:
                count, around = buckets.counts.get(bucket, 0), round(buckets.around.value(bucket))
                found.append(_bar(bucket, unit, window, width, (count, around, height)))
        return found

    def bar_at(self, day: int, window: Window, width: float, unit: Unit) -> Bar:
        """Return the bucket that a day lies in, also when it is empty."""
        bucket, buckets = bucket_of(day, unit), self.buckets(unit)
        numbers = (buckets.counts.get(bucket, 0), round(buckets.around.value(bucket)), buckets.height(bucket))
        return _bar(bucket, unit, window, width, numbers)

    def number_in(self, first: int, last: int) -> int:
        """Return how many things lie in these days, wholly or in part, of those that are drawn."""
        until = bisect_right(self.spans, (last, LAST + 1, 0))
        return sum(span.number for span in self.spans[:until] if span.last >= first)


def _bar(bucket: int, unit: Unit, window: Window, width: float, numbers: tuple[int, int, float]) -> Bar:
    first, last = first_day(bucket, unit), last_day(bucket, unit)
    x = window.x_of(first, width)
    return Bar(first, last, x, window.x_of(last + 1, width) - x, *numbers)


def _buckets_in(window: Window, unit: Unit) -> range:
    first = bucket_of(math.floor(window.start), unit)
    last = bucket_of(max(math.ceil(window.end) - 1, math.floor(window.start)), unit)
    return range(first, last + 1)


def unit_for(window: Window, width: float, least: float = 5.0) -> Unit:
    """Return the finest unit whose bars are at least so many pixels wide."""
    for unit in Unit:
        if _LENGTHS[unit] / window.days * width >= least:
            return unit
    return Unit.CENTURY


# Windows to begin with


def whole(series: Sequence[Series], today: int) -> Window:
    """Return the window of everything that is drawn, with a margin; for nothing, the year around today."""
    spans = [span for one in series for span in one.spans]
    if not spans:
        return Window(max(today - 183, FIRST), min(today + 183, LAST))
    first, last = min(span.first for span in spans), max(span.last for span in spans) + 1
    return _roomy(first, last, CLOSEST * 2)


def most(series: Sequence[Series], today: int) -> Window:
    """Return the window in which most of the material lies: not the few dates of centuries ago.

    What is longer than a year has no say in this.
    """
    ends = [_most_of(one) for one in series if any(_is_short(span) for span in one.spans)]
    everything = whole(series, today)
    if not ends:
        return everything
    window = _roomy(min(first for first, _last in ends), max(last for _first, last in ends), _LEAST_FIRST)
    return window.within(everything) if window.days < everything.days else everything


@dataclass(frozen=True, slots=True)
class Ends:
    """The windows to begin with, of some series: everything, and where most of it is."""

    today: int
    whole: Window
    most: Window


def ends(series: Sequence[Series], today: int) -> Ends:
    """Return the windows of these series; of very many spans that takes a while."""
    return Ends(today, whole(series, today), most(series, today))


def _is_short(span: Span) -> bool:
    return span.last - span.first <= _YEAR


def _most_of(series: Series) -> tuple[float, float]:
    """Return the stretch that holds much of a series in little time.

    Leaving out a few far away has to make the stretch very much shorter: a third less may remain where it is
    then a tenth as long.
    """
    spans = sorted(
        (span for span in series.spans if _is_short(span)), key=lambda span: span.first + span.last
    )
    sums = list(accumulate(span.number for span in spans))
    total = sums[-1]

    def worth(ends: tuple[int, int]) -> float:
        low, high = ends
        held = (sums[high] - (sums[low - 1] if low else 0)) / total
        return float(held**3 / math.sqrt(max(spans[high].last + 1 - spans[low].first, _LEAST_FIRST)))

    lows = {bisect_right(sums, total * cut) for cut in _CUTS}
    highs = {bisect_left(sums, total * (1 - cut)) for cut in _CUTS}
    low, high = max(((low, high) for low in sorted(lows) for high in highs if low <= high), key=worth)
    return spans[low].first, spans[high].last + 1


def _roomy(first: float, last: float, least: float) -> Window:
    days = max((last - first) * (1 + 2 * _MARGIN), least)
    start = (first + last - days) / 2
    limits = Window(FIRST, LAST)
    return Window(start, start + days).within(limits)


# Ticks


class Tick(NamedTuple):
    """A line on the axis; `room` is how many pixels its words may take, to the right of x."""

    day: int
    unit: Unit
    x: float
    room: float


_LADDER: tuple[tuple[Unit, int], ...] = (
    (Unit.DAY, 1),
    (Unit.WEEK, 1),
    (Unit.MONTH, 1),
    (Unit.MONTH, 3),
    *((Unit.YEAR, step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)
Room = Callable[[Unit], float]  # pixels that the widest words for a unit take, with the space around them


def ticks(window: Window, width: float, room: Room) -> list[Tick]:
    """Return the ticks of the axis: as many as can be without their words meeting."""
    unit, step = next(
        (
            (unit, step)
            for unit, step in _LADDER
            if _shortest(unit) * step / window.days * width >= room(unit)
        ),
        _LADDER[-1],
    )
    found = [bucket for bucket in _buckets_in(window, unit) if bucket % step == 0]
    return _ticks_at(found, unit, step, window, width)


def contexts(window: Window, width: float, room: Room, below: Unit) -> list[Tick]:
    """Return what ticks of the unit `below` lie in: months over days, years over months, else nothing.

    The first begins at the left edge and says what the edge lies in.
    """
    unit = {Unit.DAY: Unit.MONTH, Unit.WEEK: Unit.MONTH, Unit.MONTH: Unit.YEAR}.get(below)
    if unit is None:
        return []
    found = _ticks_at(list(_buckets_in(window, unit)), unit, 1, window, width)
    found = [tick._replace(x=max(tick.x, 0.0), room=tick.room + min(tick.x, 0.0)) for tick in found]
    # A stretch whose words do not fit goes without; its neighbours say enough.
    return [tick for tick in found if min(tick.room, width - tick.x) >= room(unit)]


def _shortest(unit: Unit) -> float:
    return {Unit.MONTH: 28.0, Unit.YEAR: 365.0}.get(unit, _LENGTHS[unit])


def _ticks_at(buckets: list[int], unit: Unit, step: int, window: Window, width: float) -> list[Tick]:
    found = []
    for bucket in buckets:
        day = first_day(bucket, unit)
        x = window.x_of(day, width)
        found.append(Tick(day, unit, x, window.x_of(first_day(bucket + step, unit), width) - x))
    return found


# A stretch that somebody chooses


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from first to last, both included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def holds(self, day: float) -> bool:
        """Tell whether a moment lies in it."""
        return self.first <= day < self.last + 1


def stretch(one: float, other: float, unit: Unit) -> Stretch:
    """Return the whole buckets between two moments, in either order."""
    low, high = sorted((math.floor(one), math.floor(other)))
    return Stretch(first_day(bucket_of(low, unit), unit), last_day(bucket_of(high, unit), unit))


def scale(highest: float, pixels: float) -> float:
    """Return the pixels for one thing, so that the highest bar just fits; nothing for no bars."""
    return pixels / highest if highest > 0 else 0.0
