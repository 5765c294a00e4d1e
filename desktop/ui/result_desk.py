"""What happens between the search field, the result list and the search itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.model import Article, ArticleId, Changes
from desktop.ui import emptiness
from desktop.ui.actions import Actions
from desktop.ui.appearance import Appearance
from desktop.ui.explain_card import ExplainCard
from desktop.ui.importing import Importing
from desktop.ui.libraries import Libraries
from desktop.ui.reading import Reading
from desktop.ui.result_list import ResultList
from desktop.ui.result_model import PAGE
from desktop.ui.search_field import SearchField
from desktop.ui.searching import Found, Searching, problem_line
from desktop.ui.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.tasks.did_you_mean import Offer
    from desktop.tasks.explain import Section


class ResultDesk(QObject):
    """Puts answers on the screen.

    Signals:
        hits_changed: other words are to be marked in the article.
    """

    hits_changed = Signal()

    def __init__(
        self,
        actions: Actions,
        field: SearchField,
        results: ResultList,
        status: StatusBar,
        searching: Searching,
        reading: Reading,
        importing: Importing,
        libraries: Libraries,
        appearance: Appearance,
    ) -> None:
        super().__init__(results)
        self._actions = actions
        self._field = field
        self._results = results
        self._status = status
        self._searching = searching
        self._reading = reading
        self._importing = importing
        self._libraries = libraries
        self._appearance = appearance
        self._words: tuple[str, ...] = ()
        self._is_first = True
        self._offers: tuple[Offer, ...] = ()
        self._card: ExplainCard | None = None

    @Slot(object)
    def show_found(self, found: Found) -> None:
        """Show what was found, or why nothing was."""
        result = found.result
        everything = not result.query.text.strip()
        session = self._libraries.session
        self._offers = found.offers
        empty = not (result.total or everything)
        self._results.show_notes(problem_line(result.problems), () if empty else found.offers)
        self._field.show_problems(result.query.text, [(one.start, one.end) for one in result.problems])
        if result.total:
            current = self._reading.current
            self._results.show_result(result, found.pages, current.article.id if current else None)
            self._begin_in_list(everything)
        elif everything:
            filling = self._importing.is_running
            self._results.show_emptiness(emptiness.filling() if filling else emptiness.empty_library())
        else:
            state = session.index_state if session else "current"
            self._results.show_emptiness(
                emptiness.nothing_found(result.query, index_state=state, offers=found.offers)
            )
        self._status.show_articles(found.articles)
        self._status.show_found(result.total, result.seconds, everything=everything, copies=result.copies)
        if result.words != self._words:
            self._words = result.words
            self.hits_changed.emit()

    def _begin_in_list(self, everything: bool) -> None:
        """Go to the list when it is there for the first time, so that single keys work from the beginning.

        Not while articles come in: a list that gets the focus opens its first one, whichever that is by then.
        """
        if self._is_first and not self._importing.is_running:
            self._is_first = False
            if everything and not self._field.hasFocus():
                self._results.view.setFocus()

    @Slot(object)
    def show_again(self, articles: dict[ArticleId, Article]) -> None:
        """Show articles of the list as they are now."""
        self._results.model.replace(lambda article: articles.get(article.id))

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look again at what has changed."""
        by_notes = self._searching.order == "notes" and changes.annotations
        if changes.library or changes.actors or by_notes:  # their counts, what an actor's name finds, places
            self._searching.again()
        else:
            self._searching.read_articles(changes.articles & set(self._results.model.known_ids()))

    @Slot()
    def show_index(self) -> None:
        """Say how the index is; what it has learnt may be found now."""
        session = self._libraries.session
        self._status.show_index(session.index_state if session else "")
        short = self._results.model.rowCount() < PAGE
        if session is not None and (short or not self._importing.is_running):
            self._searching.again_soon()  # a long list waits for the end of the import

    @Slot()
    def go_to_results(self) -> None:
        """Go from the field to the list, to its first article when there is none yet."""
        if self._results.model.rowCount():
            self._results.view.setFocus()
            if self._results.current_article() is None:
                self._results.next_result()

    @Slot()
    def go_to_field(self) -> None:
        """Go to the search field."""
        self._field.setFocus()
        self._field.selectAll()

    @Slot(object)
    def take_offer(self, name: str) -> None:
        """Do what an empty list offers."""
        if name.startswith(emptiness.QUERY):
            self._field.set_query(name.removeprefix(emptiness.QUERY))
            self._field.setFocus()
        elif name == emptiness.RETRY:
            self._results.show_emptiness(emptiness.opening())
            self._libraries.retry()
        else:
            self._actions[name].trigger()

    @Slot()
    def take_first_offer(self) -> None:
        """Search for what may have been meant, when something is offered."""
        if self._offers:
            self._field.set_query(self._offers[0].query)

    @Slot(object)
    def show_explanation(self, sections: Sequence[Section]) -> None:
        """Say in a card under the field what the query was taken for."""
        if self._card is None:
            self._card = ExplainCard(self._appearance.theme, self._field)
        self._card.set_theme(self._appearance.theme)
        self._card.show_sections(sections)

    def close(self) -> None:
        """Show that there is no library."""
        self._results.show_emptiness(emptiness.opening())
        self._status.show_articles(None)
        self._status.show_found(0, 0.0, everything=True)
        self._status.show_index("")
