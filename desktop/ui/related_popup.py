"""The articles that belong with the one at hand, with the reason of each; Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui.related_words import about, reason
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.related import Related

_ONE = Qt.ItemDataRole.UserRole + 1
_WIDTH, _SIDE, _LINES = 620, 12, 4  # pixels; lines of one article
_MOST_SHOWN = 5


class RelatedPopup(QDialog):
    """A list that closes itself when it loses the focus.

    Signals:
        opened: the ArticleId that was chosen.
    """

    opened = Signal(object)

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("relatedPopup")
        self.setWindowTitle(_("Related articles"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QLabel(_("Related to “{title}”").format(title=title), objectName="relatedHead")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setProperty("role", "dim")
        head.setWordWrap(True)
        self._state = QLabel(_("Looking…"), objectName="relatedState", wordWrap=True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget(objectName="relatedList")
        self.list.setAccessibleName(_("Related articles"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.itemClicked.connect(self._open)
        self.list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        for part in (head, self._state, self.list):
            layout.addWidget(part)
        self._room = parent.size()
        width = min(_WIDTH, parent.width() - 40)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.setFixedWidth(width)
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + 80)

    def show_related(self, found: Sequence[Related]) -> None:
        """Show what was found."""
        for one in found:
            item = QListWidgetItem(self.list)
            item.setData(_ONE, one)
            item.setData(Qt.ItemDataRole.DisplayRole, one.article.title)
            spoken = ", ".join(part for part in (one.article.title, about(one), reason(one)) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(reason(one))
        self._state.setVisible(not found)
        self._state.setText(_("No article shares enough with this one: actors, amounts or rare words."))
        self.list.setVisible(bool(found))
        if found:
            shown = min(len(found), _MOST_SHOWN, max((self._room.height() - 200) // self._row, 1))
            self.list.setFixedHeight(shown * self._row + 4)
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self.adjustSize()

    @property
    def _row(self) -> int:
        return max(self.list.sizeHintForRow(0), 1)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        one: Related = item.data(_ONE)
        self.close()
        self.opened.emit(one.article.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current article with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
            self._open(self.list.currentItem())
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Title, when and where, and the reason in up to two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._small = theme.font(weight=QFont.Weight.DemiBold), theme.font("small")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        title, small = QFontMetrics(self._title), QFontMetrics(self._small)
        return QSize(200, title.lineSpacing() + (_LINES - 1) * small.lineSpacing() + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Related = index.data(_ONE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection"))
            painter.drawRoundedRect(option.rect, 4, 4)
        place = option.rect.adjusted(_SIDE, 6, -_SIDE, -6)
        title, small = QFontMetrics(self._title), QFontMetrics(self._small)
        painter.setFont(self._title)
        painter.setPen(self._theme.color("ink"))
        words = title.elidedText(one.article.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place.left(), place.top() + title.ascent(), words)
        painter.setFont(self._small)
        painter.setPen(self._theme.color("dim"))
        place = place.adjusted(0, title.lineSpacing(), 0, 0)
        painter.drawText(place.left(), place.top() + small.ascent(), about(one))
        below = QRect(
            place.left(), place.top() + small.lineSpacing() + 2, place.width(), 2 * small.lineSpacing()
        )
        painter.setPen(self._theme.color("ink"))
        painter.drawText(below, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, reason(one))
        painter.restore()
