"""Paints the rows of the side panel: icon, title, small print, and at the right a bar or a value."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.i18n import format_number
from desktop.ui.icons import drawing
from desktop.ui.panel_rows import ROW, PanelRow
from desktop.ui.theme import Theme

_SIDE, _TOP, _BELOW = 14, 6, 1  # pixels around a row, and between title and small print
_ICON, _ICON_GAP = 14, 10
_BAR, _BAR_HEIGHT, _COUNT = 56, 6, 30  # pixels: width and height of the bar, room for the count
_MARKER = 4  # pixels, the stripe in a highlight's colour
_MOST_VALUE, _MOST_BAR = 0.6, 0.16  # of the row's width
_MOST_LINES = 3
_MOST_HEIGHTS = 4096  # that are remembered
_WRAP = Qt.TextFlag.TextWordWrap


class PanelDelegate(QStyledItemDelegate):
    """Paints Heading and PanelRow in the theme that is worn."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._title = theme.font()
        self._quote = QFont(theme.font())
        self._small = theme.font("small")
        self._value = theme.font(weight=QFont.Weight.DemiBold)
        self._heading = theme.font("small")
        self._heading.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        self._title_metrics, self._small_metrics = QFontMetrics(self._title), QFontMetrics(self._small)
        self._heights: dict[tuple[bool, int, str], int] = {}  # wrapped words are measured once: see _wrapped

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height that the row's words need in this width."""
        view = self.parent()
        width = view.viewport().width()
        line = index.data(ROW)
        if not isinstance(line, PanelRow):
            return QSize(width, QFontMetrics(self._heading).height() + (22 if index.row() else 18))
        height = self._words_height(QRect(0, 0, width, 10_000), line)
        return QSize(width, height + _TOP * 2 + (1 if line.value or line.quoted else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line."""
        line = index.data(ROW)
        painter.save()
        if isinstance(line, PanelRow):
            self._paint_row(painter, option, line)
        else:
            painter.setFont(self._heading)
            painter.setPen(self._theme.color("dim"))
            place = option.rect.adjusted(_SIDE, 0, -_SIDE, -4)
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, line.title.upper())
            if line.count:
                right = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
                painter.drawText(place, right, format_number(line.count))
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: PanelRow) -> None:
        from PySide6.QtWidgets import QStyle  # dear to load, and nothing is painted at the start

        theme, rect, state = self._theme, option.rect, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selection" if selected else "hover"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.between("line", "accent", 0.6))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.value or row.quoted:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("line"))
        self._paint_sign(painter, rect, row)
        top = rect.y() + _TOP
        self._paint_words(painter, rect, top, row)
        self._paint_right(painter, rect, top, row)

    def _paint_sign(self, painter: QPainter, rect: QRect, row: PanelRow) -> None:
        """Paint what stands at the left: the icon of a kind or the colour of a marker."""
        if row.icon:
            line = self._title_metrics.height()
            colour = self._theme.color(row.role).name()
            picture = drawing(row.icon, colour, _ICON, painter.device().devicePixelRatioF())
            painter.drawPixmap(rect.x() + _SIDE, rect.y() + _TOP + (line - _ICON) // 2, picture)
        elif row.marker:
            painter.setPen(self._theme.between("line", "dim", 0.3))
            painter.setBrush(self._theme.highlight(row.marker))
            stripe = QRectF(
                rect.x() + _SIDE + 0.5, rect.y() + _TOP + 1.5, _MARKER + 2, rect.height() - _TOP * 2 - 4
            )
            painter.drawRoundedRect(stripe, 2, 2)

    def _paint_words(self, painter: QPainter, rect: QRect, top: int, row: PanelRow) -> None:
        room = self._room(rect, row)
        metrics = self._title_metrics
        height = self._lines_height(metrics, room.width(), row.title)
        painter.setFont(self._title)
        painter.setPen(self._theme.color("ink"))
        self._draw_lines(painter, metrics, QRect(room.x(), top, room.width(), height), row.title)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("dim"))
        small = self._small_metrics
        top += height + _BELOW
        wide = self._below_room(rect, room, row)
        for words in row.below:
            height = self._lines_height(small, wide.width(), words)
            self._draw_lines(painter, small, QRect(wide.x(), top, wide.width(), height), words)
            top += height

    def _draw_lines(self, painter: QPainter, metrics: QFontMetrics, place: QRect, words: str) -> None:
        if place.height() >= self._wrapped(metrics, place.width(), words):
            painter.drawText(place, _WRAP, words)
            return
        room = place.width() * round(place.height() / metrics.height()) - metrics.averageCharWidth() * 6
        painter.drawText(place, _WRAP, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))

    def _paint_right(self, painter: QPainter, rect: QRect, top: int, row: PanelRow) -> None:
        theme = self._theme
        right = rect.right() - _SIDE
        if row.value:
            metrics = QFontMetrics(self._value)
            painter.setFont(self._value)
            painter.setPen(theme.color("ink"))
            width = self._value_width(rect, row)
            place = QRect(right - width, top, width, metrics.height())
            words = metrics.elidedText(row.value, Qt.TextElideMode.ElideRight, width)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, words)
            if row.value_below:
                self._paint_value_below(painter, rect, top + metrics.height() + _BELOW, row)
        if row.share is not None:
            line = self._title_metrics.height()
            bar = self._bar_width(rect)
            groove = QRectF(right - _COUNT - bar, top + (line - _BAR_HEIGHT) / 2, bar, _BAR_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("track"))
            painter.drawRoundedRect(groove, 3, 3)
            painter.setBrush(theme.color(row.role))
            groove.setWidth(max(bar * row.share, _BAR_HEIGHT))
            painter.drawRoundedRect(groove, 3, 3)
        if row.count:
            painter.setFont(self._title)
            painter.setPen(theme.color("dim"))
            place = QRect(right - _COUNT, top, _COUNT, self._title_metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(row.count))

    def _paint_value_below(self, painter: QPainter, rect: QRect, top: int, row: PanelRow) -> None:
        metrics, width = self._small_metrics, self._value_below_width(rect, row)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("dim"))
        place = QRect(rect.right() - _SIDE - width, top, width, metrics.height())
        words = metrics.elidedText(row.value_below, Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, words)

    # Measures

    def _bar_width(self, rect: QRect) -> int:
        """Return the width of bars: in a narrow panel the names need the room more."""
        return min(_BAR, round(rect.width() * _MOST_BAR))

    def _value_width(self, rect: QRect, row: PanelRow) -> int:
        wanted = QFontMetrics(self._value).horizontalAdvance(row.value) + 2
        return min(wanted, round((rect.width() - _SIDE * 2) * _MOST_VALUE))

    def _value_below_width(self, rect: QRect, row: PanelRow) -> int:
        if not row.value_below:
            return 0
        wanted = self._small_metrics.horizontalAdvance(row.value_below) + 2
        return min(wanted, round((rect.width() - _SIDE * 2) * _MOST_VALUE))

    def _room(self, rect: QRect, row: PanelRow) -> QRect:
        """Return where the words go."""
        left = _SIDE + (_ICON + _ICON_GAP if row.icon else _MARKER + _ICON_GAP if row.marker else 0)
        right = _SIDE
        if row.share is not None:
            right += self._bar_width(rect) + _COUNT + 12
        elif row.value:
            right += self._value_width(rect, row) + 12
        return rect.adjusted(left, 0, -right, 0)

    def _below_room(self, rect: QRect, room: QRect, row: PanelRow) -> QRect:
        """Return where the small print goes: it may run on under a value, not under a bar."""
        if not row.value:
            return room
        below = self._value_below_width(rect, row)
        right = rect.right() - _SIDE - (below + 12 if below else 0)
        return QRect(room.x(), room.y(), right - room.x(), room.height())

    def _lines_height(self, metrics: QFontMetrics, width: int, words: str) -> int:
        return min(self._wrapped(metrics, max(width, 30), words), metrics.height() * _MOST_LINES)

    def _wrapped(self, metrics: QFontMetrics, width: int, words: str) -> int:
        """Return the height of words in a width; painting asks it of every row, again and again."""
        key = metrics is self._small_metrics, width, words
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            height = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()
            self._heights[key] = height
        return height

    def _words_height(self, rect: QRect, row: PanelRow) -> int:
        room = self._room(rect, row)
        height = self._lines_height(self._title_metrics, room.width(), row.title)
        if row.below:
            small, wide = self._small_metrics, self._below_room(rect, room, row)
            height += _BELOW + sum(self._lines_height(small, wide.width(), words) for words in row.below)
        if row.value_below:
            least = QFontMetrics(self._value).height() + _BELOW + self._small_metrics.height()
            height = max(height, least)
        return height
