"""The commands: each runs a task, prints its outcome and returns the exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from desktop import i18n, paths
from desktop.cli.output import FAILED, OK, USAGE, Bar, complain, print_json
from desktop.errors import Problem, ProblemKind
from desktop.i18n import _, n_
from desktop.model import ArticleId

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.tasks.tables import Choice

WAIT_SECONDS = 3.0  # for a running window to finish what it is writing


@contextmanager
def open_session(options: argparse.Namespace, *, create: bool = False) -> Iterator[Session]:
    """Open the library that was asked for. Raises what `Session.open` raises."""
    from desktop.tasks.session import Session

    session = Session.open(options.library or paths.default_library(), create=create, wait=WAIT_SECONDS)
    try:
        yield session
    finally:
        session.close()


def run_show(options: argparse.Namespace) -> int:
    """Print one article."""
    from desktop.exporters.records import article_record
    from desktop.tasks.read import open_article

    with open_session(options) as session:
        opened = open_article(session, ArticleId(options.id))
    if options.json:
        print_json(
            article_record(
                opened.article, opened.version.text, opened.mentions, opened.actors, opened.annotations
            )
        )
        return OK
    about = (i18n.format_date(opened.article.published), opened.article.source, opened.article.lang)
    print(" · ".join(part for part in about if part))
    print(opened.version.text)
    return OK


def run_extract(options: argparse.Namespace) -> int:
    """Mark a text, or each line of a stream of texts, without a library."""
    from desktop.extraction import best_recogniser

    names = options.names or best_recogniser()
    if options.jsonl:
        with open_input(options.file) as lines:
            return _extract_lines(lines, options, names)
    from desktop.exporters.records import extract_record
    from desktop.importers import read_file
    from desktop.importers.plain_text import read_text
    from desktop.tasks.extract import mark

    if options.file == "-":
        articles = [read_text(sys.stdin.read())]
    else:
        articles = read_file(Path(options.file))
    for article in articles:
        lang, mentions = mark(
            article.text,
            lang=options.lang or article.lang,
            reference=options.date or article.published,
            blocks=article.blocks,
            names=names,
        )
        if options.json:
            print_json(extract_record(None if options.file == "-" else options.file, lang, mentions))
            continue
        for mention in mentions:
            meaning = mention.actor or _meaning(mention)
            print(f"{mention.start}\t{mention.end}\t{mention.kind.value}\t{mention.text}\t{meaning}")
    return OK


def _meaning(mention: Any) -> str:
    if mention.amount is not None:
        return i18n.format_amount(mention.amount)
    return i18n.format_period(mention.period) if mention.period is not None else ""


@contextmanager
def open_input(file: str) -> Iterator[TextIO]:
    """Open a text file, or standard input for "-". Raises Problem NOT_READABLE."""
    if file == "-":
        yield sys.stdin
        return
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:
            yield lines
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, file, error.strerror or "") from error


def _extract_lines(lines: TextIO, options: argparse.Namespace, names: str) -> int:
    """Answer each line in order; a line that cannot be read gives an error in its place."""
    from desktop.exporters.records import extract_record
    from desktop.tasks.extract import mark

    code = OK
    for line in lines:
        if not line.strip():
            continue
        identity = None
        try:
            asked = json.loads(line)
            identity = asked.get("id") if isinstance(asked, dict) else None
            if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
                raise ValueError("no text")
            lang, mentions = mark(
                asked["text"],
                lang=asked.get("lang") or options.lang,
                reference=asked.get("reference_date") or options.date,
                names=names,
            )
        except (ValueError, Problem) as error:
            reason = i18n.problem_text(error) if isinstance(error, Problem) else str(error)
            print_json({"id": identity, "error": reason})
            code = FAILED
            continue
        print_json(extract_record(identity, lang, mentions))
    return code


def run_amounts(options: argparse.Namespace) -> int:
    """Print the table of amounts, or write it to a file."""
    return _table(options, "amounts")


def run_actors(options: argparse.Namespace) -> int:
    """Print the table of actors, or write it to a file."""
    return _table(options, "actors")


def _table(options: argparse.Namespace, what: str) -> int:
    from desktop.tasks.tables import table_rows

    asked = [name for name in ("json", "csv", "xlsx") if getattr(options, name)]
    if asked or options.output is not None:
        return write_table_file(options, what, asked[0] if asked else suffix_of(options.output))
    with open_session(options) as session:
        session.catch_up()
        query = " ".join(options.query)
        for keys, row in table_rows(session, what, query, choice=choice_of(options)):
            print("\t".join(_cell(row[key]) for key in keys))
    return OK


def choice_of(options: argparse.Namespace) -> Choice:
    """Return which actors were asked for."""
    from desktop.model import ACTOR_KINDS, MentionKind
    from desktop.tasks.tables import Choice

    kinds = getattr(options, "kind", None)
    chosen = frozenset(map(MentionKind, kinds)) if kinds else frozenset(ACTOR_KINDS)
    limit = getattr(options, "limit", None)
    return Choice(chosen, None if limit is None else max(limit, 0))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def suffix_of(path: Path | None) -> str:
    """Return how a file's name ends, in lower case, without the dot."""
    return path.suffix.removeprefix(".").lower() if path is not None else ""


