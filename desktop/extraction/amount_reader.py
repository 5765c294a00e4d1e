"""Reads one amount at one place: number, range, scale, unit, per-unit, hedge and noun.

The order is fixed: `[sign or code] number [range number] [scale] [unit | currency | percent] [per unit]`,
then hedges to the left and the counted noun to the right. Scale and unit of the last number of a range
hold for the first too ("30 en 50 miljard dollar").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from desktop.extraction.amount_values import AGE_IN_YEARS, Value, ValueReader
from desktop.extraction.amount_words import DASHES
from desktop.extraction.phrases import Phrase
from desktop.extraction.quick import amount_of
from desktop.extraction.spelled_numbers import Number
from desktop.extraction.tokens import FIGURE, SIGN, WORD, Tokens
from desktop.extraction.units import Unit, dimension_of
from desktop.model import Amount, Approx, MentionKind

# bound once, since looking up a member of an enumeration is slow and done for every value
_AGE: Final = MentionKind.AGE
_COUNT: Final = MentionKind.COUNT
_DURATION: Final = MentionKind.DURATION
_NUMBER: Final = MentionKind.NUMBER
_YOUNGEST: Final = 10
_OLDEST: Final = 110
_LARGEST_SCORE: Final = 30  #: "3-1", "21-19": two small figures and nothing behind them


@dataclass(slots=True)  # not frozen: those take four times as long to make
class Reading:
    """An amount that stands on tokens `[start, end)`."""

    start: int
    end: int
    kind: MentionKind
    amount: Amount
    rule: str


class AmountReader(ValueReader):
    """Reads amounts in one text."""

    def __init__(self, tokens: Tokens, lang: str, taken: bytearray) -> None:
        """Take the tokens of a text in a language, and which of them something else stands on."""
        super().__init__(tokens, lang, taken)
        self.before = -1  # where the amount before this one ended

    # ------------------------------------------------------------------ one amount

    def read(self, place: int) -> list[Reading]:
        """Return the amount that begins at a token: one, none, or two for a change ("van 12 naar 15")."""
        first = self.value_at(place) or self._whole(place)
        if first is None or (not first.number.figure and self._pronoun(first)):
            return []
        if self.tokens.low[first.end] in self.words.joints:
            change = self._change(first)
            if change:
                return change
            second, lead = self._range(first)
            if second is not None:
                return self._ranged(first, second, lead)
        return self._single(first)

    def _whole(self, place: int) -> Value | None:
        """Read "de hele week", "full-year", "another hour" as one of the unit."""
        tokens = self.tokens
        if tokens.low[place] not in self.words.whole:
            return None
        after = place + 1
        if tokens.low[after] == "-" and tokens.joined(after):
            after += 1
        found = self.units.at(tokens, after)
        if found is None or found[1].kind is not _DURATION or found[1].letters:
            return None
        number = Number(after, Decimal(1))
        return Value(place, found[0], number, found[1].times, found[1], rule="duration.whole")

    def _pronoun(self, value: Value) -> bool:
        """Tell whether "one", in a word, counts nothing: "this one", "no one"."""
        if value.unit or value.value != 1 or value.number.end != value.start + 1:
            return False
        before = self.tokens.low[value.start - 1] if value.start else ""
        return before in self.words.not_one or self._noun(value)[1] is None

    # ------------------------------------------------------------------ ranges and changes

    def _range(self, first: Value) -> tuple[Value | None, int]:
        """Return the second number of a range and where the range begins, or (None, …); a joint follows."""
        tokens, words = self.tokens, self.words
        if first.number.vague or (first.number.fraction and not first.unit):
            return None, first.start
        lead = first.start
        for opening, joint in words.ranges.get(tokens.low[first.end], ()):
            if (
                self._stands_before(opening, first.start)
                and tuple(tokens.low[first.end : first.end + len(joint)]) == joint
            ):
                second = self._second(first, first.end + len(joint))
                if second is not None:
                    return second, first.start - len(opening)
        place = first.end
        if tokens.low[place] in DASHES and tokens.kind[place + 1] in (FIGURE, SIGN, WORD):
            spaced = tokens.joined(place) != tokens.joined(place + 1)
            second = self._second(first, place + 1)
            if spaced and (second is None or second.unit is None or first.unit):
                return None, lead
            return second, lead
        size = words.bare.size(tokens, place)
        if size:
            second = self._second(first, place + size)
            alone = (
                second is not None and second.unit is None and first.unit is not None and not first.prefixed
            )
            return (None if alone else second), lead  # "rose 3 percent to 1,245"
        return None, lead

    def _second(self, first: Value, place: int) -> Value | None:
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

    def _share(self, first: Value, second: Value) -> tuple[Decimal, Decimal, Unit | None, str | None]:
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

    def _ranged(self, first: Value, second: Value, lead: int) -> list[Reading]:
        low, high, unit, per = self._share(first, second)
        bare = lead == first.start
        if bare and self._is_score(first, second, unit):
            self.behind = second.end
            return []
        if low >= high:
            return self._single(first)
        joined = replace(second, start=lead, unit=unit, per=per)
        noun_end, noun = self._noun(joined) if unit is None else (joined.end, None)
        alone = bare and self.tokens.low[first.end] not in DASHES and unit is None and noun is None
        if alone and not self._close(low, high):
            return self._single(first)
        start, approx = self._hedge(lead, unit.kind if unit else None)
        end, approx = self._hedge_behind(noun_end, approx)
        kind = self._kind(joined, start, noun)
        end = self._age_end(end) if kind is _AGE else end
        amount = amount_of(low=plain(low), high=plain(high), unit=joined.symbol, noun=noun, approx=approx)
        return [Reading(start, end, kind, amount, f"range.{kind.value}")]

    def _close(self, low: Decimal, high: Decimal) -> bool:
        return low > 0 and high <= low * 20

    def _is_score(self, first: Value, second: Value, unit: Unit | None) -> bool:
        """Tell "3-1" and "21-19" from a range."""
        if self.tokens.low[first.end] not in DASHES or unit is not None:
            return False
        if not (first.number.figure and second.number.figure):
            return False
        if first.value >= second.value:
            return True
        return second.value <= _LARGEST_SCORE and self._noun(second)[1] is None

    def _change(self, first: Value) -> list[Reading]:
        """Read "van 12 naar 15 procent" as two values that share the unit; a joint follows."""
        tokens = self.tokens
        for opening, joint in self.words.change.get(tokens.low[first.end], ()):
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
            amount = amount_of(value=plain(low), unit=before.symbol, noun=noun)
            return [Reading(first.start, first.end, kind, amount, f"change.{kind.value}"), *last]
        return []

    # ------------------------------------------------------------------ around the number

    def _stands_before(self, phrase: Phrase, place: int) -> bool:
        size = len(phrase)
        return place >= size and tuple(self.tokens.low[place - size : place]) == phrase

    def _hedge(self, place: int, kind: MentionKind | None = None) -> tuple[int, Approx | None]:
        """Step left over hedges ("naar schatting zo'n"); return the new start and what they say."""
        tokens, words = self.tokens, self.words
        approx: Approx | None = None
        if not place or tokens.low[place - 1] not in words.before_ends:
            return place, None
        for _ in range(2):
            end = place
            start = words.hedges.before(tokens, end)
            if start < 0 and place and tokens.low[place - 1] in words.determiners:
                end -= 1  # "more than half the 27 states", "meer dan de helft"
                start = words.hedges.before(tokens, end)
            if start < 0:
                break
            phrase = tuple(tokens.low[start:end])
            if start == self.before and phrase[-1] in words.not_after:
                break  # "8 procent minder dan een jaar eerder" compares
            if kind is _DURATION and phrase[-1] in words.not_duration:
                break  # "over 10 years": during
            approx = approx or words.before[phrase]
            place = start
        return place, approx

    def _hedge_behind(self, place: int, approx: Approx | None) -> tuple[int, Approx | None]:
        for size in (3, 2, 1):
            phrase = tuple(self.tokens.low[place : place + size])
            if phrase in self.words.after and self.tokens.low[place + size] not in self.words.not_after:
                return place + size, self.words.after[phrase] or approx
        return place, approx

    def _noun(self, value: Value) -> tuple[int, str | None]:
        """Return the end of the counted noun behind a number and the noun, or (end, None)."""
        tokens, words = self.tokens, self.words
        place = value.end
        if tokens.low[place] in words.noun_of and self._takes_of(value.number):
            place += 1
            if tokens.low[place] == "'":
                place += 1
        found = self._plural_noun(place) if words.plural_ending else self._first_noun(place)
        if found < 0 or (value.value != 1 and words.no_plural.fullmatch(tokens.low[found])):
            return value.end, None
        end = self._chunk(found)
        noun = tokens.text[tokens.start[found] : tokens.end[end - 1]]
        return (value.end, None) if len(noun) > 2 and noun.isupper() else (end, noun)

    def _takes_of(self, number: Number) -> bool:
        """Tell whether "of" can stand between a number and its noun: "dozens of homes", "3 millions de"."""
        return number.scaled or number.vague or self.tokens.low[number.end - 1] in self.numbers.groups

    def _noun_word(self, place: int) -> bool:
        tokens, word = self.tokens, self.tokens.low[place]
        stop = tokens.kind[place] != WORD or word in self.words.stop or self.taken[place]
        return not stop and not self.numbers.begins[word]

    def _first_noun(self, place: int) -> int:
        """Return where the first word behind inflected adjectives is, or -1."""
        for _ in range(3):
            if not self._noun_word(place):
                return -1
            if not self._adjective(place):
                return place
            place += 1
        return -1

    def _plural_noun(self, place: int) -> int:
        """Return where the last plural of the next three words is, or -1: adjectives have no ending."""
        found = -1
        for _ in range(3):
            if not self._noun_word(place):
                break
            if self._plural(place):
                found = place
            elif found >= 0:
                break
            if self.tokens.joined(place + 1):
                end = self._chunk(place)
                if end > place + 1:
                    return place if self._plural(end - 1) else found
                break
            place += 1
        return found

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

    def _single(self, value: Value) -> list[Reading]:
        end, noun = value.end, None
        if value.unit is None:
            if not value.number.fraction:
                end, noun = self._noun(value)
            if noun is None and self._product(value):
                return []
            if value.number.figure and self._persons_age(value):
                value = replace(value, unit=AGE_IN_YEARS, rule="age.name")
                noun = None
        start, approx = self._hedge(value.start, value.unit.kind if value.unit else None)
        if self.tokens.low[end] in self.words.after_begin:
            end, approx = self._hedge_behind(end, approx)
        kind = self._kind(value, start, noun)
        if kind is _AGE:
            end = self._age_end(end)
        size = plain(value.value)
        if value.number.vague:
            amount = amount_of(None, size, None, value.symbol, noun, approx or Approx.ABOUT)
        else:
            amount = amount_of(size, None, None, value.symbol, noun, approx)
        rule = value.rule if value.unit else ("count.noun" if noun else "number")
        return [Reading(start, end, kind, amount, rule)]

    def _product(self, value: Value) -> bool:
        """Tell the name "737 MAX" from a number: a word in capitals that is no unit."""
        tokens, place = self.tokens, value.end
        written = tokens.written(place) if place < tokens.count else ""
        plain = value.number.figure and not value.number.scaled and tokens.kind[place] == WORD
        return plain and len(written) > 1 and written.isupper() and not tokens.joined(place + 1)

    def _persons_age(self, value: Value) -> bool:
        """Tell the age of "Pope Francis, 88, was" and "Jan Jansen (45)" by where the bare figure stands."""
        tokens, place, end = self.tokens, value.start, value.end
        number = value.number
        if number.decimals >= 0 or not _YOUNGEST <= number.value <= _OLDEST:
            return False
        if tokens.kind[end] != WORD or tokens.low[end] in self.words.stop:
            for size in (1, 2, 3):  # "aged 81"
                if place >= size and tuple(tokens.low[place - size : place]) in self.words.age_before:
                    return True
        before, after = tokens.low[place - 1] if place else "", tokens.low[end]
        if place < 2 or not tokens.capital(place - 2) or tokens.kind[place - 2] != WORD:
            return False
        if len(tokens.low[place - 2]) < 3 or tokens.written(place - 2).isupper():
            return False
        return (before, after) in ((",", ","), ("(", ")"))

    def _kind(self, value: Value, start: int, noun: str | None) -> MentionKind:
        unit = value.unit
        if unit is None:
            return _COUNT if noun else _NUMBER
        if unit.kind is _DURATION and self._is_age(value, start):
            return _AGE
        return unit.kind

    def _age_end(self, place: int) -> int:
        """Step over "oud", "old", "of age", "-old" behind a time."""
        tokens = self.tokens
        start = place
        if tokens.low[place] == "-" and tokens.joined(place) and tokens.joined(place + 1):
            start += 1
        size = self.words.age_after.size(tokens, start)
        return start + size if size else place

    def _beside_name(self, value: Value) -> bool:
        """Tell whether "47 ans" stands in commas behind a name."""
        tokens, place = self.tokens, value.start
        named = place > 1 and tokens.low[place - 1] == "," and tokens.capital(place - 2)
        return named and tokens.low[value.end] in (",", ")") and value.symbol in ("a", "mo")

    def _is_age(self, value: Value, start: int) -> bool:
        """Tell an age from a duration by the words around it."""
        tokens, words = self.tokens, self.words
        if self._age_end(value.end) > value.end or self._beside_name(value):
            return True
        if value.symbol not in ("a", "mo", "wk"):
            return False
        for place in {start, value.start}:
            if any(
                place >= size and tuple(tokens.low[place - size : place]) in words.age_before
                for size in (1, 2, 3)
            ):
                return True
            verb = place > 1 and tokens.low[place - 1] in words.age_verbs and tokens.kind[value.end] != WORD
            if verb and (tokens.low[place - 2] in words.age_subjects or tokens.capital(place - 2)):
                return True  # "hij is 42 jaar.", not "the delay is 14 months."
        return any(tuple(tokens.low[start : start + size]) in words.age_before for size in (1, 2, 3))


@lru_cache(4096)
def plain(value: Decimal) -> Decimal:
    """Return a value without trailing zeros or exponent: 1200000, 0.25."""
    if value == value.to_integral_value():
        return value.to_integral_value().quantize(Decimal(1)) if abs(value) < Decimal(10) ** 27 else value
    return value.normalize()
