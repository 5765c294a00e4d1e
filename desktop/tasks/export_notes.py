"""Highlights and notes, whole articles, references and evidence, out to a file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.errors import Problem, ProblemKind
from desktop.exporters import EXPORTERS, evidence
from desktop.exporters.base import ExportDocument, written
from desktop.exporters.tables import TABLES
from desktop.model import AnnotationId, ArticleId
from desktop.progress import Progress
from desktop.tasks.gather_export import Wanted, document
from desktop.tasks.session import Session

Write = Callable[[ExportDocument, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out, and which articles could not be read."""

    articles: int
    notes: int
    problems: tuple[Problem, ...] = ()


def writer(format_name: str, template: str | None = None) -> Write:
    """Return what writes a format; template: the reader's own, for Markdown.

    Raises Problem UNKNOWN_VALUE for a format that does not exist, and for a template with another format.
    """
    if format_name not in EXPORTERS:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--format", format_name)
    if template is None:
        return EXPORTERS[format_name].write
    if format_name != "markdown":
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--template", format_name)
    from desktop.exporters import template as templates

    made = templates.compiled(template)
    return lambda found, file: written(made.parts(found), file)


def evidence_writer(format_name: str) -> Write:
    """Return what writes the evidence: "csv", "json", "xlsx", or "text" to paste into a report.

    Raises Problem UNKNOWN_VALUE for another format.
    """
    if format_name == "text":
        return lambda found, file: written(evidence.citation_lines(found), file)
    if format_name not in TABLES:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--format", format_name)
    write = TABLES[format_name]
    return lambda found, file: write(evidence.evidence_rows(found), evidence.evidence_columns(), file)


def export_document(
    session: Session, wanted: Wanted, write: Write, file: BinaryIO, progress: Progress | None = None
) -> Exported:
    """Write what is wanted into an open file; an article that cannot be read is left out and named.

    Raises Problem NO_SUCH_ARTICLE, TEMPLATE; Cancelled.
    """
    made, gathered = document(session, wanted, progress)
    write(made, file)
    totals = made.counted()
    problems = tuple(gathered.problems)
    return Exported(totals.articles - len(problems), totals.notes, problems)


def export_file(
    session: Session, wanted: Wanted, write: Write, path: Path, progress: Progress | None = None
) -> Exported:
    """Write what is wanted into a file, which is whole or not there; otherwise as `export_document`.

    Raises Problem NOT_WRITABLE.
    """
    with whole_file(path) as file:
        return export_document(session, wanted, write, file, progress)


def export_notes(
    session: Session,
    *,
    query: str | None = None,
    article_ids: Sequence[ArticleId] | None = None,
    only: Collection[AnnotationId] | None = None,
    format_name: str = "markdown",
) -> str:
    """Return the notes of some articles as text: those named, else those found, else all.

    Articles stand in the order of the result (newest first), notes in reading order; articles without
    notes are left out. only: the notes that are chosen.
    Raises Problem UNKNOWN_VALUE for a format that does not exist, NO_SUCH_ARTICLE.
    """
    file = io.BytesIO()
    chosen = None if only is None else frozenset(only)
    export_document(session, Wanted(query, article_ids, chosen=chosen), writer(format_name), file)
    return file.getvalue().decode()


def write_file(path: Path, text: str) -> None:
    """Write a file so that it is whole or not there. Raises Problem NOT_WRITABLE."""
    with whole_file(path) as file:
        file.write(text.encode())


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to write that takes its place only once it is whole. Raises Problem NOT_WRITABLE."""
    fresh = path.with_name(path.name + ".part")
    try:
        with fresh.open("wb") as file:
            yield file
        os.replace(fresh, path)
    except OSError as error:
        raise Problem(ProblemKind.NOT_WRITABLE, path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
