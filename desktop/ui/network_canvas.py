"""The picture of a network of actors: what is shown of it, how large, and what stands in front."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.charts import network as layout
from desktop.charts.network import Frame, Point, Spot
from desktop.charts.ties import Tie
from desktop.i18n import _
from desktop.model import ActorId
from desktop.tasks.network import Network
from desktop.tasks.network_files import node_radii, tie_width
from desktop.ui import network_words as words
from desktop.ui.network_painting import RADII, TIE_WIDTHS, NetworkPainter, Scene
from desktop.ui.theme import Theme

STEP = 1.25  #: how much larger one step of zooming shows everything
_LIMITS = (1.0, 6.0)  # of zooming
_MARGIN = 30.0  # pixels around the picture
_GRASP = 5.0  # pixels around a node or a tie that count as it
_BEST = 8  # ties of an actor that are shown when it is pointed at, drawn otherwise or not

Target = int | Tie | None  #: an actor, by its number; two of them; or nothing


class NetworkCanvas(QWidget):
    """Shows a Network, and what is chosen or pointed at in it.

    Signals:
        chosen: a number of an actor, a Tie, or None when it was let go of.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="networkChart", focusPolicy=Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(_("Network of actors"))
        self._painter = NetworkPainter(theme)
        self.network: Network | None = None
        self._pins: dict[ActorId, Point] = {}  # between 0 and 1
        self._base: list[Spot] = []  # without zoom
        self._scene: Scene | None = None
        self.zoom = 1.0
        self._offset = QPointF()
        self.selected: Target = None
        self._hovered: Target = None
        self.current: int | None = None
        self._along: Tie | None = None  # the tie that the keys point at
        self._describe()

    def sizeHint(self) -> QSize:
        """Return a good size."""
        return QSize(900, 600)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._painter.set_theme(theme)
        self._fit()

    # What is shown

    def show_network(self, found: Network, *, keep: bool) -> None:
        """Show another one; keep: stay at the part of it that is shown, and at who is chosen."""
        ids = self._ids(self.selected) if keep else ()
        if not keep:
            self.zoom, self._offset = 1.0, QPointF()
        self.network = found
        self._hovered = self._along = self.current = None
        self.selected = self._target(ids)
        self._fit()
        self._describe()

    def _ids(self, target: Target) -> tuple[ActorId, ...]:
        if self.network is None or target is None:
            return ()
        numbers = (target.one, target.other) if isinstance(target, Tie) else (target,)
        return tuple(self.network.actors[number].id for number in numbers)

    def _target(self, ids: tuple[ActorId, ...]) -> Target:
        found = self.network
        numbers = [n for n, actor in enumerate(found.actors) if actor.id in ids] if found else []
        if not ids or len(numbers) < len(ids):
            return None
        return self.tie_of(*numbers) if len(numbers) == 2 else numbers[0]

    def tie_of(self, one: int, other: int) -> Tie | None:
        """Return what two actors share."""
        ties = self.network.ties if self.network else ()
        pair = {one, other}
        return next((tie for tie in ties if {tie.one, tie.other} == pair), None)

    @property
    def places(self) -> list[Point]:
        """Return where the nodes are, between 0 and 1: those that somebody put elsewhere, there."""
        if self.network is None:
            return []
        pairs = zip(self.network.actors, self.network.points, strict=True)
        return [self._pins.get(actor.id, point) for actor, point in pairs]

    def _frame(self) -> Frame:
        return Frame(max(self.width(), 60), max(self.height(), 60), _MARGIN)

    def _fit(self) -> None:
        """Put the nodes into the widget's frame."""
        if self.network is None:
            return
        names = [self._painter.label_width(actor.name) for actor in self.network.actors]
        radii = node_radii(self.network, RADII)
        frame = self._frame()
        spots = layout.fit(self.places, radii, names, frame, self._painter.line)
        for number, actor in enumerate(self.network.actors):
            pin = self._pins.get(actor.id)
            if pin is not None:
                held = frame.clamp(pin.x * frame.width, pin.y * frame.height, radii[number])
                spots[number] = replace(spots[number], x=held.x, y=held.y)
        self._base = spots
        self._put()

    def _put(self) -> None:
        """Zoom the nodes and find room for their names."""
        if self.network is None:
            return
        zoom, frame = self.zoom, self._frame()
        larger = zoom**0.3
        self._offset = self._held_in(self._offset)
        spots = [replace(s, x=s.x * zoom, y=s.y * zoom, radius=s.radius * larger) for s in self._base]
        whole = Frame(frame.width * zoom, frame.height * zoom)
        labels = layout.put_labels(spots, range(len(spots)), whole, self._painter.line)
        self._scene = Scene(self.network, spots, labels)
        self.update()

    def _held_in(self, offset: QPointF) -> QPointF:
        """Keep the picture in sight."""
        room_x, room_y = self.width() * (self.zoom - 1), self.height() * (self.zoom - 1)
        return QPointF(min(max(offset.x(), -room_x), 0.0), min(max(offset.y(), -room_y), 0.0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new size."""
        super().resizeEvent(event)
        self._fit()

    def spot(self, number: int) -> QPoint:
        """Return where a node is in the widget."""
        assert self._scene is not None
        spot = self._scene.spots[number]
        return (QPointF(spot.x, spot.y) + self._offset).toPoint()

    # Painting

    @property
    def scene(self) -> Scene | None:
        """Return what is painted."""
        scene, found = self._scene, self.network
        if scene is None or found is None:
            return None
        front = next((one for one in (self._hovered, self._along, self.selected) if one is not None), None)
        if front is None and self.hasFocus():
            front = self.current
        lit, lit_ties = _concerned(found, front)
        chosen: set[int] = set()
        if isinstance(self.selected, Tie):
            chosen = {self.selected.one, self.selected.other}
        elif self.selected is not None:
            chosen = {self.selected}
        pinned = {n for n, actor in enumerate(found.actors) if actor.id in self._pins}
        return replace(
            scene,
            lit=lit,
            lit_ties=lit_ties,
            chosen=frozenset(chosen),
            chosen_tie=self.selected if isinstance(self.selected, Tie) else None,
            current=self.current if self.hasFocus() else None,
            pinned=frozenset(pinned),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the network."""
        scene = self.scene
        painter = QPainter(self)
        if scene is not None:
            painter.translate(self._offset)
            self._painter.paint(painter, scene)
        painter.end()

    # Pointing

    def target_at(self, place: QPointF) -> Target:
        """Return the node or drawn tie at a place of the widget."""
        scene, at = self._scene, place - self._offset
        if scene is None:
            return None
        near = [
            (math.hypot(s.x - at.x(), s.y - at.y()) - s.radius, number)
            for number, s in enumerate(scene.spots)
        ]
        far, number = min(near, default=(math.inf, -1))
        if far <= _GRASP:
            return number
        for number, box in scene.labels.items():
            if box.x <= at.x() <= box.x + box.width and box.y <= at.y() <= box.y + box.height:
                return number
        return self._tie_at(scene, Point(at.x(), at.y()))

    def _tie_at(self, scene: Scene, at: Point) -> Tie | None:
        best, found = math.inf, None
        for tie in scene.network.drawn:
            one, other = scene.spots[tie.one], scene.spots[tie.other]
            far = layout.distance(at, Point(one.x, one.y), Point(other.x, other.y))
            half = tie_width(scene.network, tie, TIE_WIDTHS) / 2
            if far <= half + _GRASP and far - half < best:
                best, found = far - half, tie
        return found

    def hover(self, target: Target, at: QPoint | None = None) -> None:
        """Point at something: its facts stand beside it, and the rest steps back."""
        if target != self._hovered:
            self._hovered = target
            pointing = Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing)
            self.update()
        if target is None or self.network is None:
            QToolTip.hideText()
        elif at is not None:
            said = words.facts(self.network, target)
            QToolTip.showText(self.mapToGlobal(at + QPoint(14, 10)), said, self)

    def choose(self, target: Target) -> None:
        """Choose an actor or a tie, or let go of what was."""
        if target != self.selected:
            self.selected = target
            if isinstance(target, int):
                self.current = target
            self._describe()
            self.update()
            self.chosen.emit(target)

    def _describe(self) -> None:
        """Say where the keys are, for those who do not see it."""
        found = self.network
        if found is None or not found.actors:
            self.setAccessibleDescription("")
            return
        front = self._along or self.current
        front = self.selected if front is None else front
        said = words.facts(found, front) if front is not None else words.heading(found)
        self.setAccessibleDescription(said.replace("\n", ", "))

    # Going about

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Show everything so much larger; the place `at` stays where it is."""
        wanted = min(max(self.zoom * factor, _LIMITS[0]), _LIMITS[1])
        if wanted == self.zoom:
            return
        middle = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._offset = middle - (middle - self._offset) * (wanted / self.zoom)
        self.zoom = wanted
        self._put()

    def zoom_in(self) -> None:
        """Show everything larger."""
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show more."""
        self.zoom_by(1 / STEP)

    def reset(self) -> None:
        """Show everything as it was laid out."""
        self._pins.clear()
        self.zoom, self._offset = 1.0, QPointF()
        self._fit()

    def is_pinned(self, number: int) -> bool:
        """Tell whether somebody put this node where it is."""
        return self.network is not None and self.network.actors[number].id in self._pins

    def unpin(self, number: int) -> None:
        """Let a node go back to where it was laid out."""
        if self.network is not None:
            self._pins.pop(self.network.actors[number].id, None)
            self._fit()

    def _pin(self, number: int, place: QPointF) -> None:
        assert self.network is not None
        at = (place - self._offset) / self.zoom
        frame = self._frame()
        held = frame.clamp(at.x(), at.y(), self._base[number].radius)
        point = Point(held.x / frame.width, held.y / frame.height)
        self._pins[self.network.actors[number].id] = point
        self._base[number] = replace(self._base[number], x=held.x, y=held.y)
        self._put()


def _concerned(found: Network, target: Target) -> tuple[frozenset[int], frozenset[Tie]]:
    """Return the nodes and ties in front when something is pointed at: also some that are not drawn."""
    if target is None:
        return frozenset(), frozenset()
    if isinstance(target, Tie):
        return frozenset({target.one, target.other}), frozenset({target})
    best = [tie for tie in found.ties if target in (tie.one, tie.other)][:_BEST]
    mine = frozenset([*best, *(tie for tie in found.drawn if target in (tie.one, tie.other))])
    return frozenset({target, *(n for tie in mine for n in (tie.one, tie.other))}), mine
