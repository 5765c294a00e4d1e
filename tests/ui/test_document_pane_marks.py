"""Marks are painted so that each kind is told apart, in every theme, and stays readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.model import COLOURS, Annotation, AnnotationId, ArticleId, MentionKind, TextQuote
from desktop.ui.article_view import ArticleView
from desktop.ui.document_pane import DocumentPane
from desktop.ui.mark_painter import mark_colours, strong_mark_colours
from desktop.ui.marks import GROUP_OF, MarkGroup, strong_highlight
from desktop.ui.theme import THEMES, Theme

SHOWN_BY_DEFAULT = [kind for kind in MentionKind if kind is not MentionKind.OTHER]
Maker = Callable[..., Any]


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[DocumentPane]:
    pane = DocumentPane(Theme.load("light"))
    qtbot.addWidget(pane)
    pane.resize(760, 400)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def view_of(pane: DocumentPane) -> ArticleView:
    view = pane.findChild(ArticleView)
    assert view is not None
    return view


def picture(pane: DocumentPane) -> QImage:
    return view_of(pane).viewport().grab().toImage()


def under(pane: DocumentPane, words: str, text: str) -> list[str]:
    """Return rows of the band under a word, as " " for the page and "#" for anything else."""
    view, image = view_of(pane), picture(pane)
    start = text.index(words)
    box = view.passage_rect(start, start + len(words))
    page = image.pixelColor(1, 1).rgb()
    band = QRect(box.left(), box.top() + round(0.85 * box.height()), box.width(), 8)
    return [
        "".join("#" if image.pixel(x, y) != page else " " for x in range(band.left(), band.right()))
        for y in range(band.top(), band.bottom())
    ]


def test_kinds_differ_without_colour(pane: DocumentPane, opened_article: Maker) -> None:
    """The word has no descenders: what is under it is the mark."""
    kinds = ("person", "organisation", "place", "event", "date", "money")
    bands = {}
    for kind in kinds:
        opened = opened_article(f"Kop\n\nOver [{kind}:wie nu hier is] en meer.")
        pane.clear()
        pane.show_article(opened)
        bands[kind] = tuple(under(pane, "wie nu hier is", opened.version.text))
    assert len(set(bands.values())) == len(kinds)
    marked = {kind: [row for row in band if "#" in row] for kind, band in bands.items()}
    assert all("  " not in row[2:-2] for row in marked["person"])  # a line
    blank = [row.strip() == "" for row in bands["organisation"]]
    assert len("".join(" " if row else "#" for row in blank).split()) == 2  # two lines
    assert marked["place"][0].count(" ") > 20  # dots
    assert marked["event"][0].count(" ") > 20  # dashes


@pytest.mark.parametrize("kind", MentionKind)
def test_every_kind_can_be_switched_off(pane: DocumentPane, opened_article: Maker, kind: MentionKind) -> None:
    pane.show_article(opened_article("Kop\n\nOver wie nu hier is en meer."))
    plain = picture(pane)
    pane.clear()
    pane.set_group_shown(MarkGroup.OTHER, True)
    pane.show_article(opened_article(f"Kop\n\nOver [{kind}:wie nu hier is] en meer."))
    assert picture(pane) != plain
    pane.set_group_shown(GROUP_OF[kind], False)
    assert picture(pane) == plain


def test_other_names_are_marked_only_when_asked_for(pane: DocumentPane, opened_article: Maker) -> None:
    assert not pane.shows_group(MarkGroup.OTHER)
    assert all(pane.shows_group(GROUP_OF[kind]) for kind in SHOWN_BY_DEFAULT)


def test_a_mark_over_two_lines_and_paragraphs_is_painted_on_each(
    pane: DocumentPane, opened_article: Maker
) -> None:
    text = "Kop\n\n" + "woord " * 40 + "\n\nTweede alinea."
    note = Annotation(AnnotationId("a"), ArticleId("one"), TextQuote(text), 5, len(text) - 3, 2)
    pane.show_article(opened_article(text, notes=[note]))
    image = picture(pane)
    colour = Theme.load("light").highlight(2).rgb()
    rows = {
        y for y in range(image.height()) if any(image.pixel(x, y) == colour for x in range(image.width()))
    }
    view = view_of(pane)
    lines = {view.viewport_rect(place).center().y() for place in range(5, len(text) - 4)}
    assert len(lines) > 3
    assert lines <= rows
    title = view.viewport_rect(0)
    assert not rows & set(range(title.top(), title.bottom()))


def test_the_mentions_of_the_actor_at_the_caret_stand_out(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article("Kop\n\n[person:Jan|Jan] en [person:Piet|Piet] en [person:Jantje|Jan].")
    pane.show_article(opened)
    before = picture(pane)
    first = opened.mentions[0]
    view_of(pane).select(first.start + 1, first.start + 1)
    after = picture(pane)

    def changed(words: str) -> bool:
        start = opened.version.text.index(words)
        box = view_of(pane).passage_rect(start, start + len(words)).adjusted(4, 6, 0, -6)
        return before.copy(box) != after.copy(box)

    assert changed("Jantje")
    assert not changed("Piet")


def test_marks_survive_scrolling(pane: DocumentPane, opened_article: Maker) -> None:
    """What is painted piece by piece while scrolling is what is painted at once."""
    text = "Kop\n\n" + "\n\n".join(
        f"Zin {n} met [person:Jan {n}] en [money:{n} euro] erin. " * 3 for n in range(60)
    )
    opened = opened_article(text)
    pane.show_article(opened)
    bar = view_of(pane).verticalScrollBar()
    for value in range(0, 1200, 37):
        bar.setValue(value)
        view_of(pane).viewport().repaint()
    stepped = picture(pane)
    bar.setValue(0)
    bar.setValue(value)
    assert picture(pane) == stepped
    assert stepped != QImage()


# Contrast


def luminance(color: QColor) -> float:
    """Relative luminance as in WCAG 2.1."""
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as in WCAG 2.1."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_marks_can_be_seen_on_page_and_on_every_colour_under_them(qapp: object, name: str) -> None:
    theme = Theme.load(name)
    on_page, on_colour = mark_colours(theme), strong_mark_colours(theme)
    grounds = [theme.highlight(n) for n in range(1, COLOURS + 1)]
    grounds += [theme.color("hit"), theme.color("selected_text")]
    for kind in MentionKind:
        assert contrast(on_page[kind], theme.color("page")) >= 3, kind
        assert min(contrast(on_colour[kind], ground) for ground in grounds) >= 3, kind


@pytest.mark.parametrize("name", THEMES)
def test_thin_marks_of_highlights_can_be_seen(qapp: object, name: str) -> None:
    theme = Theme.load(name)
    colours = [strong_highlight(theme, n) for n in range(1, COLOURS + 1)]
    assert all(contrast(colour, theme.color("page")) >= 1.6 for colour in colours)
    assert len({colour.name() for colour in colours}) == COLOURS
