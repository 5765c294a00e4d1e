"""The index of words behind one class.

Whoosh keeps the list of segments (`codec`); what is in them, matching and scoring are ours.
Life of an index: `Index.open` looks at what is there. If that cannot be used, `needs_rebuild` says why and
searches find nothing, until `reset` has made an empty one; then `update` fills it, and `note` records that it
is complete and up to which change of the library. While it is being filled, searches answer from what is
there. Nothing in the folder but the index's own files is touched.

One thread writes at a time; any threads search, and none waits for another. The folder is private to this
computer: see `manifest`.
"""

from __future__ import annotations

import errno
import logging
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import whoosh
from whoosh.lang import stemmer_for_language

from desktop.errors import Problem, ProblemKind
from desktop.progress import Progress, SilentProgress
from desktop.search import analysis, codec, compounds, dutch, german, manifest
from desktop.search.analysis import Analysis
from desktop.search.executor import Resolve, Rows, Search, SearchRows, nothing_found
from desktop.search.inversion import Batch
from desktop.search.manifest import Manifest
from desktop.search.merging import Part, merge
from desktop.search.query import Node
from desktop.search.snapshot import Snapshot
from desktop.search.vocabulary import Vocabulary

T = TypeVar("T")

log = logging.getLogger(__name__)

FORMAT = 3  #: of the segments; raised with every change to them
VERSION = (
    f"{FORMAT}.{analysis.VERSION}.{compounds.stamp()} {sys.byteorder} "
    f"whoosh {'.'.join(map(str, whoosh.__version__))}"
)

#: English and French by Whoosh's Snowball stemmers, Dutch by our own rules, German by Snowball's, sooner.
ANALYSIS = Analysis(
    {"nl": dutch.stem, **{lang: stemmer_for_language(lang) for lang in ("en", "fr")}, "de": german.stem},
    compounds.found_parts,
)

BATCH = 2_000  #: articles in one commit: with the text below a second's work or two
BATCH_CHARACTERS = 6_000_000  #: and no more text than this, so that memory stays bounded
FAN = 5  #: so many segments of like size are merged into one
LARGEST_MERGE = 65_536  #: articles in one segment: their numbers fit in two bytes


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """An article as it is indexed. text: the whole text of its current version, title included."""

    row: int
    title: str  #: as shown
    text: str
    lang: str | None


