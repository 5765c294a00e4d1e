"""Paints the cells of a `PagedTable`: the ground, words, and actors with the shape of their kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.model import MentionKind
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.paged_model import ROW
from desktop.ui.theme import Theme

SIDE = 14  #: pixels left and right in a cell
ICON, ICON_GAP = 14, 8  #: pixels: the shape that tells a kind where colour does not, and the room beside it
_SMALL_ICON, _SMALL_GAP = 11, 4
_EDGE = 3
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Named(Protocol):
    """An actor as a cell names it."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def kind(self) -> MentionKind:
        """What it is."""


class PagedDelegate(QStyledItemDelegate):
    """Used by every column. What stands in a cell is painted by `paint_cell`, while a row is read by dots."""

    dots_in = 0  #: the column that shows them

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.theme = theme
        self._normal, self._bold = theme.font(), theme.font(weight=QFont.Weight.DemiBold)
        self.metrics, self._bold_metrics = QFontMetrics(self._normal), QFontMetrics(self._bold)

    @property
    def height(self) -> int:
        """Return the height of a row in pixels."""
        return self.metrics.height() + 16

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        painter.save()
        self._paint_ground(painter, option, index.column() == 0)
        place = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        row = index.data(ROW)
        if row is not None:
            self.paint_cell(painter, place, row, index.column())
        elif index.column() == self.dots_in:
            self.paint_words(painter, place, "…", "dim")
        painter.restore()

    def paint_cell(self, painter: QPainter, place: QRect, row: Any, column: int) -> None:
        """Paint what stands in a cell."""
        raise NotImplementedError

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, is_first: bool) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self.theme.color("selection"))
            if is_first:
                focused = option.widget is not None and option.widget.hasFocus()
                edge = self.theme.color("accent" if focused else "dim")
                painter.fillRect(QRect(rect.left(), rect.top(), _EDGE, rect.height()), edge)
        painter.setPen(self.theme.between("panel", "line", 0.7))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paint_words(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        color: str,
        *,
        bold: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Paint words in a colour of the theme, shortened where they do not fit."""
        metrics = self._bold_metrics if bold else self.metrics
        painter.setFont(self._bold if bold else self._normal)
        painter.setPen(self.theme.color(color))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | _MIDDLE, shown)

    def paint_kind(self, painter: QPainter, place: QRect, kind: MentionKind, *, small: bool = False) -> QRect:
        """Paint the shape of a kind; return the room beside it."""
        size, gap = (_SMALL_ICON, _SMALL_GAP) if small else (ICON, ICON_GAP)
        color = self.theme.kind_color(kind).name()
        picture = drawing(KIND_ICONS[kind], color, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.left(), place.center().y() - size // 2, picture)
        return place.adjusted(size + gap, 0, 0, 0)

    def paint_actors(
        self, painter: QPainter, place: QRect, actors: Iterable[Named], *, coloured: bool
    ) -> None:
        """Paint as many actors as fit, each with the shape of its kind; the last one is shortened.

        coloured: their names too.
        """
        painter.setFont(self._normal)
        for number, actor in enumerate(actors):
            painter.setPen(self.theme.color("dim"))
            dot = self.metrics.horizontalAdvance("· ") if number else 0
            if place.width() < dot + _SMALL_ICON * 3:
                if place.width() >= self.metrics.horizontalAdvance("…"):
                    painter.drawText(place, _MIDDLE, "…")
                return
            if number:
                painter.drawText(place, _MIDDLE, "·")
                place = place.adjusted(dot, 0, 0, 0)
            place = self.paint_kind(painter, place, actor.kind, small=True)
            if coloured:
                painter.setPen(self.theme.kind_color(actor.kind))
            shown = self.metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _MIDDLE, shown)
            place = place.adjusted(self.metrics.horizontalAdvance(shown + " "), 0, 0, 0)
