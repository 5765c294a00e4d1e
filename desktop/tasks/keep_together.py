"""Tags and collections as the reader keeps them: each change is one step that can be undone.

A new name is also written in the saved searches that ask for the old one: they go on finding what they found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import pairwise

from desktop.library import history, named_collections, saved_searches, tags
from desktop.library.named_collections import Collection, CollectionId
from desktop.library.tags import Tag
from desktop.model import Changes
from desktop.search import narrowing
from desktop.search.fields import field_named
from desktop.search.lexer import Kind, tokens
from desktop.tasks.session import Session

# Tags


def listed_tags(session: Session) -> list[Tag]:
    """Return the tags of the library with their counts, by name."""
    return tags.listed(session.library.reader())


def rename_tags(session: Session, names: Sequence[str], new: str) -> Changes:
    """Call tags otherwise, everywhere: several, or one whose new name exists, become one.

    Raises ValueError for an empty name.
    """

    def work(con: sqlite3.Connection) -> None:
        for name in names:
            tags.rename(con, name, new)
            _follow_name(con, "tag", name, new)

    return _step(session, "rename_tag", {"words": ", ".join(names), "into": new}, work)


def delete_tags(session: Session, names: Sequence[str]) -> Changes:
    """Take tags off all articles and notes."""

    def work(con: sqlite3.Connection) -> None:
        for name in names:
            tags.delete(con, name)

    return _step(session, "delete_tag", {"words": ", ".join(names)}, work)


# Collections


def listed_collections(session: Session) -> list[Collection]:
    """Return the collections of the library with their counts, by name."""
    return named_collections.listed(session.library.reader())


def holding(session: Session, rows: Sequence[int]) -> dict[CollectionId, int]:
    """Return the collections that some of these articles (numbers) are in, and how many of them."""
    return named_collections.holding(session.library.reader(), rows)


def put_in(session: Session, name: str, rows: Sequence[int]) -> Changes:
    """Put articles (numbers) in the collection of this name; it is made where there is none.

    Raises ValueError for an empty name.
    """
    return _step(
        session,
        "collect",
        {"words": named_collections.tidy(name)},
        lambda con: named_collections.put_in(con, named_collections.make(con, name), rows),
    )


def take_out(session: Session, collection: Collection, rows: Sequence[int]) -> Changes:
    """Take articles (numbers) out of a collection; they stay in the library."""
    return _step(
        session,
        "uncollect",
        {"words": collection.name},
        lambda con: named_collections.take_out(con, collection.id, rows),
    )


def change_collections(
    session: Session,
    rows: Sequence[int],
    add: Sequence[str],
    remove: Sequence[CollectionId],
) -> Changes:
    """Put articles in some collections, by name, and take them out of others, as one step."""

    def work(con: sqlite3.Connection) -> None:
        for name in add:
            named_collections.put_in(con, named_collections.make(con, name), rows)
        for collection in remove:
            named_collections.take_out(con, collection, rows)

    return _step(session, "collections", {}, work)


def rename_collection(session: Session, collection: Collection, name: str) -> Changes:
    """Call a collection otherwise; one that is called so already takes its articles.

    Raises ValueError for an empty name.
    """

    def work(con: sqlite3.Connection) -> None:
        named_collections.rename(con, collection.id, name)
        _follow_name(con, "collection", collection.name, named_collections.tidy(name))

    return _step(session, "rename_collection", {"words": collection.name, "into": name}, work)


def delete_collection(session: Session, collection: Collection) -> Changes:
    """Forget a collection; its articles stay in the library."""
    return _step(
        session,
        "delete_collection",
        {"words": collection.name},
        lambda con: named_collections.delete(con, collection.id),
    )


def _follow_name(con: sqlite3.Connection, field: str, name: str, new: str) -> None:
    """Ask for a new name in the saved searches that ask for the old one."""
    for one in saved_searches.listed(con):
        query = with_new_name(one.query, field, name, new)
        if query != one.query:
            saved_searches.save(con, one.name, query)


def with_new_name(query: str, field: str, name: str, new: str) -> str:
    """Return a query that asks for the new name of a tag or collection wherever it asks for the old one."""
    stream = tokens(query)
    found = query
    for token, value in reversed(list(pairwise(stream))):
        row = field_named(token.text) if token.kind is Kind.FIELD else None
        if row is None or row.name != field or value.kind is not Kind.VALUE:
            continue
        if value.text.lstrip("=").casefold() == name.casefold():
            word = query[token.start : token.end].partition(":")[0].strip()
            clause = narrowing.written(word, new)
            found = found[: token.start] + clause + found[value.end :]
    return found


def _step(
    session: Session, kind: str, fields: dict[str, str], work: Callable[[sqlite3.Connection], object]
) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        with history.recording(con, kind, fields) as step:
            work(con)
        touched = history.touched(con, step)
        return Changes(touched.articles, touched.annotations, library=True, step=step)

    return session.library.write(recorded)
