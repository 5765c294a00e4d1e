"""`leeslamp search`: one query or a file of them: what was found, and how the query was understood."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from desktop.cli.commands import open_input, open_session
from desktop.cli.output import FAILED, OK, USAGE, complain, pointed, print_json
from desktop.i18n import _, n_

if TYPE_CHECKING:
    from desktop.exporters.records import Record
    from desktop.search.query import QueryError
    from desktop.tasks.explain import Section
    from desktop.tasks.search import SearchResult
    from desktop.tasks.session import Session


def run_search(options: argparse.Namespace) -> int:
    """Print what a query finds, or what many of them find."""
    wrong = _usage_error(options)
    if wrong:
        complain(wrong)
        return USAGE
    with open_session(options) as session:
        session.catch_up()
        if options.file is not None:
            with open_input(options.file) as lines:
                return _answer_all(session, lines, options)
        if options.csv:
            return _answer_all(session, [" ".join(options.query)], options)
        return _answer(session, options)


def _usage_error(options: argparse.Namespace) -> str:
    if bool(options.query) == (options.file is not None):
        return _("give a query, or a file of queries with --from")
    if options.csv and (options.json or options.explain):
        return _("--csv does not go with --json and --explain")
    if options.file is not None and not options.csv:
        return _("a file of queries gives a table: add --csv")
    return ""


def _answer(session: Session, options: argparse.Namespace) -> int:
    from desktop.exporters.records import hit_record
    from desktop.tasks import did_you_mean, explain, search

    result = search.search(session, " ".join(options.query))
    hits = search.hits(session, result, 0, max(options.limit, 0))
    explained = explain.explain_result(session, result) if options.explain else None
    _complain_of(result.query.text, result.problems)
    if options.json:
        record: Record = {"total": result.total, "hits": [hit_record(hit) for hit in hits]}
        if explained is not None:
            record["explanation"] = explain.as_record(explained)
        print_json(record)
        return OK
    if explained is not None:
        _print_sections(explain.sections(explained))
    elif offers := did_you_mean.did_you_mean(session, result):
        complain(explain.offer_line(offers))
    for hit in hits:
        print(f"{hit.article.id}  {hit.article.published or '':10}  {hit.article.title}")
        if hit.snippet:
            print("    " + " ".join(hit.snippet.split()))
    print(n_("{n} article", "{n} articles", result.total))
    return OK


def _complain_of(text: str, problems: tuple[QueryError, ...], where: str = "") -> None:
    """Say what was not understood, each with the query and a mark under the place."""
    from desktop.tasks.clauses import query_error_text

    for problem in problems:
        complain(where + query_error_text(problem))
        for line in pointed(text, problem.start, problem.end):
            print(f"  {line}", file=sys.stderr)


def _print_sections(sections: list[Section]) -> None:
    for section in sections:
        print(section.heading)
        for line in section.lines:
            shown = [line] if isinstance(line, str) else pointed(line.text, line.start, line.end)
            for one in shown:
                print(f"  {one}")
    print()


# Many queries


def _answer_all(session: Session, lines: TextIO | list[str], options: argparse.Namespace) -> int:
    from desktop.exporters.tables import found_columns, write_csv

    batch = _Batch(session, options.file or "", options.limit)
    sys.stdout.flush()
    write_csv(batch.rows(lines), found_columns(), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return FAILED if batch.bad else OK


class _Batch:
    """Answers queries line by line. bad: how many were not understood, and left out."""

    def __init__(self, session: Session, file: str, limit: int) -> None:
        self._session, self._file, self._limit = session, file, max(limit, 0)
        self.bad = 0

    def rows(self, lines: TextIO | list[str]) -> Iterator[Record]:
        """Yield the rows of the table."""
        from desktop.tasks.search import search

        for number, line in enumerate(lines, start=1):
            query = line.strip().removeprefix("\ufeff")
            if not query or query.startswith("#"):
                continue
            result = search(self._session, query)
            if result.problems:
                self.bad += 1
                where = _("{file}, line {number}: ").format(file=self._file, number=number)
                _complain_of(query, result.problems, where if self._file else "")
            else:
                yield from self._rows_of(result)

    def _rows_of(self, result: SearchResult) -> Iterator[Record]:
        from desktop.exporters.records import found_record
        from desktop.tasks.search import hits

        found = hits(self._session, result, 0, self._limit)
        for hit in found or (None,):
            yield found_record(result.query.text, result.total, hit)
