"""What a person does with whole articles: trash, star, read, details."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from desktop.library import articles, history, originals
from desktop.library.database import Priority
from desktop.model import Article, ArticleId, Changes
from desktop.tasks.session import Session

_AT_ONCE = 20  # articles in one transaction, so that nothing waits for long


def trash(session: Session, ids: Sequence[ArticleId]) -> Changes:
    """Move articles to the trash; nothing is removed from the disk."""
    return _step(session, "trash", ids, lambda con: articles.trash(con, ids), library=True)


def restore(session: Session, ids: Sequence[ArticleId]) -> Changes:
    """Put articles back from the trash."""
    return _step(session, "restore", ids, lambda con: articles.restore(con, ids), library=True)


def trashed(session: Session) -> list[Article]:
    """Return what is in the trash, the last thrown away first."""
    return articles.trashed(session.library.reader())


def purge(session: Session, ids: Sequence[ArticleId]) -> Changes:
    """Remove articles in the trash for good, a few at a time; what is not in the trash is left alone."""
    purged: list[ArticleId] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]

        def work(con: sqlite3.Connection, some: Sequence[ArticleId] = some) -> list[str]:
            gone = articles.trashed_among(con, some)
            purged.extend(gone)
            return articles.purge(con, gone)

        originals.discard(session.library, session.library.write(work))
    session.wake()
    return Changes(articles=frozenset(purged), library=bool(purged))


def remove_starters(session: Session) -> Changes:
    """Move the starter articles to the trash, in one step that can be undone."""
    return trash(session, articles.starters(session.library.reader()))


def star(session: Session, ids: Sequence[ArticleId], starred: bool) -> Changes:
    """Give articles a star, or take it away."""

    def work(con: sqlite3.Connection) -> None:
        for article in ids:
            articles.set_starred(con, article, starred)

    return _step(session, "star", ids, work)


def ids_of(session: Session, rows: Sequence[int]) -> list[ArticleId]:
    """Return the ids of articles by their numbers in the library, in that order."""
    known = articles.ids(session.library.reader(), rows)
    return [known[row] for row in rows if row in known]


def mark_read(session: Session, ids: Sequence[ArticleId], read: bool, *, by_hand: bool = False) -> Changes:
    """Mark articles as read or unread. by_hand: as a step to undo, which several at once always are.

    That an article counts as read because somebody read it is none.
    """

    def work(con: sqlite3.Connection) -> None:
        for article in ids:
            articles.set_read(con, article, read)

    if len(ids) > 1 or by_hand:
        return _step(session, "read", ids, work)
    session.library.write(work)
    return Changes(articles=frozenset(ids))


def remember_position(session: Session, article: ArticleId, position: int) -> None:
    """Keep where the reader was (code points), without waiting for the disk."""
    session.library.submit(
        lambda con: articles.set_position(con, article, position), priority=Priority.PERSON
    )


def set_details(
    session: Session,
    article: ArticleId,
    *,
    title: str | None = None,
    published: str | None = None,
    source: str | None = None,
    author: str | None = None,
) -> Changes:
    """Change what is known about an article; the text stays as it is. None leaves a field alone.

    With another date, what depends on it is made again: relative dates, and what money was worth.
    """
    given = {"title": title, "published": published, "source": source, "author": author}
    fields = {name: value for name, value in given.items() if value is not None}
    changes = _step(
        session, "metadata", [article], lambda con: articles.set_details(con, article, **fields), library=True
    )
    if published is not None:
        from desktop.tasks.look_after import mark_now

        mark_now(session, [article])
    return changes


def _step(
    session: Session,
    kind: str,
    ids: Sequence[ArticleId],
    work: Callable[[sqlite3.Connection], object],
    *,
    library: bool = False,
) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        with history.recording(con, kind, {"count": str(len(ids))}) as step:
            work(con)
        return Changes(articles=frozenset(ids), library=library, step=step)

    if not ids:
        return Changes()
    changes = session.library.write(recorded)
    session.wake()
    return changes
