"""Paints the cells of the table of amounts: values in the colour of amounts, actors in that of their kind."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.library.amounts import AmountRow
from desktop.ui.amounts_model import ROW, Column, Index, cell_text
from desktop.ui.amounts_words import value_text
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

SIDE = 14  #: pixels left and right in a cell
_ICON = 11  # pixels: the shape that tells a kind where colour does not
_EDGE = 3


class AmountsDelegate(QStyledItemDelegate):
    """Used by every column."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._normal, self._bold = theme.font(), theme.font(weight=QFont.Weight.DemiBold)
        self._metrics, self._bold_metrics = QFontMetrics(self._normal), QFontMetrics(self._bold)

    @property
    def height(self) -> int:
        """Return the height of a row in pixels."""
        return self._metrics.height() + 16

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        painter.save()
        self._paint_ground(painter, option, index)
        row, column = index.data(ROW), Column(index.column())
        place = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        if row is None:
            if column is Column.WRITTEN:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, "…")
        elif column is Column.ACTORS:
            self._paint_actors(painter, place, row)
        else:
            self._paint_words(painter, place, row, column)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), _EDGE, rect.height()), self._accent(option))
        painter.setPen(self._theme.between("panel", "line", 0.7))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _accent(self, option: QStyleOptionViewItem):
        view = option.widget
        focused = view is not None and view.hasFocus()
        return self._theme.color("accent" if focused else "dim")

    def _paint_words(self, painter: QPainter, place: QRect, row: AmountRow, column: Column) -> None:
        words, side = cell_text(row, column), Qt.AlignmentFlag.AlignLeft
        color, metrics = "ink", self._metrics
        painter.setFont(self._normal)
        if column is Column.VALUE:
            side = Qt.AlignmentFlag.AlignRight
            color = "dim"
            if value_text(row):
                color, metrics = "amount_ink", self._bold_metrics
                painter.setFont(self._bold)
        elif column in (Column.DATE, Column.ARTICLE, Column.RATE):
            color = "dim"
        painter.setPen(self._theme.color(color))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_actors(self, painter: QPainter, place: QRect, row: AmountRow) -> None:
        """Paint as many actors as fit, each with the shape of its kind; the last one is shortened."""
        painter.setFont(self._normal)
        ratio = painter.device().devicePixelRatioF()
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, actor in enumerate(row.actors):
            if number:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, middle, "·")
                place = place.adjusted(self._metrics.horizontalAdvance("· "), 0, 0, 0)
            if place.width() < _ICON * 3:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, middle, "…")
                return
            color = self._theme.kind_color(actor.kind)
            y = place.center().y() - _ICON // 2
            painter.drawPixmap(place.left(), y, drawing(KIND_ICONS[actor.kind], color.name(), _ICON, ratio))
            place = place.adjusted(_ICON + 4, 0, 0, 0)
            painter.setPen(color)
            shown = self._metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, middle, shown)
            place = place.adjusted(self._metrics.horizontalAdvance(shown + " "), 0, 0, 0)
