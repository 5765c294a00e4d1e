"""Paints the network of actors: groups, ties, nodes and names, with what is pointed at in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop.charts import network as layout
from desktop.charts.network import Box, Point, Spot
from desktop.charts.ties import Tie
from desktop.model import MentionKind
from desktop.tasks.network import Network
from desktop.tasks.network_files import SHAPES, group_members, tie_width
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

TIE_WIDTHS = (1.0, 7.0)  #: pixels of the weakest and the strongest tie
RADII = (8.0, 23.0)  #: pixels of the smallest and the largest node
_FAINT = 0.16  # opacity of what does not concern what is pointed at
_AROUND_GROUP = 34.0  # pixels
_LEAST_ICON = 8.0  # radius from which on an icon fits
_HALO = 3.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything there is to paint."""

    network: Network
    spots: Sequence[Spot]
    labels: Mapping[int, Box]
    lit: frozenset[int] = frozenset()  #: nodes in front; none = all are equal
    lit_ties: frozenset[Tie] = frozenset()
    chosen: frozenset[int] = frozenset()  #: nodes with a ring
    chosen_tie: Tie | None = None
    current: int | None = None  #: at the keys
    pinned: frozenset[int] = field(default_factory=frozenset)


class NetworkPainter:
    """Paints scenes in a theme."""

    def __init__(self, theme: Theme) -> None:
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self.font = theme.font("small")
        self.metrics = QFontMetricsF(self.font)
        self._icon_ink = theme.color("page").name()
        self._tie = theme.between("line", "dim", 0.42)
        self._lit_tie = theme.between("dim", "accent", 0.75)
        self._group = theme.between("page", "selection", 0.55)

    @property
    def line(self) -> float:
        """Return the height of a name in pixels."""
        return self.metrics.height()

    def label_width(self, name: str) -> float:
        """Return the width of a name in pixels."""
        return self.metrics.horizontalAdvance(name) + 2

    def paint(self, painter: QPainter, scene: Scene) -> None:
        """Paint a scene; what is pointed at comes last, so that nothing hides it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        self._paint_groups(painter, scene)
        dimmed = bool(scene.lit)
        for tie in reversed(scene.network.drawn):
            if tie not in scene.lit_ties:
                self._paint_tie(painter, scene, tie, self._tie, _FAINT * 1.5 if dimmed else 1.0)
        for tie in scene.lit_ties:
            self._paint_tie(painter, scene, tie, self._lit_tie, 1.0)
        order = [n for n in range(len(scene.spots)) if n not in scene.lit]
        for node in (*order, *sorted(scene.lit)):
            self._paint_node(painter, scene, node, 1.0 if not dimmed or node in scene.lit else _FAINT)
        for node in (*order, *sorted(scene.lit)):
            self._paint_name(painter, scene, node, 1.0 if not dimmed or node in scene.lit else _FAINT * 2)
        painter.setOpacity(1.0)

    def _paint_groups(self, painter: QPainter, scene: Scene) -> None:
        """Lay a soft ground under those who belong together."""
        painter.setOpacity(0.5 if scene.lit else 1.0)
        for members in group_members(scene.network):
            corners = layout.hull([Point(scene.spots[n].x, scene.spots[n].y) for n in members])
            path = QPainterPath()
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            path.closeSubpath()
            pen = QPen(self._group, 2 * _AROUND_GROUP)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(self._group)
            painter.drawPath(path)

    def _paint_tie(self, painter: QPainter, scene: Scene, tie: Tie, colour: QColor, opacity: float) -> None:
        chosen = tie == scene.chosen_tie
        one, other = scene.spots[tie.one], scene.spots[tie.other]
        pen = QPen(
            self._theme.color("accent") if chosen else colour, tie_width(scene.network, tie, TIE_WIDTHS)
        )
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setOpacity(opacity)
        painter.setPen(pen)
        painter.drawLine(QPointF(one.x, one.y), QPointF(other.x, other.y))

    def _paint_node(self, painter: QPainter, scene: Scene, node: int, opacity: float) -> None:
        actor, spot = scene.network.actors[node], scene.spots[node]
        painter.setOpacity(1.0)
        painter.setPen(QPen(self._theme.color("page"), 2.0))
        painter.setBrush(self._theme.color("page"))
        _draw_shape(painter, actor.kind, spot)  # ties end at the edge, also at a faint node
        painter.setOpacity(opacity)
        painter.setBrush(self._theme.kind_color(actor.kind))
        _draw_shape(painter, actor.kind, spot)
        if spot.radius >= _LEAST_ICON:
            side = round(spot.radius * 1.08)
            picture = drawing(
                KIND_ICONS[actor.kind], self._icon_ink, side, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(QPointF(spot.x - side / 2, spot.y - side / 2), picture)
        if node in scene.pinned:
            self._paint_pin(painter, spot)
        if node in scene.chosen or node == scene.current:
            role = "ink" if node in scene.chosen else "accent"
            painter.setPen(QPen(self._theme.color(role), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _draw_shape(painter, actor.kind, replace(spot, radius=spot.radius + 4.5))

    def _paint_pin(self, painter: QPainter, spot: Spot) -> None:
        """Show that somebody put the node here."""
        far = spot.radius * 0.72
        painter.setPen(QPen(self._theme.color("page"), 1.5))
        painter.setBrush(self._theme.color("accent"))
        painter.drawEllipse(QPointF(spot.x + far, spot.y - far), 4.0, 4.0)

    def _paint_name(self, painter: QPainter, scene: Scene, node: int, opacity: float) -> None:
        box = scene.labels.get(node)
        if box is None:
            if node not in scene.lit:
                return
            spot = scene.spots[node]  # what is pointed at has its name, whatever is under it
            box = Box(spot.x - spot.label / 2, spot.y + spot.radius + 2, spot.label, self.line)
        painter.setOpacity(opacity)
        name = scene.network.actors[node].name
        base = QPointF(box.x + 1, box.y + self.metrics.ascent())
        path = QPainterPath()
        path.addText(base, painter.font(), name)
        halo = QPen(self._theme.color("page"), _HALO)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
        painter.setPen(self._theme.color("ink"))
        painter.drawText(base, name)


def _draw_shape(painter: QPainter, kind: MentionKind, spot: Spot) -> None:
    shape = SHAPES[kind]
    if shape == "circle":
        painter.drawEllipse(QPointF(spot.x, spot.y), spot.radius, spot.radius)
        return
    if shape == "square":
        side = spot.radius * 0.9
        place = QRectF(spot.x - side, spot.y - side, 2 * side, 2 * side)
        painter.drawRoundedRect(place, side * 0.25, side * 0.25)
        return
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in layout.outline(shape, spot)]))
