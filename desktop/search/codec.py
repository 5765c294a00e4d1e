"""What Whoosh keeps and reads back: the list of segments, with what was deleted of each, one state a file.

Each article has four fields of words: title and text in their exact forms, and the stems of both. Stems stand
at the positions of their words, so phrases may mix them. What is in a segment is ours (`segment`): Whoosh's
own format of postings takes ten times as long to write and to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh import fields
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from desktop.errors import Cancelled
from desktop.search.segment import Segment, SegmentWriter

NAME = "leeslamp"  #: what the names of the files begin with (`manifest.PREFIXES`)
POSTINGS = ".pst"
_TOC = f"_{NAME}_"
_DIGEST = 16  #: bytes

#: Whoosh wants one; what an article consists of is written down in `inversion`.
_SCHEMA = fields.Schema()


class Damaged(Exception):
    """The index cannot be read; the message says what happened."""


class reading:  # noqa: N801 (used as a function is; one made of a generator takes three times as long)
    """Turn whatever damaged files make us stumble over into `Damaged`.

    and_writing: files are written too, so that errors of the disk are none of the index's.
    """

    __slots__ = ("_and_writing",)

    def __init__(self, *, and_writing: bool = False) -> None:
        self._and_writing = and_writing

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Damaged bytes raise anything: struct, pickle, key, value and index errors.
        if not isinstance(error, Exception) or isinstance(error, Cancelled):
            return
        if self._and_writing and isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            return
        raise Damaged(f"{type(error).__name__}: {error}") from error


class _Storage(FileStorage):
    """The index's folder. Files are removed by `manifest.sweep` only, once they are not listed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file for reading; `close` closes it, also when Whoosh could not read it and forgot it."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close(self) -> None:
        """Close what is open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()

    def delete_file(self, name: str) -> None:
        """Leave the file."""


@dataclass(frozen=True, slots=True)
class State:
    """The segments of an index at one time. deleted: numbers of articles, by segment."""

    generation: int
    deleted: Mapping[str, Collection[int]]
    segments: tuple[Any, ...]  #: Whoosh's own

    @property
    def file(self) -> str:
        """The name of the file that holds it."""
        return f"{_TOC}{self.generation}.toc"


def read_state(folder: Path) -> State:
    """Return the newest state of a folder. Raises Damaged."""
    with reading(), closing(_Storage(folder)) as storage:
        newest = max(int(name[len(_TOC) : -4]) for name in storage.list() if name.startswith(_TOC))
        _check(folder / f"{_TOC}{newest}.toc")
        toc = TOC.read(storage, NAME, gen=newest, schema=_SCHEMA)
        deleted = {segment.segment_id(): frozenset(segment.deleted_docs()) for segment in toc.segments}
        return State(toc.generation, deleted, tuple(toc.segments))


def create(folder: Path) -> None:
    """Write the state of an empty index. Raises OSError."""
    TOC.create(_Storage(folder), _SCHEMA, NAME)
    _sign(folder / f"{_TOC}0.toc")


def open_segment(folder: Path, name: str) -> Segment:
    """Open a segment for reading. Raises Damaged."""
    with reading():
        return Segment(folder / (name + POSTINGS), name)


def commit(
    folder: Path,
    *,
    write: Callable[[SegmentWriter], int] | None = None,
    deleted: Mapping[str, Collection[int]] | None = None,
    dropped: Collection[str] = (),
) -> None:
    """Write a new state: a new segment, which `write` fills, articles deleted, and segments dropped.

    write: returns the number of articles. Raises OSError, Damaged, and whatever `write` raises.
    """
    before = read_state(folder)
    segments = [one for one in before.segments if one.segment_id() not in dropped]
    for segment in segments:
        for number in (deleted or {}).get(segment.segment_id(), ()):
            segment.delete_document(number)
    storage = _Storage(folder)
    if write is not None:
        new = W3Codec().new_segment(storage, NAME)
        with (folder / (new.segment_id() + POSTINGS)).open("wb") as file:
            writer = SegmentWriter(file)
            new.set_doc_count(write(writer))
            writer.finish()
        segments.append(new)
    TOC(_SCHEMA, segments, before.generation + 1).write(storage, NAME)
    _sign(folder / f"{_TOC}{before.generation + 1}.toc")


# Whoosh pickles the state, and what a flipped bit makes of a pickle can be anything. So its digest stands
# behind it, where Whoosh does not look, and nothing else is ever unpickled.


def _sign(path: Path) -> None:
    digest = _digest(path.read_bytes())
    with path.open("ab") as file:
        file.write(digest)


def _check(path: Path) -> None:
    content = path.read_bytes()
    if _digest(content[:-_DIGEST]) != content[-_DIGEST:]:
        raise ValueError("the list of segments was changed")


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()
