"""Where everything stands in the chart of amounts through time: pure geometry, in pixels from the top left.

Time runs from left to right, worth from below to above on a logarithmic scale. Words come from the caller.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Final

MARGIN: Final = 8  # pixels around the plot
_GAP: Final = 10  # between two labels, and between a label and what it belongs to
_DOT: Final = (4.0, 11.0)  # radius of one amount, and of very many
_CELL: Final = 2.4  # radius of a dot that stands for a cell
_NEAR: Final = 3  # pixels: amounts as close as this are one dot
_OPEN: Final = 26  # pixels that a range without an end reaches at least
_ROOM: Final = 0.03  # of the time shown, free at both ends
_STEPS_IN_DECADE: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the chart is made from: an amount, or `count` close ones. Infinite ends are open."""

    day: str  #: YYYY-MM-DD
    low: float
    high: float
    count: int
    id: int  #: of the amount, or of one of them


class Span(Enum):
    """What a label of the time axis names."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its label, at a pixel of its axis."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot (top == bottom) or the bar of a range. count: how many amounts it stands for."""

    x: float
    top: float
    bottom: float
    radius: float
    count: int
    ids: tuple[int, ...]  #: of the amounts that are known one by one
    opens_up: bool = False
    opens_down: bool = False

    @property
    def y(self) -> float:
        """Return the middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is laid out. Marks are in the order of x."""

    left: float
    top: float
    right: float
    bottom: float
    values: tuple[Tick, ...]
    times: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    days: tuple[float, float] = (0.0, 1.0)  #: ordinals at the left and right edge
    decades: tuple[float, float] = (0.0, 1.0)  #: powers of ten at the bottom and top

    def x(self, day: float) -> float:
        """Return where a day stands (as ordinal; a fraction is a time of it)."""
        first, last = self.days
        return self.left + (day - first) / (last - first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a worth stands; what is outside the chart stands at its edge."""
        low, high = self.decades
        share = (math.log10(value) - low) / (high - low) if value > 0 else 0.0
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)

    def mark_of(self, id_: int) -> Mark | None:
        """Return the mark that holds an amount."""
        return next((mark for mark in self.marks if id_ in mark.ids), None)

    def at(self, x: float, y: float, reach: float = 8.0) -> Mark | None:
        """Return the mark nearest to a place, at most `reach` pixels from its edge."""
        far = reach + _DOT[1]
        first = bisect_left(self.marks, x - far, key=lambda mark: mark.x)
        nearest, least = None, reach
        for mark in self.marks[first:]:
            if mark.x > x + far:
                break
            beside = max(mark.top - y, y - mark.bottom, 0.0)
            distance = math.hypot(mark.x - x, beside) - mark.radius
            if distance <= least:
                nearest, least = mark, distance
        return nearest

    def neighbour(self, mark: Mark, by: int) -> Mark:
        """Return the mark `by` places later in time; the last one has none after it."""
        place = self.marks.index(mark) + by
        return self.marks[min(max(place, 0), len(self.marks) - 1)]


@dataclass(frozen=True, slots=True)
class Words:
    """What the caller's language and font say."""

    value: Callable[[float], str]  #: "10 mln"
    time: Callable[[date, Span, bool], str]  #: "jan 2025"; whether a day is said with its year
    width: Callable[[str], float]  #: of a label in pixels
    line: float  #: height of a label in pixels


@dataclass(frozen=True, slots=True)
class Material:
    """What a chart is made of, with the ends of its axes; see `material`."""

    figures: tuple[Figure, ...] = ()
    dense: bool = False
    days: tuple[float, float] = (0.0, 1.0)  #: ordinals
    decades: tuple[float, float] = (0.0, 1.0)  #: powers of ten


def material(figures: Sequence[Figure], *, dense: bool = False) -> Material:
    """Make ready what does not depend on the size of the picture.

    dense: the figures are the cells of a grid, so many that a dot that grew with its count would hide others.
    """
    if not figures:
        return Material()
    return Material(tuple(figures), dense, _days(figures), _decades(figures))


def lay_out(shown: Material, width: float, height: float, words: Words) -> Chart:
    """Place everything in a picture of this size; without figures there is nothing but the plot's edge."""
    chart = axes(shown, width, height, words)
    return with_marks(chart, marks(shown, chart)) if chart.values else chart


def with_marks(chart: Chart, found: tuple[Mark, ...]) -> Chart:
    """Return a chart of `axes` with these marks."""
    return replace(chart, marks=found)


def axes(shown: Material, width: float, height: float, words: Words) -> Chart:
    """Return the chart without its marks: quick, however much is shown."""
    top, bottom = MARGIN + words.line / 2, height - words.line - _GAP - MARGIN
    if not shown.figures or bottom - top < words.line or width < 80:
        return Chart(MARGIN, top, width - MARGIN, bottom, (), (), ())
    low, high = shown.decades
    levels = [(level, words.value(level)) for level in _levels(low, high, bottom - top, words.line)]
    left = MARGIN + max(words.width(text) for _level, text in levels) + _GAP
    right = width - MARGIN * 2
    empty = Chart(left, top, right, bottom, (), (), (), shown.days, (low, high))
    return replace(
        empty,
        values=tuple(Tick(empty.y(level), text) for level, text in levels),
        times=_times(empty, words),
    )


# Axes


def _decades(points: Sequence[Figure]) -> tuple[float, float]:
    """Return the ends of the value axis as powers of ten."""
    known = [end for point in points for end in (point.low, point.high) if 0 < end < math.inf]
    if not known:
        return 0.0, 1.0
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    return float(low), float(max(high, low + 1))


def _levels(low: float, high: float, room: float, line: float) -> list[float]:
    """Return the values that get a line: of each decade three, one, or of each so many decades one."""
    decades = round(high - low)
    most = max(room / (line * 1.6), 1)
    if decades * len(_STEPS_IN_DECADE) < most:
        exponents = range(round(low), round(high) + 1)
        found = [step * 10.0**exponent for exponent in exponents for step in _STEPS_IN_DECADE]
        return [level for level in found if level <= 10.0**high]
    every = math.ceil(decades / most)
    return [10.0**exponent for exponent in range(round(low), round(high) + 1, every)]


def _days(points: Sequence[Figure]) -> tuple[float, float]:
    """Return the ends of the time axis as ordinals of days."""
    ordinals = [date.fromisoformat(day).toordinal() for day in {point.day for point in points}]
    first, last = min(ordinals), max(ordinals)
    room = max((last - first) * _ROOM, 10.0)
    return first - room, last + room


def _steps(first: float, last: float) -> Iterator[tuple[Span, Iterator[date]]]:
    """Yield ever coarser ways to divide the time, each with its days."""
    start = date.fromordinal(max(math.floor(first), 1))
    for days in (1, 2, 7, 14):
        if (last - first) / days < 60:
            yield Span.DAY, _every_days(start, last, days)
    for months in (1, 2, 3, 6):
        if (last - first) / (30 * months) < 100:
            yield Span.MONTH, _every_months(start, last, months)
    for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        yield Span.YEAR, _every_months(start, last, 12 * years)


def _every_days(start: date, last: float, days: int) -> Iterator[date]:
    while start.toordinal() <= last:
        yield start
        start += timedelta(days)


def _every_months(start: date, last: float, months: int) -> Iterator[date]:
    """Yield the first days of months, on round numbers of them."""
    number = -(-(start.year * 12 + start.month - 1 + (start.day > 1)) // months) * months
    while 12 <= number < 12 * 10_000:
        day = date(number // 12, number % 12 + 1, 1)
        if day.toordinal() > last:
            return
        yield day
        number += months


def _times(chart: Chart, words: Words) -> tuple[Tick, ...]:
    """Return the finest division of time whose labels do not touch, nor stand out of the plot.

    Of days the first one says its year, and each that begins another.
    """
    for span, days in _steps(*chart.days):
        ticks_and_widths: list[tuple[Tick, float]] = []
        said = None  # the year
        for day in days:
            tick = Tick(chart.x(day.toordinal()), words.time(day, span, day.year != said))
            width = words.width(tick.text)
            if tick.place - width / 2 >= chart.left - _GAP and tick.place + width / 2 <= chart.right + MARGIN:
                ticks_and_widths.append((tick, width))
                said = day.year
        pairs = itertools.pairwise(ticks_and_widths)
        if ticks_and_widths and all(
            b.place - a.place >= (width_a + width_b) / 2 + 2 * _GAP for (a, width_a), (b, width_b) in pairs
        ):
            return tuple(tick for tick, _width in ticks_and_widths)
    return ()


# Marks


def marks(shown: Material, chart: Chart) -> tuple[Mark, ...]:
    """Return where the figures stand in a chart, in the order of x; those that would touch are one mark."""
    fixed = _CELL if shown.dense else None
    places: dict[str, float] = {}
    found: dict[tuple[int, int, int, bool, bool], Mark] = {}
    for point in shown.figures:
        across = places.get(point.day)
        if across is None:
            across = places[point.day] = chart.x(date.fromisoformat(point.day).toordinal() + 0.5)
        opens_up, opens_down = point.high == math.inf, point.low == -math.inf
        lowest = chart.y(point.high if opens_down or point.low <= 0 else point.low)
        highest = chart.y(point.low if opens_up else point.high)
        if opens_up:
            highest = max(lowest - _OPEN, chart.top)
        if opens_down:
            lowest = min(highest + _OPEN, chart.bottom)
        near = [round(place / _NEAR) for place in (across, highest, lowest)]
        key = (near[0], near[1], near[2], opens_up, opens_down)
        before = found.get(key)
        if before is None:
            radius = fixed or _radius(point.count)
            found[key] = Mark(across, highest, lowest, radius, point.count, (point.id,), opens_up, opens_down)
        else:
            count = before.count + point.count
            ids = (*before.ids, point.id)
            found[key] = Mark(
                before.x, before.top, before.bottom, fixed or _radius(count), count, ids, opens_up, opens_down
            )
    return tuple(sorted(found.values(), key=lambda mark: (mark.x, mark.top)))


def _radius(count: int) -> float:
    """Return the radius of a dot: its area grows with the logarithm of how many it stands for."""
    return min(_DOT[0] * math.sqrt(1 + math.log2(count) / 2), _DOT[1])
