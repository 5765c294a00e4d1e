"""Keeps account of an import in the library, so that it can go on where it stopped, also tomorrow."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop.errors import Problem
from desktop.library import import_log
from desktop.library.database import Priority
from desktop.library.import_log import FileSeen, Run
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.reading_ahead import look_at
from desktop.tasks.session import Session

_EVERY_SECONDS, _EVERY_FILES = 1.0, 200  # after which what is known goes into the library


class Ledger:
    """The account of one import; `settle` ends it."""

    def __init__(
        self, session: Session, paths: Sequence[Path], options: ImportOptions, resumed: Run | None = None
    ) -> None:
        """resumed: the import that goes on; the files it has seen, as they are now, are passed over."""
        self._session = session
        self._since = resumed.asked_at if resumed else ""
        self._waiting: dict[Path, FileSeen] = {}
        self._failed: set[Path] = set()
        self._reached = (resumed.done, resumed.total) if resumed else (0, 0)
        self._written = time.monotonic()
        begin = partial(import_log.begin, paths=paths, options=options.as_record())
        remember = partial(import_log.again, run=resumed) if resumed else begin
        self.run = session.library.write(remember, priority=Priority.IMPORT)

    def needs_reading(self, path: Path) -> FileSeen | None:
        """Return the file as it is now; None when the import that is resumed has read it as it is."""
        file = look_at(path)
        if not self._since:
            return file
        known = import_log.seen(self._session.library.reader(), [path]).get(path)
        same = (
            known is not None
            and (known.size, known.modified, known.program) == (file.size, file.modified, file.program)
            and known.at >= self._since
        )
        return None if same else file

    def reach(self, done: int, total: int) -> None:
        """Tell how many files were handed out."""
        self._reached = (done, total)

    def note(self, file: FileSeen, problem: Problem | None = None) -> None:
        """Tell what came of a file; a problem with one of its articles counts for all of it."""
        if problem is not None:
            self._failed.add(file.path)
            file = replace(file, problem=problem.kind, detail=problem.detail)
        elif file.path in self._failed:
            return
        self._waiting[file.path] = file
        late = time.monotonic() - self._written > _EVERY_SECONDS
        if late or len(self._waiting) >= _EVERY_FILES:
            self.write()

    def write(self) -> None:
        """Put what is known into the library."""
        files, (done, total) = list(self._waiting.values()), self._reached
        self._waiting.clear()
        self._written = time.monotonic()
        run = self.run

        def work(con: sqlite3.Connection) -> None:
            import_log.note_files(con, files)
            import_log.reached(con, run, done, total)

        self._session.library.write(work, priority=Priority.IMPORT)

    def settle(self, *, ended: bool) -> None:
        """Write the rest; forget the import when it ended, else it can be resumed."""
        self.write()
        if ended:
            end = partial(import_log.end, run=self.run)
            self._session.library.write(end, priority=Priority.IMPORT)
