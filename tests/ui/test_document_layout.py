"""The document on screen holds the text, and every code point is found again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontDatabase, QFontInfo, QTextCursor, QTextDocument

from desktop.model import Block, BlockKind, Inline, InlineKind
from desktop.ui.document_layout import Laid, Typography, lay_out, whole_cover
from desktop.ui.mark_painter import x_of
from desktop.ui.text_offsets import shown
from desktop.ui.theme import Theme
from desktop.ui.typefaces import ReadingStyle

CHARACTERS = st.sampled_from("ab \t\né\u0301\u00a0\u2028\u2029\ufdd0\ufffc\u200d\x00🙂🇳𝔸") | st.characters()


@pytest.fixture
def typography(qapp: object) -> Typography:
    return Typography(Theme.load("light"), 1.0)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Block]]:
    """Texts with any blocks an importer might give, also bad ones: overlapping, outside, not covering."""
    text = draw(st.text(CHARACTERS, max_size=80))
    place = st.integers(0, len(text) + 3)
    raw = draw(st.lists(st.tuples(st.sampled_from(BlockKind), place, place, st.integers(0, 7)), max_size=6))
    return text, [Block(kind, min(a, b), max(a, b), level) for kind, a, b, level in raw]


def characters(laid: Laid, position: int, count: int) -> str:
    cursor = QTextCursor(laid.document)
    cursor.setPosition(position)
    cursor.setPosition(position + count, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@given(articles())
def test_blocks_are_made_to_hold_every_visible_character(article: tuple[str, list[Block]]) -> None:
    text, blocks = article
    cover = whole_cover(text, blocks)
    held = set()
    for before, block in zip([None, *cover], cover, strict=False):
        assert block.start < block.end <= len(text)
        assert before is None or before.end <= block.start
        held |= set(range(block.start, block.end))
    assert not [c for place, c in enumerate(text) if place not in held and c.strip()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    articles(),
    st.sampled_from(["", "2 min 🙂"]),
    st.sampled_from(["", "Other 🙂 title"]),
    st.sampled_from(["", "🙂 sub"]),
)
def test_every_code_point_stands_where_the_map_says(
    typography: Typography, article: tuple[str, list[Block]], meta: str, headline: str, subtitle: str
) -> None:
    text, blocks = article
    laid = lay_out(text, blocks, (), typography, headline=headline, subtitle=subtitle, meta=meta)
    assert laid.document.blockCount() == len(laid.map.pieces)
    for piece in laid.map.pieces:
        if piece.kind is None:
            continue
        for place in range(piece.start, piece.end):
            position = laid.map.to_document(place)
            length = 2 if text[place] > "\uffff" else 1
            assert characters(laid, position, length) == shown(text[place])
            assert laid.map.to_text(position) == place
        assert laid.map.to_text(piece.position + piece.units) == piece.end


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles(), st.data())
def test_a_range_is_found_in_its_pieces(
    typography: Typography, article: tuple[str, list[Block]], data: st.DataObject
) -> None:
    text, blocks = article
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    laid = lay_out(text, blocks, (), typography, meta="m")
    held = set()
    for piece, first, last in laid.map.segments(start, end):
        base = laid.map.offsets.to_units(piece.start)
        to_text = laid.map.offsets.to_code_point
        held |= set(range(to_text(base + first), to_text(base + last)))
    expected = {
        place
        for piece in laid.map.pieces
        if piece.kind is not None
        for place in range(max(start, piece.start), min(end, piece.end))
    }
    assert held == expected


TEXT = "Kop 🙂\n\nEen alinea.\n\nTussenkop\n\nMet een link."
BLOCKS = [
    Block(BlockKind.TITLE, 0, 5),
    Block(BlockKind.PARAGRAPH, 7, 18),
    Block(BlockKind.HEADING, 20, 29, 2),
    Block(BlockKind.PARAGRAPH, 31, 44),
]


def lines(document: QTextDocument) -> list[str]:
    return [document.findBlockByNumber(number).text() for number in range(document.blockCount())]


def test_the_line_under_the_title_is_no_part_of_the_text(typography: Typography) -> None:
    laid = lay_out(TEXT, BLOCKS, (), typography, meta="8 januari 🙂 · Krant")
    assert lines(laid.document) == [
        "Kop 🙂", "8 januari 🙂 · Krant", "Een alinea.", "Tussenkop", "Met een link.",
    ]  # fmt: skip
    inside_meta = laid.document.findBlockByNumber(1).position() + 3
    assert laid.map.to_text(inside_meta) == 5
    assert characters(laid, laid.map.to_document(7), 3) == "Een"


def test_an_edited_title_stands_above_the_one_in_the_text(typography: Typography) -> None:
    laid = lay_out(TEXT, BLOCKS, (), typography, headline="Beter", meta="2025")
    assert lines(laid.document)[:3] == ["Beter", "Kop 🙂", "2025"]
    assert characters(laid, laid.map.to_document(0), 3) == "Kop"
    first, second = (laid.document.findBlockByNumber(n).charFormat().fontPointSize() for n in (0, 1))
    assert first > second


def test_a_subtitle_stands_under_the_title(typography: Typography) -> None:
    laid = lay_out(TEXT, BLOCKS, (), typography, subtitle="Of hoe het liep", meta="Krant")
    assert lines(laid.document)[:4] == ["Kop 🙂", "Of hoe het liep", "Krant", "Een alinea."]
    assert lines(lay_out("Kop", [Block(BlockKind.TITLE, 0, 3)], (), typography, subtitle="s").document) == [
        "Kop",
        "s",
    ]


def test_structure_is_shown(typography: Typography) -> None:
    laid = lay_out(TEXT, BLOCKS, (), typography)
    blocks = [laid.document.findBlockByNumber(number) for number in range(4)]
    assert [block.blockFormat().headingLevel() for block in blocks] == [1, 0, 3, 0]
    assert blocks[2].charFormat().fontWeight() > blocks[1].charFormat().fontWeight()


def test_links_and_emphasis_are_shown(typography: Typography) -> None:
    inlines = (Inline(InlineKind.LINK, 39, 43, "https://example.org"), Inline(InlineKind.EMPHASIS, 7, 10))
    laid = lay_out(TEXT, BLOCKS, inlines, typography)
    cursor = QTextCursor(laid.document)
    cursor.setPosition(laid.map.to_document(40))
    assert cursor.charFormat().anchorHref() == "https://example.org"
    cursor.setPosition(laid.map.to_document(8))
    assert cursor.charFormat().fontItalic()
    cursor.setPosition(laid.map.to_document(12))
    assert not cursor.charFormat().fontItalic()
    assert not cursor.charFormat().anchorHref()


def test_a_column_is_about_65_characters_wide(typography: Typography) -> None:
    line = "Op donderdag vliegt de groep terug, en in maart volgt een besluit over de bouw van het centrum."
    laid = lay_out(line * 20, [Block(BlockKind.PARAGRAPH, 0, len(line) * 20)], (), typography)
    laid.document.setTextWidth(typography.column)
    laid.document.size()
    layout = laid.document.firstBlock().layout()
    lengths = [layout.lineAt(number).textLength() for number in range(layout.lineCount() - 1)]
    assert 60 <= sum(lengths) / len(lengths) <= 70


def test_lines_are_as_far_apart_as_the_theme_says(typography: Typography) -> None:
    laid = lay_out("a b " * 200, [Block(BlockKind.PARAGRAPH, 0, 800)], (), typography)
    laid.document.setTextWidth(typography.column)
    laid.document.size()
    layout = laid.document.firstBlock().layout()
    step = layout.lineAt(2).y() - layout.lineAt(1).y()
    assert step == pytest.approx(typography.em * 1.65, abs=1)


def test_the_reader_chooses_typeface_size_line_height_and_column(qapp: object) -> None:
    theme = Theme.load("light")
    usual = Typography(theme, 1.0)
    assert usual.font.families() == ["Source Serif 4"]
    assert QFontInfo(usual.font).family() == "Source Serif 4"
    other = Typography(theme, 1.0, ReadingStyle("source_sans", 18, 140, 80))
    assert QFontInfo(other.font).family() == "Source Sans 3"
    assert other.font.pointSizeF() == 18
    assert other.line_height == pytest.approx(other.em * 1.4, abs=1)
    assert other.measure / other.em > usual.measure / usual.em
    system = Typography(theme, 1.0, ReadingStyle("system_sans"))
    assert (
        system.font.families()[0] == QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    )


def table_of(rows: list[str], typography: Typography) -> QTextDocument:
    text = "\n".join(rows)
    blocks, start = [], 0
    for row in rows:
        blocks.append(Block(BlockKind.TABLE_ROW, start, start + len(row)))
        start += len(row) + 1
    document = lay_out(text, blocks, (), typography).document
    document.setTextWidth(typography.column)
    document.size()
    return document


def column_of(document: QTextDocument, row: int, words: str) -> float:
    block = document.findBlockByNumber(row)
    line = block.layout().lineForTextPosition(block.text().index(words))
    return block.layout().position().x() + x_of(line, block.text().index(words))


def test_the_columns_of_a_table_stand_under_each_other(typography: Typography) -> None:
    document = table_of(
        ["Jaar\tBedrag\tWaarvoor", "2024\t40 miljoen euro\tde kade", "2025\t1\tde sluis"], typography
    )
    assert column_of(document, 0, "Bedrag") == column_of(document, 1, "40") == column_of(document, 2, "1")
    assert column_of(document, 0, "Waarvoor") == column_of(document, 1, "de kade")
    assert all(document.findBlockByNumber(row).layout().lineCount() == 1 for row in range(3))


def test_a_cell_that_is_too_long_goes_on_in_its_own_column(typography: Typography) -> None:
    long = "onderhoud van de kade en de sluis, met uitloop naar het jaar daarna en nog een jaar " * 2
    document = table_of(["Jaar\tBedrag\tWaarvoor", f"2024\t40 miljoen euro\t{long}"], typography)
    layout = document.findBlockByNumber(1).layout()
    assert layout.lineCount() > 1
    left = column_of(document, 1, "onderhoud")
    for number in range(1, layout.lineCount()):
        assert layout.position().x() + layout.lineAt(number).x() == pytest.approx(left, abs=1)
    assert left > column_of(document, 0, "Bedrag")


def test_the_number_of_a_list_item_stands_before_its_text(typography: Typography) -> None:
    text = "12. " + "een punt dat te lang is voor een regel en op de volgende verder gaat " * 2
    laid = lay_out(text, [Block(BlockKind.LIST_ITEM, 0, len(text), 1)], (), typography)
    laid.document.setTextWidth(typography.column)
    laid.document.size()
    layout = laid.document.firstBlock().layout()
    first, second = layout.lineAt(0), layout.lineAt(1)
    assert x_of(first, text.index("een")) == pytest.approx(second.x(), abs=1)
    assert first.x() < second.x()
