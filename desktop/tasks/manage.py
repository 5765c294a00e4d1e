"""What a person does with whole articles: trash, star, read, details."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop.library import articles, history, originals
from desktop.library.database import Priority
from desktop.model import Article, ArticleId, Changes, TextVersion
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


#: what a person can change of an article beside its text
DETAILS = ("title", "subtitle", "published", "source", "author", "section", "url", "lang")
_MARKED_NOW = 5  # articles whose marks are made again at once; those of more follow in the background


def set_details(session: Session, article: ArticleId, **details: str | None) -> Changes:
    """Change what is known about an article; as `set_details_of`."""
    return set_details_of(session, [article], {name: one for name, one in details.items() if one is not None})


def set_details_of(session: Session, ids: Sequence[ArticleId], details: Mapping[str, str]) -> Changes:
    """Change what is known about articles, in one step; the texts stay as they are.

    details: some of DETAILS; "" empties one. With another date or language, what depends on it is made again:
    relative dates and what money was worth, or all marks.
    Raises ValueError for another name, Problem UNKNOWN_VALUE for a date or language that is none.
    """
    if unknown := set(details) - set(DETAILS):
        raise ValueError(f"no such details: {unknown}")

    def work(con: sqlite3.Connection) -> None:
        for article in ids:
            articles.set_details(con, article, **details)

    changes = _step(session, "metadata", ids, work, library=True)
    if {"published", "lang"} & set(details):
        from desktop.tasks.look_after import mark_now

        mark_now(session, ids[:_MARKED_NOW])
    return changes


@dataclass(frozen=True, slots=True)
class CommonDetails:
    """What articles have in common: None = not all the same. doubtful: some of their dates are.

    only: the article and its text, where there is one.
    """

    ids: tuple[ArticleId, ...]
    values: Mapping[str, str | None]
    doubtful: bool
    only: tuple[Article, TextVersion] | None = None


def common_details(session: Session, rows: Sequence[int]) -> CommonDetails:
    """Return the details of articles, by their numbers in the library, as far as they are the same."""
    con = session.library.reader()
    found = articles.by_rows(con, rows)
    values: dict[str, str | None] = {}
    for name in DETAILS:
        different = {getattr(article, name) or "" for article in found}
        values[name] = different.pop() if len(different) == 1 else None
    only = (found[0], articles.text(con, found[0].id)) if len(found) == 1 else None
    doubtful = any(article.doubtful for article in found)
    return CommonDetails(tuple(article.id for article in found), values, doubtful, only)


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
