"""Finding damage in a library; `repair` deals with it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.library import amount_sums
from desktop.library.connection import connect
from desktop.model import AnchorState
from desktop.progress import Progress, SilentProgress

if TYPE_CHECKING:
    from desktop.library.database import Library


def check(library: Library, progress: Progress | None = None) -> list[str]:
    """Return what is wrong with a library, nothing if all is well; reads all of it and changes nothing.

    Looked at: the database's own integrity, rows that point nowhere, the hash of each text, and that each
    mention and each anchored annotation stands where it says. Raises Cancelled.
    """
    with closing(connect(library.database)) as con:
        con.execute("PRAGMA query_only = ON")
        try:
            return list(findings(con, progress))
        except sqlite3.DatabaseError as error:
            return [str(error)]


def findings(con: sqlite3.Connection, progress: Progress | None = None) -> Iterator[str]:
    """Yield what `check` returns, of an open database. Raises sqlite3.DatabaseError where it cannot go on."""
    yield from (str(row[0]) for row in con.execute("PRAGMA integrity_check") if row[0] != "ok")
    for row in con.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} {row[1]}: its {row[2]} does not exist"
    for form, stored, counted in con.execute(
        "SELECT n.text, n.mentions, coalesce((SELECT sum(f.mentions) FROM article_form f JOIN article a"
        " ON a.id = f.article_id AND a.trashed_at IS NULL WHERE f.form_id = n.id), 0) AS counted"
        " FROM name_form n WHERE n.mentions <> counted"
    ):
        yield f"name {form}: {stored} mentions, not {counted}"
    yield from amount_sums.wrong(con)
    total = con.execute("SELECT count(*) FROM text_version").fetchone()[0]
    versions = con.execute(
        "SELECT v.*, a.uuid, a.version_id = v.id AS is_current FROM text_version v"
        " LEFT JOIN article a ON a.id = v.article_id"
    )
    for done, version in enumerate(versions):
        (progress or SilentProgress()).step(done, total)
        yield from _wrong_with_text(con, version)


def _wrong_with_text(con: sqlite3.Connection, version: sqlite3.Row) -> Iterator[str]:
    article, text = version["uuid"], version["text"]
    if hashlib.sha256(text.encode()).hexdigest() != version["hash"]:
        yield f"article {article}: version {version['number']} is not the text that was imported"
    if not version["is_current"]:
        return
    for number, start in misplaced_mentions(con, version["article_id"], text):
        yield f"article {article}: mention {number} does not stand at {start}"
    for number, start in misplaced_annotations(con, version["article_id"], text):
        yield f"article {article}: annotation {number} does not stand at {start}"


def misplaced_mentions(con: sqlite3.Connection, row: int, text: str) -> list[tuple[int, int]]:
    """Return (number, start) of the mentions of an article that do not stand in its text where they say."""
    found = con.execute("SELECT id, start, end, text FROM mention WHERE article_id = ?", (row,))
    return [(number, start) for number, start, end, marked in found if text[start:end] != marked]


def misplaced_annotations(con: sqlite3.Connection, row: int, text: str) -> list[tuple[int, int]]:
    """Return (number, start) of the annotations that are anchored elsewhere than they say."""
    found = con.execute(
        "SELECT id, start, end, exact FROM annotation"
        " WHERE article_id = ? AND state = ? AND start IS NOT NULL AND deleted_at IS NULL",
        (row, AnchorState.ANCHORED),
    )
    return [(number, start) for number, start, end, exact in found if text[start:end] != exact]
