"""The timeline of the library, or of a result: when articles appeared and which dates they mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.timeline import Ends, Series, ends
from desktop.i18n import _, n_
from desktop.library import dates
from desktop.model import Changes
from desktop.progress import Progress
from desktop.ui import timeline_words as words
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.icons import icon
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.theme import Theme
from desktop.ui.timeline_chart import TimelineChart
from desktop.ui.timeline_lines import Line, Lines, lines_of
from desktop.ui.timeline_list import TimelineList
from desktop.ui.timeline_model import TimelineModel

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import Services

BOTH, ARTICLES, DATES = "both", "articles", "dates"
_SOON_MS = 700  # between two looks at a library that is being filled
_REST_MS = 180  # after zooming and panning, before the list follows
_CHART_LEAST, _LIST_LEAST = 190, 140  # pixels


@dataclass(frozen=True, slots=True)
class _Material:
    """What was read about a query: rows are None for the whole library."""

    query: str
    rows: tuple[int, ...] | None
    counts: dates.Counts
    articles: Series
    dates: Series
    ends: Ends


class TimelineView(QWidget):
    """Line of time above, list below; reads in jobs, and drops answers that came too late.

    Signals:
        place_requested: (ArticleId, start, end) to be opened for reading.
    """

    place_requested = Signal(object)

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("timelineView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs = jobs
        self._session: Session | None = None
        self._query = ""
        self._material: _Material | None = None
        self._number = 0  # of the newest wish
        self._list_number = 0
        self._busy = self._list_busy = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._load)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._read_list)
        self.chart = TimelineChart(theme)
        self.model = TimelineModel(self)
        self.list = TimelineList(theme, self.model)
        self._nothing = EmptyState(theme)  # in the whole view
        self._none_here = EmptyState(theme)  # in the stretch
        self._build()
        self._connect()
        self.setFocusProxy(self.chart)

    # Building

    def _build(self) -> None:
        self._lower = QStackedWidget()
        for one in (self.list, self._none_here):
            self._lower.addWidget(one)
        self._splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self._splitter.addWidget(self.chart)
        self._splitter.addWidget(self._lower)
        self.chart.setMinimumHeight(_CHART_LEAST)
        self._lower.setMinimumHeight(_LIST_LEAST)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._build_head(), self._splitter, self._build_foot()):
            column.addWidget(part)
        column.setStretch(1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _build_head(self) -> QWidget:
        head = QWidget(objectName="timelineHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 8, 14, 6)
        row.setSpacing(4)
        self._where = QLabel(objectName="timelineStretch", textFormat=Qt.TextFormat.PlainText)
        self._where.setProperty("role", "heading")
        self._let_go = self._button("timelineLetGo", "x", _("Let go of this stretch"))
        row.addWidget(self._where)
        row.addWidget(self._let_go)
        row.addStretch(1)
        self._filter = QButtonGroup(self)
        self._filters: dict[str, QToolButton] = {}
        for name, text in ((BOTH, _("Both")), (ARTICLES, _("Articles")), (DATES, _("Dates mentioned"))):
            button = QToolButton(objectName=f"timeline_{name}", text=text, checkable=True)
            button.setAccessibleName(_("Show: {what}").format(what=text))
            self._filter.addButton(button)
            self._filters[name] = button
            row.addWidget(button)
        self._filters[BOTH].setChecked(True)
        row.addSpacing(14)
        self._zoom_out = self._button("timelineZoomOut", "minus", _("Show more of the time"))
        self._zoom_in = self._button("timelineZoomIn", "plus", _("Show less of the time"))
        self._whole = QToolButton(objectName="timelineWhole", text=_("Whole time"))
        self._whole.setToolTip(_("Show everything from the first date to the last"))
        for button in (self._zoom_out, self._zoom_in, self._whole):
            row.addWidget(button)
        return head

    def _button(self, name: str, picture: str, text: str) -> QToolButton:
        button = QToolButton(objectName=name, icon=icon(picture), toolTip=text)
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(text)
        return button

    def _build_foot(self) -> QWidget:
        foot = QWidget(objectName="timelineFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 5, 14, 5)
        row.setSpacing(16)
        self._totals, self._left_out = QLabel(objectName="timelineTotals"), QLabel()
        for label in (self._totals, self._left_out):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "dim")
            row.addWidget(label)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.chart.window_changed.connect(self._on_moved)
        self.chart.stretch_chosen.connect(self._on_moved)
        self.model.page_wanted.connect(self._read_page)
        self.list.place_requested.connect(self.place_requested)
        self._let_go.clicked.connect(lambda: self.chart.choose(None))
        self._zoom_in.clicked.connect(self.chart.zoom_in)
        self._zoom_out.clicked.connect(self.chart.zoom_out)
        self._whole.clicked.connect(self.chart.show_all)
        self._none_here.wanted.connect(lambda _name: self.chart.show_all())
        for name, button in self._filters.items():
            button.clicked.connect(lambda _checked=False, name=name: self.show_only(name))

    # What the window tells

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self._material = None
        self._soon.stop()
        self._rest.stop()
        self._number += 1
        self._list_number += 1
        self.model.show_lines(Lines())
        if session is not None:
            self._load()

    @Slot(object)
    def set_query(self, query: str) -> None:
        """Look at what this query finds; "" = at everything."""
        if query.strip() != self._query.strip():
            self._query = query
            self._load()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look again when articles changed, came or went."""
        if (changes.library or changes.articles) and not self._soon.isActive():
            self._soon.start()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        for part in (self.chart, self.list, self._nothing, self._none_here):
            part.set_theme(theme)

    @property
    def shown_series(self) -> tuple[bool, bool]:
        """Tell whether articles and dates are shown."""
        return not self._filters[DATES].isChecked(), not self._filters[ARTICLES].isChecked()

    def show_only(self, name: str) -> None:
        """Show BOTH, ARTICLES or DATES."""
        self._filters[name].setChecked(True)
        articles, mentioned = self.shown_series
        self.chart.show_series(articles=articles, dates=mentioned)
        self._read_list()

    # Reading: all of it

    def _load(self) -> None:
        self._number += 1
        if self._session is not None and not self._busy:
            self._start(self._session)

    def _start(self, session: Session) -> None:
        number, query = self._number, self._query
        self._busy = True

        def task(progress: Progress) -> _Material:
            rows = _rows(session, query)
            progress.step(1, 3)
            counts = dates.counts(session.library.reader(), rows)
            progress.step(2, 3)
            articles, mentioned = Series(counts.articles), Series(counts.dates)
            articles.prepare()
            mentioned.prepare()
            today = datetime.now().astimezone().date().toordinal()
            return _Material(query, rows, counts, articles, mentioned, ends((articles, mentioned), today))

        def ended(material: _Material | None) -> None:
            self._busy = False
            if self._session is None:
                return
            if number != self._number or session is not self._session:
                self._start(self._session)
            elif material is not None:
                self._show_material(material)

        def bug(trace: str) -> None:
            self._busy = False
            self._jobs.bug_met.emit(trace)

        self._jobs.run(_("Timeline"), task, ended, lane=Lane.QUICK, bug=bug, cancelled=lambda: ended(None))

    def _show_material(self, material: _Material) -> None:
        before, self._material = self._material, material
        keep = before is not None and before.query == material.query
        if keep and before is not None and (before.counts, before.rows) == (material.counts, material.rows):
            self.model.read_again()
            return
        self.chart.show_material(material.articles, material.dates, material.ends, keep=keep)
        self._show_totals(material)
        emptiness = _emptiness(material)
        if emptiness is not None:
            self._nothing.explain(emptiness)
            self._stack.setCurrentWidget(self._nothing)
            self.model.show_lines(Lines())
            return
        self._stack.setCurrentIndex(0)
        self._show_where()
        self._read_list()

    def _show_totals(self, material: _Material) -> None:
        articles, mentioned = material.articles, material.dates
        totals = (words.articles_words(articles.total), words.dates_words(mentioned.total))
        self._totals.setText("   ".join(totals))
        hidden = articles.total + mentioned.total - articles.drawn - mentioned.drawn
        parts = []
        if hidden:
            parts.append(
                n_(
                    "{n} without an end or longer than a century: in the list only",
                    "{n} without an end or longer than a century: in the list only",
                    hidden,
                )
            )
        if material.counts.undated:
            undated = n_("{n} article without a date", "{n} articles without a date", material.counts.undated)
            parts.append(undated)
        self._left_out.setText("   ".join(parts))

    # Reading: the list

    @Slot()
    def _on_moved(self) -> None:
        self._show_where()
        self._rest.start()

    def _show_where(self) -> None:
        shown = self.chart.shown()
        self._where.setText(words.stretch_words(shown.first, shown.last))
        self._let_go.setVisible(self.chart.stretch is not None)

    def _read_list(self) -> None:
        self._list_number += 1
        if self._session is not None and self._material is not None and not self._list_busy:
            self._start_list(self._session, self._material)

    def _start_list(self, session: Session, material: _Material) -> None:
        number, stretch = self._list_number, self.chart.shown()
        articles, mentioned = self.shown_series
        today = datetime.now().astimezone().date().toordinal()
        self._list_busy = True

        def task(progress: Progress) -> Lines:
            return lines_of(material.counts, stretch, today, articles=articles, dates=mentioned)

        def ended(lines: Lines | None) -> None:
            self._list_busy = False
            if self._session is None or self._material is None:
                return
            if number != self._list_number:
                self._start_list(self._session, self._material)
            elif lines is not None:
                self._show_lines(lines)

        def bug(trace: str) -> None:
            self._list_busy = False
            self._jobs.bug_met.emit(trace)

        self._jobs.run(_("Timeline"), task, ended, lane=Lane.QUICK, bug=bug, cancelled=lambda: ended(None))

    def _show_lines(self, lines: Lines) -> None:
        self.model.show_lines(lines)
        self.list.scrollToTop()
        if lines.total:
            self._lower.setCurrentWidget(self.list)
            return
        self._none_here.explain(
            Emptiness(
                _("Nothing in this part of time"),
                (_("Zoom out with the wheel or the − key, or choose another stretch on the axis."),),
                (("whole", _("Show the whole time")),),
            )
        )
        self._lower.setCurrentWidget(self._none_here)

    @Slot(object, object)
    def _read_page(self, start: int, wanted: Sequence[Line]) -> None:
        session, lines, material = self._session, self.model.lines, self._material
        if session is None or material is None:
            return

        def task(progress: Progress) -> dict[Line, dates.Dated]:
            return _read(session, wanted, material.rows)

        def done(read: dict[Line, dates.Dated]) -> None:
            if lines is self.model.lines:
                self.model.put_page(start, read)

        self._jobs.run(_("Timeline"), task, done, lane=Lane.QUICK)


