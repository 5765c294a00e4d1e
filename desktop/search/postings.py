"""Postings: where each term stands, as plain arrays; collected from texts, merged, written as bytes."""

from __future__ import annotations

import heapq
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

TICK = 64  #: terms given back between two looks at whether to stop


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

    def everything(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """Yield every term of a field with its postings, in order."""
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
            streams = [_renumbered(terms.everything(field), numbers) for terms, numbers in self._merged]
            ordered = heapq.merge(*streams, key=itemgetter(0))  # equal terms in the order of the segments
            for term, group in groupby(ordered, key=itemgetter(0)):
                parts = [postings for _term, postings in group if postings.documents]
                if len(parts) == 1:
                    yield field, term, parts[0]
                elif parts:
                    columns = zip(*parts, strict=True)
                    yield field, term, Postings(*(list(chain.from_iterable(column)) for column in columns))

    def cleanup(self) -> None:
        """Forget everything (called by the writer)."""
        self._fields.clear()
        self._merged.clear()


def _renumbered(
    terms: Iterable[tuple[bytes, Postings]], numbers: Sequence[int]
) -> Iterator[tuple[bytes, Postings]]:
    """Yield postings under new numbers, without those of documents that are left out."""
    whole = -1 not in numbers
    for term, postings in terms:
        if whole:
            documents = [numbers[document] for document in postings.documents]
            yield term, Postings(documents, postings.counts, postings.positions)
        else:
            yield term, _without_left_out(postings, numbers)


def _without_left_out(postings: Postings, numbers: Sequence[int]) -> Postings:
    documents: list[int] = []
    counts: list[int] = []
    positions: list[int] = []
    ends = accumulate(postings.counts)
    for document, count, end in zip(postings.documents, postings.counts, ends, strict=True):
        if numbers[document] >= 0:
            documents.append(numbers[document])
            counts.append(count)
            positions.extend(postings.positions[end - count : end])
    return Postings(documents, counts, positions)
