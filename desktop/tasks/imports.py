"""Imports that were stopped, and files that could not be read: kept until somebody has dealt with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from desktop.importers import reading_seconds
from desktop.importers.table import Columns, preview
from desktop.library import import_log
from desktop.library.import_log import FileSeen, Run, RunId
from desktop.model import Changes
from desktop.progress import Progress
from desktop.tasks.export_notes import write_file
from desktop.tasks.import_files import ImportResult, import_paths
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.marking import PROCESSES
from desktop.tasks.session import Session
from desktop.workers import Workers

_MEGABYTES = 1024  # what looking into a table may take


def unfinished(session: Session) -> list[Run]:
    """Return the imports that were asked for and have not ended, the oldest first.

    One that is under way in this very program is among them.
    """
    return import_log.unfinished(session.library.reader())


def resume(
    session: Session,
    run: Run,
    progress: Progress,
    *,
    processes: int = PROCESSES,
    told: Callable[[ImportResult], object] = lambda _result: None,
) -> ImportResult:
    """Go on with an import; as `import_paths`."""
    options = ImportOptions.of_record(run.options)
    return import_paths(session, run.paths, progress, options, resumed=run, processes=processes, told=told)


def forget(session: Session, runs: Sequence[RunId]) -> None:
    """Give imports up; what came in stays."""
    for run in runs:
        session.library.write(partial(import_log.end, run=run))


def problems(session: Session) -> list[FileSeen]:
    """Return the files that could not be read, the newest first, until each is settled or is read."""
    return import_log.problems(session.library.reader())


#: the columns of a table, its first rows, and which column seems to tell what
Preview = tuple[list[str], list[Mapping[str, str]], Columns]


def preview_table(file: Path) -> Preview:
    """Return what a table holds, read in a process of its own. Raises the Problem with it."""
    with Workers() as workers:
        return workers.run(preview, file, seconds=reading_seconds(file), megabytes=_MEGABYTES, about=file)


def settle(session: Session, files: Sequence[Path]) -> Changes:
    """Take files off the list of problems. They themselves are left alone, as always."""
    session.library.write(partial(import_log.settle, paths=list(files)))
    return Changes()


def save_list(files: Sequence[FileSeen], target: Path, reason: Callable[[FileSeen], str]) -> None:
    """Write the list of problems as a table: file, reason, when (CSV, UTF-8 with a mark for Excel).

    Raises Problem NOT_WRITABLE or DISK_FULL.
    """
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(("file", "reason", "kind", "at"))
    for file in files:
        problem = file.as_problem
        rows.writerow(
            (problem.path if problem else file.path, reason(file), file.problem or "", file.at[:19] + "Z")
        )
    write_file(target, "\ufeff" + table.getvalue())
