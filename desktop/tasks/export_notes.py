"""Highlights and notes, out to a file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from desktop.errors import Problem, ProblemKind
from desktop.exporters import EXPORTERS
from desktop.exporters.base import ExportArticle, ExportDocument, export_article
from desktop.i18n import _
from desktop.library import annotations as notes
from desktop.library import articles, mentions
from desktop.model import Annotation, AnnotationId, ArticleId
from desktop.tasks.search import search
from desktop.tasks.session import Session


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
    if format_name not in EXPORTERS:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--format", format_name)
    con = session.library.reader()
    if only is not None and article_ids is None:
        rows = articles.by_date(con, [articles.row_of(con, one) for one in notes.articles_of(con, only)])
    elif article_ids is not None:
        rows = [articles.row_of(con, article) for article in article_ids]
    else:
        rows = list(search(session, query or "", sort="date").rows)
    document = ExportDocument(
        title=_("Notes"),
        articles=tuple(_with_notes(session, rows, only)),
        made_at=date.today().isoformat(),  # noqa: DTZ011 (the reader's own day)
        query=query,
    )
    return EXPORTERS[format_name].render(document)


def _with_notes(
    session: Session, rows: Sequence[int], only: Collection[AnnotationId] | None
) -> list[ExportArticle]:
    con = session.library.reader()
    chosen = None if only is None else set(only)
    noted: dict[ArticleId, list[Annotation]] = {}
    for annotation in notes.all_annotations(con, rows):
        if chosen is None or annotation.id in chosen:
            noted.setdefault(annotation.article, []).append(annotation)
    return [
        export_article(article, noted[article.id], mentions.of_article(con, article.id))
        for article in articles.by_rows(con, rows)
        if article.id in noted
    ]


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
