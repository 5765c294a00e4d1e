"""The command line: the same tasks as the window, in the shapes that `--help` describes.

Exit codes: 0 all done, 1 something failed (each named on standard error), 2 the command is not
understood, 3 the library is in use by another program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from desktop import __version__, i18n, log, paths
from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.i18n import _, n_
from desktop.model import LANGUAGES, ArticleId

if TYPE_CHECKING:
    from desktop.tasks.import_files import ImportResult
    from desktop.tasks.session import Session

COMMANDS = (
    "import",
    "search",
    "show",
    "extract",
    "amounts",
    "actors",
    "export",
    "reindex",
    "check",
    "backup",
    "restore",
)
OK, FAILED, USAGE, IN_USE = 0, 1, 2, 3
_WAIT_SECONDS = 3.0  # for a running window to finish what it is writing


def is_command(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments are for the command line rather than for the window.

    The first argument that is no option decides; `./search` is a file of that name.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--help", "-h", "--version", "--selftest"):
            return True
        if argument == "--library":
            next(rest, None)
        elif not argument.startswith("-"):
            return argument in COMMANDS
    return False


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    i18n.use("system")
    log.start(None)
    options = _parser().parse_args([_not_an_option(argument) for argument in arguments])
    run: Callable[[argparse.Namespace], int] | None = getattr(options, "run", None)
    if options.selftest:
        run = _selftest
    if run is None:
        _parser().print_help()
        return USAGE
    try:
        return run(options)
    except Problem as problem:
        _complain(i18n.problem_text(problem))
        return IN_USE if problem.kind is ProblemKind.LIBRARY_IN_USE else FAILED
    except (Cancelled, KeyboardInterrupt):
        _complain(_("Stopped."))
        return FAILED
    except BrokenPipeError:  # `leeslamp search … | head`
        sys.stderr.close()
        return OK


def _not_an_option(argument: str) -> str:
    """Keep an excluded word of a query ("-Groningen") from being taken for an option."""
    is_word = len(argument) > 2 and argument[0] == "-" and argument[1] not in "-ho0123456789"
    return " " + argument if is_word else argument


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")


def _complain(line: str) -> None:
    print("leeslamp: " + line.replace("\n", " "), file=sys.stderr)


def _print_json(record: object) -> None:
    from desktop.exporters.records import to_json

    print(to_json(record))


# The parser: one function a command, so that `--help` of each has its example


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _complain(message)
        _complain(_("see: {command} --help").format(command=self.prog))
        sys.exit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="leeslamp",
        description=_(
            "Read, search, mark and annotate articles, offline. Without a command it opens the window."
        ),
        epilog=_('Example: leeslamp import ~/articles && leeslamp search "datacenter amount:>1bn"'),
    )
    parser.add_argument("--version", action="version", version=f"Leeslamp {__version__}")
    parser.add_argument(
        "--selftest", action="store_true", help=_("try everything on a temporary library, one line of JSON")
    )
    _library_option(parser, default=None)
    commands = parser.add_subparsers(metavar=_("COMMAND"), parser_class=_Parser)
    for add in (_add_import, _add_search, _add_show, _add_extract, _add_tables, _add_export, _add_upkeep):
        add(commands)
    return parser


def _library_option(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    parser.add_argument(
        "--library",
        metavar=_("FOLDER"),
        type=Path,
        default=default,
        help=_("the library to use (otherwise LEESLAMP_LIBRARY, otherwise your own)"),
    )


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], about: str, example: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, epilog=_("Example: {command}").format(command=example)
    )
    parser.set_defaults(run=run)
    _library_option(parser)
    return parser


def _add_import(commands: Any) -> None:
    parser = _command(
        commands,
        "import",
        _import,
        _("bring files and folders into the library"),
        "leeslamp import ~/articles report.txt",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar=_("PATH"))
    parser.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))


def _add_search(commands: Any) -> None:
    parser = _command(
        commands, "search", _search, _("find articles"), 'leeslamp search "datacenter date:2025 -Groningen"'
    )
    parser.add_argument("query", nargs="+", metavar=_("QUERY"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=_("at most N articles (20)"))
    parser.add_argument("--json", action="store_true", help=_("print the hits as JSON"))
    parser.add_argument("--explain", action="store_true", help=_("say in words what was searched"))


def _add_show(commands: Any) -> None:
    parser = _command(
        commands,
        "show",
        _show,
        _("print an article with all that is marked in it"),
        "leeslamp show ID --json",
    )
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--json", action="store_true", help=_("with mentions, actors, amounts and notes"))


def _add_extract(commands: Any) -> None:
    parser = _command(
        commands,
        "extract",
        _extract,
        _("mark a text without touching a library"),
        "leeslamp extract article.txt --json",
    )
    parser.add_argument("file", nargs="?", default="-", metavar=_("FILE"), help=_("- is standard input"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("the language, otherwise detected"))
    parser.add_argument("--date", metavar="2025-01", help=_("the article's date, otherwise as in the file"))
    parser.add_argument("--names", choices=("rules",), default="rules", help=_("how names are recognised"))
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=_("print one object"))
    shape.add_argument("--jsonl", action="store_true", help=_("read and write one object a line"))


def _add_tables(commands: Any) -> None:
    for name, run, about in (
        ("amounts", _amounts, _("list the amounts of the library")),
        ("actors", _actors, _("list the actors of the library")),
    ):
        parser = _command(commands, name, run, about, f"leeslamp {name} datacenter --csv")
        parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("only in these articles"))
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help=_("print as JSON"))
        shape.add_argument("--csv", action="store_true", help=_("print as CSV"))


def _add_export(commands: Any) -> None:
    parser = _command(
        commands,
        "export",
        _export,
        _("write notes to a file"),
        "leeslamp export notes --format markdown -o notes.md",
    )
    parser.add_argument("what", choices=("notes",))
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("only of these articles"))
    parser.add_argument("--format", choices=("markdown",), default="markdown")
    parser.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("otherwise standard output"))


def _add_upkeep(commands: Any) -> None:
    _command(commands, "reindex", _reindex, _("build the search index anew"), "leeslamp reindex")
    parser = _command(commands, "check", _check, _("check that the library is whole"), "leeslamp check")
    parser.add_argument("--repair", action="store_true", help=_("repair on a copy and say what changed"))
    parser = _command(
        commands, "backup", _backup, _("write a verified copy of the library"), "leeslamp backup copy.sqlite3"
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser = _command(
        commands,
        "restore",
        _restore,
        _("put a backup back; what it replaces is kept"),
        "leeslamp restore copy.sqlite3",
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"))


@contextmanager
def _session(options: argparse.Namespace, *, create: bool = False) -> Iterator[Session]:
    from desktop.tasks.session import Session

    session = Session.open(options.library or paths.default_library(), create=create, wait=_WAIT_SECONDS)
    try:
        yield session
    finally:
        session.close()


class _Bar:
    """A progress line on a terminal; nothing where standard error is not one."""

    def __init__(self) -> None:
        self._shown = False

    def step(self, done: int, total: int, text: str = "") -> None:
        if sys.stderr.isatty():
            share = f"{done}/{total}" if total else str(done)
            print(f"\r\x1b[K{share}  {text[:60]}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def finish(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


# Commands


def _import(options: argparse.Namespace) -> int:
    from desktop.tasks.import_files import import_paths

    bar = _Bar()
    with _session(options, create=True) as session:
        result = import_paths(session, options.paths, bar)
        session.catch_up(bar)
    bar.finish()
    for problem in result.problems:
        _complain(i18n.problem_text(problem))
    if options.json:
        _print_json(_import_record(result))
    else:
        print(n_("{n} article added", "{n} articles added", len(result.added)), end="")
        print(", " + n_("{n} renewed", "{n} renewed", len(result.updated)), end="")
        print(", " + n_("{n} skipped", "{n} skipped", len(result.skipped)))
    return FAILED if result.problems or result.cancelled else OK


def _import_record(result: ImportResult) -> dict[str, object]:
    def rows(problems: Sequence[Problem]) -> list[dict[str, str]]:
        return [{"file": problem.path, "reason": i18n.problem_reason(problem)} for problem in problems]

    return {
        "added": result.added,
        "updated": result.updated,
        "skipped": rows(result.skipped),
        "problems": rows(result.problems),
    }


def _search(options: argparse.Namespace) -> int:
    from desktop.exporters.records import hit_record
    from desktop.tasks import search
    from desktop.tasks.clauses import query_error_text

    with _session(options) as session:
        session.catch_up()
        result = search.search(session, " ".join(options.query))
        hits = search.hits(session, result, 0, max(options.limit, 0))
        explanation = search.explain(result) if options.explain else None
    for error in result.problems:
        _complain(query_error_text(error))
    if options.json:
        record: dict[str, object] = {"total": result.total, "hits": [hit_record(hit) for hit in hits]}
        if explanation is not None:
            record["explanation"] = explanation
        _print_json(record)
        return OK
    if explanation is not None:
        print(explanation)
    for hit in hits:
        print(f"{hit.article.id}  {hit.article.published or '':10}  {hit.article.title}")
        if hit.snippet:
            print("    " + " ".join(hit.snippet.split()))
    print(n_("{n} article", "{n} articles", result.total))
    return OK


def _show(options: argparse.Namespace) -> int:
    from desktop.exporters.records import article_record
    from desktop.tasks.read import open_article

    with _session(options) as session:
        opened = open_article(session, ArticleId(options.id))
    if options.json:
        _print_json(
            article_record(
                opened.article, opened.version.text, opened.mentions, opened.actors, opened.annotations
            )
        )
        return OK
    about = (i18n.format_date(opened.article.published), opened.article.source, opened.article.lang)
    print(" · ".join(part for part in about if part))
    print(opened.version.text)
    return OK


def _extract(options: argparse.Namespace) -> int:
    if options.jsonl:
        with _input(options.file) as lines:
            return _extract_lines(lines, options)
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
        )
        if options.json:
            _print_json(extract_record(None if options.file == "-" else options.file, lang, mentions))
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
def _input(file: str) -> Iterator[TextIO]:
    if file == "-":
        yield sys.stdin
        return
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:
            yield lines
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, file, error.strerror or "") from error


def _extract_lines(lines: TextIO, options: argparse.Namespace) -> int:
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
            )
        except (ValueError, Problem) as error:
            reason = i18n.problem_text(error) if isinstance(error, Problem) else str(error)
            _print_json({"id": identity, "error": reason})
            code = FAILED
            continue
        _print_json(extract_record(identity, lang, mentions))
    return code


def _amounts(options: argparse.Namespace) -> int:
    from desktop.tasks.tables import amount_rows

    return _table(options, amount_rows)


def _actors(options: argparse.Namespace) -> int:
    from desktop.tasks.tables import actor_rows

    return _table(options, actor_rows)


def _table(options: argparse.Namespace, rows_of: Callable[[Session, str], list[dict[str, Any]]]) -> int:
    from desktop.exporters.tables import to_csv

    with _session(options) as session:
        session.catch_up()
        rows = rows_of(session, " ".join(options.query))
    if options.json:
        _print_json(rows)
    elif options.csv:
        sys.stdout.write(to_csv(rows))
    else:
        for row in rows:
            print("\t".join("" if value is None else str(value) for value in row.values()))
    return OK


def _export(options: argparse.Namespace) -> int:
    from desktop.tasks.export_notes import export_notes, write_file

    with _session(options) as session:
        session.catch_up()
        written = export_notes(session, query=" ".join(options.query) or None, format_name=options.format)
    if options.output is None:
        sys.stdout.write(written)
    else:
        write_file(options.output, written)
    return OK


def _reindex(options: argparse.Namespace) -> int:
    from desktop.tasks.reindex import rebuild

    bar = _Bar()
    with _session(options) as session:
        total = rebuild(session, bar)
    bar.finish()
    print(n_("{n} article indexed", "{n} articles indexed", total))
    return OK


def _check(options: argparse.Namespace) -> int:
    from desktop.tasks.check import check, repair

    bar = _Bar()
    if options.repair:
        repaired = repair(options.library or paths.default_library(), bar)
        bar.finish()
        for finding in repaired.findings:
            print(finding)
        print(_("The library was repaired."))
        print(_("What was there before is kept as {file}").format(file=repaired.kept))
        return OK
    with _session(options) as session:
        findings = check(session, bar)
    bar.finish()
    for finding in findings:
        _complain(finding)
    if not findings:
        print(_("The library is whole."))
    return FAILED if findings else OK


def _backup(options: argparse.Namespace) -> int:
    from desktop.tasks.backup import back_up

    bar = _Bar()
    with _session(options) as session:
        back_up(session, options.file, bar)
    bar.finish()
    print(_("Backup written and checked: {file}").format(file=options.file))
    return OK


def _restore(options: argparse.Namespace) -> int:
    from desktop.tasks.backup import restore

    bar = _Bar()
    kept = restore(options.file, options.library or paths.default_library(), bar)
    bar.finish()
    print(_("Backup put back."))
    if kept is not None:
        print(_("What was there before is kept as {file}").format(file=kept))
    return OK


def _selftest(_options: argparse.Namespace) -> int:
    from desktop.tasks.selftest import selftest

    outcome = selftest()
    _print_json(outcome)
    return OK if outcome["ok"] else FAILED
