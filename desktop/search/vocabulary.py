"""The words of an index themselves: which there are, how often, what looks like them, what they stand for.

Words are known as the index has them: folded (lower case, without accents). Counts are of articles.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from desktop.search import analysis, codec
from desktop.search.analysis import Analysis
from desktop.search.docsets import mask
from desktop.search.edits import edits
from desktop.search.executor import Term
from desktop.search.inversion import STEMS, TEXT, TITLE
from desktop.search.segment import Field
from desktop.search.similar import similar
from desktop.search.snapshot import Snapshot
from desktop.search.tree import How

SHORTEST = 4  #: letters of a word that may be a misspelling of another
_TWO_WRONG_FROM = 6  #: letters of a word in which two may be wrong
_COMPARED = 60  #: words of a like look that are weighed against each other
_TRIED_FORMS = 4_000  #: words that are looked at to see whether they have a stem, the most frequent ones
_SHORTEST_ROOT = 3  #: letters by which a part of a compound is told
_LARGE = 20_000  #: articles of a library in which words of one article may be passed over


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the library. articles: how many have it."""

    word: str
    articles: int


class Vocabulary:
    """Questions about the words of one state of an index, from which they are answered while it is held."""

    def __init__(self, snapshot: Snapshot, analysis: Analysis) -> None:
        self._snapshot, self._analysis = snapshot, analysis

    def count(self, word: str, *, title: bool = False, prefix: bool = False) -> int:
        """Return how many articles have a word, in any inflection; with `prefix` words that begin so."""
        field = TITLE if title else TEXT
        if prefix:
            return len(self._documents(Term(field, analysis.fold(word), prefix=True)))
        found = [one for term in self._terms(field, word) if len(one := self._documents(term))]
        return len(np.unique(np.concatenate(found))) if found else 0

    def is_rare(self, word: str, most: int) -> bool:
        """Tell whether at most so many articles have a word, in any inflection; soon told of others."""
        return (
            all(len(self._documents(term)) <= most for term in self._terms(TEXT, word))
            and self.count(word) <= most
        )

    def _terms(self, field: str, word: str) -> list[Term]:
        forms = self._analysis.query_forms(word)
        return [Term(field, forms.exact), *(Term(field + STEMS, stem) for stem in forms.stems)]

    def exact_count(self, word: str) -> int:
        """Return how many articles have a word in exactly this form."""
        return len(self._snapshot.occurrences(Term(TEXT, analysis.fold(word))).documents)

    def rows_with(self, word: str, limit: int) -> list[int]:
        """Return some articles that have a word in exactly this form, as the library numbers them."""
        documents = self._snapshot.occurrences(Term(TEXT, analysis.fold(word))).documents
        return [int(row) for row in self._snapshot.numbers[documents[:limit]]]

    # Beginnings

    def beginning(self, prefix: str, limit: int) -> list[Known]:
        """Return words that begin so, those of most articles first."""
        folded = analysis.fold(prefix)
        if not folded:
            return []
        candidates: set[bytes] = set()
        with codec.reading():
            for part in self._snapshot.parts:
                field = part.segment.field(TEXT)
                start, stop = field.dictionary.beginning(folded.encode())
                often = _how_often(field, start, stop)
                for at in _largest(often, 2 * limit):
                    candidates.add(field.dictionary.text(start + at, start + at + 1)[:-1])
        return self._most_frequent((word.decode() for word in candidates), limit)

    def _most_frequent(self, words: Iterable[str], limit: int) -> list[Known]:
        counted = ((self.exact_count(word), word) for word in words)
        best = heapq.nsmallest(limit, ((-count, word) for count, word in counted if count))
        return [Known(word, -count) for count, word in best]

    # What looks like a word

    def nearest(self, word: str, limit: int) -> list[Known]:
        """Return words that `word` may be a misspelling of, likeliest first.

        One letter may be wrong, two in longer words. What sounds the same comes first, then what differs
        least; of equals the most frequent.
        """
        folded = analysis.fold(word)
        if len(folded) < SHORTEST:
            return []
        near = self._ranked(folded, {*self._alike(folded, 1), *_other_beginnings(folded)}, 1)
        if not near and len(folded) >= _TWO_WRONG_FROM:
            further = self._alike(folded, 2)
            for spelling in _other_beginnings(folded):
                further |= self._alike(spelling, 1)
            near = self._ranked(folded, further, 2)
        return near[:limit]

    def _ranked(self, folded: str, candidates: set[str], distance: int) -> list[Known]:
        sound = sounding(folded)
        weighed = []
        for candidate in candidates - {folded}:
            wrong = edits(folded, candidate, distance)
            if wrong <= distance:
                weighed.append((0 if sounding(candidate) == sound else wrong, candidate))
        weighed = heapq.nsmallest(_COMPARED, weighed)
        ranked = sorted((wrong, -self.exact_count(one), one) for wrong, one in weighed)
        return [Known(one, -count) for _wrong, count, one in ranked if count]

    def _alike(self, word: str, distance: int) -> set[str]:
        """Return words with the same first letter that differ in so many letters.

        In a large library a word of a single article is as likely a misspelling itself: where two letters
        differ, which is slow to tell, those are not looked at.
        """
        found: set[str] = set()
        first = word[:1].encode()
        with codec.reading():
            for part in self._snapshot.parts:
                field = part.segment.field(TEXT)
                start, stop = field.dictionary.beginning(first)
                lines = field.dictionary.text(start, stop)
                if distance > 1 and self._snapshot.size > _LARGE and lines:
                    often = _how_often(field, start, stop)
                    lines = _chosen(lines, often > 1)
                if alike := similar(lines, word, distance):
                    names = lines.split(b"\n")
                    found.update(names[line].decode() for line in alike)
        return found

    def halves(self, word: str, limit: int) -> list[tuple[str, str]]:
        """Return pairs of words of the library that together are written like this one, likeliest first."""
        folded = analysis.fold(word)
        found = []
        for at in range(3, len(folded) - 2):
            left, right = folded[:at], folded[at:]
            if (one := self.exact_count(left)) and (other := self.exact_count(right)):
                found.append((-min(one, other), left, right))
        return [(left, right) for _often, left, right in sorted(found)[:limit]]

    # What counts as a word

    def forms(
        self, word: str, how: How, distance: int = 0, *, title: bool = False, limit: int = 12
    ) -> tuple[int, list[Known]]:
        """Return how many words of the library count as this word of a query, and the most frequent ones.

        A word counts in its inflections, and in words that it is a part of where those are found by it.
        """
        field = TITLE if title else TEXT
        folded = analysis.fold(word)
        if how is How.PREFIX:
            return _best(self._beginning_with(field, folded), limit)
        if how is How.EXACT:
            found = {folded}
        elif how is How.FUZZY:
            found = self._snapshot.similar(field, folded, distance)
        else:
            return _best(self._inflected(field, word), limit)
        return _best({term: len(self._documents(Term(field, term))) for term in found}, limit)

    def _documents(self, term: Term) -> np.ndarray:
        return self._snapshot.occurrences(term).documents

    def _inflected(self, field: str, word: str) -> dict[str, int]:
        """Return the words that count as a word of a query, each with the articles in which it does so.

        A stem belongs to a language, and counts only in the articles of that language.
        """
        folded = analysis.fold(word)
        having = {
            stem: documents
            for stem in self._analysis.query_forms(word).stems
            if len(documents := self._documents(Term(field + STEMS, stem)))
        }
        found = {folded: len(self._documents(Term(field, folded)))}
        root = _root(folded, having)
        languages = {stem.partition(":")[0] for stem in having}
        masks: dict[frozenset[str], np.ndarray] = {}
        for term in self._holding(field, root, inside=len(root) >= _SHORTEST_ROOT):
            if term != folded and (shared := frozenset(self._stems_of(term, languages) & having.keys())):
                if shared not in masks:
                    masks[shared] = mask(
                        np.concatenate([having[stem] for stem in shared]), self._snapshot.size
                    )
                found[term] = int(np.count_nonzero(masks[shared][self._documents(Term(field, term))]))
        return found

    def _stems_of(self, word: str, languages: Iterable[str]) -> set[str]:
        return {stem for lang in languages for stem in self._analysis.text_forms(word, lang).stems}

    def _beginning_with(self, field_name: str, folded: str) -> Counter[str]:
        """Return the terms that begin so, with how many articles have them."""
        often: Counter[str] = Counter()
        with codec.reading():
            for part in self._snapshot.parts:
                field = part.segment.field(field_name)
                start, stop = field.dictionary.beginning(folded.encode())
                counts = _how_often(field, start, stop)
                if part.alive is not None:
                    documents, _counts = field.postings(start, stop)
                    which = np.repeat(np.arange(len(counts)), counts)
                    counts = np.bincount(which[part.alive[documents]], minlength=len(counts))
                terms = field.dictionary.text(start, stop).decode().split("\n")[:-1]
                often.update(dict(zip(terms, counts.tolist(), strict=True)))
        return often

    def _holding(self, field_name: str, root: str, *, inside: bool) -> list[str]:
        """Return the terms that begin with a root, or hold it; of very many the most frequent, about."""
        often: Counter[str] = Counter()
        wanted = root.encode()
        with codec.reading():
            for part in self._snapshot.parts:
                field = part.segment.field(field_name)
                start, stop = field.dictionary.beginning(b"" if inside else wanted)
                text = field.dictionary.text(start, stop)
                ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
                lines = _lines_with(text, wanted, ends)
                counts = _how_often(field, start, stop)[lines]
                for chosen in _largest(counts, _TRIED_FORMS):
                    line = lines[chosen]
                    term = text[ends[line - 1] + 1 if line else 0 : ends[line]]
                    often[term.decode()] += int(counts[chosen])
        return [term for term, _often in often.most_common(_TRIED_FORMS)]


