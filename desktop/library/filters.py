"""Which articles a condition on their details holds for: the answers that need no index of words.

All functions return rows of articles that are not in the trash.
"""

from __future__ import annotations

import sqlite3

from desktop.library.actors import normal

_DETAILS = {"source": "source", "author": "author", "file": "path"}
_STATES = {
    "unread": "read_at IS NULL",
    "read": "read_at IS NOT NULL",
    "starred": "starred",
    "annotated": "id IN (SELECT article_id FROM annotation WHERE deleted_at IS NULL)",
}


def everything(con: sqlite3.Connection) -> set[int]:
    """Return all rows."""
    return _rows(con, "1")


def in_language(con: sqlite3.Connection, lang: str) -> set[int]:
    """Return the articles in a language (nl, en, fr, de)."""
    return _rows(con, "lang = ?", lang)


def in_state(con: sqlite3.Connection, state: str) -> set[int]:
    """Return the articles that are unread, read, starred or annotated. Raises KeyError for another state."""
    return _rows(con, _STATES[state])


def with_detail(con: sqlite3.Connection, detail: str, value: str, *, whole: bool, prefix: bool) -> set[int]:
    """Return the articles whose source, author or file contains a text, is it, or begins with it.

    Case, accents and punctuation do not matter. detail: "source", "author" or "file" (of a file only its
    name is compared). Raises KeyError for another detail.
    """
    column = _DETAILS[detail]
    asked = normal(value)
    # Few different sources and authors exist; comparing them here keeps the folding in one place.
    matching = [
        stored
        for (stored,) in con.execute(f"SELECT DISTINCT {column} FROM article WHERE {column} IS NOT NULL")
        if _agrees(normal(_name(stored) if detail == "file" else stored), asked, whole, prefix)
    ]
    found: set[int] = set()
    for stored in matching:
        found |= _rows(con, f"{column} = ?", stored)
    return found


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _agrees(stored: str, asked: str, whole: bool, prefix: bool) -> bool:
    if whole:
        return stored == asked
    return stored.startswith(asked) if prefix else asked in stored


def _rows(con: sqlite3.Connection, condition: str, *values: object) -> set[int]:
    found = con.execute(f"SELECT id FROM article WHERE trashed_at IS NULL AND {condition}", values)
    return {row for (row,) in found}
