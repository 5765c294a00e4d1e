"""The colours, type and measures of a theme, and what Qt needs of them: palette and style sheet.

A theme is a file in `resources/themes/`; what all themes share stands in `type.toml` and `window.qss`
there. Nobody else in the program names a colour.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.model import AMOUNT_KINDS, COLOURS, MentionKind
from desktop.resources import resource
from desktop.ui.typefaces import reading_font

THEMES = ("light", "sepia", "dark")

#: every colour a theme has to give, besides its five highlights
ROLES = (
    "window", "panel", "page", "field", "line", "hover", "selection", "track",
    "ink", "dim", "accent", "accent_ink",
    "person", "organisation", "place", "event", "date", "amount_ink", "amount_tint", "amount_line",
    "hit", "selected_text", "note", "problem", "problem_tint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """Type and measures that all themes share."""

    interface_scale: dict[str, float]  #: small, normal, large, title: times the system's font size
    spacing: tuple[int, ...]  #: pixels, smallest first
    radius: int  #: pixels, of rounded corners


@lru_cache
def _shared_type() -> Type:
    values = tomllib.loads(resource("themes", "type.toml").read_text(encoding="utf-8"))
    return Type(
        interface_scale=values["interface_scale"],
        spacing=tuple(values["spacing"]),
        radius=values["radius"],
    )


class Theme:
    """One theme. Made by `load`."""

    def __init__(self, name: str, dark: bool, colours: dict[str, str], highlights: tuple[str, ...]) -> None:
        self.name = name
        self.dark = dark
        self.type = _shared_type()
        self._colours = {role: QColor(value) for role, value in colours.items()}
        self._highlights = tuple(QColor(value) for value in highlights)

    @classmethod
    def load(cls, name: str) -> Theme:
        """Read a theme of `THEMES`. Raises KeyError when the file lacks a colour."""
        values: dict[str, Any] = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
        given = values["colours"]
        highlights = tuple(given["highlight"])
        if len(highlights) != COLOURS:
            raise KeyError(f"{name}: {COLOURS} highlight colours wanted")
        return cls(name, values["dark"], {role: given[role] for role in ROLES}, highlights)

    def color(self, role: str) -> QColor:
        """Return a colour of `ROLES`. Raises KeyError for another name."""
        return QColor(self._colours[role])

    def kind_color(self, kind: MentionKind) -> QColor:
        """Return the colour of a kind of mention, as text and as mark."""
        if kind in AMOUNT_KINDS:
            return self.color("amount_ink")
        return self.color("dim" if kind is MentionKind.OTHER else kind.value)

    def highlight(self, number: int) -> QColor:
        """Return the reader's marker colour 1..5; a number outside counts as 1."""
        return QColor(self._highlights[number - 1 if 1 <= number <= COLOURS else 0])

    def between(self, one: str, other: str, share: float) -> QColor:
        """Mix two roles: share 0 is `one`, 1 is `other`."""
        a, b = self._colours[one], self._colours[other]
        return QColor(*(round(x + (y - x) * share) for x, y in zip(_channels(a), _channels(b), strict=True)))

    def font(self, size: str = "normal", *, weight: int | None = None) -> QFont:
        """Return the interface's font in a size of `type.interface_scale`."""
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self.type.interface_scale[size])
        if weight is not None:
            font.setWeight(QFont.Weight(weight))
        return font

    def reading_font(self, zoom: float = 1.0) -> QFont:
        """Return the font that articles are set in unless the reader chose another; for quotes elsewhere."""
        return reading_font(zoom=zoom)

    def palette(self) -> QPalette:
        """Return the palette for the whole program."""
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, name in (
            (roles.Window, "window"), (roles.WindowText, "ink"), (roles.Base, "field"),
            (roles.AlternateBase, "panel"), (roles.Text, "ink"), (roles.Button, "panel"),
            (roles.ButtonText, "ink"), (roles.BrightText, "problem"), (roles.ToolTipBase, "field"),
            (roles.ToolTipText, "ink"), (roles.PlaceholderText, "dim"), (roles.Highlight, "selected_text"),
            (roles.HighlightedText, "ink"), (roles.Link, "accent"), (roles.LinkVisited, "accent"),
            (roles.Accent, "accent"), (roles.Mid, "line"), (roles.Midlight, "hover"),
            (roles.Light, "field"), (roles.Dark, "line"), (roles.Shadow, "line"),
        ):  # fmt: skip
            palette.setColor(role, self.color(name))
        disabled = self.between("panel", "dim", 0.65)
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, disabled)
        return palette

    def stylesheet(self) -> str:
        """Return the style sheet for the whole program."""
        names = {role: color.name() for role, color in self._colours.items()}
        names["disabled"] = self.between("panel", "dim", 0.65).name()
        names["edge"] = self.between("line", "dim", 0.25).name()
        names["handle"] = self.between("line", "dim", 0.35).name()
        names["caret"] = resource("icons", "caret-grey.svg").as_posix()
        names["caret_up"] = resource("icons", "caret-up-grey.svg").as_posix()
        names["box"] = self.between("line", "dim", 0.7).name()
        check = "check-white.svg" if self.color("accent_ink").lightness() > 128 else "check-black.svg"
        names["check"] = resource("icons", check).as_posix()
        names["radius"] = str(self.type.radius)
        return string.Template(_style_template()).substitute(names)


@lru_cache
def _style_template() -> str:
    return resource("themes", "window.qss").read_text(encoding="utf-8")


def _channels(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
