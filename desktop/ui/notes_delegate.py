"""Paints the cells of the table of notes, and headings right across it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from desktop.i18n import format_number
from desktop.library.note_table import NoteRow
from desktop.model import AnchorState
from desktop.ui.notes_model import Column, HeadingRow, cell_text, passage
from desktop.ui.notes_words import state_name
from desktop.ui.paged_delegate import SIDE, PagedDelegate
from desktop.ui.paged_model import ROW
from desktop.ui.theme import Theme

SWATCH = 20  #: pixels
_LONGEST = 400  # characters that are laid out for a cell


class NotesDelegate(PagedDelegate):
    """Paints a NoteRow in two lines, or a HeadingRow."""

    dots_in = Column.PASSAGE

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        super().set_theme(theme)
        self._small, self._heading = theme.font("small"), theme.font(weight=QFont.Weight.DemiBold)
        self._quote = QFont(theme.font())
        self._quote.setFamilies(theme.reading_font().families())
        self._quote_metrics = QFontMetrics(self._quote)

    @property
    def height(self) -> int:
        """Return the height of a row in pixels: two lines."""
        line = max(self.metrics.lineSpacing(), self._quote_metrics.lineSpacing())
        return 2 * line + 14

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell; of a heading, the part of it that falls into this cell."""
        row = index.data(ROW)
        if not isinstance(row, HeadingRow):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, self.theme.color("panel"))
        table = option.widget
        width = table.viewport().width() if isinstance(table, QTableView) else option.rect.width()
        across = QRect(0, option.rect.top(), width, option.rect.height()).adjusted(SIDE, 0, -SIDE, 0)
        self._paint_heading(painter, across, row)
        painter.setPen(self.theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_heading(self, painter: QPainter, place: QRect, row: HeadingRow) -> None:
        place = place.adjusted(0, place.height() // 3, 0, -4)
        behind = " · ".join((*filter(None, (row.about,)), format_number(row.count)))
        small = QFontMetrics(self._small)
        kept = small.horizontalAdvance(behind) + 16
        bold = QFontMetrics(self._heading)
        words = bold.elidedText(row.words, Qt.TextElideMode.ElideRight, max(place.width() - kept, 60))
        painter.setFont(self._heading)
        painter.setPen(self.theme.color("ink"))
        baseline = place.bottom() - max(small.descent(), bold.descent())
        painter.drawText(place.left(), baseline, words)
        painter.setFont(self._small)
        painter.setPen(self.theme.color("dim"))
        painter.drawText(place.left() + bold.horizontalAdvance(words) + 12, baseline, behind)

    def paint_cell(self, painter: QPainter, place: QRect, row: NoteRow, column: int) -> None:
        """Paint what stands in a cell."""
        place = place.adjusted(0, 6, 0, -6)
        if column == Column.COLOUR:
            self._paint_colour(painter, place, row.annotation.colour)
        elif column == Column.PASSAGE:
            self._paint_passage(painter, place, row)
        else:
            color = {Column.NOTE: "ink", Column.ARTICLE: "accent"}.get(Column(column), "dim")
            self._paint_lines(painter, place, cell_text(row, Column(column)), self._normal, color, 2)

    def _paint_colour(self, painter: QPainter, place: QRect, colour: int) -> None:
        """Paint a square with the colour's number: the colour alone tells nothing to some."""
        square = QRectF(place.center().x() - SWATCH / 2, place.top(), SWATCH, SWATCH)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.between("line", "dim", 0.4), 1))
        painter.setBrush(self.theme.highlight(colour))
        painter.drawRoundedRect(square, 4, 4)
        painter.setFont(self._small)
        painter.setPen(self.theme.color("ink"))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(colour))

    def _paint_passage(self, painter: QPainter, place: QRect, row: NoteRow) -> None:
        state = row.annotation.state
        lines = 2 if state is AnchorState.ANCHORED else 1
        font = self._quote if row.annotation.quote.exact.strip() else self._normal
        below = self._paint_lines(painter, place, passage(row), font, "ink", lines)
        if state is not AnchorState.ANCHORED:
            color = "problem" if state is AnchorState.ORPHAN else "dim"
            self._paint_lines(
                painter, place.adjusted(0, below, 0, 0), state_name(state), self._small, color, 1
            )

    def _paint_lines(
        self, painter: QPainter, place: QRect, words: str, font: QFont, color: str, most: int
    ) -> int:
        """Paint words in so many lines, the last one shortened; return their height."""
        text = " ".join(words[:_LONGEST].split())
        metrics = QFontMetrics(font)
        painter.setPen(self.theme.color(color))
        painter.setFont(font)
        layout = QTextLayout(text, font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        height = 0.0
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(place.width())
            ends = line.textStart() + line.textLength()
            if number == most - 1 and ends < len(text):
                rest = metrics.elidedText(
                    text[line.textStart() :], Qt.TextElideMode.ElideRight, place.width()
                )
                painter.drawText(QPointF(place.left(), place.top() + height + metrics.ascent()), rest)
            else:
                words_here = metrics.elidedText(
                    text[line.textStart() : ends].rstrip(), Qt.TextElideMode.ElideRight, place.width()
                )
                painter.drawText(QPointF(place.left(), place.top() + height + metrics.ascent()), words_here)
            height += metrics.lineSpacing()
        layout.endLayout()
        return round(height)
