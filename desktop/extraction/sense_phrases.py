"""A sentence as tokens, and the noun phrases in it: without a grammar, by the words that end them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from desktop.extraction.sense_words import ADJECTIVES, CAPITALS, RUN, SenseWords
from desktop.model import AMOUNT_KINDS, Mention, MentionKind

VALUE: Final = "\0"  #: the token of an amount or a date
LONGEST: Final = 60  #: code points of a purpose
_MOST_WORDS: Final = 7  # of one noun phrase without its complements
_BACK: Final = 4  # words before a noun in which its determiner is looked for
# Of text in lower case. Where words are elided, "l'" is a token of its own; elsewhere "auto's" is one.
_TOKEN = re.compile(r"\w+(?:['\-‑&./]\w+)*|'[ns]\b|\t|\n|\S")
_ELIDED = re.compile(r"\w+(?:'(?=\w)|(?:[\-‑&./]\w+)*)|\t|\n|\S")


def lower(text: str) -> str:
    """Return the text in lower case with one form of apostrophe, as long as it is."""
    low = text.lower()
    if len(low) != len(text):  # "İ" becomes two
        low = "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
    return low.replace("’", "'")


Range = tuple[int, int]  #: tokens [first, last + 1)


class Clause:
    """The tokens of one sentence as parallel lists; an amount or date is one token, VALUE."""

    __slots__ = ("count", "end", "low", "number", "start", "text", "values", "words")

    def __init__(
        self, text: str, low: str, start: int, end: int, values: Sequence[Mention], words: SenseWords
    ) -> None:
        """Read text[start:end]; low: see `lower`; values are the amounts and dates in it, in order."""
        self.text = text
        self.words = words
        self.start: list[int] = []
        self.end: list[int] = []
        self.low: list[str] = []
        self.values: dict[int, Mention] = {}  #: token -> amount or date
        self.number: dict[int, int] = {}  #: where a value begins -> its token
        at = start
        for value in values:
            if value.start < at or value.end > end:
                continue
            self._read(low, at, value.start)
            self.number[value.start] = len(self.low)
            self.values[len(self.low)] = value
            self.start.append(value.start)
            self.end.append(value.end)
            self.low.append(VALUE)
            at = value.end
        self._read(low, at, end)
        self.count = len(self.low)

    def _read(self, low: str, start: int, end: int) -> None:
        tokens = _ELIDED if self.words.elides else _TOKEN
        matches = list(tokens.finditer(low, start, end))
        self.low += [match[0] for match in matches]
        self.start += [match.start() for match in matches]
        self.end += [match.end() for match in matches]

    def capital(self, at: int) -> bool:
        """Tell whether a token begins with a capital."""
        return self.low[at] != VALUE and self.text[self.start[at]].isupper()

    def ends(self, at: int) -> bool:
        """Tell whether a noun phrase ends before this token."""
        if not 0 <= at < self.count:
            return True
        low = self.low[at]
        return low == VALUE or (low in self.words.ends and not (self.capital(at) and self._acronym(at)))

    def _acronym(self, at: int) -> bool:
        """Tell whether a token is written as no stop word is ("VS", "WAS")."""
        return self.end[at] - self.start[at] > 1 and self.text[self.start[at] : self.end[at]].isupper()

    def nouns(self, at: int) -> bool:
        """Tell whether a token can be the noun of a phrase."""
        if self.ends(at) or self.low[at] in self.words.determiners:
            return False
        first = self.low[at][0]
        if self.words.shape == CAPITALS:
            return self.capital(at)
        return first.isalpha() and self.end[at] - self.start[at] > 1

    def skip(self, at: int) -> int:
        """Return the first token from `at` on that is no determiner."""
        determiners = self.words.determiners
        while at < self.count and self.low[at] in determiners:
            at += 1
        return at

    # Phrases from their beginning

    def phrase(self, at: int) -> Range | None:
        """Return the noun phrase that begins at a token, without its determiner, or None."""
        first = self.skip(at)
        if self.words.shape == CAPITALS:
            last = self._capitals(first)
        elif self.words.shape == ADJECTIVES:
            last = self._adjectives(first)
        else:
            last = self._run(first)
        if last <= first or not any(self.nouns(token) for token in range(first, last)):
            return None
        if self.low[last - 1] in self.words.adjectives:
            return None
        if self.low[last - 1] in self.words.times:
            return None
        return first, last

    def _run(self, first: int) -> int:
        at = first
        while at - first < _MOST_WORDS and not self.ends(at) and self.low[at] not in self.words.determiners:
            at += 1
        while at - first > 1 and self._verbal(at - 1):
            at -= 1
        return at

    def _adjectives(self, first: int) -> int:
        at = first
        while at - first < _MOST_WORDS and not self.ends(at):
            name = self.capital(at)
            if not name and not self.words.adjective(self.low[at]):
                at += 1
                return self._names(at)
            at += 1
            if self.ends(at) or self._verbal(at):
                return at
            before = self.low[at - 1]
            if name and not (self.capital(at) or before.endswith("'s") or self.words.adjective(before)):
                return at
        return at

    def _verbal(self, at: int) -> bool:
        """Tell whether a token at the end of a phrase is rather a verb or an adverb."""
        low = self.low[at]
        return low in self.words.measure or self.words.verbal(low)

    def _names(self, at: int) -> int:
        """Return the end of the names that follow a noun ("gemeente Zwolle")."""
        while not self.ends(at) and self.capital(at):
            at += 1
        return at

    def _capitals(self, first: int) -> int:
        at = first
        while at - first < _BACK and not self.ends(at) and not self.capital(at):
            at += 1
        if not self.nouns(at):
            return first
        return self._names(at)

    def extended(self, phrase: Range, head: bool) -> Range:
        """Return a phrase with the complements that belong to it, as long as it stays short.

        head: other prepositions than "van" may follow its noun once.
        """
        first, last = phrase
        if self.low[last - 1] in self.words.partitive and (counted := self.phrase(last)):
            last = counted[1]
        allowed = self.words.complements if head else self.words.of
        while last < self.count and self.low[last] in allowed and not self.capital(last):
            if self.low[last] in self.words.of and self._measure(last + 1):
                return first, last + 2  # "datacenter van 1 gigawatt"
            further = self.phrase(last + 1)
            if further is None or self.end[further[1] - 1] - self.start[first] > LONGEST:
                break
            last = further[1]
            allowed = self.words.of
        return first, self._joined(first, last)

    def _joined(self, first: int, last: int) -> int:
        """Return the end of "onderwijs en bewustwording": two bare nouns that share a preposition."""
        words = self.words
        if first and self.low[first - 1] in words.determiners:
            return last
        if last + 1 >= self.count or self.low[last] not in words.joining:
            return last
        if self.low[last + 1] in words.determiners or self._singular_verb(last + 1):
            return last
        further = self.phrase(last + 1)
        if further is None or self.end[further[1] - 1] - self.start[first] > LONGEST:
            return last
        return further[1]

    def _singular_verb(self, at: int) -> bool:
        ending = self.words.verb_ending
        return bool(ending) and self.low[at].endswith(ending) and not self.words.head(self.low[at])

    def bare_verb(self, phrase: Range) -> bool:
        """Tell whether a single word without a determiner is rather a verb ("spreekt van een …")."""
        first, last = phrase
        if (
            last - first > 1
            or self.capital(first)
            or (first and self.low[first - 1] in self.words.determiners)
        ):
            return False
        return self._singular_verb(first)

    def _measure(self, at: int) -> bool:
        value = self.values.get(at)
        return value is not None and value.kind == MentionKind.QUANTITY

    # Phrases from their end

    def back(self, last: int) -> Range | None:
        """Return the noun phrase whose last word is a token, without its determiner, or None."""
        words, first, low = self.words, last, self.low[last]
        if not self.nouns(last) or low in words.times:
            return None
        if not self.capital(last) and (low in words.adjectives or words.participle_like(low)):
            return None
        for step in range(1, _BACK + 1):
            at = last - step
            if at >= 0 and self.low[at] in words.determiners:
                return at + 1, last + 1
            if self.ends(at):
                break
            if first == at + 1 and self._joins(at):
                first = at
            elif words.shape != RUN:
                break
        while words.shape == CAPITALS and not self.capital(first):
            first += 1
        return first, last + 1

    def _joins(self, at: int) -> bool:
        """Tell whether a token belongs to the noun behind it even where no determiner says so."""
        if self.words.shape == ADJECTIVES:
            return self.capital(at + 1) if self.capital(at) else self.words.adjective(self.low[at])
        if self.capital(at):
            return self.capital(at + 1)
        return self.words.shape == CAPITALS and self.words.adjective(self.low[at])

    def before(self, first: int) -> int:
        """Return the token before a phrase and its determiners, -1 = none."""
        at = first - 1
        while at >= 0 and self.low[at] in self.words.determiners:
            at -= 1
        return at

    def linked(self, phrase: Range, any_noun: bool = False) -> Range:
        """Return a phrase with the head it is a complement of: "economie" -> "groei van de economie"."""
        first, last = phrase
        genitive = first > 0 and self.low[first - 1] in self.words.of
        at = first - 1 if genitive else self.before(first)
        bare = at == first - 1
        if bare and at > 0 and self.low[at] in self.words.compounding and self.words.head(self.low[at - 1]):
            any_noun = True
        allowed = self.words.of if any_noun else self.words.complements
        if at < 1 or self.low[at] not in allowed or self.capital(at):
            return phrase
        if not any_noun and not self.words.head(self.low[at - 1]):
            return phrase
        wider = self.back(at - 1)
        if wider is None or self.end[last - 1] - self.start[wider[0]] > LONGEST:
            return phrase
        return wider[0], last

    # Places

    def place(self, phrase: Range) -> tuple[int, int] | None:
        """Return where a phrase stands in the text; None where it is too long or nothing."""
        first, last = phrase
        while first < last and self.low[first] in self.words.determiners:
            first += 1
        while last > first and self.start[last - 1] - self.start[first] > LONGEST:
            last -= 1
        if first >= last or self.end[last - 1] - self.start[first] > LONGEST:
            return None
        start, end = self.start[first], self.end[last - 1]
        return None if self._inside_word(start) or self._inside_word(end) else (start, end)

    def _inside_word(self, at: int) -> bool:
        """Tell whether a place has letters on both sides: a word glued to an amount ("5mPark")."""
        return 0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum()

    def counted(self, at: int) -> Range | None:
        """Return the token of a count with its noun ("zes fregatten") as a phrase, or None."""
        value = self.values.get(at)
        if value is None or value.kind not in AMOUNT_KINDS or value.amount is None or not value.amount.noun:
            return None
        return at, at + 1
