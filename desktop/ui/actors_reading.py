"""Asks the library for actors; answers that came too late are dropped, and nothing waits in the window."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.i18n import _
from desktop.library.actor_table import ActorRow, Order
from desktop.model import MentionKind
from desktop.progress import Progress
from desktop.ui.actors_model import PAGE
from desktop.ui.jobs import Jobs
from desktop.ui.newest_reading import NewestReading
from desktop.ui.paged_model import MOST_COPIED

if TYPE_CHECKING:
    from desktop.tasks.browse_actors import Question, Suggestion
    from desktop.tasks.session import Session


Rows = Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown and in which order."""

    question: Question
    order: Order = Order.ARTICLES
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The actors that were found; some pages of them are known."""

    wish: Wish
    ids: array[int]
    pages: dict[int, list[ActorRow]]
    rows: Rows  #: the articles they are counted in; None = all


@dataclass(frozen=True, slots=True)
class Counted:
    """How many actors there are of each kind, in the articles found, and which of all may be one."""

    kinds: dict[MentionKind, int]
    suggestions: list[Suggestion]


class ActorsReading(NewestReading[Wish]):
    """Reads in steps: names and counts at once, then what takes longer, then how many there are.

    Signals:
        found: a Found; where the question is new, dates and company of its first page come a moment later.
        counted: a Counted.
        page_read: offset and rows of a page of what was found last.
    """

    found = Signal(object)
    counted = Signal(object)
    page_read = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, _("Read actors"), parent)
        self._rows: Rows = None

    def begin(self, session: Session, wish: Wish) -> None:
        """Read names and counts."""
        fresh = wish != self._answered
        at = 0 if fresh else self.row_in_view()

        def task(progress: Progress) -> Found:
            from desktop.library import actor_table
            from desktop.tasks.browse_actors import understand

            con = session.library.reader()
            wanted = understand(session, wish.question)
            ids = actor_table.find(con, wanted, wish.order, descending=wish.descending)
            progress.step(0, 0)
            starts = {0} if fresh else {at - at % PAGE, at - at % PAGE + PAGE}
            pages = {
                start: actor_table.page(con, ids[start : start + PAGE], wanted.rows, brief=fresh)
                for start in starts
                if start < len(ids) or start == 0
            }
            return Found(wish, ids, pages, wanted.rows)

        def then(found: Found) -> None:
            self._answered, self._rows = wish, found.rows
            self.found.emit(found)
            if fresh and found.ids:
                self._complete(session, found)
            else:
                self._count(session)

        self.run_step(task, then)

    def _complete(self, session: Session, found: Found) -> None:
        def task(progress: Progress) -> list[ActorRow]:
            from desktop.library import actor_table

            return actor_table.page(session.library.reader(), found.ids[:PAGE], found.rows)

        def then(rows: list[ActorRow]) -> None:
            self.page_read.emit(0, rows)
            self._count(session)

        self.run_step(task, then)

    def _count(self, session: Session) -> None:
        rows = self._rows

        def task(progress: Progress) -> Counted:
            from desktop.library import actor_table
            from desktop.tasks.browse_actors import suggestions

            kinds = actor_table.kinds(session.library.reader(), rows)
            progress.step(0, 0)
            return Counted(kinds, suggestions(session))

        self.run_step(task, self.counted.emit)

    # What is looked at

    def read_page(self, offset: int, ids: Sequence[int]) -> None:
        """Read a page of what was found."""
        session, number, rows = self._session, self._number, self._rows
        if session is None:
            return

        def task(progress: Progress) -> list[ActorRow]:
            from desktop.library import actor_table

            return actor_table.page(session.library.reader(), ids, rows)

        def done(found: list[ActorRow]) -> None:
            if number == self._number:
                self.page_read.emit(offset, found)

        self.look_up(task, done)

    def read_rows(self, ids: Sequence[int], done: Callable[[list[ActorRow]], object]) -> None:
        """Read these actors and hand them over."""
        session, rows = self._session, self._rows
        if session is None:
            return
        ids = list(ids[:MOST_COPIED])

        def task(progress: Progress) -> list[ActorRow]:
            from desktop.library import actor_table

            found: list[ActorRow] = []
            for start in range(0, len(ids), PAGE):
                progress.step(start, len(ids))
                found += actor_table.page(session.library.reader(), ids[start : start + PAGE], rows)
            return found

        self.look_up(task, done)
