"""Paints one line of a pop-up list: words at the left, keys or meaning at the right in dim."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.icons import drawing
from desktop.ui.theme import Theme

KEYS = Qt.ItemDataRole.UserRole + 2  #: what stands at the right
ICON = Qt.ItemDataRole.UserRole + 3  #: name of a drawing and role of its colour
_ARROW = " › "
_SIDE, _GAP, _ICON = 10, 16, 14


class LineDelegate(QStyledItemDelegate):
    """Used by the command palette and by the suggestions of the search field."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a line of text with room around it."""
        return QSize(200, option.fontMetrics.height() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line; what stands before the last "›" is dim."""
        from PySide6.QtWidgets import QStyle  # dear to load, and nothing is painted at the start

        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(option.rect, 4, 4)
        metrics, middle = option.fontMetrics, Qt.AlignmentFlag.AlignVCenter
        place = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        if look := index.data(ICON):
            self._paint_icon(painter, place, *look)
            place.setLeft(place.left() + _ICON + _SIDE)
        where, arrow, words = index.data().rpartition(_ARROW)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(place, middle, where + arrow)
        used = metrics.horizontalAdvance(where + arrow + words) + _GAP
        if keys := index.data(KEYS):
            shown = metrics.elidedText(keys, Qt.TextElideMode.ElideRight, place.width() - used)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, shown)
        painter.setPen(self._theme.color("ink"))
        place.setLeft(place.left() + metrics.horizontalAdvance(where + arrow))
        painter.drawText(place, middle, metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width()))
        painter.restore()

    def _paint_icon(self, painter: QPainter, place: QRect, name: str, role: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = drawing(name, self._theme.color(role).name(), _ICON, ratio)
        painter.drawPixmap(place.left(), place.center().y() - _ICON // 2, picture)
