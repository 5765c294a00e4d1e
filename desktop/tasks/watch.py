"""Look at watched folders for files that are new or were changed, and that nobody is writing any more.

Polling, since it is the same on every system and on network drives. A folder that is not there (a stick, a
share) is said to be missing and looked at again the next time. The files themselves are only ever read.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.importers.folder import find_files
from desktop.library import import_log, watched
from desktop.library.import_log import FileSeen
from desktop.library.watched import Watched, WatchedId
from desktop.progress import Progress
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.reading_ahead import look_at
from desktop.tasks.session import Session

SETTLED_SECONDS = 2.0  #: without a change, after which a file counts as whole


def folders(session: Session) -> list[Watched]:
    """Return the folders that are watched, in the order in which they were added."""
    return watched.listed(session.library.reader())


def put(session: Session, folder: Watched) -> WatchedId:
    """Watch a folder from now on, or by another rule."""
    return session.library.write(partial(watched.put, folder=folder))


def remove(session: Session, folder: WatchedId) -> None:
    """Watch a folder no longer; its articles stay."""
    session.library.write(partial(watched.remove, folder=folder))


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files of a watched folder that are to be imported."""

    folder: Watched
    files: tuple[Path, ...]

    def options(self, *, keep_originals: bool) -> ImportOptions:
        """Return how its rule wants them."""
        folder = self.folder
        return ImportOptions(keep_originals, folder.tags, folder.lang or None, folder.collection)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. missing: folders that are not there now."""

    arrived: tuple[Arrived, ...] = ()
    missing: tuple[WatchedId, ...] = ()


class Watch:
    """Remembers how files were at the last look: one that is the same at the next is settled.

    What was offered and then not wanted (`leave`) is offered again when it changed, or after a new start.
    """

    def __init__(self) -> None:
        self._before: dict[Path, FileSeen] = {}
        self._offered: set[FileSeen] = set()
        self._left: set[FileSeen] = set()

    def leave(self) -> None:
        """Offer what was offered last no more, as it is now: its import was stopped."""
        self._left |= self._offered

    def look(self, session: Session, progress: Progress, *, at_once: bool = False) -> Look:
        """Look at all folders that are active. Raises Cancelled.

        at_once: believe a file that was not changed for a while without a second look.
        """
        now, own = time.time_ns(), session.library.folder.resolve()
        before, self._before = self._before, {}
        self._offered = set()
        arrived: list[Arrived] = []
        missing: list[WatchedId] = []
        for folder in folders(session):
            if not folder.active:
                continue
            if not _is_there(folder.path):
                missing.append(folder.id)
                continue
            news = self._news(session, _files(folder.path, own, progress))
            settled = [
                file
                for file in news
                if (at_once or before.get(file.path) == file) and now - file.modified >= SETTLED_SECONDS * 1e9
            ]
            if wanted := [file for file in settled if file not in self._left]:
                self._offered.update(wanted)
                arrived.append(Arrived(folder, tuple(file.path for file in wanted)))
        return Look(tuple(arrived), tuple(missing))

    def _news(self, session: Session, paths: Sequence[Path]) -> list[FileSeen]:
        """Return the files that were not read as they are now, and remember them."""
        known = import_log.seen(session.library.reader(), paths)
        news = []
        for path in paths:
            file, was = look_at(path), known.get(path)
            if file.size >= 0 and not (was is not None and _is_same(was, file)):
                news.append(file)
                self._before[path] = file
        return news


def _is_same(was: FileSeen, file: FileSeen) -> bool:
    """Say whether reading a file again brings nothing; a newer program may read what an older could not."""
    unchanged = (was.size, was.modified) == (file.size, file.modified)
    return unchanged and (was.problem is None or was.program == file.program)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _files(folder: Path, own: Path, progress: Progress) -> list[Path]:
    """Return the files of a folder that can be read, without those of the library itself."""
    return [
        found
        for found in find_files([folder], progress)
        if isinstance(found, Path) and own not in found.resolve().parents
    ]
