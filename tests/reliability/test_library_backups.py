"""Backups are made, checked and kept, and never keep anybody from starting."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import articles, backup, migrations
from desktop.library.database import Library
from desktop.model import ImportedArticle

ROOT = Path(__file__).resolve().parents[2]


def add(title: str):
    return lambda con: articles.add(con, ImportedArticle(title, f"{title}\n\nBody.", ()))


def titles(library: Library) -> set[str]:
    return {article.title for article in articles.newest(library.reader(), 99)}


def damage(file: Path) -> None:
    """Make whole pages unreadable behind the first one."""
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(os.urandom(8 * 4096))


def test_r11_a_backup_appears_and_is_good(library):
    library.write(add("a"))
    made = backup.daily(library)
    assert made is not None
    assert backup.verify(made) == []
    with closing(sqlite3.connect(made)) as con:
        assert con.execute("SELECT count(*) FROM article").fetchone()[0] == 1


def test_r11_damage_in_the_library_gives_a_warning_instead_of_a_backup(library):
    library.write(add("a"))
    library.write(lambda con: con.execute("UPDATE text_version SET text = ?", ("word " * 20_000,)))
    library.reader().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with closing(sqlite3.connect(library.database)) as con:
        page = con.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'mention_article'").fetchone()[0]
    with library.database.open("r+b") as damaged:
        damaged.seek((page - 1) * 4096)
        damaged.write(b"\xff" * 4096)
    assert backup.daily(library) is None
    assert [problem.kind for problem in library.warnings] == [ProblemKind.LIBRARY_DAMAGED]
    assert list(library.backups.iterdir()) == []


def test_r11_a_reader_is_warned_when_the_last_backup_is_over_seven_days_old(library):
    made = backup.daily(library)
    for days, overdue in ((6.9, False), (7.1, True)):
        stamp = made.stat().st_ctime - days * 86400
        os.utime(made, (stamp, stamp))
        assert backup.is_overdue(library.folder) is overdue


def test_r12_where_no_backup_can_be_written_the_library_opens_and_warns(tmp_path):
    with Library.open(tmp_path) as library:
        library.write(add("a"))
    (tmp_path / "backups").write_text("a file in the way")
    with Library.open(tmp_path) as library:
        assert backup.daily(library) is None
        assert [problem.kind for problem in library.warnings] == [ProblemKind.NOT_WRITABLE]
        library.write(add("b"))
        assert titles(library) == {"a", "b"}


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are a thing of POSIX")
def test_r12_a_full_disk_at_backup_time_warns_and_costs_no_older_backup(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(lambda con: articles.add(con, ImportedArticle("a", "a\n\n" + "word " * 200_000, ())))
        made = backup.daily(library)
        older = made.rename(made.with_name("library-2020-01-01.sqlite3"))
    script = f"""
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from desktop.library import articles, backup
from desktop.library.database import Library
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(Path(sys.argv[1])) as library:
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, resource.RLIM_INFINITY))
    print(backup.daily(library), len(library.warnings), articles.count(library.reader()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "l")], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["None", "1", "1"], done.stderr
    assert [path.name for path in older.parent.iterdir()] == [older.name]
    assert backup.verify(older) == []


_MIGRATIONS = migrations.MIGRATIONS


def with_migration(monkeypatch: pytest.MonkeyPatch, migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*_MIGRATIONS, migration))


def fails(con) -> None:
    con.execute("DELETE FROM article")
    raise RuntimeError("a bug in a migration")


def before_migration(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob(f"before-schema-{len(_MIGRATIONS) + 1}-*.sqlite3"))


def test_r13_a_backup_is_made_before_a_migration(tmp_path, monkeypatch):
    with Library.open(tmp_path) as library:
        library.write(add("a"))
    with_migration(monkeypatch, lambda con: con.execute("UPDATE article SET title = 'lost'"))
    with Library.open(tmp_path) as library:
        assert titles(library) == {"lost"}
    (made,) = before_migration(tmp_path)
    monkeypatch.undo()
    backup.restore(made, tmp_path)
    with Library.open(tmp_path) as library:
        assert titles(library) == {"a"}


def test_r13_a_migration_that_keeps_failing_costs_neither_library_nor_backup(tmp_path, monkeypatch):
    with Library.open(tmp_path) as library:
        library.write(add("a"))
        daily = backup.daily(library)
    with_migration(monkeypatch, fails)
    for attempt in range(4):
        with pytest.raises(RuntimeError, match="a bug"):
            Library.open(tmp_path)
        kept = before_migration(tmp_path)
        assert len(kept) == min(attempt + 1, 2)
        assert [backup.verify(path) for path in kept] == [[]] * len(kept)
    assert backup.verify(daily) == []
    monkeypatch.undo()
    with Library.open(tmp_path) as library:
        assert titles(library) == {"a"}


def test_r13_a_backup_that_would_be_bad_costs_no_good_one_and_stops_the_migration(tmp_path, monkeypatch):
    with Library.open(tmp_path) as library:
        library.write(lambda con: articles.add(con, ImportedArticle("a", "a\n\n" + "word " * 50_000, ())))
        page = (
            library.reader()
            .execute("SELECT rootpage FROM sqlite_schema WHERE name = 'mention'")
            .fetchone()[0]
        )
    with_migration(monkeypatch, fails)
    with pytest.raises(RuntimeError):
        Library.open(tmp_path)
    (good,) = before_migration(tmp_path)
    with (tmp_path / "library.sqlite3").open("r+b") as damaged:
        damaged.seek((page - 1) * 4096)
        damaged.write(b"\xff" * 4096)
    for _ in range(3):
        with pytest.raises(Problem) as caught:
            Library.open(tmp_path)
        assert caught.value.kind is ProblemKind.LIBRARY_DAMAGED
    assert before_migration(tmp_path) == [good]
    assert backup.verify(good) == []


def test_r13_the_backup_before_a_migration_finds_a_place_where_the_folder_of_backups_is_in_the_way(
    tmp_path, monkeypatch
):
    with Library.open(tmp_path) as library:
        library.write(add("a"))
    (tmp_path / "backups").write_text("a file in the way")
    with_migration(monkeypatch, lambda con: None)
    with Library.open(tmp_path) as library:
        assert titles(library) == {"a"}
    assert len(list(tmp_path.glob(f"before-schema-{len(_MIGRATIONS) + 1}-*.sqlite3"))) == 1
