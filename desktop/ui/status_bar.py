"""The line at the foot of the window: how much there is, what was found, what is going on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from desktop.i18n import _, format_number, n_
from desktop.ui.icons import icon
from desktop.ui.jobs import Job, JobState

_LONGEST = 40  # characters of what a job is at


class StatusBar(QStatusBar):
    """Shows; the only things to press are cancel and zoom.

    Signals:
        zoom_reset_requested: the zoom was clicked.
    """

    zoom_reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setSizeGripEnabled(False)
        self._job: Job | None = None
        self._articles, self._found, self._index = QLabel(), QLabel(), QLabel()
        for label in (self._articles, self._found, self._index):
            self.addWidget(label)
        self._build_job()
        offline = QLabel(_("Offline"))
        offline.setToolTip(_("Leeslamp never uses the network: everything stays on this computer"))
        self._zoom = QToolButton(objectName="zoomButton", text="100 %")
        self._zoom.setToolTip(_("Actual size"))
        self._zoom.clicked.connect(self.zoom_reset_requested)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(offline)
        self.addPermanentWidget(self._zoom)

    def _build_job(self) -> None:
        self._progress = QWidget(objectName="jobProgress")
        self._what = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = QToolButton(objectName="cancelJob", icon=icon("x"))
        self._cancel.setIconSize(QSize(12, 12))
        self._cancel.setAccessibleName(_("Cancel"))
        self._cancel.setToolTip(_("Cancel"))
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 8, 0)
        for part in (self._what, self._bar, self._cancel):
            row.addWidget(part)
        self._progress.hide()

    def show_articles(self, count: int | None) -> None:
        """Say how many articles the library holds (None: not known yet)."""
        _show(self._articles, "" if count is None else n_("{n} article", "{n} articles", count))

    def show_found(self, total: int, seconds: float, *, everything: bool) -> None:
        """Say how many were found and how fast; nothing when everything is shown."""
        if everything:
            _show(self._found, "")
            return
        hits = n_("{n} result", "{n} results", total)
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
        what = state.text if len(state.text) <= _LONGEST else state.text[: _LONGEST - 1] + "…"
        self._what.setText(f"{state.job.title}: {what}" if what else state.job.title)
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)
        self._cancel.setEnabled(not state.job.stop.is_set())

    @Slot()
    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)


def _show(label: QLabel, words: str) -> None:
    """Show words, or take no room for none."""
    label.setText(words)
    label.setVisible(bool(words))
