"""Long work off the window's thread: the one place in the program that has threads of Qt.

A job ends in exactly one of four ways, told on the window's thread: done (with the result), problem
(something outside the program is wrong), cancelled, or bug (any other exception, with its trace).

Four lanes keep people from waiting for machines: QUICK answers questions (searches, opening an
article), several at a time; EDIT does what a person changes, strictly one after another and all of it
before the program ends; LONG is imports and exports, shown with progress and a way to cancel; BEHIND is what
may take hours and hurries nobody, shown while nothing else is.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.model import Changes
from desktop.progress import Progress

logger = logging.getLogger(__name__)

Task = Callable[[Progress], Any]

SHOWN_AFTER_MS = 600  #: a job that is over sooner never shows a bar
REPORT_SECONDS = 0.1  #: at most so often progress reaches the window
_LOOK_SECONDS = 0.1  # how often a job that stands still looks whether it is to go on


class Lane(Enum):
    """Which queue a job stands in; the value is how many of it run at once."""

    QUICK = ("quick", 3)
    EDIT = ("edit", 1)
    LONG = ("long", 2)
    BEHIND = ("behind", 1)


_SHOWN = (Lane.LONG, Lane.BEHIND)  # with a bar, when they take long


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is; total 0 = not known. text is data: a file name, a title."""

    job: Job
    done: int = 0
    total: int = 0
    text: str = ""
    paused: bool = False


@dataclass(eq=False, slots=True)
class Job:
    """One running task. Give it up with `cancel`, halt it with `pause`; it notices at its next step."""

    title: str
    lane: Lane
    number: int
    started: float  #: time.monotonic()
    can_pause: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    halted: threading.Event = field(default_factory=threading.Event)
    shown: bool = False

    def cancel(self) -> None:
        """Ask the task to stop."""
        self.stop.set()

    def pause(self, halted: bool) -> None:
        """Ask the task to stand still, or to go on."""
        (self.halted.set if halted else self.halted.clear)()


@dataclass(frozen=True, slots=True)
class _Ending:
    job: Job
    way: str  # done, problem, cancelled, bug
    value: Any = None


@dataclass(frozen=True, slots=True)
class _Listeners:
    done: Callable[[Any], object] | None
    problem: Callable[[Problem], object] | None
    cancelled: Callable[[], object] | None
    bug: Callable[[str], object] | None


