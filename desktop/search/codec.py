"""What is written into Whoosh and read back: fields, postings, segments.

Each article has four fields of words: title and text in their exact forms, and the stems of both. Stems stand
at the positions of their words, so phrases may mix them. Whoosh keeps the segments, the dictionary of terms
and the columns; its codec is extended in one place, the postings: those of a term are three plain arrays
(articles, counts, positions), terms in order one after the other, so that all terms that begin alike are one
stretch of the file. Whoosh's own scoring and query classes are not used.
"""

from __future__ import annotations

import struct
import sys
import threading
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex
from whoosh.reading import TermNotFound
from whoosh.writing import SegmentWriter

from desktop.errors import Cancelled
from desktop.search.analysis import Analysis
from desktop.search.executor import STEMS, TEXT, TITLE, Term
from desktop.search.postings import Inverter, Item, Postings, pack, unpack

NAME = "leeslamp"  #: what the names of the files begin with (`manifest.PREFIXES`)
CACHED = 300_000  #: postings kept decoded, about 30 MB
ROW, LENGTH = "row", "length"
WORD_FIELDS = (TEXT, TEXT + STEMS, TITLE, TITLE + STEMS)  #: in the order in which they are written


class Damaged(Exception):
    """The index cannot be read; the message says what happened."""


@contextmanager
def reading(*, and_writing: bool = False) -> Iterator[None]:
    """Turn whatever Whoosh stumbles over in damaged files into `Damaged`.

    and_writing: files are written too, so that errors of the disk are none of the index's.
    """
    try:
        yield
    except Cancelled:
        raise
    except Exception as error:  # damaged bytes raise anything: struct, zlib, pickle, key and index errors
        if and_writing and isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise
        raise Damaged(f"{type(error).__name__}: {error}") from error


# Fields


