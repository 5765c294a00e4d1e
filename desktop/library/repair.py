"""Saving what can be read of a damaged library into a new database, as a backup to be restored."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.library import changes, migrations
from desktop.library.backup import locked, mark_as_copy, remove_database, sync, verify
from desktop.library.check import misplaced_annotations, misplaced_mentions
from desktop.library.connection import BACKUPS, DATABASE, as_problem, connect
from desktop.library.stored import word_count
from desktop.library.times import file_stamp, now
from desktop.model import AnchorState, BlockKind
from desktop.progress import Progress, SilentProgress

_FOUND_AGAIN = {"mention", "amount", "period", "name_form", "article_form", "name_key"}


def repair(folder: Path, progress: Progress | None = None) -> tuple[Path, list[str]]:
    """Make a repaired copy of the library in `folder`, which must not be open; it is itself left alone.

    What can be read of each table goes into a new database. An article that lost its text, or a text that
    lost its article, gets a stand-in, so that no annotation is lost; mentions are found again later. Returns
    the copy, for `backup.restore`, and what is different in it.
    Raises Problem: NOT_FOUND; LIBRARY_DAMAGED when not even the list of tables can be read; LIBRARY_IN_USE,
    LIBRARY_TOO_NEW, NOT_WRITABLE, DISK_FULL; Cancelled.
    """
    if not (folder / DATABASE).is_file():
        raise Problem(ProblemKind.NOT_FOUND, folder / DATABASE)
    target = folder / BACKUPS / f"repaired-{file_stamp()}.sqlite3"
    work, new = target.with_suffix(".damaged"), target.with_suffix(".partial")
    try:
        target.parent.mkdir(exist_ok=True)
        with locked(folder):
            for end in ("", "-wal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(folder / f"{DATABASE}{end}", work.with_name(work.name + end))
        found = _Repair(work, new, progress or SilentProgress()).run()
        sync(new)
        if wrong := verify(new):
            raise Problem(ProblemKind.LIBRARY_DAMAGED, folder / DATABASE, wrong[0])
        new.replace(target)
        sync(target.parent)
        return target, found
    except (OSError, sqlite3.Error) as error:
        raise as_problem(error, folder / DATABASE) or error from error
    finally:
        remove_database(work)
        remove_database(new)


class _Repair:
    """One run: `damaged` is read, `new` is made; `found` tells what differs."""

    def __init__(self, damaged: Path, new: Path, progress: Progress) -> None:
        self._damaged, self._new, self._progress = damaged, new, progress
        self._found: list[str] = []

    def run(self) -> list[str]:
        with closing(connect(self._damaged)) as old:
            version = migrations.version(old)
            known = migrations.MIGRATIONS[:version]
        if not version or version > len(known):
            kind = ProblemKind.LIBRARY_TOO_NEW if version else ProblemKind.LIBRARY_DAMAGED
            raise Problem(kind, self._damaged, str(version))
        with closing(connect(self._new)) as con:
            con.execute("PRAGMA synchronous = OFF")  # synced as a whole at the end
            migrations.migrate(con, lambda _: None, __version__, migrations=known)
            con.execute("PRAGMA foreign_keys = OFF")
            con.execute("ATTACH ? AS damaged", (str(self._damaged),))
            con.execute("BEGIN")
            self._copy_tables(con)
            self._give_stand_ins(con)
            self._drop_lost(con)
            self._check_texts(con)
            changes.note_all(con, [row for (row,) in con.execute("SELECT id FROM article")])
            con.execute("COMMIT")
            mark_as_copy(con)
        return self._found

    def _copy_tables(self, con: sqlite3.Connection) -> None:
        query = "SELECT name, sql LIKE '%WITHOUT ROWID' FROM main.sqlite_schema WHERE type = 'table'"
        tables = con.execute(
            f"{query} AND name NOT LIKE 'sqlite_%' ORDER BY name = 'history_open'"
        ).fetchall()
        for done, (table, without_rowid) in enumerate(tables):
            self._progress.step(done, len(tables), table)
            if table == "history_open":
                continue
            con.execute(f"DELETE FROM main.{table}")
            lost = _copy_table(con, table, bool(without_rowid))
            if lost:
                self._found.append(f"{table}: {lost if lost > 0 else 'some'} rows lost")
                if table in _FOUND_AGAIN:
                    con.execute("UPDATE text_version SET extracted_by = NULL")
        with contextlib.suppress(sqlite3.DatabaseError):
            con.execute(
                "UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((SELECT d.seq FROM"
                " damaged.sqlite_sequence d WHERE d.name = sqlite_sequence.name), 0))"
            )

    def _give_stand_ins(self, con: sqlite3.Connection) -> None:
        for row, article_text in con.execute(
            "SELECT x.id, (SELECT v.text FROM text_version v WHERE v.article_id = x.id ORDER BY number DESC)"
            " FROM (SELECT article_id AS id FROM text_version UNION SELECT article_id FROM annotation) x"
            " WHERE x.id NOT IN (SELECT id FROM article)"
        ).fetchall():
            title = (article_text or "?").split("\n", 1)[0]
            con.execute(
                "INSERT INTO article(id, uuid, title, words, added_at) VALUES(?, ?, ?, ?, ?)",
                (row, str(uuid.uuid4()), title, word_count(article_text or ""), now()),
            )
            self._found.append(f"article {row}: only its text or notes are left ({title})")
        con.execute(
            "UPDATE article SET version_id = (SELECT v.id FROM text_version v WHERE v.article_id = article.id"
            " ORDER BY number DESC)"
            " WHERE version_id IS NULL OR version_id NOT IN (SELECT id FROM text_version)"
        )
        without = con.execute("SELECT id, uuid, title FROM article WHERE version_id IS NULL").fetchall()
        for row, article, title in without:
            version = con.execute(
                "INSERT INTO text_version(article_id, number, hash, text, created_at) VALUES(?, 1, ?, ?, ?)"
                " RETURNING id",
                (row, _hash(title), title, now()),
            ).fetchone()[0]
            con.execute("INSERT INTO block VALUES(?, 0, ?, 0, ?, 0)", (version, BlockKind.TITLE, len(title)))
            con.execute("UPDATE article SET version_id = ? WHERE id = ?", (version, row))
            self._found.append(f"article {article}: its text is lost; the title stands for it")

    def _drop_lost(self, con: sqlite3.Connection) -> None:
        """Delete rows that point at rows that are not there, until none is left."""
        tables = [name for (name,) in con.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
        links = [(table, row) for table in tables for row in con.execute(f"PRAGMA foreign_key_list({table})")]
        dropped = True
        while dropped:
            dropped = False
            for table, link in links:
                column, parent, key = link["from"], link["table"], link["to"]
                gone = con.execute(
                    f"DELETE FROM {table} WHERE {column} IS NOT NULL"
                    f" AND {column} NOT IN (SELECT {key} FROM {parent})"
                ).rowcount
                if gone:
                    dropped = True
                    self._found.append(f"{table}: {gone} rows pointed nowhere")

    def _check_texts(self, con: sqlite3.Connection) -> None:
        versions = con.execute("SELECT id, article_id, hash FROM text_version").fetchall()
        for version, row, stored in versions:
            text = con.execute("SELECT text FROM text_version WHERE id = ?", (version,)).fetchone()[0]
            if _hash(text) != stored:
                con.execute("UPDATE text_version SET hash = ? WHERE id = ?", (_hash(text), version))
                self._found.append(f"version {version}: the text is not the one that was imported")
            if not con.execute("SELECT 1 FROM article WHERE version_id = ?", (version,)).fetchone():
                continue
            if misplaced_mentions(con, row, text):
                for table in ("mention", "amount", "period", "article_form"):
                    con.execute(f"DELETE FROM {table} WHERE article_id = ?", (row,))
                con.execute("UPDATE text_version SET extracted_by = NULL WHERE id = ?", (version,))
                self._found.append(f"article {row}: its mentions are to be found again")
            misplaced = [number for number, _ in misplaced_annotations(con, row, text)]
            con.execute(
                "UPDATE annotation SET state = ?, start = NULL, end = NULL"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (AnchorState.ORPHAN, json.dumps(misplaced)),
            )
            self._found += [f"annotation {number}: its passage is lost" for number in misplaced]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _copy_table(con: sqlite3.Connection, table: str, without_rowid: bool) -> int:
    """Copy what can be read of a table; return how many rows are lost, -1 for an unknown number."""
    try:
        columns = [row["name"] for row in con.execute(f"PRAGMA damaged.table_info({table})")]
        names = ", ".join(columns)
        con.execute("SAVEPOINT whole")
        try:
            con.execute(f"INSERT OR IGNORE INTO main.{table}({names}) SELECT {names} FROM damaged.{table}")
        except sqlite3.DatabaseError:
            con.execute("ROLLBACK TO whole")
            _copy_piecewise(con, table, names, "" if without_rowid else "rowid")
        finally:
            con.execute("RELEASE whole")
        there = con.execute(f"SELECT count(*) FROM damaged.{table} NOT INDEXED").fetchone()[0]
    except sqlite3.DatabaseError:
        return -1
    return int(there - con.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0])


def _copy_piecewise(con: sqlite3.Connection, table: str, names: str, rowid: str) -> None:
    """Copy rows from both ends up to the damage, then what lies between, by halves."""
    order = rowid or ", ".join(
        row["name"] for row in con.execute(f"PRAGMA main.table_info({table})") if row["pk"]
    )
    descending = ", ".join(f"{name} DESC" for name in order.split(", "))
    ends: list[int] = []
    for direction in (order, descending):
        ends.append(_copy_until_damage(con, table, names, f"ORDER BY {direction}", rowid or "NULL"))
    gaps = [(ends[0] + 1, ends[1] - 1)] if rowid and min(ends) >= 0 else []
    while gaps:
        low, high = gaps.pop()
        if low > high:
            continue
        where = f"WHERE rowid BETWEEN {low} AND {high} ORDER BY rowid"
        if _copy_until_damage(con, table, names, where, rowid) != -2 and low < high:
            middle = (low + high) // 2
            gaps += [(low, middle), (middle + 1, high)]


def _copy_until_damage(con: sqlite3.Connection, table: str, names: str, rest: str, number: str) -> int:
    """Return the number of the last row that was copied, -1 if there was none, -2 if there was no damage."""
    last, places = -1, ", ".join("?" * (names.count(",") + 1))
    rows: Iterator[sqlite3.Row] = con.execute(
        f"SELECT {number}, {names} FROM damaged.{table} NOT INDEXED {rest}"
    )
    try:
        for reached, *values in rows:
            con.execute(f"INSERT OR IGNORE INTO main.{table}({names}) VALUES({places})", values)
            last = reached if reached is not None else -1
    except sqlite3.DatabaseError:
        return last
    return -2
