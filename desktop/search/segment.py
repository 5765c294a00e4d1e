"""A segment: articles that were indexed together, in one file that never changes.

The file is a row of sections, each one plain array, in this computer's byte order; a directory (JSON) and
its length close it. The postings of a field are columns: articles, counts and positions of all terms one
after the other, in the order of the terms, so that what begins alike is one stretch of each column. Nothing
is unpacked when a segment is opened, and only the stretches that are asked for are read.

Read, not mapped into memory: a file that is cut off or goes bad under our feet is an error that can be
caught, where touching a mapped page would end the program.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import weakref
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

BLOCK = 64  #: terms between two entries of a dictionary that are kept in memory
KINDS = ("u1", "u2", "u4", "u8", "i8")  #: types of sections

_LINE_FEED = 10  #: stands behind every term, and in none
_LENGTH = struct.Struct("<Q")
_PAIRS = struct.Struct("=4q")
_STRAIGHT = hasattr(os, "pread")


def kind_for(largest: int) -> str:
    """Return the narrowest type of section that holds numbers up to this one."""
    return next(kind for kind in ("u1", "u2", "u4", "u8") if largest < 1 << 8 * np.dtype(kind).itemsize)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the file: numbers of one kind."""

    kind: str
    start: int  #: bytes
    size: int  #: numbers
    width: int  #: bytes of a number


# Writing


class SectionWriter:
    """Fills a section piece by piece."""

    def __init__(self, file: BinaryIO, kind: str, start: int) -> None:
        self._file, self.kind, self.start, self.size = file, kind, start, 0

    def add(self, values: np.ndarray) -> None:
        """Append numbers."""
        self._file.seek(self.start + self.size * int(self.kind[1]))
        self._file.write(np.ascontiguousarray(values, self.kind).data)
        self.size += len(values)

    def written(self) -> list[Any]:
        """Return what the directory says about the section."""
        return [self.kind, self.start, self.size]


class SegmentWriter:
    """Writes a segment; its sections may grow side by side, since the most each can hold is told before."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self._directory: dict[str, SectionWriter] = {}

    def reserve(self, name: str, kind: str, most: int) -> SectionWriter:
        """Begin a section of at most so many numbers."""
        start = self._end
        self._end += -(-most * int(kind[1]) // 8) * 8
        self._directory[name] = section = SectionWriter(self._file, kind, start)
        return section

    def put(self, name: str, kind: str, values: np.ndarray) -> None:
        """Write a section whole."""
        self.reserve(name, kind, len(values)).add(values)

    def put_terms(self, field: str, terms: bytes) -> None:
        """Write the terms of a field, sorted, with a line feed between them: the dictionary."""
        lines = np.frombuffer(terms + b"\n" if terms else b"", np.uint8)
        starts = np.append(0, np.flatnonzero(lines == _LINE_FEED) + 1)
        blocks = np.append(starts[:-1:BLOCK], starts[-1])
        ends = starts[1 : len(starts) : BLOCK]
        heads = b"".join(
            terms[start:end] for start, end in zip(blocks[:-1].tolist(), ends.tolist(), strict=True)
        )
        self.put(f"{field}.terms", "u1", lines)
        self.put(f"{field}.blocks", "u8", blocks)
        self.put(f"{field}.heads", "u1", np.frombuffer(heads.removesuffix(b"\n"), np.uint8))

    def finish(self) -> None:
        """Write the directory."""
        sections = {name: section.written() for name, section in self._directory.items()}
        directory = json.dumps(sections).encode()
        self._file.seek(self._end)
        self._file.write(directory + _LENGTH.pack(len(directory)))


# Reading


class SegmentFile:
    """The sections of a file, closed when nothing refers to it. Raises ValueError, KeyError, OSError."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._fd)
        self._turn = threading.Lock()
        self._end = os.fstat(self._fd).st_size
        (length,) = _LENGTH.unpack(self._bytes(self._end - _LENGTH.size, _LENGTH.size))
        start = self._end - _LENGTH.size - length
        directory = json.loads(self._bytes(start, length))
        self._end = start
        self._sections = {name: self._section(*entry) for name, entry in directory.items()}

    def _section(self, kind: str, start: int, size: int) -> Section:
        if kind not in KINDS:
            raise ValueError("a section of no known kind")
        section = Section(kind, start, size, int(kind[1]))
        if start < 0 or size < 0 or start + size * section.width > self._end:
            raise ValueError("a section lies outside its file")
        return section

    def _bytes(self, start: int, size: int) -> bytes:
        if start < 0 or not 0 <= size <= self._end - start:
            raise ValueError("read outside the file")
        data = self._read(start, size)
        while len(data) < size:  # one call gives 2 GB at most
            more = self._read(start + len(data), size - len(data))
            if not more:
                raise ValueError("the file is cut off")
            data += more
        return data

    def _read(self, start: int, size: int) -> bytes:
        if _STRAIGHT:
            return os.pread(self._fd, size, start)
        with self._turn:
            os.lseek(self._fd, start, os.SEEK_SET)
            return os.read(self._fd, size)

    def section(self, name: str) -> Section:
        """Return where a section is."""
        return self._sections[name]

    def numbers(self, section: Section, start: int = 0, stop: int | None = None) -> np.ndarray:
        """Return numbers `[start, stop)` of a section."""
        return np.frombuffer(self.bytes(section, start, stop), section.kind)

    def bytes(self, section: Section, start: int = 0, stop: int | None = None) -> bytes:
        """Return numbers `[start, stop)` of a section as bytes."""
        stop = section.size if stop is None else stop
        if not 0 <= start <= stop <= section.size:
            raise ValueError("read outside a section")
        first, size = section.start + start * section.width, (stop - start) * section.width
        if _STRAIGHT:
            data = os.pread(self._fd, size, first)
            if len(data) == size:
                return data
        return self._bytes(first, size)


