"""The list below the line of time, and how its lines are painted.

All lines are equally high, so that a million of them scroll smoothly.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.i18n import _, format_date
from desktop.library.dates import Dated
from desktop.ui import timeline_words as words
from desktop.ui.icons import drawing
from desktop.ui.sentences import within_sentence
from desktop.ui.theme import Theme
from desktop.ui.timeline_lines import Head
from desktop.ui.timeline_model import LINE, TimelineModel, head_words, origin

_SIDE, _TOP, _BETWEEN = 20, 8, 3  # pixels
_WHEN, _ICON, _ICON_ROOM = 0.16, 14, 26  # share of the width for the date; pixels of the icon and its room
_WHEN_PIXELS = (96, 150)
_BEFORE = 0.4  # of the room for a sentence, what stands before its date


class TimelineDelegate(QStyledItemDelegate):
    """Paints Head and Dated in the theme that is worn."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._plain, self._small = theme.font(), theme.font("small")
        self._strong = theme.font(weight=QFont.Weight.DemiBold)
        self._line = QFontMetricsF(self._strong).lineSpacing()
        self._small_line = QFontMetricsF(self._small).lineSpacing()

    @property
    def height(self) -> int:
        """Return the height of a line in pixels."""
        return round(_TOP * 2 + self._line + self._small_line + _BETWEEN) + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line."""
        line, rect = index.data(LINE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Head):
            self._paint_head(painter, rect, line)
        else:
            self._paint_ground(painter, option)
            if line is None:
                self._paint_waiting(painter, rect)
            else:
                self._paint_dated(painter, rect, line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect, state = self._theme, option.rect, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selection" if selected else "hover"))
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height() - 1), theme.color("accent"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.between("line", "accent", 0.6))
            painter.drawRect(rect.adjusted(3, 0, -1, -2))

    def _paint_head(self, painter: QPainter, rect: QRect, head: Head) -> None:
        """Paint a heading near the lines it belongs to; today is a line right across."""
        theme, (name, counts) = self._theme, head_words(head)
        if head.today:
            middle = rect.center().y()
            painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(rect.left() + _SIDE, middle, rect.right() - _SIDE, middle)
            room = QFontMetricsF(self._strong).horizontalAdvance(name) + 14
            room += QFontMetricsF(self._small).horizontalAdvance(counts) + 24
            painter.fillRect(QRectF(rect.left() + _SIDE, rect.y(), room, rect.height()), theme.color("panel"))
            place = QRectF(rect.adjusted(_SIDE, 0, -_SIDE, 0))
        else:
            place = QRectF(rect.adjusted(_SIDE, rect.height() // 3, -_SIDE, 0))
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("line"))
        middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(self._strong)
        painter.setPen(theme.color("accent" if head.today else "ink"))
        painter.drawText(place, middle_left, name)
        place.setLeft(place.left() + QFontMetricsF(self._strong).horizontalAdvance(name) + 14)
        painter.setFont(self._small)
        painter.setPen(theme.color("dim"))
        painter.drawText(place, middle_left, counts)

    def _paint_waiting(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("track"))
        place = self._words_place(rect)
        for number, share in enumerate((0.6, 0.3)):
            top = place.y() + number * (self._line + _BETWEEN) + 4
            painter.drawRoundedRect(QRectF(place.x(), top, place.width() * share, 8), 4, 4)

    def _words_place(self, rect: QRect) -> QRectF:
        left = _SIDE + self._when_width(rect) + _ICON_ROOM
        return QRectF(rect.adjusted(left, _TOP, -_SIDE, -_TOP))

    def _when_width(self, rect: QRect) -> int:
        return round(min(max(rect.width() * _WHEN, _WHEN_PIXELS[0]), _WHEN_PIXELS[1]))

    def _paint_dated(self, painter: QPainter, rect: QRect, dated: Dated) -> None:
        theme, place = self._theme, self._words_place(rect)
        when = QRectF(rect.x() + _SIDE, place.y(), self._when_width(rect) - 12, self._line)
        self._paint_text(painter, when, words.period_words(dated.period), self._small, "dim")
        picture = "calendar-blank-fill" if dated.words else "file-text"
        colour = theme.color("date" if dated.words else "accent").name()
        icon = drawing(picture, colour, _ICON, painter.device().devicePixelRatioF())
        top = place.y() + (self._line - _ICON) / 2
        painter.drawPixmap(round(place.x() - _ICON_ROOM + 2), round(top), icon)
        first = QRectF(place.x(), place.y(), place.width(), self._line)
        second = QRectF(place.x(), first.bottom() + _BETWEEN, place.width(), self._small_line)
        if dated.words:
            self._paint_sentence(painter, first, dated)
            self._paint_text(painter, second, origin(dated), self._small, "dim")
        else:
            self._paint_text(painter, first, dated.title, self._strong, "ink")
            facts = (_("Article"), format_date(dated.published), dated.source)
            below = "   ".join(fact for fact in facts if fact)
            self._paint_text(painter, second, below, self._small, "dim")

    def _paint_sentence(self, painter: QPainter, place: QRectF, dated: Dated) -> None:
        """Paint the sentence of a mentioned date in one line in which the date itself is always seen."""
        theme, metrics = self._theme, QFontMetricsF(self._plain)
        before, after = within_sentence(dated.before, dated.after)
        lit = metrics.elidedText(dated.words, Qt.TextElideMode.ElideRight, place.width())
        lit_width = metrics.horizontalAdvance(lit)
        after_width = metrics.horizontalAdvance(after)
        room = max(place.width() - lit_width - min(after_width, place.width() * (1 - _BEFORE)), 0)
        if metrics.horizontalAdvance(before) > room:
            before = "…" + metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room)[1:].partition(" ")[2]
        x = place.x() + metrics.horizontalAdvance(before)
        mark = QRectF(x - 1, place.y(), lit_width + 2, place.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hit"))
        painter.drawRoundedRect(mark, 2, 2)
        after = metrics.elidedText(after, Qt.TextElideMode.ElideRight, place.right() - x - lit_width)
        painter.setFont(self._plain)
        painter.setPen(theme.color("ink"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        for left, text in ((place.x(), before), (x, lit), (x + lit_width, after)):
            painter.drawText(QRectF(left, place.y(), place.width(), place.height()), flags, text)

    def _paint_text(self, painter: QPainter, place: QRectF, text: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


class TimelineList(QTableView):
    """Headings and lines; Enter or a double click opens one.

    Signals:
        place_requested: (ArticleId, start, end) of the line.
    """

    place_requested = Signal(object)

    def __init__(self, theme: Theme, model: TimelineModel) -> None:
        super().__init__(objectName="timelineList")
        self.setAccessibleName(_("Articles and dates in the order of time"))
        self._lines = model
        self.setModel(model)
        self._delegate = TimelineDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.verticalHeader().setMinimumSectionSize(self._delegate.height)
        self.verticalHeader().setDefaultSectionSize(self._delegate.height)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row()) if index.isValid() else None
        if isinstance(line, Dated):
            self.place_requested.emit((line.article, line.start, line.end))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here, and searching would read the whole library."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; Home and End go to the first and last line."""
        rows = self._lines.rowCount()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows:
            self._go_to_end(last=event.key() == Qt.Key.Key_End)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _go_to_end(self, *, last: bool) -> None:
        rows = self._lines.rowCount()
        order = range(rows - 1, -1, -1) if last else range(rows)
        chosen = next((row for row in order if not isinstance(self._lines.lines[row], Head)), None)
        if chosen is not None:
            self.setCurrentIndex(self._lines.index(chosen))
            self.scrollToBottom() if last else self.scrollToTop()
