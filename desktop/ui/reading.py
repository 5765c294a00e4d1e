"""The article that is being read: opening, back and forward, what was read and where it was left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.errors import Problem, ProblemKind
from desktop.i18n import _
from desktop.model import ArticleId, Changes
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle
    from desktop.tasks.session import Session

READ_AFTER_MS = 4000  #: an article that was open for so long counts as read
_MOST_VISITS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An article to show: with the hits of the search, at a place (None = where it was left)."""

    opened: OpenedArticle
    hits: tuple[tuple[int, int], ...] = ()
    place: int | None = None
    passage: tuple[int, int] | None = None  #: to be brought into view


@dataclass(frozen=True, slots=True)
class Visit:
    """One step of the way back: an article and where it was left."""

    article: ArticleId
    place: int | None = None


class Reading(QObject):
    """Knows the current article.

    Signals:
        shown: the Shown to put in the panes.
        left: no article is open any more.
        trail_changed: whether there is a way back, and forward.
    """

    shown = Signal(object)
    left = Signal()
    trail_changed = Signal(bool, bool)

    def __init__(self, jobs: Jobs, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._settings = settings
        self._session: Session | None = None
        self._number = 0  # of the newest wish
        self._trail: list[Visit] = []
        self._at = -1
        self._on_its_way: Callable[[], None] | None = None  # opens again what is being opened
        self.current: OpenedArticle | None = None
        self._hits: tuple[tuple[int, int], ...] = ()  # as last shown
        self.words: Callable[[], tuple[str, ...]] = tuple  # what a search wants marked
        self._dwell = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._dwell.timeout.connect(self._count_as_read)

    def use(self, session: Session | None) -> None:
        """Read in this library from now on."""
        self._session = session
        self._trail, self._at = [], -1
        self._tell_trail()
        self._leave()

    def _leave(self) -> None:
        self._number += 1
        self._on_its_way = None
        self._dwell.stop()
        if self.current is not None:
            self.current = None
            self.left.emit()

    # Opening

    @Slot(object)
    def open(self, article: ArticleId) -> None:
        """Open an article where it was left."""
        if self.current is None or self.current.article.id != article:
            self._open(article, self._remember_visit)

    def reopen(self, article: ArticleId) -> None:
        """Open the article of last time, if this library has it."""
        self._open(article, self._remember_visit, missing_is_fine=True)

    def open_at(self, article: ArticleId, annotation: str) -> None:
        """Open an article at one of its annotations."""

        def arrived(shown: Shown) -> Shown:
            self._remember_visit(shown)
            marked = next((a for a in shown.opened.annotations if a.id == annotation), None)
            if marked is None or marked.start is None or marked.end is None:
                return shown
            return replace(shown, passage=(marked.start, marked.end))

        self._open(article, arrived)

    def open_passage(self, article: ArticleId, start: int, end: int) -> None:
        """Open an article at a passage (code points), which lights up."""

        def arrived(shown: Shown) -> Shown:
            self._remember_visit(shown)
            return replace(shown, passage=(start, end))

        self._open(article, arrived)

    def _open(
        self,
        article: ArticleId,
        arrived: Callable[[Shown], Shown | None],
        place: int | None = None,
        *,
        missing_is_fine: bool = False,
    ) -> None:
        session, words = self._session, self.words()
        if session is None:
            return
        self._number += 1
        number = self._number
        self._on_its_way = again = lambda: self._open(
            article, arrived, place, missing_is_fine=missing_is_fine
        )

        def task(progress: Progress) -> Shown:
            from desktop.tasks import read, search

            opened = read.open_article(session, article)
            hits = search.hit_ranges(opened.version.text, opened.article.lang, words) if words else []
            return Shown(opened, tuple(hits), place)

        def done(shown: Shown) -> None:
            if number == self._number:
                self._on_its_way = None
                self._show(arrived(shown) or shown)

        def problem(reason: Problem) -> None:
            missing = reason.kind is ProblemKind.NO_SUCH_ARTICLE
            if self._on_its_way is again:
                self._on_its_way = None
            if missing and number == self._number:
                self._leave()
            if not (missing and missing_is_fine):
                self._jobs.problem_met.emit(reason)

        self._jobs.run(_("Open article"), task, done, lane=Lane.QUICK, problem=problem)

    def _show(self, shown: Shown) -> None:
        article = shown.opened.article
        if article.trashed_at is not None:
            self._leave()
            return
        other = self.current is None or self.current.article.id != article.id
        same = (shown.opened, shown.hits) == (self.current, self._hits)
        self.current, self._hits = shown.opened, shown.hits
        if same and shown.place is None and shown.passage is None:
            return  # what changed in the library is nothing that is seen here
        if other:
            self._settings.set("last_article", article.id)
            if article.read_at is None:
                self._dwell.start()
            else:
                self._dwell.stop()
        self.shown.emit(shown)

    @Slot(object)
    def refresh(self, changes: Changes) -> None:
        """Read the article again when a change concerns it."""
        current = self.current
        if self._on_its_way is not None:
            self._on_its_way()
        elif current is not None and (
            changes.library or changes.actors or current.article.id in changes.articles
        ):
            self._open(current.article.id, lambda shown: None, missing_is_fine=True)

    @Slot()
    def mark_hits(self) -> None:
        """Mark what the newest search wants marked."""
        if self._on_its_way is not None:
            self._on_its_way()
        elif self.current is not None:
            self._open(self.current.article.id, lambda shown: None)

    # Back and forward

    def _remember_visit(self, shown: Shown) -> None:
        article = shown.opened.article.id
        if self._at >= 0 and self._trail[self._at].article == article:
            return
        self._trail = [*self._trail[: self._at + 1], Visit(article)][-_MOST_VISITS:]
        self._at = len(self._trail) - 1
        self._tell_trail()

    @Slot()
    def back(self) -> None:
        """Go back to the article before."""
        self._step(-1)

    @Slot()
    def forward(self) -> None:
        """Go on to the article from which the reader came back."""
        self._step(1)

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._trail):
            self._at += by
            self._tell_trail()
            visit = self._trail[self._at]
            self._open(visit.article, lambda shown: None, visit.place)

    def _tell_trail(self) -> None:
        self.trail_changed.emit(self._at > 0, self._at + 1 < len(self._trail))

    # What was read

    @Slot()
    def _count_as_read(self) -> None:
        if self.current is not None and self.current.article.read_at is None:
            self.mark_read(True, by_hand=False)

    def mark_read(self, read: bool, rows: Sequence[int] = (), *, by_hand: bool = True) -> None:
        """Mark articles (by their numbers in the library; none = the current one) as read or unread.

        by_hand: so that it can be undone.
        """
        session, current = self._session, self.current
        if session is None or current is None:
            return
        chosen = list(rows) or [current.article.row]
        self._dwell.stop()

        def task(progress: Progress) -> Changes:
            from desktop.tasks import manage

            return manage.mark_read(session, manage.ids_of(session, chosen), read, by_hand=by_hand)

        self._jobs.run(_("Mark as read"), task, lane=Lane.EDIT)

    def remember_place(self, article: ArticleId | None, place: int) -> None:
        """Keep where an article was left (code point)."""
        session = self._session
        if session is None or article is None:
            return
        if 0 <= self._at < len(self._trail) and self._trail[self._at].article == article:
            self._trail[self._at] = Visit(article, place)

        def task(progress: Progress) -> None:
            from desktop.tasks import manage

            manage.remember_position(session, article, place)

        self._jobs.run(_("Reading position"), task, lane=Lane.EDIT)
