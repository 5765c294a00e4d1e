"""How an article is set: the sizes, spaces and formats of everything in the reading column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextOption

from desktop.model import BlockKind, Inline, InlineKind
from desktop.ui.table_columns import column_stops
from desktop.ui.theme import Theme
from desktop.ui.typefaces import ReadingStyle, reading_font

PADDING = 10  #: pixels left and right of the text inside the document, for marks that stick out
TOP, BOTTOM = 36, 120  #: pixels above the title and under the last line, at 100 %

_SAMPLE = "De delegatie van veertig bedrijven reist door naar Las Vegas, en the rest of them stay at home. "


class Typography:
    """Sizes of everything in the reading column, in pixels, for a theme, a zoom (1.0 = 100 %) and a style."""

    def __init__(self, theme: Theme, zoom: float, style: ReadingStyle | None = None) -> None:
        self.theme = theme
        self.zoom = zoom
        self.style = style or ReadingStyle()
        self.font = reading_font(self.style, zoom)
        self._metrics = metrics = QFontMetricsF(self.font)
        self.em = QFontInfo(self.font).pixelSize()
        self.ascent = metrics.ascent()
        self.line_height = round(self.em * self.style.line_height / 100)
        average = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self.measure = round(average * self.style.measure)
        self.column = self.measure + 2 * PADDING

    def block_format(
        self, kind: BlockKind | None, level: int, *, stops: Sequence[float] = ()
    ) -> QTextBlockFormat:
        """Return spacing and indent of a block; stops: where the columns of its table begin."""
        em, form = self.em, QTextBlockFormat()
        above, below, left, right, height = 0.0, 0.8 * em, 0.0, 0.0, float(self.line_height)
        if kind is BlockKind.HEADING:
            above, below, height = 1.1 * em, 0.45 * em, 1.3 * self.heading_size(level) * em
        elif kind is BlockKind.QUOTE:
            left, right = 1.5 * em, 1.0 * em
        elif kind is BlockKind.LIST_ITEM:
            left, below = 1.6 * em * max(level, 1), 0.3 * em
        elif kind is BlockKind.TABLE_ROW:
            below = 0.0
            form.setTabPositions([QTextOption.Tab(stop, QTextOption.TabType.LeftTab) for stop in stops])
            if stops:  # what is too long for the last column goes on there
                left = stops[-1]
                form.setTextIndent(-left)
        form.setTopMargin(above)
        form.setBottomMargin(below)
        form.setLeftMargin(left)
        form.setRightMargin(right)
        form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return form

    def column_stops(self, rows: Sequence[str]) -> list[float]:
        """Return where the columns of a table begin; its rows have tabs between their cells."""
        return column_stops(rows, self._metrics.horizontalAdvance, self.measure, 1.2 * self.em)

    def hanging(self, lead: str) -> float:
        """Return how far the first line of a list item stands out to the left, for its number."""
        return min(self._metrics.horizontalAdvance(lead), 1.6 * self.em)

    def title_formats(self, characters: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Return the formats of a title; long ones are set smaller."""
        size = 1.75 if characters <= 90 else 1.45 if characters <= 170 else 1.2
        form = self.block_format(None, 0)
        form.setLineHeight(size * self.em * 1.28, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(0.4 * self.em)
        form.setHeadingLevel(1)
        return form, self._bold(size)

    def subtitle_formats(self) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Return the formats of a subtitle: larger than the text, and not bold."""
        form = self.block_format(None, 0)
        form.setLineHeight(1.15 * self.em * 1.35, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(0.5 * self.em)
        chars = QTextCharFormat()
        chars.setFontPointSize(self.font.pointSizeF() * 1.15)
        return form, chars

    def heading_formats(self, level: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Return the formats of a heading of level 1..6."""
        form = self.block_format(BlockKind.HEADING, level)
        form.setHeadingLevel(min(max(level, 1) + 1, 6))
        return form, self._bold(self.heading_size(level))

    def added_formats(self) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Return the formats of the line under the title: small, in the interface's type."""
        form = self.block_format(None, 0)
        form.setLineHeight(1.35 * self.em, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(1.5 * self.em)
        chars = QTextCharFormat()
        chars.setFontFamilies(self.theme.font().families())
        chars.setFontPointSize(self.font.pointSizeF() * 0.78)
        chars.setForeground(self.theme.color("dim"))
        return form, chars

    def inline_format(self, inline: Inline) -> QTextCharFormat:
        """Return the format of a link or emphasis, to be merged with what stands there."""
        chars = QTextCharFormat()
        if inline.kind is InlineKind.EMPHASIS:
            chars.setFontItalic(True)
            return chars
        chars.setAnchor(True)
        chars.setAnchorHref(inline.target)
        chars.setForeground(self.theme.color("accent"))
        chars.setFontUnderline(True)
        return chars

    @staticmethod
    def heading_size(level: int) -> float:
        """Return the size of a heading relative to the text."""
        return {0: 1.25, 1: 1.35, 2: 1.25, 3: 1.12}.get(level, 1.0)

    def _bold(self, size: float) -> QTextCharFormat:
        chars = QTextCharFormat()
        chars.setFontPointSize(self.font.pointSizeF() * size)
        chars.setFontWeight(QFont.Weight.Bold)
        return chars
