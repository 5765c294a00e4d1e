"""Where the words of a query stand in a text, and the passage that shows them best.

The same analysis as the index's, so what was found is what is marked. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

from desktop.search import proximity
from desktop.search.analysis import PARAGRAPH_GAP, Analysis, Forms, pattern
from desktop.search.edits import edits
from desktop.search.pieces import Known, Pieces
from desktop.search.tree import How, Text, leaf

LENGTH = 200  #: characters of a snippet
EDGE = 40  #: so far the ends are moved to reach the end of a word; longer words are cut
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage; marks are ranges in its text."""

    text: str
    marks: tuple[tuple[int, int], ...]


class _Found(NamedTuple):
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
    here, known = asked.look_at(set(text.split()))
    if not here:
        return []
    found: list[_Found] = []
    if asked.of_one_word:
        for piece, words_of in here.items():
            for at in _standing(text, piece):
                found += [
                    _Found(at + word.start, at + word.end, slot) for word in words_of for slot in word.slots
                ]
        return sorted(found, key=_from_the_left)
    places: list[list[int]] = [[] for _slot in asked.slots]
    ranges: dict[int, tuple[int, int]] = {}
    for position, at, piece in _placed(text, here, known):
        for word in here[piece]:
            ranges[position + word.number] = (at + word.start, at + word.end)
            for slot in word.slots:
                places[slot].append(position + word.number)
    for number, asked_leaf in enumerate(asked.leaves):
        own = [places[index] for index, (owner, _slot) in enumerate(asked.slots) if owner == number]
        found += _leaf_ranges(asked_leaf, number, own, ranges)
    return sorted(found, key=_from_the_left)


def _from_the_left(one: _Found) -> tuple[int, int]:
    return one.start, -one.end


def _standing(text: str, piece: str, start: int = 0) -> Iterator[int]:
    """Yield where a piece stands between spaces."""
    at = text.find(piece, start)
    while at >= 0:
        end = at + len(piece)
        whole = (not at or text[at - 1].isspace()) and (end == len(text) or text[end].isspace())
        if whole:
            yield at
        at = text.find(piece, end if whole else at + 1)