def _how_often(field: Field, start: int, stop: int) -> np.ndarray:
    """Return how many articles have each term `[start, stop)`, deleted ones included."""
    firsts = field.ends(start, stop)[:, 0]
    counts: np.ndarray = firsts[1:] - firsts[:-1]
    return counts


def _lines_with(text: bytes, wanted: bytes, ends: np.ndarray) -> np.ndarray:
    """Return the numbers of the lines of a text that hold something. ends: where the lines end."""
    found = (match.start() for match in re.finditer(re.escape(wanted), text))
    return np.unique(np.searchsorted(ends, np.fromiter(found, np.int64)))


def _chosen(lines: bytes, wanted: np.ndarray) -> bytes:
    """Return the lines that are wanted."""
    data = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(data == ord("\n")) + 1
    kept: bytes = data[np.repeat(wanted, np.diff(ends, prepend=0))].tobytes()
    return kept


def _best(often: dict[str, int], limit: int) -> tuple[int, list[Known]]:
    found = [(-count, term) for term, count in often.items() if count]
    return len(found), [Known(term, -count) for count, term in heapq.nsmallest(limit, found)]


def _largest(numbers: np.ndarray, limit: int) -> list[int]:
    if len(numbers) <= limit:
        return list(range(len(numbers)))
    found: list[int] = np.argpartition(numbers, len(numbers) - limit)[-limit:].tolist()
    return found


