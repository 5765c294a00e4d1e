"""Reads one amount at one place: number, range, scale, unit, per-unit, hedge and noun.

The order is fixed: `[sign or code] number [range number] [scale] [unit | currency | percent] [per unit]`, then
hedges to the left and the counted noun to the right. Scale and unit of the last number of a range hold
for the first too ("30 en 50 miljard dollar").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from desktop.extraction.amount_words import LONGEST_HEDGE, AmountWords, Phrase, amount_words
from desktop.extraction.number_words import number_words
from desktop.extraction.numerals import Number, phrase_at, read_number
from desktop.extraction.tokens import FIGURE, SIGN, WORD, Tokens
from desktop.extraction.units import Unit, dimension_of, unit_names
from desktop.model import Amount, Approx, MentionKind

_DASHES: Final = frozenset({"-", "~"})
_LARGEST_SCORE: Final = 30  #: "3-1", "21-19": two small figures and nothing behind them


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount that stands on tokens `[start, end)`."""

    start: int
    end: int
    kind: MentionKind
    amount: Amount
    rule: str


@dataclass(slots=True)
class _Value:
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
        if self.unit is None:
            return None
        return f"{self.unit.symbol}/{self.per}" if self.per else self.unit.symbol


class AmountReader:
    """Reads amounts in one text."""

    def __init__(self, tokens: Tokens, lang: str) -> None:
        """Take the tokens of a text in a language."""
        self.tokens = tokens
        self.lang = lang
        self.numbers = number_words(lang)
        self.units = unit_names(lang)
        self.words: AmountWords = amount_words(lang)
        self.behind = 0  # where reading goes on after something that is no amount

    # ------------------------------------------------------------------ one amount

    def read(self, place: int) -> list[Reading]:
        """Return the amount that begins at a token: one, two for a change ("van 12 naar 15 procent"), or none."""
        first = self.value_at(place)
        if first is None:
            return []
        change = self._change(first)
        if change:
            return change
        second, lead = self._range(first)
        if second is None:
            return self._single(first)
        return self._ranged(first, second, lead)

    def value_at(self, place: int) -> _Value | None:
        """Read a number with its unit at a token."""
        tokens = self.tokens
        money = None
        start = place
        if tokens.kind[place] == SIGN or (
            tokens.kind[place] == WORD and tokens.kind[place + 1] in (FIGURE, SIGN)
        ):
            money = self.units.money_at(tokens, place)
            if money:
                place = money[0]
        number = read_number(tokens, place, self.numbers)
        if number is None or (money and (number.article or tokens.kind[place] == WORD and not number.figure)):
            return None
        if money:
            unit = money[1]
            value = _Value(
                start, number.end, number, number.value * unit.times, unit, rule="money.sign", prefixed=True
            )
            self._step_over_stop(value)
            self._after_prefix(value)
        else:
            value = _Value(start, number.end, number, number.value)
            self._take_unit(value)
            if number.article and not self._article_counts(value):
                return None
        self._take_rest(value)
        self._take_per(value)
        return value

    def _article_counts(self, value: _Value) -> bool:
        return value.unit is not None and value.unit.kind is not MentionKind.MONEY and not value.unit.sign

    def _after_prefix(self, value: _Value) -> None:
        """Step over a currency said twice: "$ 10 dollars", "€ 5 miljoen euro"."""
        found = self.units.at(self.tokens, value.end)
        if found and value.unit and found[1].symbol == value.unit.symbol and not found[1].cents:
            value.end = found[0]

    def _step_over_stop(self, value: _Value) -> None:
        """Take the full stop of "mln." when the sentence goes on behind it."""
        tokens, end = self.tokens, value.end
        if value.number.dotted and tokens.low[end] == "." and tokens.joined(end):
            follows = end + 1
            if tokens.kind[follows] == WORD and (
                not tokens.capital(follows) or self.units.at(tokens, follows)
            ):
                value.end = follows

    def _take_unit(self, value: _Value) -> None:
        tokens = self.tokens
        self._step_over_stop(value)
        place = value.end
        if tokens.low[place] == "-" and tokens.joined(place) and tokens.joined(place + 1):
            place += 1
            if tokens.kind[place] != WORD:
                return
        elif tokens.low[place] in self.numbers.fraction_of and (value.number.scaled or value.number.vague):
            place += 1
            if tokens.low[place] == "'":
                place += 1
        if tokens.low[place] in self.words.age_adjective:
            value.unit = Unit("a", MentionKind.AGE)
            value.end = place + 1
            value.rule = "age.adjective"
            return
        scaled = self._scaled_sign(place)
        if scaled:
            value.end, value.unit = scaled
            value.value *= value.unit.times
            value.rule = "money.sign"
            return
        found = self.units.at(tokens, place)
        if found is None or (found[1].sign and tokens.kind[place] == SIGN and self._belongs_right(place)):
            return
        value.end, value.unit = found
        value.value *= found[1].times
        value.rule = f"{found[1].kind.value}.{'sign' if found[1].sign else 'name'}"

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
        """Read "k€", "Md€", "mln€" behind a number."""
        tokens = self.tokens
        if tokens.kind[place] != WORD or not tokens.joined(place + 1) or tokens.kind[place + 1] != SIGN:
            return None
        factor = self.numbers.letters.get(tokens.written(place)) or self.numbers.short.get(tokens.low[place])
        money = self.units.money_at(tokens, place + 1) if factor else None
        if factor is None or money is None:
            return None
        return money[0], Unit(money[1].symbol, MentionKind.MONEY, factor, sign=True)

    def _take_rest(self, value: _Value) -> None:
        """Read what a second number adds: cents, minutes behind hours, inches behind feet, "et demie"."""
        unit = value.unit
        if unit is None or value.number.scaled or value.number.vague:
            return
        tokens = self.tokens
        size = phrase_at(tokens, value.end, self.numbers.and_half)
        if size:
            value.value += unit.times / 2
            value.end += size
            return
        while True:
            place = value.end
            if tokens.low[place] == "," and not unit.kind is MentionKind.MONEY:
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
                if unit.kind is MentionKind.MONEY:
                    return
                continue
            self._bare_cents(value, number, place)
            return

    def _smaller(self, value: _Value, number: Number, unit: Unit) -> Decimal | None:
        """Return what a part in a smaller unit adds, in the unit of the whole."""
        whole = value.unit
        if whole is None:
            return None
        if whole.kind is MentionKind.MONEY:
            cents = unit.cents and not number.fraction and 0 < number.value < 100 and not whole.cents
            return number.value * unit.times if cents else None
        (first, size), (second, part) = dimension_of(whole.symbol), dimension_of(unit.symbol)
        if (
            first != second
            or first not in ("time", "length")
            or part >= size
            or number.value * part > size * 400
        ):
            return None
        if first == "length" and not number.value * part < size:
            return None
        return number.value * unit.times * part / size

    def _bare_cents(self, value: _Value, number: Number, place: int) -> None:
        """Read "5 euro 50" and "vijf euro vijftig": two digits and nothing that they count."""
        unit = value.unit
        if (
            unit is None
            or unit.kind is not MentionKind.MONEY
            or unit.cents
            or unit.sign
            or place != value.end
        ):
            return
        if number.article or number.fraction or not 10 <= number.value < 100 or number.decimals >= 0:
            return
        if self.tokens.kind[number.end] == WORD and self.tokens.low[number.end] not in self.words.stop:
            return
        value.value += number.value / 100
        value.end = number.end

    def _take_per(self, value: _Value) -> None:
        """Read "per uur", "/m2", "an hour" behind a unit."""
        if value.unit is None or value.unit.kind not in (MentionKind.MONEY, MentionKind.QUANTITY):
            return
        tokens, place = self.tokens, value.end
        word = tokens.low[place]
        if word in self.units.per or (word in self.units.per_article and tokens.kind[place] == WORD):
            found = self.units.at(tokens, place + 1)
            if (
                found
                and found[1].kind in (MentionKind.QUANTITY, MentionKind.DURATION)
                and found[1].times == 1
            ):
                value.per = found[1].symbol
                value.end = found[0]

    # ------------------------------------------------------------------ ranges and changes

    def _range(self, first: _Value) -> tuple[_Value | None, int]:
        """Return the second number of a range and where the range begins, or (None, …)."""
        tokens, words = self.tokens, self.words
        if first.number.vague or first.number.fraction and not first.unit:
            return None, first.start
        lead = first.start
        for opening, joint in words.between | words.from_to:
            if (
                self._stands_before(opening, first.start)
                and tuple(tokens.low[first.end : first.end + len(joint)]) == joint
            ):
                second = self._second(first, first.end + len(joint))
                if second is not None:
                    return second, first.start - len(opening)
        place = first.end
        if tokens.low[place] in _DASHES and tokens.kind[place + 1] in (FIGURE, SIGN, WORD):
            spaced = tokens.joined(place) != tokens.joined(place + 1)
            second = None if spaced else self._second(first, place + 1)
            return second, lead
        size = phrase_at(tokens, place, words.bare)
        if size:
            return self._second(first, place + size), lead
        return None, lead

    def _second(self, first: _Value, place: int) -> _Value | None:
        """Read the second number of a range, a hedge before it allowed, and share scale and unit."""
        tokens = self.tokens
        for size in (2, 1):
            if tuple(tokens.low[place : place + size]) in self.words.before:
                place += size
                break
        second = self.value_at(place)
        if second is None or second.number.article or second.number.vague:
            return None
        if (
            first.unit
            and second.unit
            and dimension_of(first.symbol or "")[0] != dimension_of(second.symbol or "")[0]
        ):
            return None
        return second

    def _share(self, first: _Value, second: _Value) -> tuple[Decimal, Decimal, Unit | None, str | None]:
        """Return low, high and the unit of a range."""
        low, high = first.value, second.value
        unit, per = second.unit, second.per
        scale = second.number.scale
        if first.number.scale == 1 and scale > 1 and first.number.value <= second.number.value / scale:
            low *= scale
        if unit is None:
            unit, per = first.unit, first.per
            if unit is not None and not first.prefixed:
                high *= unit.times
        elif first.unit is None:
            low *= unit.times
        elif first.unit.symbol != unit.symbol:
            low = low * dimension_of(first.unit.symbol)[1] / dimension_of(unit.symbol)[1]
        elif first.prefixed and not second.prefixed:
            pass
        return low, high, unit, per

    def _ranged(self, first: _Value, second: _Value, lead: int) -> list[Reading]:
        low, high, unit, per = self._share(first, second)
        bare = lead == first.start
        if bare and self._is_score(first, second, unit):
            self.behind = second.end
            return []
        if low >= high:
            return self._single(first)
        joined = replace(second, start=lead, unit=unit, per=per)
        noun_end, noun = self._noun(joined) if unit is None else (joined.end, None)
        if bare and self.tokens.low[first.end] not in _DASHES and unit is None and noun is None:
            if not self._close(low, high):
                return self._single(first)
        start, approx = self._hedge(lead)
        end, approx = self._hedge_behind(noun_end, approx)
        kind = self._kind(joined, start, noun)
        amount = Amount(low=plain(low), high=plain(high), unit=joined.symbol, noun=noun, approx=approx)
        return [Reading(start, end, kind, amount, f"range.{kind.value}")]

    def _close(self, low: Decimal, high: Decimal) -> bool:
        return low > 0 and high <= low * 20

    def _is_score(self, first: _Value, second: _Value, unit: Unit | None) -> bool:
        """Tell "3-1" and "21-19" from a range."""
        if self.tokens.low[first.end] not in _DASHES or unit is not None:
            return False
        if not (first.number.figure and second.number.figure):
            return False
        small = max(first.value, second.value) <= _LARGEST_SCORE
        return small and self._noun(second)[1] is None

    def _change(self, first: _Value) -> list[Reading]:
        """Read "van 12 naar 15 procent" as two values that share the unit."""
        tokens = self.tokens
        for opening, joint in self.words.change:
            if not self._stands_before(opening, first.start):
                continue
            if tuple(tokens.low[first.end : first.end + len(joint)]) != joint:
                continue
            second = self._second(first, first.end + len(joint))
            if second is None:
                continue
            low, high, unit, per = self._share(first, second)
            before = replace(first, value=low, unit=unit, per=per)
            after = replace(second, value=high, unit=unit, per=per)
            last = self._single(after)
            kind, noun = last[0].kind, last[0].amount.noun
            amount = Amount(value=plain(low), unit=before.symbol, noun=noun)
            return [Reading(first.start, first.end, kind, amount, f"change.{kind.value}"), *last]
        return []

    # ------------------------------------------------------------------ around the number

    def _stands_before(self, phrase: Phrase, place: int) -> bool:
        size = len(phrase)
        return place >= size and tuple(self.tokens.low[place - size : place]) == phrase

    def _hedge(self, place: int) -> tuple[int, Approx | None]:
        """Step left over hedges ("naar schatting zo'n"); return the new start and what they say."""
        tokens, words = self.tokens, self.words
        approx: Approx | None = None
        for _ in range(2):
            if place == 0 or tokens.low[place - 1] not in words.last_before:
                break
            for size in range(min(LONGEST_HEDGE, place), 0, -1):
                phrase = tuple(tokens.low[place - size : place])
                if phrase in words.before:
                    approx = approx or words.before[phrase]
                    place -= size
                    break
            else:
                break
        return place, approx

    def _hedge_behind(self, place: int, approx: Approx | None) -> tuple[int, Approx | None]:
        for size in (3, 2, 1):
            phrase = tuple(self.tokens.low[place : place + size])
            if phrase in self.words.after:
                return place + size, self.words.after[phrase] or approx
        return place, approx

    def _noun(self, value: _Value) -> tuple[int, str | None]:
        """Return the end of the counted noun behind a number and the noun, or (end, None)."""
        tokens, words = self.tokens, self.words
        place = value.end
        if tokens.low[place] in words.noun_of:
            place += 1
            if tokens.low[place] == "'":
                place += 1
        for _ in range(3):
            word = tokens.low[place]
            if tokens.kind[place] != WORD or word in words.stop or self.numbers.begins(word):
                return value.end, None
            if not self._adjective(place):
                break
            place += 1
        else:
            return value.end, None
        if tokens.kind[place] != WORD:
            return value.end, None
        end = self._chunk(place)
        return end, tokens.text[tokens.start[place] : tokens.end[end - 1]]

    def _adjective(self, place: int) -> bool:
        """Tell whether a word is an inflected adjective before a noun."""
        tokens, words = self.tokens, self.words
        follows = tokens.low[place + 1]
        if tokens.kind[place + 1] != WORD or follows in words.stop or tokens.joined(place + 1):
            return False
        word = tokens.low[place]
        if self.lang == "de":
            return not tokens.capital(place) and tokens.capital(place + 1)
        return word in words.adjectives or word.endswith(words.adjective_endings)

    def _chunk(self, place: int) -> int:
        """Return the end of a word with what hangs on to it: "F-35's", "CO2", "e-mails"."""
        tokens = self.tokens
        end = place + 1
        while tokens.joined(end) and (
            tokens.kind[end] in (WORD, FIGURE)
            or (
                tokens.low[end] in ("-", "'")
                and tokens.joined(end + 1)
                and tokens.kind[end + 1] in (WORD, FIGURE)
            )
        ):
            end += 1
        return end

    # ------------------------------------------------------------------ results

    def _single(self, value: _Value) -> list[Reading]:
        noun_end, noun = (
            self._noun(value) if value.unit is None and not value.number.fraction else (value.end, None)
        )
        start, approx = self._hedge(value.start)
        end, approx = self._hedge_behind(noun_end, approx)
        kind = self._kind(value, start, noun)
        if kind is MentionKind.AGE:
            end = self._age_end(end)
        number = value.number
        if number.vague:
            amount = Amount(
                low=plain(value.value), unit=value.symbol, noun=noun, approx=approx or Approx.ABOUT
            )
        else:
            amount = Amount(value=plain(value.value), unit=value.symbol, noun=noun, approx=approx)
        rule = value.rule if value.unit else ("count.noun" if noun else "number")
        return [Reading(start, end, kind, amount, rule)]

    def _kind(self, value: _Value, start: int, noun: str | None) -> MentionKind:
        unit = value.unit
        if unit is None:
            return MentionKind.COUNT if noun else MentionKind.NUMBER
        if unit.kind is MentionKind.DURATION and self._is_age(value, start):
            return MentionKind.AGE
        return unit.kind

    def _age_end(self, place: int) -> int:
        """Step over "oud", "old", "of age", "-old" behind a time."""
        tokens = self.tokens
        start = place
        if tokens.low[place] == "-" and tokens.joined(place) and tokens.joined(place + 1):
            start += 1
        size = phrase_at(tokens, start, self.words.age_after)
        return start + size if size else place

    def _is_age(self, value: _Value, start: int) -> bool:
        tokens, words = self.tokens, self.words
        if self._age_end(value.end) > value.end:
            return True
        for place in {start, value.start}:
            for size in (1, 2, 3):
                if place >= size and tuple(tokens.low[place - size : place]) in words.age_before:
                    return True
        for size in (1, 2, 3):
            if tuple(tokens.low[start : start + size]) in words.age_before:
                return True
        return False


def plain(value: Decimal) -> Decimal:
    """Return a value without trailing zeros or exponent: 1200000, 0.25."""
    if value == value.to_integral_value():
        return value.to_integral_value().quantize(Decimal(1)) if abs(value) < Decimal(10) ** 27 else value
    return value.normalize()
