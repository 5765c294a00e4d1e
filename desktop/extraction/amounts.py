"""Amounts in a text: money, quantities, percentages, temperatures, ages, durations, counts, numbers.

A token is looked at only if it is a figure, a currency sign, or a word a number can begin with; there one
amount is read (`amount_reader.py`) unless the figure is something else (`traps.py`).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from desktop.extraction.amount_reader import AmountReader, Reading
from desktop.extraction.amount_words import AmountWords, amount_words
from desktop.extraction.number_words import FRACTION_SIGNS, NumberWords, number_words
from desktop.extraction.quick import mention_of
from desktop.extraction.tokens import FIGURE, LAST_LATIN, SIGN, WORD, Known, Tokens, kind_of
from desktop.extraction.traps import Traps
from desktop.extraction.units import dimension_of, is_money, symbols, to_base
from desktop.model import Amount, Approx, Mention, MentionKind, Source

_TENTH: Final = Decimal("0.1")  # "about" means give or take a tenth


def find_amounts(text: str, lang: str) -> list[Mention]:
    """Return the amounts of a text in order, not overlapping; `lang` is nl, en, fr or de."""
    tokens = Tokens(text)
    return amounts_of(tokens, lang, bytearray(len(tokens.low)))


def amounts_of(tokens: Tokens, lang: str, taken: bytearray) -> list[Mention]:
    """Return the amounts on tokens that are not taken (1 = part of a date or of something else)."""
    found: list[Mention] = []
    reader = AmountReader(tokens, lang, taken)
    traps = Traps(tokens, reader.words, reader.numbers, reader.units)
    openings = _openings(lang)
    kind, sharing = tokens.kind, reader.words.sharing
    last = behind = 0
    for place in tokens.where(openings):
        if place < behind or taken[place]:
            continue
        start = place
        if kind[place] == FIGURE:
            behind = traps.end(place)
            start -= reader.leading_point(place)
        elif not _opens(tokens, place, reader, openings):
            continue
        elif kind[place] == WORD:
            behind = traps.spoken_time(place)
        if place < behind:
            continue
        behind = place + 1
        for reading in reader.read(start):
            if taken.find(1, reading.start, reading.end) < 0:
                if found and tokens.low[reading.start - 1] in sharing:
                    _share_unit(found, tokens, reader, reading)
                found.append(_mention(tokens, reading, max(reading.start, last)))
                last = reader.before = max(reading.end, last)
        behind = max(behind, last, reader.behind)
    return found


def _share_unit(found: list[Mention], tokens: Tokens, reader: AmountReader, reading: Reading) -> None:
    """Give bare figures before an amount its unit: "19, 21 en 24 jaar", "30 bij 40 meter"."""
    amount, place = reading.amount, reading.start
    if amount.unit is None or amount.value is None or amount.approx:
        return
    for index in range(len(found) - 1, -1, -1):
        mention = found[index]
        place -= 1
        if (
            place <= 0
            or tokens.low[place] not in reader.words.sharing
            or tokens.end[place - 1] != mention.end
        ):
            return
        known = mention.amount
        if known is None or mention.kind is not MentionKind.NUMBER or tokens.kind[place - 1] != FIGURE:
            return
        if known != Amount(value=known.value):
            return
        shared = replace(known, unit=amount.unit)
        found[index] = replace(mention, kind=reading.kind, amount=shared, rule=f"list.{reading.kind.value}")
        place -= 1


#: what a word or sign can open an amount as, and so what must stand beside it
_NOTHING: Final = 0
_NUMBER: Final = 1
_ARTICLE: Final = 2  #: "een", "a": something to count behind it
_CODE: Final = 3  #: "EUR", "A" of "A$": a figure or sign behind it
_MINUS: Final = 4  #: "moins": no hedge that ends with it
_DASH: Final = 5
_MONEY_SIGN: Final = 6
_FRACTION: Final = 7


def _opens(tokens: Tokens, place: int, reader: AmountReader, openings: Known) -> bool:
    """Tell whether an amount can begin at a word or sign, as far as it and its neighbours show."""
    opening: int = openings[tokens.low[place]]
    if opening <= _NUMBER:
        return opening == _NUMBER
    if opening == _ARTICLE:
        return reader.article_counts(place)
    if opening == _MINUS:
        return not reader.hedged(place)
    behind, follows = tokens.kind[place + 1], tokens.low[place + 1]
    if opening == _FRACTION:  # "½½" is no number
        return follows not in FRACTION_SIGNS and not (place and tokens.low[place - 1] in FRACTION_SIGNS)
    if behind == FIGURE or opening == _DASH:
        return behind == FIGURE
    return behind == SIGN if opening == _CODE else behind == WORD or follows in _SIGNS_BEFORE


def _opening(word: str, words: AmountWords, numbers: NumberWords) -> int:
    """Return what a token can open an amount as: most open none."""
    kind = kind_of(word)
    if kind == FIGURE:
        return _NUMBER
    if kind != WORD:
        sign = _FRACTION if word in FRACTION_SIGNS else _MONEY_SIGN if word in _money_signs() else _NOTHING
        return _DASH if word == "-" else sign
    if word > LAST_LATIN:
        return _NOTHING
    if word in numbers.articles:
        return _ARTICLE
    if word in numbers.minus:
        return _MINUS
    if word in words.whole or numbers.begins(word):
        return _NUMBER
    codes = symbols().codes
    code = word.upper() in codes or (word[0] in "mkt" and word[1:].upper() in codes) or word in _MONEY_WORDS
    return _CODE if code else _NOTHING


_MONEY_WORDS: Final = frozenset(
    {"us", "u", "c", "ca", "a", "au", "nz", "hk", "s", "sg", "nt", "r", "mx", "fr", "sfr"}
)


_SIGNS_BEFORE: Final = frozenset(["-", ".", ",", *FRACTION_SIGNS])  #: what a figure can begin with


@lru_cache
def _openings(lang: str) -> Known:
    """Return what tokens can open amounts as, in a language."""
    words, numbers = amount_words(lang), number_words(lang)
    return Known(lambda word: _opening(word, words, numbers))


@lru_cache
def _money_signs() -> frozenset[str]:
    return frozenset(sign[0].lower() for sign in symbols().money if not sign[0].isalpha())


def _mention(tokens: Tokens, reading: Reading, first: int) -> Mention:
    start, end = tokens.start[first], tokens.end[reading.end - 1]
    held = (start, end, tokens.text[start:end], reading.kind, Source.RULE, 1.0, reading.rule)
    return mention_of(*held, None, None, reading.amount)


def read_amount(text: str, lang: str) -> Amount | None:
    """Read one amount as typed in a query: "1mld", "30mld", "10mln€", "$1bn", "1GW", "100 landen".

    None if the text is anything else than one amount.
    """
    tokens = Tokens(text.strip())
    reader = AmountReader(tokens, lang, bytearray(len(tokens.low)))
    for place in range(min(tokens.count, 8)):
        readings = reader.read(place)
        if readings:
            whole = len(readings) == 1 and readings[0].start == 0 and readings[0].end == tokens.count
            return readings[0].amount if whole else None
    return None


def measure(mention: Mention) -> tuple[str, float | None, float | None]:
    """Return (dimension, low, high) of an amount for comparing: see `measure_amount`.

    Raises ValueError if the mention is no amount.
    """
    if mention.amount is None:
        raise ValueError("no amount")
    return measure_amount(mention.amount)


def measure_amount(amount: Amount) -> tuple[str, float | None, float | None]:
    """Return (dimension, low, high) as floats, which is what a database compares; None = open.

    Money: dimension is the currency code, values in it. Quantities: values in SI base units (W, J, m2, kg;
    data in bit; time in s). Counts "count", bare numbers "number". "About" is a tenth to both sides.
    """
    low, high = _bounds(amount)
    unit = amount.unit
    if unit is None:
        return ("count" if amount.noun else "number"), _float(low), _float(high)
    dimension = dimension_of(unit)[0]
    if is_money(unit):
        return unit, _float(low), _float(high)
    return dimension, _float(low, unit), _float(high, unit)


def _float(value: Decimal | None, unit: str | None = None) -> float | None:
    if value is None:
        return None
    return float(to_base(value, unit) if unit else value)


def _bounds(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    if amount.value is None:
        low, high = amount.low, amount.high
        if amount.approx is Approx.ABOUT and low is not None and high is not None:
            return low - abs(low) * _TENTH, high + abs(high) * _TENTH
        return low, high
    value = amount.value
    match amount.approx:
        case Approx.ABOUT:
            return value - abs(value) * _TENTH, value + abs(value) * _TENTH
        case Approx.GT | Approx.GE:
            return value, None
        case Approx.LT | Approx.LE:
            return None, value
        case _:
            return value, value
