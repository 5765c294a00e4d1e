"""Paints the line of time: bars above and below the axis, today, and the stretch somebody chose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from desktop.charts import timeline
from desktop.charts.timeline import Bar, Series, Stretch, Unit, Window
from desktop.i18n import _, month_name
from desktop.ui import timeline_words as words
from desktop.ui.theme import Theme

_LEFT, _RIGHT, _EDGE = 56, 20, 8  # pixels around the picture; the scale stands at the left
_CAPTION, _TICKS = 26, 22  # pixels: above the articles and below the dates; a line of words on the axis
_HEADROOM = 6  # pixels above the highest bar
_LEAST_BAR = 1.5  # pixels: what there is can be seen
_UPPER = 0.55  # of the room for bars, that of the articles


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything there is to paint."""

    window: Window
    articles: Series | None  #: None = not shown
    dates: Series | None
    today: int
    stretch: Stretch | None = None
    pointed: int | None = None  #: a day under the pointer or at the keys
    drawing: Stretch | None = None  #: the stretch that is being drawn
    focus: bool = False


class Layout:
    """Where the parts of the picture are, in a widget of this size."""

    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self.plot = QRectF(_LEFT, 0, max(width - _LEFT - _RIGHT, 40), height)
        axis = _TICKS * 2 + 2  # also where one line would do: nothing jumps while one zooms
        room = max(height - axis - 2 * _EDGE, 40)
        upper = (room * _UPPER if scene.dates else room) if scene.articles else 0
        self.upper = QRectF(_LEFT, _EDGE, self.plot.width(), upper)
        self.axis = QRectF(_LEFT, _EDGE + upper, self.plot.width(), axis)
        self.lower = QRectF(_LEFT, self.axis.bottom(), self.plot.width(), room - upper)

    @property
    def width(self) -> float:
        """How many pixels show the window."""
        return self.plot.width()


