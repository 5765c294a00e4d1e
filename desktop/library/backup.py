"""Backups: one verified a day, one before every migration, one of what a restore replaces.

A backup gets its name only after it was written to disk, opened, checked and counted; until then it is a
`.partial` file. A copy is marked as a copy, so that neither a write-ahead log nor an index that belongs to
the library it was made of is ever used with it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Problem, ProblemKind
from desktop.library import migrations
from desktop.library.check import check
from desktop.library.connection import (
    BACKUPS,
    DATABASE,
    LOCK,
    as_problem,
    connect,
    foreign_names,
    set_stale_log_aside,
)
from desktop.library.lock import Lock
from desktop.library.times import file_stamp
from desktop.progress import Progress, SilentProgress

if TYPE_CHECKING:
    from desktop.library.database import Library

KEPT = 2  #: daily backups, and backups before each migration
OVERDUE = timedelta(days=7)  #: the age of the last good backup from which on the reader is warned

_DAILY = re.compile(r"library-\d{4}-\d{2}-\d{2}\.sqlite3")
_PARTIAL = ".partial"
_PAGES = 2000  # copied between two steps of progress

__all__ = [
    "back_up",
    "before_migration",
    "check",
    "daily",
    "is_overdue",
    "locked",
    "mark_as_copy",
    "newest_good",
    "remove_database",
    "restore",
    "sync",
    "verify",
]

log = logging.getLogger(__name__)


def back_up(library: Library, target: Path, progress: Progress | None = None) -> None:
    """Write a verified copy of the library's database to `target`, at the end over an older file.

    Writers go on meanwhile: the copy is of one moment. Raises Problem (NOT_WRITABLE, DISK_FULL,
    LIBRARY_DAMAGED), Cancelled.
    """
    with closing(connect(library.database)) as con:
        _copy(con, target, progress)


def daily(library: Library) -> Path | None:
    """Make today's backup if there is none; keep the last two. Returns it, None if none was made.

    Never raises a Problem: what goes wrong is added to `library.warnings`.
    """
    target = library.backups / f"library-{datetime.now().astimezone():%Y-%m-%d}.sqlite3"
    if target.exists():
        return None
    try:
        for abandoned in library.backups.glob(f"*{_PARTIAL}*"):
            remove_database(abandoned)
        back_up(library, target)
    except (Problem, OSError) as error:
        log.info("no backup: %s", error)
        library.warnings.append(as_problem(error, target) or Problem(ProblemKind.NOT_WRITABLE, target))
        return None
    _rotate([path for path in library.backups.iterdir() if _DAILY.fullmatch(path.name)], target)
    return target


def before_migration(con: sqlite3.Connection, folder: Path, number: int) -> Path:
    """Back up before migration `number`: among the backups, or where that cannot be, beside the database.

    Raises Problem where neither can be written: then nothing is migrated.
    """
    name = f"before-schema-{number}"
    for place in (folder / BACKUPS, folder):
        target = place / f"{name}-{file_stamp()}.sqlite3"
        try:
            _copy(con, target)
        except Problem as error:
            problem = error
        else:
            _rotate(list(place.glob(f"{name}-*.sqlite3")), target)
            return target
    raise problem


def _rotate(backups: list[Path], new: Path) -> None:
    """Remove all but the newest; the one just made was verified, and stays whatever the clock says."""
    others = sorted((path for path in backups if path != new), key=_made, reverse=True)
    for path in others[KEPT - 1 :]:
        with contextlib.suppress(OSError):
            path.unlink()


def _made(path: Path) -> float:
    return path.stat().st_mtime


def newest_good(folder: Path) -> Path | None:
    """Return the newest backup of the library in `folder` that passes `verify`; reads them whole."""
    for path in _all_backups(folder):
        if not verify(path):
            return path
    return None


def is_overdue(folder: Path) -> bool:
    """Tell whether the last backup of the library in `folder` is over 7 days old, or there is none."""
    newest = next(iter(_all_backups(folder)), None)
    return newest is None or datetime.now(UTC) - datetime.fromtimestamp(_made(newest), UTC) > OVERDUE


def _all_backups(folder: Path) -> list[Path]:
    try:
        return sorted((folder / BACKUPS).glob("*.sqlite3"), key=_made, reverse=True)
    except OSError:
        return []


def verify(path: Path) -> list[str]:
    """Return what is wrong with a backup, nothing if it is good. Reads it whole and changes nothing."""
    try:
        with closing(_open_copy(path)) as con:
            return _findings(con)
    except (sqlite3.Error, OSError) as error:
        return [str(error)]


def _open_copy(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes to, without regard to any log beside it."""
    con = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)
    con.row_factory = sqlite3.Row
    return con


