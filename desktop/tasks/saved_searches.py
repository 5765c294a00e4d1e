"""Searches kept under a name: each change is one step that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from desktop.library import history, saved_searches
from desktop.library.saved_searches import SavedSearch, SavedSearchId
from desktop.model import Changes
from desktop.tasks import search
from desktop.tasks.session import Session


def listed(session: Session) -> list[SavedSearch]:
    """Return the saved searches of the library, by name."""
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


def totals(session: Session, searches: Iterable[SavedSearch]) -> dict[SavedSearchId, int]:
    """Return how many articles each of these finds now."""
    return {one.id: search.search(session, one.query, sort="date").total for one in searches}


def _step(session: Session, kind: str, name: str, work: Callable[[sqlite3.Connection], object]) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        with history.recording(con, kind, {"words": name}) as step:
            work(con)
        return Changes(step=step)

    return session.library.write(recorded)
