"""`leeslamp export` and `leeslamp annotations`: what goes out, and notes that come in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desktop import i18n
from desktop.cli.commands import open_session, suffix_of, write_table_file
from desktop.cli.output import FAILED, OK, USAGE, Bar, complain, print_json
from desktop.errors import Problem, ProblemKind
from desktop.i18n import _, n_

if TYPE_CHECKING:
    from desktop.tasks.export_notes import Exported, Write
    from desktop.tasks.gather_export import Wanted
    from desktop.tasks.import_annotations import NotesTaken

WHAT = ("notes", "articles", "evidence", "amounts", "actors", "library")
KINDS = ("highlight", "note", "article")
#: by the names that --format takes; kept in step with `exporters.EXPORTERS` by a test
NOTE_FORMATS = ("markdown", "html", "docx", "pdf", "csv", "xlsx", "jsonld", "bibtex", "ris", "csl")
ARTICLE_FORMATS = ("markdown", "html", "docx", "pdf", "bibtex", "ris", "csl")
TABLE_FORMATS = ("csv", "xlsx", "json")
EVIDENCE_FORMATS = (*TABLE_FORMATS, "text")
FORMATS = (*NOTE_FORMATS, "json", "text")

_BY_SUFFIX = {
    "md": "markdown", "markdown": "markdown", "html": "html", "htm": "html", "docx": "docx", "pdf": "pdf",
    "csv": "csv", "xlsx": "xlsx", "jsonld": "jsonld", "bib": "bibtex", "ris": "ris", "json": "json",
    "txt": "text",
}  # fmt: skip
_BINARY = ("docx", "pdf", "xlsx")
_DEFAULTS = {
    "notes": "markdown",
    "articles": "markdown",
    "evidence": "csv",
    "amounts": "csv",
    "actors": "csv",
}
_POSSIBLE = {
    "notes": NOTE_FORMATS,
    "articles": ARTICLE_FORMATS,
    "evidence": EVIDENCE_FORMATS,
    "amounts": TABLE_FORMATS,
    "actors": TABLE_FORMATS,
}


def run_export(options: argparse.Namespace) -> int:
    """Write something to a file or to standard output."""
    if options.variables:
        from desktop.exporters.template import variable_lines

        print("\n".join(variable_lines()))
        return OK
    if options.what == "library":
        return _export_library(options)
    format_name = _format_of(options)
    wrong = _usage_error(options, format_name)
    if wrong:
        complain(wrong)
        return USAGE
    if options.what in ("amounts", "actors"):
        return write_table_file(options, options.what, format_name)
    return _export_notes(options, format_name)


def _format_of(options: argparse.Namespace) -> str:
    if options.format:
        return str(options.format)
    suffix = suffix_of(options.output)
    by_name = _BY_SUFFIX.get(suffix, suffix)
    if by_name == "json" and options.what in ("notes", "articles"):
        return "csl"
    return by_name or _DEFAULTS[options.what]


def _usage_error(options: argparse.Namespace, format_name: str) -> str:
    possible = _POSSIBLE[options.what]
    if format_name not in possible:
        return _("{what} can be written as: {formats}").format(what=options.what, formats=", ".join(possible))
    if format_name in _BINARY and options.output is None and options.what not in ("amounts", "actors"):
        return _("this format needs a file: -o FILE")
    if options.template is not None and format_name != "markdown":
        return _("--template goes with --format markdown")
    return ""


def _export_notes(options: argparse.Namespace, format_name: str) -> int:
    from desktop.tasks.export_notes import export_document, whole_file

    write = _writer(options, format_name)
    bar = Bar()
    with open_session(options) as session:
        session.catch_up(bar)
        wanted = _wanted(options)
        if options.output is None:
            sys.stdout.flush()
            done = export_document(session, wanted, write, _stdout())
            sys.stdout.buffer.flush()
        else:
            with whole_file(options.output) as file:
                done = export_document(session, wanted, write, file, bar)
    bar.finish()
    return _told(done)


def _stdout() -> BinaryIO:
    return sys.stdout.buffer


def _told(done: Exported) -> int:
    for problem in done.problems:
        complain(i18n.problem_text(problem))
    return FAILED if done.problems else OK


def _writer(options: argparse.Namespace, format_name: str) -> Write:
    from desktop.tasks import export_notes

    if options.what == "evidence":
        return export_notes.evidence_writer(format_name)
    template = None if options.template is None else _read_template(options.template)
    return export_notes.writer(format_name, template)


def _read_template(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Problem(ProblemKind.NOT_FOUND, path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(ProblemKind.NOT_READABLE, path, str(error)) from error


def _wanted(options: argparse.Namespace) -> Wanted:
    from desktop.tasks.gather_export import NoteKind, Wanted

    return Wanted(
        query=" ".join(options.query) or None,
        colours=frozenset(options.colour or ()),
        tags=frozenset(options.tag or ()),
        kinds=frozenset(map(NoteKind, options.only or ())),
        whole=options.what == "articles",
    )


def _export_library(options: argparse.Namespace) -> int:
    from desktop.tasks.export_library import export_library

    if options.output is None:
        complain(_("a library goes into a folder: -o FOLDER"))
        return USAGE
    bar = Bar()
    with open_session(options) as session:
        session.catch_up(bar)
        done = export_library(session, options.output, bar)
    bar.finish()
    for problem in done.problems:
        complain(i18n.problem_text(problem))
    print(n_("{n} article written", "{n} articles written", done.articles))
    return FAILED if done.problems else OK


# Notes that come in


def run_annotations(options: argparse.Namespace) -> int:
    """Take in notes from files."""
    from desktop.tasks.import_annotations import import_annotations

    bar = Bar()
    with open_session(options) as session:
        session.catch_up(bar)
        taken = import_annotations(session, options.files, bar)
    bar.finish()
    for problem in taken.problems:
        complain(i18n.problem_text(problem))
    if options.json:
        print_json(_taken_record(taken))
    else:
        for left in taken.left:
            complain(f"{left.title or '–'}: {left.reason_words()}: {left.quote[:80]}")
        print(n_("{n} note taken in", "{n} notes taken in", taken.added), end="")
        print(", " + n_("{n} known already", "{n} known already", taken.known), end="")
        print(", " + n_("{n} left out", "{n} left out", len(taken.left)))
    return FAILED if taken.left or taken.problems else OK


def _taken_record(taken: NotesTaken) -> dict[str, object]:
    return {
        "added": taken.added,
        "known": taken.known,
        "orphans": taken.orphans,
        "left": [
            {"title": left.title, "quote": left.quote, "note": left.note, "reason": left.reason.value}
            for left in taken.left
        ],
        "problems": [
            {"file": problem.path, "reason": i18n.problem_reason(problem)} for problem in taken.problems
        ],
    }
