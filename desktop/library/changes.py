"""The log of changed articles that the full-text index follows.

It keeps the last change of each article only, so it never grows beyond the number of articles; a follower
that has seen change n asks for what came after n. Purged articles stay in it, to be deleted by followers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from desktop.library.times import now


def note(con: sqlite3.Connection, row: int) -> None:
    """Log that what is searched of the article changed: its text, title, details, or its being there."""
    note_all(con, (row,))


def note_all(con: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Log that for several articles."""
    at = now()
    con.executemany("INSERT OR REPLACE INTO change(article_id, at) VALUES(?, ?)", ((row, at) for row in rows))


def since(con: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, int]]:
    """Return (number of the change, article row) of the changes after number `after`, oldest first."""
    found = con.execute("SELECT id, article_id FROM change WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
    return [(number, row) for number, row in found]


def newest(con: sqlite3.Connection) -> int:
    """Return the number of the last change, 0 if there was none."""
    return int(con.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])
