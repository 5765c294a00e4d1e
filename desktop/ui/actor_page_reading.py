"""Asks the library for the page of an actor; answers that came too late are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model import ActorId
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, Lane

if TYPE_CHECKING:
    from desktop.library.actor_pages import Place
    from desktop.tasks.actor_page import ActorPage, Passages
    from desktop.tasks.session import Session

_SOON_MS = 500  # between two looks at a library that is being filled


class ActorPageReading(QObject):
    """Reads what is known of one actor, and its passages a page at a time.

    Signals:
        read: the ActorPage.
        passages_read: the Passages, and whether they come behind those that are shown.
        missed: there is no such actor any more.
    """

    read = Signal(object)
    passages_read = Signal(object, object)
    missed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._session: Session | None = None
        self.actor: ActorId | None = None
        self._number = 0  # of the newest question
        self._under_way = 0
        self._shown = 0  # articles with passages
        self._next: Place | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.again)

    @property
    def is_busy(self) -> bool:
        """Tell whether an answer is under way or will soon be asked for."""
        return self._under_way > 0 or self._soon.isActive()

    def use(self, session: Session | None) -> None:
        """Ask this library from now on."""
        self._session = session
        self._soon.stop()
        self.forget()

    def forget(self) -> None:
        """Want nothing: no page is shown."""
        self._number += 1
        self.actor = None

    def ask(self, actor: ActorId) -> None:
        """Read the page of this actor."""
        self.actor, self._shown, self._next = actor, 0, None
        self.again()

    @Slot()
    def again_soon(self) -> None:
        """Read the same again in a moment: more changes may come."""
        if self.actor is not None and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def again(self) -> None:
        """Read the same again, with as many passages as are shown."""
        session, actor = self._session, self.actor
        if session is None or actor is None:
            return
        self._number += 1
        number, shown = self._number, self._shown
        was_all = shown > 0 and self._next is None  # then all of it again, with what came besides

        def task(progress: Progress) -> tuple[ActorPage, Passages]:
            from desktop.tasks import actor_page

            page = actor_page.read_page(session, actor)
            progress.step(0, 0)
            count = max(shown + (actor_page.ARTICLES if was_all else 0), actor_page.ARTICLES)
            return page, actor_page.read_passages(session, actor, count=count)

        def done(answer: tuple[ActorPage, Passages]) -> None:
            self._under_way -= 1
            if number == self._number:
                page, passages = answer
                self.read.emit(page)
                self._shown, self._next = len(passages.articles), passages.next
                self.passages_read.emit(passages, False)

        self._run(task, done, number)

    @Slot()
    def more(self) -> None:
        """Read the passages that come next."""
        session, actor, after, number = self._session, self.actor, self._next, self._number
        if session is None or actor is None or after is None:
            return
        self._next = None  # asked for once

        def task(progress: Progress) -> Passages:
            from desktop.tasks import actor_page

            return actor_page.read_passages(session, actor, after)

        def done(passages: Passages) -> None:
            self._under_way -= 1
            if number == self._number:
                self._shown += len(passages.articles)
                self._next = passages.next
                self.passages_read.emit(passages, True)

        self._run(task, done, number)

    def _run(self, task, done, number: int) -> None:
        def problem(_problem: Problem) -> None:
            self._under_way -= 1
            if number == self._number:
                self.missed.emit()

        def cancelled() -> None:
            self._under_way -= 1

        def bug(trace: str) -> None:
            self._under_way -= 1
            self._jobs.bug_met.emit(trace)

        self._under_way += 1
        self._jobs.run(
            _("Read actor"), task, done, lane=Lane.QUICK, problem=problem, cancelled=cancelled, bug=bug
        )
