"""Connections to a library's file, and what keeps a crash's write-ahead log with the file it belongs to."""

from __future__ import annotations

import errno
import sqlite3
import uuid
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.library.lock import Lock
from desktop.library.times import file_stamp

DATABASE = "library.sqlite3"
LOCK = "library.lock"
BACKUPS = "backups"
_OURS = (BACKUPS, "index", "originals", LOCK, *(DATABASE + end for end in ("", "-wal", "-shm", "-journal")))
_SYSTEM_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini", ".directory", ".stfolder")
BUSY_SECONDS = 5.0  #: how long SQLite itself waits for a lock that another program holds
_UNNAMED = "-"  # stands for the session of a database that no session opened yet


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection as all of the program uses it: no implicit transactions, rows by name.

    It may be closed from another thread, and is otherwise used by one.
    """
    con = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    con.row_factory = sqlite3.Row
    con.execute("PRAGMA foreign_keys = ON")
    con.execute("PRAGMA cache_size = -16000")  # KiB
    return con


def foreign_names(folder: Path) -> set[str]:
    """Return what stands in a folder that is neither a library's nor left there by the system."""
    if not folder.exists():
        return set()
    return {entry.name for entry in folder.iterdir()} - {*_OURS, *_SYSTEM_LITTER}


def meta(con: sqlite3.Connection, key: str) -> str:
    """Return a fact about the library itself, "" if it is not told."""
    found = con.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def set_stale_log_aside(folder: Path, sessions: list[str]) -> None:
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
    aside = folder / BACKUPS / f"stale-{file_stamp()}.wal"
    aside.parent.mkdir(exist_ok=True)
    log.replace(aside)
    (folder / f"{DATABASE}-shm").unlink(missing_ok=True)


def _session_without_log(path: Path) -> str | None:
    """Return the session named in the file itself, _UNNAMED if none is; None if that cannot be read."""
    con = None
    try:
        con = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        return meta(con, "session") or _UNNAMED
    except sqlite3.Error:
        return None
    finally:
        if con is not None:
            con.close()


def begin_session(con: sqlite3.Connection, lock: Lock) -> None:
    """Name this session in the database and the lock file; see `set_stale_log_aside`.

    At each moment the lock file has the name that stands in the database file. A disk that is full leaves
    the old name in both, which is as good.
    """
    old, new = meta(con, "session") or _UNNAMED, str(uuid.uuid4())
    try:
        lock.write(f"{old}\n{new}")
        con.execute("INSERT OR REPLACE INTO meta VALUES('session', ?)", (new,))
        busy = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            lock.write(new)
    except (OSError, sqlite3.Error):
        return


def as_problem(error: BaseException, path: Path) -> Problem | None:
    """Return the Problem that an error of SQLite or the system amounts to; None = it is a bug."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OSError):
        full = error.errno in _DISK_FULL
        kind = ProblemKind.DISK_FULL if full else ProblemKind.NOT_WRITABLE
        return Problem(kind, error.filename or path, error.strerror or str(error))
    if isinstance(error, sqlite3.Error):
        found = _KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return Problem(found, path, str(error)) if found else None
    return None


_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_KINDS = {
    sqlite3.SQLITE_FULL: ProblemKind.DISK_FULL,
    sqlite3.SQLITE_CORRUPT: ProblemKind.LIBRARY_DAMAGED,
    sqlite3.SQLITE_NOTADB: ProblemKind.LIBRARY_DAMAGED,
    sqlite3.SQLITE_BUSY: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_LOCKED: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_PERM: ProblemKind.NOT_WRITABLE,
    sqlite3.SQLITE_AUTH: ProblemKind.NOT_WRITABLE,
}
