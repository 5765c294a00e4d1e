"""Lets the names model read the library in the background, with pause; it goes on at the next start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import Problem, ProblemKind
from desktop.i18n import _
from desktop.model import ArticleId, Changes
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Job, Jobs, Lane
from desktop.ui.messages import Messages

if TYPE_CHECKING:
    from desktop.tasks.read_names import NamesRead
    from desktop.tasks.session import Session

SETTING = "names_by_model"
_BEGIN_MS = 2_000  # after a library was opened or articles came: what a person waits for goes first
_TELL_MS = 10_000  # so often, at most, views read again what was found in articles that nobody reads


class NameReading(QObject):
    """Runs the reading of names, one run at a time.

    Signals:
        wanted_changed: whether names are to be read, after pausing or going on.
    """

    wanted_changed = Signal(object)
    _read_some = Signal(object)

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._messages, self._settings = jobs, messages, settings
        self._session: Session | None = None
        self._job: Job | None = None
        self._again = False  # articles came while a run was under way
        self._at_hand: ArticleId | None = None
        self._found: set[ArticleId] = set()  # in which names were found, and no view knows yet
        self._is_left = False  # the library of the run that is under way was closed
        self._is_second_try = False  # the process of the last run died
        self._is_impossible = False  # the model cannot run here, which was said already
        self._begin = QTimer(self, singleShot=True, interval=_BEGIN_MS)
        self._begin.timeout.connect(self._start)
        self._tell = QTimer(self, singleShot=True, interval=_TELL_MS)
        self._tell.timeout.connect(self._tell_views)
        self._read_some.connect(self._on_read_some)

    @property
    def is_wanted(self) -> bool:
        """Tell whether names are to be read by the model."""
        return bool(self._settings.get(SETTING))

    def use(self, session: Session | None) -> None:
        """Read the articles of this library from now on."""
        self._session = session
        self._found.clear()
        self._tell.stop()
        self._begin.stop()
        if session is not None:
            self._begin.start()
        elif self._job is not None:
            self._is_left = True
            self._job.cancel()

    @Slot(object)
    def set_at_hand(self, article: ArticleId | None) -> None:
        """Know which article is open: it goes first."""
        self._at_hand = article

    @Slot(object)
    def set_wanted(self, wanted: bool) -> None:
        """Pause, or go on."""
        self._settings.set(SETTING, wanted)
        self.apply(SETTING)

    @Slot(object)
    def apply(self, key: str) -> None:
        """Bring a setting that was changed into effect."""
        if key != SETTING:
            return
        self.wanted_changed.emit(self.is_wanted)
        if self.is_wanted:
            self._is_impossible = False
            self._start()
        elif self._job is not None:
            self._job.cancel()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Read what came in."""
        if self._session is None or not changes.library:
            return
        if self._job is None:
            self._begin.start()
        self._again = self._job is not None

    @Slot()
    def _start(self) -> None:
        session = self._session
        if session is None or self._job is not None or self._is_impossible or not self.is_wanted:
            return
        self._again = False

        def task(progress: Progress) -> NamesRead:
            from desktop.tasks.read_names import read_names

            return read_names(session, progress, at_hand=lambda: self._at_hand, told=self._read_some.emit)

        self._job = self._jobs.run(
            _("Recognising names"),
            task,
            self._ending(self._on_done),
            lane=Lane.BEHIND,
            problem=self._ending(self._on_problem),
            cancelled=self._ending(self._on_cancelled),
            bug=self._ending(self._jobs.bug_met.emit),
        )

    def _ending(self, then: Callable[..., object]) -> Callable[..., None]:
        """Return what is called at the end of a run."""

        def ended(*outcome: object) -> None:
            self._job = None
            if self._is_left:  # whatever came of it: nobody asked to be told of that library any more
                self._is_left = False
                self._start()
                return
            self._tell_views()
            then(*outcome)

        return ended

    def _on_done(self, read: NamesRead) -> None:
        self._is_second_try = False
        if read.why_not:
            self._is_impossible = True
            self._messages.tell(
                _("The names model does not run here: rules recognise the names ({reason})").format(
                    reason=read.why_not
                )
            )
        elif self._again:
            self._start()

    def _on_problem(self, problem: Problem) -> None:
        """Try once more after the process died, of which nobody need hear; tell of anything else."""
        if problem.kind is ProblemKind.CRASHED and not self._is_second_try:
            self._is_second_try = True
            self._begin.start()
        else:
            self._is_second_try = False
            self._messages.problem(problem)

    def _on_cancelled(self) -> None:
        """A person gave it up."""
        self._settings.set(SETTING, False)
        self.wanted_changed.emit(False)
        self._messages.tell(
            _("The model reads no further; names are as the rules found them"),
            action=_("Go on"),
            act=lambda: self.set_wanted(True),
        )

    @Slot(object)
    def _on_read_some(self, changes: Changes) -> None:
        if self._session is None or self._is_left:
            return
        self._found |= changes.articles
        if changes.actors or self._at_hand in changes.articles:
            self._tell_views()
        elif not self._tell.isActive():
            self._tell.start()

    @Slot()
    def _tell_views(self) -> None:
        self._tell.stop()
        found, self._found = frozenset(self._found), set()
        if found and self._session is not None:
            self._jobs.changed.emit(Changes(articles=found, actors=True))
