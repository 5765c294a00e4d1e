"""The network one can walk about in: the wheel zooms, dragging pans, dragging a node puts it elsewhere.

Everything goes by keyboard too: Tab steps from actor to actor, the arrows go to the next one in a direction,
Ctrl with left and right walks along the ties of the actor, Enter opens, Ctrl+Enter searches, + - 0 zoom, Esc
lets go.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.charts.ties import Tie
from desktop.ui import network_words as words
from desktop.ui.network_canvas import STEP, NetworkCanvas, Target
from desktop.ui.theme import Theme

_NOTCH = 120.0  # of a wheel


class NetworkChart(NetworkCanvas):
    """A picture for mouse and keyboard.

    Signals:
        opened: the actor or tie on which Enter was pressed: its list is to be gone to.
        search_wanted: the actor or tie that was double-clicked.
        menu_wanted: (number of an actor, or a Tie; QPoint on screen).
    """

    opened = Signal(object)
    search_wanted = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._pressed: QPointF | None = None
        self._held: int | None = None  # the node that is being dragged
        self._moved = False

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        if turned := event.angleDelta().y():
            self.zoom_by(STEP ** (turned / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        target = self.target_at(event.position())
        self._pressed, self._moved = event.position(), False
        self._held = target if isinstance(target, int) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move a node or the picture, or say what is under the pointer."""
        if self._pressed is None:
            self.hover(self.target_at(event.position()), event.position().toPoint())
            return
        way = event.position() - self._pressed
        if not self._moved and way.manhattanLength() < QApplication.startDragDistance():
            return
        self._moved = True
        QToolTip.hideText()
        if self._held is not None:
            self._pin(self._held, event.position())
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._offset = self._held_in(self._offset + way)
            self._pressed = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self._pressed = self._held = None
        if self._moved:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        else:
            self.choose(self.target_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Search for what is there."""
        target = self.target_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and target is not None:
            self.search_wanted.emit(target)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self.hover(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell for what a menu is wanted."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        target: Target = self.target_at(QPointF(event.pos()))
        if by_key:
            target = self.current if self.current is not None else self.selected
        if target is None:
            return
        number = target.one if isinstance(target, Tie) else target
        place = self.spot(number) if by_key else event.pos()
        self.menu_wanted.emit(target, self.mapToGlobal(place))

    # The keyboard

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab steps from actor to actor, and leaves after the last."""
        count = len(self.network.actors) if self.network else 0
        number = -1 if self.current is None else self.current
        if not self.hasFocus() or not count or (self.current is None and not forward):
            return super().focusNextPrevChild(forward)
        wanted = number + (1 if forward else -1)
        if not 0 <= wanted < count:
            return super().focusNextPrevChild(forward)
        self.go_to(wanted)
        return True

    def go_to(self, number: int) -> None:
        """Point the keys at an actor, and bring it into view."""
        self.current, self._along = number, None
        self._hovered = None
        self._into_view(number)
        self._describe()
        self.update()
        if self.network is not None and self.hasFocus():
            said = words.facts(self.network, number)
            QToolTip.showText(self.mapToGlobal(self.spot(number) + QPoint(16, 12)), said, self)

    def _into_view(self, number: int) -> None:
        place, room = self.spot(number), 60
        x = min(max(place.x(), room), max(self.width() - room, room)) - place.x()
        y = min(max(place.y(), room), max(self.height() - room, room)) - place.y()
        self._offset = self._held_in(self._offset + QPointF(x, y))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about with the keys: see the top of the file."""
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ways: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        count = len(self.network.actors) if self.network else 0
        if key in ways and ctrl and ways[key][0] and self.current is not None:
            self._walk_along(self.current, ways[key][0])
        elif key in ways and count:
            self._walk(*ways[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self.go_to(0 if key == Qt.Key.Key_Home else count - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(search=ctrl)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.reset()
        elif key == Qt.Key.Key_Escape and (self.selected is not None or self._along is not None):
            self._along = None
            self.choose(None)
            self.update()
        else:
            super().keyPressEvent(event)

    def _open(self, *, search: bool) -> None:
        front: Target = self._along or self.current
        front = self.selected if front is None else front
        if front is None:
            return
        if search:
            self.search_wanted.emit(front)
        else:
            self.choose(front)
            self.opened.emit(front)

    def _walk(self, x: int, y: int) -> None:
        """Go to the nearest actor in a direction; the first step goes to the largest."""
        if self.current is None or self._scene is None:
            self.go_to(0)
            return
        spots, here = self._scene.spots, self._scene.spots[self.current]

        def cost(number: int) -> float:
            there = spots[number]
            ahead = (there.x - here.x) * x + (there.y - here.y) * y
            aside = abs((there.x - here.x) * y) + abs((there.y - here.y) * x)
            return math.inf if ahead <= 0 or aside > 2 * ahead else ahead + 2 * aside

        best = min(range(len(spots)), key=cost)
        if cost(best) < math.inf:
            self.go_to(best)

    def _walk_along(self, number: int, by: int) -> None:
        """Point at the next tie of an actor."""
        found = self.network
        ties = [tie for tie in found.drawn if number in (tie.one, tie.other)] if found else []
        if not ties or found is None:
            return
        at = ties.index(self._along) + by if self._along in ties else (0 if by > 0 else -1)
        self._along = ties[at % len(ties)]
        self._describe()
        self.update()
        other = self._along.other if self._along.one == number else self._along.one
        middle = (self.spot(number) + self.spot(other)) / 2
        QToolTip.showText(self.mapToGlobal(middle), words.facts(found, self._along), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are elsewhere."""
        super().focusOutEvent(event)
        self._along = None
        self.update()
