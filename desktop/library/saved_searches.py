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
    """A query and what the reader calls it. seen: the newest article there was when it was last looked at."""

    id: SavedSearchId
    name: str
    query: str
    seen: int = 0


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
    """Return all of them in the reader's order."""
    found = con.execute("SELECT uuid, name, query, seen_row FROM saved_search ORDER BY place, id")
    return [SavedSearch(SavedSearchId(uuid), name, query, seen) for uuid, name, query, seen in found]


def save(con: sqlite3.Connection, name: str, query: str) -> SavedSearchId:
    """Keep a query under a name, last in the list; one that is called so already gets this query instead.

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
        "INSERT INTO saved_search(uuid, name, query, created_at, place, seen_row) SELECT ?, ?, ?, ?,"
        " (SELECT coalesce(max(place) + 1, 0) FROM saved_search), (SELECT coalesce(max(id), 0) FROM article)",
        (new, name, query, now()),
    )
    return new


def rename(con: sqlite3.Connection, search: SavedSearchId, name: str) -> None:
    """Call a search otherwise; nothing happens where it is gone. Raises ValueError for an empty name."""
    con.execute("UPDATE saved_search SET name = ? WHERE uuid = ?", (_tidy(name), search))


def move(con: sqlite3.Connection, search: SavedSearchId, place: int) -> None:
    """Put a search at a place of the list, counted from 0; nothing happens where it is gone."""
    order = [one.id for one in listed(con)]
    if search not in order:
        return
    order.remove(search)
    order.insert(max(place, 0), search)
    for number, one in enumerate(order):
        con.execute("UPDATE saved_search SET place = ? WHERE uuid = ? AND place <> ?", (number, one, number))


def mark_seen(con: sqlite3.Connection, search: SavedSearchId) -> None:
    """Note that a search is looked at now: what comes later is new."""
    con.execute(
        "UPDATE saved_search SET seen_row = (SELECT coalesce(max(id), 0) FROM article) WHERE uuid = ?",
        (search,),
    )


def delete(con: sqlite3.Connection, search: SavedSearchId) -> None:
    """Forget a search; nothing happens where it is gone."""
    con.execute("DELETE FROM saved_search WHERE uuid = ?", (search,))


def _tidy(name: str) -> str:
    tidy = " ".join(storable(name).split())
    if not tidy:
        raise ValueError("a search without a name")
    return tidy
