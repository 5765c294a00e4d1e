"""A tree of what is asked and the words of an index -> articles found, with scores.

Matching works on sorted arrays of numbers of articles (`docsets`), so that clauses answered elsewhere combine
with words in any way; only what matched is scored. Scores are BM25F (Robertson, Zaragoza: "The Probabilistic
Relevance Framework", 2009) over title and text. A tree knows no other kinds of question than those answered
here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from desktop.search import places
from desktop.search.analysis import Analysis, Forms
from desktop.search.docsets import FAR, NONE, contains, intersect, is_little, unite, without
from desktop.search.inversion import STEMS, TEXT, TITLE
from desktop.search.tree import Clause, How, Node, Not, Or, Text, leaves

#: BM25: how soon more occurrences stop counting, and how much long texts are held back.
K1, B = 1.2, 0.75
#: An occurrence in the title counts as so many in the text; one in exactly the form asked a bit more.
TITLE_WEIGHT, EXACT_BONUS = 2.5, 0.25

_FEW = 1_000  #: articles that are put in order without ado

#: Articles as the library numbers them: a collection, or an array where that is at hand.
Rows = Collection[int] | np.ndarray
Resolve = Callable[[Clause], Rows]


class Term(NamedTuple):
    """A term of the index; with `prefix` all terms that begin so, with `distance` those that look like it."""

    field: str  #: title, text, title_stems, text_stems
    text: str
    prefix: bool = False
    distance: int = 0  #: letters that may differ, not the first


class Occurrences(NamedTuple):
    """Which articles have something (sorted), and how often each."""

    documents: np.ndarray
    counts: np.ndarray


class Words(Protocol):
    """What an index offers. Articles are known by numbers below `size`."""

    size: int
    alive: np.ndarray  #: the numbers of all articles, sorted
    numbers: np.ndarray  #: the library's number of each

    @property
    def norms(self) -> np.ndarray:
        """How much each article's length holds its words back."""
        ...

    def find(self, rows: Rows) -> np.ndarray:
        """Return the numbers of those of the library's articles that are in the index."""
        ...

    def occurrences(self, term: Term) -> Occurrences:
        """Return which articles have a term, and how often each."""
        ...

    def places(self, terms: Sequence[Term], within: np.ndarray) -> Mapping[int, np.ndarray]:
        """Return the sorted places (see `places`) of any of several terms in those articles that have it.

        Given by segment: the number of the first article, and places counted from there.
        """
        ...


class SearchRows:
    """What was found, best first. total: how many in all; more than are given if there was a limit."""

    def __init__(self, everything: np.ndarray, best: np.ndarray, scores: np.ndarray) -> None:
        self.total = len(everything)
        self.everything = everything  #: all, in no order
        self.best = best  #: the best, as the library numbers them
        self.scores = scores  #: of each of these

    @cached_property
    def hits(self) -> tuple[tuple[int, float], ...]:
        """The best, with scores."""
        return tuple(zip(self.best.tolist(), self.scores.tolist(), strict=True))

    @cached_property
    def rows(self) -> frozenset[int]:
        """All."""
        return frozenset(self.everything.tolist())


def nothing_found() -> SearchRows:
    """Return an empty result."""
    return SearchRows(NONE, NONE, np.zeros(0, np.float32))


NOWHERE = Occurrences(NONE, np.zeros(0, np.float32))


class _Slot:
    """One word of a leaf in one field: the terms that satisfy it."""

    def __init__(self, exact: Term, stems: tuple[Term, ...] = ()) -> None:
        self.exact, self.stems = exact, stems
        self.having: np.ndarray | None = None  #: the articles that have any of them, once they are known

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.exact, *self.stems)


class _Leaf:
    """A leaf as it is looked for: for each field a slot for each of its words."""

    def __init__(self, text: Text, fields: dict[str, list[_Slot]]) -> None:
        self.text, self.fields = text, fields
        self.is_word = all(len(slots) == 1 for slots in fields.values())
        self.together: dict[str, Occurrences] = {}  #: of several words, where they were found together
        self.matched: np.ndarray | None = None  #: the articles that have its one word


