"""A narrow strip beside the scroll bar that shows where in the article the marks are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.i18n import _
from desktop.ui.document_layout import DocumentMap
from desktop.ui.marks import MarkGroup, Marks, same_actor, strong_highlight
from desktop.ui.theme import Theme
from desktop.ui.typography import BOTTOM, TOP, Typography

WIDTH = 12  #: pixels
_HEIGHT = 3  # of a tick
_MOST = 150  # more mentions than that are noise
_REACH = 5  # pixels beside a tick that still count as on it


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the strip: its code point, its colour, and what it says when the pointer rests on it."""

    place: int
    colour: QColor
    text: str
    strong: bool = True  #: false: half as wide and faint


class Heights:
    """Where code points stand in the height of the whole article, 0..1, without laying it out.

    Estimated from the length of each block: within a line or two of the truth, and as cheap for the end of
    a long article as for its beginning, where asking Qt would lay out all that comes before.
    """

    def __init__(self, layout: DocumentMap, typography: Typography, measure: float) -> None:
        characters = max(10.0, measure / typography.measure * typography.style.measure)
        self._layout = layout
        self._tops: list[float] = []
        self._sizes: list[float] = []
        top = TOP * typography.zoom
        for piece in layout.pieces:
            form = typography.block_format(piece.kind, piece.level)
            size = max(1, ceil(piece.units / characters)) * form.lineHeight()
            self._tops.append(top + form.topMargin())
            self._sizes.append(size)
            top += form.topMargin() + size + form.bottomMargin()
        self._total = max(top + BOTTOM, 1.0)
        self._positions = [piece.position for piece in layout.pieces]

    def share(self, place: int) -> float:
        """Return where a code point stands."""
        if not self._positions:
            return 0.0
        position = self._layout.to_document(place)
        number = max(bisect_right(self._positions, position) - 1, 0)
        piece = self._layout.pieces[number]
        inside = (position - piece.position) / max(piece.units, 1)
        return (self._tops[number] + inside * self._sizes[number]) / self._total


class OverviewStrip(QWidget):
    """Shows ticks; a click asks to go there.

    Signals:
        place_requested: the code point of the tick that was clicked.
    """

    place_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overviewStrip")
        self.setAccessibleName(_("Overview of the marks in the article"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._ticks: list[tuple[float, Tick]] = []

    def sizeHint(self) -> QSize:
        """Return the strip's width; its height is that of the text."""
        return QSize(WIDTH, 0)

    def set_ticks(self, ticks: Sequence[Tick], heights: Heights | None) -> None:
        """Show these ticks instead; of two at one place the later covers the earlier."""
        self._ticks = [(heights.share(tick.place), tick) for tick in ticks] if heights else []
        self.update()

    @property
    def ticks(self) -> list[Tick]:
        """Return what the strip shows."""
        return [tick for _share, tick in self._ticks]

    def y_of(self, tick: Tick) -> int:
        """Return the pixel row of a tick that is shown."""
        return next(round(share * self.height()) for share, shown in self._ticks if shown == tick)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ticks, each row once in each colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        last: dict[int, int] = {}
        for share, tick in self._ticks:
            row = round(share * self.height())
            if last.get(row) == tick.colour.rgb():
                continue
            last[row] = tick.colour.rgb()
            painter.setBrush(tick.colour)
            if tick.strong:
                painter.drawRoundedRect(QRectF(1, row, WIDTH - 3, _HEIGHT), 1.5, 1.5)
            else:
                painter.drawRect(QRectF(WIDTH - 6, row, 4, 2))

    def _tick_at(self, y: float) -> Tick | None:
        near = [
            (abs(share * self.height() + _HEIGHT / 2 - y), i) for i, (share, _t) in enumerate(self._ticks)
        ]
        near = [(distance, -i) for distance, i in near if distance <= _REACH]
        return self._ticks[-min(near)[1]][1] if near else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click would go somewhere."""
        on_tick = self._tick_at(event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_tick else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to go to the tick under the pointer."""
        tick = self._tick_at(event.position().y())
        if tick is not None and event.button() is Qt.MouseButton.LeftButton:
            self.place_requested.emit(tick.place)

    def event(self, event: QEvent) -> bool:
        """Tell what the tick under the pointer is."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tick = self._tick_at(event.pos().y())
            if tick is not None:
                QToolTip.showText(event.globalPos(), tick.text, self)
                return True
        return super().event(event)


def overview_ticks(marks: Marks, theme: Theme) -> list[Tick]:
    """Return the ticks of an article: mentions, then what is rarer and covers them.

    Where there are too many mentions to tell apart only those of the actor at the caret are shown.
    """
    if marks.active is not None:
        shown = [m for m in marks.mentions if same_actor(marks.active, m)]
    elif len(marks.mentions) <= _MOST:
        shown = [m for m in marks.mentions if marks.shows(m)]
    else:
        shown = []
    ticks = [Tick(m.start, theme.kind_color(m.kind), m.text, marks.active is not None) for m in shown]
    if MarkGroup.HIGHLIGHT not in marks.hidden:
        for annotation in marks.placed:
            colour = strong_highlight(theme, annotation.colour)
            ticks.append(Tick(annotation.start or 0, colour, annotation.note or annotation.quote.exact))
    if MarkGroup.HIT not in marks.hidden:
        ticks += [Tick(start, theme.color("accent"), _("Found")) for start, _end in marks.hits]
    return ticks
