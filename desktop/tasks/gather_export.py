"""What is to go out, read from the library article by article while the file is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.errors import Problem, ProblemKind
from desktop.exporters.base import ExportArticle, ExportDocument, Totals, export_article
from desktop.i18n import _
from desktop.library import annotations as notes
from desktop.library import articles, mentions
from desktop.model import Annotation, AnnotationId, Article, ArticleId
from desktop.progress import Progress, SilentProgress
from desktop.tasks.search import search
from desktop.tasks.session import Session

_PAGE = 200  # articles whose notes are read at once
#: What a damaged article may raise; it costs one line in the report.
_DAMAGE = (Problem, ValueError, ArithmeticError, sqlite3.DatabaseError)


class NoteKind(StrEnum):
    """What a note is."""

    HIGHLIGHT = "highlight"  #: a highlight without words of the reader
    NOTE = "note"  #: a highlight with a note
    ARTICLE = "article"  #: a note on the whole article


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes, of which articles. None and empty = all.

    ids: of articles, in this order; rows: their numbers instead; without either, those of the chosen notes,
    else what the query finds.
    whole: the texts of the articles too, and articles without notes.
    """

    query: str | None = None
    ids: Sequence[ArticleId] | None = None
    rows: Sequence[int] | None = None
    chosen: frozenset[AnnotationId] | None = None
    colours: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()  #: one of them is enough; case does not matter
    kinds: frozenset[NoteKind] = frozenset()
    whole: bool = False

    def takes(self, note: Annotation) -> bool:
        """Tell whether a note is wanted."""
        if self.chosen is not None and note.id not in self.chosen:
            return False
        if self.colours and (not note.quote.exact or note.colour not in self.colours):
            return False
        if self.tags and not {tag.casefold() for tag in self.tags} & {tag.casefold() for tag in note.tags}:
            return False
        return not self.kinds or kind_of(note) in self.kinds

    @property
    def filters(self) -> bool:
        """Whether some notes may not be wanted."""
        return bool(self.chosen is not None or self.colours or self.tags or self.kinds)


def kind_of(note: Annotation) -> NoteKind:
    """Return what a note is."""
    if not note.quote.exact and note.start is None:
        return NoteKind.ARTICLE
    return NoteKind.NOTE if note.note.strip() else NoteKind.HIGHLIGHT


class Gathered:
    """The articles to go out; may be gone through more than once. problems: those that could not be read."""

    def __init__(self, session: Session, wanted: Wanted, progress: Progress) -> None:
        self._session, self._wanted, self._progress = session, wanted, progress
        self._rows = _rows(session, wanted)
        self._failed: dict[ArticleId, Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """What could not be read so far, each article once."""
        return list(self._failed.values())

    def totals(self) -> Totals:
        """Count what there is, without reading a text. Raises Cancelled."""
        count_articles = count_notes = 0
        tags: dict[str, None] = {}
        for _start, page in self._pages():
            for article, found in page:
                count_articles, count_notes = count_articles + 1, count_notes + len(found)
                tags |= dict.fromkeys(tag for note in found for tag in note.tags)
                tags |= dict.fromkeys(article.tags)
        return Totals(count_articles, count_notes, tuple(tags))

    def __iter__(self) -> Iterator[ExportArticle]:
        """Yield the articles in their order; those that cannot be read are left out. Raises Cancelled."""
        for start, page in self._pages():
            for number, (article, found) in enumerate(page, start):
                self._progress.step(min(number, len(self._rows)), len(self._rows), article.title)
                try:
                    yield self._read(article, found)
                except _DAMAGE as error:
                    self._failed[article.id] = Problem(ProblemKind.DAMAGED, article.title, str(error))
        self._progress.step(len(self._rows), len(self._rows))

    def _pages(self) -> Iterator[tuple[int, list[tuple[Article, list[Annotation]]]]]:
        con, wanted = self._session.library.reader(), self._wanted
        for start in range(0, len(self._rows), _PAGE):
            self._progress.step(start, len(self._rows))
            rows = self._rows[start : start + _PAGE]
            noted: dict[ArticleId, list[Annotation]] = {}
            for note in notes.all_annotations(con, rows):
                if wanted.takes(note):
                    noted.setdefault(note.article, []).append(note)
            if not noted and not wanted.whole:
                continue
            found = articles.by_rows(con, rows)
            yield start, [(one, noted.get(one.id, [])) for one in found if wanted.whole or one.id in noted]

    def _read(self, article: Article, found: Sequence[Annotation]) -> ExportArticle:
        con = self._session.library.reader()
        needed = self._wanted.whole or any(note.start is not None for note in found)
        marked = mentions.of_article(con, article.id) if needed else []
        version = articles.text(con, article.id)
        return export_article(article, found, marked, version=version, whole=self._wanted.whole)


def _rows(session: Session, wanted: Wanted) -> Sequence[int]:
    con = session.library.reader()
    if wanted.ids is not None:
        return [articles.row_of(con, article) for article in wanted.ids]
    if wanted.rows is not None:
        return wanted.rows
    if wanted.chosen is not None:
        return articles.by_date(con, notes.rows_of(con, wanted.chosen))
    return list(search(session, wanted.query or "", sort="date").rows)


def document(
    session: Session, wanted: Wanted, progress: Progress | None = None, *, title: str = ""
) -> tuple[ExportDocument, Gathered]:
    """Return what goes into a file, and the articles in it, which tell afterwards what could not be read.

    Raises Problem NO_SUCH_ARTICLE, Cancelled.
    """
    gathered = Gathered(session, wanted, progress or SilentProgress())
    made = ExportDocument(
        title=title or (_("Articles") if wanted.whole else _("Notes")),
        articles=gathered,
        made_at=date.today().isoformat(),  # noqa: DTZ011 (the reader's own day)
        query=wanted.query,
        totals=gathered.totals(),
    )
    return made, gathered
