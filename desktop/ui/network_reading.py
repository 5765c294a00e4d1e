"""Asks the library for networks and passages; answers that came too late are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import Problem
from desktop.i18n import _
from desktop.progress import Progress
from desktop.ui.jobs import Job, Jobs, Lane

if TYPE_CHECKING:
    from desktop.tasks.network import Network, Passages, Question
    from desktop.tasks.session import Session

_SOON_MS = 700  # between two looks at a library that is being filled


class NetworkReading(QObject):
    """One network at a time; while it is counted only the newest wish waits.

    Signals:
        found: a Network.
        began: one is being counted.
        read: Passages that were asked for last.
    """

    found = Signal(object)
    began = Signal()
    read = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._session: Session | None = None
        self._question: Question | None = None
        self._job: Job | None = None
        self._reading: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.again)

    def use(self, session: Session | None) -> None:
        """Ask this library from now on."""
        self._session = session
        self._soon.stop()
        self.again()

    def ask(self, question: Question) -> None:
        """Count this network."""
        self._question = question
        self.again()

    @Slot()
    def again(self) -> None:
        """Count the same again: the library has changed."""
        for job in (self._job, self._reading):
            if job is not None:
                job.cancel()
        self._reading = None
        if self._job is None:
            self._start()

    @Slot()
    def again_soon(self) -> None:
        """Count the same again in a moment: more changes may come."""
        if not self._soon.isActive():
            self._soon.start()

    def _start(self) -> None:
        session, question = self._session, self._question
        if session is None or question is None:
            return
        self.began.emit()

        def task(progress: Progress) -> Network:
            from desktop.tasks import network

            return network.find(session, question, progress)

        def ended(answer: Any = None) -> None:
            self._job = None
            if self._session is not session or self._question is not question or answer is None:
                self._start()
            else:
                self.found.emit(answer)

        def failed() -> None:
            self._job = None

        self._job = self._run(task, ended, failed)

    def _run(
        self, task: Callable[[Progress], Any], ended: Callable[..., object], failed: Callable[[], object]
    ) -> Job:
        def problem(reason: Problem) -> None:
            failed()
            self._jobs.problem_met.emit(reason)

        def bug(trace: str) -> None:
            failed()
            self._jobs.bug_met.emit(trace)

        return self._jobs.run(
            _("Network"), task, ended, lane=Lane.QUICK, problem=problem, cancelled=ended, bug=bug
        )

    def read_passages(self, found: Network, number: int, others: Sequence[int]) -> None:
        """Read where an actor stands with others."""
        session = self._session
        self.forget_passages()
        if session is None:
            return

        def task(progress: Progress) -> Passages:
            from desktop.tasks import network

            return network.passages(session, found, number, others, progress=progress)

        def ended(answer: Any = None) -> None:
            if job is self._reading:
                self._reading = None
                if answer is not None:
                    self.read.emit(answer)

        job = self._reading = self._run(task, ended, self.forget_passages)

    def forget_passages(self) -> None:
        """Nobody looks at the passages any more."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
