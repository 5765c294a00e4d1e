"""The line of time one can walk along: the wheel zooms, dragging pans, dragging on the axis chooses.

Everything goes by keyboard too: arrows walk from bar to bar (with Shift they choose a stretch), Home and
End go to the first and last one, Page Up and Page Down turn over, + and - zoom, Enter chooses what is
pointed at, Esc lets go of it.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.charts import timeline
from desktop.charts.timeline import Bar, Ends, Series, Stretch, Unit, Window
from desktop.i18n import _
from desktop.ui import timeline_words as words
from desktop.ui.theme import Theme
from desktop.ui.timeline_painting import Layout, Scene, TimelinePainter

STEP = 0.7  #: a zoom by one step shows so much of what was shown
_NOTCH = 120.0  # of a wheel
_PAGE = 0.8  # of the window
_BEYOND = 0.5  # of the whole time, how far one can pan past its ends


class TimelineChart(QWidget):
    """Shows two series and lets a person go about in them.

    Signals:
        window_changed: another part of time is shown.
        stretch_chosen: the Stretch, or None when it was let go of.
    """

    window_changed = Signal()
    stretch_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineChart")
        self.setAccessibleName(_("Timeline: articles and the dates they mention"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(170)
        self._painter = TimelinePainter(theme)
        self._articles, self._dates = Series(()), Series(())
        self._shows = (True, True)
        self._today = datetime.now().astimezone().date().toordinal()
        self._all = self.in_view = timeline.whole((), self._today)
        self.stretch: Stretch | None = None
        self._pointed: int | None = None
        self._anchor: int | None = None  # the day from which Shift and the arrows choose
        self._drawing: Stretch | None = None
        self._pressed: tuple[QPointF, Window, bool] | None = None  # where, what was shown, on the axis
        self._moved = False

    def sizeHint(self) -> QSize:
        """Return a good size."""
        return QSize(900, 260)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._painter.set_theme(theme)
        self.update()

    # What is shown

    def show_material(self, articles: Series, dates: Series, ends: Ends, *, keep: bool) -> None:
        """Show these; keep: stay at the part of time that is shown and the stretch that is chosen."""
        self._articles, self._dates, self._today = articles, dates, ends.today
        self._all = ends.whole
        if not keep:
            self._pointed = self._anchor = self._drawing = self.stretch = None
            self.in_view = ends.most
        self.update()

    def show_series(self, *, articles: bool, dates: bool) -> None:
        """Show one of the series or both."""
        self._shows = (articles, dates)
        self.update()

    @property
    def series(self) -> tuple[Series | None, Series | None]:
        """Return the articles and dates that are shown; None for what is not."""
        return self._articles if self._shows[0] else None, self._dates if self._shows[1] else None

    @property
    def scene(self) -> Scene:
        """Return what is painted."""
        articles, dates = self.series
        return Scene(
            self.in_view,
            articles,
            dates,
            self._today,
            self.stretch,
            self._pointed,
            self._drawing,
            self.hasFocus(),
        )

    @property
    def layout_now(self) -> Layout:
        """Return where the parts of the picture are."""
        return Layout(self.scene, self.width(), self.height())

    @property
    def unit(self) -> Unit:
        """Return what a bar stands for."""
        return timeline.unit_for(self.in_view, self.layout_now.width)

    def shown(self) -> Stretch:
        """Return the days that the list is about: those chosen, or else those that are shown."""
        if self.stretch is not None:
            return self.stretch
        seen = self.in_view
        return Stretch(max(int(seen.start), timeline.FIRST), min(int(seen.end), timeline.LAST))

    # Going about

    def zoom_in(self) -> None:
        """Show less, around what is pointed at."""
        self.zoom(STEP)

    def zoom_out(self) -> None:
        """Show more."""
        self.zoom(1 / STEP)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show a part of time so many times as long; the moment `at` stays where it is."""
        if at is None:
            middle = (self.in_view.start + self.in_view.end) / 2
            inside = self._pointed is not None and self.in_view.start <= self._pointed < self.in_view.end
            at = float(self._pointed) if inside and self._pointed is not None else middle
        self._go(self.in_view.zoomed(factor, at, self._limits()))

    def show_all(self) -> None:
        """Show the whole time that has anything to be drawn."""
        self.choose(None)
        self._go(self._all)

    def choose(self, stretch: Stretch | None) -> None:
        """Choose a stretch, or let go of it."""
        if stretch != self.stretch:
            self.stretch = stretch
            self._tell_place()
            self.update()
            self.stretch_chosen.emit(stretch)

    def _limits(self) -> Window:
        room = self._all.days * _BEYOND
        start, end = self._all.start - room, self._all.end + room
        return Window(max(start, timeline.FIRST), min(end, timeline.LAST))

    def _go(self, window: Window) -> None:
        if window != self.in_view:
            self.in_view = window
            self.update()
            self.window_changed.emit()

    def _pan(self, share: float) -> None:
        self._go(self.in_view.panned(self.in_view.days * share, self._limits()))

    # Pointing

    def _day_at(self, x: float) -> float:
        layout = self.layout_now
        return self.in_view.day_at(x - layout.plot.left(), layout.width)

    def bars_at(self, day: int) -> tuple[Bar | None, Bar | None]:
        """Return what is drawn of a day's bucket, above and below the axis."""
        width, unit = self.layout_now.width, self.unit
        one, other = (s.bar_at(day, self.in_view, width, unit) if s else None for s in self.series)
        return one, other

    def words_at(self, day: int) -> str:
        """Return what is said of a day's bucket."""
        return bar_words(self.bars_at(day))

    def _point(self, day: int | None) -> None:
        if day != self._pointed:
            self._pointed = day
            self._tell_place()
            self.update()

    def _tell_place(self) -> None:
        said = [] if self._pointed is None else [self.words_at(self._pointed).replace("\n", ", ")]
        if self.stretch is not None:
            chosen = words.stretch_words(self.stretch.first, self.stretch.last)
            said.append(_("Chosen: {stretch}").format(stretch=chosen))
        self.setAccessibleDescription(". ".join(said))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line of time."""
        painter = QPainter(self)
        self._painter.paint(painter, self.scene, self.width(), self.height())
        painter.end()

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; sideways, or with Shift, pan."""
        sideways, turned = event.angleDelta().x(), event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not sideways:
            sideways, turned = turned, 0
        if abs(sideways) > abs(turned):
            self._pan(-sideways / _NOTCH * 0.1)
        elif turned:
            self.zoom(STEP ** (turned / _NOTCH), self._day_at(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan; on the axis, or with Shift, to choose a stretch."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        axis = self.layout_now.axis
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        chooses = shift or axis.top() <= event.position().y() <= axis.bottom()
        self._pressed = (event.position(), self.in_view, chooses)
        self._moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, draw a stretch, or say what is under the pointer."""
        if self._pressed is None:
            self._hover(event)
            return
        start, window, chooses = self._pressed
        way = event.position().x() - start.x()
        if not self._moved and abs(way) < QApplication.startDragDistance():
            return
        self._moved = True
        QToolTip.hideText()
        if chooses:
            from_day = window.day_at(start.x() - self.layout_now.plot.left(), self.layout_now.width)
            self._drawing = timeline.stretch(from_day, self._day_at(event.position().x()), self.unit)
            self.update()
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            days = way / self.layout_now.width * window.days
            self._go(window.panned(-days, self._limits()))

    def _hover(self, event: QMouseEvent) -> None:
        layout, place = self.layout_now, event.position()
        on_axis = layout.axis.top() <= place.y() <= layout.axis.bottom()
        self.setCursor(Qt.CursorShape.IBeamCursor if on_axis else Qt.CursorShape.ArrowCursor)
        if not layout.plot.left() <= place.x() < layout.plot.right():
            self._point(None)
            QToolTip.hideText()
            return
        day = min(max(int(self._day_at(place.x())), timeline.FIRST), timeline.LAST)
        self._point(day)
        QToolTip.showText(event.globalPosition().toPoint() + QPoint(12, 8), self.words_at(day), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the stretch that was drawn, or the bar that was clicked."""
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        drawn, self._drawing, self._pressed = self._drawing, None, None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if drawn is not None:
            self.choose(drawn)
        elif not self._moved:
            day = int(self._day_at(event.position().x()))
            clicked = timeline.stretch(day, day, self.unit)
            self.choose(None if clicked == self.stretch else clicked)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in on the bar that was clicked twice."""
        day = int(self._day_at(event.position().x()))
        clicked = timeline.stretch(day, day, self.unit)
        self.choose(None)
        middle = (clicked.first + clicked.last + 1) / 2
        days = max(clicked.days * 1.2, timeline.CLOSEST)
        self._go(Window(middle - days / 2, middle + days / 2).within(self._limits()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        if not self.hasFocus():
            self._point(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers."""
        zooms = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is zooms:
            self.zoom(1 / max(1 + event.value(), 0.2), self._day_at(event.position().x()))
            return True
        return super().event(event)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about by keyboard."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(-1 if key == Qt.Key.Key_Left else 1, chooses=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk_to_end(last=key == Qt.Key.Key_End, chooses=shift)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._pan(-_PAGE if key == Qt.Key.Key_PageUp else _PAGE)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Up):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore, Qt.Key.Key_Down):
            self.zoom_out()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._pointed is not None:
            self.choose(timeline.stretch(self._pointed, self._pointed, self.unit))
        elif key == Qt.Key.Key_Escape and self.stretch is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, by: int, *, chooses: bool) -> None:
        """Point at the next bucket in a direction."""
        unit = self.unit
        if self._pointed is None:
            day = int(self.in_view.start if by > 0 else self.in_view.end - 1)
        else:
            day = timeline.first_day(timeline.bucket_of(self._pointed, unit) + by, unit)
        self._walk_to(day, chooses=chooses)

    def _walk_to_end(self, *, last: bool, chooses: bool) -> None:
        spans = [span for series in self.series if series for span in series.spans]
        if spans:
            day = max(span.last for span in spans) if last else min(span.first for span in spans)
            self._walk_to(day, chooses=chooses)

    def _walk_to(self, day: int, *, chooses: bool) -> None:
        day = min(max(day, timeline.FIRST), timeline.LAST)
        if not chooses:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = day if self._pointed is None else self._pointed
        self._point(day)
        one = timeline.stretch(day, day, self.unit)
        room = one.days * 0.5
        if one.first - room < self.in_view.start:
            self._go(self.in_view.panned(one.first - room - self.in_view.start, self._limits()))
        elif one.last + 1 + room > self.in_view.end:
            self._go(self.in_view.panned(one.last + 1 + room - self.in_view.end, self._limits()))
        if chooses and self._anchor is not None:
            self.choose(timeline.stretch(self._anchor, day, self.unit))
        layout = self.layout_now
        x = layout.plot.left() + self.in_view.x_of(day, layout.width)
        QToolTip.showText(
            self.mapToGlobal(QPoint(int(x), int(layout.axis.bottom()))), self.words_at(day), self
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are elsewhere."""
        super().focusOutEvent(event)
        self._point(None)
        self.update()


def bar_words(bars: tuple[Bar | None, Bar | None]) -> str:
    """Return what a bucket holds; "" when nothing is shown."""
    return words.bar_words(*bars) if any(bars) else ""
