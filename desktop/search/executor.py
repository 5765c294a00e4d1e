"""A tree of what is asked and the words of an index -> articles found, with scores.

Matching works on sets of rows (the library's numbers of articles), so that clauses answered elsewhere
combine with words in any way; only what matched is scored. Scores are BM25F (Robertson, Zaragoza: "The
Probabilistic Relevance Framework", 2009) over title and text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol

from desktop.search import proximity
from desktop.search.analysis import Analysis
from desktop.search.tree import Clause, How, Node, Not, Or, Text, leaves

#: BM25: how soon more occurrences stop counting, and how much long texts are held back.
K1, B = 1.2, 0.75
#: An occurrence in the title counts as so many in the text; one in exactly the form asked a bit more.
TITLE_WEIGHT, EXACT_BONUS = 2.5, 0.25

TITLE, TEXT = "title", "text"
STEMS = "_stems"  #: the field of stems is named after the field of exact forms

Resolve = Callable[[Clause], Collection[int]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index, or with `prefix` all terms that begin so."""

    field: str  #: title, text, title_stems, text_stems
    text: str
    prefix: bool = False


class Words(Protocol):
    """What an index offers."""

    def rows(self) -> frozenset[int]:
        """Return all articles."""
        ...

    def occurrences(self, term: Term) -> Mapping[int, float]:
        """Return how often a term stands in each article that has it."""
        ...

    def positions(self, term: Term, rows: AbstractSet[int]) -> Mapping[int, Sequence[int]]:
        """Return where a term stands in those of the articles that have it, sorted."""
        ...

    def length(self, row: int) -> float:
        """Return the length of an article's text divided by the mean length."""
        ...

    def words(self, field: str, prefix: str) -> Iterable[str]:
        """Return the words of title or text that begin so, in their exact forms."""
        ...


