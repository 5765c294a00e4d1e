"""Asks the library in steps; what a newer wish overtook is dropped, and nothing waits in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.progress import Progress
from desktop.ui.jobs import Job, Jobs, Lane

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_SOON_MS = 500  # between two looks at a library that is being filled
Wish = TypeVar("Wish")


class NewestReading(QObject, Generic[Wish]):
    """Reads what was wished last, one step after another; which steps, those who inherit say."""

    def __init__(self, jobs: Jobs, title: str, parent: QObject | None = None) -> None:
        """title: of the jobs, for a reader."""
        super().__init__(parent)
        self._jobs, self._title = jobs, title
        self._session: Session | None = None
        self._wish: Wish | None = None
        self._answered: Wish | None = None  # whose first rows are shown
        self._number = 0  # of the newest wish
        self._job: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.again)
        self.row_in_view: Callable[[], int] = int

    def begin(self, session: Session, wish: Wish) -> None:
        """Take the first step for a wish, by `run_step`."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Tell whether an answer is under way or will soon be asked for."""
        return self._job is not None or self._soon.isActive()

    def use(self, session: Session | None) -> None:
        """Ask this library from now on."""
        self._session = session
        self._answered = None
        self._soon.stop()
        self.again()

    def ask(self, wish: Wish) -> None:
        """Read this."""
        self._wish = wish
        self.again()

    @Slot()
    def again(self) -> None:
        """Read the same again: the library has changed."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        else:
            self._start_newest()

    @Slot()
    def again_soon(self) -> None:
        """Read the same again in a moment: more changes may come."""
        if not self._soon.isActive():
            self._soon.start()

    def _start_newest(self) -> None:
        if self._session is not None and self._wish is not None:
            self.begin(self._session, self._wish)

    def run_step(self, task: Callable[[Progress], Any], then: Callable[[Any], object]) -> None:
        """Do the task beside the window and go on with its answer, as long as nothing newer is wished."""
        number = self._number

        def done(answer: Any) -> None:
            self._job = None
            if number == self._number:
                then(answer)
            else:
                self._start_newest()

        def cancelled() -> None:
            self._job = None
            self._start_newest()

        def bug(trace: str) -> None:
            self._job = None
            self._jobs.bug_met.emit(trace)

        self._job = self._jobs.run(self._title, task, done, lane=Lane.QUICK, cancelled=cancelled, bug=bug)

    def look_up(self, task: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        """Do a task beside the steps: a page that is looked at, rows to be copied."""
        self._jobs.run(self._title, task, done, lane=Lane.QUICK)
