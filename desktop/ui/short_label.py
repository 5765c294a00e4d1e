"""A line of words that ends in dots where there is too little room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ShortLabel(QLabel):
    """Shows its text on one line, shortened to its width; the pointer at rest shows all of it."""

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(text)
        self.setToolTip(text if self.shown != text else "")

    @property
    def shown(self) -> str:
        """Return what is to be seen of the text."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        """Take what room is left."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event) -> None:
        """Tell by the pointer what is not to be seen."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown != self.text() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()) | Qt.TextFlag.TextSingleLine.value,
            self.palette(),
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
