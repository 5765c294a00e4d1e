"""The arguments: one function a command, so that each has its help and its example."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from desktop import __version__
from desktop.cli import actor_commands, commands, export_command, import_command, search_command
from desktop.cli.output import USAGE, complain
from desktop.i18n import _
from desktop.model import ACTOR_KINDS, COLOURS, LANGUAGES


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        complain(message)
        complain(_("see: {command} --help").format(command=self.prog))
        sys.exit(USAGE)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; the outcome's `run` is what to run, None without a command."""
    parser = _Parser(
        prog="leeslamp",
        description=_(
            "Read, search, mark and annotate articles, offline. Without a command it opens the window."
        ),
        epilog=_('Example: leeslamp import ~/articles && leeslamp search "datacenter amount:>1bn"'),
    )
    parser.add_argument("--version", action="version", version=f"Leeslamp {__version__}")
    parser.add_argument(
        "--selftest",
        dest="run",
        action="store_const",
        const=commands.run_selftest,
        help=_("try everything on a temporary library, one line of JSON"),
    )
    _library_option(parser, default=None)
    subparsers = parser.add_subparsers(metavar=_("COMMAND"), parser_class=_Parser)
    for add in (
        *(_add_import, _add_search, _add_show, _add_extract, _add_tables, _add_network, _add_export),
        *(_add_annotations, _add_corrections, _add_upkeep),
    ):
        add(subparsers)
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
    subparsers: Any, name: str, run: Callable[[argparse.Namespace], int], about: str, example: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=about, description=about, epilog=_("Example: {command}").format(command=example)
    )
    parser.set_defaults(run=run)
    _library_option(parser)
    return parser


def _add_import(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "import",
        import_command.run_import_files,
        _("bring files and folders into the library"),
        "leeslamp import ~/articles report.txt",
    )
    kinds = _(
        "files and folders: TXT, Markdown (MD), saved pages (HTML, MHTML), PDF, DOCX, ODT, RTF, EPUB, e-mail"
        " (EML, MBOX), tables (CSV, XLSX, JSONL), downloads of Nexis, and ZIP or TAR archives of these"
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar=_("PATH"), help=kinds)
    parser.add_argument(
        "--resume", action="store_true", help=_("go on with imports that were stopped or interrupted")
    )
    parser.add_argument(
        "--watched", action="store_true", help=_("bring in what is new in the folders that are watched")
    )
    parser.add_argument(
        "--tag", dest="tags", action="append", default=[], metavar=_("TAG"), help=_("tag every new article")
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=None, help=_("the language of the articles (otherwise detected)")
    )
    parser.add_argument(
        "--reference",
        action="store_true",
        help=_("keep no copies of the files, only where they are"),
    )
    parser.add_argument(
        "--names",
        choices=("rules", "model"),
        default="rules",
        help=_("model: also wait for the names model, which otherwise follows in the window"),
    )
    parser.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))


def _add_search(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "search",
        search_command.run_search,
        _("find articles"),
        'leeslamp search "datacenter date:2025 -Groningen"',
    )
    parser.add_argument("query", nargs="*", metavar=_("QUERY"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=_("at most N articles (20)"))
    parser.add_argument("--json", action="store_true", help=_("print the hits as JSON"))
    parser.add_argument("--explain", action="store_true", help=_("say in words what was searched"))
    parser.add_argument(
        "--from",
        dest="file",
        metavar=_("FILE"),
        help=_("answer the queries of a file, one a line, # before a comment; - is standard input"),
    )
    parser.add_argument(
        "--csv",
        action="store_true",
        help=_("print a table: a line an article, one for a query that finds nothing"),
    )


def _add_show(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "show",
        commands.run_show,
        _("print an article with all that is marked in it"),
        "leeslamp show ID --json",
    )
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--json", action="store_true", help=_("with mentions, actors, amounts and notes"))


def _add_extract(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "extract",
        commands.run_extract,
        _("mark a text without touching a library"),
        "leeslamp extract article.txt --json",
    )
    parser.add_argument("file", nargs="?", default="-", metavar=_("FILE"), help=_("- is standard input"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("the language, otherwise detected"))
    parser.add_argument("--date", metavar="2025-01", help=_("the article's date, otherwise as in the file"))
    parser.add_argument(
        "--names",
        choices=("rules", "model"),
        help=_("how names are recognised, otherwise by the model where it works"),
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=_("print one object"))
    shape.add_argument("--jsonl", action="store_true", help=_("read and write one object a line"))


def _add_tables(subparsers: Any) -> None:
    for name, run, about in (
        ("amounts", commands.run_amounts, _("list the amounts of the library")),
        ("actors", commands.run_actors, _("list the actors of the library")),
    ):
        parser = _command(subparsers, name, run, about, f"leeslamp {name} datacenter --csv")
        parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("only in these articles"))
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help=_("print as JSON"))
        shape.add_argument("--csv", action="store_true", help=_("print as CSV"))
        shape.add_argument("--xlsx", action="store_true", help=_("write a workbook for spreadsheets"))
        if name == "actors":
            _actor_options(parser)
        _output_option(parser)


