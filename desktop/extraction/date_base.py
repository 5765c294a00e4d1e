"""What readers of dates share: the text, the words of its language, which reader a token calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from desktop.extraction.amount_words import amount_words
from desktop.extraction.date_resolver import Part, Resolver, Stretch
from desktop.extraction.date_words import (
    ENDS,
    ENDS_LOOSE,
    FUTURE,
    NOTHING,
    PAST,
    DateWords,
    date_words,
    tenses,
)
from desktop.extraction.number_words import NumberWords, number_words
from desktop.extraction.openings import Opening, openings
from desktop.extraction.tokens import FIGURE, WORD, Known, Tokens
from desktop.extraction.units import UnitNames, unit_names

_NUMERIC: Final = ("numeric",)
_YEAR_READERS: Final = ("year_figures",)
_SIGN_READERS: Final = ("decade_words",)
_CLAUSE: Final = 30  #: tokens to either side that can tell the tense
_DAY_SEPARATORS: Final = frozenset("-/.")
_DAY_SIGNS: Final = frozenset("-/.,~'")
_DEEPEST: Final = 4  #: "derde week van de laatste maand van het jaar"


@dataclass(slots=True)  # not frozen: those take four times as long to make
class Point:
    """A date on tokens up to `end`; `start` where it begins before the token it was found at, else -1."""

    end: int
    what: Part | Stretch
    rule: str
    start: int = -1


class DateBase:
    """Reads dates in one text; the kinds of date are methods of the classes below it."""

    _depth = 0  # how many dates inside dates are being read

    def __init__(self, tokens: Tokens, lang: str, resolver: Resolver) -> None:
        """Take the tokens of a text in a language and the article's date."""
        self.tokens = tokens
        self.lang = lang
        self.words: DateWords = date_words(lang)
        self.openings: Known = openings(lang)
        self.tenses: Known = tenses(lang)
        self.numbers: NumberWords = number_words(lang)
        self.resolver = resolver
        self.units: UnitNames = unit_names(lang)
        self.functions = amount_words(lang).stop
        self.labels = amount_words(lang).labels
        self.names = amount_words(lang).names

    @property
    def too_deep(self) -> bool:
        """Tell whether so many dates are being read inside dates that reading stops."""
        return self._depth >= _DEEPEST

    def read(self, place: int) -> Point | None:
        """Return the longest date that begins (or is counted) at a token, or None."""
        kind = self.tokens.kind[place]
        if kind == WORD:
            readers = self.readers_of(self.tokens.low[place])
        elif kind == FIGURE:
            readers = self._figure_readers(place)
        elif self.tokens.low[place] == "'":
            readers = _SIGN_READERS
        else:
            return None
        if not readers or self.too_deep:
            return None
        self._depth += 1
        best: Point | None = None
        for name in readers:
            point: Point | None = getattr(self, name)(place)
            if point is not None and (
                best is None or point.end > best.end or (point.end == best.end and point.start >= 0)
            ):
                best = point
        self._depth -= 1
        return self._with_day_part(best) if best else None

    def readers_of(self, word: str) -> tuple[str, ...]:
        """Return the names of the methods that can read a date beginning with a word; mostly none."""
        opening: Opening | None = self.openings[word]
        return opening.readers if opening else ()

    def opens_series(self, word: str) -> bool:
        """Tell whether days can be listed from a word on: the name of a month or weekday, a number."""
        opening: Opening | None = self.openings[word]
        return opening is not None and opening.series

    def may_be_date(self, place: int) -> bool:
        """Tell whether a figure can begin a date, by its form and the token behind it."""
        tokens, words = self.tokens, self.words
        figure, after = tokens.low[place], place + 1
        if len(figure) > 2:
            return (len(figure) in (4, 8) and figure.isdecimal()) or "." in figure
        follows = tokens.low[after]
        if tokens.kind[after] == WORD:
            return follows in words.day_followers
        return tokens.kind[after] == FIGURE or follows in _DAY_SIGNS

    def counts_something(self, place: int) -> bool:
        """Tell whether a number in words is clearly no day or year: "twee mensen"."""
        tokens, words, after = self.tokens, self.words, place + 1
        if tokens.low[after] in words.day_followers or tokens.low[after] in self.numbers.glue:
            return False
        if (
            tokens.kind[after] != WORD
            or tokens.low[after] in words.ordinals
            or self.numbers.begins[tokens.low[after]]
        ):
            return False
        return not (place and tokens.low[place - 1] in words.strong_year)

    def ranks_something(self, place: int) -> bool:
        """Tell whether an ordinal is clearly no day and counts no unit: "tweede Kamer"."""
        tokens, after = self.tokens, place + 1
        follows = tokens.low[after]
        if tokens.kind[after] != WORD or follows in self.words.rank_followers or self.numbers.reads[follows]:
            return False
        opening: Opening | None = self.openings[follows]
        return opening is None or not opening.date

    def _figure_readers(self, place: int) -> tuple[str, ...]:
        """Return the names of the methods that can read a date beginning with a figure of this form."""
        tokens = self.tokens
        figure, after = tokens.low[place], tokens.low[place + 1]
        size = len(figure)
        if size == 4 and figure.isdecimal():
            return _YEAR_READERS
        if size <= 2:
            return tuple(self._day_readers(place, figure, after))
        return _NUMERIC if "." in figure or size == 8 else ()

    def _day_readers(self, place: int, figure: str, after: str) -> Iterator[str]:
        """Yield what can read a date that begins with a day, by what stands behind the figure."""
        tokens, words = self.tokens, self.words
        joined, figures = tokens.joined(place + 1), tokens.kind[place + 1] == FIGURE
        glued = tokens.joined(place + 2) and tokens.kind[place + 2] in (WORD, FIGURE)  # "1e9"
        ordinal = joined and (after == "." or (after in words.ordinal_suffixes and not glued))
        if figures or after in _DAY_SEPARATORS:
            yield "numeric"
        if ordinal or after in words.day_links:
            yield "day_and_month"
        if ordinal:
            yield "ordinal_day"
        if figure[-1] == "0":
            yield "decade_figures"
        if after in words.shift:
            yield "counted_shift"
        if ordinal:
            yield "ordinal_unit"
        if figure in words.holidays and (joined or figures or after == "-"):
            yield "holiday"

    def resolve(self, point: Point, tense: int = 0) -> Stretch | None:
        """Return the days of a point."""
        return point.what if isinstance(point.what, Stretch) else self.resolver.part(point.what, tense)

    def _with_day_part(self, point: Point) -> Point:
        """Take "'s avonds", "Nachmittag" behind a day."""
        if isinstance(point.what, Part) and point.what.day is None and point.what.weekday is None:
            return point
        end = self.words.part_after.skip(self.tokens, point.end)
        return replace(point, end=end) if end != point.end else point

    def closes(self, place: int) -> bool:
        """Tell whether a number stands alone, so that it can be a day: nothing behind it that it counts."""
        tokens = self.tokens
        if self.units.at(tokens, place) or tokens.low[place] in (":", "%"):
            return False
        return tokens.kind[place] != WORD or tokens.low[place] in self.functions

    def tense(self, place: int) -> int:
        """Return -1 where the clause speaks of the past, 1 of what is to come, 0 where it does not say."""
        tokens = self.tokens
        low, tells = tokens.low, self.tenses
        past = future = False
        for step in (-1, 1):
            here = place + step
            if step > 0 and low[here] == ",":  # "Over the weekend, police arrested two men"
                here += 1
            for at in range(here, max(here + step * _CLAUSE, -1), step):
                told = tells[low[at]]
                if told == NOTHING:
                    continue
                if told == ENDS or (told == ENDS_LOOSE and not tokens.joined(at + 1)):
                    break
                future = future or told == FUTURE
                past = past or told == PAST
        return future - past
