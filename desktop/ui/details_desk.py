"""Changing what is known about articles: reads what they share, asks, writes, offers the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import _, n_
from desktop.model import ArticleId, Changes
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages

if TYPE_CHECKING:
    from desktop.tasks.manage import CommonDetails
    from desktop.tasks.session import Session


class DetailsDesk(QObject):
    """Opens the dialog for the details of articles and carries out what is decided in it."""

    def __init__(self, window: QWidget, jobs: Jobs, messages: Messages, undo: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._undo = undo
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Change the articles of this library from now on."""
        self._session = session

    def ask(self, rows: Sequence[int]) -> None:
        """Let a person change the details of articles, by their numbers in the library."""
        session = self._session
        if session is None or not rows:
            return

        def task(progress: Progress) -> CommonDetails:
            from desktop.tasks import manage

            return manage.common_details(session, rows)

        self._jobs.run(_("Details"), task, self._show, lane=Lane.QUICK)

    def _show(self, details: CommonDetails) -> None:
        from desktop.ui.details_dialog import DetailsDialog

        if not details.ids:
            return
        dialog = DetailsDialog(details, self._window)
        dialog.given.connect(lambda news: self._change(details.ids, news))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, ids: Sequence[ArticleId], news: Mapping[str, str]) -> None:
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> Changes:
            from desktop.tasks import manage

            return manage.set_details_of(session, ids, news)

        def done(_changes: Changes) -> None:
            words = n_("Details of {n} article changed", "Details of {n} articles changed", len(ids))
            self._messages.tell(words, action=_("Undo"), act=self._undo)

        self._jobs.run(_("Details"), task, done, lane=Lane.EDIT)
