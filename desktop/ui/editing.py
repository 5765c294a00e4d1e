"""What a person changes: highlights, notes, tags, stars, the trash, and taking it back.

Every change is a task in the lane of edits, so that changes happen in the order in which they were
made and none is lost when the window closes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import Problem
from desktop.i18n import _, n_, step_text
from desktop.model import AnnotationId, ArticleId, Changes, Step
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.wishes import NoteChange, NotesDeleting, NotesRecolouring, NotesTagging, NotesWish

if TYPE_CHECKING:
    from desktop.tasks.session import Session


def _change_notes(wish: NotesRecolouring | NotesTagging, session: Session) -> object:
    from desktop.tasks import browse_notes

    if isinstance(wish, NotesRecolouring):
        return browse_notes.recolour(session, wish.annotations, wish.colour)
    add = [tag for tag in wish.after if tag not in wish.before]
    remove = [tag for tag in wish.before if tag not in wish.after]
    return browse_notes.change_tags(session, wish.annotations, add, remove)


class Editing(QObject):
    """Runs the writing tasks of one window.

    Signals:
        article_touched: the ArticleId in which a step was undone or done again.
        steps_changed: the Step that undo would take back, and the one that redo would do (or None).
        tags_read: the names of all tags.
        note_stored: a note and its tags that are safe in the library.
    """

    article_touched = Signal(object)
    steps_changed = Signal(object, object)
    tags_read = Signal(object)
    note_stored = Signal(object, object)

    def __init__(self, jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Change this library from now on."""
        self._session = session
        self.read_steps()

    def _run(
        self,
        title: str,
        work: Callable[[Session], Any],
        done: Callable[[Any], object] | None = None,
        problem: Callable[[Problem], object] | None = None,
    ) -> None:
        session = self._session
        if session is not None:
            self._jobs.run(title, lambda _progress: work(session), done, lane=Lane.EDIT, problem=problem)

    # Notes

    def highlight(self, article: ArticleId, start: int, end: int, colour: int = 1) -> None:
        """Highlight a passage."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.highlight(session, article, start, end, colour=colour)

        self._run(_("Highlight"), work)

    def recolour(self, annotation: AnnotationId, colour: int) -> None:
        """Give a highlight another colour."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.recolour(session, annotation, colour)

        self._run(_("Change colour"), work)

    def resize(self, annotation: AnnotationId, start: int, end: int) -> None:
        """Give a highlight another beginning or end."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.resize(session, annotation, start, end)

        self._run(_("Highlight"), work)

    def set_note(self, annotation: AnnotationId, note: str, tags: Sequence[str]) -> None:
        """Replace the note and tags of a highlight."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.set_note(session, annotation, note, tags)

        self._store_note(work, note, tags)

    def note_on_passage(
        self, article: ArticleId, start: int | None, end: int | None, note: str, tags: Sequence[str] = ()
    ) -> None:
        """Put a note on a passage or a whole article: on the annotation that is there, or on a new one."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.note_on_passage(session, article, start, end, note, tags=tags)

        self._store_note(work, note, tags)

    def _store_note(self, work: Callable[[Session], object], note: str, tags: Sequence[str]) -> None:
        """Store words a person wrote; what cannot be stored is shown to be copied."""

        def not_stored(problem: Problem) -> None:
            self._messages.problem(problem)
            if note:
                self._messages.warn(_("The note could not be stored. Copy it from the details."), note)

        self._run(_("Note"), work, lambda _c: self.note_stored.emit(note, tuple(tags)), problem=not_stored)

    def delete_note(self, annotation: AnnotationId) -> None:
        """Delete a highlight with its note; it can be undone."""

        def work(session: Session) -> object:
            from desktop.tasks import annotate

            return annotate.delete(session, annotation)

        def done(_changes: Changes) -> None:
            self._messages.tell(_("Note deleted"), action=_("Undo"), act=self.undo)

        self._run(_("Delete note"), work, done)

    @Slot(object)
    def carry_out(self, wish: NotesWish) -> None:
        """Change several notes at once, or write in one."""
        if isinstance(wish, NoteChange):
            self.set_note(*wish)
        elif isinstance(wish, NotesDeleting):
            self._delete_notes(wish.annotations)
        else:
            self._run(_("Notes"), partial(_change_notes, wish))

    def _delete_notes(self, annotations: Sequence[AnnotationId]) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import browse_notes

            return browse_notes.delete(session, annotations)

        def done(changes: Changes) -> None:
            words = n_("{n} note deleted", "{n} notes deleted", len(changes.annotations))
            self._messages.tell(words, action=_("Undo"), act=self.undo)

        self._run(_("Delete note"), work, done)

    # Articles

    # Which ones: by their numbers in the library, since a list of 100,000 knows no more of all its rows.

    def read_tags(self, rows: Sequence[int], done: Callable[[list[str]], object]) -> None:
        """Hand over the tags that all these articles have."""

        def work(session: Session) -> list[str]:
            from desktop.tasks import annotate

            return annotate.common_tags(session, rows)

        self._run(_("Tags"), work, done)

    def change_tags(self, rows: Sequence[int], before: Sequence[str], after: Sequence[str]) -> None:
        """Give articles the tags that are new, and take away those that are gone."""
        add = [tag for tag in after if tag not in before]
        remove = [tag for tag in before if tag not in after]

        def work(session: Session) -> object:
            from desktop.tasks import annotate, manage

            return annotate.change_article_tags(session, manage.ids_of(session, rows), add, remove)

        if add or remove:
            self._run(_("Tags"), work)

    def star(self, rows: Sequence[int], starred: bool) -> None:
        """Give articles a star, or take it away."""

        def work(session: Session) -> object:
            from desktop.tasks import manage

            return manage.star(session, manage.ids_of(session, rows), starred)

        self._run(_("Star"), work)

    def trash(self, rows: Sequence[int]) -> None:
        """Move articles to the trash, with a way back in sight."""

        def work(session: Session) -> object:
            from desktop.tasks import manage

            return manage.trash(session, manage.ids_of(session, rows))

        def done(changes: Changes) -> None:
            words = n_("{n} article deleted", "{n} articles deleted", len(changes.articles))
            self._messages.tell(words, action=_("Undo"), act=self.undo)

        self._run(_("Delete article"), work, done)

    @Slot()
    def remove_starters(self) -> None:
        """Move the starter articles to the trash, with a way back in sight."""

        def work(session: Session) -> object:
            from desktop.tasks import manage

            return manage.remove_starters(session)

        def done(changes: Changes) -> None:
            if changes.articles:
                self._messages.tell(_("Starter articles removed"), action=_("Undo"), act=self.undo)
            else:
                self._messages.tell(_("There are no starter articles here"))

        self._run(_("Remove starter articles"), work, done)

    # Undo

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""

        def work(session: Session) -> object:
            from desktop.tasks import undo

            return undo.undo(session)

        self._run(_("Undo"), work, self._on_undone)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""

        def work(session: Session) -> object:
            from desktop.tasks import undo

            return undo.redo(session)

        self._run(_("Redo"), work, self._on_redone)

    def _on_undone(self, answer: tuple[Step | None, Changes]) -> None:
        if answer[0] is not None:
            words = _("Undone: {step}").format(step=step_text(answer[0]))
            self._messages.tell(words, action=_("Redo"), act=self.redo)
            self._show_place(answer, thrown_away="restore")

    def _on_redone(self, answer: tuple[Step | None, Changes]) -> None:
        if answer[0] is not None:
            words = _("Done again: {step}").format(step=step_text(answer[0]))
            self._messages.tell(words, action=_("Undo"), act=self.undo)
            self._show_place(answer, thrown_away="trash")

    def _show_place(self, answer: tuple[Step | None, Changes], *, thrown_away: str) -> None:
        """Show the one article that was changed, unless it went: nothing is to change behind one's back."""
        step, articles = answer[0], answer[1].articles
        if len(articles) == 1 and step is not None and step.kind != thrown_away:
            self.article_touched.emit(next(iter(articles)))

    @Slot()
    def read_steps(self) -> None:
        """Read what can be undone and redone, and which tags there are."""
        session = self._session
        if session is None:
            self.steps_changed.emit(None, None)
            return

        def task(progress: Progress) -> tuple[Step | None, Step | None, list[str]]:
            from desktop.library import annotations
            from desktop.tasks import undo

            return *undo.next_steps(session), annotations.tag_names(session.library.reader())

        def done(answer: tuple[Step | None, Step | None, list[str]]) -> None:
            if session is self._session:
                self.steps_changed.emit(answer[0], answer[1])
                self.tags_read.emit(answer[2])

        self._jobs.run(_("Undo"), task, done, lane=Lane.QUICK)
