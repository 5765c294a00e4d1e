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
from desktop.extraction.number_words import FRACTION_SIGNS
from desktop.extraction.tokens import BREAK, FIGURE, LAST_LATIN, WORD, Known, Tokens
from desktop.extraction.traps import Traps
from desktop.extraction.units import dimension_of, is_money, symbols, to_base
from desktop.model import Amount, Approx, Mention, MentionKind

_TENTH: Final = Decimal("0.1")  # "about" means give or take a tenth
_HOT_LIMIT: Final = 50_000  #: words remembered per language


def find_amounts(text: str, lang: str) -> list[Mention]:
    """Return the amounts of a text in order, not overlapping; `lang` is nl, en, fr or de."""
    tokens = Tokens(text)
    return amounts_of(tokens, lang, bytearray(len(tokens.low)))


def amounts_of(tokens: Tokens, lang: str, taken: bytearray) -> list[Mention]:
    """Return the amounts on tokens that are not taken (1 = part of a date or of something else)."""
    found: list[Mention] = []
    reader = AmountReader(tokens, lang, taken)
    traps = Traps(tokens, reader.words, reader.numbers, reader.units)
    hot = _hot_words(lang)
    last = behind = 0
    for place in tokens.unlike(hot):
        if place < behind or taken[place] or not _warm(tokens, place, reader, hot):
            continue
        start = place
        if tokens.kind[place] == FIGURE:
            behind = traps.end(place)
            start -= reader.leading_point(place)
        elif tokens.kind[place] == WORD:
            behind = traps.spoken_time(place)
        if place < behind:
            continue
        behind = place + 1
        for reading in reader.read(start):
            if taken.find(1, reading.start, reading.end) < 0:
                _share_unit(found, tokens, reader, reading)
                found.append(_mention(tokens, reading, max(reading.start, last)))
                last = reader.before = max(reading.end, last)
        behind = max(behind, last, reader.behind)
    return found


def _share_unit(found: list[Mention], tokens: Tokens, reader: AmountReader, reading: Reading) -> None:
    """Give bare figures before an amount its unit: "19, 21 en 24 jaar", "30 bij 40 meter"."""
    amount, place = reading.amount, reading.start
    if amount.unit is None or amount.value is None or amount.approx or not found:
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


def _warm(tokens: Tokens, place: int, reader: AmountReader, hot: Known) -> bool:
    """Tell whether an amount can begin at a token, as far as the token and the next one show."""
    kind, word = tokens.kind[place], tokens.low[place]
    if kind == FIGURE:
        return True
    if kind == WORD:
        return _may_begin(word, reader, hot) and reader.worth(place)
    if kind == BREAK or word not in _hot_signs():
        hot[word] = False
        return False
    behind, follows = tokens.kind[place + 1], tokens.low[place + 1]
    if word in FRACTION_SIGNS:  # "½½" is no number
        return follows not in FRACTION_SIGNS and not (place and tokens.low[place - 1] in FRACTION_SIGNS)
    if behind == FIGURE:
        return True
    return word != "-" and (behind == WORD or follows in _SIGNS_BEFORE)


def _may_begin(word: str, reader: AmountReader, hot: Known) -> bool:
    """Tell whether an amount can begin with a word; remembered, since most words never can."""
    warm: bool | None = hot.get(word)
    if warm is None:
        if len(hot) > _HOT_LIMIT:
            hot.clear()
        if word > LAST_LATIN:
            hot[word] = False
            return False
        codes = symbols().codes
        code = (
            word.upper() in codes or (word[0] in "mkt" and word[1:].upper() in codes) or word in _MONEY_WORDS
        )
        warm = code or word in reader.words.whole or reader.numbers.begins(word)
        hot[word] = warm
    return warm


_MONEY_WORDS: Final = frozenset(
    {"us", "u", "c", "ca", "a", "au", "nz", "hk", "s", "sg", "nt", "r", "mx", "fr", "sfr"}
)


_SIGNS_BEFORE: Final = frozenset(["-", ".", ",", *FRACTION_SIGNS])  #: what a figure can begin with


@lru_cache
def _hot_words(lang: str) -> Known:
    return Known()


@lru_cache
def _hot_signs() -> frozenset[str]:
    return frozenset(["-", *FRACTION_SIGNS]) | {
        sign[0].lower() for sign in symbols().money if not sign[0].isalpha()
    }


def _mention(tokens: Tokens, reading: Reading, first: int) -> Mention:
    start, end = tokens.start[first], tokens.end[reading.end - 1]
    return Mention(start, end, tokens.text[start:end], reading.kind, rule=reading.rule, amount=reading.amount)


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
