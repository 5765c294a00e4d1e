"""A small picture of an actor's articles through time: a bar for each month, or year where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.charts import timeline
from desktop.charts.timeline import Bar, Series, Unit, Window
from desktop.i18n import _, format_date, format_number, n_
from desktop.model import MentionKind
from desktop.ui import timeline_words as words
from desktop.ui.theme import Theme

_HEIGHT, _AXIS, _TOP = 90, 20, 18  # pixels: all, the line of words, above the highest bar
_LEFT, _RIGHT = 22, 22
_LEAST_BAR, _WIDEST_BAR, _GAP = 2.0, 18.0, 1.0
_NARROWEST = 5.0  # pixels of a bar, or a longer unit is taken
_HALF_YEAR = 183.0  # days: the shortest window


def _today() -> int:
    return datetime.now().astimezone().date().toordinal()


class ActorChart(QWidget):
    """Shows the articles of one actor."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="actorChart")
        self._theme = theme
        self._series = Series(())
        self._window = Window(0, 1)
        self._kind = MentionKind.PERSON
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low, wide size."""
        return QSize(600, _HEIGHT)

    def show_days(self, days: Sequence[tuple[str, str, int]], kind: MentionKind) -> None:
        """Show articles by (first day, last day, how many) in the colour of a kind."""
        spans = [
            (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), count)
            for first, last, count in days
        ]
        self._series, self._kind = Series(spans), kind
        whole = timeline.whole([self._series], _today())
        if whole.days < _HALF_YEAR:
            middle = (whole.start + whole.end) / 2
            whole = Window(middle - _HALF_YEAR / 2, middle + _HALF_YEAR / 2)
        self._window = whole
        self.setVisible(bool(spans))
        self.setAccessibleName(_("Articles through time"))
        self.setAccessibleDescription("; ".join(self._bar_words(bar) for bar in self.bars()[-24:]))
        self.update()

    @property
    def unit(self) -> Unit:
        """Return what a bar stands for: a month, or longer."""
        fitting = timeline.unit_for(self._window, self._width(), _NARROWEST)
        return fitting if fitting in (Unit.YEAR, Unit.DECADE, Unit.CENTURY) else Unit.MONTH

    def bars(self) -> list[Bar]:
        """Return the bars that are drawn."""
        return self._series.bars(self._window, self._width(), self.unit)

    def _width(self) -> float:
        return max(self.width() - _LEFT - _RIGHT, 40.0)

    def _bar_words(self, bar: Bar) -> str:
        when = words.stretch_words(bar.first, bar.last)
        count = n_("{n} article", "{n} articles", bar.number)
        return f"{when}: {count}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, axis and the highest number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bars = self.bars()
        ground = self.height() - _AXIS
        highest = max((bar.height for bar in bars), default=0.0)
        step = timeline.scale(highest, ground - _TOP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.kind_color(self._kind))
        for bar in bars:
            width = min(max(bar.width - _GAP, _LEAST_BAR), _WIDEST_BAR)
            height = max(bar.height * step, _LEAST_BAR)
            x = _LEFT + bar.x + (bar.width - width) / 2
            painter.drawRoundedRect(QRectF(x, ground - height, width, height), 1.5, 1.5)
        self._paint_axis(painter, ground)
        highest_bar = max(bars, key=lambda bar: bar.height, default=None)
        if highest_bar is not None:
            middle = _LEFT + highest_bar.x + highest_bar.width / 2
            place = QRectF(middle - 40, 0, 80, _TOP)
            said = format_number(round(highest_bar.height))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, said)
        painter.end()

    def _paint_axis(self, painter: QPainter, ground: int) -> None:
        painter.setPen(self._theme.color("line"))
        painter.drawLine(_LEFT, ground, self.width() - _RIGHT, ground)
        font = self._theme.font("small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._theme.color("dim"))

        def room(unit: Unit) -> float:
            if unit in (Unit.DAY, Unit.WEEK):
                return 1e9  # months are the finest there is
            return metrics.horizontalAdvance("2025 mmm") + 12

        for tick in timeline.ticks(self._window, self._width(), room):
            said = words.tick_words(tick.day, tick.unit)
            if tick.unit is Unit.MONTH:
                said = format_date(date.fromordinal(tick.day).isoformat()[:7], short=True)
            if 0 <= tick.x <= self._width() - metrics.horizontalAdvance(said):
                place = QRectF(_LEFT + tick.x, ground + 3, 200, _AXIS)
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft, said)

    def event(self, event: QEvent) -> bool:
        """Tell what a bar holds."""
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            x = event.pos().x() - _LEFT
            found = next((bar for bar in self.bars() if bar.x <= x < bar.x + max(bar.width, 3)), None)
            if found is not None:
                QToolTip.showText(event.globalPos(), self._bar_words(found), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
