"""The chart above the table of amounts: dots and bars through time, for mouse and keyboard."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.charts import amounts
from desktop.charts.amounts import Chart, Mark, Material, Words
from desktop.i18n import _
from desktop.library.amounts import AmountRow
from desktop.progress import Progress
from desktop.ui.amounts_painting import paint_grid, paint_mark, paint_ring, picture
from desktop.ui.amounts_words import axis_time, short_number
from desktop.ui.jobs import Job, Jobs, Lane
from desktop.ui.theme import Theme

_PLACED_AT_ONCE = 300  # marks: more are placed and painted off the window's thread


class AmountsChart(QWidget):
    """Shows Points.

    Signals:
        mark_chosen: a Mark that was clicked, or on which Enter was pressed.
        mark_entered: a Mark under the pointer or reached by keyboard; None = none.
    """

    mark_chosen = Signal(object)
    mark_entered = Signal(object)

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        super().__init__(objectName="amountsChart", focusPolicy=Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(120)
        self.setAccessibleName(_("Chart of amounts"))
        self.setAccessibleDescription(
            _("Left and right go from dot to dot, Enter opens the sentence of the amount.")
        )
        self._jobs = jobs
        self._material = Material()
        self._chart: Chart | None = None
        self._picture: QImage | None = None  # of the marks, where they are many
        self._job: Job | None = None  # that makes it
        self._is_old = False  # what that job makes
        self._row: AmountRow | None = None
        self.current: Mark | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)
        self._picture = None
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the size the chart likes to have."""
        return QSize(900, 210)

    def show_material(self, material: Material) -> None:
        """Show this."""
        if material != self._material:
            self._material, self._picture = material, None
            self._lay_out()

    def show_row(self, row: AmountRow | None) -> None:
        """Put a ring around the amount that is selected in the table."""
        if row != self._row:
            self._row = row
            self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return what is shown."""
        return self._chart.marks if self._chart else ()

    @property
    def is_laid_out(self) -> bool:
        """Tell whether all marks have their place."""
        return self._job is None

    def _lay_out(self) -> None:
        words = Words(
            short_number, axis_time, self._metrics.horizontalAdvance, math.ceil(self._metrics.height())
        )
        shown, size = self._material, self.size()
        self.current = None
        self.update()
        if len(shown.figures) <= _PLACED_AT_ONCE:
            self._chart = amounts.lay_out(shown, size.width(), size.height(), words)
            return
        self._chart = amounts.axes(shown, size.width(), size.height(), words)
        if self._job is None:
            self._place(shown, self._chart)
        else:
            self._is_old = True
            self._job.cancel()

    def _place(self, shown: Material, axes: Chart) -> None:
        """Place the marks off the window's thread; very many are painted there too."""
        color, size, ratio = self._mark_color(), self.size(), self.devicePixelRatioF()

        def task(progress: Progress) -> tuple[Chart, QImage | None]:
            marks = amounts.marks(shown, axes) if axes.values else ()
            image = picture(marks, color, size, ratio, progress) if shown.dense else None
            return amounts.with_marks(axes, marks), image

        def done(answer: tuple[Chart, QImage | None]) -> None:
            self._job = None
            if self._is_old:
                again()
                return
            self._chart, self._picture = answer
            self.update()

        def again() -> None:
            self._job, self._is_old = None, False
            self._lay_out()

        def bug(trace: str) -> None:
            self._job = None
            self._jobs.bug_met.emit(trace)

        self._job = self._jobs.run(
            _("Chart of amounts"), task, done, lane=Lane.QUICK, cancelled=again, bug=bug
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new size."""
        super().resizeEvent(event)
        self._lay_out()

    # Painting

    def _mark_color(self) -> QColor:
        return self._theme.color("amount_ink" if self._theme.dark else "amount_line")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, labels and marks."""
        chart = self._chart
        if chart is None or not self._material.figures:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        paint_grid(painter, chart, self._theme, self._metrics)
        if self._picture is not None:  # of another size while the next one is made
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect(QPoint(), self.size()), self._picture)
        elif not self._material.dense:
            color = self._mark_color()
            for mark in chart.marks:
                paint_mark(painter, mark, color)
        chosen = self._chosen_mark(chart)
        if chosen is not None:
            paint_mark(painter, chosen, self._theme.color("accent"))
            paint_ring(painter, chosen, self._theme.color("ink"))
        if self.current is not None and self.current is not chosen:
            paint_ring(painter, self.current, self._theme.color("accent"))
        painter.end()

    def _chosen_mark(self, chart: Chart) -> Mark | None:
        """Return the mark of the selected row; where marks stand for many, its own place."""
        row = self._row
        if row is None or not chart.values:
            return None
        known = None if self._material.dense else chart.mark_of(row.id)
        if known is not None and known.count == len(known.ids):
            return known
        low, high = row.euro or row.base if row.kind == "money" else row.base
        worth = high if high < math.inf else low
        if not 0 < worth < math.inf or not row.published:
            return None
        day = (row.published + "-01-01")[:10] if len(row.published) == 4 else f"{row.published}-01"[:10]
        x = chart.x(dt.date.fromisoformat(day).toordinal() + 0.5)
        y = chart.y(worth)
        return Mark(x, y, y, 4.0, 1, (row.id,))

    # Mouse and keyboard

    def _enter(self, mark: Mark | None) -> None:
        if mark is not self.current:
            self.current = mark
            self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
            if mark is None:
                QToolTip.hideText()
            self.update()
            self.mark_entered.emit(mark)

    def tell(self, mark: Mark, words: str) -> None:
        """Say something beside a mark, if the pointer or the keyboard is still there."""
        if mark is self.current:
            self.setAccessibleDescription(words)
            place = self.mapToGlobal(QPoint(round(mark.x) + 8, round(mark.y) + 8))
            QToolTip.showText(place, words, self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Find the mark under the pointer."""
        place = event.position()
        self._enter(self._chart.at(place.x(), place.y()) if self._chart else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the mark."""
        self._enter(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark that is clicked."""
        place = event.position()
        mark = self._chart.at(place.x(), place.y()) if self._chart else None
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self.mark_chosen.emit(mark)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark, and choose one."""
        key, far = Qt.Key, 10**9
        keys: dict[int, int] = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Home: -far, key.Key_End: far}
        if event.key() in keys and self.marks and self._chart:
            if self.current is None:
                self._enter(self.marks[0 if keys[event.key()] > 0 else -1])
            else:
                self._enter(self._chart.neighbour(self.current, keys[event.key()]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.mark_chosen.emit(self.current)
        else:
            super().keyPressEvent(event)
