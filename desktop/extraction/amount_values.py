"""A number with its unit: currency in front or behind, scale, unit, cents, per-unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Final

from desktop.extraction.amount_words import AmountWords, amount_words
from desktop.extraction.number_words import NumberWords, number_words
from desktop.extraction.numerals import read_number
from desktop.extraction.spelled_numbers import Number
from desktop.extraction.tokens import FIGURE, SIGN, WORD, Tokens
from desktop.extraction.units import Unit, UnitNames, dimension_of, unit_names
from desktop.model import MentionKind

# bound once, since looking up a member of an enumeration is slow and done for every value
_MONEY: Final = MentionKind.MONEY
_QUANTITY: Final = MentionKind.QUANTITY
_PERCENT: Final = MentionKind.PERCENT
_TEMPERATURE: Final = MentionKind.TEMPERATURE
_DURATION: Final = MentionKind.DURATION
AGE_IN_YEARS: Final = Unit("a", MentionKind.AGE)
_FIGURE_OR_SIGN: Final = (FIGURE, SIGN)
_MILLION: Final = Decimal(10**6)
_RARE_MONEY: Final = frozenset({"JPY", "XBT"})  #: "un yen": currencies whose name is nothing else


@dataclass(slots=True)
class Value:
    """A number with its unit, before hedges and noun."""

    start: int
    end: int
    number: Number
    value: Decimal
    unit: Unit | None = None
    per: str | None = None
    rule: str = "number"
    prefixed: bool = False  # the currency stood in front

    @property
    def symbol(self) -> str | None:
        """Return the unit with its per-unit: "EUR/m2"."""
        if self.unit is None:
            return None
        return f"{self.unit.symbol}/{self.per}" if self.per else self.unit.symbol


class ValueReader:
    """Reads numbers with their units in one text."""

    def __init__(self, tokens: Tokens, lang: str, taken: bytearray) -> None:
        """Take the tokens of a text in a language, and which of them something else stands on."""
        self.tokens = tokens
        self.lang = lang
        self.taken = taken
        self.behind = 0  # where reading goes on after something that is no amount
        self.numbers: NumberWords = number_words(lang)
        self.units: UnitNames = unit_names(lang)
        self.words: AmountWords = amount_words(lang)
        self.counted: frozenset[str] = _counted(lang)

    def value_at(self, place: int) -> Value | None:
        """Read a number with its unit at a token."""
        tokens = self.tokens
        money = None
        start = place
        if self.taken[place]:
            return None
        kind = tokens.kind[place]
        if kind == SIGN or (kind == WORD and tokens.kind[place + 1] in _FIGURE_OR_SIGN):
            money = self.units.money_at(tokens, place)
            if money:
                place = money[0]
        number = read_number(tokens, place, self.numbers)
        if number is None or (
            money and (number.article or (tokens.kind[place] == WORD and not number.figure))
        ):
            return None
        if money:
            unit = money[1]
            value = Value(
                start, number.end, number, number.value * unit.times, unit, rule="money.sign", prefixed=True
            )
            self._step_over_stop(value)
            self._after_prefix(value)
        else:
            if number.letter:
                number = self._without_letter(number)
            value = Value(start, number.end, number, number.value)
            self._take_unit(value)
            if value.unit is not None and value.unit.kind is _TEMPERATURE:
                self._warm_or_cold(value)
            if number.article and not self._one_counts(value):
                return None
        if value.unit is not None:
            self._take_rest(value, value.unit)
            if tokens.low[value.end] in self.units.per_begin:
                self._take_per(value, value.unit)
        return value

    def point_leads(self, place: int) -> bool:
        """Tell whether the point before a figure begins a decimal (",75")."""
        tokens = self.tokens
        return tokens.joined(place) and not tokens.joined(place - 1) and not self.taken[place - 1]

    def hedged(self, place: int) -> bool:
        """Tell whether "moins" is the end of a hedge ("au moins") and no minus."""
        low = self.tokens.low
        return any(
            place >= size and tuple(low[place - size : place + 1]) in self.words.before for size in (1, 2)
        )

    def article_counts(self, place: int) -> bool:
        """Tell whether an article can be a number by what stands behind it: "een uur", "a million"."""
        low, numbers = self.tokens.low, self.numbers
        if numbers.ratio_noun and low[place + 2] in numbers.out_of:
            return True
        return low[place + 1] in self.counted

    def _one_counts(self, value: Value) -> bool:
        """Tell whether an article counts one: before the name of a unit ("een uur"), not before a sign."""
        unit = value.unit
        named = unit is not None and not unit.sign and not unit.letters
        if self.tokens.low[value.end - 1] in self.units.not_with_article:
            return False
        return named and (unit is None or unit.kind is not _MONEY or unit.symbol in _RARE_MONEY)

    def _without_letter(self, number: Number) -> Number:
        """Read "48m" as metres unless money or a counted thing follows ("5m homes")."""
        unit = self.units.at(self.tokens, number.end - 1)
        if unit is None or unit[1].kind is _TEMPERATURE:
            return number
        follows = self.units.at(self.tokens, number.end)
        if follows and follows[1].kind is _MONEY:
            return number
        if self._plural(number.end):
            return number
        return replace(
            number, end=number.end - 1, value=number.value / number.scale, scale=Decimal(1), letter=False
        )

    def _plural(self, place: int) -> bool:
        tokens = self.tokens
        word = tokens.low[place]
        if tokens.kind[place] != WORD or word in self.words.stop or word in self.words.extent:
            return False
        return word.endswith("s") or word in self.words.plurals

    def _warm_or_cold(self, value: Value) -> None:
        """Take the minus of "- 20 graden" and of "5 graden onder nul"."""
        if value.value <= 0:
            return
        tokens, start = self.tokens, value.start
        size = self.words.below_zero.size(tokens, value.end)
        if size:
            value.value = -value.value
            value.end += size
        elif (
            start > 1
            and tokens.low[start - 1] == "-"
            and not tokens.joined(start - 1)
            and tokens.kind[start - 2] == WORD
        ):
            value.value = -value.value
            value.start = start - 1

    def _after_prefix(self, value: Value) -> None:
        """Step over a currency said twice: "$ 10 dollars", "€ 5 miljoen euro"."""
        found = self.units.at(self.tokens, value.end)
        if found and value.unit and found[1].symbol == value.unit.symbol and not found[1].cents:
            value.end = found[0]

    def _step_over_stop(self, value: Value) -> None:
        """Take the full stop of "mln." when the sentence goes on behind it."""
        tokens, end = self.tokens, value.end
        if value.number.dotted and tokens.low[end] == "." and tokens.joined(end):
            follows = end + 1
            sign = tokens.kind[follows] == SIGN and tokens.kind[follows + 1] != FIGURE
            if (tokens.kind[follows] == WORD and not tokens.capital(follows)) or (
                (sign or tokens.kind[follows] == WORD) and self.units.at(tokens, follows)
            ):
                value.end = follows

    def _take_unit(self, value: Value) -> None:
        tokens = self.tokens
        if value.number.dotted:
            self._step_over_stop(value)
        place = value.end
        low = tokens.low[place]
        if low == "-" and tokens.joined(place) and tokens.joined(place + 1):
            place += 1
            if tokens.kind[place] != WORD:
                return
        elif low in self.numbers.fraction_of and (
            value.number.scaled or value.number.vague or value.value >= _MILLION
        ):
            place += 1
            if tokens.low[place] == "'":
                place += 1
        low, kind = tokens.low[place], tokens.kind[place]
        if low in self.words.age_adjective:
            value.unit = AGE_IN_YEARS
            value.end = place + 1
            value.rule = "age.adjective"
            return
        scaled = self._scaled_sign(place) if kind == WORD and tokens.kind[place + 1] == SIGN else None
        if scaled:
            value.end, value.unit = scaled
            value.value *= value.unit.times
            value.rule = "money.sign"
            return
        found = self.units.at(tokens, place)
        if found is None or (kind == SIGN and found[1].sign and self._belongs_right(place)):
            return
        value.end, unit = found
        if low in self.units.when_scaled and value.number.scaled:
            unit = self.units.when_scaled[low]
        value.unit = unit
        if unit.times != 1:
            value.value *= unit.times
        value.rule = unit.rule

    def _belongs_right(self, place: int) -> bool:
        """Tell whether a currency sign belongs to the figure behind it: "10 $5"."""
        tokens = self.tokens
        return (
            not tokens.joined(place)
            and tokens.kind[place + 1] == FIGURE
            and tokens.joined(place + 1)
            and self.units.money_at(tokens, place) is not None
        )

    def _scaled_sign(self, place: int) -> tuple[int, Unit] | None:
        """Read "k€", "Md€", "mln€" behind a number: a word and a sign."""
        tokens = self.tokens
        if not tokens.joined(place + 1):
            return None
        factor = self.numbers.letters.get(tokens.written(place)) or self.numbers.short.get(tokens.low[place])
        money = self.units.money_at(tokens, place + 1) if factor else None
        if factor is None or money is None:
            return None
        return money[0], Unit(money[1].symbol, _MONEY, factor, sign=True)

    def _take_rest(self, value: Value, unit: Unit) -> None:
        """Read what a second number adds: cents, minutes behind hours, inches behind feet, "et demie"."""
        tokens, place = self.tokens, value.end
        low = tokens.low[place]
        more = low in self.numbers.glue or self.numbers.reads[low] or low in self.numbers.and_half
        if (tokens.kind[place] == WORD and not more) or value.number.scaled or value.number.vague:
            return
        size = self.numbers.and_half.size(tokens, value.end)
        if size:
            value.value += unit.times / 2
            value.end += size
            return
        while True:
            place = value.end
            if tokens.low[place] == "," and unit.kind is not _MONEY:
                place += 1
            if tokens.low[place] in self.numbers.glue:
                place += 1
            number = read_number(tokens, place, self.numbers, sign=False)
            if number is None or number.vague or number.scaled:
                return
            found = self.units.at(tokens, number.end)
            if found is None and tokens.low[number.end] in self.units.rest:
                found = number.end + 1, self.units.rest[tokens.low[number.end]]
            added = self._smaller(value, number, found[1]) if found else None
            if found and added is not None:
                value.value += added
                value.end = found[0]
                if unit.kind is _MONEY:
                    return
                continue
            self._bare_cents(value, number, place)
            return

    def _smaller(self, value: Value, number: Number, unit: Unit) -> Decimal | None:
        """Return what a part in a smaller unit adds, in the unit of the whole."""
        whole = value.unit
        if whole is None:
            return None
        if whole.kind is _MONEY:
            cents = unit.cents and not number.fraction and 0 < number.value < 100 and not whole.cents
            return number.value * unit.times if cents else None
        (first, size), (second, part) = dimension_of(whole.symbol), dimension_of(unit.symbol)
        if (
            first != second
            or first not in ("time", "length", "mass")
            or part >= size
            or number.value * part > size * 400
        ):
            return None
        if first == "length" and not number.value * part < size:
            return None
        return number.value * unit.times * part / size

    def _bare_cents(self, value: Value, number: Number, place: int) -> None:
        """Read "5 euro 50" and "vijf euro vijftig": two digits and nothing that they count."""
        unit = value.unit
        if unit is None or unit.kind is not _MONEY or unit.cents or unit.sign:
            return
        if number.article or number.fraction or not 10 <= number.value < 100 or number.decimals >= 0:
            return
        if self.tokens.kind[number.end] == WORD and (
            place != value.end or self.tokens.low[number.end] not in self.words.stop
        ):
            return
        if self.units.at(self.tokens, number.end):
            return
        value.value += number.value / 100
        value.end = number.end

    def _take_per(self, value: Value, unit: Unit) -> None:
        """Read "per uur", "/m2", "an hour" behind a unit, of which the first word is there."""
        tokens, place = self.tokens, value.end
        if unit.kind is _PERCENT and tokens.low[place] in self.units.per_article:
            found = self.units.at(tokens, place + 1)
            if found and found[1].kind is _DURATION:
                self.behind = found[0]  # "6% a year": no year of its own
        if unit.kind is not _MONEY and unit.kind is not _QUANTITY:
            return
        follows = tokens.low[place + 1]
        if tokens.low[place] in self.units.per_skip and (
            follows in self.units.per or follows in self.units.per_article
        ):
            place += 1
        word = tokens.low[place]
        article = word in self.units.per_article and tokens.kind[place] == WORD
        if word in self.units.per or article:
            found = self.units.at(tokens, place + 1)
            money = unit.kind is _MONEY
            if found and article and not money and found[1].kind is not _DURATION:
                return
            if found is None or any(self.taken[place : found[0]]):
                return
            if found[1].kind in (_QUANTITY, _DURATION) and found[1].times == 1:
                value.per = found[1].symbol
                value.end = found[0]


@lru_cache
def _counted(lang: str) -> frozenset[str]:
    """Return the words that an article can count: units, scales, halves, "paar", "op" of "een op de vijf"."""
    numbers = number_words(lang)
    tables = (numbers.scales, numbers.short, numbers.half, numbers.special, numbers.fractions, numbers.glue)
    more = (numbers.few_words, numbers.out_of.first_tokens(), unit_names(lang).first_tokens())
    hundreds = (word for word, value in numbers.values.items() if value == 100)
    return frozenset(chain(*tables, *more, hundreds)) - numbers.articles
