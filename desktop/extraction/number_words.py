"""The number words of a language as data, and what a single word or figure is worth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from desktop.extraction.phrases import phrase_set
from desktop.extraction.tokens import Known
from desktop.resources import resource

LONGEST_FIGURE: Final = 24  #: characters; what is longer is a code, not a number
PLAIN = re.compile(r"[0-9]+\Z")
_ONE_SIGN = re.compile(r"([0-9]+)([.,'])([0-9]+)\Z")
_GROUPS = re.compile(r"[0-9]{1,3}(?:([.,'])[0-9]{3})(?:\1[0-9]{3})*\Z")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}\Z")
_LONGEST_WORD: Final = 80  #: letters of a number in one word
FRACTION_SIGNS: Final = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip


def read_figure(written: str, decimal: str = ",") -> Decimal | None:
    """Read a figure with its groups and decimals, `decimal` being the language's decimal sign.

    One sign followed by exactly three digits is a thousands sign if it is not the decimal sign;
    with both signs the last is the decimal one. None: no number ("13.5.2015", "1.2.3").
    """
    if len(written) > LONGEST_FIGURE:
        return None
    if PLAIN.match(written):
        return Decimal(written)
    text = re.sub("[ \u00a0\u2009\u202f]", "", written).replace("’", "'")
    single = _ONE_SIGN.match(text)
    if single:
        whole, sign, rest = single.groups()
        grouped = len(rest) == 3 and len(whole) <= 3 and whole[0] != "0"
        if sign == "'":
            return Decimal(whole + rest) if grouped else None
        spaced = len(text) != len(written)
        if grouped and sign != decimal and not spaced:
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}")
    if _GROUPS.match(text) or _INDIAN.match(text):
        return Decimal(re.sub("[.,']", "", text))
    if PLAIN.match(text):
        return Decimal(text)
    if not text.isascii():
        return None
    last = max(text.rfind("."), text.rfind(","))
    whole, rest = text[:last], text[last + 1 :]
    if text[last] not in whole and (_GROUPS.match(whole) or _INDIAN.match(whole)):
        return Decimal(re.sub("[.,']", "", whole) + "." + rest)
    return None


class NumberWords:
    """The number words of one language, and how they combine."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take what `numbers.toml` holds."""
        self.decimal: str = data["decimal"]
        self.ones_first: bool = data["ones_first"]
        self.vigesimal: bool = data.get("vigesimal", False)
        self.values: dict[str, int] = dict(data["words"])
        self.scales: dict[str, Decimal] = _powers(data["scales"])
        self.short: dict[str, Decimal] = _powers(data["short"])
        self.letters: dict[str, Decimal] = _powers(data["letters"])
        self.special: dict[str, Decimal] = {word: Decimal(value) for word, value in data["special"].items()}
        self.groups = frozenset(data["groups"]["words"])
        self.vague: dict[str, Decimal] = _powers(data["vague"])
        self.vague_of: dict[str, Decimal] = _powers(data.get("vague_of", {}))
        self.fractions: dict[str, int] = dict(data["fractions"])
        rules = data["fraction_rules"]
        self.fraction_alone = frozenset(rules["alone"])
        self.fraction_of = frozenset(rules["of"])
        self.out_of = phrase_set(rules["out_of"])
        self.ratio_noun: bool = rules.get("noun_between", False)
        self.out_of_strict = phrase_set(rules.get("out_of_strict", ()))
        self.ordinal_endings = tuple(data["ordinal_endings"])
        self.glue = frozenset(data["and"])
        self.point = frozenset(data["point"])
        self.minus = frozenset(data["minus"])
        self.few = phrase_set(data["few"])
        self.few_words = frozenset(word for phrase in data["few"] for word in phrase.split())
        self.articles = frozenset(data["articles"])
        self.half = frozenset(data["half"])
        self.and_half = phrase_set(data["and_half"])
        self.and_half_words = frozenset(word for phrase in data["and_half"] for word in phrase.split())
        self.a_half = phrase_set(data["a_half"])
        self.all_of = phrase_set(data["all_of"])
        self._halfway = sorted(data["halfway"], key=len, reverse=True)
        self._compounds: bool = data["compounds"]
        self._decimals = {word: Decimal(value) for word, value in self.values.items()}
        self._long = Known(self._compound)
        #: what a figure is worth and how many decimals it has (-1 = none), None for no number
        self.figure = Known(self._figure)
        #: what a word is worth that is a cardinal below 1,000 and begins nothing longer, else None
        self.plain = Known(self._plain)
        #: whether any number, fraction or share can be read from a word on
        self.reads = Known(self._reads)
        #: whether a number in words certainly ends before a word or sign
        self.ends = Known(self._ends)
        #: whether a word can be part of a whole number
        self.part = Known(self._part)
        #: whether a number can begin with a word
        self.begins = Known(self._begins)
        hundreds = {word for word, value in self.values.items() if value == 100}
        #: words and signs that can carry on a number behind a figure
        self.behind_figure: frozenset[str] = frozenset(
            {*FRACTION_SIGNS, "/", "-", "a", *self.scales, *self.short, *self.groups, *self.point, *hundreds}
            | {*self.out_of.first_tokens(), *self.out_of_strict.first_tokens()}
        )
        self._parts: dict[str, tuple[str, int]] = {word: ("value", v) for word, v in self.values.items()}
        self._parts.update((word, ("and", 0)) for word in self.glue)
        thousands = {word: int(value) for word, value in self.scales.items() if value == 1000}
        self._parts.update((word, ("scale", value)) for word, value in thousands.items())
        self._heads = frozenset(word[:2] for word in [*self.values, *thousands])

    def word_value(self, word: str) -> Decimal | None:
        """Return what a single word is worth as a cardinal ("driehonderdvijftig"), or None."""
        value = self._decimals.get(word)
        if value is not None:
            return value
        if not self._compounds or len(word) < 6 or word[:2] not in self._heads:
            return None
        compound: Decimal | None = self._long[word]
        return compound

    def _figure(self, written: str) -> tuple[Decimal, int] | None:
        value = read_figure(written, self.decimal)
        if value is None:
            return None
        exponent = value.as_tuple().exponent
        return value, -exponent if isinstance(exponent, int) and exponent < 0 else -1

    def _plain(self, word: str) -> Decimal | None:
        more = (self.vague, self.vague_of, self.special, self.fractions, self.half, self.minus)
        longer = (self.articles, self.few, self.all_of, self.a_half, self.scales)
        if any(word in table for table in (*more, *longer)):
            return None
        value = self.word_value(word)
        return value if value is not None and value < 1000 else None

    def _reads(self, word: str) -> bool:
        return word in self.all_of or word in self.a_half or self.begins[word]

    def _ends(self, follows: str) -> bool:
        more = (self.behind_figure, self.glue, self.fractions, self.and_half)
        return self.word_value(follows) is None and not any(follows in table for table in more)

    def _part(self, word: str) -> bool:
        tables = (self.scales, self.short, self.groups, self.glue, self.point, self.half, self.letters)
        more = (self.vague, self.vague_of, self.few_words, self.fraction_of, self.fractions, ("a",))
        known = any(word in table for table in (*tables, *more)) or word.upper() in self.letters
        return known or word in self.and_half_words or self.begins[word]

    def group_size(self, word: str) -> Decimal:
        """Return how many a group is: "dozen", "douzaines"."""
        return self.special.get(word) or self.special[word.removesuffix("s")]

    def _compound(self, word: str) -> Decimal | None:
        if len(word) > _LONGEST_WORD:
            return None
        for ending in self._halfway:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                whole = self.word_value(word[: -len(ending)])
                if whole is not None:
                    return whole + Decimal("0.5")
        for parts in _segmentations(word, self._parts):
            value = _evaluate(parts)
            if value is not None:
                return Decimal(value)
        return None

    def _begins(self, word: str) -> bool:
        return (
            word in self.values
            or self.scales.get(word) == 1000
            or word in self.vague
            or word in self.vague_of
            or word in self.special
            or word in self.fractions
            or word in self.half
            or word in self.minus
            or word in self.articles
            or word in self.few
            or self.word_value(word) is not None
        )


