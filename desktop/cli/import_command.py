"""`leeslamp import`: files, folders, watched folders, and imports that were stopped."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop import i18n
from desktop.cli.commands import open_session
from desktop.cli.output import FAILED, OK, USAGE, Bar, complain, print_json
from desktop.errors import Problem, ProblemKind
from desktop.i18n import _, n_

if TYPE_CHECKING:
    from desktop.tasks.import_files import ImportResult
    from desktop.tasks.session import Session


def run_import_files(options: argparse.Namespace) -> int:
    """Import files and folders."""
    if not (options.paths or options.resume or options.watched):
        complain(_("name a file or a folder, or use --resume or --watched"))
        return USAGE
    from desktop.tasks.import_files import ImportResult

    bar, whole = Bar(), ImportResult()
    with open_session(options, create=True) as session:
        for result in _results(session, options, bar):
            _add_up(whole, result)
        why_not = ""
        if options.names == "model" and not whole.cancelled:
            from desktop.tasks.read_names import read_names

            why_not = read_names(session, bar).why_not
        session.catch_up(bar)
    bar.finish()
    if why_not:
        complain(_("the names model does not run here: {reason}").format(reason=why_not))
    _tell(whole, as_json=options.json)
    return FAILED if whole.problems or whole.cancelled else OK


def _results(session: Session, options: argparse.Namespace, bar: Bar) -> Iterator[ImportResult]:
    from desktop.importers.base import path_text
    from desktop.tasks import imports
    from desktop.tasks.import_files import ImportResult, import_paths
    from desktop.tasks.import_options import ImportOptions
    from desktop.tasks.watch import Watch

    processes = os.cpu_count() or 1  # there is no window to leave one to
    keep = not options.reference
    if options.resume:
        for run in imports.unfinished(session):
            yield imports.resume(session, run, bar, processes=processes)
    if options.watched:
        look = Watch().look(session, bar, at_once=True)
        for arrived in look.arrived:
            rule = arrived.options(keep_originals=keep)
            yield import_paths(session, arrived.files, bar, rule, processes=processes)
    # A name that was mistyped here is told here; it does not belong on the list of files that were not read.
    there = [path for path in options.paths if os.path.lexists(path)]
    missing = [path for path in options.paths if path not in there]
    yield ImportResult(problems=[Problem(ProblemKind.NOT_FOUND, path_text(path)) for path in missing])
    if there:
        chosen = ImportOptions(keep_originals=keep, tags=tuple(options.tags), lang=options.lang)
        yield import_paths(session, there, bar, chosen, processes=processes)


def _add_up(whole: ImportResult, result: ImportResult) -> None:
    whole.added += result.added
    whole.updated += result.updated
    whole.skipped += result.skipped
    whole.problems += result.problems
    whole.cancelled |= result.cancelled


def _tell(result: ImportResult, *, as_json: bool) -> None:
    for problem in (*result.problems, *([] if as_json else result.skipped)):
        complain(i18n.problem_text(problem))
    if as_json:
        print_json(_record(result))
    else:
        print(n_("{n} article added", "{n} articles added", len(result.added)), end="")
        print(", " + n_("{n} renewed", "{n} renewed", len(result.updated)), end="")
        print(", " + n_("{n} skipped", "{n} skipped", len(result.skipped)), end="")
        failed = len(result.problems)
        print(", " + n_("{n} not read", "{n} not read", failed) if failed else "")


def _record(result: ImportResult) -> dict[str, object]:
    def rows(problems: Sequence[Problem]) -> list[dict[str, str]]:
        return [{"file": problem.path, "reason": i18n.problem_reason(problem)} for problem in problems]

    return {
        "added": result.added,
        "updated": result.updated,
        "skipped": rows(result.skipped),
        "problems": rows(result.problems),
    }
