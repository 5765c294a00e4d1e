"""Where the nodes and names of a network stand: a layout by forces, without chance.

`place` gives places between 0 and 1, `fit` pixels in a frame, `put_labels` room for names that hide neither
each other nor the nodes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.charts.ties import Tie

_ROUNDS: Final = 260
_NEAR: Final = 1e-9
_GRAVITY: Final = 0.055  # pulls everything to the middle, so that what has no ties stays in sight
_KIN: Final = 0.05  # pulls a node to the middle of its group
_GAP: Final = 4.0  # pixels between a node and its name, and between two names
_PUSHES: Final = 80
_PUSH: Final = 0.26  # of the way that two nodes overlap, each of them moves
_LABEL_SHARE: Final = 0.55  # of a name's width counts as room that its node wants to have


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


def place(nodes: int, ties: Sequence[Tie], groups: Sequence[int]) -> list[Point]:
    """Return where nodes stand, each coordinate between 0 and 1 and both ends in use.

    Springs along the ties, and a push between all nodes (Fruchterman and Reingold 1991), from a circle on
    which the groups stand side by side.
    """
    if not nodes:
        return []
    xs, ys = _circle(nodes, ties, groups)
    ideal = 1 / math.sqrt(nodes)
    pulls = [(tie.one, tie.other, 0.22 + 0.5 * tie.strength) for tie in ties]
    for number in range(_ROUNDS):
        heat = 0.12 * (1 - number / _ROUNDS) ** 1.5 + 0.002
        dx, dy = _push(xs, ys, ideal)
        _pull(xs, ys, dx, dy, pulls, ideal)
        _gather(xs, ys, dx, dy, groups)
        for node in range(nodes):
            length = math.hypot(dx[node], dy[node])
            if length > _NEAR:
                step = min(length, heat) / length
                xs[node] += dx[node] * step
                ys[node] += dy[node] * step
    return [Point(x, y) for x, y in zip(_spread(xs), _spread(ys), strict=True)]


def _circle(nodes: int, ties: Sequence[Tie], groups: Sequence[int]) -> tuple[list[float], list[float]]:
    """Begin on a circle: groups side by side, in each those with most ties first."""
    degree = [0.0] * nodes
    for tie in ties:
        degree[tie.one] += tie.strength
        degree[tie.other] += tie.strength
    order = sorted(range(nodes), key=lambda node: (groups[node], -degree[node], node))
    xs, ys = [0.0] * nodes, [0.0] * nodes
    for number, node in enumerate(order):
        angle = 2 * math.pi * number / nodes
        far = 0.5 if number % 2 else 0.42  # no two opposite pushes are quite equal
        xs[node], ys[node] = math.cos(angle) * far, math.sin(angle) * far
    return xs, ys


def _push(xs: list[float], ys: list[float], ideal: float) -> tuple[list[float], list[float]]:
    nodes = len(xs)
    dx, dy = [0.0] * nodes, [0.0] * nodes
    square = ideal * ideal
    for one in range(nodes):
        x, y = xs[one], ys[one]
        sum_x = sum_y = 0.0
        for other in range(one + 1, nodes):
            away_x, away_y = x - xs[other], y - ys[other]
            force = square / (away_x * away_x + away_y * away_y + _NEAR)
            away_x *= force
            away_y *= force
            sum_x += away_x
            sum_y += away_y
            dx[other] -= away_x
            dy[other] -= away_y
        dx[one] += sum_x
        dy[one] += sum_y
    return dx, dy


def _pull(
    xs: list[float],
    ys: list[float],
    dx: list[float],
    dy: list[float],
    pulls: Sequence[tuple[int, int, float]],
    ideal: float,
) -> None:
    for one, other, weight in pulls:
        away_x, away_y = xs[one] - xs[other], ys[one] - ys[other]
        force = weight * math.hypot(away_x, away_y) / ideal
        dx[one] -= away_x * force
        dy[one] -= away_y * force
        dx[other] += away_x * force
        dy[other] += away_y * force


def _gather(
    xs: list[float], ys: list[float], dx: list[float], dy: list[float], groups: Sequence[int]
) -> None:
    """Pull to the middle of the picture, and of the group."""
    sums: dict[int, list[float]] = {}
    for x, y, group in zip(xs, ys, groups, strict=True):
        held = sums.setdefault(group, [0.0, 0.0, 0.0])
        held[0] += x
        held[1] += y
        held[2] += 1
    strong = _GRAVITY * math.sqrt(len(xs))
    for node, group in enumerate(groups):
        x, y, count = sums[group]
        dx[node] -= xs[node] * strong + (xs[node] - x / count) * _KIN
        dy[node] -= ys[node] * strong + (ys[node] - y / count) * _KIN


def _spread(values: list[float]) -> list[float]:
    low, high = min(values), max(values)
    if high - low < 1e-6:
        return [0.5] * len(values)
    return [(value - low) / (high - low) for value in values]


# In a frame


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle from (0, 0), with a margin that nodes keep free."""

    width: float
    height: float
    margin: float = 0.0

    def clamp(self, x: float, y: float, radius: float) -> Point:
        """Return the nearest place at which a node lies inside."""
        room = self.margin + radius
        return Point(
            min(max(x, min(room, self.width / 2)), max(self.width - room, self.width / 2)),
            min(max(y, min(room, self.height / 2)), max(self.height - room, self.height / 2)),
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A node in pixels; label is the width of its name."""

    x: float
    y: float
    radius: float
    label: float = 0.0


def fit(
    points: Sequence[Point], radii: Sequence[float], labels: Sequence[float], frame: Frame, line: float
) -> list[Spot]:
    """Return the nodes in a frame, pushed apart where they or their names would be in each other's way.

    labels: widths of names; line: height of a name. Where the frame is too small for all, nodes still stand
    inside it, and some names find no room.
    """
    xs, ys = [], []
    for point, radius in zip(points, radii, strict=True):
        room = frame.margin + radius
        x = room + point.x * max(frame.width - 2 * room, 0)
        y = room + point.y * max(frame.height - 2 * room, 0)
        held = frame.clamp(x, y, radius)
        xs.append(held.x)
        ys.append(held.y)
    wide = [max(radius, label * _LABEL_SHARE) for radius, label in zip(radii, labels, strict=True)]
    tall = [radius + (line + _GAP) / 2 for radius in radii]
    for _number in range(_PUSHES):
        if not _push_apart(xs, ys, wide, tall):
            break
        for node, radius in enumerate(radii):
            xs[node], ys[node] = frame.clamp(xs[node], ys[node], radius)
    return [Spot(*values) for values in zip(xs, ys, radii, labels, strict=True)]


def _push_apart(xs: list[float], ys: list[float], wide: Sequence[float], tall: Sequence[float]) -> bool:
    """Move every two nodes that are too near a little away from each other; False = none were."""
    moved = False
    nodes = len(xs)
    for one in range(nodes):
        x, y, width, height = xs[one], ys[one], wide[one] + _GAP, tall[one]
        for other in range(one + 1, nodes):
            away_y = y - ys[other]
            over_y = height + tall[other] - abs(away_y)
            if over_y <= 0:
                continue
            away_x = x - xs[other]
            over_x = width + wide[other] - abs(away_x)
            if over_x <= 0:
                continue
            moved = True
            if over_y * (width + wide[other]) <= over_x * (height + tall[other]):
                way = over_y * (_PUSH if away_y >= 0 else -_PUSH)
                y += way
                ys[other] -= way
            else:
                way = over_x * (_PUSH if away_x >= 0 else -_PUSH)
                x += way
                xs[other] -= way
        xs[one], ys[one] = x, y
    return moved


# Names


class Box(NamedTuple):
    """A rectangle: the room of a name."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles have a part in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def put_labels(spots: Sequence[Spot], order: Sequence[int], frame: Frame, line: float) -> dict[int, Box]:
    """Return the rooms of names: inside the frame, and none over another name or a node.

    order: whose name comes first. A name that finds no room is left out.
    """
    nodes = [Box(s.x - s.radius, s.y - s.radius, 2 * s.radius, 2 * s.radius) for s in spots]
    placed: dict[int, Box] = {}
    for node in order:
        for box in _candidates(spots[node], line):
            inside = box.x >= 0 and box.y >= 0
            inside = inside and box.x + box.width <= frame.width and box.y + box.height <= frame.height
            if inside and not any(box.meets(other) for other in (*nodes, *placed.values())):
                placed[node] = box
                break
    return placed


def _candidates(spot: Spot, line: float) -> list[Box]:
    """Return where a name may stand: under, over, at either side, and a little to the left or right."""
    width, far = spot.label, spot.radius + _GAP / 2
    below, above, middle = spot.y + far, spot.y - far - line, spot.y - line / 2
    right, left = spot.x + far, spot.x - far - width
    centred = spot.x - width / 2
    shift = width * 0.3
    places = [
        *((centred, below), (centred, above), (right, middle), (left, middle)),
        *((centred + shift, below), (centred - shift, below), (centred + shift, above)),
        *((centred - shift, above), (right, below - line / 2), (left, below - line / 2)),
    ]
    return [Box(x, y, width, line) for x, y in places]


# Shapes

_CORNERS: Final = {"diamond": (4, 0.0, 1.22), "square": (4, 0.125, 1.2), "hexagon": (6, 1 / 12, 1.1)}


def outline(shape: str, spot: Spot) -> list[Point]:
    """Return the corners of a node: a "diamond", "square" or "hexagon" about as large as its circle."""
    corners, turn, size = _CORNERS[shape]
    angles = [2 * math.pi * (number / corners + turn) for number in range(corners)]
    radius = spot.radius * size
    return [Point(spot.x + radius * math.cos(a), spot.y + radius * math.sin(a)) for a in angles]


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the smallest convex shape around points (Andrew 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _half_hull(ordered), _half_hull(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _half_hull(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a line between two others."""
    x, y = end.x - start.x, end.y - start.y
    square = x * x + y * y
    along = 0.0 if square == 0 else ((point.x - start.x) * x + (point.y - start.y) * y) / square
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point.x - start.x - along * x, point.y - start.y - along * y)


def radius_of(share: float, largest: float, smallest: float) -> float:
    """Return the radius of a node whose surface grows with its share (0..1) of the largest."""
    return smallest + (largest - smallest) * math.sqrt(min(max(share, 0.0), 1.0))
