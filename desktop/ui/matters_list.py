"""The list of matters with different figures: reads them in a long job, paints them, opens the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.i18n import _
from desktop.progress import Progress
from desktop.ui.empty_state import Emptiness, EmptyState, in_the_middle
from desktop.ui.jobs import Job, Jobs
from desktop.ui.matters_model import LINE, Heading, Index, Line, MattersModel
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.same_matter import Matter
    from desktop.tasks.session import Session

_SIDE, _GAP, _TOP = 22, 16, 8  # pixels
_DATE, _VALUE, _CHANGE = 96, 168, 72  # pixels, widths
_SOON_MS = 2000  # after a change, more of which may come
_CANCEL, _AGAIN = "cancel_compare", "compare_again"


class MattersList(QStackedWidget):
    """Shows the matters of the library, or of what a query finds, once it is asked to.

    Signals:
        place_requested: (ArticleId, start, end) of a figure to be read in its text.
        counted: how many matters there are; None while that is not known.
    """

    place_requested = Signal(object)
    counted = Signal(object)

    def __init__(self, jobs: Jobs, theme: Theme) -> None:
        super().__init__(objectName="mattersPane")
        self._jobs = jobs
        self._session: Session | None = None
        self._query = ""
        self._job: Job | None = None
        self._answered: str | None = None  # the query whose matters are shown
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._compare_again)
        self.model = MattersModel(self)
        self.view = _View(theme, self.model)
        self.view.opened.connect(self._open)
        self._empty = EmptyState(theme)
        self._empty.wanted.connect(self._take_offer)
        self.addWidget(self.view)
        self._empty_place = in_the_middle(self._empty)
        self.addWidget(self._empty_place)
        self.setFocusProxy(self.view)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.view.set_theme(theme)
        self._empty.set_theme(theme)

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self._answered = None
        self.model.show_matters([])
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """The library has changed: what is shown is compared again, in a moment when somebody looks."""
        self._answered = None
        if self.isVisible():
            self._soon.start()

    @Slot()
    def _compare_again(self) -> None:
        if self._job is not None:
            self._soon.start()
        elif self.isVisible():
            self.compare(self._query)

    def compare(self, query: str) -> None:
        """Compare the amounts of what this finds, unless that is shown or under way."""
        if query != self._query:
            self.model.show_matters([])
            if self._job is not None:
                self._job.cancel()
                self._job = None
        self._query = query
        if self._job is None and self._answered != query:
            self._start()

    def _start(self) -> None:
        session, query = self._session, self._query
        if session is None:
            return
        if not self.model.lines:
            self._explain(_("Comparing amounts…"), _("This takes a while in a large library."), _CANCEL)

        def task(progress: Progress) -> list[Matter]:
            from desktop.tasks import same_matter

            return same_matter.find(session, query, progress)

        def done(matters: list[Matter]) -> None:
            if job is self._job:
                self._job = None
                self._answered = None if self._soon.isActive() else query
                self._show(matters)

        def cancelled() -> None:
            if job is self._job:
                self._job = None
                self.model.show_matters([])
                self._explain(_("Not compared"), "", _AGAIN)

        def bug(trace: str) -> None:
            cancelled()
            self._jobs.bug_met.emit(trace)

        job = self._job = self._jobs.run(_("Compare amounts"), task, done, cancelled=cancelled, bug=bug)

    def _show(self, matters: list[Matter]) -> None:
        self.model.show_matters(matters)
        self.counted.emit(len(matters))
        if matters:
            self.setCurrentWidget(self.view)
        else:
            self._explain(
                _("No matter with different figures"),
                _("Here stands what several articles tell about one thing, when their figures differ."),
                "",
            )

    def _explain(self, heading: str, line: str, button: str) -> None:
        words = {_CANCEL: _("Cancel"), _AGAIN: _("Compare")}
        buttons = ((button, words[button]),) if button else ()
        self._empty.explain(Emptiness(heading, (line,) if line else (), buttons))
        self.setCurrentWidget(self._empty_place)
        if button:
            self.counted.emit(None)

    @Slot(object)
    def _take_offer(self, name: str) -> None:
        if name == _CANCEL and self._job is not None:
            self._job.cancel()
        elif name == _AGAIN:
            self._start()

    @Slot(object)
    def _open(self, line: Line) -> None:
        figure = line.figure
        self.place_requested.emit((figure.article, figure.start, figure.end))


class _View(QListView):
    """The list; only figures can be chosen."""

    opened = Signal(object)

    def __init__(self, theme: Theme, model: MattersModel) -> None:
        super().__init__(objectName="mattersList", uniformItemSizes=True)
        self.setAccessibleName(_("Same matter, different figures"))
        self.setModel(model)
        self._delegate = _Delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.scheduleDelayedItemsLayout()

    @Slot(object)
    def _choose(self, index: Index) -> None:
        line = index.data(LINE)
        if isinstance(line, Line):
            self.opened.emit(line)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the place of a figure with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # for the window
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a heading, or date, value, change, sentence and article of a figure; all rows are as high."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._normal, self._small = theme.font(), theme.font("small")
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self._line = QFontMetrics(self._normal).height()
        self._small_line = QFontMetrics(self._small).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(400, self._line + self._small_line + 2 * _TOP + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        painter.save()
        line = index.data(LINE)
        rect = option.rect
        if isinstance(line, Heading):
            painter.fillRect(rect, self._theme.color("page"))
            painter.setPen(self._theme.color("line"))
            painter.drawLine(rect.topLeft(), rect.topRight())
            self._paint_heading(painter, rect, line)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, self._theme.color("selection"))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, self._theme.color("hover"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.topLeft(), QSize(3, rect.height())), self._theme.color("accent"))
            self._paint_figure(painter, rect, line)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        place = rect.adjusted(_SIDE, _TOP, -_SIDE, 0)
        place.setHeight(self._line)
        used = self._words(painter, place, line.title, self._bold, "ink")
        rest = place.adjusted(used + _GAP, 0, 0, 0)
        self._words(painter, rest, line.actors, self._normal, "dim")
        place.translate(0, self._line + 2)
        self._words(painter, place, line.summary, self._small, "amount_ink")

    def _paint_figure(self, painter: QPainter, rect: QRect, line: Line) -> None:
        place = rect.adjusted(_SIDE, _TOP, -_SIDE, 0)
        place.setHeight(self._line)
        date = QRect(place.left(), place.top(), _DATE, self._line)
        self._words(painter, date, line.date, self._normal, "dim")
        value = QRect(date.right() + 1, place.top(), _VALUE, self._line)
        self._words(painter, value, line.value, self._bold, "amount_ink", Qt.AlignmentFlag.AlignRight)
        change = QRect(value.right() + 1 + _GAP, place.top(), _CHANGE, self._line)
        self._words(painter, change, line.change, self._normal, "ink")
        place.setLeft(change.right() + _GAP)
        self._paint_sentence(painter, place, line)
        place.translate(0, self._line + 2)
        self._words(painter, place, line.figure.title, self._small, "dim")

    def _paint_sentence(self, painter: QPainter, place: QRect, line: Line) -> None:
        """Paint as much of a sentence as fits, with the amount in it always to be seen."""
        start, end = line.at
        metrics = QFontMetrics(self._normal)
        written, before = line.sentence[start:end], line.sentence[:start]
        room = place.width() - metrics.horizontalAdvance(written)
        shown = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, max(room * 2 // 3, 0))
        for words, font, color in (
            (shown, self._normal, "ink"),
            (written, self._bold, "amount_ink"),
            (line.sentence[end:], self._normal, "ink"),
        ):
            used = self._words(painter, place, words, font, color)
            place = place.adjusted(used, 0, 0, 0)

    def _words(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        font: QFont,
        color: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Paint words, shortened to their place; return how many pixels they took."""
        if place.width() <= 0 or not words:
            return 0
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)
