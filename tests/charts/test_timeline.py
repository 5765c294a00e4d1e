"""Where things stand on the line of time: nothing is drawn where it is not, and no words meet."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest

from desktop.charts import timeline
from desktop.charts.timeline import FIRST, LAST, Series, Unit, Window

TODAY = date(2025, 6, 1).toordinal()
LIMITS = Window(day := date(1990, 1, 1).toordinal(), day + 20_000)


def o(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize("unit", Unit)
def test_every_day_lies_in_its_bucket_and_buckets_follow_each_other(unit):
    rng = random.Random(3)
    for day in [FIRST, LAST, *(rng.randrange(FIRST, LAST) for _ in range(200))]:
        bucket = timeline.bucket_of(day, unit)
        first, last = timeline.first_day(bucket, unit), timeline.last_day(bucket, unit)
        assert first <= day <= last
        if last < LAST:
            assert timeline.first_day(bucket + 1, unit) == last + 1


def test_a_week_begins_on_monday():
    bucket = timeline.bucket_of(o("2025-01-09"), Unit.WEEK)
    assert timeline.first_day(bucket, Unit.WEEK) == o("2025-01-06")


def test_zooming_keeps_what_is_under_the_pointer():
    window = Window(o("2020-01-01"), o("2024-01-01"))
    at = window.day_at(300, 1000)
    closer = window.zoomed(0.5, at, LIMITS)
    assert closer.days == pytest.approx(window.days / 2)
    assert closer.x_of(at, 1000) == pytest.approx(300)


def test_a_window_never_leaves_its_limits_nor_gets_too_short():
    window = Window(o("2020-01-01"), o("2024-01-01"))
    assert window.panned(1e7, LIMITS).end == LIMITS.end
    assert window.panned(-1e7, LIMITS).start == LIMITS.start
    assert window.zoomed(1e6, window.start, LIMITS) == LIMITS
    assert window.zoomed(1e-9, window.start + 5, LIMITS).days == timeline.CLOSEST


def test_a_day_is_counted_in_the_bucket_it_lies_in():
    series = Series([(o("2025-01-08"), o("2025-01-08"), 3), (o("2025-01-31"), o("2025-01-31"), 1)])
    window = Window(o("2025-01-01"), o("2025-03-01"))
    bars = series.bars(window, 590, Unit.MONTH)
    assert [(bar.number, bar.around, bar.height) for bar in bars] == [(4, 0, 4)]
    assert (bars[0].first, bars[0].last, bars[0].x) == (o("2025-01-01"), o("2025-01-31"), 0)
    assert bars[0].width == pytest.approx(310)


def test_a_year_is_spread_over_its_months_and_makes_no_peak_in_january():
    series = Series([(o("2025-01-01"), o("2025-12-31"), 1200)])
    bars = series.bars(Window(o("2024-06-01"), o("2026-06-01")), 1000, Unit.MONTH)
    assert len(bars) == 12
    assert {bar.height for bar in bars} == {100}
    assert {(bar.number, bar.around) for bar in bars} == {(0, 1200)}
    by_year = series.bars(Window(o("2024-06-01"), o("2026-06-01")), 1000, Unit.YEAR)
    assert [(bar.number, bar.height) for bar in by_year] == [(1200, 1200)]


def test_what_has_no_end_is_not_drawn_and_does_not_stretch_the_window():
    series = Series([(o("2023-01-01"), LAST, 50), (o("2024-05-01"), o("2024-05-01"), 1), (FIRST, LAST, 2)])
    assert (series.total, series.drawn) == (53, 1)
    window = timeline.whole([series], TODAY)
    assert window.start > o("2024-01-01")
    assert window.end < o("2025-01-01")


def test_heights_of_a_bucket_add_up_to_what_there_is():
    rng = random.Random(8)
    spans = []
    for _ in range(400):
        first = rng.randrange(o("2010-01-01"), o("2020-01-01"))
        spans.append((first, first + rng.choice([0, 0, 0, 1, 6, 30, 365, 3650]), rng.randrange(1, 5)))
    series = Series(spans)
    for unit in Unit:
        bars = series.bars(timeline.whole([series], TODAY), 1000, unit)
        assert sum(bar.height for bar in bars) == pytest.approx(
            sum(count for *_days, count in spans), rel=1e-4
        )


def test_the_first_window_is_where_most_of_the_material_is():
    recent = [(o("2020-01-01") + n, o("2020-01-01") + n, 5) for n in range(1500)]
    series = Series([*recent, (o("1648-05-15"), o("1648-05-15"), 2), (o("2090-01-01"), o("2090-12-31"), 1)])
    window = timeline.most([series], TODAY)
    assert o("2019-01-01") < window.start < o("2020-03-01")
    assert o("2023-11-01") < window.end < o("2025-01-01")
    everything = timeline.whole([series], TODAY)
    assert everything.start < o("1648-05-15")
    assert everything.end > o("2090-12-31")


def test_the_first_window_shows_articles_and_dates():
    articles = Series([(o("2024-01-01"), o("2024-01-01"), 9)])
    dates = Series([(o("2010-01-01"), o("2010-01-01"), 1)])
    window = timeline.most([articles, dates], TODAY)
    assert window.start < o("2010-01-01") < o("2024-01-01") < window.end


def test_one_date_of_centuries_ago_among_a_few_does_not_make_the_first_window_long():
    dates = [
        o("2025-01-08"),
        o("2025-03-01"),
        o("2025-03-17"),
        o("2025-05-01"),
        o("1648-05-15"),
        o("2090-12-01"),
    ]
    window = timeline.most([Series([(day, day, 1) for day in dates])], TODAY)
    assert o("2024-11-01") < window.start < o("2025-01-08")
    assert o("2025-05-01") < window.end < o("2025-07-01")


def test_one_day_of_material_still_has_a_window():
    window = timeline.most([Series([(TODAY, TODAY, 1)])], TODAY)
    assert window.start <= TODAY <= window.end
    assert window.days >= timeline.CLOSEST
    assert timeline.most([Series([])], TODAY).days > 300


def test_ticks_never_meet_from_a_week_to_all_of_time():
    rng = random.Random(5)
    for _ in range(300):
        days = 10 ** rng.uniform(0.9, 6.5)
        start = rng.uniform(FIRST, max(LAST - days, FIRST + 1))
        window, width = Window(start, min(start + days, LAST)), rng.uniform(300, 2500)
        rooms = {Unit.DAY: 24, Unit.WEEK: 26, Unit.MONTH: 34, Unit.YEAR: 42}
        found = timeline.ticks(window, width, rooms.__getitem__)
        assert found, window
        for one, other in pairwise(found):
            assert other.x - one.x >= rooms[one.unit] - 0.01
        above = timeline.contexts(
            window, width, lambda unit: 110 if unit is Unit.MONTH else 44, found[0].unit
        )
        for one, other in pairwise(above):
            assert other.x - one.x >= (110 if one.unit is Unit.MONTH else 44) - 0.01
        assert all(tick.x >= 0 for tick in above)


def test_the_left_edge_says_in_which_year_it_lies():
    window = Window(o("2024-03-15"), o("2024-09-01"))
    found = timeline.ticks(window, 1000, lambda unit: 60)
    assert found[0].unit is Unit.MONTH
    above = timeline.contexts(window, 1000, lambda unit: 40, Unit.MONTH)
    assert [(tick.day, tick.x) for tick in above] == [(o("2024-01-01"), 0)]


def test_bars_become_coarser_as_the_window_grows():
    units = [
        timeline.unit_for(Window(1000, 1000 + days), 1000) for days in (30, 300, 3000, 40_000, 400_000, 3e6)
    ]
    assert units == [Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR, Unit.DECADE, Unit.CENTURY]


def test_a_stretch_has_whole_buckets_whichever_way_it_was_drawn():
    one = timeline.stretch(o("2025-03-10") + 0.3, o("2025-01-20") + 0.9, Unit.MONTH)
    assert (one.first, one.last) == (o("2025-01-01"), o("2025-03-31"))
    assert one.holds(o("2025-03-31") + 0.99)
    assert not one.holds(o("2025-04-01"))


def test_the_bucket_at_a_day_is_told_also_when_it_is_empty():
    series = Series([(o("2025-01-08"), o("2025-01-08"), 3)])
    window = Window(o("2024-01-01"), o("2026-01-01"))
    bar = series.bar_at(o("2024-05-20"), window, 800, Unit.MONTH)
    assert (bar.first, bar.last, bar.number) == (o("2024-05-01"), o("2024-05-31"), 0)
    assert series.bar_at(o("2025-01-30"), window, 800, Unit.MONTH).number == 3


def test_what_lies_in_a_stretch_is_counted_once():
    series = Series([(o("2025-01-08"), o("2025-01-09"), 3), (o("2025-01-01"), o("2025-12-31"), 2)])
    assert series.number_in(o("2025-01-09"), o("2025-01-20")) == 5
    assert series.number_in(o("2025-01-10"), o("2025-01-20")) == 2
    assert series.number_in(o("2026-01-10"), o("2026-01-20")) == 0
