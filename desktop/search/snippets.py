"""Where the words of a query stand in a text, and the passage that shows them best.

The same analysis as the index's, so what was found is what is marked. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count

from desktop.search import proximity
from desktop.search.analysis import PARAGRAPH_GAP, Analysis, Forms, pattern
from desktop.search.edits import edits
from desktop.search.tree import How, Text, leaf

LENGTH = 200  #: characters of a snippet
EDGE = 40  #: so far the ends are moved to reach the end of a word; longer words are cut
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage; marks are ranges in its text."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    leaf: int


def find_ranges(
    text: str, lang: str | None, words: Sequence[str], analysis: Analysis
) -> list[tuple[int, int]]:
    """Return where the words stand, in order and without overlap.

    words: as `query.words_to_mark` gives them. Words that must stand side by side are one range, from the
    first to the last; words that must be near each other are marked one by one.
    """
    return _merged(_find(text, lang, words, analysis))


def _merged(found: Sequence[_Found]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for one in found:
        if ranges and one.start < ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], one.end))
        else:
            ranges.append((one.start, one.end))
    return ranges


def _find(text: str, lang: str | None, words: Sequence[str], analysis: Analysis) -> list[_Found]:
    asked = _asked(tuple(words), lang, analysis)
    if not asked.slots:
        return []
    paragraphs = text.split("\n\n")
    patterns = list(map(pattern, paragraphs))
    words_of = [one.findall(paragraph) for one, paragraph in zip(patterns, paragraphs, strict=True)]
    matching = asked.matching(set().union(*words_of))
    places: list[list[int]] = [[] for _slot in asked.slots]
    at: dict[int, tuple[int, int]] = {}
    position = offset = 0  # as in `analysis.placed`; but only what is found is looked at word by word
    for one, paragraph, here in zip(patterns, paragraphs, words_of, strict=True):
        if not matching.keys().isdisjoint(here):
            asked_for = [word in matching for word in here]
            numbers = compress(count(position), asked_for)
            for number, match in zip(numbers, compress(one.finditer(paragraph), asked_for), strict=True):
                at[number] = (match.start() + offset, match.end() + offset)
                for slot in matching[match[0]]:
                    places[slot].append(number)
        position += len(here) + PARAGRAPH_GAP
        offset += len(paragraph) + 2
    found: list[_Found] = []
    for number, asked_leaf in enumerate(asked.leaves):
        own = [places[index] for index, (owner, _slot) in enumerate(asked.slots) if owner == number]
        found += _leaf_ranges(asked_leaf, number, own, at)
    return sorted(found, key=lambda one: (one.start, -one.end))


class _Asked:
    """What is looked for, and which words were found to be that; kept for the next text."""

    REMEMBERED = 50_000  #: words

    def __init__(self, words: Sequence[str], lang: str | None, analysis: Analysis) -> None:
        self.leaves = [leaf(word) for word in words]
        self.slots = [
            (number, _slot(word, how, one.number, analysis))
            for number, one in enumerate(self.leaves)
            for word, how in one.words()
        ]
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._others: list[int] = []  #: slots that no form answers
        for number, (_leaf, slot) in enumerate(self.slots):
            if slot.how in (How.PREFIX, How.FUZZY):
                self._others.append(number)
                continue
            self._exact.setdefault(slot.forms.exact, []).append(number)
            for stem in slot.forms.stems if slot.how is How.WORD else ():
                self._stems.setdefault(stem, []).append(number)
        self._analysis, self._lang = analysis, lang
        self._known: set[str] = set()
        self._matching: dict[str, tuple[int, ...]] = {}

    def matching(self, different: set[str]) -> dict[str, tuple[int, ...]]:
        """Look at words of a text; return all known ones that are looked for, with the slots they are for."""
        if len(self._known) > self.REMEMBERED:
            self._known, self._matching = set(), {}
        new = different.difference(self._known)
        exact, stems = self._exact, self._stems.keys()
        for word, forms in zip(new, self._analysis.all_text_forms(new, self._lang), strict=True):
            if forms[0] in exact or not stems.isdisjoint(forms[1]) or self._others:
                self._matching[word] = self._slots_for(forms)
        self._known |= different
        return self._matching

    def _slots_for(self, forms: Forms) -> tuple[int, ...]:
        found = [*self._exact.get(forms.exact, ())]
        for stem in forms.stems:
            found += self._stems.get(stem, ())
        found += [number for number in self._others if self.slots[number][1].accepts(forms)]
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _asked(words: tuple[str, ...], lang: str | None, analysis: Analysis) -> _Asked:
    return _Asked(words, lang, analysis)


def _leaf_ranges(
    asked: Text, number: int, slots: list[list[int]], at: dict[int, tuple[int, int]]
) -> list[_Found]:
    if not slots:
        return []
    if asked.how is How.NEAR:
        near = {position for window in proximity.near(slots, asked.number) for position in window}
        return [_Found(*at[position], number) for position in near]
    return [
        _Found(at[start][0], at[start + len(slots) - 1][1], number) for start in proximity.side_by_side(slots)
    ]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word that is looked for."""

    how: How
    forms: Forms
    number: int

    def accepts(self, forms: Forms) -> bool:
        """Tell whether a word of a text with these forms is like it (PREFIX and FUZZY)."""
        wanted = self.forms.exact
        if self.how is How.PREFIX:
            return forms.exact.startswith(wanted)
        return forms.exact[:1] == wanted[:1] and edits(wanted, forms.exact, self.number) <= self.number


