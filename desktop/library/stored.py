"""What the other files of the library share: text as SQLite can hold it, and rows by id."""

from __future__ import annotations

import re
import sqlite3

from desktop.errors import Problem, ProblemKind

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_WORD = re.compile(r"\w+")


def storable(text: str) -> str:
    """Return the text with what SQLite cannot hold (NUL, lone surrogates) as U+FFFD: offsets stay."""
    return _NOT_STORABLE.sub("�", text)


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def identifier(con: sqlite3.Connection, table: str, uuid: str, missing: ProblemKind) -> int:
    """Return the number of the row with this UUID. Raises Problem `missing`."""
    found = con.execute(f"SELECT id FROM {table} WHERE uuid = ?", (uuid,)).fetchone()
    if found is None:
        raise Problem(missing, uuid)
    return int(found[0])
