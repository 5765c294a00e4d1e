"""What can begin at a token: a date, an amount, both, mostly nothing. Asked once a word, then remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Final

from desktop.extraction.amount_words import AmountWords, amount_words
from desktop.extraction.date_numbers import year_in_one
from desktop.extraction.date_words import DateWords, date_words
from desktop.extraction.number_words import FRACTION_SIGNS, NumberWords, number_words
from desktop.extraction.tokens import FIGURE, LAST_LATIN, WORD, Known, Tokens, kind_of
from desktop.extraction.units import symbols

#: what a token can open an amount as, and so what must stand beside it
NOTHING: Final = 0
NUMBER: Final = 1
ARTICLE: Final = 2  #: "een", "a": something to count behind it
CODE: Final = 3  #: "EUR", "A" of "A$": a figure or sign behind it
MINUS: Final = 4  #: "moins": no hedge that ends with it
DASH: Final = 5
MONEY_SIGN: Final = 6
FRACTION: Final = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """What an amount or date can be that begins with a token."""

    amount: int  #: as what, NOTHING for none
    date: bool
    readers: tuple[str, ...] = ()  #: names of methods that read dates; a figure has its own
    follows: frozenset[str] | None = None  #: what must stand behind a word that only begins dates ("de")
    number: bool = False  #: a number in words, so no date where it counts something
    ordinal: bool = False  #: nothing but an ordinal, so no date where what it ranks is none
    short: bool = False  #: nothing but a short weekday ("zo"), which may be another word
    series: bool = False  #: days can be listed from here ("8, 9 en 12 mei")


_FIGURE: Final = Opening(NUMBER, date=True)
_APOSTROPHE: Final = Opening(NOTHING, date=True)  #: of "'90"
Openings = list[tuple[int, Opening]]  #: places of tokens, in order, and what can begin there


def openings_in(tokens: Tokens, lang: str) -> Openings:
    """Return the tokens at which a date or amount can begin, each with what can."""
    found = [*map(openings(lang).__getitem__, tokens.low)]
    return [*zip(compress(range(tokens.count), found), filter(None, found), strict=False)]


@lru_cache
def openings(lang: str) -> Known:
    """Return the `Opening` of each token of a language, None where nothing can begin."""
    words, dates, numbers = amount_words(lang), date_words(lang), number_words(lang)
    return Known(lambda word: _opening(word, words, dates, numbers))


def _opening(word: str, words: AmountWords, dates: DateWords, numbers: NumberWords) -> Opening | None:
    kind = kind_of(word)
    if kind == FIGURE or word == "'":
        return _FIGURE if kind == FIGURE else _APOSTROPHE
    amount = _amount(word, kind, words, numbers)
    readers = tuple(_readers(word, dates, numbers)) if kind == WORD and word <= LAST_LATIN else ()
    if not readers and amount == NOTHING:
        return None
    counts = word not in dates.ordinals and word not in dates.units and numbers.word_value(word) is not None
    return Opening(
        amount,
        date=bool(readers),
        readers=readers,
        follows=dates.pairs.get(word),
        number=counts and word not in dates.pairs,
        ordinal=readers == _ORDINAL,
        short=word in dates.short_weekdays and readers == ("weekday",),
        series=not _SERIES.isdisjoint(readers),
    )


def _amount(word: str, kind: int, words: AmountWords, numbers: NumberWords) -> int:
    """Return what a word or sign can open an amount as: most open none."""
    if kind != WORD:
        sign = FRACTION if word in FRACTION_SIGNS else MONEY_SIGN if word in _money_signs() else NOTHING
        return DASH if word == "-" else sign
    if word > LAST_LATIN:
        return NOTHING
    if word in numbers.articles:
        return ARTICLE
    if word in numbers.minus:
        return MINUS
    if word in words.whole or numbers.begins[word]:
        return NUMBER
    codes = symbols().codes
    code = word.upper() in codes or (word[0] in "mkt" and word[1:].upper() in codes) or word in _MONEY_WORDS
    return CODE if code else NOTHING


def _readers(word: str, words: DateWords, numbers: NumberWords) -> Iterator[str]:
    """Yield the names of the methods that can read a date beginning with a word."""
    if word in words.all_months:
        yield "month"
    if word in words.weekdays or word in words.short_weekdays or words.compound_weekday(word) is not None:
        yield "weekday"
    if word in words.days or word in words.periods or words.day_compound(word) is not None:
        yield "named_day"
    for name, phrases in (
        ("shifted", (words.shift, words.after_next)),
        ("holiday", (words.holidays,)),
        ("part_of", (words.part_of, words.earlier)),
        ("rest_of", (words.rest,)),
    ):
        if any(word in entries for entries in phrases):
            yield name
    if word in words.seasons:
        yield "season"
    if word in words.quarter_letters or word in words.half_letters:
        yield "code"
    if word in words.decade_before or word in words.decade_names:
        yield "decade_words"
    if word in words.units:
        yield "unit"
    value = None if word in numbers.articles else numbers.word_value(word)
    if word in words.ordinals or value is not None:
        yield from _ORDINAL
    if value is not None:
        yield from ("counted_shift", "spelled")
    elif year_in_one(word, numbers) or numbers.scales.get(word) == 1000:
        yield "spelled"


_ORDINAL: Final = ("day_and_month", "ordinal_unit")
_SERIES: Final = frozenset({"month", "weekday", "day_and_month"})  #: what a series of days can begin with
_MONEY_WORDS: Final = frozenset(
    {"us", "u", "c", "ca", "a", "au", "nz", "hk", "s", "sg", "nt", "r", "mx", "fr", "sfr"}
)


@lru_cache
def _money_signs() -> frozenset[str]:
    return frozenset(sign[0].lower() for sign in symbols().money if not sign[0].isalpha())
