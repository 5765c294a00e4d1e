"""Articles with nearly one text, as when several papers print an agency's: kept apart, and linked.

A text is known by a sketch: a few numbers that stand for sequences of its words. Texts that share some of
them may be copies; whether they are, `extraction.near_copies` says by the texts themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from desktop.library.articles import by_rows
from desktop.model import Article

_COMMON = 60  # articles that share a number: then it stands for words that are in all of some source's
_CANDIDATES = 12  # texts that are compared
_SHARED = 2  # numbers two sketches have at least in common


def sketch(con: sqlite3.Connection, row: int, hashes: Sequence[int], stamp: str) -> list[int]:
    """Keep the sketch of an article's current text; return the rows that may be copies, likely ones first."""
    con.execute("DELETE FROM sketch WHERE article_id = ?", (row,))
    con.execute("DELETE FROM near_copy WHERE article_id = ?", (row,))
    con.execute(
        "INSERT INTO sketch(article_id, version_id, stamp, hashes) SELECT id, version_id, ?, ? FROM article"
        " WHERE id = ?",
        (stamp, json.dumps(list(hashes)), row),
    )
    shared: Counter[int] = Counter()
    for number in hashes:
        found = con.execute(
            "SELECT article_id FROM shingle WHERE hash = ? AND article_id <> ? LIMIT ?",
            (number, row, _COMMON),
        ).fetchall()
        if len(found) < _COMMON:
            shared.update(other for (other,) in found)
    return [other for other, count in shared.most_common(_CANDIDATES) if count >= _SHARED]


def without_sketch(con: sqlite3.Connection, stamp: str, limit: int) -> list[int]:
    """Return rows whose current text has no sketch of this stamp, newest articles first."""
    found = con.execute(
        "SELECT a.id FROM article a LEFT JOIN sketch s ON s.article_id = a.id AND s.version_id = a.version_id"
        " AND s.stamp = ? WHERE s.article_id IS NULL ORDER BY a.id DESC LIMIT ?",
        (stamp, limit),
    )
    return [row for (row,) in found]


def link(con: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Put articles in one group, together with the groups they are in already."""
    asked = json.dumps(sorted(set(rows)))
    groups = [
        number
        for (number,) in con.execute(
            "SELECT DISTINCT group_id FROM near_copy WHERE article_id IN (SELECT value FROM json_each(?))",
            (asked,),
        )
    ]
    number = min(groups, default=min(json.loads(asked)))
    if len(groups) > 1:
        con.execute(
            "UPDATE near_copy SET group_id = ? WHERE group_id IN (SELECT value FROM json_each(?))",
            (number, json.dumps(groups)),
        )
    con.execute(
        "INSERT INTO near_copy(article_id, group_id) SELECT j.value, ? FROM json_each(?) j"
        " JOIN article a ON a.id = j.value WHERE true ON CONFLICT(article_id) DO NOTHING",
        (number, asked),
    )


def others(con: sqlite3.Connection, row: int) -> list[Article]:
    """Return the copies of an article that are not in the trash, by date."""
    found = con.execute(
        "SELECT o.article_id FROM near_copy n JOIN near_copy o ON o.group_id = n.group_id"
        " JOIN article a ON a.id = o.article_id"
        " WHERE n.article_id = ?1 AND o.article_id <> ?1 AND a.trashed_at IS NULL ORDER BY a.sort_day, a.id",
        (row,),
    )
    return by_rows(con, [other for (other,) in found])


def groups_of(con: sqlite3.Connection, rows: Collection[int]) -> dict[int, int]:
    """Return the group of each of these rows that has copies."""
    wanted = rows if isinstance(rows, set | frozenset) else set(rows)
    found = con.execute("SELECT article_id, group_id FROM near_copy").fetchall()
    return {row: group for row, group in found if row in wanted}