class Search:
    """One search in one state of an index."""

    def __init__(self, words: Words, analysis: Analysis, resolve: Resolve) -> None:
        self._words, self._analysis, self._resolve = words, analysis, resolve
        self._size = words.size
        self._leaves: dict[Text, _Leaf] = {}
        self._terms: dict[Term, Occurrences] = {}

    def run(
        self,
        node: Node | None,
        *,
        limit: int | None,
        allow: Rows | None,
        exclude: AbstractSet[int],
        scored: bool,
        order: Rows | None,
    ) -> SearchRows:
        """Find everything, and order the best `limit` (None = all); unscored hits have score 0.

        order: articles in the order wanted, instead of that of the scores; others come behind.
        """
        words = self._words
        found = words.alive if node is None else self._match(node, None)
        if allow is not None:
            found = intersect(found, np.sort(words.find(allow)), self._size)
        if exclude:
            found = without(found, np.sort(words.find(exclude)), self._size)
        scores = self._scores(node, found) if scored else np.zeros(len(found), np.float32)
        rows = words.numbers[found]
        limit = len(found) if limit is None else limit
        if order is None:
            return SearchRows(rows, *_best(scores, rows, limit))
        best = _first(_ranks(words.find(order), found, self._size), rows, limit)
        return SearchRows(rows, rows[best], scores[best])

    # Matching: sorted arrays, which are never changed.

    def _match(self, node: Node, within: np.ndarray | None) -> np.ndarray:
        """Return the articles that match; with `within`, at least those of them that lie within."""
        if isinstance(node, Text):
            return self._match_text(node, within)
        if isinstance(node, Clause):
            return np.unique(self._words.find(self._resolve(node)))
        if isinstance(node, Not):
            everything = self._words.alive if within is None else within
            return without(everything, self._match(node.child, within), self._size)
        if isinstance(node, Or):
            return unite([self._match(child, within) for child in node.children], self._size)
        found = within
        for child in sorted(node.children, key=_cost):
            matched = self._match(child, found)
            found = matched if found is None else intersect(matched, found, self._size)
            if not len(found):
                break
        return NONE if found is None else found

    def _match_text(self, text: Text, within: np.ndarray | None) -> np.ndarray:
        leaf = self._leaf(text)
        if leaf.is_word:
            return self._having_word(leaf)
        found = []
        for field, slots in leaf.fields.items():
            if slots:
                # What was found within some articles is no answer for others: ask about all.
                counts = self._phrase_counts(text, slots, None if field in leaf.together else within)
                leaf.together[field] = counts
                found.append(counts.documents)
        return unite(found, self._size)

    def _leaf(self, text: Text) -> _Leaf:
        if (found := self._leaves.get(text)) is None:
            words = [(how, self._analysis.query_forms(word)) for word, how in text.words()]
            fields = {
                field: [_slot(forms, field, how, text.number) for how, forms in words]
                for field in _fields(text)
            }
            found = self._leaves[text] = _Leaf(text, fields)
        return found

    def _occurrences(self, term: Term) -> Occurrences:
        if (found := self._terms.get(term)) is None:
            found = self._terms[term] = self._words.occurrences(term)
        return found

    def _having(self, slot: _Slot) -> np.ndarray:
        if slot.having is None:
            slot.having = unite([self._occurrences(term).documents for term in slot.terms], self._size)
        return slot.having

    def _having_word(self, leaf: _Leaf) -> np.ndarray:
        if leaf.matched is None:
            leaf.matched = unite([self._having(slots[0]) for slots in leaf.fields.values()], self._size)
        return leaf.matched

    def _phrase_counts(self, leaf: Text, slots: list[_Slot], within: np.ndarray | None) -> Occurrences:
        """Return how often the words of a leaf stand together, for the articles where they do."""
        candidates = within
        for slot in sorted(slots, key=lambda slot: len(self._having(slot))):
            having = self._having(slot)
            candidates = having if candidates is None else intersect(having, candidates, self._size)
            if not len(candidates):
                return NOWHERE
        assert candidates is not None
        by_slot = [self._words.places(slot.terms, candidates) for slot in slots]
        documents, counts = [NONE], [np.zeros(0, np.float32)]
        for base in sorted(set(by_slot[0]).intersection(*by_slot[1:])):
            here = places.alike([slot[base] for slot in by_slot])
            if leaf.how is How.NEAR:
                found, often = places.count_near(here, leaf.number)
            else:
                found, often = places.articles_of(places.side_by_side(here))
            documents.append(found.astype(np.int32) + np.int32(base))
            counts.append(often.astype(np.float32))
        return Occurrences(np.concatenate(documents), np.concatenate(counts))

    # Scoring

    def _scores(self, node: Node | None, found: np.ndarray) -> np.ndarray:
        scores = np.zeros(len(found), np.float32)
        if len(found):
            among = _Among(found, self._size)
            for leaf in dict.fromkeys(leaf for leaf, wanted in leaves(node) if wanted):
                if isinstance(leaf, Text):
                    self._add_score(self._leaf(leaf), among, scores)
        return scores

    def _add_score(self, leaf: _Leaf, among: _Among, scores: np.ndarray) -> None:
        weights = np.zeros(len(scores), np.float32)
        for field in leaf.fields:
            occurrences = self._counts(leaf, field)
            if not len(occurrences.documents):
                continue
            at, counts = among.places(occurrences)
            if field == TITLE:
                counts = counts * np.float32(TITLE_WEIGHT)
            else:
                counts = counts / self._words.norms[among.numbers if at is None else among.numbers[at]]
            if at is None:
                weights += counts
            else:
                weights[at] += counts
        having = self._document_frequency(leaf)
        idf = math.log(1 + max(0.0, len(self._words.alive) - having + 0.5) / (having + 0.5))
        scores += weights * np.float32(idf * (K1 + 1)) / (weights + np.float32(K1))

    def _counts(self, leaf: _Leaf, field: str) -> Occurrences:
        """Return how often a leaf occurs in a field, what is exactly as asked counting a bit more."""
        if not leaf.is_word:
            return leaf.together.get(field, NOWHERE)
        slot = leaf.fields[field][0]
        exact = self._occurrences(slot.exact)
        stems = [one for term in slot.stems if len((one := self._occurrences(term)).documents)]
        if not stems:
            return Occurrences(exact.documents, exact.counts * np.float32(1 + EXACT_BONUS))
        documents = self._having(slot)
        counts = np.zeros(len(documents), np.float32)
        bonus = exact.counts * np.float32(EXACT_BONUS)
        for one in (*stems, exact):  # stems stand where the exact forms stand, and elsewhere
            if len(one.documents) == len(documents):
                counts = np.maximum(counts, one.counts)
                counts += bonus if one is exact else 0
            else:
                at = np.flatnonzero(contains(one.documents, documents, self._size))
                counts[at] = np.maximum(counts[at], one.counts) + (bonus if one is exact else 0)
        return Occurrences(documents, counts)

    def _document_frequency(self, leaf: _Leaf) -> int:
        """Return how many articles have the leaf's word, or the rarest of its words."""
        if leaf.is_word:
            return len(self._having_word(leaf))
        words = (map(self._having, word) for word in zip(*leaf.fields.values(), strict=True))
        return min((len(unite(list(having), self._size)) for having in words), default=0)


