"""Several segments to one, without the articles that were deleted.

Done field by field and within a field by stretches of terms, so that memory does not grow with the segments
and a merge can be stopped at any stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np

from desktop.search.inversion import FIELDS, spans
from desktop.search.segment import Field, Segment, SegmentWriter, kind_for

STRETCH = 1_000_000  #: positions handled at once (one term is never cut)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be merged. kept: for each of its articles whether it stays."""

    segment: Segment
    kept: np.ndarray


@dataclass(frozen=True, slots=True)
class _Source:
    """A field of a segment to be merged."""

    field: Field
    numbers: np.ndarray  #: new number of each article, -1 = left out
    whole: bool  #: no article is left out
    ordinals: np.ndarray  #: new ordinal of each term


def merge(parts: Sequence[Part], writer: SegmentWriter, tick: Callable[[], None]) -> int:
    """Write the merged segment and return the number of its articles. tick: may raise to stop."""
    rows = np.concatenate([part.segment.rows[part.kept] for part in parts])
    writer.put("rows", "i8", rows)
    writer.put("lengths", "u8", np.concatenate([part.segment.lengths[part.kept] for part in parts]))
    for name in FIELDS:
        _merge_field(name, parts, writer, len(rows), tick)
    return len(rows)


def _merge_field(
    name: str, parts: Sequence[Part], writer: SegmentWriter, documents: int, tick: Callable[[], None]
) -> None:
    tick()
    fields = [part.segment.field(name) for part in parts]
    dictionaries = []
    for field in fields:
        dictionaries.append(field.dictionary.everything())
        tick()
    # Each dictionary is sorted, and sorting takes what is in order as it is.
    terms = sorted(chain.from_iterable(dictionaries))
    tick()
    terms = list(dict.fromkeys(terms))
    tick()
    ordinal = {term: number for number, term in enumerate(terms)}.__getitem__
    sources = []
    base = 0
    for part, field, own in zip(parts, fields, dictionaries, strict=True):
        tick()
        numbers = np.where(part.kept, base + np.cumsum(part.kept) - 1, -1)
        base += int(part.kept.sum())
        sources.append(
            _Source(field, numbers, bool(part.kept.all()), np.fromiter(map(ordinal, own), np.int64, len(own)))
        )
    del ordinal, dictionaries
    sections = _Columns(name, fields, writer, documents)
    sizes = np.zeros((len(terms), 2), np.int64)  #: postings and positions of each term
    for start, stop in _stretches(sources, len(terms)):
        tick()
        sizes[start:stop] = _merge_stretch(sources, start, stop, sections)
    present = sizes[:, 0] > 0
    ends = np.concatenate([np.zeros((1, 2), np.int64), np.cumsum(sizes[present], axis=0)])
    writer.put(f"{name}.ends", "i8", ends.ravel())
    if not present.all():
        terms = list(compress(terms, present.tolist()))
    writer.put_terms(name, b"\n".join(terms))


class _Columns:
    """The columns of a field being written."""

    def __init__(self, name: str, fields: Sequence[Field], writer: SegmentWriter, documents: int) -> None:
        def kind(sections: str) -> str:
            return max(str(getattr(field, sections).kind) for field in fields)

        postings = sum(field.documents_section.size for field in fields)
        positions = sum(field.positions_section.size for field in fields)
        self.documents = writer.reserve(f"{name}.documents", kind_for(documents), postings)
        self.counts = writer.reserve(f"{name}.counts", kind("counts_section"), postings)
        self.positions = writer.reserve(f"{name}.positions", kind("positions_section"), positions)


def _stretches(sources: Sequence[_Source], terms: int) -> list[tuple[int, int]]:
    """Cut the new ordinals into stretches of about STRETCH positions."""
    sizes = np.zeros(terms, np.int64)
    for source in sources:
        if len(source.ordinals):
            sizes[source.ordinals] += np.diff(source.field.ends(0, len(source.ordinals))[:, 1])
    total = np.cumsum(sizes)
    found = []
    start = 0
    while start < terms:
        before = int(total[start - 1]) if start else 0
        stop = int(np.searchsorted(total, before + STRETCH))
        stop = min(max(stop, start + 1), terms)
        found.append((start, stop))
        start = stop
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a source. For each of its terms: the term, and how many postings and positions follow."""

    terms: np.ndarray
    sizes: np.ndarray  #: n x 2
    numbers: np.ndarray
    counts: np.ndarray
    positions: np.ndarray


def _merge_stretch(sources: Sequence[_Source], start: int, stop: int, columns: _Columns) -> np.ndarray:
    """Write the postings of new terms `[start, stop)`; return how many postings and positions each has."""
    pieces = [_piece(source, start, stop) for source in sources]
    terms = np.concatenate([piece.terms for piece in pieces])
    sizes = np.concatenate([piece.sizes for piece in pieces])
    firsts = np.cumsum(sizes, axis=0) - sizes
    order = np.argsort(terms, kind="stable")  # within a term the segments stay in order, and so do articles
    postings = spans(firsts[order, 0], sizes[order, 0])
    columns.documents.add(np.concatenate([piece.numbers for piece in pieces])[postings])
    columns.counts.add(np.concatenate([piece.counts for piece in pieces])[postings])
    del postings
    positions = np.concatenate([piece.positions for piece in pieces])
    columns.positions.add(positions[spans(firsts[order, 1], sizes[order, 1])])
    total = np.zeros((stop - start, 2), np.int64)
    for piece in pieces:
        total[piece.terms] += piece.sizes
    return total


def _piece(source: _Source, start: int, stop: int) -> _Piece:
    """Read the part of a source that holds new terms `[start, stop)`; terms are counted from `start`."""
    first, last = np.searchsorted(source.ordinals, [start, stop]).tolist()
    terms = source.ordinals[first:last] - start
    sizes = np.diff(source.field.ends(first, last), axis=0)
    documents, counts = source.field.postings(first, last)
    positions = source.field.positions(first, last)
    if (sizes < 0).any() or int(counts.sum(dtype=np.int64)) != len(positions):
        raise ValueError("counts and positions differ")
    numbers = source.numbers[documents]
    if source.whole:
        return _Piece(terms, sizes, numbers, counts, positions)
    kept = numbers >= 0
    here = np.repeat(np.arange(len(terms)), sizes[:, 0])[kept]
    positions = positions[np.repeat(kept, counts)]
    numbers, counts = numbers[kept], counts[kept]
    left = [np.bincount(here, weights, len(terms)).astype(np.int64) for weights in (None, counts)]
    return _Piece(terms, np.stack(left, axis=1), numbers, counts, positions)
