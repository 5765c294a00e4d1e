"""Brings notes out of the program, into a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.i18n import _
from desktop.model import Article
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.messages import Messages
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 60  # characters of a file's name


class Exporting(QObject):
    """Exports notes to Markdown."""

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._files = FileWriter(jobs, messages, settings)
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Export from this library from now on."""
        self._session = session

    def export_notes(self, query: str, article: Article | None, rows: Sequence[int] = ()) -> None:
        """Ask for a file and write the notes of the articles that are shown into it.

        article: export only this one's notes. rows: only those of the articles with these numbers.
        """
        session = self._session
        if session is None:
            return
        name = _UNFIT.sub(" ", article.title if article else query).strip()[:_LONGEST].strip(" .")
        title = _("Export notes")
        target = self._files.ask(title, f"{name or _('Notes')}.md", _("Markdown (*.md)"))
        if target is None:
            return

        def task(progress: Progress) -> None:
            from desktop.tasks import export_notes, manage

            progress.step(0, 0, target.name)
            chosen = [article.id] if article else manage.ids_of(session, rows) if rows else None
            text = export_notes.export_notes(session, query=query, article_ids=chosen)
            export_notes.write_file(target, text)

        told = _("Notes written to {file}").format(file=target.name)
        self._files.write(title, target, task, lambda _nothing: told)
