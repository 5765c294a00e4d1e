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


def note_on_passage(
    session: Session,
    article: ArticleId,
    start: int | None,
    end: int | None,
    note: str,
    *,
    tags: Sequence[str] = (),
) -> Changes:
    """Put a note on `[start, end)`, or on the whole article for None: on the newest annotation that is there
    already, whatever its note says, or on a new one.

    Raises Problem NO_SUCH_ARTICLE, ValueError for a range outside the text.
    """
    there = [
        one
        for one in notes.of_article(session.library.reader(), article)
        if (one.start, one.end) == (start, end) and (start is not None or one.is_on_whole)
    ]
    newest = max(there, key=lambda one: one.created_at, default=None)
    if newest is not None and (newest.note, set(newest.tags)) == (note, set(tags)):
        return Changes()
    if newest is not None:
        return set_note(session, newest.id, note, tags)
    if start is None or end is None:
        return note_on_article(session, article, note, tags=tags)[1]
    return highlight(session, article, start, end, note=note, tags=tags)[1]


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


def resize(session: Session, annotation: AnnotationId, start: int, end: int) -> Changes:
    """Give a highlight the passage `[start, end)` of the article's current text; its id stays.

    White space at the ends is left out. Raises Problem NO_SUCH_ANNOTATION, ValueError for a range that is
    empty or outside the text.
    """
    article = _article_of(session, annotation)
    text = articles.text(session.library.reader(), article).text
    words = text[start:end]
    if not (0 <= start < end <= len(text) and words.strip()):
        raise ValueError(f"no such passage: {start}..{end} of {len(text)}")
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    passage = quote.make(text, start, end)
    return _step(
        session,
        "resize",
        annotation,
        article,
        lambda c: notes.change(c, annotation, start=start, end=end, quote=passage),
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
