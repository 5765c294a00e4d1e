"""A library: a folder with one SQLite file, opened by one process at a time.

The folder holds `library.sqlite3` (the truth), `library.lock`, `originals/`, `backups/` and `index/`.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.library import migrations
from desktop.library.lock import Lock
from desktop.library.times import now
from desktop.library.writer import Priority, Writer, as_problem
from desktop.progress import Progress, SilentProgress

__all__ = ["Library", "Priority", "as_problem"]

T = TypeVar("T")

DATABASE = "library.sqlite3"
_LOCK = "library.lock"
_OURS = ("backups", "index", "originals", DATABASE, _LOCK)
_SYSTEM_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini", ".directory", ".stfolder")
_UNNAMED = "-"  # stands for the session of a database that no session opened yet
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
        self.uuid: str = _meta(con, "uuid")
        self.lineage: str = _meta(
            con, "lineage"
        )  #: another one after a backup came back: an index starts anew
        self._lock = lock
        self._con = con
        self._writer = Writer(con, folder / DATABASE)
        self._own = threading.local()
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._closed = False

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
        lock = Lock(folder / _LOCK, wait)
        con = None
        try:
            _set_stale_log_aside(folder, lock.read().split())
            con = _connect(folder / DATABASE)
            created = _bring_up_to_date(con, folder, progress or SilentProgress())
            _begin_session(con, lock)
            return cls(folder, lock, con, created=created)
        except BaseException as error:
            if con is not None:
                con.close()
            lock.release()
            problem = as_problem(error, folder)
            if problem is not None and problem is not error:
                raise problem from error
            raise

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
        return self.folder / "backups"

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
        """Like `write`, without waiting; the future is cancelled if the library closes first."""
        return self._writer.submit(work, priority)

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


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection as all of the program uses it: no implicit transactions, rows by name.

    It may be closed from another thread, and is otherwise used by one.
    """
    con = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
    con.row_factory = sqlite3.Row
    con.execute("PRAGMA foreign_keys = ON")
    con.execute("PRAGMA cache_size = -16000")  # KiB
    return con


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
        names = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
        head = database.open("rb").read(len(_HEADER)) if database.exists() else b""
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, folder, error.strerror or str(error)) from error
    if head:
        if head != _HEADER:
            raise Problem(ProblemKind.LIBRARY_DAMAGED, database, "header")
        return
    # Nothing is made over a library that lost its database: its backups are to be restored, not forgotten.
    for kept in ("backups", "originals"):
        if kept in names and any((folder / kept).iterdir()):
            raise Problem(ProblemKind.LIBRARY_DAMAGED, folder, f"{DATABASE} is missing or empty")
    if (
        names
        - set(_OURS)
        - set(_SYSTEM_LITTER)
        - {f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"}
    ):
        raise Problem(ProblemKind.NOT_A_LIBRARY, folder)
    if not create:
        raise Problem(ProblemKind.NOT_FOUND, folder)


def _bring_up_to_date(con: sqlite3.Connection, folder: Path, progress: Progress) -> bool:
    created = migrations.version(con) == 0
    migrations.migrate(con, lambda number: None, __version__, progress)
    if created:
        rows = [("uuid", str(uuid.uuid4())), ("lineage", str(uuid.uuid4())), ("made_at", now())]
        con.executemany("INSERT INTO meta VALUES(?, ?)", rows)
    return created


def _meta(con: sqlite3.Connection, key: str) -> str:
    found = con.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def _set_stale_log_aside(folder: Path, sessions: list[str]) -> None:
    """Keep a write-ahead log from being replayed into a database that it does not belong to.

    After a crash the log holds the last writes. Where somebody put a backup over the database since, SQLite
    would replay them into it. Each session has a name, written into the database before anything else and
    into the lock file; a database that has another name is not the one the log was written for. The log is
    kept among the backups.
    """
    log = folder / f"{DATABASE}-wal"
    if not sessions or not log.exists() or not log.stat().st_size:
        return
    if _session_without_log(folder / DATABASE) in (None, *sessions):
        return
    aside = folder / "backups" / f"stale-{now().replace(':', '')}.wal"
    aside.parent.mkdir(exist_ok=True)
    log.replace(aside)
    (folder / f"{DATABASE}-shm").unlink(missing_ok=True)


def _session_without_log(path: Path) -> str | None:
    """Return the session named in the file itself, _UNNAMED if none is; None if that cannot be read."""
    con = None
    try:
        con = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        return _meta(con, "session") or _UNNAMED
    except sqlite3.Error:
        return None
    finally:
        if con is not None:
            con.close()


def _begin_session(con: sqlite3.Connection, lock: Lock) -> None:
    """Name this session in the database and the lock file; see `_set_stale_log_aside`.

    At each moment the lock file has the name that stands in the database file. A disk that is full leaves
    the old name in both, which is as good.
    """
    old, new = _meta(con, "session") or _UNNAMED, str(uuid.uuid4())
    try:
        lock.write(f"{old}\n{new}")
        con.execute("INSERT OR REPLACE INTO meta VALUES('session', ?)", (new,))
        busy = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            lock.write(new)
    except (OSError, sqlite3.Error):
        return
