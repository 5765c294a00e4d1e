"""Where names may stand: stretches of capitals, listed names, and names that begin with a small word.

A span is only a candidate; `names.py` decides what it is, or that it is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from desktop.extraction.gazetteer import Entry, NameLists
from desktop.extraction.name_tokens import CAPITAL, FIGURE, LOWER, MIXED, SIGN, UPPER, NameTokens

_NAMEABLE: Final = frozenset((CAPITAL, UPPER, MIXED))
_LONGEST: Final = 12  # tokens of one run


@dataclass(slots=True)
class Span:
    """The tokens [start, end) as a candidate."""

    start: int
    end: int
    entry: Entry | None = None
    rule: str = ""  #: what made it a candidate, where that decides its kind
    scores: list[float] = field(default_factory=list)


class SpanFinder:
    """Finds the candidates of one text."""

    def __init__(self, tokens: NameTokens, lists: NameLists) -> None:
        """Prepare for one text."""
        self.tokens = tokens
        self.lists = lists
        sets = lists.sets
        self.function_words = sets["function_words"]
        self.particles = sets["particles"]
        self.adjectives = sets["adjectives"]
        self.roles = sets["roles"]
        self.heads = sets["organisation_heads"] | sets["event_heads"] | sets["other_heads"]
        self.starts = sets["name_starts"]
        self.linking = sets["linking"]
        self.calendar = sets["calendar"]

    def find(self) -> list[Span]:
        """Return the candidates in order, not overlapping."""
        spans: list[Span] = []
        tokens = self.tokens
        shapes, count = tokens.shape, tokens.count
        phrases, words, starts = self.lists.phrases, tokens.word, self.starts
        index = 0
        while index < count:
            if shapes[index] not in _NAMEABLE and words[index] not in phrases and words[index] not in starts:
                index += 1
                continue
            span = self._at(index)
            if span is None:
                index += 1
                continue
            spans.append(span)
            index = span.end
        return spans

    def _at(self, index: int) -> Span | None:
        tokens = self.tokens
        word = tokens.word[index]
        low = word.lower()
        listed = self._listed(index)
        if tokens.shape[index] not in _NAMEABLE:
            if listed is not None:
                return listed
            return self._small_start(index) if word in self.starts else None
        if listed is not None and listed.end - index > 1:
            run_end = self._run_end(index)
            if run_end <= listed.end or not self._joins(index, listed.end):
                return listed
            return Span(index, run_end)
        fresh = tokens.first[index]
        if low in self.function_words and (fresh or tokens.shape[index] == CAPITAL):
            return None
        if low in self.calendar or (low in self.roles and word not in self.heads and listed is None):
            return None
        follows = self._next_name(index + 1)
        if word in self.adjectives and not (follows and word in self.heads):
            return None
        if fresh and follows and word not in self.heads and self._plain(index):
            return None
        end = self._run_end(index)
        if listed is not None and end == listed.end:
            return listed
        return Span(index, end)

    def _plain(self, index: int) -> bool:
        """Tell whether the capitalised word is an ordinary word and no usual first name or listed name."""
        word = self.tokens.word[index]
        return (
            self.tokens.shape[index] == CAPITAL
            and word not in self.lists.first_names
            and word not in self.lists.phrases
            and self.lists.common(word)
        )

    def _listed(self, index: int) -> Span | None:
        found = self.lists.match(self.tokens, index)
        if found is None:
            return None
        end, entry = found
        tokens = self.tokens
        if tokens.glued[end] and tokens.shape[end] != SIGN:
            return None
        if tokens.glued[index] and index and tokens.word[index - 1] not in "\"'“”„«‘([/-–":
            return None
        if end - index == 1 and self._hyphen_to_name(end):
            return None
        return Span(index, end, entry)

    def _hyphen_to_name(self, index: int) -> bool:
        """Tell whether a hyphen and a capitalised word that is no ordinary word are glued on here."""
        tokens = self.tokens
        if tokens.word[index] != "-" or not tokens.glued[index] or not tokens.glued[index + 1]:
            return False
        if tokens.shape[index + 1] not in _NAMEABLE:
            return False
        if tokens.shape[index - 1] in (UPPER, MIXED):
            return tokens.shape[index + 1] in (UPPER, MIXED) or not self.lists.common(tokens.word[index + 1])
        return True

    def _next_name(self, index: int) -> bool:
        tokens = self.tokens
        return (
            tokens.shape[index] in _NAMEABLE
            and tokens.line[index] == tokens.line[index - 1]
            and not tokens.glued[index]
        )

    def _joins(self, start: int, index: int) -> bool:
        return self._next_name(index) and not self._plain(index)

    def _run_end(self, index: int) -> int:
        """Return the end of the run of capitalised words that begins here, connecting words included."""
        tokens = self.tokens
        start, end = index, index + 1
        head = tokens.word[start] in self.heads
        while end < tokens.count and end - start < _LONGEST and tokens.line[end] == tokens.line[start]:
            step = self._glued_step(end) if tokens.glued[end] else self._loose_step(start, end, head)
            if step == end:
                break
            end = step
        return end

    def _glued_step(self, end: int) -> int:
        """Continue over a sign that stands directly behind: hyphen, apostrophe, point, ampersand, plus."""
        tokens = self.tokens
        sign = tokens.word[end]
        after = end + 1
        tight = tokens.glued[after]
        if sign == "-" and tight and self._hyphen_to_name(end):
            return end + 2
        if sign in ("'", "&", "/", "*") and tight and tokens.shape[after] in _NAMEABLE:
            return end + 2
        if sign == "." and len(tokens.word[end - 1]) == 1 and tokens.shape[end - 1] == CAPITAL:
            return end + 2 if tight and tokens.shape[after] in _NAMEABLE else end + 1
        if (
            sign == "."
            and tight
            and tokens.word[after]
            in ("com", "nl", "be", "org", "net", "eu", "io", "ai", "one", "de", "fr", "brussels")
        ):
            return end + 2
        if sign == "+" and not tight:
            return end + 1
        if sign == "-" and tight and tokens.shape[after] == FIGURE and tokens.shape[end - 1] == UPPER:
            return end + 2
        return end

    def _loose_step(self, start: int, end: int, head: bool) -> int:
        """Continue over a space: to a capitalised word, or over connecting words to one."""
        tokens = self.tokens
        if tokens.shape[end] in _NAMEABLE:
            word = tokens.word[end]
            if (
                tokens.first[end]
                or word.lower() in self.calendar
                or (word.lower() in self.roles and word not in self.heads)
            ):
                return end
            return end + 1
        if tokens.word[end] == "&" and tokens.shape[end + 1] in _NAMEABLE:
            return end + 2
        if tokens.shape[end] != LOWER:
            return end
        return self._over_small_words(start, end, head)

    def _over_small_words(self, start: int, end: int, head: bool) -> int:
        tokens = self.tokens
        allowed = self.linking if head else self.particles
        stop = end
        while stop - end < 3 and tokens.word[stop] in allowed and tokens.line[stop] == tokens.line[start]:
            stop += 1
        if stop == end or tokens.shape[stop] not in _NAMEABLE or tokens.line[stop] != tokens.line[start]:
            return end
        if not head and not self._person_continues(start, end, stop):
            return end
        return stop + 1

    def _person_continues(self, start: int, end: int, stop: int) -> bool:
        """Tell whether small words between capitals belong to a person's name ("Wieneke van Rossem")."""
        tokens, lists = self.tokens, self.lists
        if lists.match(tokens, stop) is not None or tokens.word[stop] in lists.places:
            found = lists.match(tokens, stop)
            if found is None or found[1].kind != "place" or tokens.word[start] not in lists.first_names:
                return False
        if any(tokens.word[i] in self.particles for i in range(start, end)):
            return tokens.word[end] in ("al", "el", "bin", "ibn", "de", "und", "y", "e")
        if tokens.word[start] in lists.phrases or not all(
            tokens.shape[i] in (CAPITAL, SIGN) for i in range(start, end)
        ):
            return False
        if all(tokens.word[i] in lists.first_names for i in range(start, end) if tokens.shape[i] != SIGN):
            return True
        return end - start == 1 and tokens.word[end] not in self.sole_of

    @property
    def sole_of(self) -> frozenset[str]:
        """Small words that, alone, rather mean "of"."""
        return self.lists.sets["of_words"]

    def _small_start(self, index: int) -> Span | None:
        """A small word that belongs to the name behind it: "gemeente Groningen"."""
        tokens = self.tokens
        after = index + 1
        if tokens.word[after] in self.linking and tokens.shape[after + 1] in _NAMEABLE:
            after += 1
        if not (tokens.shape[after] in _NAMEABLE or tokens.word[after] == "'"):
            return None
        inner = self._at(after) if tokens.line[after] == tokens.line[index] else None
        return Span(index, inner.end, rule="start") if inner is not None else None
