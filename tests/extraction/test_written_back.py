"""Amounts and dates written as a newspaper of each language does are read back as what they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop import i18n
from desktop.extraction.values import find_values
from desktop.model import LANGUAGES, Amount, Approx, Mention, MentionKind, Period

REFERENCE = "2025-02-06"
SIGNS = {"nl": (",", "."), "en": (".", ","), "fr": (",", "\u202f"), "de": (",", ".")}
FRAMES = {
    "nl": ("Volgens de minister gaat het om ", " en niet meer."),
    "en": ("According to the minister it is ", " and no more."),
    "fr": ("Selon le ministre, cela fait ", " et pas plus."),
    "de": ("Nach Angaben des Ministers sind es ", " und nicht mehr."),
}
SCALES = {
    "nl": {"duizend": 3, "miljoen": 6, "mln": 6, "mln.": 6, "miljard": 9, "mld": 9, "biljoen": 12},
    "en": {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12},
    "fr": {"mille": 3, "millions d'": 6, "milliards d'": 9, "Md": 9, "Mds": 9, "Mio": 6},
    "de": {"tausend": 3, "Millionen": 6, "Mio.": 6, "Milliarden": 9, "Mrd.": 9, "Mrd": 9, "Billionen": 12},
}
EUROS = {"nl": "euro", "en": "euros", "fr": "euros", "de": "Euro"}
PERCENT = {"nl": "procent", "en": "percent", "fr": "pour cent", "de": "Prozent"}
TO = {"nl": "tot", "en": "to", "fr": "à", "de": "bis"}
BETWEEN = {
    "nl": ("tussen de", "en"),
    "en": ("between", "and"),
    "fr": ("entre", "et"),
    "de": ("zwischen", "und"),
}
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


def figure(value: Decimal, lang: str) -> str:
    """Write a number with the signs of a language."""
    decimal, group = SIGNS[lang]
    whole, _, rest = f"{value:,f}".partition(".")
    return whole.replace(",", group) + (decimal + rest if rest else "")


def only(written: str, lang: str) -> Mention:
    """Return the one mention of a sentence with something written in it; it must stand exactly there."""
    before, after = FRAMES[lang]
    text = before + written + after
    found = find_values(text, lang, REFERENCE)
    assert [text[mention.start : mention.end] for mention in found] == [written]
    assert found[0].text == written
    return found[0]


VALUES = st.builds(
    lambda number, places: Decimal(number).scaleb(-places), st.integers(1, 10**9), st.integers(0, 2)
)


@given(VALUES, st.sampled_from(LANGUAGES))
def test_money(value: Decimal, lang: str) -> None:
    assume(value >= Decimal("0.1"))
    for written in (
        f"€{figure(value, lang)}",
        f"€ {figure(value, lang)}",
        f"{figure(value, lang)} {EUROS[lang]}",
    ):
        found = only(written, lang)
        assert (found.kind, found.amount) == (MentionKind.MONEY, Amount(value=value, unit="EUR"))


@given(st.integers(1, 9999), st.integers(0, 2), st.sampled_from(LANGUAGES), st.data())
def test_scales(number: int, places: int, lang: str, data: st.DataObject) -> None:
    value = Decimal(number).scaleb(-places)
    assume(value > 1)
    word = data.draw(st.sampled_from(sorted(SCALES[lang])))
    gap = "" if word.endswith("'") else " "
    found = only(f"{figure(value, lang)} {word}{gap}{EUROS[lang]}", lang)
    assert found.amount == Amount(value=value.scaleb(SCALES[lang][word]), unit="EUR")


@given(st.integers(1, 999), st.sampled_from(["€", "$", "£"]), st.sampled_from(LANGUAGES))
def test_scales_against_the_figure(number: int, sign: str, lang: str) -> None:
    code = {"€": "EUR", "$": "USD", "£": "GBP"}[sign]
    forms = {
        "nl": (f"{sign}{number} mln", f"{number} mld{sign}"),
        "en": (f"{sign}{number}m", f"{sign}{number}bn"),
        "fr": (f"{number} M{sign}", f"{number} Md{sign}"),
        "de": (f"{number} Mio. {sign}", f"{number} Mrd. {sign}"),
    }[lang]
    for written, power in zip(forms, (6, 9), strict=True):
        assert only(written, lang).amount == Amount(value=Decimal(number).scaleb(power), unit=code)


@given(VALUES, st.sampled_from(LANGUAGES))
def test_percentages(value: Decimal, lang: str) -> None:
    for written in (
        f"{figure(value, lang)}%",
        f"{figure(value, lang)} %",
        f"{figure(value, lang)} {PERCENT[lang]}",
    ):
        found = only(written, lang)
        assert (found.kind, found.amount) == (MentionKind.PERCENT, Amount(value=value, unit="%"))


@given(st.integers(2, 10**6), st.integers(1, 10**6), st.sampled_from(LANGUAGES))
def test_ranges(low: int, more: int, lang: str) -> None:
    ends = figure(Decimal(low), lang), figure(Decimal(low + more), lang)
    amount = Amount(low=Decimal(low), high=Decimal(low + more), unit="EUR")
    opening, joint = BETWEEN[lang]
    forms = [f"{opening} {ends[0]} {joint} {ends[1]} {EUROS[lang]}", f"{ends[0]}-{ends[1]} {EUROS[lang]}"]
    if low + more <= low * 20:
        forms.append(f"{ends[0]} {TO[lang]} {ends[1]} {EUROS[lang]}")
    for written in forms:
        assert only(written, lang).amount == amount


# Numbers in words, below a million


def english(number: int) -> str:
    ones = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number >= 1000:
        rest = number % 1000
        return f"{english(number // 1000)} thousand" + (
            (" and " if rest < 100 else " ") + english(rest) if rest else ""
        )
    if number >= 100:
        return f"{ones[number // 100 - 1]} hundred" + (
            f" and {english(number % 100)}" if number % 100 else ""
        )
    if number < 20:
        return ones[number - 1]
    return tens[number // 10 - 2] + (f"-{ones[number % 10 - 1]}" if number % 10 else "")


def german(number: int, *, last: bool = True) -> str:
    ones = (
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
        "siebzehn achtzehn neunzehn"
    ).split()
    tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
    if number >= 1000:
        return (
            german(number // 1000, last=False) + "tausend" + (german(number % 1000) if number % 1000 else "")
        )
    if number >= 100:
        return ones[number // 100 - 1] + "hundert" + (german(number % 100) if number % 100 else "")
    if number == 1:
        return "eins" if last else "ein"
    if number < 20:
        return ones[number - 1]
    return (f"{ones[number % 10 - 1]}und" if number % 10 else "") + tens[number // 10 - 2]


def french(number: int, *, last: bool = True) -> str:
    ones = (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
        "dix-huit dix-neuf"
    ).split()
    tens = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
    if number >= 1000:
        head = "" if number < 2000 else french(number // 1000, last=False) + " "
        return f"{head}mille" + (f" {french(number % 1000)}" if number % 1000 else "")
    if number >= 100:
        head = "" if number < 200 else f"{ones[number // 100 - 1]} "
        many = "s" if number % 100 == 0 and number > 100 and last else ""
        return f"{head}cent{many}" + (f" {french(number % 100)}" if number % 100 else "")
    if number < 20:
        return ones[number - 1]
    if number >= 80:
        return "quatre-vingt" + (f"-{ones[number - 81]}" if number > 80 else "s" if last else "")
    ten = min(number // 10, 6)
    one = number - 10 * ten
    return tens[ten] + ("" if not one else f" et {ones[one - 1]}" if one in (1, 11) else f"-{ones[one - 1]}")


WRITERS = {"en": english, "fr": french, "de": german}


@given(st.integers(2, 999_999), st.sampled_from(sorted(WRITERS)))
def test_numbers_in_words(number: int, lang: str) -> None:
    found = only(f"{WRITERS[lang](number)} {EUROS[lang]}", lang)
    assert found.amount == Amount(value=Decimal(number), unit="EUR")


# Dates

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))


def notations(day: dt.date, lang: str) -> list[str]:
    """Return ways in which a newspaper writes a day."""
    month = MONTHS[lang].split()[day.month - 1]
    iso = day.isoformat()
    return {
        "nl": [f"{day.day} {month} {day.year}", f"{day.day}-{day.month}-{day.year}", iso],
        "en": [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", iso],
        "fr": [f"{day.day} {month} {day.year}", f"{day.day:02d}/{day.month:02d}/{day.year}", iso],
        "de": [f"{day.day}. {month} {day.year}", f"{day.day}.{day.month}.{day.year}", iso],
    }[lang]


@given(DAYS, st.sampled_from(LANGUAGES))
def test_days(day: dt.date, lang: str) -> None:
    for written in notations(day, lang):
        assert only(written, lang).period == Period(value=day.isoformat())


@given(DAYS, st.sampled_from(LANGUAGES))
def test_months_and_years(day: dt.date, lang: str) -> None:
    written = f"{MONTHS[lang].split()[day.month - 1]} {day.year}"
    assert only(written, lang).period == Period(value=f"{day.year}-{day.month:02d}")


# Our own writing


IN_WORDS = frozenset("min h d wk mo a t pp bp".split())  #: units that are words, one in each language
AMOUNTS = st.builds(
    lambda value, unit, approx: Amount(value=value, unit=unit, approx=approx),
    st.builds(
        lambda number, places: Decimal(number).scaleb(-places), st.integers(1, 10**7), st.integers(0, 2)
    ),
    st.sampled_from(
        [None, *"EUR USD GBP % min h d wk mo a km m m2 m3 ha kg t MW GWh °C pp bp km/h EUR/m2".split()]
    ),
    st.sampled_from([None, *Approx]),
)


@pytest.fixture(autouse=True, scope="module")
def _speak_english_again() -> object:
    yield
    i18n.use("en")


def speak(lang: str, unit: str | None) -> None:
    """Use a language; a unit whose word is not in its catalogue yet proves nothing."""
    i18n.use(lang)
    assume(lang == "en" or unit not in IN_WORDS or i18n._("{n} month") != "{n} month")


def plain(amount: Amount) -> Amount:
    """Return an amount with its values without trailing zeros, so that equal ones are equal."""
    ends = (amount.value, amount.low, amount.high)
    value, low, high = (None if end is None else end.normalize() for end in ends)
    return replace(amount, value=value, low=low, high=high)


@given(AMOUNTS, st.sampled_from(i18n.UI_LANGUAGES))
def test_what_we_write_ourselves(amount: Amount, lang: str) -> None:
    speak(lang, amount.unit)
    written = i18n.format_amount(amount)
    found = find_values(f"{written}.", lang, REFERENCE)
    assert [mention.text for mention in found] == [written]
    assert found[0].amount is not None
    assert plain(found[0].amount) == plain(amount)


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["EUR", "%", "mo", "km"]),
    st.sampled_from(i18n.UI_LANGUAGES),
)
def test_ranges_that_we_write_ourselves(low: int, more: int, unit: str, lang: str) -> None:
    speak(lang, unit)
    amount = Amount(low=Decimal(low), high=Decimal(low + more), unit=unit)
    written = i18n.format_amount(amount)
    found = find_values(f"{written}.", lang, REFERENCE)
    assert [(mention.text, mention.amount) for mention in found] == [(written, amount)]
