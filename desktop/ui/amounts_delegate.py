"""Paints the cells of the table of amounts: values in the colour of amounts, actors in that of their kind."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from desktop.library.amounts import AmountRow
from desktop.ui.amounts_model import Column, cell_text
from desktop.ui.amounts_words import value_text
from desktop.ui.paged_delegate import PagedDelegate


class AmountsDelegate(PagedDelegate):
    """Paints an AmountRow."""

    dots_in = Column.WRITTEN

    def paint_cell(self, painter: QPainter, place: QRect, row: AmountRow, column: int) -> None:
        """Paint what stands in a cell."""
        words = cell_text(row, Column(column))
        if column == Column.ACTORS:
            self.paint_actors(painter, place, row.actors, coloured=True)
        elif column == Column.VALUE:
            known = bool(value_text(row))
            color = "amount_ink" if known else "dim"
            self.paint_words(painter, place, words, color, bold=known, side=Qt.AlignmentFlag.AlignRight)
        else:
            dim = column in (Column.DATE, Column.ARTICLE, Column.RATE)
            self.paint_words(painter, place, words, "dim" if dim else "ink")
