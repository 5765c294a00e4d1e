"""Collections: articles that the reader keeps together under a name. They are the library's own."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from desktop.library.name_forms import normal
from desktop.library.stored import row_set, storable
from desktop.library.times import now

CollectionId = NewType("CollectionId", str)


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection and how many articles are in it, those in the trash left out."""

    id: CollectionId
    name: str
    articles: int


def add_tables(con: sqlite3.Connection) -> None:
    """Migrate: make the tables, and an index by which all notes can be listed.

    What stands here is never changed.
    """
    con.execute(
        "CREATE TABLE collection("
        " id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " folded TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL) STRICT"
    )
    con.execute(
        "CREATE TABLE collection_article("
        " id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,"
        " article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,"
        " UNIQUE(collection_id, article_id)) STRICT"
    )
    con.execute("CREATE INDEX collection_article_article ON collection_article(article_id)")
    con.execute(
        "CREATE INDEX annotation_listed ON annotation(article_id, start, made_start, end, colour, state,"
        " created_at, modified_at, deleted_at) WHERE deleted_at IS NULL"
    )


# End of the migration


def listed(con: sqlite3.Connection) -> list[Collection]:
    """Return all of them by name, without regard to case."""
    found = con.execute(
        "SELECT c.uuid, c.name, count(a.id) AS articles FROM collection c"
        " LEFT JOIN collection_article x ON x.collection_id = c.id"
        " LEFT JOIN article a ON a.id = x.article_id AND a.trashed_at IS NULL GROUP BY c.id ORDER BY c.folded"
    )
    return [Collection(CollectionId(row["uuid"]), row["name"], row["articles"]) for row in found]


def holding(con: sqlite3.Connection, rows: Iterable[int]) -> dict[CollectionId, int]:
    """Return the collections that some of these articles are in, and how many of them."""
    found = con.execute(
        "SELECT c.uuid, count(*) FROM json_each(?) j JOIN collection_article x ON x.article_id = j.value"
        " JOIN collection c ON c.id = x.collection_id GROUP BY c.id",
        (json.dumps(list(rows)),),
    )
    return {CollectionId(one): number for one, number in found}


def counts(con: sqlite3.Connection, rows: Iterable[int]) -> dict[str, int]:
    """Count articles by the name of the collections they are in."""
    wanted = set(rows)
    found: dict[str, int] = {}
    for name, row in con.execute(
        "SELECT c.name, x.article_id FROM collection c JOIN collection_article x ON x.collection_id = c.id"
    ):
        if row in wanted:
            found[name] = found.get(name, 0) + 1
    return found


def rows_in(con: sqlite3.Connection, name: str, *, whole: bool, prefix: bool) -> set[int]:
    """Return the articles in the collections whose name is so, begins so, or else has these words."""
    asked = normal(name)
    known = {row["id"]: normal(row["name"]) for row in con.execute("SELECT id, name FROM collection")}
    wanted = [number for number, one in known.items() if one == asked]
    if prefix:
        wanted = [number for number, one in known.items() if one.startswith(asked)]
    elif not wanted and not whole:
        wanted = [number for number, one in known.items() if f" {asked} " in f" {one} "]
    return row_set(
        con,
        "SELECT x.article_id AS row FROM collection_article x JOIN article a ON a.id = x.article_id"
        " WHERE a.trashed_at IS NULL AND x.collection_id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )


def make(con: sqlite3.Connection, name: str) -> CollectionId:
    """Return the collection that is called so; it is made where there is none. ValueError for no name."""
    name = tidy(name)
    known = con.execute("SELECT uuid FROM collection WHERE folded = ?", (name.casefold(),)).fetchone()
    if known is not None:
        return CollectionId(known[0])
    new = CollectionId(str(uuid.uuid4()))
    con.execute(
        "INSERT INTO collection(uuid, name, folded, created_at) VALUES(?, ?, ?, ?)",
        (new, name, name.casefold(), now()),
    )
    return new


def put_in(con: sqlite3.Connection, collection: CollectionId, rows: Sequence[int]) -> None:
    """Put articles in a collection; those that are in it stay, and nothing happens where it is gone."""
    con.execute(
        "INSERT INTO collection_article(collection_id, article_id) SELECT c.id, a.id FROM json_each(?2) j"
        " JOIN article a ON a.id = j.value JOIN collection c ON c.uuid = ?1 WHERE true"
        " ON CONFLICT DO NOTHING",
        (collection, json.dumps(list(rows))),
    )


def take_out(con: sqlite3.Connection, collection: CollectionId, rows: Sequence[int]) -> None:
    """Take articles out of a collection; they stay in the library."""
    con.execute(
        "DELETE FROM collection_article WHERE collection_id = (SELECT id FROM collection WHERE uuid = ?1)"
        " AND article_id IN (SELECT value FROM json_each(?2))",
        (collection, json.dumps(list(rows))),
    )


def rename(con: sqlite3.Connection, collection: CollectionId, name: str) -> None:
    """Call a collection otherwise; one that is called so already takes its articles.

    Nothing happens where it is gone. Raises ValueError for an empty name.
    """
    name = tidy(name)
    other = con.execute(
        "SELECT uuid FROM collection WHERE folded = ? AND uuid <> ?", (name.casefold(), collection)
    ).fetchone()
    if other is None:
        con.execute(
            "UPDATE collection SET name = ?, folded = ? WHERE uuid = ?", (name, name.casefold(), collection)
        )
        return
    put_in(con, CollectionId(other[0]), [row for (row,) in _within(con, collection)])
    delete(con, collection)


def delete(con: sqlite3.Connection, collection: CollectionId) -> None:
    """Forget a collection; its articles stay in the library."""
    take_out(con, collection, [row for (row,) in _within(con, collection)])
    con.execute("DELETE FROM collection WHERE uuid = ?", (collection,))


def _within(con: sqlite3.Connection, collection: CollectionId) -> list[sqlite3.Row]:
    return con.execute(
        "SELECT x.article_id FROM collection_article x JOIN collection c ON c.id = x.collection_id"
        " WHERE c.uuid = ?",
        (collection,),
    ).fetchall()


def tidy(name: str) -> str:
    """Return a name as it is stored. Raises ValueError for an empty one."""
    found = " ".join(storable(name).split())
    if not found:
        raise ValueError("a collection without a name")
    return found
