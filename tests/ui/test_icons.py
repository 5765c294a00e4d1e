"""Icons exist, follow the theme, and tell the kinds of actors apart."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from desktop.model import ACTOR_KINDS
from desktop.resources import resource
from desktop.ui.appearance import Appearance
from desktop.ui.icons import KIND_ICONS, drawing, icon, program_icon


def darkest(image: QImage) -> int:
    """Lightness of the darkest solid pixel."""
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    return min(color.lightness() for color in solid)


def test_every_drawing_draws_something(qapp: object) -> None:
    names = [path.stem for path in resource("icons").glob("*.svg")]
    assert len(names) > 20
    for name in names:
        image = drawing(name, "#000000", 16).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name


def test_kinds_differ_in_shape(qapp: object) -> None:
    shapes = {bytes(drawing(KIND_ICONS[kind], "#000000", 14).toImage().constBits()) for kind in ACTOR_KINDS}
    assert len(shapes) == len(ACTOR_KINDS)


def test_icons_take_the_colour_of_the_theme(qapp: object) -> None:
    appearance = Appearance("light")
    shown = icon("star")
    assert darkest(shown.pixmap(32, 32).toImage()) < 80
    appearance.choose("dark")
    assert darkest(shown.pixmap(32, 32).toImage()) > 180


def test_the_program_has_an_icon(qapp: object) -> None:
    assert not program_icon().pixmap(64, 64).isNull()


@pytest.mark.filterwarnings("ignore")  # qtawesome's own
def test_an_icon_without_a_drawing_comes_from_qtawesome(qapp: object) -> None:
    assert not icon("anchor").pixmap(16, 16).isNull()
