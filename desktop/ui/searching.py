"""Asks the library what a person searches; answers that came too late are dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.i18n import _
from desktop.model import Article, ArticleId, Hit
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.result_model import PAGE
from desktop.ui.suggestions import NamesWanted, WordsWanted

if TYPE_CHECKING:
    from desktop.search.query import QueryError
    from desktop.tasks.complete import Completion
    from desktop.tasks.did_you_mean import Offer
    from desktop.tasks.explain import Section
    from desktop.tasks.search import SearchResult
    from desktop.tasks.session import Session

logger = logging.getLogger(__name__)

_NAMES = 9  # completions offered at once
_REMEMBERED = 50  # searches
_SOON_MS = 700  # between two looks at a library that is being filled


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: the result, its first page and the one in view, and how many articles there are.

    offers: what may have been meant where words of the query find nothing.
    """

    result: SearchResult
    pages: dict[int, list[Hit]]
    articles: int
    offers: tuple[Offer, ...] = ()


class Searching(QObject):
    """One search at a time; while it runs only the newest wish waits.

    Signals:
        found: a Found.
        page_read: offset and hits of a page of the current result.
        articles_read: {ArticleId: Article} of articles that changed.
        names_found: the NamesWanted or WordsWanted, and its Completions.
        explained: the sections that explain the query.
        searches_changed: the earlier searches, newest first.
    """

    found = Signal(object)
    page_read = Signal(object, object)
    articles_read = Signal(object)
    names_found = Signal(object, object)
    explained = Signal(object)
    searches_changed = Signal(object)

    def __init__(self, jobs: Jobs, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._settings = settings
        self._session: Session | None = None
        self._number = 0  # of the newest wish
        self._busy = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.again)
        self.query = ""
        self.row_in_view: Callable[[], int] = int  # of the list; what is looked at is read at once
        self.result: SearchResult | None = None

    def use(self, session: Session | None) -> None:
        """Ask this library from now on."""
        self._session = session
        self.result = None
        self._soon.stop()
        self._number += 1
        if session is not None:
            self.again()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words to mark in a text."""
        return self.result.words if self.result else ()

    @property
    def order(self) -> str:
        """Return the order in which results are put."""
        order: str = self._settings.get("sort")
        return order

    @Slot(object)
    def search(self, query: str) -> None:
        """Search for this."""
        self.query = query
        self.again()

    @Slot(object)
    def sort(self, order: str) -> None:
        """Put the result in another order, now and later."""
        self._settings.set("sort", order)
        self.again()

    @Slot(object)
    def fold(self, folded: bool) -> None:
        """List of articles that are copies of one another only one, or all, now and later."""
        self._settings.set("fold_copies", folded)
        self.again()

    @Slot()
    def again(self) -> None:
        """Ask the same again: the library has changed."""
        self._number += 1
        if self._session is not None and not self._busy:
            self._start(self._session)

    @Slot()
    def again_soon(self) -> None:
        """Ask the same again in a moment: more changes may come."""
        if not self._soon.isActive():
            self._soon.start()

    def _start(self, session: Session) -> None:
        number, query, sort = self._number, self.query, self.order
        fold = self._settings.get("fold_copies")
        same = self.result is not None and self.result.query.text == query
        starts = sorted({0, self.row_in_view() // PAGE * PAGE if same else 0})
        self._busy = True

        def task(progress: Progress) -> Found:
            from desktop.library import articles
            from desktop.tasks import did_you_mean, search

            result = search.search(session, query, sort=sort, unfinished=True, fold=fold)
            pages = {start: search.hits(session, result, start, start + PAGE) for start in starts}
            offers = did_you_mean.did_you_mean(session, result, unfinished=True)
            return Found(result, pages, articles.count(session.library.reader()), offers)

        def done(answer: Found) -> None:
            self._busy = False
            if number != self._number:
                self._start_newest()
                return
            self.result = answer.result
            self.found.emit(answer)

        def bug(trace: str) -> None:
            self._busy = False
            self._jobs.bug_met.emit(trace)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK, bug=bug, cancelled=self._on_cancelled)

    def _on_cancelled(self) -> None:
        self._busy = False
        self._start_newest()

    def _start_newest(self) -> None:
        if self._session is not None:
            self._start(self._session)

    @Slot(object)
    def read_page(self, offset: int) -> None:
        """Read a stretch of the current result."""
        session, result = self._session, self.result
        if session is None or result is None:
            return

        def task(progress: Progress) -> list[Hit]:
            from desktop.tasks import search

            return search.hits(session, result, offset, offset + PAGE)

        def done(hits: list[Hit]) -> None:
            if result is self.result:
                self.page_read.emit(offset, hits)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)

    def read_articles(self, wanted: Iterable[ArticleId]) -> None:
        """Read articles anew that stand in the list."""
        session, wanted = self._session, list(wanted)
        if session is None or not wanted:
            return

        def task(progress: Progress) -> dict[ArticleId, Article]:
            from desktop.library import articles

            con = session.library.reader()
            rows = [articles.row_of(con, article) for article in wanted]
            return {article.id: article for article in articles.by_rows(con, rows)}

        def done(read: dict[ArticleId, Article]) -> None:
            if session is self._session:
                self.articles_read.emit(read)

        # An article that was purged meanwhile is no problem: the list is about to be read again.
        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK, problem=logger.debug)

    @Slot(object)
    def find_names(self, wanted: NamesWanted | WordsWanted) -> None:
        """Ask the library what begins so."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> list[Completion]:
            from desktop.tasks import complete

            if isinstance(wanted, NamesWanted):
                return complete.of_field(session, wanted.field, wanted.prefix, wanted.start, _NAMES)
            if wanted.typed:
                return complete.of_words(session, wanted.typed)
            return complete.of_text(session, wanted.prefix, wanted.start)

        def done(found: list[Completion]) -> None:
            self.names_found.emit(wanted, found)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)

    @Slot()
    def explain(self) -> None:
        """Ask what the query was taken for."""
        session, query = self._session, self.query
        if session is None:
            return

        def task(progress: Progress) -> list[Section]:
            from desktop.tasks import explain

            return explain.sections(explain.explanation(session, query, unfinished=True))

        def done(sections: list[Section]) -> None:
            if session is self._session and query == self.query:
                self.explained.emit(sections)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)

    @Slot()
    def remember(self) -> None:
        """Keep the query among the earlier searches: its result was used."""
        if self.query.strip():
            self._settings.remember("searches", self.query.strip(), _REMEMBERED)
            self.searches_changed.emit(self._settings.get("searches"))

    @Slot(object)
    def forget(self, query: str) -> None:
        """Offer a search no more among the earlier ones."""
        self._settings.forget("searches", query)


def problem_line(problems: Sequence[QueryError]) -> str:
    """Say what was not understood of a query, each in a line; "" = nothing."""
    from desktop.search.query import ERROR_TEXTS

    if not problems:
        return ""
    lines = (_(ERROR_TEXTS[one.kind]).format(detail=one.detail) for one in problems)
    return "\n".join(dict.fromkeys(lines))
