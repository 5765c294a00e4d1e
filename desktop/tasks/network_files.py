"""A network of actors as a file: its picture as SVG, its pairs as CSV or JSON."""

from __future__ import annotations

import io
import math
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from desktop.charts import network as layout
from desktop.charts.network import Frame, Point, Spot
from desktop.charts.svg import Svg, width_of
from desktop.charts.ties import Tie
from desktop.errors import Problem, ProblemKind
from desktop.exporters.records import Record
from desktop.exporters.tables import TABLES, tie_columns
from desktop.i18n import _, format_number, kind_name, n_
from desktop.model import ACTOR_KINDS, MentionKind
from desktop.resources import resource
from desktop.tasks.export_notes import whole_file
from desktop.tasks.network import Network, Within

#: the shape of a node, which tells its kind where colour does not
SHAPES = {
    MentionKind.PERSON: "circle",
    MentionKind.ORGANISATION: "square",
    MentionKind.PLACE: "diamond",
    MentionKind.EVENT: "hexagon",
}
FORMATS = ("svg", "csv", "json")
_SIZE, _MARGIN = (1600.0, 1000.0), 44.0  # pixels
_HEAD, _FOOT = 74.0, 56.0
_TEXT, _LINE = 15.0, 19.0  # size and height of a name
_RADII = (9.0, 28.0)
_WIDTHS = (1.0, 8.0)  # of the weakest and the strongest tie


