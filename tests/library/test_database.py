from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library.database import Library, Priority


def insert(name: str):
    return lambda con: con.execute("INSERT INTO meta VALUES(?, '')", (name,))


def names(library: Library) -> list[str]:
    return [
        name for (name,) in library.reader().execute("SELECT key FROM meta WHERE value = '' ORDER BY key")
    ]


def refused(kind: ProblemKind, *arguments, **options) -> Problem:
    with pytest.raises(Problem) as caught:
        Library.open(*arguments, **options).close()
    assert caught.value.kind is kind
    return caught.value


# Opening


def test_a_new_library_is_created_once_and_keeps_its_id(tmp_path):
    with Library.open(tmp_path / "a" / "b") as library:
        assert library.created
        first = library.uuid
    with Library.open(tmp_path / "a" / "b") as library:
        assert not library.created
        assert library.uuid == first
        assert len(first) == 36


def test_nothing_is_made_where_a_library_is_expected(tmp_path):
    refused(ProblemKind.NOT_FOUND, tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()
    (tmp_path / "empty").mkdir()
    refused(ProblemKind.NOT_FOUND, tmp_path / "empty", create=False)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    refused(ProblemKind.NOT_A_LIBRARY, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_litter_of_the_system_does_not_make_a_folder_something_else(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"x")
    Library.open(tmp_path).close()


def test_a_file_is_not_a_library(tmp_path):
    (tmp_path / "file").write_text("x")
    refused(ProblemKind.NOT_A_LIBRARY, tmp_path / "file")


def test_the_database_of_another_program_is_not_a_library(tmp_path):
    con = sqlite3.connect(tmp_path / "library.sqlite3")
    con.execute("CREATE TABLE t(x)")
    con.close()
    refused(ProblemKind.NOT_A_LIBRARY, tmp_path)


def test_a_newer_schema_is_refused_with_its_number(tmp_path):
    Library.open(tmp_path).close()
    con = sqlite3.connect(tmp_path / "library.sqlite3")
    con.execute("PRAGMA user_version = 999")
    con.close()
    before = (tmp_path / "library.sqlite3").read_bytes()
    problem = refused(ProblemKind.LIBRARY_TOO_NEW, tmp_path)
    assert problem.detail == "999"
    assert problem.path == str(tmp_path)
    assert (tmp_path / "library.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    "damage", [b"this is no database at all, is it?", b"SQLite format 3\x00" + b"\xff" * 500]
)
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path, damage):
    Library.open(tmp_path).close()
    (tmp_path / "library.sqlite3").write_bytes(damage)
    refused(ProblemKind.LIBRARY_DAMAGED, tmp_path)
    assert (tmp_path / "library.sqlite3").read_bytes() == damage


def test_a_refused_library_can_be_opened_afterwards(tmp_path):
    Library.open(tmp_path).close()
    good = (tmp_path / "library.sqlite3").read_bytes()
    (tmp_path / "library.sqlite3").write_bytes(b"x" * 100)
    refused(ProblemKind.LIBRARY_DAMAGED, tmp_path)
    (tmp_path / "library.sqlite3").write_bytes(good)
    Library.open(tmp_path).close()


def test_closing_leaves_one_file_with_everything(tmp_path):
    with Library.open(tmp_path) as library:
        library.reader().execute("SELECT 1")
        library.write(insert("a"))
    assert not (tmp_path / "library.sqlite3-wal").exists()
    library.close()  # twice is no harm


# One process at a time


def test_a_second_open_is_refused_until_the_first_closes(tmp_path):
    with Library.open(tmp_path):
        refused(ProblemKind.LIBRARY_IN_USE, tmp_path)
    Library.open(tmp_path).close()


def test_another_process_holds_the_library_and_frees_it_by_dying(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from desktop.library.database import Library\n"
        "Library.open(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    try:
        assert other.stdout.readline().strip() == b"open"
        refused(ProblemKind.LIBRARY_IN_USE, tmp_path)
        started = time.monotonic()
        refused(ProblemKind.LIBRARY_IN_USE, tmp_path, wait=0.3)
        assert 0.3 <= time.monotonic() - started < 5
        other.kill()
        other.wait()
        Library.open(tmp_path, wait=5).close()
    finally:
        other.kill()
        other.wait()
        other.stdout.close()


def test_waiting_for_a_library_gets_it_when_it_closes(tmp_path):
    library = Library.open(tmp_path)
    threading.Timer(0.2, library.close).start()
    Library.open(tmp_path, wait=10).close()


# Reading


def test_a_reader_cannot_write(library):
    with pytest.raises(sqlite3.OperationalError):
        library.reader().execute("DELETE FROM meta")


def test_each_thread_has_its_own_reader_and_keeps_it(library):
    mine = library.reader()
    others = []
    thread = threading.Thread(target=lambda: others.extend([library.reader(), library.reader()]))
    thread.start()
    thread.join()
    assert others[0] is others[1]
    assert others[0] is not mine
    assert library.reader() is mine


def test_the_reader_of_a_thread_that_ended_is_closed(library):
    others = []
    thread = threading.Thread(target=lambda: others.append(library.reader()))
    thread.start()
    thread.join()
    with pytest.raises(sqlite3.ProgrammingError):
        others[0].execute("SELECT 1")


def test_a_reader_sees_what_was_committed_and_nothing_else(library):
    reading, done = threading.Event(), threading.Event()

    def slowly(con):
        insert("a")(con)
        reading.set()
        done.wait(10)

    future = library.submit(slowly)
    reading.wait(10)
    assert names(library) == []
    done.set()
    future.result()
    assert names(library) == ["a"]


def test_no_reader_after_closing(library):
    library.close()
    with pytest.raises(RuntimeError):
        library.reader()


# Writing


def test_write_returns_what_the_work_returns(library):
    assert library.write(lambda con: con.execute("SELECT 40 + 2").fetchone()[0]) == 42


def test_what_the_work_raises_comes_back_and_nothing_of_it_stays(library):
    def fails(con):
        insert("a")(con)
        raise KeyError("why")

    with pytest.raises(KeyError, match="why"):
        library.write(fails)
    assert names(library) == []
    library.write(insert("b"))
    assert names(library) == ["b"]


def test_a_full_database_is_a_problem_and_loses_nothing_committed(library):
    library.write(insert("a"))

    def too_much(con):
        pages = con.execute("PRAGMA page_count").fetchone()[0]
        con.execute(f"PRAGMA max_page_count = {pages + 2}")
        con.execute("INSERT INTO meta VALUES('b', hex(zeroblob(100000)))")

    with pytest.raises(Problem) as caught:
        library.write(too_much)
    assert caught.value.kind is ProblemKind.DISK_FULL
    assert names(library) == ["a"]


def test_waiting_for_a_write_within_a_write_is_a_bug_and_no_deadlock(library):
    with pytest.raises(RuntimeError):
        library.write(lambda con: library.write(insert("a")))


def hold(library: Library) -> tuple[threading.Event, threading.Event]:
    """Keep the writer busy; return (it is busy, let go)."""
    busy, let_go = threading.Event(), threading.Event()
    library.submit(lambda con: (busy.set(), let_go.wait(10)))
    assert busy.wait(10)
    return busy, let_go


def test_a_person_goes_before_imports_and_these_before_idle_work(library):
    _, let_go = hold(library)
    order: list[str] = []
    futures = [
        library.submit(lambda con, name=name: order.append(name), priority=priority)
        for name, priority in (
            ("idle 1", Priority.IDLE),
            ("import 1", Priority.IMPORT),
            ("person 1", Priority.PERSON),
            ("import 2", Priority.IMPORT),
            ("person 2", Priority.PERSON),
        )
    ]
    let_go.set()
    for future in futures:
        future.result(10)
    assert order == ["person 1", "person 2", "import 1", "import 2", "idle 1"]


def test_closing_finishes_what_a_person_did_and_drops_the_rest(tmp_path):
    library = Library.open(tmp_path)
    _, let_go = hold(library)
    for n in range(20):
        library.submit(insert(f"person {n:02}"))
    imported = library.submit(insert("import"), priority=Priority.IMPORT)
    waiting: list[BaseException] = []

    def wait():
        try:
            library.write(insert("idle"), priority=Priority.IDLE)
        except BaseException as error:
            waiting.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    threading.Timer(0.05, let_go.set).start()
    library.close()
    thread.join(10)
    assert imported.cancelled()
    assert [type(error) for error in waiting] == [Cancelled]
    with Library.open(tmp_path) as again:
        assert names(again) == [f"person {n:02}" for n in range(20)]


def test_after_closing_imports_are_cancelled_and_a_person_is_told(library):
    library.close()
    with pytest.raises(Cancelled):
        library.write(insert("a"), priority=Priority.IMPORT)
    with pytest.raises(RuntimeError):
        library.write(insert("a"))


def test_a_future_that_was_cancelled_is_not_done(library):
    _, let_go = hold(library)
    future = library.submit(insert("a"))
    assert future.cancel()
    let_go.set()
    library.write(insert("b"))
    assert names(library) == ["b"]


def test_a_save_stays_quick_during_a_long_import(library):
    stop = threading.Event()

    def one_piece(con):  # about as long as a piece of an import may take
        until = time.perf_counter() + 0.04
        while time.perf_counter() < until:
            con.execute("INSERT OR REPLACE INTO meta VALUES('import', ?)", ("x" * 5000,))

    def imports():
        while not stop.is_set():
            pieces = [library.submit(one_piece, priority=Priority.IMPORT) for _ in range(10)]
            pieces[-1].result()

    thread = threading.Thread(target=imports)
    thread.start()
    try:
        took = []
        for n in range(25):
            started = time.perf_counter()
            library.write(insert(f"note {n}"))
            took.append(time.perf_counter() - started)
            time.sleep(0.005)
    finally:
        stop.set()
        thread.join()
    assert sorted(took)[int(len(took) * 0.9)] < 0.2, took
