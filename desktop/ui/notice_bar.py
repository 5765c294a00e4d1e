"""The bar at the foot of the window that says what happened, without stopping anyone."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop import log
from desktop.i18n import _
from desktop.ui.icons import icon
from desktop.ui.messages import Notice

_SHOWN_MS = 7000  #: news goes away by itself, a warning does not
_FOOT = 44  #: pixels above the window's lower edge
_GAP = 8  #: pixels between it and what ends above it
_WIDTH = 720  #: at most
_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_ROOM_MS = 150  #: after which the window makes room, or takes it back


class NoticeBar(QFrame):
    """Shows one Notice at a time over the lower edge of its parent; more wait for their turn.

    What stays until it is closed covers nothing: the middle of the window ends above it. Room is made a
    moment later, for that paints the whole window anew, and what the notice tells of was often just painted.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._waiting: deque[Notice] = deque()
        self._spared: list[QWidget] = []
        self._notice: Notice | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self._next)
        self._room = QTimer(self, singleShot=True, interval=_ROOM_MS)
        self._room.timeout.connect(self._make_room)
        self._build()
        self.hide()
        parent.installEventFilter(self)

    def _build(self) -> None:
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton(flat=True, objectName="noticeAction")
        self._action.clicked.connect(self._act)
        self._other = QPushButton(flat=True, objectName="noticeOther")
        self._other.clicked.connect(self._act_other)
        self._copy = QPushButton(flat=True, objectName="noticeCopy")
        self._copy.clicked.connect(self._copy_details)
        self._close = QToolButton(icon=icon("x"), objectName="noticeClose")
        self._close.setAccessibleName(_("Close notice"))
        self._close.setToolTip(_("Close notice"))
        self._close.clicked.connect(self._next)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.setSpacing(4)
        for part in (self._text, self._action, self._other, self._copy, self._close):
            layout.addWidget(part)

    def spare(self, widget: QWidget) -> None:
        """Stand above this widget where it would be covered: somebody writes in it."""
        self._spared.append(widget)
        widget.installEventFilter(self)

    @property
    def notice(self) -> Notice | None:
        """Return what is shown now."""
        return self._notice

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice; news gives way at once, a warning stays until it is closed.

        Of the news that waits behind a warning only the last is shown: what it offers to undo is the last.
        """
        if self._notice is not None and self._notice.warning:
            if not notice.warning:
                self._waiting = deque(one for one in self._waiting if one.warning)
            self._waiting.append(notice)
            return
        self._show(notice)

    def _show(self, notice: Notice) -> None:
        self._notice = notice
        self._text.setText(notice.text)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self._other.setText(notice.other)
        self._other.setVisible(bool(notice.other))
        self._copy.setText(_("Copy details"))
        self._copy.setVisible(notice.warning)
        self.setProperty("kind", "warn" if notice.warning else "tell")
        self.style().unpolish(self)
        self.style().polish(self)
        self._place()
        self.show()
        self.raise_()
        if notice.warning or notice.stays:
            self._timer.stop()
        else:
            self._timer.start()
        self._announce(notice.text)

    def _announce(self, text: str) -> None:
        """Let screen readers say it."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def _next(self) -> None:
        self._timer.stop()
        self._notice = None
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self.hide()
            self._room.start()

    def withdraw(self, text: str) -> None:
        """Take away a notice that holds no longer, if it is the one that is shown."""
        if self._notice is not None and self._notice.text == text:
            self._next()

    @Slot()
    def _act(self) -> None:
        notice = self._notice
        self._next()
        if notice is not None and notice.act is not None:
            notice.act()

    @Slot()
    def _act_other(self) -> None:
        notice = self._notice
        self._next()
        if notice is not None and notice.act_other is not None:
            notice.act_other()

    @Slot()
    def _copy_details(self) -> None:
        if self._notice is not None:
            QGuiApplication.clipboard().setText(log.details(f"{self._notice.text}\n{self._notice.details}"))
            self._copy.setText(_("Copied"))

    def _place(self) -> None:
        parent = self.parentWidget()
        assert parent is not None
        width = min(_WIDTH, parent.width() - 32, self._natural_width())
        self.setFixedWidth(width)
        height = max(self.layout().heightForWidth(width), self.layout().minimumSize().height())
        place = QRect((parent.width() - width) // 2, parent.height() - height - _FOOT, width, height)
        for widget in self._spared:
            covered = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
            if widget.isVisible() and covered.intersects(place):
                place.moveBottom(covered.top() - _GAP)
        self.setGeometry(place)
        self._room.start()

    @Slot()
    def _make_room(self) -> None:
        """Let the middle of the window end above a notice that stays."""
        middle = self.parentWidget().centralWidget() if isinstance(self.parentWidget(), QMainWindow) else None
        if middle is not None:
            stays = self._notice is not None and (self._notice.warning or self._notice.stays)
            room = middle.geometry().bottom() + 1 - self.y() + _GAP if stays else 0
            middle.setContentsMargins(0, 0, 0, max(0, room))

    def _natural_width(self) -> int:
        """Return the width in which the notice takes one line."""
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        rest = sum(
            part.sizeHint().width() for part in (self._action, self._other, self._copy) if not part.isHidden()
        )
        return words + rest + self._close.sizeHint().width() + 60

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size, and off what is spared."""
        if event.type() in _MOVING and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while someone reads."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go away a while after."""
        if self._notice is not None and not (self._notice.warning or self._notice.stays):
            self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._next()
        else:
            super().keyPressEvent(event)
