"""Searches that the reader keeps under a name. They are the library's own, and travel with it."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from typing import NewType

from desktop.library.stored import storable
from desktop.library.times import now

SavedSearchId = NewType("SavedSearchId", str)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query and what the reader calls it."""

    id: SavedSearchId
    name: str
    query: str


def add_table(con: sqlite3.Connection) -> None:
    """Migrate: make the table. What stands here is never changed."""
    con.execute(
        "CREATE TABLE saved_search("
        " id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " query TEXT NOT NULL, created_at TEXT NOT NULL) STRICT"
    )


def add_order(con: sqlite3.Connection) -> None:
    """Migrate: keep an order, and what came since. What stands here is never changed."""
    con.execute("ALTER TABLE saved_search ADD COLUMN place INTEGER NOT NULL DEFAULT 0")
    con.execute("ALTER TABLE saved_search ADD COLUMN seen_row INTEGER NOT NULL DEFAULT 0")
    con.execute("UPDATE saved_search SET seen_row = coalesce((SELECT max(id) FROM article), 0)")
    found = con.execute("SELECT id, name FROM saved_search").fetchall()
    by_name = sorted(found, key=lambda row: row["name"].casefold())
    places = [(place, row["id"]) for place, row in enumerate(by_name)]
    con.executemany("UPDATE saved_search SET place = ? WHERE id = ?", places)


# End of the migrations


def listed(con: sqlite3.Connection) -> list[SavedSearch]:
    """Return all of them by name, without regard to case."""
    found = con.execute("SELECT uuid, name, query FROM saved_search ORDER BY id").fetchall()
    searches = [SavedSearch(SavedSearchId(row["uuid"]), row["name"], row["query"]) for row in found]
    return sorted(searches, key=lambda search: search.name.casefold())


def save(con: sqlite3.Connection, name: str, query: str) -> SavedSearchId:
    """Keep a query under a name; one that is called so already gets this query instead.

    Raises ValueError where either is empty.
    """
    name, query = _tidy(name), storable(query.strip())
    if not query:
        raise ValueError("a search without a query")
    for search in listed(con):
        if search.name.casefold() == name.casefold():
            con.execute(
                "UPDATE saved_search SET name = ?, query = ? WHERE uuid = ?", (name, query, search.id)
            )
            return search.id
    new = SavedSearchId(str(uuid.uuid4()))
    con.execute(
        "INSERT INTO saved_search(uuid, name, query, created_at) VALUES(?, ?, ?, ?)",
        (new, name, query, now()),
    )
    return new


def rename(con: sqlite3.Connection, search: SavedSearchId, name: str) -> None:
    """Call a search otherwise; nothing happens where it is gone. Raises ValueError for an empty name."""
    con.execute("UPDATE saved_search SET name = ? WHERE uuid = ?", (_tidy(name), search))


def delete(con: sqlite3.Connection, search: SavedSearchId) -> None:
    """Forget a search; nothing happens where it is gone."""
    con.execute("DELETE FROM saved_search WHERE uuid = ?", (search,))


def _tidy(name: str) -> str:
    tidy = " ".join(storable(name).split())
    if not tidy:
        raise ValueError("a search without a name")
    return tidy
