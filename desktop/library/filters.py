"""Which articles a condition on their details holds for: the answers that need no index of words.

All functions return rows of articles that are not in the trash.
"""

from __future__ import annotations

import sqlite3

from desktop.library.name_forms import normal, normal_all
from desktop.library.stored import row_list

_DETAILS = {"source": "source", "author": "author", "file": "path"}
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum() and code != 10)
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
    if detail == "file":
        return _in_files(con, asked, whole, prefix)
    # Few different sources and authors exist; comparing them here keeps the folding in one place.
    matching = [
        stored
        for (stored,) in con.execute(f"SELECT DISTINCT {column} FROM article WHERE {column} IS NOT NULL")
        if _agrees(normal(stored), asked, whole, prefix)
    ]
    found: set[int] = set()
    for stored in matching:
        found |= _rows(con, f"{column} = ?", stored)
    return found


def values_of(con: sqlite3.Connection, detail: str, prefix: str, limit: int) -> list[str]:
    """Return the sources ("source") or authors ("author") that begin so, or have a word that does.

    Those of most articles come first.
    """
    column, asked = _DETAILS[detail], normal(prefix) if prefix.strip() else ""
    known = con.execute(
        f"SELECT {column} FROM article WHERE trashed_at IS NULL AND {column} IS NOT NULL"
        f" GROUP BY {column} ORDER BY count(*) DESC, {column}"
    )
    found = [value for (value,) in known if f" {asked}" in f" {normal(value)}"]
    return sorted(found, key=lambda value: not normal(value).startswith(asked))[:limit]


def _in_files(con: sqlite3.Connection, asked: str, whole: bool, prefix: bool) -> set[int]:
    """Compare the names of all files: there are as many as articles, so the quick questions come first.

    What `normal` leaves of an ASCII name has its letters and digits in the same order, and those that stood
    side by side still do.
    """
    rows, paths = con.execute(
        "SELECT group_concat(id), group_concat(replace(path, char(10), ' '), char(10)) FROM article"
        " WHERE trashed_at IS NULL AND path IS NOT NULL"
    ).fetchone()
    if rows is None:
        return set()
    numbers = rows.split(",")
    names = [path.rpartition("/")[2] for path in paths.replace("\\", "/").split("\n")]
    raw = "\n".join(names).encode("utf-8", "surrogatepass").lower()
    lines, bare = raw.split(b"\n"), raw.translate(None, _NO_LETTERS).split(b"\n")
    letters, wanted = asked.replace(" ", "").encode(), asked.encode()
    is_plain = asked.isalnum() and asked.isascii() and not whole and not prefix
    sure = {place for place, line in enumerate(lines) if wanted in line} if is_plain else set()
    unsure = [
        place
        for place, line in enumerate(bare)
        if place not in sure and (letters in line or not line or not line.isascii())
    ]
    folded = normal_all([names[place] for place in unsure])
    agreed = {
        place for place, name in zip(unsure, folded, strict=True) if _agrees(name, asked, whole, prefix)
    }
    return {int(numbers[place]) for place in sure | agreed}


def _agrees(stored: str, asked: str, whole: bool, prefix: bool) -> bool:
    if whole:
        return stored == asked
    return stored.startswith(asked) if prefix else asked in stored


def _rows(con: sqlite3.Connection, condition: str, *values: object) -> set[int]:
    return set(
        row_list(con, f"SELECT id AS row FROM article WHERE trashed_at IS NULL AND {condition}", values)
    )