def _slot(word: str, how: How, number: int, analysis: Analysis) -> _Slot:
    return _Slot(how, analysis.query_forms(word), number)


def snippet(
    text: str,
    lang: str | None,
    words: Sequence[str],
    analysis: Analysis,
    *,
    start: int = 0,
    length: int = LENGTH,
) -> Snippet:
    """Return the passage of about `length` characters that shows most of the words, in whole words.

    start: passages are taken from there on (the end of the title). Without words found it is the beginning.
    """
    found = [one for one in _find(text, lang, words, analysis) if one.start >= start]
    begin, end = _best(found, text, start, length)
    return _cut(text, begin, end, start, found)


def _best(found: list[_Found], text: str, start: int, length: int) -> tuple[int, int]:
    """Return the stretch with most different leaves, then most words, then nearest to the beginning."""
    best, window = (0, 0), (start, start)
    for number, first in enumerate(found):
        inside = [one for one in found[number : number + 50] if one.end <= first.start + length]
        value = (len({one.leaf for one in inside}), len(inside))
        if value > best:
            best, window = value, (first.start, max(one.end for one in inside))
    room = max(0, length - (window[1] - window[0]))
    begin = max(start, window[0] - room // 3)
    return begin, min(len(text), max(window[1], begin + length))


def _edge(text: str, at: int) -> bool:
    """Tell whether no word is cut there."""
    return at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace()


def _cut(text: str, begin: int, end: int, start: int, found: list[_Found]) -> Snippet:
    begin = next((at for at in range(begin, max(start, begin - EDGE) - 1, -1) if _edge(text, at)), begin)
    end = next((at for at in range(end, min(len(text), end + EDGE) + 1) if _edge(text, at)), end)
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    before = ELLIPSIS if begin > start and text[start:begin].strip() else ""
    after = ELLIPSIS if text[end:].strip() else ""
    stretch = text[begin:end]
    offset = len(before)
    marks = tuple(
        (_shown_at(stretch, low - begin) + offset, _shown_at(stretch, high - begin) + offset)
        for low, high in _merged(found)
        if low >= begin and high <= end
    )
    shown = _SPACES.sub(" ", stretch)
    return Snippet(before + shown + after, marks)


_SPACES = re.compile(r"\s+")


def _shown_at(text: str, at: int) -> int:
    """Return where the beginning or end of a word comes to stand when white space becomes one space."""
    return len(_SPACES.sub(" ", text[:at]))
