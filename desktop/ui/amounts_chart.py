"""The chart above the table of amounts: dots and bars through time, for mouse and keyboard."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.charts.amounts import Chart, Figure, Mark, Words, lay_out
from desktop.i18n import _
from desktop.library.amounts import AmountRow, Points
from desktop.ui.amounts_words import axis_time, short_number
from desktop.ui.theme import Theme

_BAR = 7.0  # pixels, the width of a range
_ARROW = 5.0
_RING = 3.0  # pixels between a dot and the ring around the chosen one
_FAINT = 0.12  # opacity of a cell with hardly any amounts


class AmountsChart(QWidget):
    """Shows Points.

    Signals:
        mark_chosen: a Mark that was clicked, or on which Enter was pressed.
        mark_entered: a Mark under the pointer or reached by keyboard; None = none.
    """

    mark_chosen = Signal(object)
    mark_entered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="amountsChart", focusPolicy=Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(120)
        self.setAccessibleName(_("Chart of amounts"))
        self.setAccessibleDescription(
            _("Left and right go from dot to dot, Enter opens the sentence of the amount.")
        )
        self._figures: list[Figure] = []
        self._dense = False
        self._chart: Chart | None = None
        self._row: AmountRow | None = None
        self.current: Mark | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._font = theme.font("small")
        self._metrics = QFontMetricsF(self._font)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the size the chart likes to have."""
        return QSize(900, 210)

    def show_points(self, points: Points) -> None:
        """Show these."""
        self._dense = not points.exact
        self._figures = [
            Figure(point.day, point.low, point.high, point.count, point.id) for point in points.points
        ]
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

    def _lay_out(self) -> None:
        words = Words(
            short_number, axis_time, self._metrics.horizontalAdvance, math.ceil(self._metrics.height())
        )
        self._chart = lay_out(self._figures, self.width(), self.height(), words, dense=self._dense)
        self.current = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new size."""
        super().resizeEvent(event)
        self._lay_out()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, labels and marks."""
        chart = self._chart
        if chart is None or not chart.marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        self._paint_grid(painter, chart)
        color = self._theme.color("amount_ink" if self._theme.dark else "amount_line")
        most = math.log1p(max(mark.count for mark in chart.marks))
        for mark in chart.marks:
            if self._dense:
                color.setAlphaF(_FAINT + (1 - _FAINT) * math.log1p(mark.count) / most)
            self._paint_mark(painter, mark, color)
        chosen = self._chosen_mark(chart)
        if chosen is not None:
            self._paint_mark(painter, chosen, self._theme.color("accent"))
            self._paint_ring(painter, chosen, self._theme.color("ink"))
        if self.current is not None and self.current is not chosen:
            self._paint_ring(painter, self.current, self._theme.color("accent"))
        painter.end()

    def _paint_grid(self, painter: QPainter, chart: Chart) -> None:
        line = QPen(self._theme.between("page", "line", 0.8), 1)
        dim = self._theme.color("dim")
        height = self._metrics.height()
        for tick in chart.values:
            painter.setPen(line)
            y = round(tick.place) + 0.5
            painter.drawLine(QPointF(chart.left, y), QPointF(chart.right, y))
            painter.setPen(dim)
            room = QRectF(0, tick.place - height / 2, chart.left - 8, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.text)
        for tick in chart.times:
            painter.setPen(line)
            x = round(tick.place) + 0.5
            painter.drawLine(QPointF(x, chart.bottom), QPointF(x, chart.bottom + 4))
            painter.setPen(dim)
            width = self._metrics.horizontalAdvance(tick.text) + 4
            room = QRectF(tick.place - width / 2, chart.bottom + 6, width, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, tick.text)

    def _paint_mark(self, painter: QPainter, mark: Mark, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if mark.bottom - mark.top < 1:
            painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
            return
        if not (mark.opens_up or mark.opens_down):
            painter.drawRoundedRect(_bar(mark), _BAR / 2, _BAR / 2)
            return
        known = mark.bottom if mark.opens_up else mark.top
        painter.drawEllipse(QPointF(mark.x, known), mark.radius, mark.radius)
        self._paint_open_end(painter, mark, color)

    def _paint_open_end(self, painter: QPainter, mark: Mark, color: QColor) -> None:
        """Paint a line that fades towards the end nobody knows, with an arrow."""
        known, far = (mark.bottom, mark.top) if mark.opens_up else (mark.top, mark.bottom)
        fading = QLinearGradient(0, known, 0, far)
        clear = QColor(color)
        clear.setAlphaF(0.35)
        fading.setColorAt(0, color)
        fading.setColorAt(1, clear)
        painter.setBrush(fading)
        painter.drawRect(QRectF(mark.x - 1.25, min(known, far), 2.5, abs(known - far)))
        back = _ARROW if mark.opens_up else -_ARROW
        painter.setBrush(clear)
        painter.drawPolygon(
            QPolygonF([
                QPointF(mark.x, far - back * 0.4),
                QPointF(mark.x - _ARROW, far + back),
                QPointF(mark.x + _ARROW, far + back),
            ])
        )  # fmt: skip

    def _paint_ring(self, painter: QPainter, mark: Mark, color: QColor) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.6))
        if mark.bottom - mark.top < 1:
            radius = mark.radius + _RING
            painter.drawEllipse(QPointF(mark.x, mark.y), radius, radius)
            return
        room = _bar(mark).adjusted(-_RING, -_RING, _RING, _RING)
        painter.drawRoundedRect(room, room.width() / 2, room.width() / 2)

    def _chosen_mark(self, chart: Chart) -> Mark | None:
        """Return the mark of the selected row; where marks stand for many, its own place."""
        row = self._row
        if row is None:
            return None
        known = chart.mark_of(row.id)
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


def _bar(mark: Mark) -> QRectF:
    height = max(mark.bottom - mark.top, _BAR)
    return QRectF(mark.x - _BAR / 2, mark.y - height / 2, _BAR, height)
