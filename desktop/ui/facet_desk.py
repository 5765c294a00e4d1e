"""What happens between the facet bar, the search field and the library: a filter is a clause of the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.i18n import _
from desktop.progress import Progress
from desktop.ui.facet_bar import FacetBar
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.search_field import SearchField
from desktop.ui.searching import Found
from desktop.ui.suggestions import choice_word, field_word

if TYPE_CHECKING:
    from desktop.search.narrowing import Condition
    from desktop.tasks.facets import Facets, FacetValue
    from desktop.tasks.search import SearchResult
    from desktop.tasks.session import Session

_PAUSE_MS = 250  # of the typing before the choices are counted


class FacetDesk(QObject):
    """Counts the choices of the newest result only; while somebody types they stay as they are."""

    def __init__(
        self, bars: Sequence[FacetBar], field: SearchField, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        """bars: all show the same; over the list, over the views."""
        super().__init__(parent)
        self._bars = bars
        self._field = field
        self._jobs = jobs
        self._session: Session | None = None
        self._result: SearchResult | None = None
        self._is_counting = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        for bar in bars:
            bar.included.connect(self.include)
            bar.excluded.connect(self.exclude)
            bar.removed.connect(self.remove)

    def use(self, session: Session | None) -> None:
        """Count in this library from now on."""
        self._session, self._result, self._is_counting = session, None, False
        self._pause.stop()
        if session is None:
            self._show_conditions(())
            self._show_facets(None)

    def _show_conditions(self, conditions: Sequence[Condition]) -> None:
        for bar in self._bars:
            bar.show_conditions(conditions)

    def _show_facets(self, facets: Facets | None) -> None:
        for bar in self._bars:
            bar.show_facets(facets)

    @property
    def is_waiting(self) -> bool:
        """Tell whether the choices of the newest result are still to be counted."""
        return self._pause.isActive() or self._is_counting

    @Slot(object)
    def follow(self, found: Found) -> None:
        """Show the filters of a query, and count its choices in a moment.

        A filter at the end of what somebody types may not be complete: it shows when they pause.
        """
        from desktop.search.narrowing import conditions

        self._result = found.result
        text = found.result.query.text
        typed = len(text) if self._field.hasFocus() else -1
        self._show_conditions([one for one in conditions(text) if one.end != typed])
        if not found.articles:
            self._pause.stop()
            self._show_facets(None)
        elif self._field.hasFocus():
            self._pause.start()
        else:
            self._count()

    @Slot()
    def count_again(self) -> None:
        """Count the same result again: what is known of its articles has changed."""
        if self._result is not None:
            self._pause.start()

    @Slot()
    def _count(self) -> None:
        from desktop.search.narrowing import conditions

        session, result = self._session, self._result
        self._pause.stop()
        if session is None or result is None:
            return
        self._show_conditions(conditions(result.query.text))
        if self._is_counting:
            return  # whoever is counting sees at the end that there is a newer result
        self._is_counting = True

        def task(progress: Progress) -> Facets:
            from desktop.tasks import facets

            return facets.count(session, result.rows)

        def done(counted: Facets) -> None:
            self._is_counting = False
            if result is self._result:
                self._show_facets(counted)
            elif not self._pause.isActive():
                self._count()

        self._jobs.run(
            _("Count articles"), task, done, lane=Lane.QUICK, problem=self._give_up, bug=self._tell_bug
        )

    def _give_up(self, _problem: object = None) -> None:
        self._is_counting = False  # the library went away meanwhile, or cannot be read: others tell that

    def _tell_bug(self, trace: str) -> None:
        self._is_counting = False
        self._jobs.bug_met.emit(trace)

    # A filter is put in the query, or taken out

    @Slot(object)
    def include(self, value: FacetValue) -> None:
        """Ask for this only."""
        self._put(value, negated=False)

    @Slot(object)
    def exclude(self, value: FacetValue) -> None:
        """Leave this out."""
        self._put(value, negated=True)

    def _put(self, value: FacetValue, *, negated: bool) -> None:
        from desktop.search import narrowing
        from desktop.search.fields import field_named

        row = field_named(value.field)
        if row is not None:
            chosen = choice_word(row, value.value)
            text = self._field.text()
            self._field.set_query(narrowing.having(text, row.name, field_word(row), chosen, negated=negated))

    @Slot(object)
    def remove(self, condition: Condition) -> None:
        """Take a filter out of the query, wherever it stands by now."""
        from desktop.search.narrowing import conditions, without

        text = self._field.text()
        for one in conditions(text):
            if one.negated == condition.negated and one.is_about(condition.field, condition.value):
                self._field.set_query(without(text, one))
                return
