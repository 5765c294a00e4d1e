"""The line at the foot of the window: how much there is, what was found, what is going on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from desktop.i18n import _, format_number, format_pace, n_
from desktop.progress import Pace
from desktop.ui.icons import icon
from desktop.ui.jobs import Job, JobState

_LONGEST = 40  # characters of what a job is at
_LEAST = 80  # pixels of what is said of a job
_MANY = 20  # pieces of work: then numbers say more than the name of one


class StatusBar(QStatusBar):
    """Shows; the only things to press are pause, cancel, zoom, and what could not be read.

    Signals:
        zoom_reset_requested: the zoom was clicked.
        problems_requested: the number of files that could not be read was clicked.
    """

    zoom_reset_requested = Signal()
    problems_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self._job: Job | None = None
        self._pace, self._paced = Pace(), 0  # of the job with this number
        self.articles_so_far: Callable[[], int] = int  # what an import has brought in
        self._articles, self._found, self._index = QLabel(), QLabel(), QLabel()
        for label in (self._articles, self._found, self._index):
            self.addWidget(label)
        self._build_job()
        offline = QLabel(_("Offline"))
        offline.setToolTip(_("Leeslamp never uses the network: everything stays on this computer"))
        self._problems = QToolButton(objectName="problemsButton", icon=icon("warning"))
        self._problems.setIconSize(QSize(14, 14))
        self._problems.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._problems.clicked.connect(self.problems_requested)
        self._problems.hide()
        self._zoom = QToolButton(objectName="zoomButton", text="100 %")
        self._zoom.setToolTip(_("Actual size"))
        self._zoom.clicked.connect(self.zoom_reset_requested)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._problems)
        self.addPermanentWidget(offline)
        self.addPermanentWidget(self._zoom)

    def _build_job(self) -> None:
        self._progress = QWidget(objectName="jobProgress")
        self._what = QLabel()
        self._what.setMinimumWidth(_LEAST)  # a narrow window cuts the words off, and stays narrow
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = QToolButton(objectName="cancelJob", icon=icon("x"))
        self._cancel.setIconSize(QSize(12, 12))
        self._cancel.setAccessibleName(_("Cancel"))
        self._cancel.setToolTip(_("Cancel"))
        self._cancel.clicked.connect(self._on_cancel)
        self._pause = QToolButton(objectName="pauseJob", checkable=True)
        self._pause.setIconSize(QSize(12, 12))
        self._pause.clicked.connect(self._on_pause)
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 8, 0)
        for part in (self._what, self._bar, self._pause, self._cancel):
            row.addWidget(part)
        self._progress.hide()

    def show_articles(self, count: int | None) -> None:
        """Say how many articles the library holds (None: not known yet)."""
        _show(self._articles, "" if count is None else n_("{n} article", "{n} articles", count))

    def show_found(self, total: int, seconds: float, *, everything: bool, copies: int = 0) -> None:
        """Say how many were found and how fast; nothing when everything is shown. copies: not among them."""
        if everything:
            _show(self._found, "")
            return
        hits = n_("{n} result", "{n} results", total)
        if copies:
            hits = f"{hits} {n_('+{n} copy', '+{n} copies', copies)}"
        _show(
            self._found,
            _("{hits} in {ms} ms").format(hits=hits, ms=format_number(max(1, round(seconds * 1000)))),
        )

    def show_index(self, state: str) -> None:
        """Say how the index is: current, behind or building; "" = there is none."""
        words = {
            "current": _("Index up to date"),
            "building": _("Index is being built…"),
            "behind": _("Index is behind"),
        }
        _show(self._index, words.get(state, ""))

    def show_zoom(self, percent: int) -> None:
        """Say how large the text is."""
        self._zoom.setText(f"{percent} %")
        self._zoom.setAccessibleName(_("Zoom: {percent} %").format(percent=percent))

    @Slot(object)
    def show_job(self, state: JobState | None) -> None:
        """Show how far a job is; None = none."""
        self._job = state.job if state else None
        self._progress.setVisible(state is not None)
        if state is None:
            return
        self._what.setText(f"{state.job.title}: {self._how_far(state)}".rstrip(": "))
        self._what.setToolTip(state.text)
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)
        self._pause.setVisible(state.job.can_pause)
        self._show_paused(state.job.halted.is_set())
        for button in (self._cancel, self._pause):
            button.setEnabled(not state.job.stop.is_set())

    def _how_far(self, state: JobState) -> str:
        """Say how far a job is: in numbers where there are many pieces, else at which it is."""
        if state.paused:
            self._pace.rest()
            return _("paused")
        if self._paced != state.job.number:
            self._pace, self._paced = Pace(), state.job.number
        self._pace.step(state.done, time.monotonic())
        if state.total >= _MANY:
            words = format_pace(state.done, state.total, self._pace.rate, self._pace.left(state.total))
            if state.job.can_pause and (count := self.articles_so_far()):
                words = f"{words} · {n_('{n} article', '{n} articles', count)}"
            return words
        return state.text if len(state.text) <= _LONGEST else state.text[: _LONGEST - 1] + "…"

    def _show_paused(self, paused: bool) -> None:
        self._pause.setChecked(paused)
        self._pause.setIcon(icon("play" if paused else "pause"))
        words = _("Go on") if paused else _("Pause")
        self._pause.setAccessibleName(words)
        self._pause.setToolTip(words)

    def show_problems(self, count: int) -> None:
        """Say how many files could not be read; nothing for none."""
        self._problems.setVisible(count > 0)
        words = n_("{n} file not read", "{n} files not read", count)
        self._problems.setText(words)
        self._problems.setToolTip(_("Show which files, and why"))

    @Slot(bool)
    def _on_pause(self, paused: bool) -> None:
        if self._job is not None:
            self._job.pause(paused)
            self._show_paused(paused)

    @Slot()
    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)


def _show(label: QLabel, words: str) -> None:
    """Show words, or take no room for none."""
    label.setText(words)
    label.setVisible(bool(words))
