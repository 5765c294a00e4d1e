"""What the names model found in the current texts: dear to find, so it is kept, and read by nobody else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from desktop.model import ArticleId, Mention, MentionKind, Source


def put(con: sqlite3.Connection, row: int, version: int, names: Sequence[Mention] | None, stamp: str) -> bool:
    """Keep the names of an article's text; False, and nothing is kept, when that is not the current one.

    version: the number of the version that was read. names: None = the model failed on it, and is not to try
    again. stamp: names the model.
    """
    rows = None if names is None else [[m.start, m.end, m.kind, m.confidence, m.rule] for m in names]
    kept = json.dumps(rows, ensure_ascii=False)
    done = con.execute(
        "INSERT INTO version_names SELECT v.id, ?, ? FROM article a"
        " JOIN text_version v ON v.id = a.version_id WHERE a.id = ? AND v.number = ?"
        " ON CONFLICT(version_id) DO UPDATE SET stamp = excluded.stamp, names = excluded.names",
        (stamp, kept, row, version),
    )
    return done.rowcount > 0


def of_row(con: sqlite3.Connection, row: int, stamp: str) -> list[Mention] | None:
    """Return the names that a model found in an article's current text; None = it has not, or failed."""
    found = con.execute(
        "SELECT n.names, v.text FROM article a JOIN version_names n ON n.version_id = a.version_id"
        " JOIN text_version v ON v.id = a.version_id WHERE a.id = ? AND n.stamp = ?",
        (row, stamp),
    ).fetchone()
    if found is None or found[0] == "null":
        return None
    names, text = json.loads(found[0]), found[1]
    return [
        Mention(start, end, text[start:end], MentionKind(kind), Source.MODEL, confidence, rule)
        for start, end, kind, confidence, rule in names
    ]


_WAITING = """
FROM article a WHERE a.trashed_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM version_names n WHERE n.version_id = a.version_id AND n.stamp = ?)
"""


def waiting(con: sqlite3.Connection, stamp: str, limit: int, first: ArticleId | None = None) -> list[int]:
    """Return articles whose texts this model has not read: `first` before the others, the newest of those."""
    rows = [row for (row,) in con.execute(f"SELECT a.id {_WAITING} AND a.uuid = ?", (stamp, first or ""))]
    newest = con.execute(
        f"SELECT a.id {_WAITING} ORDER BY a.sort_day DESC, a.id DESC LIMIT ?", (stamp, limit)
    )
    rows += (row for (row,) in newest if row not in rows)
    return rows[:limit]


def count_waiting(con: sqlite3.Connection, stamp: str) -> int:
    """Return how many articles `waiting` would give."""
    return int(con.execute(f"SELECT count(*) {_WAITING}", (stamp,)).fetchone()[0])
