"""What happens around the trash: reading it, putting back, removing for good, undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.i18n import _, n_
from desktop.model import Article, ArticleId, Changes
from desktop.ui.appearance import Appearance
from desktop.ui.editing import Editing
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.single_dialog import SingleDialog

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.trash_dialog import TrashDialog


class TrashDesk(QObject):
    """Keeps the list of the trash, when it is open, as the trash is."""

    def __init__(
        self, window: QWidget, jobs: Jobs, messages: Messages, appearance: Appearance, editing: Editing
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._appearance = appearance
        self._editing = editing
        self._session: Session | None = None
        self._dialog: SingleDialog[TrashDialog] = SingleDialog()

    def use(self, session: Session | None) -> None:
        """Show the trash of this library from now on."""
        self._session = session
        self._dialog.close()

    @Slot()
    def show_trash(self) -> None:
        """Open the list."""
        from desktop.ui.trash_dialog import TrashDialog

        if self._dialog.comes_forward():
            return
        dialog = self._dialog.hold(TrashDialog(self._appearance.theme, self._window))
        dialog.restore_requested.connect(self._restore)
        dialog.purge_requested.connect(self._purge)
        dialog.undo_requested.connect(self._editing.undo)
        self._read()
        dialog.show()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Read the list again when articles came or went."""
        if self._dialog.shown is not None and changes.library:
            self._read()

    def _read(self) -> None:
        def task(session: Session) -> list[Article]:
            from desktop.tasks import manage

            return manage.trashed(session)

        def done(found: list[Article]) -> None:
            if self._dialog.shown is not None:
                self._dialog.shown.show_articles(found)

        self._run(_("Trash"), task, done, lane=Lane.QUICK)

    @Slot(object)
    def _restore(self, ids: Sequence[ArticleId]) -> None:
        def task(session: Session) -> Changes:
            from desktop.tasks import manage

            return manage.restore(session, ids)

        def done(changes: Changes) -> None:
            words = n_("{n} article restored", "{n} articles restored", len(changes.articles))
            self._messages.tell(words, action=_("Undo"), act=self._editing.undo)

        self._run(_("Restore"), task, done, lane=Lane.EDIT)

    @Slot(object)
    def _purge(self, ids: Sequence[ArticleId]) -> None:
        question = n_("Delete {n} article permanently?", "Delete {n} articles permanently?", len(ids))
        explanation = _("Notes on it are deleted too. This cannot be undone.")
        if not self._messages.ask(question, _("Delete permanently"), explanation):
            return

        def task(session: Session) -> Changes:
            from desktop.tasks import manage

            return manage.purge(session, ids)

        def done(changes: Changes) -> None:
            count = len(changes.articles)
            self._messages.tell(
                n_("{n} article deleted permanently", "{n} articles deleted permanently", count)
            )

        self._run(_("Delete permanently"), task, done, lane=Lane.EDIT)

    def _run(
        self,
        title: str,
        work: Callable[[Session], Any],
        done: Callable[[Any], object],
        *,
        lane: Lane,
    ) -> None:
        if (session := self._session) is not None:
            self._jobs.run(title, lambda _progress: work(session), done, lane=lane)