@dataclass(frozen=True, slots=True)
class SearchRows:
    """What was found. hits: the best, with scores, best first; rows: all."""

    total: int
    hits: tuple[tuple[int, float], ...]
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word of a leaf in one field: the terms that satisfy it."""

    exact: tuple[Term, ...]
    stems: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.exact + self.stems


class Search:
    """One search in one state of an index."""

    def __init__(self, words: Words, analysis: Analysis, resolve: Resolve) -> None:
        self._words, self._analysis, self._resolve = words, analysis, resolve
        self._all = words.rows()
        self._slots: dict[tuple[Text, str], list[_Slot]] = {}
        self._phrases: dict[tuple[Text, str], dict[int, float]] = {}

    def run(
        self,
        node: Node | None,
        *,
        limit: int | None,
        allow: AbstractSet[int] | None,
        exclude: AbstractSet[int],
        scored: bool,
    ) -> SearchRows:
        """Find everything, and order the best `limit` (None = all); unscored hits have score 0."""
        found = set(self._all) if node is None else self._match(node, None)
        if allow is not None:
            found &= allow
        found -= exclude
        scores = self._scores(node, found) if scored else dict.fromkeys(found, 0.0)
        size = len(scores) if limit is None else limit
        best = nlargest(size, zip(scores.values(), scores, strict=True))
        return SearchRows(len(found), tuple((row, score) for score, row in best), frozenset(found))

    # Matching. Every function returns a set of its own, which the caller may change.

    def _match(self, node: Node, within: AbstractSet[int] | None) -> set[int]:
        """Return the articles that match; with `within`, at least those of them that lie within."""
        if isinstance(node, Text):
            return self._match_text(node, within)
        if isinstance(node, Clause):
            return set(self._all.intersection(self._resolve(node)))
        if isinstance(node, Not):
            return set(self._all if within is None else within) - self._match(node.child, within)
        if isinstance(node, Or):
            return set().union(*(self._match(child, within) for child in node.children))
        found = within
        for child in sorted(node.children, key=_cost):
            matched = self._match(child, found)
            found = matched if found is None else matched & found
            if not found:
                break
        return set(found or ())

    def _match_text(self, leaf: Text, within: AbstractSet[int] | None) -> set[int]:
        found: set[int] = set()
        for field in _fields(leaf):
            slots = self._slots_of(leaf, field)
            if len(slots) == 1:
                found |= self._having(slots[0])
            elif slots:
                counts = self._phrase_counts(leaf, slots, within)
                self._phrases.setdefault((leaf, field), {}).update(counts)
                found.update(counts)
        return found

    def _having(self, slot: _Slot) -> set[int]:
        return set().union(*(self._words.occurrences(term) for term in slot.terms))

    def _slots_of(self, leaf: Text, field: str) -> list[_Slot]:
        if (leaf, field) not in self._slots:
            words = leaf.words()
            self._slots[leaf, field] = [self._slot(word, field, how, leaf.number) for word, how in words]
        return self._slots[leaf, field]

    def _slot(self, word: str, field: str, how: How, distance: int) -> _Slot:
        forms = self._analysis.query_forms(word)
        exact = Term(field, forms.exact)
        if how is How.EXACT:
            return _Slot((exact,))
        if how is How.PREFIX:
            return _Slot((Term(field, forms.exact, prefix=True),))
        if how is How.FUZZY:
            nearby = fuzzy_terms(forms.exact, distance, self._words.words(field, forms.exact[:1]))
            return _Slot(tuple(Term(field, term) for term in nearby))
        return _Slot((exact,), tuple(Term(field + STEMS, stem) for stem in forms.stems))

    def _phrase_counts(
        self, leaf: Text, slots: list[_Slot], within: AbstractSet[int] | None
    ) -> dict[int, float]:
        """Return how often the words of a leaf stand together, for the articles where they do."""
        candidates = within
        for slot in slots:
            having = self._having(slot)
            candidates = having if candidates is None else having & candidates
            if not candidates:
                return {}
        assert candidates is not None
        places = [self._places(slot, candidates) for slot in slots]
        counts: dict[int, float] = {}
        for row in candidates:
            here = [place[row] for place in places]
            if leaf.how is How.NEAR:
                count = sum(1 for _window in proximity.near(here, leaf.number))
            else:
                count = len(proximity.side_by_side(here))
            if count:
                counts[row] = count
        return counts

    def _places(self, slot: _Slot, rows: AbstractSet[int]) -> dict[int, Sequence[int]]:
        """Return the sorted positions of any term of a slot, for each of these articles."""
        merged: dict[int, Sequence[int]] = {}
        for term in slot.terms:
            for row, positions in self._words.positions(term, rows).items():
                if row not in merged:
                    merged[row] = positions
                elif merged[row] != positions:  # mostly they are the same: a form and its stem
                    merged[row] = sorted({*merged[row], *positions})
        return merged

    # Scoring

    def _scores(self, node: Node | None, found: AbstractSet[int]) -> dict[int, float]:
        scores = dict.fromkeys(found, 0.0)
        for leaf in {leaf: None for leaf, wanted in leaves(node) if wanted and isinstance(leaf, Text)}:
            self._add_score(leaf, scores)
        return scores

    def _add_score(self, leaf: Text, scores: dict[int, float]) -> None:
        length = self._words.length
        weights: dict[int, float] = {}
        for field in _fields(leaf):
            counts = self._counts(leaf, field, scores.keys())
            if field == TITLE:
                weights = {row: TITLE_WEIGHT * count for row, count in counts.items()}
            else:
                for row, count in counts.items():
                    weights[row] = weights.get(row, 0.0) + count / (1 - B + B * length(row))
        having = self._document_frequency(leaf)
        idf = math.log(1 + max(0.0, len(self._all) - having + 0.5) / (having + 0.5))
        for row, weight in weights.items():
            scores[row] += idf * weight * (K1 + 1) / (weight + K1)

    def _counts(self, leaf: Text, field: str, rows: AbstractSet[int]) -> dict[int, float]:
        """Return how often a leaf occurs in a field, for those of the articles that have it."""
        slots = self._slots_of(leaf, field)
        if len(slots) != 1:
            counted = self._phrases.get((leaf, field), {})
            return {row: count for row, count in counted.items() if row in rows}
        counts: dict[int, float] = {}
        for term in slots[0].exact:
            occurrences = self._words.occurrences(term)
            for row in rows & occurrences.keys():
                counts[row] = counts.get(row, 0.0) + occurrences[row]
        bonus = {row: EXACT_BONUS * count for row, count in counts.items()}
        for term in slots[0].stems:  # they stand where the exact forms stand, and elsewhere
            occurrences = self._words.occurrences(term)
            for row in rows & occurrences.keys():
                counts[row] = max(counts.get(row, 0.0), occurrences[row])
        for row, more in bonus.items():
            counts[row] += more
        return counts

    def _document_frequency(self, leaf: Text) -> int:
        """Return how many articles have the leaf's word, or the rarest of its words."""
        fields = [self._slots_of(leaf, field) for field in _fields(leaf)]
        words = [set().union(*map(self._having, word)) for word in zip(*fields, strict=True)]
        return min(map(len, words), default=0)


def _fields(leaf: Text) -> tuple[str, ...]:
    return (TITLE,) if leaf.title else (TITLE, TEXT)


def _cost(node: Node) -> int:
    """Order the parts of an AND: sets first, then words, then what reads positions, then what is left out."""
    if isinstance(node, Clause):
        return 0
    if isinstance(node, Text):
        return 1 if len(node.words()) == 1 else 3
    return 4 if isinstance(node, Not) else 2


# Fuzzy words


def fuzzy_terms(word: str, distance: int, terms: Iterable[str]) -> list[str]:
    """Return the terms that differ from a word in at most `distance` letters."""
    return [
        term
        for term in terms
        if abs(len(term) - len(word)) <= distance and edits(word, term, distance) <= distance
    ]


def edits(one: str, other: str, most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped with their neighbour.

    Optimal string alignment distance; counting stops above `most`, the answer is then most + 1.
    """
    if one == other:
        return 0
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(one), len(other)) <= 1:
        return 1
    if abs(len(one) - len(other)) > most:
        return most + 1
    if most == 1:  # nothing is left but two letters that changed places
        return 1 if len(one) == len(other) == 2 and one == other[::-1] else 2
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most and (not last or min(last) > most):
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)
