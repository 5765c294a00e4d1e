"""Paints the chart of amounts: grid, dots, bars and rings, and a picture of very many dots."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPainter,
    QPen,
    QPolygonF,
)

from desktop.charts.amounts import Chart, Mark
from desktop.progress import Progress
from desktop.ui.theme import Theme

_BAR = 7.0  # pixels, the width of a range
_ARROW = 5.0
_RING = 3.0  # pixels between a dot and the ring around the chosen one
_FAINT = 0.12  # opacity of a cell with hardly any amounts
_AT_ONCE = 200  # dots painted between two steps of a progress


def paint_grid(painter: QPainter, chart: Chart, theme: Theme, metrics: QFontMetricsF) -> None:
    """Paint the lines and labels of both axes."""
    line = QPen(theme.between("page", "line", 0.8), 1)
    dim = theme.color("dim")
    height = metrics.height()
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
        width = metrics.horizontalAdvance(tick.text) + 4
        room = QRectF(tick.place - width / 2, chart.bottom + 6, width, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, tick.text)


def paint_mark(painter: QPainter, mark: Mark, color: QColor) -> None:
    """Paint a dot, or the bar of a range."""
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
    _paint_open_end(painter, mark, color)


def _paint_open_end(painter: QPainter, mark: Mark, color: QColor) -> None:
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


def paint_ring(painter: QPainter, mark: Mark, color: QColor) -> None:
    """Paint a ring around a mark."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.6))
    if mark.bottom - mark.top < 1:
        radius = mark.radius + _RING
        painter.drawEllipse(QPointF(mark.x, mark.y), radius, radius)
        return
    room = _bar(mark).adjusted(-_RING, -_RING, _RING, _RING)
    painter.drawRoundedRect(room, room.width() / 2, room.width() / 2)


def picture(marks: Sequence[Mark], color: QColor, size: QSize, ratio: float, progress: Progress) -> QImage:
    """Paint dots that are the fuller the more they stand for; may run in any thread. Raises Cancelled.

    size: of the chart in pixels; ratio: pixels of the screen for one of those.
    """
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    if not marks:
        return image
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    most = math.log1p(max(mark.count for mark in marks))
    try:
        for number, mark in enumerate(marks):
            if number % _AT_ONCE == 0:
                progress.step(number, len(marks))
            color.setAlphaF(_FAINT + (1 - _FAINT) * math.log1p(mark.count) / most)
            paint_mark(painter, mark, color)
    finally:
        painter.end()
    return image


def _bar(mark: Mark) -> QRectF:
    height = max(mark.bottom - mark.top, _BAR)
    return QRectF(mark.x - _BAR / 2, mark.y - height / 2, _BAR, height)
