"""The one place that starts processes: work that may hang, crash or eat memory runs in one of these.

Spawned on every system, never forked (there is Qt and there are threads in this process). A task is
one file or one batch: a plain function of a module with arguments that can be pickled.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Self, TypeVar

from desktop.errors import Cancelled, Problem, ProblemKind

Result = TypeVar("Result")

_NICE = 10  #: the window goes before what runs here
_START_SECONDS = 60.0  #: a new process that says nothing for so long will never do
_LOOK_SECONDS = 0.1  #: how often a waiting caller is asked whether it still wants the result


class Workers:
    """At most `count` processes, started when first needed and used again.

    `run` may be called from several threads; with all processes busy it waits for one.
    """

    def __init__(self, count: int = 1) -> None:
        self._free = threading.Semaphore(count)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False

    def run(
        self,
        function: Callable[..., Result],
        *args: Any,
        seconds: float,
        megabytes: int,
        about: object = "",
        look: Callable[[], object] | None = None,
    ) -> Result:
        """Return `function(*args)` as worked out in a process.

        seconds: time it may take, without the start of a process.
        megabytes: memory it may take on top of what the process has (not limited on Windows and macOS,
        whose systems do not offer it).
        about: path for the Problem. look: called every tenth of a second; what it raises
        (`errors.Cancelled`) ends the work and is passed on.

        Raises Problem TOO_SLOW, TOO_LARGE (memory) or CRASHED; whatever the function raises comes
        back as it is, with its traceback as a note.
        """
        self._wait_for_turn(look)
        worker = None
        try:
            worker = self._take()
            return worker.run(function, args, seconds, megabytes, about, look)
        finally:
            if worker is not None:
                self._give_back(worker)
            self._free.release()

    def close(self) -> None:
        """End all processes; work that is under way ends as CRASHED."""
        with self._lock:
            self._closed = True
            idle, busy = list(self._idle), list(self._busy)
            self._idle.clear()
        for worker in busy:
            worker.kill()  # whoever waits for its answer ends it
        for worker in idle:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _wait_for_turn(self, look: Callable[[], object] | None) -> None:
        while not self._free.acquire(timeout=_LOOK_SECONDS if look else None):
            if look is not None:
                look()

    def _take(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise RuntimeError("workers are closed")
            worker = self._idle.pop() if self._idle else _Worker()
            self._busy.add(worker)
        return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
            if worker.usable and not self._closed:
                self._idle.append(worker)
                return
        worker.end()


class WorkerExecutor(Executor):
    """These processes as the `concurrent.futures` executor that whoever has much to compute takes.

    So that another one, a computing cluster's, can take its place. A future ends as `Workers.run` does.
    """

    def __init__(
        self, workers: Workers, count: int, *, seconds: float | Callable[..., float], megabytes: int
    ) -> None:
        """count: tasks under way at once. seconds: what each may take, or what tells it from its arguments.

        megabytes: of memory, likewise for each.
        """
        self._workers, self._seconds, self._megabytes = workers, seconds, megabytes
        self._stopping = threading.Event()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have `fn(*args, **kwargs)` worked out in a process."""
        return self._threads.submit(self._work, partial(fn, **kwargs) if kwargs else fn, *args)

    def _work(self, function: Callable[..., Result], *args: Any) -> Result:
        seconds = self._seconds(*args) if callable(self._seconds) else self._seconds
        return self._workers.run(function, *args, seconds=seconds, megabytes=self._megabytes, look=self._look)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks. cancel_futures: what is under way is given up too, with its process."""
        if cancel_futures:
            self._stopping.set()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(self, *_exception: object) -> None:
        self.shutdown(cancel_futures=True)  # nobody is left to ask for the rest

    def _look(self) -> None:
        if self._stopping.is_set():
            raise Cancelled


class _Worker:
    """One process and our end of the pipe to it."""

    def __init__(self) -> None:
        self.usable = True
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs,), name="leeslamp-worker", daemon=True
        )
        self._process.start()
        theirs.close()  # so that the pipe ends when the process does
        self._started = False

    def run(
        self,
        function: Callable[..., Result],
        args: tuple[Any, ...],
        seconds: float,
        megabytes: int,
        about: object,
        look: Callable[[], object] | None,
    ) -> Result:
        self.usable = False  # until an answer has come
        try:
            if not self._started:
                if not self._await(_START_SECONDS, look):
                    raise Problem(ProblemKind.CRASHED, about)
                self._pipe.recv()
                self._started = True
            self._pipe.send((function, args, megabytes))
            if not self._await(seconds, look):
                raise Problem(ProblemKind.TOO_SLOW, about, f"{seconds:g}")
            good, answer = self._pipe.recv()
        except (EOFError, ConnectionError, OSError) as error:
            raise Problem(ProblemKind.CRASHED, about) from error
        if good:
            self.usable = True
            return answer  # type: ignore[no-any-return]
        if isinstance(answer, MemoryError):
            raise Problem(ProblemKind.TOO_LARGE, about, f"{megabytes} MB")
        self.usable = True
        raise answer

    def _await(self, seconds: float, look: Callable[[], object] | None) -> bool:
        """Wait until the process has said something; False when the time is over."""
        end = time.monotonic() + seconds
        while not self._pipe.poll(min(_LOOK_SECONDS, max(0.0, end - time.monotonic()))):
            if look is not None:
                look()
            if time.monotonic() >= end:
                return False
        return True

    def kill(self) -> None:
        """Stop the process, at once and whatever it does; may be called by any thread."""
        self.usable = False
        with contextlib.suppress(ValueError):  # it was ended meanwhile
            self._process.kill()

    def end(self) -> None:
        """Stop the process and let go of the pipe; by the one thread that uses it."""
        self.kill()
        self._process.join()
        self._pipe.close()


def find_program(name: str) -> str | None:
    """Return where a program of the system is, None where it is not installed."""
    return shutil.which(name)


def program_output(command: Sequence[str], data: bytes, seconds: float) -> bytes:
    """Return what another program writes when it is given `data`; raises Problem TOO_SLOW or CRASHED."""
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Problem(ProblemKind.TOO_SLOW, command[0], f"{seconds:g}") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(ProblemKind.CRASHED, command[0]) from error
    return done.stdout


# What runs in the process


def _serve(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that started us
    if hasattr(os, "nice"):
        os.nice(_NICE)
    sys.stdout = sys.stderr  # what a parser prints does not belong in our output
    pipe.send("ready")
    while True:
        try:
            function, args, megabytes = pipe.recv()
        except EOFError:
            return
        answer: tuple[bool, Any]
        try:
            _limit_memory(megabytes)
            answer = True, function(*args)
        except BaseException as error:
            answer = False, _told(error)
        try:
            pipe.send(answer)
        except (MemoryError, BrokenPipeError):
            return
        except Exception as error:  # the result cannot be pickled
            pipe.send((False, RuntimeError(f"{type(error).__name__}: {error}")))


def _told(error: BaseException) -> BaseException:
    """Return an exception that survives the way back and says where it came from."""
    if isinstance(error, Problem | MemoryError):
        return error
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = RuntimeError("".join(traceback.format_exception_only(error)).strip())
    error.add_note("in a worker process:\n" + "".join(traceback.format_exception(error)))
    return error


def _limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no more, where the system can hold it to that (Linux)."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except (ImportError, OSError):
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard < 0 else min(soft, hard), hard))
