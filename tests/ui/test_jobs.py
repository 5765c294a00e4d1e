"""Every job ends in exactly one way, in time, on the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.errors import Problem, ProblemKind
from desktop.i18n import problem_text
from desktop.model import ArticleId, Changes
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, JobState, Lane, changes_in


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    assert jobs.shutdown(5)


class Ends:
    """Notes how a job ended, and on which thread."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.threads: set[int] = set()

    def listeners(self) -> dict[str, Any]:
        def note(way: str, value: Any = None) -> None:
            self.told.append((way, value))
            self.threads.add(threading.get_ident())

        return {
            "done": lambda value: note("done", value),
            "problem": lambda value: note("problem", value.kind),
            "cancelled": lambda: note("cancelled"),
            "bug": lambda value: note("bug", value.strip().splitlines()[-1]),
        }


def fails(progress: Progress) -> None:
    raise Problem(ProblemKind.EMPTY, "a.txt")


def breaks(progress: Progress) -> None:
    raise ZeroDivisionError("oops")


def until_stopped(progress: Progress) -> None:
    while True:
        progress.step(0, 0)
        time.sleep(0.001)


@pytest.mark.parametrize("lane", list(Lane))
def test_done_brings_the_result_on_the_windows_thread(qtbot: QtBot, jobs: Jobs, lane: Lane) -> None:
    ends = Ends()
    jobs.run("sum", lambda progress: 2 + 2, lane=lane, **ends.listeners())
    qtbot.waitUntil(lambda: bool(ends.told))
    assert ends.told == [("done", 4)]
    assert ends.threads == {threading.get_ident()}
    assert not jobs.busy()


@pytest.mark.expected_log("ERROR")
@pytest.mark.parametrize(
    ("task", "end"),
    [(fails, ("problem", ProblemKind.EMPTY)), (breaks, ("bug", "ZeroDivisionError: oops"))],
)
def test_failures_are_told_once(qtbot: QtBot, jobs: Jobs, task: Any, end: tuple[str, Any]) -> None:
    ends = Ends()
    jobs.run("job", task, **ends.listeners())
    qtbot.waitUntil(lambda: not jobs.busy())
    assert ends.told == [end]


@pytest.mark.expected_log("ERROR")
def test_failures_without_listener_go_out_as_signals(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.problem_met) as problem:
        jobs.run("job", fails)
    assert problem.args[0].path == "a.txt"
    with qtbot.waitSignal(jobs.bug_met) as bug:
        jobs.run("job", breaks)
    assert "ZeroDivisionError" in bug.args[0]


def test_work_that_ends_without_a_word_is_named(qtbot: QtBot, jobs: Jobs) -> None:
    def dies(progress: Progress) -> None:
        raise Problem(ProblemKind.CRASHED)

    with qtbot.waitSignal(jobs.problem_met) as problem:
        jobs.run("Looking after the library", dies)
    assert problem_text(problem.args[0]) == "“Looking after the library” stopped unexpectedly"


def test_cancel_is_noticed_at_the_next_step(qtbot: QtBot, jobs: Jobs) -> None:
    ends = Ends()
    job = jobs.run("endless", until_stopped, **ends.listeners())
    job.cancel()
    qtbot.waitUntil(lambda: bool(ends.told))
    assert ends.told == [("cancelled", None)]


def test_edits_run_one_after_another_in_order(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[int] = []

    def slow_first(number: int) -> Any:
        def task(progress: Progress) -> None:
            time.sleep(0.03 if number == 0 else 0)
            order.append(number)

        return task

    for number in range(8):
        jobs.run("edit", slow_first(number), lane=Lane.EDIT)
    qtbot.waitUntil(lambda: not jobs.busy())
    assert order == list(range(8))


def test_progress_is_shown_late_and_seldom_and_goes_away(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[float, Any]] = []
    start = time.monotonic()
    jobs.progressed.connect(lambda state: seen.append((time.monotonic() - start, state)))

    def steps(progress: Progress) -> None:
        for number in range(900):
            progress.step(number, 900, f"file {number}")
            time.sleep(0.001)

    jobs.run("import", steps)
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=10_000)
    shown = [(when, state) for when, state in seen if state is not None]
    assert shown
    assert shown[0][0] >= 0.55
    seconds = shown[-1][0] - shown[0][0]
    assert len(shown) <= 3 + seconds * 10
    assert shown[-1][1].total == 900
    assert seen[-1][1] is None


def test_a_short_job_never_shows_a_bar(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[Any] = []
    jobs.progressed.connect(seen.append)
    jobs.run("short", lambda progress: progress.step(1, 2))
    qtbot.waitUntil(lambda: not jobs.busy())
    assert [state for state in seen if state is not None] == []


def test_changes_of_a_result_are_broadcast(qtbot: QtBot, jobs: Jobs) -> None:
    changes = Changes(articles=frozenset({ArticleId("a")}))
    with qtbot.waitSignal(jobs.changed) as told:
        jobs.run("edit", lambda progress: ("id", changes), lane=Lane.EDIT)
    assert told.args[0] is changes


def test_changes_are_found_in_results() -> None:
    class Result:
        changes = Changes(library=True)

    assert changes_in(Result()) == Changes(library=True)
    assert changes_in(Changes()) == Changes()
    assert changes_in((None, Changes())) == Changes()
    assert changes_in("nothing") is None


def test_shutdown_finishes_edits_gives_up_the_rest_and_refuses_new(qtbot: QtBot, qapp: object) -> None:
    jobs = Jobs()
    ends, late = Ends(), Ends()
    saved: list[int] = []

    def save(number: int) -> Any:
        def task(progress: Progress) -> None:
            time.sleep(0.01)
            saved.append(number)

        return task

    jobs.run("endless", until_stopped, **ends.listeners())
    for number in range(5):
        jobs.run("note", save(number), lane=Lane.EDIT)
    assert jobs.shutdown(5)
    assert saved == [0, 1, 2, 3, 4]
    assert ends.told == [("cancelled", None)]
    jobs.run("late", lambda progress: saved.append(99), **late.listeners())
    assert late.told == [("cancelled", None)]
    assert 99 not in saved


@pytest.mark.expected_log("WARNING")
def test_shutdown_says_when_a_job_hangs(qapp: object) -> None:
    jobs = Jobs()
    started, go = threading.Event(), threading.Event()

    def hanging(progress: Progress) -> None:
        started.set()
        go.wait(20)

    jobs.run("hanging", hanging)
    assert started.wait(5)
    assert not jobs.shutdown(0.05)
    go.set()
    assert jobs.shutdown(5)


def test_a_job_stands_still_while_it_is_paused_and_can_be_cancelled_then(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[int] = []
    states: list[JobState] = []
    jobs.progressed.connect(lambda state: states.append(state) if state else None)

    def task(progress: Progress) -> int:
        for number in range(1_000_000):
            progress.step(number, 1_000_000)
            steps.append(number)
        return 1

    ended: list[str] = []
    job = jobs.run("Import", task, lambda _v: ended.append("done"), cancelled=lambda: ended.append("no"))
    job.shown = True
    qtbot.waitUntil(lambda: len(steps) > 0)
    job.pause(True)
    qtbot.waitUntil(lambda: any(state.paused for state in states))
    stood_at = len(steps)
    qtbot.wait(60)
    assert len(steps) == stood_at
    job.pause(False)
    qtbot.waitUntil(lambda: len(steps) > stood_at)
    job.pause(True)
    job.cancel()
    qtbot.waitUntil(lambda: ended == ["no"])
