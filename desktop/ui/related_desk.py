"""Finds the articles related to the one that is open, beside the window, and shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.i18n import _
from desktop.progress import Progress
from desktop.ui.appearance import Appearance
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.reading import Reading

if TYPE_CHECKING:
    from desktop.tasks.related import Related
    from desktop.tasks.session import Session


class RelatedDesk(QObject):
    """Opens the list of related articles, and the one that is chosen in it."""

    def __init__(self, window: QWidget, jobs: Jobs, appearance: Appearance, reading: Reading) -> None:
        super().__init__(window)
        self._window, self._jobs, self._appearance, self._reading = window, jobs, appearance, reading
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Look in this library from now on."""
        self._session = session

    @Slot()
    def show(self) -> None:
        """Show what is related to the article that is open."""
        from desktop.ui.related_popup import RelatedPopup

        session, current = self._session, self._reading.current
        if session is None or current is None:
            return
        article = current.article
        popup = RelatedPopup(article.title, self._appearance.theme, self._window)
        popup.opened.connect(self._reading.open)
        popup.show()

        def task(progress: Progress) -> list[Related]:
            from desktop.tasks import related

            return related.related(session, article.id)

        def done(found: list[Related]) -> None:
            if isValid(popup):
                popup.show_related(found)

        def gone(_problem: object) -> None:
            if isValid(popup):
                popup.close()

        self._jobs.run(_("Related articles"), task, done, lane=Lane.QUICK, problem=gone)
