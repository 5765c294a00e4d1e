"""Asks the library for notes; answers that came too late are dropped, and nothing waits in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.i18n import _
from desktop.library.note_table import ArticleHead, Grouping, NoteCounts, NoteList, NoteRow, Order
from desktop.progress import Progress
from desktop.ui.jobs import Jobs
from desktop.ui.newest_reading import NewestReading
from desktop.ui.notes_model import PAGE, first_lines
from desktop.ui.paged_model import MOST_COPIED

if TYPE_CHECKING:
    from desktop.tasks.browse_notes import Question
    from desktop.tasks.session import Session


_FIRST = 2 * PAGE  # notes that are read before all others


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown, in which order and groups."""

    question: Question
    order: Order = Order.PLACE
    grouping: Grouping = Grouping.ARTICLE
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The notes that were found; those that are looked at are known."""

    wish: Wish
    list: NoteList
    notes: dict[int, NoteRow]
    heads: dict[int, ArticleHead]


class NotesReading(NewestReading[Wish]):
    """Reads in steps: the notes, then how many there are of what.

    Signals:
        found: a Found.
        counted: a NoteCounts, of all notes in what the search field finds.
        page_read: offset, notes and heads of a page of what was found last.
    """

    found = Signal(object)
    counted = Signal(object)
    page_read = Signal(object, object, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, _("Read notes"), parent)

    def begin(self, session: Session, wish: Wish) -> None:
        """Find the notes and read those in view; where the question is new, the first ones at once."""
        if wish != self._answered and not wish.question.words.strip():
            self._read(session, wish, 0, _FIRST)
        else:
            self._read(session, wish, self.row_in_view() if wish == self._answered else 0, None)

    def _read(self, session: Session, wish: Wish, at: int, most: int | None) -> None:
        def task(progress: Progress) -> tuple[Found, Sequence[int] | None]:
            from desktop.library import note_table
            from desktop.tasks.browse_notes import understand

            con = session.library.reader()
            wanted = understand(session, wish.question)
            progress.step(0, 0)
            found = note_table.find(
                con, wanted, wish.order, wish.grouping, descending=wish.descending, most=most
            )
            progress.step(0, 0)
            ids, rows = first_lines(found, wish.grouping, at)
            read = Found(wish, found, note_table.page(con, ids), note_table.heads(con, rows))
            return read, wanted.rows

        def then(answer: tuple[Found, Sequence[int] | None]) -> None:
            self._answered = wish
            self.found.emit(answer[0])
            if most is not None and len(answer[0].list.ids) >= most:
                self._read(session, wish, self.row_in_view(), None)
            else:
                self._count(session, answer[1])

        self.run_step(task, then)

    def _count(self, session: Session, rows: Sequence[int] | None) -> None:
        def task(progress: Progress) -> NoteCounts:
            from desktop.library import note_table

            return note_table.counts(session.library.reader(), rows)

        self.run_step(task, self.counted.emit)

    # What is looked at

    def read_page(self, offset: int, ids: Sequence[int], rows: Sequence[int]) -> None:
        """Read a page of what was found."""
        session, number = self._session, self._number
        if session is None:
            return

        def task(progress: Progress) -> tuple[dict[int, NoteRow], dict[int, ArticleHead]]:
            from desktop.library import note_table

            con = session.library.reader()
            return note_table.page(con, ids), note_table.heads(con, rows)

        def done(found: tuple[dict[int, NoteRow], dict[int, ArticleHead]]) -> None:
            if number == self._number:
                self.page_read.emit(offset, *found)

        self.look_up(task, done)

    def read_rows(self, ids: Sequence[int], done: Callable[[list[NoteRow]], object]) -> None:
        """Read these notes and hand them over, in this order."""
        session = self._session
        if session is None:
            return
        ids = list(dict.fromkeys(ids))[:MOST_COPIED]

        def task(progress: Progress) -> list[NoteRow]:
            from desktop.library import note_table

            found: list[NoteRow] = []
            for start in range(0, len(ids), PAGE * 10):
                progress.step(start, len(ids))
                some = ids[start : start + PAGE * 10]
                known = note_table.page(session.library.reader(), some)
                found += [known[number] for number in some if number in known]
            return found

        self.look_up(task, done)

    def find_names(self, beginning: str, done: Callable[[list[str]], object]) -> None:
        """Hand over the names of actors that begin so."""
        session = self._session
        if session is None or len(beginning.strip()) < 2:
            return

        def task(progress: Progress) -> list[str]:
            from desktop.library import actors

            found = actors.find(session.library.reader(), beginning, prefix=True)
            return [actor.name for actor in found[:12]]

        self.look_up(task, done)
