"""The numbers inside dates: days, ordinals, years in figures and in words."""

from __future__ import annotations

from typing import Final

from desktop.extraction.date_words import DateWords
from desktop.extraction.number_words import NumberWords
from desktop.extraction.numerals import read_number
from desktop.extraction.tokens import BREAK, FIGURE, WORD, Tokens

_SHORTEST_YEAR: Final = 10  #: letters of a year in one word
_LONGEST_YEAR: Final = 40
_PIVOT: Final = 50  #: '49 is 2049, '50 is 1950


def figure_between(number: int, low: int, high: int) -> bool:
    """Tell whether a number lies in a closed range."""
    return low <= number <= high


def year_number(written: str) -> int:
    """Return the year that two or four figures mean."""
    number = int(written)
    if len(written) == 2:
        return number + (2000 if number < _PIVOT else 1900)
    return number


def ordinal_at(tokens: Tokens, place: int, words: DateWords, numbers: NumberWords) -> tuple[int, int] | None:
    """Read an ordinal at a token: "26e", "1er", "3.", "tweeëntwintigste", "twenty-first"; (end, number)."""
    low = tokens.low[place]
    after = place + 1
    if tokens.kind[place] == FIGURE:
        if len(low) > 2 or not low.isdecimal():
            return None
        if tokens.low[after] in words.ordinal_suffixes and tokens.joined(after):
            return after + 1, int(low)
        if words.ordinal_stop and tokens.low[after] == "." and tokens.joined(after):
            return after + 1, int(low)
        return None
    number = words.ordinals.get(low)
    if number is not None:
        return after, number
    tens = numbers.values.get(low)
    if tens is None or tens not in (20, 30) or numbers.ones_first:
        return None
    if tokens.low[after] == "-" and tokens.joined(after):
        after += 1
    if tokens.low[after] in numbers.glue and numbers.vigesimal:
        after += 1
    ones = words.ordinals.get(tokens.low[after])
    return (after + 1, tens + ones) if ones and 1 <= ones <= 9 else None


def day_number(tokens: Tokens, place: int, words: DateWords, numbers: NumberWords) -> tuple[int, int] | None:
    """Read the number of a day, 1 to 31: a figure, an ordinal or a number word; (end, day)."""
    kind = tokens.kind[place]
    if kind == BREAK:
        return None
    found = ordinal_at(tokens, place, words, numbers)
    if found is None and kind == FIGURE:
        low = tokens.low[place]
        if (
            len(low) <= 2
            and low.isdecimal()
            and not (tokens.joined(place + 1) and tokens.kind[place + 1] == WORD)
        ):
            found = place + 1, int(low)
    elif found is None and kind == WORD and numbers.word_value(tokens.low[place]):
        number = read_number(tokens, place, numbers, sign=False)
        if number and not number.article and not number.fraction and number.value == int(number.value):
            found = number.end, int(number.value)
    return found if found and 1 <= found[1] <= 31 else None


def spelled_year(tokens: Tokens, place: int, numbers: NumberWords) -> tuple[int, int] | None:
    """Read a year in words: "negentienachtentwintig", "nineteen eighty-six"; (end, year)."""
    if tokens.kind[place] != WORD:
        return None
    low = tokens.low[place]
    if not numbers.part[low] and len(low) < _SHORTEST_YEAR:
        return None
    value = numbers.word_value(low)
    if value is None and low not in numbers.scales:
        pair = year_in_one(low, numbers)
        return (place + 1, pair) if pair else None
    if value is not None and 11 <= value <= 21 and value == int(value):
        after = place + 1
        if tokens.low[after] == "-" and tokens.joined(after):
            after += 1
        if tokens.low[after] in numbers.glue:
            after += 1
        rest = read_number(tokens, after, numbers, sign=False)
        if (
            rest
            and not rest.figure
            and not rest.article
            and 10 <= rest.value < 100
            and rest.value == int(rest.value)
        ):
            return rest.end, int(value) * 100 + int(rest.value)
    number = read_number(tokens, place, numbers, sign=False)
    if number and not number.fraction and 1000 < number.value <= 2199 and number.value == int(number.value):
        return number.end, int(number.value)
    return None


def year_in_one(word: str, numbers: NumberWords) -> int | None:
    """Return the year written as one word of two numbers ("negentienachtentwintig"), or None."""
    if not _SHORTEST_YEAR <= len(word) <= _LONGEST_YEAR:
        return None
    for size in range(4, 10):
        head = numbers.values.get(word[:size])
        if head is not None and 11 <= head <= 20:
            rest = numbers.word_value(word[size:])
            if rest is not None and 1 <= rest < 100 and rest == int(rest):
                return head * 100 + int(rest)
    return None
