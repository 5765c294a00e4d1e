"""Killed, locked, or with files of another moment beside it: what a library holds afterwards.

Each child process writes numbered titles and says each number after the write returned.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import articles, backup, connection, migrations, writer
from desktop.library.check import check
from desktop.library.database import Library
from desktop.model import ImportedArticle

ROOT = Path(__file__).resolve().parents[2]

SETUP = """
import os, signal, sys, threading, time
from pathlib import Path
from desktop.library import annotations, articles, backup, history, migrations
from desktop.library.database import Library, Priority
from desktop.model import Annotation, AnnotationId, ImportedArticle, TextQuote
folder = Path(sys.argv[1])
def add(title):
    return lambda con: articles.add(con, ImportedArticle(title, f"{title}\\n\\n{'word ' * 2000}", ()))[1]
"""


@contextmanager
def child(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run a script beside us; it is dead afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-c", SETUP + script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run(script: str, *arguments: object) -> tuple[int, list[str]]:
    """Run a script to its end; return its exit code (-9 = killed) and the lines it said."""
    with child(script, *arguments) as process:
        said, _ = process.communicate(timeout=60)
        return process.returncode, said.splitlines()


def add(title: str):
    return lambda con: articles.add(con, ImportedArticle(title, f"{title}\n\n{'word ' * 2000}", ()))[1]


def titles(library: Library) -> set[str]:
    return {article.title for article in articles.newest(library.reader(), 99_999)}


def crash(folder: Path, *new: str) -> None:
    """Add articles and die without closing, so that they are in the write-ahead log only."""
    script = """
library = Library.open(folder)
for title in sys.argv[2:]:
    library.write(add(title))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run(script, folder, *new)[0] == -signal.SIGKILL
    assert (folder / "library.sqlite3-wal").stat().st_size > 0


pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")


# R6 and R30: nothing that was said to be stored is lost


@pytest.mark.parametrize("after", [0.02, 0.25])
def test_r30_killed_while_writing_everything_said_is_there(tmp_path, after):
    script = """
library = Library.open(folder)
for n in range(100_000):
    library.write(add(str(n)))
    print(n, flush=True)
"""
    with child(script, tmp_path / "l") as process:
        first = process.stdout.readline().strip()
        time.sleep(after)
        process.kill()
        said = [first, *process.stdout.read().splitlines()]
    with Library.open(tmp_path / "l") as library:
        assert set(said) <= titles(library)
        assert articles.count(library.reader()) <= len(said) + 1
        assert check(library) == []


def test_r30_killed_while_it_is_made_it_is_made_again(tmp_path):
    for delay in (0.005, 0.02):
        with child(
            "print('ready', flush=True); Library.open(folder); time.sleep(9)", tmp_path / "l"
        ) as process:
            process.stdout.readline()
            time.sleep(delay)
        with Library.open(tmp_path / "l") as library:
            assert library.uuid
            assert check(library) == []


def some_of(steps: int) -> list[object]:
    """Return the steps 0, 1, ...; two of three only with --all, since each is a process."""
    return [pytest.param(step, marks=[] if step % 3 == 1 else pytest.mark.slow) for step in range(steps)]


@pytest.mark.parametrize("step", some_of(9))
def test_r30_killed_at_each_step_of_a_backup_the_old_one_stays(tmp_path, step):
    target = tmp_path / "copy.sqlite3"
    with Library.open(tmp_path / "l") as library:
        library.write(add("old"))
        backup.back_up(library, target)
    killed = killing(step)
    script = f"""
library = Library.open(folder)
library.write(add("new"))
{killed}
backup.back_up(library, Path(sys.argv[2]))
print("done", flush=True)
"""
    _, said = run(script, tmp_path / "l", target)
    assert backup.verify(target) == []
    with closing(sqlite3.connect(target)) as con:
        found = {title for (title,) in con.execute("SELECT title FROM article")}
    assert found == {"old", "new"} or (found == {"old"} and not said)


def killing(step: int) -> str:
    """Return code that kills the process at the n-th of the calls that change files."""
    return f"""
left = [{step}]
def deadly(real):
    def call(*arguments, **options):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return real(*arguments, **options)
    return call
import shutil, pathlib
os.fsync = deadly(os.fsync)
for name in ("replace", "unlink", "mkdir"):
    setattr(pathlib.Path, name, deadly(getattr(pathlib.Path, name)))
shutil.rmtree = deadly(shutil.rmtree)
"""


@pytest.mark.parametrize("step", some_of(30))
def test_r30_killed_at_each_step_of_a_restore_it_is_the_old_library_or_the_new_one(tmp_path, step):
    with Library.open(tmp_path / "l") as library:
        library.write(add("backed up"))
        backup.back_up(library, tmp_path / "copy.sqlite3")
        library.write(add("later"))
    crash(tmp_path / "l", "in the log")
    script = f"{killing(step)}\nbackup.restore(Path(sys.argv[2]), folder)\nprint('done')"
    _, said = run(script, tmp_path / "l", tmp_path / "copy.sqlite3")
    with Library.open(tmp_path / "l", create=False) as library:
        found = titles(library)
        assert found == {"backed up"} or (found == {"backed up", "later", "in the log"} and not said)
        assert check(library) == []