class Jobs(QObject):
    """Runs tasks; every signal comes on the window's thread.

    Signals:
        changed: the Changes a job brought about.
        progressed: the JobState to show, or None when there is nothing to show.
        problem_met: a Problem that nobody asked to be told about.
        bug_met: the trace of an unexpected exception that nobody asked to be told about.
    """

    changed = Signal(object)
    progressed = Signal(object)
    problem_met = Signal(object)
    bug_met = Signal(object)

    _stepped = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._running: dict[int, tuple[Job, _Listeners, _Runnable]] = {}
        self._states: dict[int, JobState] = {}
        self._closed = False
        self._pools = {lane: self._pool(lane) for lane in Lane}
        self._clock = QTimer(self, interval=100)
        self._clock.timeout.connect(self._show_slow_ones)
        self._stepped.connect(self._on_step)
        self._ended.connect(self._on_end)

    def _pool(self, lane: Lane) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(lane.value[1])
        pool.setExpiryTimeout(-1)  # each thread has its own reader of the library: keep both
        return pool

    def run(
        self,
        title: str,
        task: Task,
        done: Callable[[Any], object] | None = None,
        *,
        lane: Lane = Lane.LONG,
        problem: Callable[[Problem], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        bug: Callable[[str], object] | None = None,
        can_pause: bool = False,
    ) -> Job:
        """Run `task(progress)` in its lane and tell how it ended; `title` is shown beside the bar.

        can_pause: a person may halt it for a while.
        A problem or bug without a listener goes out as a signal. After `shutdown` began nothing is
        run any more: the job counts as cancelled.
        """
        job = Job(title, lane, next(self._numbers), time.monotonic(), can_pause)
        listeners = _Listeners(done, problem, cancelled, bug)
        if self._closed:
            job.cancel()
            if cancelled is not None:
                cancelled()
            return job
        runnable = _Runnable(job, task, self._stepped.emit, self._ended.emit)
        self._running[job.number] = (job, listeners, runnable)
        if lane in _SHOWN:
            self._clock.start()
        self._pools[lane].start(runnable)
        return job

    def busy(self, lane: Lane | None = None) -> bool:
        """Tell whether a job (of this lane) has not ended yet."""
        return any(lane is None or job.lane is lane for job, _listeners, _r in self._running.values())

    def cancel_all(self, lane: Lane | None = None) -> None:
        """Ask every job (of this lane) to stop; what a person changed is never given up."""
        for job, _listeners, _runnable in self._running.values():
            if job.lane is not Lane.EDIT and lane in (None, job.lane):
                job.cancel()

    def drain(self, lane: Lane) -> None:
        """Wait until a lane is empty; for a task in another lane, never for the window."""
        self._pools[lane].waitForDone()

    def settle(self, seconds: float) -> bool:
        """Wait until everything a person changed is done; False when that took too long."""
        finished = self._pools[Lane.EDIT].waitForDone(QDeadlineTimer(round(seconds * 1000)))
        QCoreApplication.sendPostedEvents(self)  # the endings, so that a failure is still told
        return finished

    def shutdown(self, seconds: float = 10.0) -> bool:
        """Refuse new jobs, finish what a person changed, give up the rest; False when one hangs."""
        self._closed = True
        self._clock.stop()
        self.cancel_all()
        end = time.monotonic() + seconds
        finished = True
        for lane in (Lane.EDIT, Lane.QUICK, Lane.LONG, Lane.BEHIND):
            left = max(0, round((end - time.monotonic()) * 1000))
            finished = self._pools[lane].waitForDone(QDeadlineTimer(left)) and finished
        QCoreApplication.sendPostedEvents(self)
        if not finished:
            logger.warning(
                "jobs still running at the end: %s", [job.title for job, *_ in self._running.values()]
            )
        return finished

    @Slot(object)
    def _on_step(self, state: JobState) -> None:
        if state.job.number in self._running:
            self._states[state.job.number] = state
            self._tell_progress()

    @Slot()
    def _show_slow_ones(self) -> None:
        waiting = [j for j, _l, _r in self._running.values() if j.lane in _SHOWN and not j.shown]
        slow = [job for job in waiting if time.monotonic() - job.started >= SHOWN_AFTER_MS / 1000]
        for job in slow:
            job.shown = True
        if slow:
            self._tell_progress()
        if len(slow) == len(waiting):
            self._clock.stop()

    def _tell_progress(self) -> None:
        shown = [job for job, _listeners, _runnable in self._running.values() if job.shown]
        shown.sort(key=lambda job: job.lane is Lane.BEHIND)
        if shown:
            oldest = shown[0]
            self.progressed.emit(self._states.get(oldest.number, JobState(oldest)))
        else:
            self.progressed.emit(None)

    @Slot(object)
    def _on_end(self, ending: _Ending) -> None:
        job, listeners, _runnable = self._running.pop(ending.job.number)
        self._states.pop(job.number, None)
        if job.shown:
            self._tell_progress()
        if ending.way == "done":
            if listeners.done is not None:
                listeners.done(ending.value)
            changes = changes_in(ending.value)
            if changes is not None:
                self.changed.emit(changes)
        elif ending.way == "problem":
            logger.info("%s: %s", job.title, ending.value)
            (listeners.problem or self.problem_met.emit)(_named(ending.value, job))
        elif ending.way == "bug":
            logger.error("%s: %s", job.title, ending.value)
            (listeners.bug or self.bug_met.emit)(ending.value)
        elif listeners.cancelled is not None:
            listeners.cancelled()


def _named(problem: Problem, job: Job) -> Problem:
    """Say of work that ended without a word, and not on some file, which it was."""
    if problem.kind is ProblemKind.CRASHED and not problem.path:
        return Problem(problem.kind, detail=job.title)
    return problem


def changes_in(result: object) -> Changes | None:
    """Return the Changes that a task's result is, holds as `.changes`, or has among its items."""
    if isinstance(result, Changes):
        return result
    if isinstance(result, tuple):
        return next((item for item in result if isinstance(item, Changes)), None)
    held = getattr(result, "changes", None)
    return held if isinstance(held, Changes) else None


class _Reporter:
    """The Progress of one job: the window hears at most ten times a second."""

    def __init__(self, job: Job, tell: Callable[[JobState], object]) -> None:
        self._job = job
        self._tell = tell
        self._next = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        """Report, or raise Cancelled."""
        if self._job.halted.is_set() and not self._job.stop.is_set():
            self._stand_still(done, total, text)
        if self._job.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now >= self._next:
            self._next = now + REPORT_SECONDS
            self._tell(JobState(self._job, done, total, text))

    def _stand_still(self, done: int, total: int, text: str) -> None:
        self._tell(JobState(self._job, done, total, text, paused=True))
        while self._job.halted.is_set() and not self._job.stop.wait(_LOOK_SECONDS):
            pass
        self._next = 0.0


class _Runnable(QRunnable):
    def __init__(
        self, job: Job, task: Task, tell: Callable[[JobState], object], end: Callable[[_Ending], object]
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python holds it until the ending has been told
        self._job = job
        self._task = task
        self._tell = tell
        self._end = end

    def run(self) -> None:
        """Run the task and tell its end, whatever happens."""
        job = self._job
        try:
            if job.stop.is_set():
                raise Cancelled
            ending = _Ending(job, "done", self._task(_Reporter(job, self._tell)))
        except Cancelled:
            ending = _Ending(job, "cancelled")
        except Problem as problem:
            ending = _Ending(job, "problem", problem)
        except BaseException:  # a thread must not end silently, whatever it was
            import traceback

            ending = _Ending(job, "bug", traceback.format_exc())
        try:
            self._end(ending)
        except RuntimeError:  # the window is gone: nobody is left to be told
            logger.warning("%s ended after the window", job.title)