class _Words(fields.FieldType):
    """A field of words. Its postings do not come from Whoosh's analysis, but from `Inverter`."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)


SCHEMA = fields.Schema(
    **{
        ROW: fields.COLUMN(columns.NumericColumn("q", default=-1)),
        LENGTH: fields.COLUMN(columns.NumericColumn("I")),
    },
    **{name: _Words() for name in WORD_FIELDS},
)


class Codec(W3Codec):
    """Whoosh's codec, but for the postings."""

    length_stats = False  # lengths are a column of their own

    def field_writer(self, storage: FileStorage, segment: Any) -> _FieldWriter:
        """Return what writes the terms of a segment."""
        return _FieldWriter(self, storage, segment)

    def terms_reader(self, storage: FileStorage, segment: Any) -> _TermsReader:
        """Return what reads the terms of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        terms = storage.open_file(name)
        postings = segment.open_file(storage, self.POSTS_EXT)
        reader = _TermsReader(self, terms, storage.file_length(name), postings)
        reader.open_names = lambda field: segment.open_file(storage, _terms_file(field))
        return reader


class _FieldWriter(W3FieldWriter):
    def add_postings(self, schema: fields.Schema, lengths: None, items: Iterator[Item]) -> None:
        """Write items, which come ordered by field and term."""
        offset = self._postfile.tell()
        for name, group in groupby(items, key=itemgetter(0)):
            self.start_field(name, schema[name])
            field = struct.pack("!H", self._fieldid)
            terms = []
            for _name, term, postings in group:
                data = pack(postings)
                info = W3TermInfo(df=len(postings.documents))
                info.set_extent(offset, len(data))
                self._postfile.write(data)
                self._tindex.add(field + term, info.to_bytes())
                terms.append(term)
                offset += len(data)
            self.finish_field()
            with self._segment.create_file(self._storage, _terms_file(name)) as file:
                file.write(b"\n".join(terms))


def _terms_file(field: str) -> str:
    """Return the ending of the file with all terms of a field, one a line, for going through them quickly."""
    return f".{field}.terms"


class _TermsReader(W3TermsReader):
    open_names: Callable[[str], StructFile]  #: opens a field's file of terms

    def find(self, field: str, term: bytes) -> Postings | None:
        """Return the postings of a term."""
        try:
            offset, length = self.term_info(field, term).extent()
        except TermNotFound:
            return None
        size = length[0] if isinstance(length, tuple) else length
        return unpack(self._postfile.get(offset, size), 0)[0]

    def beginning(self, field: str, prefix: bytes) -> Iterator[Postings]:
        """Yield the postings of every term that begins so."""
        if field not in self._fieldmap:
            return
        first = self._offset_from(field, prefix)
        last = self._offset_from(field, prefix + b"\xff")  # no term holds this byte: they are UTF-8
        if first is None or first == last:
            return
        data = self._postfile.get(first, (self._length() if last is None else last) - first)
        offset = 0
        while offset < len(data):
            postings, offset = unpack(data, offset)
            yield postings

    def names(self, field: str, prefix: bytes) -> list[bytes]:
        """Return the terms of a field that begin so, sorted."""
        if field not in self._fieldmap:
            return []
        with self.open_names(field) as file:
            data = b"\n" + file.read() + b"\n"
        first = data.find(b"\n" + prefix)
        last = data.rfind(b"\n" + prefix)
        return data[first + 1 : data.find(b"\n", last + 1)].split(b"\n") if first >= 0 else []

    def everything(self, field: str) -> Iterator[tuple[bytes, Postings]]:
        """Yield every term of a field with its postings, in order."""
        return zip(self.names(field, b""), self.beginning(field, b""), strict=True)

    def _offset_from(self, field: str, term: bytes) -> int | None:
        """Return where the postings of the first term from this one on begin; None behind the last."""
        for (_field, _term), info in self.items_from(field, term):
            offset: int = info.extent()[0]
            return offset
        return None

    def _length(self) -> int:
        length: int = self._postfile.seek(0, 2)
        return length


# Writing


class Storage(FileStorage):
    """The index's folder. Two things are left to others: the lock of the library keeps other processes out,
    and files are removed once the manifest no longer lists them.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file for reading; `close` closes it, whatever happens to its reader."""
        file = super().open_file(name, **options)
        self._opened = [one for one in self._opened if not one.is_closed] + [file]
        return file

    def close(self) -> None:
        """Close the files that were opened and are not closed yet."""
        for file in self._opened:
            if not file.is_closed:
                file.close()
        self._opened = []

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


@dataclass(frozen=True, slots=True)
class Writer:
    """A batch being written."""

    whoosh: SegmentWriter
    inverter: Inverter

    def add(self, row: int, title: str, text: str, lang: str | None, analysis: Analysis) -> None:
        """Add an article."""
        number = self.whoosh.docnum
        length = 0
        for field, content in ((TITLE, title), (TEXT, text)):
            exact, stems, length = analysis.terms(content, lang)
            self.inverter.add(number, field, exact)
            self.inverter.add(number, field + STEMS, stems)
        self.whoosh.add_document(**{ROW: row, LENGTH: length})

    def merge(self, segments: Collection[Segment]) -> None:
        """Write what is in these segments into one, and drop them."""
        for segment in segments:
            numbers = []
            for row, length in zip(segment.rows, segment.lengths, strict=True):
                numbers.append(self.whoosh.docnum if row >= 0 else -1)
                if row >= 0:
                    self.whoosh.add_document(**{ROW: row, LENGTH: length})
            self.inverter.merge(segment.terms, numbers)
        gone = {segment.id for segment in segments}
        with reading(and_writing=True):
            self.whoosh.commit(
                mergetype=lambda _writer, all_: [one for one in all_ if one.segment_id() not in gone]
            )


@contextmanager
def writing(index: FileIndex, tick: Callable[[], None]) -> Iterator[Writer]:
    """Open a writer; what was not committed when the block ends is dropped. tick: may raise to stop."""
    with reading(and_writing=True):
        writer = SegmentWriter(index, codec=Codec(), compound=False)
    writer.pool = inverter = Inverter(WORD_FIELDS, tick)
    try:
        yield Writer(writer, inverter)
    finally:
        if not writer.is_closed:
            writer.cancel()
        for part in (writer.perdocwriter, writer.fieldwriter):  # a commit that fails leaves them open
            if not part.is_closed:
                with suppress(Exception):
                    part.close()


# Reading


@dataclass(slots=True)
class Segment:
    """A part of the index that never changes, but for articles that are deleted (row -1)."""

    id: str
    rows: Sequence[int]  #: by number of document
    lengths: Sequence[int]
    terms: _TermsReader


class Snapshot:
    """One state of the index, for reading; what the executor calls `Words`. Not for two threads at once.

    before: the state before it, which may still be in use: what has not changed is taken over.
    """

    def __init__(self, folder: Path, before: Snapshot | None = None) -> None:
        known = {segment.id: segment for segment in before.segments} if before else {}
        self._storage = Storage(str(folder))
        self.segments: list[Segment]
        try:
            with reading():
                toc = TOC.read(self._storage, NAME, schema=SCHEMA)
                self.segments = [
                    _segment(self._storage, segment, known.get(segment.segment_id()))
                    for segment in toc.segments
                ]
        except Damaged:
            self._storage.close()
            raise
        self._toc = f"_{NAME}_{toc.generation}.toc"
        self._ids = {segment.id for segment in self.segments}
        self._rows = frozenset(row for segment in self.segments for row in segment.rows if row >= 0)
        self._cache: dict[Term, Mapping[int, float]] = {}
        self._cached = 0
        self._lengths: dict[int, float] | None = None
        self.lock = threading.Lock()  #: held by the thread that reads
        self.users = 0

    def close(self) -> None:
        """Close the files."""
        self._storage.close()

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

    def occurrences(self, term: Term) -> Mapping[int, float]:
        """Return how often a term stands in each article that has it. Raises Damaged."""
        if term not in self._cache:
            if self._cached > CACHED:
                self._cache.clear()
                self._cached = 0
            with reading():
                self._cache[term] = found = self._count(term)
            self._cached += len(found)
        return self._cache[term]

    def _count(self, term: Term) -> dict[int, float]:
        found: dict[int, float] = {}
        for segment, postings in self._postings(term):
            rows = map(segment.rows.__getitem__, postings.documents)
            if term.prefix:
                for row, count in zip(rows, postings.counts, strict=True):
                    found[row] = found.get(row, 0) + count
            else:
                found.update(zip(rows, postings.counts, strict=True))
        found.pop(-1, None)
        return found

    def _postings(self, term: Term) -> Iterator[tuple[Segment, Postings]]:
        text = term.text.encode()
        for segment in self.segments:
            if term.prefix:
                for postings in segment.terms.beginning(term.field, text):
                    yield segment, postings
            elif (found := segment.terms.find(term.field, text)) is not None:
                yield segment, found

    def positions(self, term: Term, rows: AbstractSet[int]) -> dict[int, Sequence[int]]:
        """Return where a term stands in those of the articles that have it, sorted. Raises Damaged."""
        found: dict[int, Sequence[int]] = {}
        with reading():
            for segment, postings in self._postings(term):
                here = map(segment.rows.__getitem__, postings.documents)
                wanted = [(number, row) for number, row in enumerate(here) if row in rows]
                ends = [0, *accumulate(postings.counts)] if wanted else []
                for number, row in wanted:
                    positions = postings.positions[ends[number] : ends[number + 1]]
                    found[row] = sorted([*found[row], *positions]) if row in found else positions
        return found

    def length(self, row: int) -> float:
        """Return the length of an article's text divided by the mean length."""
        if self._lengths is None:
            pairs = [
                pair for segment in self.segments for pair in zip(segment.rows, segment.lengths, strict=True)
            ]
            lengths = {row: length for row, length in pairs if row >= 0}
            mean = sum(lengths.values()) / len(lengths) if lengths else 0
            self._lengths = {row: length / mean for row, length in lengths.items()} if mean else {}
        return self._lengths.get(row, 0.0)

    def words(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin so, sorted. Raises Damaged."""
        with reading():
            found = {
                word for segment in self.segments for word in segment.terms.names(field, prefix.encode())
            }
            return sorted(word.decode() for word in found)


def _segment(storage: Storage, segment: Any, before: Segment | None) -> Segment:
    """Open a segment; what was read of it before is not read again."""
    rows = before.rows if before else _column(storage, segment, ROW, "q", -1)
    lengths = before.lengths if before else _column(storage, segment, LENGTH, "I", 0)
    if segment.has_deletions():
        rows = list(rows)
        for number in segment.deleted_docs():
            rows[number] = -1
    terms = segment.codec().terms_reader(storage, segment)
    return Segment(segment.segment_id(), rows, lengths, terms)


def _column(storage: Storage, segment: Any, name: str, code: str, default: int) -> Sequence[int]:
    """Read a column whole; Whoosh would read every number by itself."""
    values = array(code)
    with storage.open_file(W3Codec.column_filename(segment, name)) as file:
        values.frombytes(file.read())
    if sys.byteorder == "little":
        values.byteswap()
    missing = segment.doc_count_all() - len(values)  # the last ones are not written if they are the default
    if missing < 0:
        raise ValueError(f"column {name} is too long")
    values.extend([default] * missing)
    return values