def _actor_options(parser: argparse.ArgumentParser) -> None:
    _kind_option(parser)
    parser.add_argument("--limit", type=int, metavar="N", help=_("at most N actors"))


def _kind_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind",
        action="append",
        choices=[kind.value for kind in ACTOR_KINDS],
        help=_("only actors of this kind; may be given several times"),
    )


def _add_network(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "network",
        actor_commands.run_network,
        _("write which actors stand together: a picture, or the pairs"),
        "leeslamp network datacenter --within article -o network.svg",
    )
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("only in these articles"))
    parser.add_argument(
        "--format",
        choices=("svg", "csv", "json"),
        help=_("otherwise as the file is called, otherwise csv"),
    )
    parser.add_argument(
        "--within",
        choices=("sentence", "article"),
        default="sentence",
        help=_("what two actors have to share (sentence)"),
    )
    parser.add_argument(
        "--actors", type=int, default=40, metavar="N", help=_("how many actors, from 20 to 60 (40)")
    )
    parser.add_argument(
        "--least", type=int, default=0, metavar="N", help=_("together at least N times, otherwise as fits")
    )
    _kind_option(parser)
    _output_option(parser)


def _add_export(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "export",
        export_command.run_export,
        _("write notes, articles, evidence, amounts, actors or the whole library to a file"),
        "leeslamp export notes datacenter --format docx -o notes.docx",
    )
    parser.add_argument("what", choices=export_command.WHAT)
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("only of these articles"))
    _actor_options(parser)
    parser.add_argument(
        "--format",
        metavar=_("FORMAT"),
        choices=export_command.FORMATS,
        help=_("one of {formats}; otherwise as the file is called").format(
            formats=", ".join(export_command.FORMATS)
        ),
    )
    parser.add_argument(
        "--colour",
        action="append",
        type=int,
        choices=range(1, COLOURS + 1),
        help=_("only highlights of this colour; may be given several times"),
    )
    parser.add_argument(
        "--tag",
        action="append",
        metavar=_("TAG"),
        help=_("only notes with this tag; may be given several times"),
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=export_command.KINDS,
        help=_("only highlights without words, with a note, or notes on a whole article"),
    )
    parser.add_argument(
        "--template", type=Path, metavar=_("FILE"), help=_("your own template for Markdown, see --variables")
    )
    parser.add_argument(
        "--variables", action="store_true", help=_("print what a template may use, and one to begin with")
    )
    _output_option(parser)


def _add_annotations(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "annotations",
        export_command.run_annotations,
        _("take in notes: of Leeslamp (JSON-LD), Zotero, Hypothesis or Readwise (CSV, JSON)"),
        "leeslamp annotations import notes.jsonld",
    )
    parser.add_argument("action", choices=("import",))
    parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"))
    parser.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))


def _output_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("otherwise standard output"))


def _add_corrections(subparsers: Any) -> None:
    parser = _command(
        subparsers,
        "corrections",
        actor_commands.run_corrections,
        _("write your corrections to a file, or take in those of another library"),
        "leeslamp corrections export mine.leeslamp-corrections",
    )
    parser.add_argument("action", choices=("export", "import"))
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))


def _add_upkeep(subparsers: Any) -> None:
    _command(
        subparsers,
        "reindex",
        commands.run_reindex,
        _("build the search index anew"),
        "leeslamp reindex",
    )
    parser = _command(
        subparsers,
        "check",
        commands.run_check,
        _("check that the library is whole"),
        "leeslamp check",
    )
    parser.add_argument("--repair", action="store_true", help=_("repair on a copy and say what changed"))
    parser = _command(
        subparsers,
        "backup",
        commands.run_backup,
        _("write a verified copy of the library"),
        "leeslamp backup copy.sqlite3",
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser = _command(
        subparsers,
        "restore",
        commands.run_restore,
        _("put a backup back; what it replaces is kept"),
        "leeslamp restore copy.sqlite3",
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"))
