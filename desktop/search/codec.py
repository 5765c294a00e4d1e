"""What is written into Whoosh and read back: fields, postings, segments.

Each article has four fields of words: title and text in their exact forms, and the stems of both. Stems stand
at the positions of their words, so phrases may mix them. A posting is the list of positions in plain
binary; the number of the article is a column. Whoosh's own scoring and query classes are not used.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.matching import Matcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import PostingPool, SegmentWriter

from desktop.search.analysis import PARAGRAPH_GAP, Analysis, surfaces
from desktop.search.executor import STEMS, TEXT, TITLE

NAME = "leeslamp"  #: what the names of the files begin with (`manifest.PREFIXES`)
POOL_MB = 64  #: postings held in memory before they are sorted on disk
CACHED = 1_000_000  #: postings kept decoded
ROW = "row"


class Damaged(Exception):
    """The index cannot be read; the message says what happened."""


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever Whoosh stumbles over in damaged files into `Damaged`."""
    try:
        yield
    except Exception as error:  # damaged bytes raise anything: struct, zlib, pickle, key and index errors
        raise Damaged(f"{type(error).__name__}: {error}") from error


# Fields


class Positions(formats.Format):
    """A posting's value: a type code and the positions as an array of it, in this computer's byte order."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """Return the value for sorted positions."""
        code = "H" if positions[-1] < 65_536 else "I"
        return code.encode() + array(code, positions).tobytes()

    def decode_positions(self, value: bytes) -> Sequence[int]:
        """Return the positions of a value."""
        return array(value[:1].decode(), value[1:])


class Words(fields.FieldType):
    """A field of words. Its value is what `terms_of` returns for it: term -> positions."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(Positions(), analyzer=None, scorable=scorable)

    def index(
        self, value: Mapping[str, list[int]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, count, weight, value) for Whoosh's writer."""
        encode = self.format.encode
        for term, positions in value.items():
            yield term.encode(), len(positions), float(len(positions)), encode(positions)


SCHEMA = fields.Schema(
    **{
        ROW: fields.COLUMN(columns.NumericColumn("q", default=-1)),
        TITLE: Words(scorable=False),
        TITLE + STEMS: Words(scorable=False),
        TEXT: Words(scorable=True),
        TEXT + STEMS: Words(scorable=False),
    }
)


def terms_of(
    text: str, lang: str | None, analysis: Analysis
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the exact terms and the stems of a text, each with its positions."""
    exact: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    position = 0
    for paragraph in text.split("\n\n"):
        for word in surfaces(paragraph):
            forms = analysis.text_forms(word, lang)
            if forms.exact:
                exact.setdefault(forms.exact, []).append(position)
            for stem in forms.stems:
                stems.setdefault(stem, []).append(position)
            position += 1
        position += PARAGRAPH_GAP
    return exact, stems


# Writing


class Storage(FileStorage):
    """The index's folder. Two things are left to others: the lock of the library keeps other processes out,
    and files are removed once the manifest no longer lists them.
    """

    def delete_file(self, name: str) -> None:
        """Leave the file for `manifest.sweep`."""

    def lock(self, name: str) -> _NoLock:
        """Return a lock that is always free."""
        return _NoLock()


class _NoLock:
    def acquire(self, blocking: bool = False) -> bool:
        return True

    def release(self) -> None:
        pass


class _Pool(PostingPool):
    """Postings being sorted. tick: called now and then while they are written; may raise to stop."""

    tick: Callable[[], None]

    def iter_postings(self) -> Iterator[Any]:
        for number, item in enumerate(super().iter_postings()):
            if number % 4096 == 0:
                self.tick()
            yield item


@contextmanager
def writing(index: FileIndex, tick: Callable[[], None]) -> Iterator[SegmentWriter]:
    """Open a writer; what was not committed when the block ends is dropped."""
    writer = SegmentWriter(index, compound=False)
    writer.pool = _Pool(writer.temp_storage(), writer.newsegment, limitmb=POOL_MB)
    writer.pool.tick = tick
    try:
        yield writer
    finally:
        if not writer.is_closed:
            writer.cancel()


class _TickingReader(SegmentReader):
    """A segment being merged, that lets the merge be stopped."""

    tick: Callable[[], None]

    def iter_postings(self) -> Iterator[Any]:
        for number, item in enumerate(super().iter_postings()):
            if number % 4096 == 0:
                self.tick()
            yield item


def merge_policy(
    chosen: Collection[str], tick: Callable[[], None]
) -> Callable[[SegmentWriter, list[Any]], list[Any]]:
    """Return a policy for `SegmentWriter.commit` that merges the segments with these ids."""

    def policy(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
        kept = []
        for segment in segments:
            if segment.segment_id() not in chosen:
                kept.append(segment)
                continue
            reader = _TickingReader(writer.storage, writer.schema, segment)
            reader.tick = tick
            try:
                writer.add_reader(reader)
            finally:
                reader.close()
        return kept

    return policy


# Reading


@dataclass(slots=True)
class Segment:
    """A part of the index that never changes, but for articles marked as deleted (row -1)."""

    reader: SegmentReader
    id: str
    rows: list[int]  #: by number of document


class Snapshot:
    """One state of the index, for reading; what the executor calls `Words`. Not for two threads at once."""

    def __init__(self, index: FileIndex) -> None:
        with reading():
            self._toc = f"_{NAME}_{index.latest_generation()}.toc"
            self._reader = index.reader()
            leaves = [leaf for leaf, _offset in self._reader.leaf_readers()]
            self.segments = [_segment(leaf) for leaf in leaves if isinstance(leaf, SegmentReader)]
        self._ids = {segment.id for segment in self.segments}
        self._rows = frozenset(row for segment in self.segments for row in segment.rows if row >= 0)
        self._cache: dict[tuple[str, str], Mapping[int, float]] = {}
        self._cached = 0
        self._lengths: dict[int, float] | None = None

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def owns(self, name: str) -> bool:
        """Tell whether a file of the folder belongs to this state of the index."""
        return name == self._toc or name.partition(".")[0] in self._ids

    def rows(self) -> frozenset[int]:
        """Return all articles."""
        return self._rows

    def documents(self) -> dict[int, int]:
        """Return Whoosh's number of every article."""
        found: dict[int, int] = {}
        base = 0
        for segment in self.segments:
            found.update((row, base + number) for number, row in enumerate(segment.rows) if row >= 0)
            base += len(segment.rows)
        return found

    def occurrences(self, field: str, term: str) -> Mapping[int, float]:
        """Return how often a term stands in each article that has it. Raises Damaged."""
        key = (field, term)
        if key not in self._cache:
            if self._cached > CACHED:
                self._cache.clear()
                self._cached = 0
            with reading():
                self._cache[key] = found = self._read(field, term)
            self._cached += len(found)
        return self._cache[key]

    def _read(self, field: str, term: str) -> dict[int, float]:
        found: dict[int, float] = {}
        for segment in self.segments:
            if matcher := _matcher(segment, field, term):
                while matcher.is_active():
                    found[segment.rows[matcher.id()]] = matcher.weight()
                    matcher.next()
        found.pop(-1, None)
        return found

    def positions(self, field: str, term: str, rows: Collection[int]) -> dict[int, Sequence[int]]:
        """Return where a term stands in those of the articles that have it, sorted. Raises Damaged."""
        found: dict[int, Sequence[int]] = {}
        decode = SCHEMA[field].format.decode_positions
        with reading():
            for segment in self.segments:
                if matcher := _matcher(segment, field, term):
                    while matcher.is_active():
                        if (row := segment.rows[matcher.id()]) in rows:
                            found[row] = decode(matcher.value())
                        matcher.next()
        return found

    def length(self, row: int) -> float:
        """Return the length of an article's text divided by the mean length. Raises Damaged."""
        if self._lengths is None:
            with reading():
                self._lengths = self._read_lengths()
        return self._lengths.get(row, 0.0)

    def _read_lengths(self) -> dict[int, float]:
        lengths = {}
        for segment in self.segments:
            length = segment.reader.doc_field_length
            for number, row in enumerate(segment.rows):
                if row >= 0:
                    lengths[row] = float(length(number, TEXT) or 0)
        mean = sum(lengths.values()) / len(lengths) if lengths else 0.0
        return {row: length / mean for row, length in lengths.items()} if mean else {}

    def beginning(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so, sorted. Raises Damaged."""
        found: set[str] = set()
        with reading():
            for segment in self.segments:
                if field in segment.reader.indexed_field_names():
                    found.update(term.decode() for term in segment.reader.expand_prefix(field, prefix))
        return sorted(found)


def _segment(reader: SegmentReader) -> Segment:
    rows = list(reader.column_reader(ROW))
    for number in reader.segment().deleted_docs():
        rows[number] = -1
    return Segment(reader, reader.segment().segment_id(), rows)


def _matcher(segment: Segment, field: str, term: str) -> Matcher | None:
    if field not in segment.reader.indexed_field_names():
        return None
    try:
        return segment.reader.postings(field, term.encode())
    except TermNotFound:
        return None
