"""A library: a folder with one SQLite file, opened by one process at a time.

The folder holds `library.sqlite3` (the truth), `library.lock`, `originals/`, `backups/` and `index/`.
"""

from __future__ import annotations

import atexit
import logging
import sqlite3
import threading
import uuid
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Self, TypeVar

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.library import backup, migrations
from desktop.library.connection import (
    BACKUPS,
    DATABASE,
    LOCK,
    as_problem,
    begin_session,
    connect,
    foreign_names,
    meta,
    set_stale_log_aside,
)
from desktop.library.lock import Lock
from desktop.library.times import now
from desktop.library.writer import Priority, Writer
from desktop.progress import Progress, SilentProgress

__all__ = ["Library", "Priority", "as_problem"]

T = TypeVar("T")

log = logging.getLogger(__name__)

_HEADER = b"SQLite format 3\x00"


class _Reader:
    """Closes a thread's connection when the thread ends."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self.con = con

    def __del__(self) -> None:
        self.con.close()


class Library:
    """An open library. Reading goes through `reader`, in any thread; writing through `write` and `submit`."""

    def __init__(self, folder: Path, lock: Lock, con: sqlite3.Connection, *, created: bool) -> None:
        """Not called directly: see `open`."""
        self.folder = folder
        self.created = created  #: True when this open made the library
        self.warnings: list[Problem] = []  #: what went wrong beside the work, to be shown once (a backup)
        self.uuid: str = meta(con, "uuid")
        #: Another one after a backup came back: what an index followed is no longer there.
        self.lineage: str = meta(con, "lineage")
        self._lock = lock
        self._con = con
        self._writer = Writer(con, folder / DATABASE)
        self._own = threading.local()
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._closed = False
        atexit.register(self.close)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = True,
        wait: float = 0.0,
        progress: Progress | None = None,
    ) -> Library:
        """Open the library in `folder`; make one where there is none (create), or nothing but litter.

        wait: seconds to wait for another process to close it.
        Raises Problem NOT_FOUND (no library and create is False), NOT_A_LIBRARY (the folder holds something
        else), LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_DAMAGED, NOT_WRITABLE, DISK_FULL.
        """
        folder = Path(folder)
        _expect_library(folder, create)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(ProblemKind.NOT_WRITABLE, folder, error.strerror or str(error)) from error
        lock = Lock(folder / LOCK, wait)
        con = None
        try:
            set_stale_log_aside(folder, lock.read().split())
            con = _connect(folder / DATABASE)
            created = _bring_up_to_date(con, folder, progress or SilentProgress())
            begin_session(con, lock)
            return cls(folder, lock, con, created=created)
        except BaseException as error:
            if con is not None:
                con.close()
            lock.release()
            problem = as_problem(error, folder)
            if problem is None or (problem is error and problem.path):
                raise
            raise Problem(problem.kind, problem.path or folder, problem.detail) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def database(self) -> Path:
        """The file that is the truth."""
        return self.folder / DATABASE

    @property
    def originals(self) -> Path:
        """The folder of imported files, named by the hash of their content."""
        return self.folder / "originals"

    @property
    def index_folder(self) -> Path:
        """The folder of the full-text index; may be deleted at any time."""
        return self.folder / "index"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.folder / BACKUPS

    def reader(self) -> sqlite3.Connection:
        """Return this thread's own connection for reading; closed when the thread ends or the library closes.

        Rows are sqlite3.Row. It sees what is committed; writing through it fails.
        """
        if self._closed:
            raise RuntimeError("the library is closed")
        held: _Reader | None = getattr(self._own, "reader", None)
        if held is None:
            con = connect(self.database)
            con.execute("PRAGMA query_only = ON")
            held = self._own.reader = _Reader(con)
            self._readers.add(held)
        return held.con

    def write(self, work: Callable[[sqlite3.Connection], T], *, priority: Priority = Priority.PERSON) -> T:
        """Run `work` in one transaction on the writer thread and return its result after the commit.

        work: meant to take at most 50 ms. What it raises is raised here, after a rollback; errors of SQLite
        and the disk as Problem (DISK_FULL, NOT_WRITABLE, LIBRARY_DAMAGED).
        Raises Cancelled when the library closes before work of an import had its turn.
        """
        return self._writer.write(work, priority)

    def submit(
        self, work: Callable[[sqlite3.Connection], T], *, priority: Priority = Priority.PERSON
    ) -> Future[T]:
        """Like `write`, without waiting; the future is cancelled if the library closes first.

        What fails is logged, and a Problem added to `warnings`, since nobody may look at the future.
        """
        future = self._writer.submit(work, priority)
        future.add_done_callback(self._note_failure)
        return future

    def _note_failure(self, future: Future[T]) -> None:
        if future.cancelled() or (error := future.exception()) is None:
            return
        log.error("a write failed", exc_info=error)
        if isinstance(error, Problem):
            self.warnings.append(error)

    def close(self) -> None:
        """Finish what a person did, drop the rest, let the next process in. May be called twice."""
        if self._closed:
            return
        self._closed = True
        for reader in list(self._readers):
            reader.con.interrupt()
        self._writer.close()
        for reader in list(self._readers):
            reader.con.close()
        self._con.close()  # the last one: it empties the write-ahead log
        self._lock.release()
        atexit.unregister(self.close)


def _connect(path: Path) -> sqlite3.Connection:
    con = connect(path)
    try:
        version = migrations.version(con)
        is_empty = not con.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        application = con.execute("PRAGMA application_id").fetchone()[0]
        if not is_empty and (application != migrations.APPLICATION_ID or not version):
            raise Problem(ProblemKind.NOT_A_LIBRARY, path.parent)
        con.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        con.close()
        raise
    return con


def _expect_library(folder: Path, create: bool) -> None:
    """Raise the Problem that tells why there is no library in `folder`, and none is to be made."""
    if folder.is_file():
        raise Problem(ProblemKind.NOT_A_LIBRARY, folder)
    database = folder / DATABASE
    try:
        foreign = foreign_names(folder)
        head = b""
        if database.exists():
            with database.open("rb") as file:
                head = file.read(len(_HEADER))
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, folder, error.strerror or str(error)) from error
    if head:
        if head != _HEADER:
            raise Problem(ProblemKind.LIBRARY_DAMAGED, database, "header")
        return
    # Nothing is made over a library that lost its database: its backups are to be restored, not forgotten.
    for kept in (folder / BACKUPS, folder / "originals"):
        if kept.is_dir() and any(kept.iterdir()):
            raise Problem(ProblemKind.LIBRARY_DAMAGED, folder, f"{DATABASE} is missing or empty")
    if foreign:
        raise Problem(ProblemKind.NOT_A_LIBRARY, folder)
    if not create:
        raise Problem(ProblemKind.NOT_FOUND, folder)


def _bring_up_to_date(con: sqlite3.Connection, folder: Path, progress: Progress) -> bool:
    created = migrations.version(con) == 0
    migrations.migrate(
        con, lambda number: backup.before_migration(con, folder, number), __version__, progress
    )
    for key, value in (("uuid", str(uuid.uuid4())), ("lineage", str(uuid.uuid4())), ("made_at", now())):
        if not meta(con, key):
            con.execute("INSERT INTO meta VALUES(?, ?)", (key, value))
    return created