def _placed(text: str, here: Mapping[str, object], known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces that are looked for, in order: position of the first word, offset, the piece."""
    forms = known.forms
    position = offset = 0  # positions as in `analysis.placed`
    for paragraph in text.split("\n\n"):
        pieces = paragraph.split()
        positions = list(accumulate((len(forms[piece]) for piece in pieces), initial=position))
        for number, piece in compress(zip(positions, pieces, strict=False), map(here.__contains__, pieces)):
            offset = next(_standing(text, piece, offset))
            yield number, offset, piece
            offset += len(piece)
        position = positions[-1] + PARAGRAPH_GAP


class _Wanted(NamedTuple):
    """A word of a piece that is looked for. number: which word of the piece."""

    number: int
    start: int
    end: int
    slots: tuple[int, ...]


class _Asked:
    """What is looked for, and the pieces of texts that were found to have it; kept for the next text."""

    def __init__(self, words: Sequence[str], pieces: Pieces, analysis: Analysis) -> None:
        self.leaves = [leaf(word) for word in words]
        self.slots = [
            (number, _slot(word, how, one.number, analysis))
            for number, one in enumerate(self.leaves)
            for word, how in one.words()
        ]
        self.of_one_word = [owner for owner, _slot in self.slots] == list(range(len(self.leaves)))
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
        self._pieces = pieces
        self._begin(Known({}, {}))

    def _begin(self, known: Known) -> None:
        self._known = known
        self._seen = dict.fromkeys((*self._exact, *self._stems), 0)  #: so many pieces that have a form
        self._looked_at: set[str] = set()
        self._wanted: dict[str, tuple[_Wanted, ...]] = {}
        self._names: set[str] = set()  #: of the pieces wanted

    def look_at(self, pieces: set[str]) -> tuple[dict[str, tuple[_Wanted, ...]], Known]:
        """Return those of the pieces of a text that have what is looked for, and what is known of all."""
        with self._pieces.lock:
            known = self._pieces.known(pieces)
            if known.having is not self._known.having:
                self._begin(known)
            for form, seen in self._seen.items():
                having = known.having.get(form, ())
                if len(having) > seen:
                    self._look_at(having[seen:], known)
                    self._seen[form] = len(having)
            if self._others:
                self._look_at(pieces - self._looked_at, known)
                self._looked_at |= pieces
            return {piece: self._wanted[piece] for piece in self._names & pieces}, known

    def _look_at(self, pieces: Iterable[str], known: Known) -> None:
        for piece in pieces:
            slots = [self._slots_for(forms) for forms in known.forms[piece]]
            if any(slots):
                self._names.add(piece)
                words = enumerate(zip(pattern(piece).finditer(piece), slots, strict=True))
                self._wanted[piece] = tuple(
                    _Wanted(number, *match.span(), own) for number, (match, own) in words if own
                )

    def _slots_for(self, forms: Forms) -> tuple[int, ...]:
        found = [*self._exact.get(forms.exact, ())]
        for stem in forms.stems:
            found += self._stems.get(stem, ())
        found += [number for number in self._others if self.slots[number][1].accepts(forms)]
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _asked(words: tuple[str, ...], lang: str | None, analysis: Analysis) -> _Asked:
    return _Asked(words, _pieces(lang, analysis), analysis)


@lru_cache(maxsize=8)
def _pieces(lang: str | None, analysis: Analysis) -> Pieces:
    return Pieces(analysis, lang)


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
    most = len({one.leaf for one in found})
    for number, first in enumerate(found):
        last = first.start + length
        inside = [one for one in found[number : number + 50] if one.end <= last]
        if len(inside) > best[1] or best[0] < most:
            value = (len({one.leaf for one in inside}), len(inside))
            if value > best:
                best, window = value, (first.start, max(one.end for one in inside))
    room = max(0, length - (window[1] - window[0]))
    begin = max(start, window[0] - room // 3)
    return begin, min(len(text), max(window[1], begin + length))


def _cut(text: str, begin: int, end: int, start: int, found: list[_Found]) -> Snippet:
    begin, end = _word_start(text, begin, start), _word_end(text, end)
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    before = ELLIPSIS if begin > start and text[start:begin].strip() else ""
    after = ELLIPSIS if text[end:].strip() else ""
    stretch = text[begin:end]
    shown = " ".join(stretch.split())
    is_shown = len(shown) == len(stretch)  # every space is one already
    offset = len(before)
    marks = tuple(
        (low + offset, high + offset)
        if is_shown
        else (_shown_at(stretch, low) + offset, _shown_at(stretch, high) + offset)
        for low, high in ((low - begin, high - begin) for low, high in _merged(found))
        if low >= 0 and high <= len(stretch)
    )
    return Snippet(before + shown + after, marks)


def _word_start(text: str, at: int, start: int) -> int:
    """Return where the word begins in which `at` is, unless that is far away or before `start`."""
    if at < len(text) and text[at].isspace():
        return at
    for before in range(at, max(start, at - EDGE) - 1, -1):
        if not before or text[before - 1].isspace():
            return before
    return at


def _word_end(text: str, at: int) -> int:
    """Return where the word ends in which `at` is, unless that is far away."""
    if at and text[at - 1].isspace():
        return at
    if space := _SPACE.search(text, at, at + EDGE + 1):
        return space.start()
    return len(text) if len(text) <= at + EDGE else at


def _shown_at(text: str, at: int) -> int:
    """Return where the beginning or end of a word comes to stand when white space becomes one space."""
    return len(_SPACES.sub(" ", text[:at]))


_SPACE = re.compile(r"\s")
_SPACES = re.compile(r"\s+")
