"""What happens around notes that moved or lost their passage: the list, and settling each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import AnnotationId, Changes
from desktop.ui.appearance import Appearance
from desktop.ui.document_pane import DocumentPane
from desktop.ui.editing import Editing
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.reading import Reading
from desktop.ui.single_dialog import SingleDialog
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.review_notes import Review
    from desktop.tasks.session import Session
    from desktop.ui.review_dialog import ReviewDialog


class ReviewDesk(QObject):
    """Keeps the list, when it is open, as the notes are."""

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        messages: Messages,
        appearance: Appearance,
        editing: Editing,
        reading: Reading,
        pane: DocumentPane,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._appearance = appearance
        self._editing = editing
        self._reading = reading
        self._pane = pane
        self._session: Session | None = None
        self._dialog: SingleDialog[ReviewDialog] = SingleDialog()
        appearance.changed.connect(self._wear)

    def use(self, session: Session | None) -> None:
        """Look at the notes of this library from now on."""
        self._session = session
        self._dialog.close()

    @Slot()
    def show_review(self) -> None:
        """Open the list."""
        from desktop.ui.review_dialog import ReviewDialog

        if self._dialog.comes_forward():
            return
        dialog = self._dialog.hold(ReviewDialog(self._appearance.theme, self._window))
        dialog.shown.connect(self._go_to)
        dialog.accepted_places.connect(self._accept)
        dialog.place_requested.connect(self._place)
        dialog.keep_requested.connect(self._keep)
        dialog.delete_requested.connect(self._editing.delete_note)
        dialog.undo_requested.connect(self._editing.undo)
        self._read()
        dialog.show()

    @Slot(object)
    def _wear(self, theme: Theme) -> None:
        if self._dialog.shown is not None:
            self._dialog.shown.set_theme(theme)

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Read the list again when notes or texts changed."""
        if self._dialog.shown is not None and (changes.annotations or changes.articles or changes.library):
            self._read()

    def _read(self) -> None:
        def task(session: Session) -> list[Review]:
            from desktop.tasks import review_notes

            return review_notes.to_review(session)

        def done(found: list[Review]) -> None:
            if self._dialog.shown is not None:
                self._dialog.shown.show_reviews(found)

        self._run(_("Check notes"), task, done, lane=Lane.QUICK)

    @Slot(object)
    def _go_to(self, review: Review) -> None:
        """Show the new place in the text, or the article from which the passage went."""
        start, end = review.annotation.start, review.annotation.end
        if start is not None and end is not None:
            self._reading.open_passage(review.article, start, end)
        else:
            self._reading.open(review.article)

    @Slot(object)
    def _accept(self, ids: list[AnnotationId]) -> None:
        def task(session: Session) -> Changes:
            from desktop.tasks import review_notes

            return review_notes.accept(session, ids)

        self._run(_("Check notes"), task)

    @Slot(object)
    def _place(self, review: Review) -> None:
        passage = self._pane.current_selection()
        if self._pane.article_id != review.article or passage is None:
            self._messages.tell(_("Select the passage in the text first"))
            return

        def task(session: Session) -> Changes:
            from desktop.tasks import review_notes

            return review_notes.place_at(session, review.annotation.id, *passage)

        self._run(_("Check notes"), task)
        if self._dialog.shown is not None:
            self._dialog.shown.placed()

    @Slot(object)
    def _keep(self, annotation: AnnotationId) -> None:
        def task(session: Session) -> Changes:
            from desktop.tasks import review_notes

            return review_notes.keep_on_article(session, annotation)

        self._run(_("Check notes"), task)

    def _run(
        self,
        title: str,
        work: Callable[[Session], Any],
        done: Callable[[Any], object] | None = None,
        *,
        lane: Lane = Lane.EDIT,
    ) -> None:
        if (session := self._session) is not None:
            self._jobs.run(title, lambda _progress: work(session), done, lane=lane)