class Index:
    """One index in its folder.

    needs_rebuild: why it cannot be used ("" = it can). complete: it holds the whole library; False while a
    rebuild is under way. followed: id of the last change of the library that is in it.
    """

    def __init__(
        self, folder: Path, *, key: bytes, library: str = "", analysis: Analysis | None = None
    ) -> None:
        self.folder = folder
        self.needs_rebuild = "not opened"
        self._key = key
        self._manifest = Manifest(VERSION, library, 0, False)
        self._analysis = analysis or ANALYSIS
        self._snapshot: Snapshot | None = None
        self._writing = threading.Lock()
        self._using = threading.Lock()  #: held only to change which state is shown and who uses it

    @classmethod
    def open(cls, folder: Path, *, key: bytes, library: str = "", analysis: Analysis | None = None) -> Index:
        """Open the index of a folder, whatever is there; look at `needs_rebuild` afterwards.

        key: secret of this computer's user, kept outside the library: an index that another key sealed is not
        opened. library: UUID of the library; an index of another one is not opened either. analysis: how
        words are cut and compared (None = as everywhere).
        """
        index = cls(folder, key=key, library=library, analysis=analysis)
        index._open()
        return index

    def _open(self) -> None:
        self.needs_rebuild = self._reason_not_to_open()
        if self.needs_rebuild:
            return
        manifest.sweep(self.folder, self._manifest.files)
        try:
            self._snapshot = Snapshot(self.folder)
        except codec.Damaged as damage:
            self._damaged(damage)

    def _reason_not_to_open(self) -> str:
        found = manifest.read(self.folder, self._key)
        if found is None:
            return "missing or not ours"
        if found.version != VERSION:
            return f"version {found.version}, wanted {VERSION}"
        if found.library != self._manifest.library:
            return "of another library"
        if changed := manifest.changed_files(self.folder, found, thorough=False):
            return f"damaged: {', '.join(changed[:3])}"
        self._manifest = found
        return ""

    def _break(self, reason: str) -> None:
        """Take the index out of use; any thread may find that it must be."""
        with self._using:
            self.needs_rebuild = reason
            self._retire(None)

    def _retire(self, successor: Snapshot | None) -> None:
        old, self._snapshot = self._snapshot, successor
        if old is not None and not old.users:
            old.close()

    def _damaged(self, what: object) -> None:
        log.warning("Index damaged: %s", what, exc_info=isinstance(what, Exception))
        self._break(f"damaged: {what}")

    def _show(self, snapshot: Snapshot) -> bool:
        """Let searches see a state from now on; the one before is closed when nobody reads it any more.

        False: the index was taken out of use meanwhile, and nothing is shown.
        """
        with self._using:
            if self.needs_rebuild:
                snapshot.close()
                return False
            self._retire(snapshot)
            return True

    @property
    def complete(self) -> bool:
        """Tell whether the whole library is in it (as of `followed`)."""
        return not self.needs_rebuild and self._manifest.complete

    @property
    def followed(self) -> int:
        """Return the id of the last change of the library that is in it."""
        return self._manifest.followed

    def rows(self) -> frozenset[int]:
        """Return the articles in the index."""
        snapshot = self._snapshot
        return snapshot.rows() if snapshot else frozenset()

    def check(self, progress: Progress | None = None) -> bool:
        """Read every file and compare it with what was written; a difference makes `needs_rebuild`.

        `open` believes a file that has its size, time and place; this finds bits that flipped on the disk.
        """
        step = (progress or SilentProgress()).step
        with self._writing:
            if not self.needs_rebuild:
                changed = manifest.changed_files(self.folder, self._manifest, thorough=True, step=step)
                if changed:
                    self._damaged(f"changed: {', '.join(changed[:3])}")
        return not self.needs_rebuild

    def close(self) -> None:
        """Close the files, when a write under way has ended."""
        with self._writing:
            self._break(self.needs_rebuild or "closed")

    # Writing

    def reset(self, *, followed: int) -> None:
        """Make an empty index in the place of whatever is there. followed: newest change of the library now.

        Raises Problem if the folder cannot be written.
        """
        with self._writing, self._safely():
            self._break("being reset")
            self.folder.mkdir(parents=True, exist_ok=True)
            manifest.clear(self.folder)
            codec.create(self.folder)
            self._manifest = replace(
                self._manifest, version=VERSION, followed=followed, complete=False, files={}
            )
            self.needs_rebuild = ""
            self._publish()

    def note(self, *, followed: int | None = None, complete: bool | None = None) -> None:
        """Record how far the index is. Raises Problem if the folder cannot be written."""
        with self._writing, self._safely():
            if (snapshot := self._snapshot) is not None:
                self._record(snapshot, followed, complete)

    def update(
        self,
        documents: Iterable[IndexDocument],
        *,
        followed: int | None = None,
        total: int = 0,
        progress: Progress | None = None,
    ) -> None:
        """Add articles, in the place of what was there under their rows.

        Committed every BATCH articles, so that cancelling loses little; `followed` is noted with the last.
        total: for the progress. Raises Cancelled; Problem if the folder cannot be written.
        """
        progress = progress or SilentProgress()
        done = 0
        for batch in _batches(documents):
            self._write(batch, set(), total=total, done=done, progress=progress)
            done += len(batch)
        if followed is not None:
            self.note(followed=followed)

    def delete(self, rows: Collection[int], *, followed: int | None = None) -> None:
        """Take articles out; rows that are not there are ignored. Raises Problem as `update` does."""
        if not self.rows().isdisjoint(rows):
            self._write([], set(rows), total=0, done=0, progress=SilentProgress())
        if followed is not None:
            self.note(followed=followed)

    def merge(self, progress: Progress | None = None) -> bool:
        """Merge segments of like size, if there are many; for idle moments. True = call again.

        Raises Cancelled (nothing is changed then); Problem if the folder cannot be written.
        """
        merged = False
        with self._writing, self._safely():
            merged = self._merge((progress or SilentProgress()).step)
        return merged  # noqa: RET504 (not reached in the block when the index is damaged)

    def _merge(self, step: Callable[[int, int], None]) -> bool:
        snapshot = self._snapshot
        chosen = _like_size(snapshot) if snapshot else set()
        if not chosen:
            return False
        own = Snapshot(self.folder)  # files that changed under our feet are seen now
        parts = [
            Part(part.segment, np.ones(len(part.segment.rows), bool) if part.alive is None else part.alive)
            for part in own.parts
            if part.segment.name in chosen
        ]
        with self._repairing(), codec.reading(and_writing=True):
            codec.commit(
                self.folder,
                write=lambda writer: merge(parts, writer, lambda: step(0, 0)),
                dropped=chosen,
            )
        self._publish()
        return True

    def _write(
        self, batch: list[IndexDocument], deleted: set[int], *, total: int, done: int, progress: Progress
    ) -> None:
        with self._writing, self._safely():
            snapshot = self._snapshot
            if snapshot is None:
                return
            latest = {document.row: document for document in batch}
            collected = Batch(self._analysis)
            for count, one in enumerate(latest.values()):
                progress.step(done + count, total, one.title)
                collected.add(one.row, one.title, one.text, one.lang)
            tick = lambda: progress.step(done + len(latest), total)  # noqa: E731
            with self._repairing():
                codec.commit(
                    self.folder,
                    write=(lambda writer: collected.write(writer, tick)) if latest else None,
                    deleted=snapshot.located(deleted.union(latest)),
                )
            self._publish()

    @contextmanager
    def _repairing(self) -> Iterator[None]:
        """Remove what a write that failed or was cancelled has left."""
        try:
            yield
        except BaseException:
            manifest.sweep(self.folder, self._manifest.files)
            raise

    @contextmanager
    def _safely(self) -> Iterator[None]:
        """Turn errors of the disk into problems; take the index out of use when it is damaged."""
        try:
            yield
        except (codec.Damaged, FileNotFoundError) as damage:  # a file of its own that is gone is damage too
            self._damaged(damage)
        except OSError as error:
            kind = ProblemKind.DISK_FULL if error.errno == errno.ENOSPC else ProblemKind.NOT_WRITABLE
            raise Problem(kind, self.folder, error.strerror or str(error)) from error

    def _publish(self) -> None:
        """Let searches see what was committed, record it, and remove what it replaces."""
        snapshot = Snapshot(self.folder, self._snapshot)
        if self._show(snapshot):
            self._record(snapshot, None, None)

    def _record(self, snapshot: Snapshot, followed: int | None, complete: bool | None) -> None:
        current = self._manifest
        files = manifest.listed(self.folder, snapshot.owns, current.files)
        self._manifest = replace(
            current,
            files=files,
            followed=current.followed if followed is None else followed,
            complete=current.complete if complete is None else complete,
        )
        manifest.write(self.folder, self._key, self._manifest)
        manifest.sweep(self.folder, files)

    # Searching

    def search(
        self,
        node: Node | None,
        *,
        resolve: Resolve,
        limit: int | None = 200,
        allow: Rows | None = None,
        exclude: AbstractSet[int] = frozenset(),
        scored: bool = True,
        order: Rows | None = None,
    ) -> SearchRows:
        """Find the articles that match a tree (None = all), best first; ties newest (highest row) first.

        resolve: gives the rows that satisfy a clause. allow: nothing else is found. exclude: never found.
        limit: how many hits are given with scores (None = all); `SearchRows.rows` always has everything.
        scored False: all scores are 0. order: articles in the order in which hits are wanted, instead of that
        of their scores.
        Finds nothing when the index cannot be read (`needs_rebuild`).
        """
        found = self._ask(
            lambda snapshot: Search(snapshot, self._analysis, resolve).run(
                node, limit=limit, allow=allow, exclude=exclude, scored=scored, order=order
            )
        )
        return nothing_found() if found is None else found

    def suggest(self, word: str, limit: int = 3) -> list[str]:
        """Return words of the library that look like a word that is not in it, likeliest first."""
        return self.look_up(lambda words: [one.word for one in words.nearest(word, limit)]) or []

    def look_up(self, question: Callable[[Vocabulary], T]) -> T | None:
        """Answer a question about the words themselves; None when the index cannot be read."""
        return self._ask(lambda snapshot: question(Vocabulary(snapshot, self._analysis)))

    def _ask(self, question: Callable[[Snapshot], T]) -> T | None:
        """Answer from the present state, which stays as it is meanwhile; None when there is none."""
        while (snapshot := self._taken()) is not None:
            try:
                return question(snapshot)
            except codec.Damaged as damage:
                if snapshot is self._snapshot:
                    self._damaged(damage)
                # Otherwise its files were removed after a newer state was shown: ask that one.
            finally:
                self._give_back(snapshot)
        return None

    def _taken(self) -> Snapshot | None:
        with self._using:
            snapshot = self._snapshot
            if snapshot is not None:
                snapshot.users += 1
            return snapshot

    def _give_back(self, snapshot: Snapshot) -> None:
        with self._using:
            snapshot.users -= 1
            if not snapshot.users and snapshot is not self._snapshot:
                snapshot.close()


def _batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    batch: list[IndexDocument] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _like_size(snapshot: Snapshot) -> set[str]:
    """Return the segments to merge now: the FAN smallest that stand within one order of size, if any do."""
    sizes = sorted((len(part.segment.rows), part.segment.name) for part in snapshot.parts)
    for first in range(len(sizes) - FAN + 1):
        window = sizes[first : first + FAN]
        alike = window[-1][0] <= FAN * max(window[0][0], 1)
        if alike and sum(size for size, _name in window) <= LARGEST_MERGE:
            return {name for _size, name in window}
    return set()