def _slot(forms: Forms, field: str, how: How, distance: int) -> _Slot:
    if how is How.PREFIX:
        return _Slot(Term(field, forms.exact, prefix=True))
    if how is How.FUZZY:
        return _Slot(Term(field, forms.exact, distance=distance))
    stems = forms.stems if how is How.WORD else ()
    return _Slot(Term(field, forms.exact), tuple(Term(field + STEMS, stem) for stem in stems))


class _Among:
    """The articles found, to which counts are brought."""

    def __init__(self, numbers: np.ndarray, size: int) -> None:
        self.numbers, self._size = numbers, size

    @cached_property
    def _index(self) -> np.ndarray:
        index = np.full(self._size, -1, np.int32)
        index[self.numbers] = np.arange(len(self.numbers), dtype=np.int32)
        return index

    def places(self, occurrences: Occurrences) -> tuple[np.ndarray | None, np.ndarray]:
        """Return for those of the occurrences that are in found articles: which of these, and the counts.

        None: all of them, in order.
        """
        documents, counts = occurrences.documents, occurrences.counts
        if documents is self.numbers:
            return None, counts
        few, many = len(documents), len(self.numbers)
        if few * FAR < many or is_little(few, self._size):
            at = np.minimum(np.searchsorted(self.numbers, documents), many - 1)
            kept = self.numbers[at] == documents
            return at[kept], counts[kept]
        if many * FAR < few:
            at = np.minimum(np.searchsorted(documents, self.numbers), few - 1)
            here = np.flatnonzero(documents[at] == self.numbers)
            return here, counts[at[here]]
        at = self._index[documents]
        kept = at >= 0
        return (at, counts) if kept.all() else (at[kept], counts[kept])


def _best(scores: np.ndarray, rows: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows with the highest scores, and these, highest first; of equal ones the highest row."""
    if not limit:
        return NONE, NOWHERE.counts
    if len(rows) < _FEW or int(rows.max()) >= 1 << 32 or int(rows.min()) < 0:
        best = _first(scores, rows, limit)
        return rows[best], scores[best]
    # As numbers the bits of scores, which are not below zero, have the order of the scores.
    keys = (scores.view(np.uint32).astype(np.uint64) << np.uint64(32)) | rows.astype(np.uint64)
    if 0 < limit < len(keys):
        keys = np.partition(keys, len(keys) - limit)[len(keys) - limit :]
    keys.sort()
    keys = keys[::-1][:limit]
    return keys.astype(np.uint32).astype(np.int64), (keys >> np.uint64(32)).astype(np.uint32).view(np.float32)


def _first(keys: np.ndarray, rows: np.ndarray, limit: int) -> np.ndarray:
    """Return the places of the largest keys, largest first; of equal ones the highest row first."""
    return np.lexsort((-rows, -keys))[:limit]


def _ranks(ordered: np.ndarray, found: np.ndarray, size: int) -> np.ndarray:
    """Return a key for each article found, the higher the earlier it stands in an order."""
    ranks = np.zeros(size, np.int64)
    ranks[ordered[::-1]] = np.arange(1, len(ordered) + 1)
    chosen: np.ndarray = ranks[found]
    return chosen


def _fields(leaf: Text) -> Sequence[str]:
    return (TITLE,) if leaf.title else (TITLE, TEXT)


def _cost(node: Node) -> int:
    """Order the parts of an AND: sets first, then words, then what reads positions, then what is left out."""
    if isinstance(node, Clause):
        return 0
    if isinstance(node, Text):
        return 1 if len(node.words()) == 1 else 3
    return 4 if isinstance(node, Not) else 2