def write_table_file(options: argparse.Namespace, what: str, format_name: str) -> int:
    """Write a table ("amounts" or "actors") to a file or to standard output."""
    from desktop.exporters.tables import TABLES
    from desktop.tasks.tables import export_table, write_table

    query = " ".join(options.query)
    if format_name not in TABLES:
        complain(_("{what} can be written as: {formats}").format(what=what, formats=", ".join(TABLES)))
        return USAGE
    if options.output is None and format_name == "xlsx":
        complain(_("a workbook needs a file: -o FILE.xlsx"))
        return USAGE
    bar = Bar()
    with open_session(options) as session:
        session.catch_up(bar)
        if options.output is not None:
            choice = choice_of(options)
            export_table(session, what, format_name, options.output, query=query, choice=choice, progress=bar)
        else:
            sys.stdout.flush()
            write_table(session, what, format_name, sys.stdout.buffer, query=query, choice=choice_of(options))
            sys.stdout.buffer.flush()
    bar.finish()
    return OK


def run_reindex(options: argparse.Namespace) -> int:
    """Fill the index anew."""
    from desktop.tasks.reindex import rebuild

    bar = Bar()
    with open_session(options) as session:
        total = rebuild(session, bar)
    bar.finish()
    print(n_("{n} article indexed", "{n} articles indexed", total))
    return OK


def run_check(options: argparse.Namespace) -> int:
    """Look for damage, or repair it."""
    from desktop.tasks.check import check, repair

    bar = Bar()
    if options.repair:
        repaired = repair(options.library or paths.default_library(), bar)
        bar.finish()
        for finding in repaired.findings:
            print(finding)
        print(_("The library was repaired."))
        print(_("What was there before is kept as {file}").format(file=repaired.kept))
        return OK
    with open_session(options) as session:
        findings = check(session, bar)
    bar.finish()
    for finding in findings:
        complain(finding)
    if not findings:
        print(_("The library is whole."))
    return FAILED if findings else OK


def run_backup(options: argparse.Namespace) -> int:
    """Write a copy of the library."""
    from desktop.tasks.backup import back_up

    bar = Bar()
    with open_session(options) as session:
        back_up(session, options.file, bar)
    bar.finish()
    print(_("Backup written and checked: {file}").format(file=options.file))
    return OK


def run_restore(options: argparse.Namespace) -> int:
    """Put a copy back."""
    from desktop.tasks.backup import restore

    bar = Bar()
    kept = restore(options.file, options.library or paths.default_library(), bar)
    bar.finish()
    print(_("Backup put back."))
    if kept is not None:
        print(_("What was there before is kept as {file}").format(file=kept))
    return OK


def run_selftest(options: argparse.Namespace) -> int:
    """Try everything on a temporary library."""
    from desktop.tasks.selftest import selftest

    outcome = selftest(options.try_window)
    print_json(outcome)
    return OK if outcome["ok"] else FAILED
