from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library import articles, backup
from desktop.library.database import Library, Priority


def titles(library: Library) -> list[str]:
    return sorted(article.title for article in articles.newest(library.reader(), 99))


def titles_of(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as con:
        return sorted(title for (title,) in con.execute("SELECT title FROM article WHERE trashed_at IS NULL"))


def flip(file: Path, at: int = 4096, size: int = 12288) -> None:
    with file.open("r+b") as damaged:
        damaged.seek(at)
        damaged.write(os.urandom(size))


def put_back(file: Path, folder: Path) -> Library:
    backup.restore(file, folder)
    return Library.open(folder)


def test_a_backup_is_one_good_file_with_everything(fill, tmp_path):
    fill.article("a")
    target = tmp_path / "sub" / "copy.sqlite3"
    backup.back_up(fill.library, target)
    assert backup.verify(target) == []
    assert titles_of(target) == ["a"]
    assert [path.name for path in target.parent.iterdir()] == ["copy.sqlite3"]


def test_a_backup_replaces_an_older_one_only_when_it_is_done(fill, tmp_path):
    target = tmp_path / "copy.sqlite3"
    fill.article("a")
    backup.back_up(fill.library, target)
    fill.article("b")

    class Stop:
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup.back_up(fill.library, target, Stop())
    assert titles_of(target) == ["a"]
    assert [path.name for path in tmp_path.glob("*.partial*")] == []
    backup.back_up(fill.library, target)
    assert titles_of(target) == ["a", "b"]


def test_a_backup_is_of_one_moment_while_others_write(fill, tmp_path):
    for n in range(20):
        fill.article(f"{n:02}", "x" * 50_000)
    stop = threading.Event()

    def write():
        n = 20
        while not stop.is_set():
            fill.library.write(
                lambda con, n=n: con.execute(
                    "INSERT INTO actor(uuid, kind, name) VALUES(?, '', '')", (str(n),)
                ),
                priority=Priority.IMPORT,
            )
            n += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for n in range(3):
            backup.back_up(fill.library, tmp_path / f"{n}.sqlite3")
            assert backup.verify(tmp_path / f"{n}.sqlite3") == []
    finally:
        stop.set()
        thread.join()


def test_a_backup_that_cannot_be_written_is_a_problem(fill, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problem) as caught:
        backup.back_up(fill.library, tmp_path / "file" / "copy.sqlite3")
    assert caught.value.kind is ProblemKind.NOT_WRITABLE


@pytest.mark.parametrize(
    "damage", [flip, lambda file: os.truncate(file, 20_000), lambda file: os.truncate(file, 0)]
)
def test_damage_in_a_backup_is_found(fill, tmp_path, damage):
    fill.article("a", "word " * 2000)
    target = tmp_path / "copy.sqlite3"
    backup.back_up(fill.library, target)
    damage(target)
    assert backup.verify(target) != []


def test_what_is_no_library_is_no_backup(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as con:
        con.execute("CREATE TABLE t(x)")
    (tmp_path / "y.sqlite3").write_text("text")
    for name in "xyz":
        assert backup.verify(tmp_path / f"{name}.sqlite3") != []


# Every day


def test_one_backup_a_day(fill):
    made = backup.daily(fill.library)
    assert made is not None
    assert backup.verify(made) == []
    assert backup.daily(fill.library) is None
    assert list(fill.library.backups.iterdir()) == [made]
    assert fill.library.warnings == []


def age(file: Path, days: float) -> Path:
    stamp = file.stat().st_mtime - days * 86400
    os.utime(file, (stamp, stamp))
    return file


def test_two_are_kept_and_others_left_alone(fill):
    for n in range(1, 5):
        made = backup.daily(fill.library)
        age(made.rename(made.with_name(f"library-2020-01-0{n}.sqlite3")), 10 - n)
    (fill.library.backups / "mine.sqlite3").write_text("x")
    newest = backup.daily(fill.library)
    assert sorted(path.name for path in fill.library.backups.iterdir()) == [
        "library-2020-01-04.sqlite3",
        newest.name,
        "mine.sqlite3",
    ]


def test_a_clock_that_went_back_does_not_cost_the_new_backup(fill):
    for n in range(1, 4):
        made = backup.daily(fill.library)
        age(made.rename(made.with_name(f"library-2999-01-0{n}.sqlite3")), -1000 - n)
    assert backup.daily(fill.library).exists()


def test_what_an_interrupted_backup_left_is_cleared_away(fill):
    fill.library.backups.mkdir()
    (fill.library.backups / "library-2020-01-01.sqlite3.partial").write_text("half")
    (fill.library.backups / "library-2020-01-01.sqlite3.partial-journal").write_text("half")
    made = backup.daily(fill.library)
    assert list(fill.library.backups.iterdir()) == [made]


def test_the_newest_good_backup(fill):
    folder = fill.library.folder
    assert backup.newest_good(folder) is None
    assert backup.is_overdue(folder)
    made = backup.daily(fill.library)
    older = age(made.rename(made.with_name("library-2020-01-01.sqlite3")), 1)
    newer = backup.daily(fill.library)
    assert backup.newest_good(folder) == newer
    flip(newer)
    assert backup.newest_good(folder) == older
    assert not backup.is_overdue(folder)
    age(newer, 8)
    age(older, 8)
    assert backup.is_overdue(folder)


# Restoring


def test_restoring_brings_back_what_was_and_keeps_what_is_replaced(fill, tmp_path):
    fill.article("a")
    backup.back_up(fill.library, tmp_path / "copy.sqlite3")
    fill.article("b")
    folder, uuid, lineage = fill.library.folder, fill.library.uuid, fill.library.lineage
    (folder / "index").mkdir()
    (folder / "index" / "segment").write_text("x")
    fill.library.close()
    replaced = backup.restore(tmp_path / "copy.sqlite3", folder)
    assert replaced.parent == folder / "backups"
    assert titles_of(replaced) == ["a", "b"]
    assert not (folder / "index").exists()
    with Library.open(folder) as library:
        assert titles(library) == ["a"]
        assert (library.uuid, library.created) == (uuid, False)
        assert library.lineage != lineage
    with put_back(replaced, folder) as library:
        assert titles(library) == ["a", "b"]
    assert (tmp_path / "copy.sqlite3").exists()


def test_restoring_into_a_new_folder(fill, tmp_path):
    fill.article("a")
    backup.back_up(fill.library, tmp_path / "copy.sqlite3")
    assert backup.restore(tmp_path / "copy.sqlite3", tmp_path / "new" / "place") is None
    with Library.open(tmp_path / "new" / "place", create=False) as library:
        assert titles(library) == ["a"]


def refused(kind: ProblemKind, file: Path, folder: Path) -> None:
    with pytest.raises(Problem) as caught:
        backup.restore(file, folder)
    assert caught.value.kind is kind


def test_what_cannot_be_restored_is_refused_and_nothing_is_touched(fill, tmp_path):
    fill.article("a")
    copy = tmp_path / "copy.sqlite3"
    backup.back_up(fill.library, copy)
    folder = fill.library.folder
    refused(ProblemKind.LIBRARY_IN_USE, copy, folder)
    fill.library.close()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    refused(ProblemKind.NOT_FOUND, tmp_path / "none", folder)
    (tmp_path / "text").write_text("text")
    refused(ProblemKind.LIBRARY_DAMAGED, tmp_path / "text", folder)
    with closing(sqlite3.connect(copy)) as con:
        con.execute("PRAGMA user_version = 99")
    refused(ProblemKind.LIBRARY_TOO_NEW, copy, folder)
    flip(copy)
    refused(ProblemKind.LIBRARY_DAMAGED, copy, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_nothing_is_restored_over_a_folder_of_other_things(fill, tmp_path):
    copy = tmp_path / "copies" / "copy.sqlite3"
    backup.back_up(fill.library, copy)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    refused(ProblemKind.NOT_A_LIBRARY, copy, tmp_path / "other")
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    "damage", [flip, lambda file: file.write_text("not a database"), lambda file: flip(file, 0, 50)]
)
def test_a_damaged_library_is_kept_as_it_is_when_it_is_replaced(fill, tmp_path, damage):
    fill.article("a", "word " * 5000)
    folder = fill.library.folder
    backup.back_up(fill.library, tmp_path / "copy.sqlite3")
    fill.library.close()
    damage(folder / "library.sqlite3")
    damaged = (folder / "library.sqlite3").read_bytes()
    replaced = backup.restore(tmp_path / "copy.sqlite3", folder)
    assert replaced.read_bytes() == damaged
    with Library.open(folder) as library:
        assert titles(library) == ["a"]


def test_a_library_that_lost_its_database_can_be_restored(fill):
    fill.article("a")
    made = backup.daily(fill.library)
    folder = fill.library.folder
    fill.library.close()
    (folder / "library.sqlite3").unlink()
    with put_back(made, folder) as library:
        assert titles(library) == ["a"]


def test_names_that_are_not_plain(tmp_path):
    folder = tmp_path / "Één map #1 %41 ?" / ("x" * 100)
    with Library.open(folder) as library:
        target = folder.parent / "kopie ‘é’ %.sqlite3"
        backup.back_up(library, target)
        assert backup.daily(library) is not None
    backup.restore(target, folder)
    Library.open(folder).close()