def _powers(table: Mapping[str, int]) -> dict[str, Decimal]:
    return {word: Decimal(10) ** power for word, power in table.items()}


def _segmentations(word: str, parts: Mapping[str, tuple[str, int]]) -> Iterable[list[tuple[str, int]]]:
    """Yield the ways to split a word into parts, longest first; dead ends are remembered."""
    dead: set[int] = set()
    longest = max(map(len, parts))

    def split(place: int) -> Iterable[list[tuple[str, int]]]:
        if place == len(word):
            yield []
            return
        if place in dead:
            return
        found = False
        for size in range(min(longest, len(word) - place), 0, -1):
            part = parts.get(word[place : place + size])
            if part is not None:
                for rest in split(place + size):
                    found = True
                    yield [part, *rest]
        if not found:
            dead.add(place)

    return split(0)


def _evaluate(parts: list[tuple[str, int]]) -> int | None:
    """Return the value of the parts of a compound in a language with ones first, or None."""
    total = group = 0
    last = 0
    glued = False
    for kind, value in parts:
        if kind == "and":
            if glued or not (group or total):
                return None
            glued = True
            continue
        if kind == "scale":
            if glued or total:
                return None
            total, group = (group or 1) * value, 0
        elif value == 100:
            if (glued and not total) or group >= 100:
                return None
            group = (group or 1) * 100
        elif value >= 20:
            if not (glued and 0 < last < 10) and group % 100:
                return None
            group += value
        else:
            if group % 100:
                return None
            group += value
        last, glued = value, False
    return None if glued else total + group


@lru_cache
def number_words(lang: str) -> NumberWords:
    """Return the number words of a language; read once."""
    with resource("languages", lang, "numbers.toml").open("rb") as file:
        return NumberWords(tomllib.load(file))
