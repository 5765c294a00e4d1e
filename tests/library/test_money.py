"""Sums of money in one currency: the quick ways of asking agree with comparing one by one."""

from __future__ import annotations

import math
import random

import pytest

from desktop.library import mentions, money
from desktop.model import MentionKind

RATES = {"2025-01-08": 2.0, "2025-01-09": 4.0, "2024": 3.0, "1990": None, None: None}  # of the crown, a euro
ASKED = [(1, None), (None, 8), (4, 8), (8, 8), (5, 6), (100, None), (None, None), (-8, -4), (3, 3.5)]


@pytest.fixture
def sums(fill):
    """Return (row, published, dimension, low, high in euro) of 60 sums in 15 articles."""
    random.seed(3)
    made, number = [], 0
    for n in range(15):
        published = list(RATES)[n % len(RATES)]
        row = fill.add(f"{n}", published=published)[2]
        for _ in range(4):
            number += 1
            low = float(random.choice([-2, 0, 1, 1.5, 2, 3, 4, 8]))
            high = low if random.random() < 0.6 else low + random.choice([1, 4])
            low, high = random.choice([(low, high)] * 5 + [(-math.inf, high), (low, math.inf)])
            made.append((row, published, random.choice(["EUR", "CRO", "USD"]), low, high, number))

    def store(con):
        for row, _day, dimension, low, high, number in made:
            con.execute(
                "INSERT INTO mention(id, article_id, start, end, text, kind, source, confidence)"
                " VALUES(?, ?, 0, 1, '0', 'money', 'rule', 1.0)",
                (number, row),
            )
            con.execute(
                "INSERT INTO amount(mention_id, article_id, kind, unit, dimension, base_low, base_high,"
                " euro_low, euro_high) VALUES(?1, ?2, 'money', ?3, ?3, ?4, ?5, ?4, ?5)",
                (number, row, dimension, low, high),
            )

    fill.library.write(store)
    return made


def _overlaps(low, high, asked):
    return low <= (math.inf if asked[1] is None else asked[1]) and high >= (
        -math.inf if asked[0] is None else asked[0]
    )


@pytest.mark.parametrize("many", [0, 300_000])
@pytest.mark.parametrize("asked", ASKED)
def test_money_in_euro(fill, sums, asked, many, monkeypatch):
    monkeypatch.setattr(money, "_MANY", many)  # by article, by value
    expected = {row for row, _day, _code, low, high, _n in sums if _overlaps(low, high, asked)}
    assert money.rows_worth(fill.library.reader(), *asked) == expected


@pytest.mark.parametrize("many", [0, 300_000])
@pytest.mark.parametrize("asked", ASKED)
def test_money_in_another_currency(fill, sums, asked, many, monkeypatch):
    monkeypatch.setattr(money, "_MANY", many)
    expected = {
        row
        for row, day, code, low, high, _n in sums
        if code != "CRO" and (rate := RATES[day]) and _overlaps(low * rate, high * rate, asked)
    }
    found = money.rows_worth_in(
        fill.library.reader(), *asked, extremes=(2.0, 4.0), rate_at=RATES.get, without="CRO"
    )
    assert found == expected


@pytest.mark.parametrize("many", [0, 300_000])
@pytest.mark.parametrize("asked", ASKED)
def test_money_as_written(fill, sums, asked, many, monkeypatch):
    monkeypatch.setattr(money, "_MANY", many)
    con = fill.library.reader()
    expected = {row for row, _day, _code, low, high, _n in sums if _overlaps(low, high, asked)}
    assert mentions.amounts_matching(con, None, *asked, kinds=(MentionKind.MONEY,)) == expected
    euro = {row for row, _day, code, low, high, _n in sums if code == "EUR" and _overlaps(low, high, asked)}
    assert mentions.amounts_matching(con, "EUR", *asked) == euro
