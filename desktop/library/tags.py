"""The tags of a library as one list, and what holds for a tag wherever it is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop.library.annotations import folded
from desktop.library.stored import storable


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with the number of articles and notes it is on, those in the trash left out."""

    name: str
    articles: int
    notes: int


def listed(con: sqlite3.Connection) -> list[Tag]:
    """Return the tags that are on something, by name."""
    found = con.execute(
        "SELECT t.name,"
        " (SELECT count(*) FROM article_tag x JOIN article a ON a.id = x.article_id"
        "  WHERE x.tag_id = t.id AND a.trashed_at IS NULL) AS articles,"
        " (SELECT count(*) FROM annotation_tag x JOIN annotation n ON n.id = x.annotation_id"
        "  JOIN article a ON a.id = n.article_id"
        "  WHERE x.tag_id = t.id AND n.deleted_at IS NULL AND a.trashed_at IS NULL) AS notes"
        " FROM tag t ORDER BY t.folded"
    )
    tags = [Tag(row["name"], row["articles"], row["notes"]) for row in found]
    return [tag for tag in tags if tag.articles or tag.notes]


def rename(con: sqlite3.Connection, name: str, new: str) -> None:
    """Call a tag otherwise, everywhere; where a tag is called so already, the two become that one.

    Nothing happens where there is no such tag. Raises ValueError for an empty name.
    """
    new = " ".join(storable(new).strip().lstrip("#").split())
    if not new:
        raise ValueError("a tag without a name")
    number, other = _number(con, name), _number(con, new)
    if number is None:
        return
    if other is None or other == number:
        con.execute("UPDATE tag SET name = ?, folded = ? WHERE id = ?", (new, folded(new), number))
        return
    for table in ("article", "annotation"):
        con.execute(
            f"INSERT INTO {table}_tag({table}_id, tag_id) SELECT {table}_id, ? FROM {table}_tag"
            " WHERE tag_id = ? ON CONFLICT DO NOTHING",
            (other, number),
        )
    _forget(con, number)


def delete(con: sqlite3.Connection, name: str) -> None:
    """Take a tag off everything; nothing happens where there is no such tag."""
    number = _number(con, name)
    if number is not None:
        _forget(con, number)


def _number(con: sqlite3.Connection, name: str) -> int | None:
    found = con.execute("SELECT id FROM tag WHERE folded = ?", (folded(name.lstrip("#")),)).fetchone()
    return None if found is None else int(found[0])


def _forget(con: sqlite3.Connection, number: int) -> None:
    for table in ("article_tag", "annotation_tag"):
        con.execute(f"DELETE FROM {table} WHERE tag_id = ?", (number,))
    con.execute("DELETE FROM tag WHERE id = ?", (number,))
