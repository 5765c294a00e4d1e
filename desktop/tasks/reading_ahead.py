"""Read files in worker processes, a little ahead of whoever takes them, in their order.

What is read and not yet taken is bounded, so that a folder of any size takes the same memory. A file that
crashes its process, hangs or eats memory costs itself and nothing else: what was read with it is read again,
in archives, too.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.importers import importer_for, importer_of, needs_worker, read_file, reading_seconds
from desktop.importers.archive import ARCHIVE, read_archive
from desktop.importers.base import Articles, path_text
from desktop.importers.table import TABLE, Columns, read_table
from desktop.library.import_log import FileSeen
from desktop.tasks.dating import with_date
from desktop.workers import WorkerExecutor, Workers

logger = logging.getLogger(__name__)

_FEW = 6  # files that are read in this process: starting another takes half a second
_BATCH = 16  # files for a process at a time; a large or foreign one goes alone
_BATCH_BYTES = 1024 * 1024
_MOST_FAILURES = 8  # members of one archive that may end the process
_MEGABYTES = 1024  # what reading one file, or a batch of small ones, may take

Outcome = Articles | Problem
ColumnNames = Sequence[tuple[str, str]]  #: what a column of a table tells, its name


class Read(NamedTuple):
    """A file, as it was before it was read, and what is in it or wrong with it."""

    file: FileSeen
    outcome: Outcome


def reading_in(workers: Workers, count: int) -> WorkerExecutor:
    """Return what `read_ahead` is worked out by: these processes, within what a file may take."""
    return WorkerExecutor(workers, count, seconds=_seconds, megabytes=_MEGABYTES)


def _seconds(paths: list[Path], *_more: object) -> float:
    return max(reading_seconds(path) for path in paths)


def look_at(path: Path) -> FileSeen:
    """Return a file as it is now (size -1 where there is none)."""
    try:
        info = path.stat()
    except (OSError, ValueError):
        return FileSeen(path, -1, 0)
    return FileSeen(path, info.st_size, info.st_mtime_ns)


def read_ahead(
    files: Iterable[FileSeen], executor: Executor, ahead: int, columns: ColumnNames = ()
) -> Iterator[Read]:
    """Yield each file in order with its articles, or with what is wrong.

    ahead: batches under way. columns: of tables, as in `ImportOptions`.
    """
    source = iter(files)
    first = list(islice(source, _FEW))
    if len(first) < _FEW and not any(needs_worker(file.path) for file in first):
        yield from (Read(file, read_one(file.path, columns)) for file in first)
        return
    batches = _batches(chain(first, source))
    pending: deque[tuple[list[FileSeen], Future[list[Outcome]]]] = deque()
    try:
        while True:
            while len(pending) <= ahead and (batch := next(batches, None)):
                pending.append((batch, executor.submit(read_batch, [file.path for file in batch], columns)))
            if not pending:
                return
            batch, future = pending.popleft()
            yield from map(Read, batch, _outcomes(batch, future, executor, columns))
    finally:
        for _batch, future in pending:
            future.cancel()


def _batches(files: Iterable[FileSeen]) -> Iterator[list[FileSeen]]:
    batch: list[FileSeen] = []
    size = 0
    for file in files:
        alone = needs_worker(file.path)
        if batch and (alone or len(batch) == _BATCH or size + file.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        if alone:
            yield [file]
        else:
            batch.append(file)
            size += max(file.size, 0)
    if batch:
        yield batch


def _outcomes(
    batch: list[FileSeen], future: Future[list[Outcome]], executor: Executor, columns: ColumnNames
) -> list[Outcome]:
    try:
        return future.result()
    except Cancelled:
        raise
    except Exception as error:
        if len(batch) == 1:
            return [_after_failure(batch[0].path, error, executor, columns)]
        return [_alone(file.path, executor, columns) for file in batch]


def _alone(path: Path, executor: Executor, columns: ColumnNames) -> Outcome:
    try:
        return executor.submit(read_batch, [path], columns).result()[0]
    except Cancelled:
        raise
    except Exception as error:
        return _after_failure(path, error, executor, columns)


def _after_failure(path: Path, error: Exception, executor: Executor, columns: ColumnNames) -> Outcome:
    """Read an archive again without the members that end its process; anything else is lost as a whole."""
    if not _is_archive(path):
        return _failure(path, error)
    passed: dict[str, Problem] = {}
    with TemporaryDirectory(prefix="leeslamp-") as folder:
        note = Path(folder, "reading")
        for _again in range(_MOST_FAILURES):
            try:
                return executor.submit(read_batch, [path], columns, note, passed).result()[0]
            except Cancelled:
                raise
            except Exception as failure:
                place = note.read_text(encoding="utf-8") if note.exists() else ""
                if not place or place in passed:
                    break
                failed = _failure(path, failure)
                passed[place] = Problem(failed.kind, place, failed.detail)
    return _failure(path, error)


def _is_archive(path: Path) -> bool:
    try:
        return importer_for(path) is ARCHIVE
    except Problem:
        return False


def _failure(path: Path, error: Exception) -> Problem:
    if isinstance(error, Problem):
        return Problem(error.kind, path_text(path), error.detail)
    logger.info("%s cannot be read", path_text(path), exc_info=error)
    return Problem(ProblemKind.CRASHED, path_text(path))


# What runs in the process


def read_batch(
    paths: list[Path],
    columns: ColumnNames = (),
    note: Path | None = None,
    passed: Mapping[str, Problem] | None = None,
) -> list[Outcome]:
    """Return for each file its articles or its problem. note, passed: of archives (see `read_archive`)."""
    return [read_one(path, columns, note, passed) for path in paths]


def read_one(
    path: Path,
    columns: ColumnNames = (),
    note: Path | None = None,
    passed: Mapping[str, Problem] | None = None,
) -> Outcome:
    """Return the articles of a file or its problem; never raises for what a file holds."""
    try:
        if note is not None:
            articles = read_archive(path, note, passed or {})
        elif columns and importer_of(path) is TABLE:
            articles = read_table(path, Columns(**dict(columns)))
        else:
            articles = read_file(path)
        return Articles((with_date(article) for article in articles), articles.problems)
    except Problem as problem:
        return problem
    except Exception as error:  # a mistake of an importer costs one file
        return _failure(path, error)
