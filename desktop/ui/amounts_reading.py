"""Asks the library for amounts; answers that came too late are dropped, and nothing waits in the window."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.i18n import _
from desktop.library.amounts import AmountFilter, AmountRow, Order, Points, UnitCount
from desktop.model import MentionKind
from desktop.progress import Progress
from desktop.ui.amounts_model import PAGE
from desktop.ui.jobs import Job, Jobs, Lane

if TYPE_CHECKING:
    from desktop.tasks.browse_amounts import Question
    from desktop.tasks.session import Session

_SOON_MS = 500  # between two looks at a library that is being filled
_MOST_COPIED = 10_000  # rows


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown and in which order."""

    question: Question
    order: Order = Order.DATE
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The amounts, as far as they are known."""

    wish: Wish
    ids: array[int]
    pages: dict[int, list[AmountRow]]
    complete: bool
    unread: frozenset[str]  #: fields of the question that could not be read


@dataclass(frozen=True, slots=True)
class Counted:
    """How many amounts there are in the library, and of each kind and unit in the articles found."""

    total: int
    choices: list[UnitCount]


class AmountsReading(QObject):
    """Reads in steps: what is seen at once, the chart, all that fits, and how many there are.

    Signals:
        found: a Found; first an incomplete one where the question is new.
        counted: a Counted.
        charted: the Points, and the kind of amount they are.
        page_read: offset and rows of a page of what was found last.
    """

    found = Signal(object)
    counted = Signal(object)
    charted = Signal(object, object)
    page_read = Signal(object, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._session: Session | None = None
        self._wish: Wish | None = None
        self._answered: Wish | None = None  # whose first rows are shown
        self._number = 0  # of the newest wish
        self._job: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.again)
        self.row_in_view: Callable[[], int] = int

    def use(self, session: Session | None) -> None:
        """Ask this library from now on."""
        self._session = session
        self._answered = None
        self._soon.stop()
        self.again()

    def ask(self, wish: Wish) -> None:
        """Read this."""
        self._wish = wish
        self.again()

    @Slot()
    def again(self) -> None:
        """Read the same again: the library has changed."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        elif self._session is not None and self._wish is not None:
            self._understand(self._session, self._wish)

    @Slot()
    def again_soon(self) -> None:
        """Read the same again in a moment: more changes may come."""
        if not self._soon.isActive():
            self._soon.start()

    # One step after another, as long as nothing newer is wished

    def _run(self, task: Callable[[Progress], Any], then: Callable[[Any], object]) -> None:
        number = self._number

        def done(answer: Any) -> None:
            self._job = None
            if number == self._number:
                then(answer)
            else:
                self._start_newest()

        def cancelled() -> None:
            self._job = None
            self._start_newest()

        def bug(trace: str) -> None:
            self._job = None
            self._jobs.bug_met.emit(trace)

        self._job = self._jobs.run(
            _("Read amounts"), task, done, lane=Lane.QUICK, cancelled=cancelled, bug=bug
        )

    def _start_newest(self) -> None:
        if self._session is not None and self._wish is not None:
            self._understand(self._session, self._wish)

    def _understand(self, session: Session, wish: Wish) -> None:
        fresh = wish != self._answered

        def task(progress: Progress) -> tuple[AmountFilter, Found | None]:
            from desktop.library import amounts
            from desktop.tasks.browse_amounts import understand

            con = session.library.reader()
            understood = understand(session, wish.question)
            wanted = understood.filter
            if wish.question.dimension is None and wish.question.kind is not MentionKind.MONEY:
                known = amounts.units(con, wanted)
                of_kind = [one.dimension for one in known if one.kind is wish.question.kind]
                wanted = replace(wanted, dimension=of_kind[0] if of_kind else None)
            if not fresh:
                return wanted, Found(wish, array("q"), {}, False, understood.unread)
            ids = amounts.find(con, wanted, wish.order, descending=wish.descending, limit=PAGE)
            pages = {0: amounts.page(con, ids)}
            return wanted, Found(wish, ids, pages, len(ids) < PAGE, understood.unread)

        def then(answer: tuple[AmountFilter, Found]) -> None:
            wanted, first = answer
            if fresh:
                self._answered = wish
                self.found.emit(first)
            self._chart(session, wanted, first)

        self._run(task, then)

    def _find_all(self, session: Session, wanted: AmountFilter, first: Found) -> None:
        wish = first.wish
        starts = sorted({0, self.row_in_view() // PAGE * PAGE})

        def task(progress: Progress) -> Found:
            from desktop.library import amounts

            con = session.library.reader()
            ids = amounts.find(con, wanted, wish.order, descending=wish.descending)
            pages = {start: amounts.page(con, ids[start : start + PAGE]) for start in starts}
            return replace(first, ids=ids, pages=pages, complete=True)

        def then(answer: Found) -> None:
            self.found.emit(answer)
            self._count(session, wanted)

        self._run(task, then)

    def _count(self, session: Session, wanted: AmountFilter) -> None:
        def task(progress: Progress) -> Counted:
            from desktop.library import amounts

            con = session.library.reader()
            everything = amounts.units(con, AmountFilter())
            choices = everything if wanted.rows is None else amounts.units(con, wanted)
            return Counted(sum(one.count for one in everything), choices)

        self._run(task, self.counted.emit)

    def _chart(self, session: Session, wanted: AmountFilter, first: Found) -> None:
        def task(progress: Progress) -> Points:
            from desktop.library import amounts

            return amounts.points(session.library.reader(), wanted, progress)

        [kind] = wanted.kinds

        def then(points: Points) -> None:
            self.charted.emit(points, (kind, wanted.dimension))
            if first.complete:
                self._count(session, wanted)
            else:
                self._find_all(session, wanted, first)

        self._run(task, then)

    # What is looked at

    def read_page(self, offset: int, ids: Sequence[int]) -> None:
        """Read a page of what was found."""
        session, number = self._session, self._number
        if session is None:
            return

        def task(progress: Progress) -> list[AmountRow]:
            from desktop.library import amounts

            return amounts.page(session.library.reader(), ids)

        def done(rows: list[AmountRow]) -> None:
            if number == self._number:
                self.page_read.emit(offset, rows)

        self._jobs.run(_("Read amounts"), task, done, lane=Lane.QUICK)

    def read_rows(self, ids: Sequence[int], done: Callable[[list[AmountRow]], object]) -> None:
        """Read these amounts and hand them over."""
        session = self._session
        if session is None:
            return
        ids = list(ids[:_MOST_COPIED])

        def task(progress: Progress) -> list[AmountRow]:
            from desktop.library import amounts

            return amounts.page(session.library.reader(), ids)

        self._jobs.run(_("Read amounts"), task, done, lane=Lane.QUICK)

    def find_names(self, prefix: str, done: Callable[[list[str]], object]) -> None:
        """Ask which actors' names begin so."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> list[str]:
            from desktop.library import actors

            return actors.names(session.library.reader(), prefix, 9)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)
