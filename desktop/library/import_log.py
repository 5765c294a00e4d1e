"""What was asked to be imported, and what came of each file. It is the library's own, and travels with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NewType

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.library.times import now

RunId = NewType("RunId", int)


@dataclass(frozen=True, slots=True)
class Run:
    """An import that was asked for and has not ended. done, total: files; total 0 = not counted yet."""

    id: RunId
    asked_at: str  #: ISO date and time, UTC
    paths: tuple[Path, ...]
    options: dict[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as it was when it was read, and what came of that (problem None = it was read)."""

    path: Path
    size: int  #: bytes; -1 = there was none
    modified: int  #: nanoseconds
    problem: ProblemKind | None = None
    detail: str = ""
    at: str = ""  #: ISO date and time, UTC
    program: str = __version__

    @property
    def as_problem(self) -> Problem | None:
        """Return what was wrong with it."""
        return None if self.problem is None else Problem(self.problem, _printable(self.path), self.detail)


# Imports that were asked for


def begin(con: sqlite3.Connection, paths: Iterable[Path], options: dict[str, Any]) -> RunId:
    """Remember an import until it ends."""
    asked = json.dumps([str(path) for path in paths])  # escapes what is not UTF-8
    made = con.execute(
        "INSERT INTO import_run(asked_at, paths, options) VALUES(?, ?, ?) RETURNING id",
        (now(), asked, json.dumps(options)),
    ).fetchone()
    return RunId(made[0])


def again(con: sqlite3.Connection, run: Run) -> RunId:
    """Remember an import that goes on, also where it was forgotten meanwhile."""
    con.execute(
        "INSERT OR IGNORE INTO import_run(id, asked_at, paths, options, done, total)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        (
            *(run.id, run.asked_at, json.dumps([str(path) for path in run.paths])),
            *(json.dumps(run.options), run.done, run.total),
        ),
    )
    return run.id


def reached(con: sqlite3.Connection, run: RunId, done: int, total: int) -> None:
    """Keep how far an import is."""
    con.execute("UPDATE import_run SET done = ?, total = ? WHERE id = ?", (done, total, run))


def end(con: sqlite3.Connection, run: RunId) -> None:
    """Forget an import: it ended, or is not wanted any more."""
    con.execute("DELETE FROM import_run WHERE id = ?", (run,))


def unfinished(con: sqlite3.Connection) -> list[Run]:
    """Return the imports that have not ended, in the order in which they were asked for."""
    return [
        Run(
            RunId(row["id"]),
            row["asked_at"],
            tuple(Path(path) for path in json.loads(row["paths"])),
            json.loads(row["options"]),
            row["done"],
            row["total"],
        )
        for row in con.execute("SELECT * FROM import_run ORDER BY id")
    ]


# Files


def note_files(con: sqlite3.Connection, files: Iterable[FileSeen]) -> None:
    """Keep what came of files; what was known of them before goes."""
    at = now()
    con.executemany(
        "INSERT OR REPLACE INTO file_seen(path, size, modified, program, at, problem, detail)"
        " VALUES(?, ?, ?, ?, ?, ?, ?)",
        (
            (os.fsencode(one.path), one.size, one.modified, one.program, at, one.problem, one.detail)
            for one in files
        ),
    )


def seen(con: sqlite3.Connection, paths: Sequence[Path]) -> dict[Path, FileSeen]:
    """Return what is known of these files."""
    found: dict[Path, FileSeen] = {}
    for path in paths:  # by primary key: some microseconds each
        row = con.execute("SELECT * FROM file_seen WHERE path = ?", (os.fsencode(path),)).fetchone()
        if row is not None:
            found[path] = _seen(row)
    return found


def problems(con: sqlite3.Connection) -> list[FileSeen]:
    """Return the files that could not be read and that nobody has dealt with, the newest first."""
    found = con.execute(
        "SELECT * FROM file_seen WHERE problem IS NOT NULL AND NOT settled ORDER BY at DESC, path"
    )
    return [_seen(row) for row in found]


def settle(con: sqlite3.Connection, paths: Iterable[Path]) -> None:
    """Take files off the list of problems; they are known all the same."""
    con.executemany("UPDATE file_seen SET settled = 1 WHERE path = ?", ((os.fsencode(p),) for p in paths))


def _seen(row: sqlite3.Row) -> FileSeen:
    return FileSeen(
        path=Path(os.fsdecode(row["path"])),
        size=row["size"],
        modified=row["modified"],
        problem=None if row["problem"] is None else ProblemKind(row["problem"]),
        detail=row["detail"],
        at=row["at"],
        program=row["program"],
    )


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()
