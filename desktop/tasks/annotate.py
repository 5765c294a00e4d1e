"""Highlights, notes and tags: each call is one step that can be undone."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Sequence

from desktop.anchoring import quote
from desktop.library import annotations as notes
from desktop.library import articles, history
from desktop.model import Annotation, AnnotationId, ArticleId, Changes, TextQuote
from desktop.tasks.session import Session


def highlight(
    session: Session,
    article: ArticleId,
    start: int,
    end: int,
    *,
    colour: int = 1,
    note: str = "",
    tags: Sequence[str] = (),
) -> tuple[AnnotationId, Changes]:
    """Highlight `[start, end)` of the article's current text.

    Raises Problem NO_SUCH_ARTICLE, ValueError for a range outside the text.
    """
    text = articles.text(session.library.reader(), article).text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no such passage: {start}..{end} of {len(text)}")
    return _add(session, article, quote.make(text, start, end), start, end, colour, note, tags)


def note_on_article(
    session: Session, article: ArticleId, note: str, *, tags: Sequence[str] = ()
) -> tuple[AnnotationId, Changes]:
    """Put a note on the whole article. Raises Problem NO_SUCH_ARTICLE."""
    articles.get(session.library.reader(), article)
    return _add(session, article, TextQuote(""), None, None, 1, note, tags)


def _add(
    session: Session,
    article: ArticleId,
    passage: TextQuote,
    start: int | None,
    end: int | None,
    colour: int,
    note: str,
    tags: Sequence[str],
) -> tuple[AnnotationId, Changes]:
    new = Annotation(
        id=AnnotationId(str(uuid.uuid4())),
        article=article,
        quote=passage,
        start=start,
        end=end,
        colour=colour,
        note=note,
        tags=tuple(tags),
    )
    changes = _step(session, "note" if note else "highlight", new.id, article, lambda c: notes.add(c, new))
    return new.id, changes


def recolour(session: Session, annotation: AnnotationId, colour: int) -> Changes:
    """Give a highlight another colour. Raises Problem NO_SUCH_ANNOTATION."""
    article = _article_of(session, annotation)
    return _step(
        session, "recolour", annotation, article, lambda c: notes.change(c, annotation, colour=colour)
    )


def set_note(session: Session, annotation: AnnotationId, note: str, tags: Sequence[str]) -> Changes:
    """Replace note and tags of an annotation. Raises Problem NO_SUCH_ANNOTATION."""
    article = _article_of(session, annotation)
    return _step(
        session,
        "note",
        annotation,
        article,
        lambda c: notes.change(c, annotation, note=note, tags=tags),
    )


def set_note_at(
    session: Session, article: ArticleId, start: int, end: int, note: str, tags: Sequence[str]
) -> Changes:
    """Replace note and tags of the newest highlight of exactly `[start, end)`; none there changes nothing.

    Raises Problem NO_SUCH_ARTICLE.
    """
    there = [
        one
        for one in notes.of_article(session.library.reader(), article)
        if (one.start, one.end) == (start, end)
    ]
    if not there or (there[-1].note, set(there[-1].tags)) == (note, set(tags)):
        return Changes()
    return set_note(session, there[-1].id, note, tags)


def delete(session: Session, annotation: AnnotationId) -> Changes:
    """Delete an annotation. Raises Problem NO_SUCH_ANNOTATION."""
    article = _article_of(session, annotation)
    return _step(session, "delete_annotation", annotation, article, lambda c: notes.delete(c, annotation))


def set_article_tags(session: Session, article: ArticleId, tags: Sequence[str]) -> Changes:
    """Replace the tags of an article. Raises Problem NO_SUCH_ARTICLE."""
    return _step(session, "tag", None, article, lambda c: notes.set_article_tags(c, article, tags))


def change_article_tags(
    session: Session, ids: Sequence[ArticleId], add: Sequence[str], remove: Sequence[str]
) -> Changes:
    """Give articles some tags and take others away, as one step. Raises Problem NO_SUCH_ARTICLE."""
    gone = {tag.casefold() for tag in remove}
    con = session.library.reader()
    rows = [articles.row_of(con, article) for article in ids]
    has = {article.id: article.tags for article in articles.by_rows(con, rows)}

    def work(con: sqlite3.Connection) -> None:
        for article in ids:
            kept = [tag for tag in has[article] if tag.casefold() not in gone]
            notes.set_article_tags(con, article, [*kept, *add])

    return _step(session, "tag", None, ids, work)


def common_tags(session: Session, rows: Sequence[int]) -> list[str]:
    """Return the tags that all articles with these numbers have."""
    found = articles.by_rows(session.library.reader(), rows)
    return [tag for tag in found[0].tags if all(tag in one.tags for one in found)] if found else []


def _article_of(session: Session, annotation: AnnotationId) -> ArticleId:
    return notes.get(session.library.reader(), annotation).article


def _step(
    session: Session,
    kind: str,
    annotation: AnnotationId | None,
    concerned: ArticleId | Sequence[ArticleId],
    work: Callable[[sqlite3.Connection], object],
) -> Changes:
    ids = [concerned] if isinstance(concerned, str) else concerned

    def recorded(con: sqlite3.Connection) -> Changes:
        with history.recording(con, kind, {"count": str(len(ids))}) as step:
            work(con)
        touched = frozenset({annotation}) if annotation else frozenset()
        return Changes(articles=frozenset(ids), annotations=touched, step=step)

    return session.library.write(recorded)