_LAST_VOWELS = re.compile(r"(.*?[aeiouy])[aeiouy]*[^aeiouy]*")


def _root(folded: str, stems: Iterable[str]) -> str:
    """Return what all forms of a word have in them: what it and its stems begin with, up to the last vowel.

    What follows that changes in Dutch: huis, huizen; boom, bomen.
    """
    texts = [folded, *(stem.partition(":")[2] for stem in stems)]
    first, last = min(texts), max(texts)  # what these begin with alike, all do
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    shortest = first[:same]
    match = _LAST_VOWELS.fullmatch(shortest)
    return match[1] if match else shortest


# Spelling

#: Letters that are written for one another, in names above all, as one of them.
_SOUNDS = (
    ("ij", "y"), ("ei", "y"), ("ey", "y"), ("ai", "y"), ("ck", "k"), ("ks", "x"), ("qu", "kw"), ("ph", "f"),
    ("th", "t"), ("gh", "g"), ("dt", "t"), ("sch", "s"), ("ae", "a"), ("oe", "u"), ("ou", "u"), ("au", "u"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("j", "y"), ("i", "y"), ("w", "f"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
#: First letters for which another is often written.
_LIKE_FIRST = {"c": "ks", "k": "cq", "q": "k", "s": "zc", "z": "s", "f": "vp", "v": "fw", "w": "v", "i": "jy",
               "j": "iy", "y": "ij", "p": "f", "x": "k", "e": "a", "a": "e", "u": "o", "o": "u", "d": "t",
               "t": "d", "h": "", "g": "h"}  # fmt: skip


def sounding(word: str) -> str:
    """Return a folded word with each sound written in one way: Beljaerts and Beljaarts are one."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word)


def _other_beginnings(word: str) -> list[str]:
    """Return a word as it would be if its first letter, or the order of its first two, were wrong."""
    others = [letter + word[1:] for letter in _LIKE_FIRST.get(word[0], "")]
    return [word[1] + word[0] + word[2:], word[1:], *others]