def write(found: Network, format_name: str, path: Path, points: Sequence[Point] = ()) -> None:
    """Write a network into a file, which is whole or not there: as "svg", "csv" or "json".

    points: where the nodes stand in the picture, if not where the network has them.
    Raises Problem NOT_WRITABLE, UNKNOWN_VALUE for another format.
    """
    _expect(format_name)
    with whole_file(path) as file:
        write_to(found, format_name, file, points)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a picture that is made already. Raises Problem NOT_WRITABLE."""
    with whole_file(path) as file:
        file.write(content)


def write_to(found: Network, format_name: str, file: BinaryIO, points: Sequence[Point] = ()) -> None:
    """Write a network, see `write`."""
    _expect(format_name)
    if format_name == "svg":
        file.write(svg(found, points).encode())
    else:
        TABLES[format_name](records(found), tie_columns(), file)


def _expect(format_name: str) -> None:
    if format_name not in FORMATS:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--format", format_name)


def text(found: Network, format_name: str = "csv") -> str:
    """Return the pairs as text."""
    buffer = io.BytesIO()
    write_to(found, format_name, buffer)
    return buffer.getvalue().decode()


def records(found: Network) -> Iterator[Record]:
    """Yield the pairs, the strongest first."""
    drawn = set(found.drawn)
    for tie in found.ties:
        one, other = found.actors[tie.one], found.actors[tie.other]
        yield {
            "one": one.name,
            "one_kind": one.kind.value,
            "other": other.name,
            "other_kind": other.kind.value,
            "within": found.question.within.value,
            "together": tie.count,
            "expected": f"{tie.expected:.2f}",
            "strength": f"{tie.strength:.3f}",
            "drawn": tie in drawn,
            "one_articles": one.articles,
            "other_articles": other.articles,
            "one_id": one.id,
            "other_id": other.id,
        }


# Words, shared with the window


def together(found: Network, count: int) -> str:
    """Say how often a pair stands together."""
    if found.question.within is Within.SENTENCE:
        return n_("together in {n} sentence", "together in {n} sentences", count)
    return n_("together in {n} article", "together in {n} articles", count)


def meaning() -> str:
    """Say what the thickness of a line means."""
    return _("The thicker the line, the more often together than was to be expected.")


def drawn_words(found: Network) -> str:
    """Say how many of the ties are drawn."""
    shown, total = len(found.drawn), len(found.ties)
    if shown == total:
        return n_("{n} tie", "{n} ties", total)
    return _("the {shown} strongest of {total} ties").format(
        shown=format_number(shown), total=format_number(total)
    )


def times_words(tie: Tie) -> str:
    """Say how a tie compares with what is expected."""
    return _("{times} times as often as expected").format(times=format_number(round(tie.times, 1)))


# The picture


def tie_width(found: Network, tie: Tie, widths: tuple[float, float] = _WIDTHS) -> float:
    """Return how thick a tie is drawn, in pixels: the strongest one of the network as thick as can be."""
    strongest = found.ties[0].strength or 1.0
    share = tie.strength / strongest
    return widths[0] + (widths[1] - widths[0]) * share * math.sqrt(share)


def node_radii(found: Network, radii: tuple[float, float] = _RADII) -> list[float]:
    """Return how large the nodes are drawn, in pixels."""
    most = max((actor.articles for actor in found.actors), default=1)
    return [layout.radius_of(actor.articles / most, radii[1], radii[0]) for actor in found.actors]


def svg(found: Network, points: Sequence[Point] = ()) -> str:
    """Return the picture in the light theme, with its key."""
    colours = _colours()
    width, height = _SIZE
    frame = Frame(width, height - _HEAD - _FOOT, _MARGIN)
    labels = [width_of(actor.name, _TEXT) for actor in found.actors]
    spots = layout.fit(points or found.points, node_radii(found), labels, frame, _LINE)
    spots = [Spot(spot.x, spot.y + _HEAD, spot.radius, spot.label) for spot in spots]
    query = found.question.query.strip()
    title = _("Network of “{query}”").format(query=query) if query else _("Network of the library")
    picture = Svg(width, height, title, colours["page"])
    _draw_groups(picture, found, spots, colours["hover"])
    for tie in reversed(found.drawn):
        one, other = spots[tie.one], spots[tie.other]
        names = f"{found.actors[tie.one].name} – {found.actors[tie.other].name}"
        told = f"{names}: {together(found, tie.count)}, {times_words(tie)}"
        picture.line(one.x, one.y, other.x, other.y, tie_width(found, tie), colours["edge"], told)
    for actor, spot in zip(found.actors, spots, strict=True):
        told = f"{actor.name}: " + n_("{n} article", "{n} articles", actor.articles)
        _draw_node(picture, actor.kind, spot, colours[actor.kind.value], told)
    below = Frame(width, height - _FOOT)
    for number, box in layout.put_labels(spots, range(len(spots)), below, _LINE).items():
        name = found.actors[number].name
        picture.label(box.x + box.width / 2, box.y + _TEXT, name, _TEXT, colours["ink"], colours["page"])
    _draw_words(picture, found, title, colours)
    return picture.document()


def _draw_groups(picture: Svg, found: Network, spots: Sequence[Spot], colour: str) -> None:
    for members in group_members(found):
        corners = layout.hull([Point(spots[node].x, spots[node].y) for node in members])
        picture.polygon(corners, colour, edge=2 * _RADII[1] + 24)


def group_members(found: Network) -> list[list[int]]:
    """Return the nodes of each group that is one: of three and more."""
    members: dict[int, list[int]] = {}
    for node, group in enumerate(found.groups):
        members.setdefault(group, []).append(node)
    return [nodes for nodes in members.values() if len(nodes) > 2]


def _draw_node(picture: Svg, kind: MentionKind, spot: Spot, colour: str, told: str = "") -> None:
    shape = SHAPES[kind]
    if shape == "circle":
        picture.circle(spot.x, spot.y, spot.radius, colour, told)
    else:
        picture.polygon(layout.outline(shape, spot), colour, told)


def _draw_words(picture: Svg, found: Network, title: str, colours: dict[str, str]) -> None:
    height = _SIZE[1]
    picture.text(_MARGIN, 42, title, 22, colours["ink"], bold=True)
    articles = n_("{n} article", "{n} articles", found.articles)
    counts = f"{articles} · {n_('{n} actor', '{n} actors', len(found.actors))} · {drawn_words(found)}"
    picture.text(_MARGIN, 64, counts, 14, colours["dim"])
    x, y = _MARGIN, height - 22
    for kind in ACTOR_KINDS:
        if any(actor.kind is kind for actor in found.actors):
            _draw_node(picture, kind, Spot(x + 7, y - 5, 7), colours[kind.value])
            picture.text(x + 20, y, kind_name(kind, many=True), 14, colours["dim"])
            x += 20 + width_of(kind_name(kind, many=True), 14) + 26
    picture.text(x + 10, y, meaning(), 14, colours["dim"])


@lru_cache
def _colours() -> dict[str, str]:
    """Return the light theme's colours, and "edge", the one of lines."""
    given = tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))["colours"]
    colours = {role: value for role, value in given.items() if isinstance(value, str)}
    return colours | {"edge": "#b9b3a7"}
