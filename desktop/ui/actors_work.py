"""What is done from the view of actors: saying who is who, taking it back, exporting the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.i18n import _
from desktop.library.links import NameOfActor
from desktop.model import ActorId, Changes
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.actors_reading import Wish
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.browse_actors import Suggestion
    from desktop.tasks.session import Session


class ActorsWork(QObject):
    """Runs the tasks; each correction is told with a way to undo it.

    Signals:
        corrected: names belong to other actors now.
    """

    corrected = Signal()

    def __init__(self, jobs: Jobs, messages: Messages, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._files = FileWriter(jobs, messages, settings)
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Work in this library from now on."""
        self._session = session

    @Slot(object)
    def merge(self, suggestion: Suggestion) -> None:
        """Say that both are one."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.merge(session, [suggestion.short.id], suggestion.fuller.id)

        words = _("“{name}” now belongs to {actor}")
        self._correct(work, words.format(name=suggestion.short.name, actor=suggestion.fuller.name))

    @Slot(object)
    def stand_apart(self, suggestion: Suggestion) -> None:
        """Say that they are not."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.stand_apart(session, suggestion.short.id)

        self._correct(work, _("“{name}” stays an actor of its own").format(name=suggestion.short.name))

    @Slot(object, object)
    def split(self, actor: ActorId, name: NameOfActor) -> None:
        """Say that a name is not the actor's."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.split(session, actor, [(name.name, name.kind)])

        self._correct(work, _("“{name}” is an actor of its own now").format(name=name.name))

    def _correct(self, work: Callable[[Session], Changes], told: str) -> None:
        session = self._session

        def done(_changes: Changes) -> None:
            self.corrected.emit()
            self._messages.tell(told, action=_("Undo"), act=self._undo)

        if session is not None:
            self._jobs.run(_("Correction"), lambda _progress: work(session), done, lane=Lane.EDIT)

    def _undo(self) -> None:
        session = self._session

        def task(_progress: Progress) -> object:
            from desktop.tasks import undo

            return undo.undo(session) if session is not None else None

        self._jobs.run(_("Undo"), task, lane=Lane.EDIT)

    def export(self, wish: Wish) -> None:
        """Ask for a file and write the table into it."""
        session = self._session
        if session is None:
            return

        def task(target: Path, progress: Progress) -> None:
            from desktop.tasks import browse_actors

            browse_actors.export(session, wish.question, wish.order, wish.descending, target, progress)

        self._files.write_table(_("Actors"), task)
