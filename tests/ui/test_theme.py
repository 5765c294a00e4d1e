"""Every theme is complete and readable."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop.model import COLOURS, MentionKind
from desktop.ui.appearance import Appearance
from desktop.ui.theme import ROLES, THEMES, Theme

#: text colours and the backgrounds they are used on; 4.5:1 is WCAG 2.1 AA for text
TEXT_ON = [
    ("ink", ("window", "panel", "page", "field", "hover", "selection", "hit", "note", "amount_tint",
             "selected_text", "problem_tint")),
    ("dim", ("window", "panel", "page", "field", "hover", "selection", "note")),
    ("accent", ("window", "panel", "page", "field", "hover", "selection")),
    ("amount_ink", ("page", "panel", "selection", "amount_tint")),
    ("problem", ("window", "panel", "field", "problem_tint")),
    ("accent_ink", ("accent",)),
    ("person", ("page", "panel")),
    ("organisation", ("page", "panel")),
    ("place", ("page", "panel")),
    ("event", ("page", "panel")),
    ("date", ("page", "panel")),
]  # fmt: skip
MARKS = ("person", "organisation", "place", "event", "date", "amount_line", "accent")


def luminance(color: QColor) -> float:
    """Relative luminance as in WCAG 2.1."""
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as in WCAG 2.1."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest, qapp: object) -> Theme:
    return Theme.load(request.param)


@pytest.mark.parametrize(("text", "backgrounds"), TEXT_ON)
def test_text_is_readable_on_its_backgrounds(theme: Theme, text: str, backgrounds: tuple[str, ...]) -> None:
    ratios = {ground: contrast(theme.color(text), theme.color(ground)) for ground in backgrounds}
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < 4.5} == {}


def test_text_is_readable_on_every_highlight(theme: Theme) -> None:
    for number in range(1, COLOURS + 1):
        assert contrast(theme.color("ink"), theme.highlight(number)) >= 4.5


def test_marks_stand_out_on_page_and_panel(theme: Theme) -> None:
    ratios = {(m, g): contrast(theme.color(m), theme.color(g)) for m in MARKS for g in ("page", "panel")}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_every_kind_of_mention_has_a_colour(theme: Theme) -> None:
    assert all(theme.kind_color(kind).isValid() for kind in MentionKind)


def test_every_role_is_a_colour(theme: Theme) -> None:
    assert all(theme.color(role).isValid() for role in ROLES)
    with pytest.raises(KeyError):
        theme.color("mauve")


def test_highlights_differ_and_a_strange_number_counts_as_the_first(theme: Theme) -> None:
    assert len({theme.highlight(n).name() for n in range(1, COLOURS + 1)}) == COLOURS
    assert theme.highlight(99) == theme.highlight(1)


def test_style_sheet_uses_only_known_names(theme: Theme) -> None:
    sheet = theme.stylesheet()
    assert "$" not in sheet
    assert theme.color("accent").name() in sheet


def test_palette_carries_ink_on_window(theme: Theme) -> None:
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.color("window")
    assert palette.color(QPalette.ColorRole.WindowText) == theme.color("ink")


def test_choosing_a_theme_tells_once(qapp: object) -> None:
    appearance = Appearance("light")
    worn: list[str] = []
    appearance.changed.connect(lambda theme: worn.append(theme.name))
    appearance.choose("dark")
    appearance.choose("dark")
    appearance.choose("sepia")
    assert worn == ["dark", "sepia"]
    assert not appearance.theme.dark