def _read(session: Session, wanted: Sequence[Line], rows: Sequence[int] | None) -> dict[Line, dates.Dated]:
    """Read articles and mentioned dates of lines that follow each other; what has gone since is left out."""
    con = session.library.reader()
    runs = [list(run) for _days, run in groupby(wanted, key=lambda line: line[:3])]
    parts = [dates.Part(*run[0], len(run)) for run in runs]
    known = [
        pair
        for run, numbers in zip(runs, dates.numbers(con, parts, rows), strict=True)
        for pair in zip(run, numbers, strict=False)
    ]
    read: dict[Line, dates.Dated] = {}
    for mentions, look in ((False, dates.articles_at), (True, dates.mentions_at)):
        lines = [line for line, _number in known if line.mention is mentions]
        found = look(con, [number for line, number in known if line.mention is mentions])
        read |= {line: dated for line, dated in zip(lines, found, strict=True) if dated is not None}
    return read


def timeline_view(services: Services) -> TimelineView:
    """Make the view."""
    return TimelineView(services.appearance.theme, services.jobs)


def _rows(session: Session, query: str) -> tuple[int, ...] | None:
    """Return the articles that a query finds; None = all there are."""
    if not query.strip():
        return None
    from desktop.tasks import search

    return search.search(session, query, sort="date", unfinished=True).rows


def _emptiness(material: _Material) -> Emptiness | None:
    """Say why there is nothing to be shown at all, and what to do; None = there is something."""
    if material.articles.total or material.dates.total:
        return None
    if material.query.strip() and not material.counts.undated:
        return Emptiness(
            _("Nothing found for “{query}”").format(query=material.query.strip()),
            (_("The timeline shows what the search field finds. Fewer words and conditions find more."),),
        )
    lines = (
        _("Here you will see when articles appeared, and above all which dates they mention."),
        _("A first line like “date 2025-01 Title” gives the article its date and title."),
    )
    if not material.counts.undated:
        return Emptiness(_("No articles yet"), lines)
    return Emptiness(_("No dates yet"), lines)
