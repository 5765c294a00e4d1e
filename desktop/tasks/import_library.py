"""A folder written by `export_library` as a library again; what the open one has already stays as it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from desktop.errors import Problem, ProblemKind
from desktop.library import originals, owners, transfer
from desktop.library.database import Priority
from desktop.model import ArticleId
from desktop.progress import Progress
from desktop.tasks.export_library import DATA, FORMAT, VERSION
from desktop.tasks.extract import measure_at
from desktop.tasks.link_actors import link
from desktop.tasks.session import Session

_DAMAGE = (KeyError, TypeError, ValueError, ArithmeticError, StopIteration, sqlite3.Error)
_WAKE_EVERY = 200  # articles after which the index follows


@dataclass
class LibraryTaken:
    """What came in; grows while the work goes on."""

    added: list[ArticleId] = field(default_factory=list)
    known: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def import_library(session: Session, folder: Path, progress: Progress, taken: LibraryTaken) -> None:
    """Take in what an exported library holds. Raises Problem NOT_A_WHOLE_LIBRARY, NOT_READABLE; Cancelled.

    What came in before it was cancelled stays; each article comes in whole.
    """
    record = _head(folder)
    lines = _count_lines(folder)
    session.library.write(partial(_put_library, record=record), priority=Priority.IMPORT)
    for number, line in enumerate(_lines(folder)):
        progress.step(number, lines)
        if number % _WAKE_EVERY == 0:
            session.wake()
        _take_in(session, line, f"{folder.name}, {number + 1}", folder, taken)
    session.library.write(partial(_resolve, record=record), priority=Priority.IMPORT)
    link(session, progress)


def _put_library(con: sqlite3.Connection, record: dict[str, Any]) -> None:
    try:
        transfer.put_library(con, record)
    except _DAMAGE as error:
        raise Problem(ProblemKind.NOT_A_WHOLE_LIBRARY, DATA, str(error)) from error


def _resolve(con: sqlite3.Connection, record: dict[str, Any]) -> None:
    transfer.settle_searches(con, record)
    owners.resolve(con, transfer.name_keys(con))


def _take_in(session: Session, line: str, name: str, folder: Path, taken: LibraryTaken) -> None:
    try:
        record = json.loads(line)
        title = str(record["title"])
        if transfer.is_known(session.library.reader(), record):
            taken.known.append(Problem(ProblemKind.ALREADY_THERE, title))
            return
        _keep_originals(session, folder, record)
        measure = measure_at(record["published"])
        work = partial(transfer.put_article, record=record, measure=measure)
        taken.added.append(session.library.write(work, priority=Priority.IMPORT))
    except _DAMAGE as error:
        taken.problems.append(Problem(ProblemKind.DAMAGED, name, f"{type(error).__name__}: {error}"))
    except Problem as problem:
        taken.problems.append(problem)


def _keep_originals(session: Session, folder: Path, record: dict[str, Any]) -> None:
    """Copy the files an article came from; a copy whose content is not what its name says is no original."""
    for version in record["versions"]:
        digest = version["original"]
        if not isinstance(digest, str) or not digest.isalnum():
            continue
        for path in (folder / "originals" / digest[:2]).glob(f"{digest}*"):
            originals.keep(session.library, path)


# Reading


def _head(folder: Path) -> dict[str, Any]:
    path = folder / DATA / "library.json"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, path, error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise Problem(ProblemKind.NOT_A_WHOLE_LIBRARY, path, str(error)) from error
    if not isinstance(record, dict) or record.get("format") != FORMAT or record.get("version") != VERSION:
        raise Problem(ProblemKind.NOT_A_WHOLE_LIBRARY, path, '"format", "version"')
    return record


def _lines(folder: Path) -> Iterator[str]:
    path = folder / DATA / "articles.jsonl"
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            yield from (line for line in file if line.strip())
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, path, error.strerror or str(error)) from error


def _count_lines(folder: Path) -> int:
    return sum(1 for _line in _lines(folder))
