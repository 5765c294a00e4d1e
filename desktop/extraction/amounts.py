"""Amounts in a text: money, quantities, percentages, temperatures, ages, durations, counts, numbers.

A token is looked at only if it is a figure, a currency sign, or a word a number can begin with; there one
amount is read (`amount_reader.py`) unless the figure is something else (`traps.py`).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from desktop.extraction.amount_reader import AmountReader, Reading
from desktop.extraction.number_words import FRACTION_SIGNS
from desktop.extraction.openings import ARTICLE, CODE, DASH, FRACTION, MINUS, NUMBER, Openings, openings_in
from desktop.extraction.quick import mention_of
from desktop.extraction.tokens import FIGURE, SIGN, WORD, Tokens
from desktop.extraction.traps import Traps
from desktop.extraction.units import dimension_of, is_money, to_base
from desktop.model import Amount, Approx, Mention, MentionKind, Source

_TENTH: Final = Decimal("0.1")  # "about" means give or take a tenth


def find_amounts(text: str, lang: str) -> list[Mention]:
    """Return the amounts of a text in order, not overlapping; `lang` is nl, en, fr or de."""
    tokens = Tokens(text)
    return amounts_of(tokens, openings_in(tokens, lang), lang, bytearray(len(tokens.low)))


def amounts_of(tokens: Tokens, begun: Openings, lang: str, taken: bytearray) -> list[Mention]:
    """Return the amounts on tokens that are not taken (1 = part of a date or of something else).

    `begun`: what `openings_in` says of the tokens.
    """
    found: list[Mention] = []
    reader = AmountReader(tokens, lang, taken)
    traps = Traps(tokens, reader.words, reader.numbers, reader.units)
    low, kind, sharing = tokens.low, tokens.kind, reader.words.sharing
    last = behind = 0
    for place, opening in begun:
        if place < behind or not opening.amount or taken[place]:
            continue
        start = place
        if kind[place] == FIGURE:
            behind = traps.end(place)
            if low[place - 1] in _POINTS and reader.point_leads(place):
                start -= 1
        elif opening.amount != NUMBER and not _opens(tokens, place, opening.amount, reader):
            continue
        elif kind[place] == WORD:
            behind = traps.spoken_time(place)
        if place < behind:
            continue
        behind = place + 1
        for reading in reader.read(start):
            if taken.find(1, reading.start, reading.end) < 0:
                if found and low[reading.start - 1] in sharing:
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


def _opens(tokens: Tokens, place: int, opening: int, reader: AmountReader) -> bool:
    """Tell whether an article, minus, code or sign opens an amount, as far as its neighbours show."""
    if opening == ARTICLE:
        return reader.article_counts(place)
    if opening == MINUS:
        return not reader.hedged(place)
    behind, follows = tokens.kind[place + 1], tokens.low[place + 1]
    if opening == FRACTION:  # "½½" is no number
        return follows not in FRACTION_SIGNS and not (place and tokens.low[place - 1] in FRACTION_SIGNS)
    if behind == FIGURE or opening == DASH:
        return behind == FIGURE
    return behind == SIGN if opening == CODE else behind == WORD or follows in _SIGNS_BEFORE


_POINTS: Final = (".", ",")
_SIGNS_BEFORE: Final = frozenset(["-", ".", ",", *FRACTION_SIGNS])  #: what a figure can begin with


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
