"""Amounts and dates in words: what the side panel, the card and the dialog say of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.model import Amount, Approx, Mention, MentionKind, Period, Source
from desktop.ui.hover_card import describe
from desktop.ui.mention_words import (
    approx_words,
    base_words,
    distance_words,
    euro_words,
    found_by,
    period_days,
    period_words,
    rate_words,
    value_words,
)

BN = Decimal(10**9)


def mention(text: str, kind: MentionKind, **more: object) -> Mention:
    return replace(Mention(0, len(text), text, kind), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "words", "days"),
    [
        (Period("2025-01-08"), "8 January 2025", "8 Jan 2025"),
        (Period("2025-W02"), "week 2 of 2025", "6 – 12 Jan 2025"),
        (Period("2025-W01"), "week 1 of 2025", "30 Dec 2024 – 5 Jan 2025"),
        (Period("2025-Q3"), "quarter 3 of 2025", "Jul – Sep 2025"),
        (Period("2024-WI"), "winter 2024", "Dec 2024 – Feb 2025"),
        (Period("2025"), "2025", "2025"),
        (Period("199X"), "the 1990s", "1990 – 1999"),
        (Period(low="2025-02-10", high="2025-02-11"), "10 – 11 Feb 2025", "10 – 11 Feb 2025"),
        (Period(low="2025-01-28", high="2025-02-03"), "28 Jan – 3 Feb 2025", "28 Jan – 3 Feb 2025"),
        (Period(low="2011"), "from 2011", "from 2011"),
        (Period(high="2027-03"), "until Mar 2027", "until Mar 2027"),
        (Period("2025-01-08TEV"), "8 January 2025", "8 Jan 2025"),
    ],
)
def test_dates_say_which_days_they_mean(period: Period, words: str, days: str) -> None:
    assert period_words(period) == words
    assert period_days(period) == days


@pytest.mark.parametrize(
    ("period", "published", "expected"),
    [
        (Period("2025-01-10"), "2025-01-14", (-1, "4 days before")),
        (Period("2025-01-15"), "2025-01-14", (1, "1 day after")),
        (Period("2025-01-14"), "2025-01-14", (0, "")),
        (Period("2024-12-10"), "2025-01-14", (-1, "5 weeks before")),
        (Period("2024"), "2025-02", (-1, "1 year before")),
        (Period("2025-03"), "2025-02", (1, "1 month after")),
        (Period("2025-02-06"), "2025-02", (0, "")),
        (Period("2030-06-01"), "2025-01-14", (1, "5 years after")),
        (Period(low="2011"), "2025-01-14", (0, "")),
        (Period("2024"), None, (0, "")),
        (None, "2025-01-14", (0, "")),
    ],
)
def test_past_and_future_of_the_article_are_told_apart(
    period: Period | None, published: str | None, expected: tuple[int, str]
) -> None:
    assert distance_words(period, published) == expected


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(30 * BN, unit="USD"), "30,000,000,000 USD"),
        (Amount(low=30 * BN, high=50 * BN, unit="USD"), "30 – 50 bn USD"),
        (Amount(Decimal(200_000_000), unit="EUR", approx=Approx.GE), "≥ 200,000,000 EUR"),
        (Amount(Decimal(100), noun="landen", approx=Approx.ABOUT), "≈ 100 landen"),
        (Amount(Decimal(1_234_567), noun="huishoudens in de stad"), "1,234,567 huishoudens in de stad"),
    ],
)
def test_long_values_are_written_shortly_where_nothing_is_lost(amount: Amount, words: str) -> None:
    assert value_words(amount) == words


def test_money_of_another_currency_has_its_worth_and_says_at_which_rate() -> None:
    amount = Amount(low=30 * BN, high=50 * BN, unit="USD")
    assert euro_words(MentionKind.MONEY, amount, "2025-02") == "€ 28.8 – 48 bn"
    assert rate_words(amount, "2025-02").endswith("USD for a euro (mean of February 2025, ECB)")
    assert "14 January 2025, ECB" in rate_words(amount, "2025-01-14")
    for unit, published in (("EUR", "2025-02"), ("USD", None), ("USD", "1950")):
        assert euro_words(MentionKind.MONEY, replace(amount, unit=unit), published) == ""
    assert euro_words(MentionKind.QUANTITY, Amount(BN, unit="W"), "2025-02") == ""


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1", "GW", "1,000 MW"),
        ("2.5", "km", "2,500 m"),
        ("3", "acre", "12,141 m²"),
        ("500", "W", ""),
        ("5", "l", ""),
        ("80", "km/h", ""),
    ],
)
def test_a_quantity_is_told_in_a_smaller_unit_where_that_helps(value: str, unit: str, words: str) -> None:
    assert base_words(MentionKind.QUANTITY, Amount(Decimal(value), unit=unit)) == words


def test_hedges_have_words() -> None:
    assert approx_words(Amount(BN, approx=Approx.GE)) == "at least"
    assert approx_words(Amount(low=BN)) == "at least"
    assert approx_words(Amount(high=BN)) == "at most"
    assert approx_words(Amount(BN)) == ""


def test_every_rule_of_the_recognisers_has_words() -> None:
    from desktop.extraction.values import find_values

    text = (
        "Op 8 januari 2025 en 9-1-2025, vorige week, in 2024 en in maart: 70 miljoen euro, € 5, 12%, 40 km, "
        "25 jaar oud, 30 graden, 100 landen, 18. Tussen 30 en 50 dollar. Van 8 tot 9 mei, sinds 2011."
    )
    found = find_values(text, "nl", "2025-01-14")
    words = {mention.rule: found_by(mention) for mention in found}
    assert len(words) > 10
    assert all(said.startswith("Found by: ") and said != "Found by: " for said in words.values())
    assert len(set(words.values())) > 6
    assert found_by(replace(found[0], source=Source.USER)) == "Corrected by you"


def test_the_card_of_an_amount_says_all_that_is_known() -> None:
    amount = Amount(low=30 * BN, high=50 * BN, unit="USD")
    one = mention("30 tot 50 miljard dollar", MentionKind.MONEY, amount=amount, rule="range.money")
    card = describe(one, [one, replace(one, start=90)], (), "2025-02", "een datacenter")
    assert card.kind == "Money"
    assert card.title == "30,000,000,000 – 50,000,000,000 USD"
    assert card.lines[:3] == [
        "As written: 30 tot 50 miljard dollar", "For: een datacenter", "€ 28.8 – 48 bn",
    ]  # fmt: skip
    assert card.lines[-2:] == ["2 times in this article", "Found by: two figures that belong together"]
    hedged = mention("ruim 5", MentionKind.NUMBER, amount=Amount(Decimal(5), approx=Approx.GE))
    assert describe(hedged, [hedged], ()).kind == "Number, at least"


def test_the_card_of_a_date_says_its_days_and_from_which_day_it_was_counted() -> None:
    one = mention("vorige week", MentionKind.DATE, period=Period("2025-W02"), rule="date.relative")
    card = describe(one, [one], (), "2025-01-14")
    assert card.title == "week 2 of 2025"
    assert card.lines == [
        "As written: vorige week",
        "6 – 12 Jan 2025",
        "2 days before · article of 14 Jan 2025",
        "Found by: words that count from the date of the article",
    ]
