"""What an export will look like: its beginning, as text, and how much it comes to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from desktop.exporters.base import ExportArticle
from desktop.library import annotations as notes
from desktop.progress import Progress
from desktop.tasks.export_notes import Write, evidence_writer, writer
from desktop.tasks.gather_export import Gathered, Wanted, document
from desktop.tasks.session import Session

_ARTICLES = 5  # that are shown
_CHARACTERS = 12_000
#: What has no text of its own to show is shown as Markdown.
_AS_TEXT = ("markdown", "csv", "jsonld", "bibtex", "ris", "csl", "evidence")


@dataclass(frozen=True, slots=True)
class Preview:
    """articles and notes: how many would go out. tags: all there are, to choose from."""

    text: str
    articles: int
    notes: int
    tags: tuple[str, ...] = ()


class _First:
    """The first articles of many."""

    def __init__(self, articles: Gathered) -> None:
        self._articles = articles

    def __iter__(self) -> Iterator[ExportArticle]:
        return islice(iter(self._articles), _ARTICLES)


def write_for(format_name: str, template: str | None = None) -> Write:
    """Return what writes a format of the dialog: those of `export_notes.writer`, and "evidence".

    Raises as `writer`.
    """
    return evidence_writer("xlsx") if format_name == "evidence" else writer(format_name, template)


def preview(
    session: Session, wanted: Wanted, format_name: str, template: str | None, progress: Progress
) -> Preview:
    """Return the beginning of an export. Raises Problem TEMPLATE, NO_SUCH_ARTICLE; Cancelled."""
    made, gathered = document(session, wanted, progress)
    if format_name == "evidence":
        write = evidence_writer("csv")
    else:
        write = writer(format_name if format_name in _AS_TEXT else "markdown", template)
    file = io.BytesIO()
    write(replace(made, articles=_First(gathered)), file)
    text = file.getvalue()[: _CHARACTERS * 4].decode("utf-8", "ignore")
    shown = text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + "\n…"
    totals = made.counted()
    tags = tuple(notes.tag_names(session.library.reader()))
    return Preview(shown, totals.articles, totals.notes, tags)
