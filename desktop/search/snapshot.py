"""One state of the index, for reading: its segments as if they were one.

Articles are numbered through all segments, in their order; deleted ones keep their number and are never
given. Whatever damaged files bring about is `codec.Damaged` here, and nothing but sound numbers leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from desktop.search import codec, places
from desktop.search.docsets import NONE, mask
from desktop.search.executor import NOWHERE, B, Occurrences, Term
from desktop.search.inversion import spans
from desktop.search.segment import Field, Segment
from desktop.search.similar import similar


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in a state. base: number of its first article. alive: None = nothing is deleted."""

    segment: Segment
    base: int
    alive: np.ndarray | None


class _Stretch(NamedTuple):
    """Terms of a part: ordinals from and to."""

    part: Part
    field: Field
    start: int
    stop: int

    def occurrences(self) -> tuple[np.ndarray, np.ndarray]:
        """Return numbers of articles and counts, term by term."""
        documents, counts = self.field.postings(self.start, self.stop)
        if self.part.alive is not None:
            kept = self.part.alive[documents]
            documents, counts = documents[kept], counts[kept]
        return np.add(documents, self.part.base, dtype=np.int32), counts

    def standing(self) -> _Standing:
        """Return where the terms stand, as it is written down."""
        documents, counts = self.field.postings(self.start, self.stop)
        positions = self.field.positions(self.start, self.stop)
        if int(counts.sum(dtype=np.int64)) != len(positions):
            raise ValueError("counts and positions differ")
        return _Standing(documents, counts, positions, self.stop - self.start)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where terms of a part stand; term by term, if there are several."""

    documents: np.ndarray
    counts: np.ndarray
    positions: np.ndarray
    terms: int

    def is_like(self, other: _Standing) -> bool:
        """Tell whether the same is written down there."""
        mine = (self.documents, self.counts, self.positions)
        return all(map(np.array_equal, mine, (other.documents, other.counts, other.positions)))

    def places(self, wanted: np.ndarray, *, deleted: bool) -> np.ndarray:
        """Return sorted places, at least those in the articles wanted, of which none is deleted.

        deleted: whether any article of the part is. Where none is, a few others may come along.
        """
        documents, counts, positions = self.documents, self.counts, self.positions
        asked = wanted[documents]
        few = np.count_nonzero(asked)
        if few * 8 < len(asked):
            firsts = np.cumsum(counts, dtype=np.int64) - counts
            positions = positions[spans(firsts[asked], counts[asked])]
        elif few * 2 < len(asked) or (deleted and few < len(asked)):
            positions = positions[np.repeat(asked, counts)]
        else:
            asked = slice(None)
        found = places.make(documents[asked], counts[asked], positions)
        return found if self.terms == 1 else np.sort(found)


class Snapshot:
    """A state. before: the state before it; the segments it shares with that stay open. Raises Damaged."""

    def __init__(self, folder: Path, before: Snapshot | None = None) -> None:
        known = {part.segment.name: part.segment for part in before.parts} if before else {}
        self._state = codec.read_state(folder)
        self.parts: list[Part] = []
        base = 0
        for name, deleted in self._state.deleted.items():
            segment = known.get(name) or codec.open_segment(folder, name)
            with codec.reading():
                alive = _alive(segment, deleted)
            self.parts.append(Part(segment, base, alive))
            base += len(segment.rows)
        self.size = base  #: numbers of articles, deleted ones included
        self.numbers = _joined(
            [part.segment.rows for part in self.parts], np.int64
        )  #: the library's, by number
        self.alive = self._alive_numbers()  #: numbers of all articles
        self.users = 0

    def _alive_numbers(self) -> np.ndarray:
        alive = np.ones(self.size, bool)
        for part in self.parts:
            if part.alive is not None:
                alive[part.base : part.base + len(part.alive)] = part.alive
        return np.flatnonzero(alive).astype(np.int32)

    def close(self) -> None:
        """Let go of the files; those that no other state shows are closed."""
        self.parts = []

    def owns(self, name: str) -> bool:
        """Tell whether a file of the folder belongs to this state of the index."""
        return name == self._state.file or name.partition(".")[0] in self._state.deleted

    def rows(self) -> frozenset[int]:
        """Return all articles."""
        return frozenset(self.numbers[self.alive].tolist())

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray]:
        rows = self.numbers[self.alive]
        order = np.argsort(rows, kind="stable")
        return rows[order], self.alive[order]

    def find(self, rows: Iterable[int] | np.ndarray) -> np.ndarray:
        """Return the numbers of those of the library's articles that are in the index, in the same order."""
        wanted = rows if isinstance(rows, np.ndarray) else np.array(list(rows), np.int64)
        known, numbers = self._by_row
        if not len(known) or not len(wanted):
            return NONE
        low, high = int(known[0]), int(known[-1])
        if high - low < 4 * len(known) + 1024:  # mostly: the library counts its articles
            wanted = wanted[(wanted >= low) & (wanted <= high)]
            found: np.ndarray = self._by_distance[wanted - low]
            found = found[found >= 0]
        else:
            at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            found = numbers[at[known[at] == wanted]]
        return found

    @cached_property
    def _by_distance(self) -> np.ndarray:
        """Number of an article, by how far its row is above the lowest; -1 = none."""
        known, numbers = self._by_row
        table = np.full(int(known[-1] - known[0]) + 1, -1, np.int32)
        table[known - known[0]] = numbers
        return table

    def located(self, rows: Iterable[int]) -> dict[str, list[int]]:
        """Return where articles are: their numbers within each segment."""
        found: dict[str, list[int]] = {}
        numbers = self.find(rows)
        for part in self.parts:
            here = numbers[(numbers >= part.base) & (numbers < part.base + len(part.segment.rows))]
            if len(here):
                found[part.segment.name] = (here - part.base).tolist()
        return found

    @cached_property
    def norms(self) -> np.ndarray:
        """How much each article's length holds its words back: 1 for one of mean length."""
        lengths = _joined([part.segment.lengths for part in self.parts], np.float64)
        mean = float(lengths[self.alive].mean()) if len(self.alive) else 0.0
        return (1 - B + B * (lengths / mean if mean else lengths)).astype(np.float32)

    # Terms

    def occurrences(self, term: Term) -> Occurrences:
        """Return which articles have a term, and how often each."""
        with codec.reading():
            found = [stretch.occurrences() for stretch in self._stretches(term)]
            if not found:
                return NOWHERE
            if term.prefix or term.distance:
                return self._summed(found)
            documents = _joined([one for one, _counts in found], np.int32)
            return Occurrences(documents, _joined([counts for _one, counts in found], np.float32))

    def _summed(self, found: list[tuple[np.ndarray, np.ndarray]]) -> Occurrences:
        """Add up what several terms have in the same articles."""
        documents = np.concatenate([one for one, _counts in found])
        counts = np.concatenate([counts for _one, counts in found])
        if len(documents) * 16 < self.size:
            numbers, which = np.unique(documents, return_inverse=True)
            sums = np.bincount(which, counts) if len(counts) else counts
            return Occurrences(numbers, sums.astype(np.float32))
        sums = np.bincount(documents, minlength=self.size)
        several = np.flatnonzero(counts > 1)  # few: to add up numbers takes twice as long as to count
        sums = sums + np.bincount(documents[several], counts[several] - 1, self.size)
        numbers = np.flatnonzero(sums).astype(np.int32)
        return Occurrences(numbers, sums[numbers].astype(np.float32))

    def places(self, terms: Sequence[Term], within: np.ndarray) -> dict[int, np.ndarray]:
        """Return where any of several terms stands in those of the articles that have it.

        within: numbers of articles, sorted. Given by segment: the number of its first article, and sorted
        places (see `places`) in which articles are counted from that one. Some may be of other articles.
        """
        with codec.reading():
            wanted = mask(within, self.size)
            parts: dict[int, tuple[Part, list[_Standing]]] = {}
            for stretch in chain.from_iterable(map(self._stretches, terms)):
                part, found = stretch.part, stretch.standing()
                _part, here = parts.setdefault(part.base, (part, []))
                # A stem often stands where its one form stands: to see that is quicker than to unite them.
                if not any(found.is_like(one) for one in here):
                    here.append(found)
            return {base: self._placed(part, here, wanted) for base, (part, here) in parts.items()}

    def _placed(self, part: Part, several: list[_Standing], wanted: np.ndarray) -> np.ndarray:
        here = wanted[part.base : part.base + len(part.segment.rows)]
        return places.unite([one.places(here, deleted=part.alive is not None) for one in several])

    def _stretches(self, term: Term) -> Iterator[_Stretch]:
        text = term.text.encode()
        if term.distance:
            yield from self._similar_stretches(term)
            return
        for part in self.parts:
            field = part.segment.field(term.field)
            if term.prefix:
                start, stop = field.dictionary.beginning(text)
                if start < stop:
                    yield _Stretch(part, field, start, stop)
            elif (found := field.dictionary.find(text)) is not None:
                yield _Stretch(part, field, found, found + 1)

    def _similar_stretches(self, term: Term) -> Iterator[_Stretch]:
        for part, field, ordinal, _name in self._similar(term.field, term.text, term.distance):
            yield _Stretch(part, field, ordinal, ordinal + 1)

    def _similar(self, field_name: str, word: str, distance: int) -> Iterator[tuple[Part, Field, int, bytes]]:
        """Yield the terms that differ from a word in at most so many letters, not in the first."""
        texts = []
        places: list[tuple[Part, Field, int]] = []
        first = word[:1].encode()
        for part in self.parts:
            field = part.segment.field(field_name)
            start, stop = field.dictionary.beginning(first)
            texts.append(field.dictionary.text(start, stop))
            places.append((part, field, start))
        lines = 0
        number = -1
        bounds = [text.count(b"\n") for text in texts]
        joined = b"".join(texts)
        found = similar(joined, word, distance)
        names = joined.split(b"\n") if found else []
        for line in found:
            while number < 0 or line >= lines + bounds[number]:
                lines += bounds[number] if number >= 0 else 0
                number += 1
            part, field, start = places[number]
            yield part, field, start + line - lines, names[line]

    def similar(self, field: str, word: str, distance: int) -> set[str]:
        """Return the terms of a field that look like a word: so many letters may differ, not the first."""
        with codec.reading():
            return {name.decode() for _part, _field, _ordinal, name in self._similar(field, word, distance)}


def _joined(arrays: list[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(arrays, dtype=kind, casting="unsafe") if arrays else np.zeros(0, kind)


def _alive(segment: Segment, deleted: Iterable[int]) -> np.ndarray | None:
    gone = list(deleted)
    if not gone and (segment.rows >= 0).all():
        return None
    alive = segment.rows >= 0
    alive[gone] = False
    return alive