def _findings(con: sqlite3.Connection) -> list[str]:
    if con.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
        return ["not a library"]
    found = [str(row[0]) for row in con.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    found += [
        f"{row[0]} {row[1]} -> {row[2]}" for row in con.execute("PRAGMA foreign_key_check").fetchmany(10)
    ]
    return found


def _copy(con: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy the database of `con`, as it is at this moment, to `target`; see `back_up`."""
    partial = target.with_name(target.name + _PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_database(partial)
        con.execute("BEGIN")  # one moment for the copy and the counts, whoever writes meanwhile
        try:
            counts = _counts(con)
            _copy_pages(con, partial, progress or SilentProgress())
        finally:
            con.execute("ROLLBACK")
        sync(partial)
        _expect_good(partial, counts)
        partial.replace(target)
        sync(target.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            remove_database(partial)
        problem = as_problem(error, target)
        if problem is None or problem is error:
            raise
        raise problem from error


def _copy_pages(con: sqlite3.Connection, partial: Path, progress: Progress) -> None:
    def step(status: int, remaining: int, total: int) -> None:
        progress.step(total - remaining, total, partial.name.removesuffix(_PARTIAL))

    with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
        con.backup(copy, pages=_PAGES, progress=step)
        copy.execute("PRAGMA synchronous = OFF")  # the whole file is synced at the end
        copy.execute("PRAGMA journal_mode = DELETE")
        mark_as_copy(copy)


def mark_as_copy(con: sqlite3.Connection) -> None:
    """Give a copy a session and lineage of its own: see `connection.set_stale_log_aside` and `Library`."""
    marks = [("session", f"copy-{uuid.uuid4()}"), ("lineage", str(uuid.uuid4()))]
    con.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", marks)


def _counts(con: sqlite3.Connection) -> dict[str, int]:
    names = con.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta'").fetchall()
    return {name: int(con.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in names}


def _expect_good(path: Path, counts: dict[str, int]) -> None:
    with closing(_open_copy(path)) as con:
        if found := _findings(con):
            raise Problem(ProblemKind.LIBRARY_DAMAGED, path, found[0])
        if _counts(con) != counts:
            raise Problem(ProblemKind.LIBRARY_DAMAGED, path, "row counts")


def sync(path: Path) -> None:
    """Have a file or folder on disk when this returns; Windows syncs no folders. Raises OSError."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_database(path: Path) -> None:
    """Remove a database file with what SQLite puts beside it. Raises OSError."""
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def restore(backup: Path, folder: Path, progress: Progress | None = None) -> Path | None:
    """Put a backup in the place of the library in `folder`, which must not be open.

    What it replaces becomes a backup first; returns that, None where nothing was replaced. The index is
    thrown away. Killed at any moment, the folder holds the old library or the new one.
    Raises Problem: NOT_FOUND, LIBRARY_DAMAGED or LIBRARY_TOO_NEW about the backup (nothing was touched),
    NOT_A_LIBRARY, LIBRARY_IN_USE, NOT_WRITABLE, DISK_FULL.
    """
    _expect_restorable(backup)
    if not (folder / DATABASE).exists() and foreign_names(folder):
        raise Problem(ProblemKind.NOT_A_LIBRARY, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error, folder) or error from error
    with locked(folder) as lock:
        coming = folder / f"{DATABASE}.restored"
        with closing(_open_copy(backup)) as con:
            _copy(con, coming, progress)
        try:
            replaced = _keep_replaced(folder, lock)
            for end in ("-wal", "-shm", "-journal"):
                (folder / f"{DATABASE}{end}").unlink(missing_ok=True)
            coming.replace(folder / DATABASE)
            sync(folder)
        except OSError as error:
            coming.unlink(missing_ok=True)
            raise as_problem(error, folder) or error from error
        shutil.rmtree(folder / "index", ignore_errors=True)
        return replaced


def _expect_restorable(backup: Path) -> None:
    if not backup.is_file():
        raise Problem(ProblemKind.NOT_FOUND, backup)
    if findings := verify(backup):
        raise Problem(ProblemKind.LIBRARY_DAMAGED, backup, findings[0])
    with closing(_open_copy(backup)) as con:
        version = migrations.version(con)
    if version > len(migrations.MIGRATIONS):
        raise Problem(ProblemKind.LIBRARY_TOO_NEW, backup, str(version))


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[Lock]:
    """Hold the lock of the library in `folder`. Raises Problem LIBRARY_IN_USE, NOT_WRITABLE."""
    lock = Lock(folder / LOCK)
    try:
        yield lock
    finally:
        lock.release()


def _keep_replaced(folder: Path, lock: Lock) -> Path | None:
    """Back up the database that is about to be replaced; one that cannot be read is kept as it is."""
    old = folder / DATABASE
    if not old.exists() or not old.stat().st_size:
        return None
    kept = folder / BACKUPS / f"replaced-{file_stamp()}.sqlite3"
    set_stale_log_aside(folder, lock.read().split())
    try:
        with closing(connect(old)) as con:  # closing it brings its log into the file
            _copy(con, kept)
    except (Problem, sqlite3.Error) as error:
        problem = as_problem(error, old)
        if problem is None or problem.kind is not ProblemKind.LIBRARY_DAMAGED:
            raise problem or error from error
        kept.parent.mkdir(exist_ok=True)
        kept = kept.with_suffix(".damaged")
        for end in ("", "-wal"):
            part = folder / f"{DATABASE}{end}"
            if part.exists():
                shutil.copyfile(part, kept.with_name(kept.name + end))
                sync(kept.with_name(kept.name + end))
    return kept