def test_r30_killed_in_a_migration_the_old_library_is_there(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(add("a"))
    script = """
from desktop.library import migrations
def deadly(con):
    con.execute("DROP TABLE period")
    con.execute("CREATE TABLE large(x)")
    con.execute("INSERT INTO large SELECT zeroblob(50000000)")
    os.kill(os.getpid(), signal.SIGKILL)
migrations.MIGRATIONS = (*migrations.MIGRATIONS, deadly)
Library.open(folder)
"""
    assert run(script, tmp_path / "l")[0] == -signal.SIGKILL
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"a"}
        assert check(library) == []
        assert (
            len(list(library.backups.glob(f"before-schema-{len(migrations.MIGRATIONS) + 1}-*.sqlite3"))) == 1
        )


def test_r06_what_was_done_just_before_quitting_is_there(tmp_path):
    script = """
library = Library.open(folder)
article = library.write(add("a"))
stop = threading.Event()
def imports():
    n = 0
    while not stop.is_set():
        library.submit(add(f"import {n}"), priority=Priority.IMPORT)
        n += 1
        time.sleep(0.001)
thread = threading.Thread(target=imports)
thread.start()
time.sleep(0.1)
def highlight(con):
    with history.recording(con, "highlight"):
        annotations.add(con, Annotation(AnnotationId(""), article, TextQuote("word"), 3, 7, note="kept"))
for _ in range(20):
    library.submit(highlight)
library.close()
stop.set()
thread.join()
"""
    assert run(script, tmp_path / "l")[0] == 0
    with Library.open(tmp_path / "l") as library:
        notes = library.reader().execute("SELECT count(*) FROM annotation WHERE note = 'kept'").fetchone()[0]
        assert notes == 20


# R7: locked by another program


def lock_by_another_program(folder: Path) -> sqlite3.Connection:
    con = sqlite3.connect(folder / "library.sqlite3", isolation_level=None, check_same_thread=False)
    con.execute("BEGIN IMMEDIATE")
    return con


def test_r07_a_write_while_another_program_holds_the_file_is_done_after_it(library):
    with closing(lock_by_another_program(library.folder)) as other:
        threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
        library.write(add("a"))
        assert titles(library) == {"a"}


@pytest.mark.expected_log("ERROR")
def test_r07_a_write_that_cannot_be_stored_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 0.2)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with Library.open(tmp_path / "l") as library:
        with closing(lock_by_another_program(library.folder)) as other:
            with pytest.raises(Problem) as caught:
                library.write(add("a"))
            assert caught.value.kind is ProblemKind.NOT_WRITABLE
            future = library.submit(add("a"))
            assert isinstance(future.exception(10), Problem)
            other.execute("ROLLBACK")
        library.write(add("b"))
        assert [problem.kind for problem in library.warnings] == [ProblemKind.NOT_WRITABLE]
        assert titles(library) == {"b"}


# R10: a write-ahead log beside a database it does not belong to


def test_r10_a_log_of_the_same_library_is_used(tmp_path):
    crash(tmp_path / "l", "a", "b")
    crash(tmp_path / "l", "c")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"a", "b", "c"}


def test_r10_a_log_is_not_replayed_into_a_backup_that_was_copied_over(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(add("backed up"))
        backup.back_up(library, tmp_path / "copy.sqlite3")
    crash(tmp_path / "l", *(str(n) for n in range(20)))
    shutil.copyfile(tmp_path / "copy.sqlite3", tmp_path / "l" / "library.sqlite3")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"backed up"}
        assert check(library) == []
        assert len(list(library.backups.glob("stale-*.wal"))) == 1
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"backed up"}


def test_r10_nor_into_a_backup_of_the_session_that_crashed(tmp_path):
    script = """
library = Library.open(folder)
library.write(add("backed up"))
backup.back_up(library, Path(sys.argv[2]))
for n in range(20):
    library.write(add(str(n)))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run(script, tmp_path / "l", tmp_path / "copy.sqlite3")[0] == -signal.SIGKILL
    shutil.copyfile(tmp_path / "copy.sqlite3", tmp_path / "l" / "library.sqlite3")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"backed up"}
        assert check(library) == []


def test_r10_nor_into_a_copy_made_by_hand_of_an_earlier_session(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(add("copied"))
    shutil.copyfile(tmp_path / "l" / "library.sqlite3", tmp_path / "copy.sqlite3")
    crash(tmp_path / "l", *(str(n) for n in range(20)))
    shutil.copyfile(tmp_path / "copy.sqlite3", tmp_path / "l" / "library.sqlite3")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"copied"}
        assert check(library) == []


def test_r10_a_restore_replays_no_log(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(add("backed up"))
        backup.back_up(library, tmp_path / "copy.sqlite3")
    crash(tmp_path / "l", "in the log")
    replaced = backup.restore(tmp_path / "copy.sqlite3", tmp_path / "l")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"backed up"}
    backup.restore(replaced, tmp_path / "l")
    with Library.open(tmp_path / "l") as library:
        assert titles(library) == {"backed up", "in the log"}


def test_r10_a_folder_copied_while_it_is_open_is_whole(tmp_path):
    with Library.open(tmp_path / "l") as library:
        library.write(add("a"))
        shutil.copytree(tmp_path / "l", tmp_path / "copy")
    with Library.open(tmp_path / "copy") as library:
        assert titles(library) == {"a"}
