"""Amounts: kinds, ranges, hedges, what they measure, and what is typed in a query."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.amounts import find_amounts, measure, measure_amount, read_amount
from desktop.extraction.values import find_values
from desktop.model import LANGUAGES, Amount, Approx, Mention, MentionKind

D = Decimal


def only(text: str, lang: str = "nl") -> Mention:
    found = find_amounts(text, lang)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        (
            "tussen de 30 en 50 miljard dollar",
            "money",
            Amount(low=D(30_000_000_000), high=D(50_000_000_000), unit="USD"),
        ),
        ("$30-50bn", "money", Amount(low=D(30_000_000_000), high=D(50_000_000_000), unit="USD")),
        ("10 à 15 procent", "percent", Amount(low=D(10), high=D(15), unit="%")),
        ("5 of 6 maanden", "duration", Amount(low=D(5), high=D(6), unit="mo")),
        ("ruim € 1,2 mln", "money", Amount(value=D(1_200_000), unit="EUR", approx=Approx.GE)),
        ("bijna 1.500 euro", "money", Amount(value=D(1500), unit="EUR", approx=Approx.LT)),
        ("hooguit 200 toeschouwers", "count", Amount(value=D(200), noun="toeschouwers", approx=Approx.LE)),
        ("ongeveer 100 landen", "count", Amount(value=D(100), noun="landen", approx=Approx.ABOUT)),
        ("45 k€", "money", Amount(value=D(45_000), unit="EUR")),
        ("23 cent per kilometer", "money", Amount(value=D("0.23"), unit="EUR/km")),
        ("€ 6.500 per m2", "money", Amount(value=D(6500), unit="EUR/m2")),
        ("15 dollar en 15 cent", "money", Amount(value=D("15.15"), unit="USD")),
        ("min tien graden", "temperature", Amount(value=D(-10), unit="°")),
        ("5 graden onder nul", "temperature", Amount(value=D(-5), unit="°")),
        ("0,2 procentpunt", "quantity", Amount(value=D("0.2"), unit="pp")),
        ("1 uur en 15 minuten", "duration", Amount(value=D("1.25"), unit="h")),
        ("tientallen miljoenen euro's", "money", Amount(low=D(20_000_000), unit="EUR", approx=Approx.ABOUT)),
        ("een paar honderd mensen", "count", Amount(low=D(200), noun="mensen", approx=Approx.ABOUT)),
        ("twee derde", "number", None),
        ("46 F-35's", "count", Amount(value=D(46), noun="F-35's")),
        ("82 jaar oud", "age", Amount(value=D(82), unit="a")),
        ("500 of meer bedrijven", "number", Amount(value=D(500), approx=Approx.GE)),
    ],
)
def test_one_amount(text: str, kind: str, amount: Amount | None) -> None:
    mention = only(text)
    assert (mention.text, mention.kind) == (
        text if kind != "number" or amount is None else "500 of meer",
        MentionKind(kind),
    )
    if amount is not None:
        assert mention.amount == amount


def test_a_change_is_two_values_with_one_unit() -> None:
    before, after = find_amounts("De rente ging van 3,9 naar 3,6 procent.", "nl")
    assert before.amount == Amount(value=D("3.9"), unit="%")
    assert after.amount == Amount(value=D("3.6"), unit="%")
    assert (before.text, after.text) == ("3,9", "3,6 procent")


def test_every_mention_says_what_found_it() -> None:
    text = "Op 1 mei 2024 kostte 5 kilo € 12,50, goed voor 3% van 40 leden en 1/2 liter."
    rules = [mention.rule for mention in find_values(text, "nl", None)]
    assert all("." in rule or rule == "number" for rule in rules)
    assert {"date.day", "money.sign", "percent.sign", "count.noun"} <= set(rules)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1mld", Amount(value=D(1_000_000_000))),
        ("30mld", Amount(value=D(30_000_000_000))),
        ("10mln€", Amount(value=D(10_000_000), unit="EUR")),
        ("€ 5 mln", Amount(value=D(5_000_000), unit="EUR")),
        ("$1bn", Amount(value=D(1_000_000_000), unit="USD")),
        ("1GW", Amount(value=D(1), unit="GW")),
        ("100 landen", Amount(value=D(100), noun="landen")),
        ("1,5", Amount(value=D("1.5"))),
        ("1.000 megawatt", Amount(value=D(1000), unit="MW")),
        ("30..50", None),
        ("hallo", None),
        ("", None),
        ("€", None),
        ("5 euro en nog wat", None),
    ],
)
def test_what_is_typed_in_a_query(typed: str, amount: Amount | None) -> None:
    assert read_amount(typed, "nl") == amount


@pytest.mark.parametrize(
    ("amount", "measured"),
    [
        (Amount(value=D(5), unit="EUR"), ("EUR", 5.0, 5.0)),
        (Amount(value=D(1), unit="GW"), ("power", 1e9, 1e9)),
        (Amount(value=D(1000), unit="MW"), ("power", 1e9, 1e9)),
        (Amount(value=D(2), unit="ha"), ("area", 20_000.0, 20_000.0)),
        (Amount(value=D(100), noun="landen", approx=Approx.ABOUT), ("count", 90.0, 110.0)),
        (Amount(value=D(100), approx=Approx.GE), ("number", 100.0, None)),
        (Amount(value=D(100), approx=Approx.LT), ("number", None, 100.0)),
        (Amount(low=D(30), high=D(50), unit="USD"), ("USD", 30.0, 50.0)),
        (Amount(low=D(20), approx=Approx.ABOUT), ("number", 20.0, None)),
        (Amount(value=D(6500), unit="EUR/m2"), ("EUR/area", 6500.0, 6500.0)),
        (Amount(value=D(36), unit="km/h"), ("length/time", 10.0, 10.0)),
        (Amount(value=D(-5), unit="°C"), ("temperature", 268.15, 268.15)),
        (Amount(value=D(50), unit="°F"), ("temperature", 283.15, 283.15)),
        (Amount(value=D(25), unit="bp"), ("points", 0.25, 0.25)),
    ],
)
def test_measure(amount: Amount, measured: tuple[str, float | None, float | None]) -> None:
    dimension, low, high = measure_amount(amount)
    assert dimension == measured[0]
    assert (low, high) == (pytest.approx(measured[1]), pytest.approx(measured[2]))


def test_measure_needs_an_amount() -> None:
    with pytest.raises(ValueError, match="no amount"):
        measure(Mention(0, 1, "x", MentionKind.DATE))


@pytest.mark.parametrize(
    ("lang", "text"),
    [("nl", "1.200 euro"), ("en", "1,200 euros"), ("fr", "1 200 euros"), ("de", "1.200 Euro")],
)
def test_thousands_as_the_language_writes_them(lang: str, text: str) -> None:
    assert only(text, lang).amount == Amount(value=D(1200), unit="EUR")


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [("nl", "een biljoen euro", 12), ("en", "a trillion euros", 12), ("en", "a billion euros", 9)],
)
def test_long_and_short_scale(lang: str, text: str, value: int) -> None:
    assert only(text, lang).amount == Amount(value=D(10**value), unit="EUR")


PIECES = st.sampled_from(
    [
        *"12 1.200 1,5 2024 0 00 ½ € $ % m2 km/h mln miljard dollar euro's jaar geleden een".split(),
        *"twee drie half van tot en tussen de procent graden ongeveer bijna of meer 8 januari".split(),
        *"volgende week eind - – / . , ; : ( ) ' k M n° 1/2 million thousand and a third of cent".split(),
        *"et demi Millionen und zwanzig fünf 3. 4:1 06-12345678 F-35 ß İ \U0001f600".split(),
        "\n",
        "\u00a0",
        "e\u0301",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
)


@given(
    TEXTS,
    st.sampled_from(LANGUAGES),
    st.sampled_from([None, "2025-02-06", "2025-02", "2025", "9999-12-31", "?"]),
)
def test_any_text_gives_exact_offsets_in_order(text: str, lang: str, reference: str | None) -> None:
    last = 0
    for mention in find_values(text, lang, reference):
        assert text[mention.start : mention.end] == mention.text
        assert last <= mention.start < mention.end
        last = mention.end
        if mention.amount:
            measure(mention)
    read_amount(text, lang)
