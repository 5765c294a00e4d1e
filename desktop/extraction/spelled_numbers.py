"""Numbers in words: how the words of one number add up, and fractions ("two thirds", "driekwart")."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.extraction.number_words import PLAIN, NumberWords
from desktop.extraction.tokens import FIGURE, WORD, Tokens

_MOST_WORDS: Final = 40  #: words of one number
TENS: Final = frozenset(map(Decimal, range(20, 100, 10)))


@dataclass(slots=True)  # not frozen: those take four times as long to make
class Number:
    """A number read from tokens `[start, end)`; a vague one ("tientallen") is a lower bound."""

    end: int
    value: Decimal
    figure: bool = False  #: begins with a figure
    article: bool = False  #: nothing but an article ("een", "a"): counts before a unit only
    fraction: bool = False  #: "two thirds", "driekwart"
    scale: Decimal = Decimal(1)  #: the scale word it carries ("miljoen", "k"), which a range shares
    vague: bool = False  #: "tientallen": `value` is the lower bound
    letter: bool = False  #: the scale is a letter against the figure ("10k", "48m")
    dotted: bool = False  #: ends in an abbreviation, so that a full stop behind it may belong to it
    decimals: int = -1  #: decimals of a plain figure, -1 = none written

    @property
    def scaled(self) -> bool:
        """Tell whether the number carries a scale word."""
        return self.scale != 1


def skip_hyphen(tokens: Tokens, place: int) -> int:
    """Step over a hyphen that ties two number words ("twenty-five")."""
    tied = tokens.low[place] == "-" and tokens.joined(place) and tokens.joined(place + 1)
    return place + 1 if tied else place


class SpelledNumber:
    """Reads one number at one place; kept apart so that its state has names."""

    def __init__(self, tokens: Tokens, words: NumberWords, place: int) -> None:
        self.tokens = tokens
        self.words = words
        self.start = place
        self.place = place
        self.total = Decimal(0)  # finished scales
        self.group = Decimal(0)  # what stands before the next scale
        self.room = Decimal(0)  # the next addend must be smaller
        self.scale = Decimal(1)  # the last scale
        self.last = Decimal(-1)  # the last addend
        self.seen = False
        self.figure = place > 0 and tokens.kind[place - 1] == FIGURE  # "3 miljard een jaar eerder"

    def take(self, word: str) -> bool:
        """Add one number word; False if it does not fit."""
        words = self.words
        if word in words.scales:
            return self._take_scale(words.scales[word])
        value = words.word_value(word)
        if value is None:
            return False
        if value == 100 and 0 < self.group < 100 and self.last < 100:
            self.group *= 100
            self.room = Decimal(100)
            self.last = Decimal(100)
            return True
        if words.vigesimal and value == 20 and self.last == 4 and self.group % 100 == 4:
            self.group += 76
            self.room = self.last = Decimal(20)
            return True
        if self.seen and not value < self.room:
            return False
        if self.last == 10 and value < 7:
            return False
        if value and value % 1000 == 0 and self.group:
            return False
        self._add(value)
        return True

    def _take_scale(self, scale: Decimal) -> bool:
        if not self.seen:
            if scale != 1000:
                return False
            self.total = scale
        elif self.total and scale < self.scale:
            if not self.group:
                return False
            self.total += self.group * scale
        elif self.total and scale == self.scale:
            return False
        else:
            self.total = (self.total + self.group) * scale
        self.group = Decimal(0)
        self.scale = self.room = scale
        self.last = Decimal(0)
        self.seen = True
        return True

    def _add(self, value: Decimal) -> None:
        self.group += value
        self.last = value
        self.seen = True
        if value % 1000 == 0 and value:
            self.total += self.group
            self.group = Decimal(0)
            self.room = self.scale = Decimal(1000)
        elif value % 100 == 0 and value:
            self.room = Decimal(100)
        elif value in (60, 80) and self.words.vigesimal:
            self.room = Decimal(20)
        elif (value % 10 == 0 and value >= 20 and not self.words.ones_first) or (
            value == 10 and self.words.vigesimal
        ):
            self.room = Decimal(10)
        else:
            self.room = Decimal(0)

    def run(self) -> bool:
        """Take as many number words as fit; `place` is then behind the last."""
        tokens, words = self.tokens, self.words
        low = tokens.low
        for _ in range(_MOST_WORDS):
            place = skip_hyphen(tokens, self.place) if self.seen else self.place
            article = self.seen and low[place] in words.articles and (words.ones_first or self.figure)
            if not article and self.take(low[place]):
                self.place = place + 1
                continue
            if self.seen and low[place] in words.glue:
                if fraction(tokens, place + 1, words) is not None:
                    return True
                if self.last == 100 and not words.ones_first and self._take_figure(place + 1, last=True):
                    continue
                after = skip_hyphen(tokens, place + 1)
                if self._take_after_and(low[after]):
                    self.place = after + 1
                    continue
            if self.seen and tokens.kind[place] == FIGURE and self._take_figure(place):
                continue
            break
        return self.seen

    def _take_after_and(self, word: str) -> bool:
        words = self.words
        value = words.word_value(word)
        if words.ones_first and value is not None and 0 < self.last < 10 and value in TENS:
            self.group += value
            self.last, self.room = value, Decimal(0)
            return True
        if value is None or not 0 < value < 1000:
            return False
        return (self.room >= 10 or (self.last in TENS and value < 10)) and self.take(word)

    def _take_figure(self, place: int, *, last: bool = False) -> bool:
        """Take the figure of "4 thousand 3 hundred"; as the last that of "3 hundred and 21"."""
        tokens = self.tokens
        figure = tokens.low[place]
        if not PLAIN.match(figure) or len(figure) > 3 or self.room < 100 or Decimal(figure) >= self.room:
            return False
        follows = tokens.low[place + 1]
        larger = follows in self.words.scales or self.words.values.get(follows) == 100
        if larger == last or int(figure) == 0:
            return False
        self._add(Decimal(figure))
        self.place = place + 1
        return True

    @property
    def value(self) -> Decimal:
        """Return what the words taken so far add up to."""
        return self.total + self.group


def fraction(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read "two thirds", "een kwart", "zwei Drittel", "driekwart" (no scale behind it)."""
    low = tokens.low
    word = low[place]
    value = words.special.get(word)
    if value is not None and value < 1:
        return Number(place + 1, value, fraction=True)
    size = words.a_half.size(tokens, place)
    if size:
        return Number(place + size, Decimal("0.5"), fraction=True)
    article = word in words.articles
    above = Decimal(1) if article else words.word_value(word)
    after = place + 1
    if above is None and tokens.kind[place] == FIGURE and PLAIN.match(word) and len(word) < 4:
        above = Decimal(word)
    if above is None or not above:
        return None
    if low[after] == "-" and tokens.joined(after) and tokens.joined(after + 1):
        if above in TENS:
            return None
        after += 1
    below = words.fractions.get(low[after])
    if below is None or (above >= below * 10):
        return None
    if article and low[after] not in words.fraction_alone and not ends_fraction(tokens, after + 1, words):
        return None
    return Number(after + 1, above / below, fraction=True)


def ends_fraction(tokens: Tokens, place: int, words: NumberWords) -> bool:
    """Tell a fraction ("een derde van") from an ordinal ("een derde plaats") by what follows."""
    return tokens.kind[place] != WORD or tokens.low[place] in words.fraction_of
