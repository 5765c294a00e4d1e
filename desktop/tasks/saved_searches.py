"""Searches kept under a name: each change is one step that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from desktop.library import history, saved_searches
from desktop.library.saved_searches import SavedSearch
from desktop.model import Changes
from desktop.search import query as queries
from desktop.tasks import search
from desktop.tasks.session import Session


def listed(session: Session) -> list[SavedSearch]:
    """Return the saved searches of the library, in the reader's order."""
    return saved_searches.listed(session.library.reader())


def save(session: Session, name: str, query: str) -> Changes:
    """Keep a query under a name; one of this name gets another query. ValueError where either is empty."""
    return _step(session, "save_search", name, lambda con: saved_searches.save(con, name, query))


def rename(session: Session, one: SavedSearch, name: str) -> Changes:
    """Call a search otherwise. Raises ValueError for an empty name."""
    return _step(session, "rename_search", one.name, lambda con: saved_searches.rename(con, one.id, name))


def delete(session: Session, one: SavedSearch) -> Changes:
    """Forget a search."""
    return _step(session, "delete_search", one.name, lambda con: saved_searches.delete(con, one.id))


def move(session: Session, one: SavedSearch, place: int) -> Changes:
    """Put a search at a place of the list, counted from 0."""
    return _step(session, "move_search", one.name, lambda con: saved_searches.move(con, one.id, place))


def mark_seen(session: Session, one: SavedSearch) -> None:
    """Note that the reader looks at a search now. No step: there is nothing to undo."""
    session.library.write(lambda con: saved_searches.mark_seen(con, one.id))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles a search finds now, and how many of them came since it was last looked at."""

    total: int
    new: int


def counted(session: Session, one: SavedSearch) -> Counted:
    """Count what a search finds."""
    rows = search.rows_found(session, one.query)
    return Counted(len(rows), sum(row > one.seen for row in rows))


def depends_on_reader(query: str) -> bool:
    """Tell whether what a query finds changes with what the reader does: reads, marks, tags."""
    return any(clause.field in ("is", "tag", "note") for clause in queries.clauses(queries.parse(query).ast))


def _step(session: Session, kind: str, name: str, work: Callable[[sqlite3.Connection], object]) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        with history.recording(con, kind, {"words": name}) as step:
            work(con)
        return Changes(step=step)

    return session.library.write(recorded)
