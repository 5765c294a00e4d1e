"""Work in processes: results, limits, crashes, cancelling."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.workers import Workers

LIMITS = {"seconds": 20.0, "megabytes": 200}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2) as pool:
        yield pool


def test_a_result_comes_back_from_another_process(workers: Workers) -> None:
    assert workers.run(divmod, 17, 5, **LIMITS) == (3, 2)
    assert workers.run(os.getpid, **LIMITS) != os.getpid()


def test_a_process_is_used_again() -> None:
    with Workers(1) as pool:
        assert pool.run(os.getpid, **LIMITS) == pool.run(os.getpid, **LIMITS)


def test_work_that_takes_too_long_is_ended_and_the_next_goes_on() -> None:
    with Workers(1) as pool:
        pool.run(os.getpid, **LIMITS)
        begin = time.monotonic()
        with pytest.raises(Problem) as caught:
            pool.run(time.sleep, 30, seconds=0.3, megabytes=100, about="slow.pdf")
        assert time.monotonic() - begin < 5
        assert (caught.value.kind, caught.value.path, caught.value.detail) == (
            ProblemKind.TOO_SLOW, "slow.pdf", "0.3",
        )  # fmt: skip
        assert pool.run(abs, -1, **LIMITS) == 1


def test_a_process_that_dies_is_a_problem_and_the_next_goes_on(workers: Workers) -> None:
    with pytest.raises(Problem) as caught:
        workers.run(os.abort, about="bad.pdf", **LIMITS)
    assert (caught.value.kind, caught.value.path) == (ProblemKind.CRASHED, "bad.pdf")
    assert workers.run(abs, -1, **LIMITS) == 1


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is limited on Linux only")
def test_work_that_eats_memory_is_ended_and_the_next_goes_on(workers: Workers) -> None:
    with pytest.raises(Problem) as caught:
        workers.run(bytes, 400_000_000, about="huge.pdf", seconds=20, megabytes=100)
    assert (caught.value.kind, caught.value.path, caught.value.detail) == (
        ProblemKind.TOO_LARGE, "huge.pdf", "100 MB",
    )  # fmt: skip
    assert workers.run(len, b"x" * 1_000_000, **LIMITS) == 1_000_000


def test_the_memory_of_a_task_counts_from_where_the_process_is() -> None:
    with Workers(1) as pool:
        for _round in range(4):
            assert len(pool.run(bytes, 60_000_000, seconds=20, megabytes=150)) == 60_000_000


def test_a_problem_and_a_bug_come_back_as_they_are(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        workers.run(divmod, 1, 0, **LIMITS)
    assert "in a worker process" in "".join(caught.value.__notes__)
    from desktop.importers import read_file
    from desktop.importers.base import Path

    with pytest.raises(Problem) as problem:
        workers.run(read_file, Path("nowhere.txt"), **LIMITS)
    assert problem.value.kind is ProblemKind.NOT_FOUND


def test_a_result_that_cannot_be_sent_is_an_error_and_not_a_wait(workers: Workers) -> None:
    with pytest.raises(RuntimeError, match="pickle"):
        workers.run(threading.Lock, **LIMITS)


def test_looking_can_cancel() -> None:
    begin = time.monotonic()

    def look() -> None:
        if time.monotonic() - begin > 0.5:
            raise Cancelled

    with Workers(1) as pool:
        with pytest.raises(Cancelled):
            pool.run(time.sleep, 30, seconds=30, megabytes=100, look=look)
        assert time.monotonic() - begin < 10
        assert pool.run(abs, -1, **LIMITS) == 1


def test_more_threads_than_processes_take_turns() -> None:
    pids: list[int] = []

    def work() -> None:
        pids.append(pool.run(os.getpid, **LIMITS))

    with Workers(2) as pool:
        threads = [threading.Thread(target=work) for _number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(pids) == 6
    assert len(set(pids)) <= 2


def test_closing_ends_work_under_way() -> None:
    outcome: list[ProblemKind] = []

    def work() -> None:
        with pytest.raises(Problem) as caught:
            pool.run(time.sleep, 30, seconds=30, megabytes=100)
        outcome.append(caught.value.kind)

    pool = Workers(1)
    pool.run(os.getpid, **LIMITS)
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    pool.close()
    thread.join(10)
    assert outcome == [ProblemKind.CRASHED]
