"""Saving what can be read of a damaged library into a new database, as a backup to be restored."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.library import actors, amount_sums, changes, migrations
from desktop.library.backup import locked, mark_as_copy, remove_database, sync, verify
from desktop.library.check import misplaced_annotations, misplaced_mentions
from desktop.library.connection import BACKUPS, DATABASE, as_problem, connect
from desktop.library.stored import word_count
from desktop.library.times import file_stamp, now
from desktop.model import AnchorState, BlockKind
from desktop.progress import Progress, SilentProgress

_NONE, _ALL = -1, -2
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
            con.execute("BEGIN")
            self._copy_tables(con)
            self._give_stand_ins(con)
            self._drop_lost(con)
            self._check_texts(con)
            actors.recount(con)
            if version >= amount_sums.SINCE:
                amount_sums.recount(con)
            changes.note_all(con, [row for (row,) in con.execute("SELECT id FROM article")])
            con.execute("COMMIT")
            mark_as_copy(con)
        return self._found

    def _copy_tables(self, con: sqlite3.Connection) -> None:
        tables = con.execute(
            "SELECT name, sql LIKE '%WITHOUT ROWID' AS without_rowid FROM sqlite_schema"
            " WHERE type = 'table' AND name <> 'history_open' ORDER BY name = 'sqlite_sequence'"
        ).fetchall()
        for done, (table, without_rowid) in enumerate(tables):
            self._progress.step(done, len(tables), table)
            con.execute(f"DELETE FROM {table}")
            lost = _Copying(self._damaged, con, table, bool(without_rowid)).run()
            if lost:
                self._found.append(f"{table}: {lost if lost > 0 else 'some'} rows lost")
                if table in _FOUND_AGAIN:
                    con.execute("UPDATE text_version SET extracted_by = NULL")

    def _give_stand_ins(self, con: sqlite3.Connection) -> None:
        for row, article_text in con.execute(
            "SELECT x.id, (SELECT v.text FROM text_version v WHERE v.article_id = x.id ORDER BY number DESC)"
            " FROM (SELECT article_id AS id FROM text_version UNION SELECT article_id FROM annotation) x"
            " WHERE x.id NOT IN (SELECT id FROM article)"
        ).fetchall():
            title = (article_text or "?").split("\n", 1)[0]
            con.execute(
                "INSERT INTO article(id, uuid, title, words, added_at, sort_day)"
                " VALUES(?1, ?2, ?3, ?4, ?5, substr(?5, 1, 10))",
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


class _Copying:
    """Copies what can be read of one table, row by row."""

    def __init__(self, damaged: Path, con: sqlite3.Connection, table: str, without_rowid: bool) -> None:
        self._damaged, self._con, self._table = damaged, con, table
        columns = con.execute(f"PRAGMA table_info({table})").fetchall()
        self._names = ", ".join(column["name"] for column in columns)
        self._number = "NULL" if without_rowid else "rowid"
        self._keys = [column["name"] for column in columns if column["pk"]] if without_rowid else ["rowid"]
        places = ", ".join("?" * len(columns))
        self._insert = f"INSERT OR IGNORE INTO {table}({self._names}) VALUES({places})"

    def run(self) -> int:
        """Copy; return how many rows are lost, -1 for an unknown number.

        Where there is damage, from both ends up to it, then what lies between, by halves.
        """
        first = self._copy(f"ORDER BY {', '.join(self._keys)}")
        if first != _ALL:
            last = self._copy(f"ORDER BY {', '.join(f'{key} DESC' for key in self._keys)}")
            gaps = [(first + 1, last - 1)] if _NONE not in (first, last) else []
            while gaps:
                low, high = gaps.pop()
                where = f"WHERE rowid BETWEEN {low} AND {high} ORDER BY rowid"
                if low <= high and self._copy(where) != _ALL and low < high:
                    middle = (low + high) // 2
                    gaps += [(low, middle), (middle + 1, high)]
        copied = self._con.execute(f"SELECT count(*) FROM {self._table}").fetchone()[0]
        try:
            with closing(self._open()) as old:
                there = old.execute(f"SELECT count(*) FROM {self._table} NOT INDEXED").fetchone()[0]
        except sqlite3.DatabaseError:
            return -1
        return int(there - copied)

    def _copy(self, rest: str) -> int:
        """Return the number of the last row that was copied, _NONE if none (has one), _ALL without damage."""
        last = _NONE
        try:
            with closing(self._open()) as old:  # one that met with damage may refuse everything
                query = f"SELECT {self._number}, {self._names} FROM {self._table} NOT INDEXED {rest}"
                for number, *values in old.execute(query):
                    last = _NONE if number is None else number
                    with contextlib.suppress(sqlite3.IntegrityError):  # a row that cannot be
                        self._con.execute(self._insert, values)
        except sqlite3.DatabaseError:
            return last
        return _ALL

    def _open(self) -> sqlite3.Connection:
        old = connect(self._damaged)
        old.text_factory = lambda text: text.decode(errors="replace")
        return old
