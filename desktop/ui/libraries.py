"""The library that is open, and the change from one to another without making anyone wait."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop import paths
from desktop.errors import Problem, ProblemKind
from desktop.i18n import _
from desktop.model import Changes
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_WAIT_SECONDS = 3.0  # for another program to let go of the library


class Libraries(QObject):
    """Opens, switches and closes libraries off the window's thread.

    Signals:
        opened: the Session of a library that is open from now on.
        leaving: the library is about to be closed: say what is still to be saved.
        failed: the Problem for which none could be opened, and none is open.
        index_changed: the index of the open library has another state.
    """

    opened = Signal(object)
    leaving = Signal()
    failed = Signal(object)
    index_changed = Signal()

    _index_told = Signal()  # comes from the index's own thread

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._settings = settings
        self._opening: Path | None = None
        self._refused: Path | None = None
        self.session: Session | None = None
        self._index_told.connect(self.index_changed)

    def recent(self) -> list[Path]:
        """Return the libraries that were open, newest first, as far as they are still there."""
        return [Path(folder) for folder in self._settings.get("recent_libraries") if Path(folder).is_dir()]

    def open(self, folder: Path, *, create: bool = True) -> None:
        """Open a library; the one that is open is closed once the new one is there."""
        if self._opening is not None or (self.session and self.session.library.folder == folder):
            return
        self._opening = folder

        def task(progress: Progress) -> Session:
            # These bring the whole house with them: here nobody waits for it.
            from desktop.tasks.session import Session

            return Session.open(folder, create=create, wait=_WAIT_SECONDS, progress=progress)

        self._jobs.run(
            _("Opening library"), task, self._on_opened, problem=self._on_problem, cancelled=self._on_given_up
        )

    def _on_opened(self, session: Session) -> None:
        self._opening = None
        self.close()
        self.session = session
        folder = str(session.library.folder)
        is_default = session.library.folder == paths.default_library()
        self._settings.set("library", "" if is_default else folder)
        self._settings.remember("recent_libraries", folder)
        session.start_following(self._index_told.emit)
        self.opened.emit(session)
        self._look_after(session)

    def _look_after(self, session: Session) -> None:
        def task(progress: Progress) -> tuple[Changes, list[Problem]]:
            from desktop.tasks.look_after import look_after

            return look_after(session, progress)

        def done(outcome: tuple[Changes, list[Problem]]) -> None:
            _changes, problems = outcome  # what changed, Jobs tells
            for problem in problems:
                self._messages.problem(problem)

        self._jobs.run(_("Looking after the library"), task, done, problem=self._on_trouble)

    def _on_trouble(self, problem: Problem) -> None:
        """Tell what went wrong behind; not that a process died: the next start does what was left."""
        if problem.kind is not ProblemKind.CRASHED:
            self._messages.problem(problem)

    def retry(self) -> None:
        """Open the library again that could not be opened."""
        if self._refused is not None:
            self.open(self._refused)

    def _on_problem(self, problem: Problem) -> None:
        self._refused, self._opening = self._opening, None
        self._messages.problem(problem)
        if self.session is None:
            self.failed.emit(problem)

    def _on_given_up(self) -> None:
        self._opening = None

    @Slot()
    def close(self) -> None:
        """Save what is still to be saved, then close behind the window's back."""
        session = self.session
        if session is None:
            return
        self.leaving.emit()
        self.session = None
        self._jobs.cancel_all()

        def task(progress: Progress) -> None:
            # In the lane of edits: after everything that was changed, and after whoever still reads.
            self._jobs.drain(Lane.QUICK)
            self._jobs.drain(Lane.LONG)
            self._jobs.drain(Lane.BEHIND)
            session.close()

        self._jobs.run(_("Closing library"), task, lane=Lane.EDIT)
