"""The layout of a network: finite, inside its frame, the same every time, names over nothing."""

from __future__ import annotations

import itertools
import math
import time

from hypothesis import given
from hypothesis import strategies as st

from desktop.charts import network
from desktop.charts.network import Box, Frame, Point, Spot
from desktop.charts.ties import groups, strongest, ties

LINE = 14.0


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], int]]:
    nodes = draw(st.integers(0, 24))
    if nodes < 2:
        return nodes, {}
    pair = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)).filter(lambda two: two[0] < two[1])
    return nodes, draw(st.dictionaries(pair, st.integers(1, 20), max_size=60))


def laid(nodes: int, counts: dict[tuple[int, int], int]) -> list[Point]:
    drawn = strongest(ties(counts), round(nodes * 1.7))
    return network.place(nodes, drawn, groups(nodes, drawn))


@given(graphs())
def test_places_are_finite_in_the_square_and_the_same_every_time(
    graph: tuple[int, dict[tuple[int, int], int]],
) -> None:
    points = laid(*graph)
    assert len(points) == graph[0]
    assert all(0 <= value <= 1 for point in points for value in point)
    assert points == laid(graph[0], dict(reversed(graph[1].items())))
    if graph[0] > 2:
        assert (min(p.x for p in points), max(p.x for p in points)) == (0, 1)


@given(graphs(), st.floats(60, 1500), st.floats(60, 1000), st.data())
def test_nodes_stand_in_the_frame_and_names_over_nothing(
    graph: tuple[int, dict[tuple[int, int], int]], width: float, height: float, data: st.DataObject
) -> None:
    points, frame = laid(*graph), Frame(width, height, 20)
    radii = [data.draw(st.floats(6, 24)) for _point in points]
    widths = [data.draw(st.floats(10, 180)) for _point in points]
    spots = network.fit(points, radii, widths, frame, LINE)
    for spot in spots:
        assert spot.radius - 1e-6 <= spot.x <= max(width - spot.radius, width / 2) + 1e-6
        assert spot.radius - 1e-6 <= spot.y <= max(height - spot.radius, height / 2) + 1e-6
    labels = network.put_labels(spots, range(len(spots)), frame, LINE)
    for one, other in itertools.combinations(labels.values(), 2):
        assert not one.meets(other)
    nodes = [Box(s.x - s.radius, s.y - s.radius, 2 * s.radius, 2 * s.radius) for s in spots]
    for box in labels.values():
        assert box.x >= 0
        assert box.x + box.width <= width
        assert 0 <= box.y <= height - LINE
        assert not any(box.meets(node) for node in nodes)


def test_sixty_have_room_for_all_names_in_a_window_and_take_no_time() -> None:
    counts = {
        (one, other): 1 + (one * other) % 7
        for one, other in itertools.combinations(range(60), 2)
        if one % 6 == other % 6 or (one + other) % 23 == 0
    }
    started = time.process_time()
    points = laid(60, counts)
    frame = Frame(1400, 690, 30)
    spots = network.fit(points, [10.0] * 60, [90.0] * 60, frame, LINE)
    labels = network.put_labels(spots, range(60), frame, LINE)
    assert time.process_time() - started < 2.0  # 0.2 s on one processor of 2020, whatever else runs
    assert len(labels) >= 55
    overlapping = [
        (one, other)
        for one, other in itertools.combinations(spots, 2)
        if math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius
    ]
    assert overlapping == []


def test_friends_stand_nearer_than_strangers() -> None:
    counts = dict.fromkeys(
        [*itertools.combinations(range(5), 2), *itertools.combinations(range(5, 10), 2)], 5
    )
    points = laid(10, {**counts, (4, 5): 1})

    def far(one: int, other: int) -> float:
        return math.dist(points[one], points[other])

    kin = max(far(one, other) for one, other in itertools.combinations(range(5), 2))
    assert kin < far(0, 9)


def test_a_name_without_room_is_left_out() -> None:
    spots = [Spot(30, 30, 10, 50), Spot(30, 31, 10, 500)]
    assert list(network.put_labels(spots, [0, 1], Frame(200, 100), LINE)) == [0]
    assert network.place(0, [], []) == []
    assert network.place(1, [], [0]) == [Point(0.5, 0.5)]


points_ = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=20)


@given(points_)
def test_a_hull_holds_every_point(given_points: list[tuple[int, int]]) -> None:
    points = [Point(float(x), float(y)) for x, y in given_points]
    corners = network.hull(points)
    assert set(corners) <= set(points)
    if len(corners) < 3:
        return
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        for point in points:
            turn = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
            assert turn >= 0


def test_distances_and_shapes() -> None:
    assert network.distance(Point(5, 3), Point(0, 0), Point(10, 0)) == 3
    assert network.distance(Point(13, 4), Point(0, 0), Point(10, 0)) == 5
    assert network.distance(Point(3, 4), Point(0, 0), Point(0, 0)) == 5
    assert [len(network.outline(shape, Spot(0, 0, 9))) for shape in ("diamond", "square", "hexagon")] == [
        4,
        4,
        6,
    ]
    assert network.radius_of(0, 20, 5) == 5
    assert network.radius_of(1, 20, 5) == 20
