"""Postings: where each term stands, as plain arrays; collected from texts, merged, written as bytes."""

from __future__ import annotations

import heapq
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

TICK = 4096  #: terms given back between two looks at whether to stop


class Postings(NamedTuple):
    """Where a term stands: numbers of documents, counts, and the positions of all, one after the other."""

    documents: Sequence[int]
    counts: Sequence[int]
    positions: Sequence[int]


#: Number of documents and of positions, and the type codes of the three arrays (this computer's byte order).
_HEADER = struct.Struct("=IIccc")


def pack(postings: Postings) -> bytes:
    """Return postings as bytes."""
    documents, counts, positions = map(_narrow, postings, ("HI", "BHI", "HI"))
    codes = [part.typecode.encode() for part in (documents, counts, positions)]
    head = _HEADER.pack(len(documents), len(positions), *codes)
    return head + documents.tobytes() + counts.tobytes() + positions.tobytes()


def _narrow(values: Sequence[int], codes: str) -> array[int]:
    """Return an array of the first type that holds all values."""
    for code in codes[:-1]:
        try:
            return array(code, values)
        except OverflowError:
            continue
    return array(codes[-1], values)


def unpack(data: bytes, offset: int) -> tuple[Postings, int]:
    """Return the postings that begin at an offset, and where the next ones begin."""
    documents, positions, *codes = _HEADER.unpack_from(data, offset)
    offset += _HEADER.size
    arrays = []
    for number, code in zip((documents, documents, positions), codes, strict=True):
        part = array(code.decode())
        end = offset + number * part.itemsize
        if end > len(data):
            raise ValueError("postings are cut off")
        part.frombytes(data[offset:end])
        arrays.append(part)
        offset = end
    return Postings(*arrays), offset


Item = tuple[str, bytes, Postings]  #: field, term, where it stands


class Terms(Protocol):
    """The terms of a segment."""

    def find(self, field: str, term: bytes) -> Postings | None:
        """Return the postings of a term."""
        ...

    def terms_from(self, field: str, prefix: bytes) -> Iterable[tuple[str, bytes]]:
        """Return the terms from this one on, in order, those of later fields included."""
        ...


class Inverter:
    """Collects postings and gives them back ordered; stands where Whoosh's writer has its pool.

    fields: their names, in order. tick: called now and then while they are given back; may raise to stop.
    """

    def __init__(self, fields: Sequence[str], tick: Callable[[], None]) -> None:
        self._field_names = fields
        self._tick = tick
        self._fields: dict[str, dict[str, tuple[list[int], list[int], list[int]]]] = {}
        self._merged: list[tuple[Terms, Sequence[int]]] = []

    def add(self, document: int, field: str, terms: Mapping[str, list[int]]) -> None:
        """Add the terms of a field of a document. Documents come in order."""
        known = self._fields.setdefault(field, {})
        for term, positions in terms.items():
            if (entry := known.get(term)) is None:
                known[term] = ([document], [len(positions)], positions)
            else:
                entry[0].append(document)
                entry[1].append(len(positions))
                entry[2].extend(positions)

    def merge(self, terms: Terms, numbers: Sequence[int]) -> None:
        """Add all terms of a segment; numbers: the new number of each of its documents, -1 = left out.

        The new numbers are higher than those of the segments before.
        """
        self._merged.append((terms, numbers))

    def iter_postings(self) -> Iterator[Item]:
        """Yield everything, ordered by field and term. May raise what `tick` raises."""
        for number, item in enumerate(self._merged_items() if self._merged else self._collected_items()):
            if number % TICK == 0:
                self._tick()
            yield item

    def _collected_items(self) -> Iterator[Item]:
        for field in self._field_names:
            terms = self._fields.get(field, {})
            for term, entry in sorted((term.encode(), entry) for term, entry in terms.items() if term):
                yield field, term, Postings(*entry)

    def _merged_items(self) -> Iterator[Item]:
        for field in self._field_names:
            streams = [
                _numbered_terms(terms, field, number) for number, (terms, _map) in enumerate(self._merged)
            ]
            for term, group in groupby(heapq.merge(*streams), key=itemgetter(0)):
                parts = []
                for _term, number in group:
                    terms, numbers = self._merged[number]
                    parts.append(_renumbered(terms.find(field, term), numbers))
                joined = Postings(*(sum(part, start=array("I")) for part in zip(*parts, strict=True)))
                if joined.documents:
                    yield field, term, joined

    def cleanup(self) -> None:
        """Forget everything (called by the writer)."""
        self._fields.clear()
        self._merged.clear()


def _numbered_terms(terms: Terms, field: str, number: int) -> Iterator[tuple[bytes, int]]:
    for name, term in terms.terms_from(field, b""):
        if name != field:
            return
        yield term, number


def _renumbered(
    postings: Postings | None, numbers: Sequence[int]
) -> tuple[array[int], array[int], array[int]]:
    """Return postings under new numbers, without those of documents that are left out."""
    documents, counts = array("I"), array("I")
    positions = array("I")
    if postings is not None:
        ends = accumulate(postings.counts)
        for document, count, end in zip(postings.documents, postings.counts, ends, strict=True):
            if numbers[document] >= 0:
                documents.append(numbers[document])
                counts.append(count)
                positions.extend(array("I", postings.positions[end - count : end]))
    return documents, counts, positions