class TimelinePainter:
    """Paints scenes in a theme."""

    def __init__(self, theme: Theme) -> None:
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._small = theme.font("small")
        self._strong = theme.font("small", weight=QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._small)
        strong = QFontMetricsF(self._strong)
        months = [month_name(number, short=True) for number in range(1, 13)]
        self._rooms = {
            Unit.DAY: self._metrics.horizontalAdvance("00") + 10,
            Unit.WEEK: self._metrics.horizontalAdvance("00") + 14,
            Unit.MONTH: max(self._metrics.horizontalAdvance(month) for month in months) + 12,
            Unit.YEAR: self._metrics.horizontalAdvance("0000") + 14,
        }
        long = max(strong.horizontalAdvance(f"{month_name(number)} 0000") for number in range(1, 13))
        self._context_rooms = {
            Unit.MONTH: long + 12,
            Unit.YEAR: strong.horizontalAdvance("0000") + 12,
        }

    def paint(self, painter: QPainter, scene: Scene, width: int, height: int) -> None:
        """Paint a scene into a rectangle of this size."""
        layout = Layout(scene, width, height)
        unit = timeline.unit_for(scene.window, layout.width)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, scene, layout, unit)
        captions = words.per_unit(unit)
        if scene.articles:
            bars = scene.articles.bars(scene.window, layout.width, unit)
            self._paint_series(painter, layout.upper, bars, "accent", captions[0], up=True)
        if scene.dates:
            bars = scene.dates.bars(scene.window, layout.width, unit)
            self._paint_series(painter, layout.lower, bars, "date", captions[1], up=False)
        self._paint_axis(painter, scene, layout)
        self._paint_today(painter, scene, layout)
        if stretch := scene.drawing or scene.stretch:
            self._paint_edges(painter, scene, layout, stretch)

    # Parts

    def _paint_ground(self, painter: QPainter, scene: Scene, layout: Layout, unit: Unit) -> None:
        theme = self._theme
        for stretch, colour in (
            (Stretch(scene.today + 1, timeline.LAST), theme.between("panel", "hover", 0.55)),
            (scene.drawing or scene.stretch, theme.color("selection")),
            (self._bucket(scene.pointed, unit), theme.between("hover", "selection", 0.6)),
        ):
            if stretch is not None:
                painter.fillRect(self._place(scene, layout, stretch), colour)
        painter.fillRect(layout.axis, theme.color("window"))
        if stretch := scene.drawing or scene.stretch:
            place = self._place(scene, layout, stretch).intersected(layout.axis)
            painter.fillRect(place, theme.between("selection", "accent", 0.22))

    def _bucket(self, day: int | None, unit: Unit) -> Stretch | None:
        if day is None:
            return None
        bucket = timeline.bucket_of(day, unit)
        return Stretch(timeline.first_day(bucket, unit), timeline.last_day(bucket, unit))

    def _place(self, scene: Scene, layout: Layout, stretch: Stretch) -> QRectF:
        left = max(scene.window.x_of(stretch.first, layout.width), 0.0)
        right = min(scene.window.x_of(stretch.last + 1, layout.width), layout.width)
        top, bottom = layout.upper.top(), layout.lower.bottom()
        return QRectF(_LEFT + left, top, max(right - left, 0.0), bottom - top)

    def _paint_series(
        self, painter: QPainter, area: QRectF, bars: Sequence[Bar], role: str, caption: str, *, up: bool
    ) -> None:
        """Paint bars that grow from the axis, a line for their scale, and what they are."""
        theme = self._theme
        highest = max((bar.height for bar in bars), default=0.0)
        per_pixel = timeline.scale(highest, area.height() - _CAPTION - _HEADROOM)
        base = area.bottom() if up else area.top()
        sign = -1 if up else 1
        mark = _round_below(highest)
        if mark:
            y = base + sign * mark * per_pixel
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            self._paint_words(
                painter,
                QRectF(0, y - 10, _LEFT - 8, 20),
                words.short_number(mark),
                Qt.AlignmentFlag.AlignRight,
            )
        painter.save()
        painter.setClipRect(area)
        painter.setPen(Qt.PenStyle.NoPen)
        pale, full = theme.between("panel", role, 0.38), theme.color(role)
        for bar in bars:
            gap = 1.0 if bar.width >= 4 else 0.0
            left, width = area.left() + bar.x + gap / 2, max(bar.width - gap, 1.0)
            for number, colour in ((bar.height, pale), (bar.number, full)):
                if number:
                    tall = max(number * per_pixel, _LEAST_BAR)
                    painter.setBrush(colour)
                    painter.drawRect(QRectF(left, base - tall if up else base, width, tall))
        painter.restore()
        top = area.top() if up else area.bottom() - _CAPTION
        place = QRectF(area.left(), top, area.width(), _CAPTION - 4)
        self._paint_words(painter, place, caption)
        if any(bar.around for bar in bars):
            place.setLeft(place.left() + self._metrics.horizontalAdvance(caption) + 22)
            painter.fillRect(QRectF(place.left(), place.center().y() - 4, 12, 8), pale)
            self._paint_words(painter, place.adjusted(18, 0, 0, 0), _("longer periods, spread evenly"))

    def _paint_axis(self, painter: QPainter, scene: Scene, layout: Layout) -> None:
        theme, axis = self._theme, layout.axis
        painter.setPen(QPen(theme.between("line", "dim", 0.25), 1))
        for y in (axis.top(), axis.bottom()):
            painter.drawLine(QPointF(axis.left(), y), QPointF(axis.right(), y))
        painter.save()
        painter.setClipRect(axis.adjusted(0, 0, _RIGHT, 0))
        ticks = timeline.ticks(scene.window, layout.width, self._rooms.__getitem__)
        unit = ticks[0].unit if ticks else Unit.YEAR
        above = timeline.contexts(scene.window, layout.width, self._context_rooms.__getitem__, unit)
        height = axis.height() if unit is Unit.YEAR else _TICKS + 2
        for tick in ticks:
            if tick.x >= 0:
                self._paint_tick(painter, axis.left() + tick.x, axis, 6)
            room = QRectF(axis.left() + tick.x + 5, axis.top(), tick.room, height)
            said = words.tick_words(tick.day, tick.unit)
            fits = tick.x + 5 + self._metrics.horizontalAdvance(said) <= layout.width + _RIGHT
            if tick.x > -2 and fits:
                self._paint_words(painter, room, said)
        for tick in above:
            if tick.x > 0:
                # A week may begin in one month and end in the next: its words stand across the line.
                top = axis.adjusted(0, _TICKS, 0, 0) if unit is Unit.WEEK else axis
                self._paint_tick(painter, axis.left() + tick.x, top, top.height())
            room = QRectF(axis.left() + tick.x + 5, axis.top() + _TICKS, tick.room, _TICKS)
            self._paint_words(painter, room, words.context_words(tick.day, tick.unit), strong=True)
        painter.restore()
        if scene.focus:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(axis.adjusted(-1, 0, 1, 0), 3, 3)

    def _paint_tick(self, painter: QPainter, x: float, axis: QRectF, length: float) -> None:
        painter.setPen(QPen(self._theme.between("line", "dim", 0.4), 1))
        painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.top() + length))

    def _paint_today(self, painter: QPainter, scene: Scene, layout: Layout) -> None:
        x = scene.window.x_of(scene.today + 0.5, layout.width)
        if not 0 <= x <= layout.width:
            return
        theme, left = self._theme, layout.plot.left() + x
        painter.setPen(QPen(theme.color("ink"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, layout.upper.top()), QPointF(left, layout.axis.top()))
        painter.drawLine(QPointF(left, layout.axis.bottom()), QPointF(left, layout.lower.bottom()))
        label = _("Today")
        width = QFontMetricsF(self._strong).horizontalAdvance(label) + 12
        beside = left + 4 if x + width + 4 < layout.width else left - width - 4
        # The words for the bars stand in the same line at the left: there is room for one of the two.
        top = layout.upper.top() if scene.articles else layout.lower.bottom() - _CAPTION
        place = QRectF(beside, top, width, _CAPTION - 4)
        self._paint_words(painter, place.adjusted(4, 0, 0, 0), label, strong=True)

    def _paint_edges(self, painter: QPainter, scene: Scene, layout: Layout, stretch: Stretch) -> None:
        place = self._place(scene, layout, stretch)
        if place.width() <= 0:
            return
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        for x in (place.left(), place.right()):
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))

    def _paint_words(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        strong: bool = False,
    ) -> None:
        painter.setFont(self._strong if strong else self._small)
        painter.setPen(self._theme.color("ink" if strong else "dim"))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)


def _round_below(highest: float) -> float:
    """Return the largest round number (1, 2, 5, 10, 20 …) that is not above this; 0 for less than one."""
    if highest < 1:
        return 0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (5, 2, 1) if step * power <= highest)
