"""Paints one found article: title, facts, snippet with what was searched for marked.

Every row has the same height, so that 100,000 of them scroll smoothly: a title takes one or two
lines and the snippet what is left of `lines`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.model import Hit
from desktop.ui.icons import drawing
from desktop.ui.result_model import HIT, copies, fitting
from desktop.ui.theme import Theme

_SIDE, _TOP, _GAP = 14, 10, 3  # pixels around and between
_EDGE = 3  # pixels, the bar at a selected row
_BETWEEN_FACTS = "   "
BROWSED, SEARCHED = 3, 4  #: lines of title and snippet together; what was searched for needs more


class ResultDelegate(QStyledItemDelegate):
    """Paints the rows of the result list in the theme that is worn."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.lines = BROWSED
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._unread = theme.font(weight=QFont.Weight.DemiBold)
        self._read = theme.font()
        self._small = theme.font("small")
        self._title_line = QFontMetricsF(self._unread).lineSpacing()
        self._small_line = QFontMetricsF(self._small).lineSpacing()

    @property
    def height(self) -> int:
        """Return the height of a row in pixels."""
        title, small = self._title_line, self._small_line
        words = max(title * 2 + small * (self.lines - 2), title + small * (self.lines - 1))
        return round(_TOP * 2 + words + small + _GAP * 2) + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        painter.save()
        self._paint_ground(painter, option)
        hit = index.data(HIT)
        place = option.rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        if hit is None:
            self._paint_waiting(painter, place)
        else:
            self._paint_hit(painter, place, hit)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        from PySide6.QtWidgets import QStyle  # dear to load, and nothing is painted at the start

        theme, rect, state = self._theme, option.rect, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selection" if selected else "hover"))
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), _EDGE, rect.height() - 1), theme.color("accent"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.between("line", "accent", 0.6))
            painter.drawRect(rect.adjusted(_EDGE, 0, -1, -2))

    def _paint_waiting(self, painter: QPainter, place: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("track"))
        for number, share in enumerate((0.8, 0.35, 0.9)):
            top = place.y() + number * self._title_line + 4
            painter.drawRoundedRect(QRectF(place.x(), top, place.width() * share, 8), 4, 4)

    def _paint_hit(self, painter: QPainter, place: QRect, hit: Hit) -> None:
        article, theme = hit.article, self._theme
        width = place.width()
        if article.starred:
            width -= 20
            star = drawing(
                "star-fill", theme.color("accent").name(), 14, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(place.right() - 13, place.y() + 2, star)
        title = _lay_out(article.title, self._read if article.read_at else self._unread, width, 2)
        painter.setPen(theme.color("ink"))
        title.draw(painter, QPointF(place.x(), place.y()))
        y = place.y() + title.lineCount() * self._title_line + _GAP
        painter.setFont(self._small)
        painter.setPen(theme.color("dim"))
        line = QRectF(place.x(), y, place.width(), self._small_line)
        metrics = QFontMetricsF(self._small)
        if more := "".join(copies(hit)):
            painter.setPen(theme.color("accent"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, more)
            painter.setPen(theme.color("dim"))
            line.setWidth(line.width() - metrics.horizontalAdvance(_BETWEEN_FACTS + more))
        shown = fitting(
            article, lambda some: metrics.horizontalAdvance(_BETWEEN_FACTS.join(some)) <= line.width()
        )
        words = metrics.elidedText(_BETWEEN_FACTS.join(shown), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        y += self._small_line + _GAP
        if hit.snippet:
            self._paint_snippet(
                painter, QPointF(place.x(), y), place.width(), hit, self.lines - title.lineCount()
            )

    def _paint_snippet(self, painter: QPainter, corner: QPointF, width: int, hit: Hit, lines: int) -> None:
        layout = _lay_out(hit.snippet, self._small, width, lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hit"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect in _ranges(layout, hit.snippet, hit.marks):
            painter.drawRoundedRect(rect.translated(corner), 2, 2)
        painter.setPen(self._theme.color("ink"))
        layout.draw(painter, corner)


@lru_cache(maxsize=512)
def _lay_out_cached(text: str, font: str, width: int, lines: int) -> QTextLayout:
    drawn = QFont()
    drawn.fromString(font)
    metrics = QFontMetricsF(drawn)
    layout = QTextLayout(text, drawn)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    ends: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid() and len(ends) < lines:
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    units = len(text.encode("utf-16-le")) // 2
    if ends and ends[-1] < units:  # the last line says that there is more
        start = ends[-2] if len(ends) > 1 else 0
        raw = text.encode("utf-16-le")
        last = raw[start * 2 :].decode("utf-16-le")
        shown = metrics.elidedText(last, Qt.TextElideMode.ElideRight, width)
        return _whole(raw[: start * 2].decode("utf-16-le") + shown, drawn, width, lines)
    return _whole(text, drawn, width, lines)


def _whole(text: str, font: QFont, width: int, lines: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    height = QFontMetricsF(font).lineSpacing()
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        # An elided last line must not be broken again, however the letters round off.
        line.setLineWidth(width if number < lines - 1 else width + 40)
        line.setPosition(QPointF(0, number * height))
    layout.endLayout()
    return layout


def _lay_out(text: str, font: QFont, width: int, lines: int) -> QTextLayout:
    """Lay text out in at most so many lines, with dots where it does not fit."""
    return _lay_out_cached(text.replace("\n", " "), font.toString(), max(width, 20), max(lines, 1))


def _ranges(layout: QTextLayout, text: str, marks: Sequence[tuple[int, int]]) -> list[QRectF]:
    """Return where code points `marks` of `text` stand, one rectangle for each line they touch."""
    rects: list[QRectF] = []
    for start, end in marks:
        first = len(text[:start].encode("utf-16-le")) // 2
        last = first + len(text[start:end].encode("utf-16-le")) // 2
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            a = max(first, line.textStart())
            b = min(last, line.textStart() + line.textLength())
            if a < b:
                left, right = _x(line, a), _x(line, b)
                rects.append(QRectF(left - 1, line.y(), right - left + 2, line.height()))
    return rects


def _x(line: QTextLine, place: int) -> float:
    found: object = line.cursorToX(place)  # PySide returns the place it was asked for beside it
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
