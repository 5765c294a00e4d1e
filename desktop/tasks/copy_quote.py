"""A passage as it is pasted into a report: the words between quotation marks, and where they are from."""

from __future__ import annotations

from desktop.exporters.base import export_article
from desktop.exporters.evidence import quote_text
from desktop.library import annotations as notes
from desktop.library import articles
from desktop.model import AnnotationId, ArticleId
from desktop.tasks.session import Session


def quote_of_passage(session: Session, article: ArticleId, start: int, end: int) -> str:
    """Return `[start, end)` of an article's current text with its source. Raises Problem NO_SUCH_ARTICLE."""
    con = session.library.reader()
    text = articles.text(con, article).text
    return quote_text(export_article(articles.get(con, article), [], []), text[start:end])


def quote_of_note(session: Session, annotation: AnnotationId) -> str:
    """Return a highlight with its source and the note. Raises Problem NO_SUCH_ANNOTATION."""
    con = session.library.reader()
    note = notes.get(con, annotation)
    about = export_article(articles.get(con, note.article), [], [])
    return quote_text(about, note.quote.exact, note.note)
