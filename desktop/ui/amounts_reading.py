"""Asks the library for amounts; answers that came too late are dropped, and nothing waits in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.i18n import _
from desktop.library.amount_counts import Cell, Points, UnitCount
from desktop.library.amount_lists import Amounts
from desktop.library.amounts import AmountFilter, AmountRow, Order
from desktop.model import MentionKind
from desktop.progress import Progress
from desktop.ui.amounts_model import PAGE, FirstAmounts
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.newest_reading import NewestReading
from desktop.ui.paged_model import MOST_COPIED

if TYPE_CHECKING:
    from desktop.charts.amounts import Material
    from desktop.tasks.browse_amounts import Question
    from desktop.tasks.session import Session


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
    amounts: Amounts
    pages: dict[int, list[AmountRow]]
    complete: bool
    unread: frozenset[str]  #: fields of the question that could not be read


@dataclass(frozen=True, slots=True)
class Charted:
    """What the chart shows: the points with the kind of amount they are, and what is drawn of them."""

    kind: MentionKind
    dimension: str | None
    points: Points
    material: Material


@dataclass(frozen=True, slots=True)
class Counted:
    """How many amounts there are in the library, and of each kind and unit in the articles found."""

    total: int
    choices: list[UnitCount]


class AmountsReading(NewestReading[Wish]):
    """Reads in steps: what is seen at once, then chart and length of the table, and how many there are.

    Signals:
        found: a Found; first an incomplete one where the question is new.
        counted: a Counted.
        charted: a Charted.
        page_read: the Amounts, the offset and the rows of a page of them.
    """

    found = Signal(object)
    counted = Signal(object)
    charted = Signal(object)
    page_read = Signal(object, object, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, _("Read amounts"), parent)
        self._wanted: AmountFilter | None = None  # what the wish that is shown was understood as

    def begin(self, session: Session, wish: Wish) -> None:
        """Read what is seen at once."""
        fresh = wish != self._answered

        def task(progress: Progress) -> tuple[AmountFilter, Found]:
            from desktop.library import amount_counts, amounts
            from desktop.tasks.browse_amounts import understand

            con = session.library.reader()
            understood = understand(session, wish.question)
            wanted = understood.filter
            if wanted.dimension is None and wish.question.kind is not MentionKind.MONEY:
                known = amount_counts.units(con, wanted)
                of_kind = [one.dimension for one in known if one.kind is wish.question.kind]
                wanted = replace(wanted, dimension=of_kind[0] if of_kind else None)
            if not fresh:
                return wanted, Found(wish, FirstAmounts(), {}, False, understood.unread)
            ids = amounts.find(con, wanted, wish.order, descending=wish.descending, limit=PAGE)
            pages = {0: amounts.page(con, ids)}
            return wanted, Found(wish, FirstAmounts(len(ids)), pages, len(ids) < PAGE, understood.unread)

        def then(answer: tuple[AmountFilter, Found]) -> None:
            wanted, first = answer
            if fresh:
                self._answered = wish
                self._wanted = wanted
                self.found.emit(replace(first, complete=False))
            self._look(session, wanted, first)

        self.run_step(task, then)

    def _look(self, session: Session, wanted: AmountFilter, first: Found) -> None:
        """Find out where each row stands and what the chart shows."""
        wish = first.wish
        starts = sorted({0, self.row_in_view() // PAGE * PAGE})
        [kind] = wanted.kinds

        def task(progress: Progress) -> tuple[Found, Charted]:
            from desktop.charts.amounts import Figure, material
            from desktop.library import amount_lists, amounts

            con = session.library.reader()
            found, points = amount_lists.look(con, wanted, wish.order, descending=wish.descending)
            progress.step(1, 3)
            pages = {start: amounts.page(con, found.ids(con, start, PAGE)) for start in starts}
            progress.step(2, 3)
            figures = [Figure(one.day, one.low, one.high, one.count, one.id) for one in points.points]
            charted = Charted(kind, wanted.dimension, points, material(figures, dense=not points.exact))
            return replace(first, amounts=found, pages=pages, complete=True), charted

        def then(answer: tuple[Found, Charted]) -> None:
            found, charted = answer
            self._wanted = wanted
            self.found.emit(found)
            self.charted.emit(charted)
            self._count(session, wanted)

        self.run_step(task, then)

    def _count(self, session: Session, wanted: AmountFilter) -> None:
        def task(progress: Progress) -> Counted:
            from desktop.library import amount_counts

            con = session.library.reader()
            everything = amount_counts.units(con, AmountFilter())
            choices = everything if wanted.rows is None else amount_counts.units(con, wanted)
            return Counted(sum(one.count for one in everything), choices)

        self.run_step(task, self.counted.emit)

    # What is looked at

    def read_page(self, amounts: Amounts, offset: int) -> None:
        """Read a page of what was found."""
        self._read(
            lambda con: amounts.ids(con, offset, PAGE),
            lambda rows: self.page_read.emit(amounts, offset, rows),
        )

    def read_places(
        self, amounts: Amounts, places: Sequence[int], done: Callable[[list[AmountRow]], object]
    ) -> None:
        """Read the amounts in these rows and hand them over."""
        runs = [
            [place for _n, place in run]
            for _key, run in groupby(enumerate(places[:MOST_COPIED]), key=lambda pair: pair[1] - pair[0])
        ]
        self._read(lambda con: [id_ for run in runs for id_ in amounts.ids(con, run[0], len(run))], done)

    def read_rows(self, ids: Sequence[int], done: Callable[[list[AmountRow]], object]) -> None:
        """Read these amounts and hand them over."""
        ids = list(ids[:MOST_COPIED])
        self._read(lambda con: ids, done)

    def read_cell(self, cell: Cell, done: Callable[[list[AmountRow]], object]) -> None:
        """Read the first amount of a cell in the order of the table."""
        wish, wanted = self._answered, self._wanted
        if wish is None or wanted is None:
            return

        def find(con: Any) -> Sequence[int]:
            from desktop.library import amounts

            narrow = replace(wanted.in_cell(cell.cell), days=(cell.first, cell.last))
            return amounts.find(con, narrow, wish.order, descending=wish.descending, limit=1)

        self._read(find, done)

    def _read(self, find: Callable[[Any], Sequence[int]], done: Callable[[list[AmountRow]], object]) -> None:
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> list[AmountRow]:
            from desktop.library import amounts

            con = session.library.reader()
            return amounts.page(con, find(con))

        self.look_up(task, done)

    def find_place(self, amounts: Amounts, ids: Sequence[int], done: Callable[[int], object]) -> None:
        """Tell the first row in which one of these amounts stands, if one does."""
        session, number, ids = self._session, self._number, list(ids)
        if session is None:
            return

        def task(progress: Progress) -> int | None:
            con = session.library.reader()
            places = [place for id_ in ids if (place := amounts.place(con, id_)) is not None]
            return min(places, default=None)

        def then(place: int | None) -> None:
            if place is not None and number == self._number:
                done(place)

        self.look_up(task, then)

    def find_names(self, prefix: str, done: Callable[[list[str]], object]) -> None:
        """Ask which actors' names begin so."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> list[str]:
            from desktop.library import actors

            return actors.names(session.library.reader(), prefix, 9)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)