class Dictionary:
    """The terms of a field. A term is known by its ordinal: terms are sorted, the first is 0."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._terms = file.section(f"{field}.terms")
        self._blocks = file.numbers(file.section(f"{field}.blocks")).tolist()
        heads = file.bytes(file.section(f"{field}.heads"))
        self._heads = heads.split(b"\n") if heads else []
        if len(self._heads) != len(self._blocks) - 1:
            raise ValueError("a dictionary does not fit its index")

    def _block(self, number: int) -> bytes:
        return self._file.bytes(self._terms, self._blocks[number], self._blocks[number + 1])

    def find(self, term: bytes) -> int | None:
        """Return the ordinal of a term; None if it is not there."""
        number = bisect_right(self._heads, term) - 1
        if number < 0:
            return None
        block = b"\n" + self._block(number)
        at = block.find(b"\n" + term + b"\n")
        return None if at < 0 else number * BLOCK + block.count(b"\n", 0, at)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Return the ordinals from and to which terms begin so."""
        # No term holds this byte: they are UTF-8.
        return self._first_from(prefix), self._first_from(prefix + b"\xff")

    def _first_from(self, term: bytes) -> int:
        number = bisect_left(self._heads, term) - 1
        if number < 0:
            return 0
        return number * BLOCK + bisect_left(self._block(number).split(b"\n")[:-1], term)

    def text(self, start: int, stop: int) -> bytes:
        """Return the terms `[start, stop)`, each with a line feed behind it."""
        if start >= stop:
            return b""
        first, last = start // BLOCK, (stop - 1) // BLOCK
        data = self._file.bytes(self._terms, self._blocks[first], self._blocks[last + 1])
        low = _behind_lines(data, 0, start - first * BLOCK)
        high = _behind_lines(data, self._blocks[last] - self._blocks[first], stop - last * BLOCK)
        return data[low:high]

    def everything(self) -> list[bytes]:
        """Return all terms."""
        return self._file.bytes(self._terms).split(b"\n")[:-1]


def _behind_lines(data: bytes, at: int, lines: int) -> int:
    """Return where so many lines that begin at `at` end."""
    for _line in range(lines):
        at = data.index(_LINE_FEED, at) + 1
    return at


class Field:
    """The postings of a field. Ordinals: those of its dictionary."""

    def __init__(self, file: SegmentFile, name: str, documents: int) -> None:
        self._file = file
        self._many = documents
        self.dictionary = Dictionary(file, name)
        self._ends = file.section(f"{name}.ends")
        self.documents_section = file.section(f"{name}.documents")
        self.counts_section = file.section(f"{name}.counts")
        self.positions_section = file.section(f"{name}.positions")

    def ends(self, start: int, stop: int) -> np.ndarray:
        """Return for each ordinal in `[start, stop]` where its postings and its positions begin: n x 2."""
        return self._file.numbers(self._ends, 2 * start, 2 * stop + 2).reshape(-1, 2)

    def postings(self, start: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the articles that have terms `[start, stop)`, and how often; term by term."""
        first, _, last, _ = self._span(start, stop)
        documents = self._file.numbers(self.documents_section, first, last)
        if len(documents) and np.maximum.reduce(documents) >= self._many:
            raise ValueError("postings of an article that is not there")
        return documents, self._file.numbers(self.counts_section, first, last)

    def positions(self, start: int, stop: int) -> np.ndarray:
        """Return where they stand, in the order of `postings`."""
        _, first, _, last = self._span(start, stop)
        return self._file.numbers(self.positions_section, first, last)

    def _span(self, start: int, stop: int) -> tuple[int, ...]:
        """Return where postings and positions begin, and where they end."""
        read = self._file.bytes
        if stop - start == 1:
            return _PAIRS.unpack(read(self._ends, 2 * start, 2 * stop + 2))
        here = read(self._ends, 2 * start, 2 * start + 2), read(self._ends, 2 * stop, 2 * stop + 2)
        return _PAIRS.unpack(b"".join(here))


class Segment:
    """An open segment. rows: the library's numbers of its articles. lengths: the words of each."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._file = SegmentFile(path)
        self.rows = self._file.numbers(self._file.section("rows"))
        self.lengths = self._file.numbers(self._file.section("lengths"))
        if len(self.rows) != len(self.lengths):
            raise ValueError("rows and lengths differ")
        self._fields: dict[str, Field] = {}

    def field(self, name: str) -> Field:
        """Return the postings of a field."""
        if (found := self._fields.get(name)) is None:
            found = self._fields[name] = Field(self._file, name, len(self.rows))
        return found
