"""The chart of amounts: axes whose labels never touch, marks in their places, what lies under a pointer."""

from __future__ import annotations

import datetime as dt
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.amounts import Chart, Figure, Span, Words, lay_out, material


def _time(day: dt.date, span: Span, with_year: bool) -> str:
    if span is Span.DAY and not with_year:
        return day.strftime("%m-%d").ljust(10)
    return {Span.DAY: day.isoformat(), Span.MONTH: day.strftime("%b %Y"), Span.YEAR: str(day.year)}[span]


WORDS = Words(lambda value: f"{value:g}", _time, lambda text: 7.0 * len(text), 14.0)


def chart_of(*figures: Figure, width: float = 1000, height: float = 220) -> Chart:
    return lay_out(material(figures), width, height, WORDS)


def one(day: str, low: float, high: float | None = None, count: int = 1, id: int = 1) -> Figure:
    return Figure(day, low, low if high is None else high, count, id)


def test_later_stands_further_right_and_more_further_up() -> None:
    chart = chart_of(one("2025-01-08", 1e6), one("2025-03-01", 1e9, id=2))
    first, second = chart.marks
    assert first.x < second.x
    assert first.y > second.y
    assert chart.left <= first.x <= chart.right
    assert chart.top <= second.y <= chart.bottom


def test_a_tenfold_is_always_as_high() -> None:
    chart = chart_of(one("2025-01-01", 1), one("2025-01-01", 10, id=2), one("2025-01-01", 100, id=3))
    ys = [mark.y for mark in chart.marks]
    assert ys[1] - ys[0] == pytest.approx(ys[2] - ys[1])


def test_a_range_is_a_bar_and_an_open_end_reaches_on() -> None:
    bar, open_up, open_down = chart_of(
        one("2025-01-01", 30e9, 50e9),
        one("2025-02-01", 1e6, math.inf, id=2),
        one("2025-03-01", -math.inf, 1e8, id=3),
    ).marks
    assert bar.bottom > bar.top
    assert (open_up.opens_up, open_down.opens_down) == (True, True)
    assert open_up.top < open_up.bottom
    assert open_down.bottom > open_down.top


def test_amounts_in_one_place_are_one_larger_dot() -> None:
    same = [one("2025-01-08", 5e6, id=number) for number in range(5)]
    big, small = chart_of(*same, one("2025-02-08", 5e6, id=9)).marks
    assert (big.count, small.count) == (5, 1)
    assert set(big.ids) == {0, 1, 2, 3, 4}
    assert big.radius > small.radius


def test_what_is_under_the_pointer() -> None:
    chart = chart_of(one("2025-01-08", 1e6), one("2025-06-08", 30e9, 50e9, id=2))
    dot, bar = chart.marks
    assert chart.at(dot.x + 3, dot.y + 3) is dot
    assert chart.at(bar.x, (bar.top + bar.bottom) / 2) is bar
    assert chart.at((dot.x + bar.x) / 2, dot.y) is None
    assert chart.mark_of(2) is bar
    assert chart.neighbour(dot, 1) is bar
    assert chart.neighbour(bar, 1) is bar


def test_nothing_to_show_is_no_fault() -> None:
    assert lay_out(material(()), 800, 200, WORDS).marks == ()
    assert chart_of(one("2025-01-08", 5), width=10, height=5).marks == ()


@given(
    days=st.lists(st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)), min_size=1, max_size=5),
    exponents=st.lists(st.floats(-3, 16), min_size=1, max_size=5),
    width=st.integers(90, 3000),
    height=st.integers(70, 900),
)
def test_labels_never_touch_and_marks_stay_inside(
    days: list[dt.date], exponents: list[float], width: int, height: int
) -> None:
    figures = [
        one(day.isoformat(), 10**exponent, id=number)
        for number, (day, exponent) in enumerate(itertools.product(days, exponents))
    ]
    chart = lay_out(material(figures), width, height, WORDS)
    for before, after in itertools.pairwise(chart.times):
        assert before.place + WORDS.width(before.text) / 2 < after.place - WORDS.width(after.text) / 2
    for before, after in itertools.pairwise(chart.values):
        assert before.place - after.place >= WORDS.line
    for mark in chart.marks:
        assert chart.left - 1 <= mark.x <= chart.right + 1
        assert chart.top - 0.1 <= mark.top <= mark.bottom <= chart.bottom + 0.1


@pytest.mark.parametrize(
    ("last", "expected"), [("2025-01-20", "2025-01-"), ("2025-06-01", "Feb 2025"), ("2045-01-01", "2030")]
)
def test_time_is_divided_as_people_do(last: str, expected: str) -> None:
    texts = [tick.text for tick in chart_of(one("2025-01-01", 5), one(last, 7)).times]
    assert any(text.startswith(expected) for text in texts), texts


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2025-01-06", "2025-01-08", {"2025"}), ("2024-12-28", "2025-01-04", {"2024", "2025"})],
)
def test_days_say_their_year_once(first: str, last: str, expected: set[str]) -> None:
    texts = [tick.text for tick in chart_of(one(first, 5), one(last, 7, id=2)).times]
    years = [text[:4] for text in texts if text.startswith("20")]
    assert len(texts) > len(years)
    assert sorted(years) == sorted(expected)
    assert texts[0].startswith("20")
