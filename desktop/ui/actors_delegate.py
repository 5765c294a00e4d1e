"""Paints the cells of the table of actors: kinds with shape and colour, numbers at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from desktop.i18n import kind_name
from desktop.library.actor_table import ActorRow
from desktop.ui.actors_model import NUMBERS, Column, cell_text
from desktop.ui.paged_delegate import PagedDelegate


class ActorsDelegate(PagedDelegate):
    """Paints an ActorRow."""

    dots_in = Column.NAME

    def paint_cell(self, painter: QPainter, place: QRect, row: ActorRow, column: int) -> None:
        """Paint what stands in a cell."""
        if column == Column.COMPANY:
            self.paint_actors(painter, place, row.company, coloured=False)
        elif column == Column.KIND:
            place = self.paint_kind(painter, place, row.actor.kind)
            words = kind_name(row.actor.kind)
            if self.metrics.horizontalAdvance(words) <= place.width():
                self.paint_words(painter, place, words, "dim")
        else:
            strong = column in (Column.NAME, Column.ROLE, Column.ARTICLES)
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            self.paint_words(
                painter,
                place,
                cell_text(row, Column(column)),
                "ink" if strong else "dim",
                bold=column == Column.NAME,
                side=side,
            )
