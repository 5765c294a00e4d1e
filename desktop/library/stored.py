"""What the other files of the library share: text as SQLite can hold it, and rows by id."""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Mapping, Sequence

from desktop.errors import Problem, ProblemKind

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_PARSED = 50_000  # characters of an answer that are read without letting the window go first
_WORD = re.compile(r"\w+")


def storable(text: str) -> str:
    """Return the text with what SQLite cannot hold (NUL, lone surrogates) as U+FFFD: offsets stay."""
    return _NOT_STORABLE.sub("�", text)


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def row_set(
    con: sqlite3.Connection, query: str, values: Sequence[object] | Mapping[str, object] = ()
) -> set[int]:
    """Return the numbers that a query gives in its column "row"; one value for all is three times faster."""
    found = con.execute(f"SELECT json_group_array(row) FROM ({query})", values).fetchone()[0]
    return set(json.loads(found))


def row_list(con: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> list[int]:
    """Return the numbers that a query gives in its column "row", in its order."""
    # SQLite keeps the order of a subquery for an aggregate that depends on it.
    found = con.execute(f"SELECT json_group_array(row) FROM ({query})", values).fetchone()[0]
    return list(json.loads(found))


def numbers(answer: str) -> array[int]:
    """Read a JSON list of numbers in pieces: whoever waits for the interpreter gets it in between."""
    found = array("q")
    start, end = 1, len(answer) - 1
    while start < end:
        stop = min(start + _PARSED, end)
        if stop < end:
            stop = answer.rindex(",", start, stop)
        found.extend(map(int, answer[start:stop].split(",")))
        start = stop + 1
    return found


def trashed_rows(con: sqlite3.Connection) -> set[int]:
    """Return the rows of articles in the trash: few, and to be taken out of answers at the end."""
    return row_set(con, "SELECT id AS row FROM article WHERE trashed_at IS NOT NULL")


def identifier(con: sqlite3.Connection, table: str, uuid: str, missing: ProblemKind) -> int:
    """Return the number of the row with this UUID. Raises Problem `missing`."""
    found = con.execute(f"SELECT id FROM {table} WHERE uuid = ?", (uuid,)).fetchone()
    if found is None:
        raise Problem(missing, uuid)
    return int(found[0])
