"""Paints the cells of the table of actors: kinds with shape and colour, numbers at the right."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.i18n import kind_name
from desktop.library.actor_table import ActorRow
from desktop.model import MentionKind
from desktop.ui.actors_model import NUMBERS, ROW, Column, Index, cell_text
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

SIDE = 14  #: pixels left and right in a cell
_ICON, _SMALL_ICON, _GAP = 14, 11, 8  # pixels: the shape that tells a kind where colour does not
_EDGE = 3
KIND_ROOM = _ICON + _GAP  #: pixels of the shape before the word for a kind
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ActorsDelegate(QStyledItemDelegate):
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
    def metrics(self) -> QFontMetrics:
        """Return the measures of what most cells are written in."""
        return self._metrics

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
            if column is Column.NAME:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, _MIDDLE, "…")
        elif column is Column.COMPANY:
            self._paint_company(painter, place, row)
        elif column is Column.KIND:
            place = self._paint_kind(painter, place, row.actor.kind, _ICON)
            words = kind_name(row.actor.kind)
            if self._metrics.horizontalAdvance(words) <= place.width():
                self._paint_words(painter, place, words, "dim")
        else:
            self._paint_fact(painter, place, row, column)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
            if index.column() == 0:
                focused = option.widget is not None and option.widget.hasFocus()
                edge = self._theme.color("accent" if focused else "dim")
                painter.fillRect(QRect(rect.left(), rect.top(), _EDGE, rect.height()), edge)
        painter.setPen(self._theme.between("panel", "line", 0.7))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_fact(self, painter: QPainter, place: QRect, row: ActorRow, column: Column) -> None:
        words = cell_text(row, column)
        if column is Column.NAME:
            self._paint_words(painter, place, words, "ink", bold=True)
        elif column in NUMBERS:
            strong = column is Column.ARTICLES
            self._paint_words(
                painter, place, words, "ink" if strong else "dim", side=Qt.AlignmentFlag.AlignRight
            )
        else:
            self._paint_words(painter, place, words, "ink" if column is Column.ROLE else "dim")

    def _paint_words(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        color: str,
        *,
        bold: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        metrics = self._bold_metrics if bold else self._metrics
        painter.setFont(self._bold if bold else self._normal)
        painter.setPen(self._theme.color(color))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | _MIDDLE, shown)

    def _paint_kind(self, painter: QPainter, place: QRect, kind: MentionKind, size: int) -> QRect:
        """Paint the shape of a kind; return the room beside it."""
        color = self._theme.kind_color(kind).name()
        picture = drawing(KIND_ICONS[kind], color, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.left(), place.center().y() - size // 2, picture)
        return place.adjusted(size + (_GAP if size == _ICON else 4), 0, 0, 0)

    def _paint_company(self, painter: QPainter, place: QRect, row: ActorRow) -> None:
        """Paint as many actors as fit, each with the shape of its kind; the last one is shortened."""
        painter.setFont(self._normal)
        for number, actor in enumerate(row.company):
            if number:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, _MIDDLE, "·")
                place = place.adjusted(self._metrics.horizontalAdvance("· "), 0, 0, 0)
            if place.width() < _SMALL_ICON * 3:
                painter.setPen(self._theme.color("dim"))
                painter.drawText(place, _MIDDLE, "…")
                return
            place = self._paint_kind(painter, place, actor.kind, _SMALL_ICON)
            painter.setPen(self._theme.color("dim"))
            shown = self._metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _MIDDLE, shown)
            place = place.adjusted(self._metrics.horizontalAdvance(shown + " "), 0, 0, 0)
