from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library import times


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-01-08", "2025-01-08", "2025-01-08"),
        ("2025-01-08T14:30", "2025-01-08", "2025-01-08"),
        ("2025-01-08TEV", "2025-01-08", "2025-01-08"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-SU", "2025-06-01", "2025-08-31"),
        ("2025-WI", "2025-12-01", "2026-02-28"),
        ("2025-W01-WE", "2025-01-04", "2025-01-05"),
        ("2025-W07-3", "2025-02-12", "2025-02-12"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
    ],
)
def test_partial_dates_are_stretches_of_days(partial, first, last):
    assert times.first_last_day(partial) == (first, last)


@pytest.mark.parametrize(
    "wrong", [None, "", "x", "2025-13", "2025-02-30", "2025-W60", "2025-Q5", "25", "20250108"]
)
def test_what_is_no_date_has_no_days(wrong):
    assert times.first_last_day(wrong) is None


@given(st.text(alphabet="0123456789-WQHXTSUPFA:", max_size=12))
def test_days_are_in_order_or_absent(partial):
    if found := times.first_last_day(partial):
        assert date.fromisoformat(found[0]) <= date.fromisoformat(found[1])


def test_now_is_in_utc():
    assert datetime.fromisoformat(times.now()).utcoffset().total_seconds() == 0
