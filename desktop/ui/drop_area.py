"""Files and folders dropped on the window, with a sign that they may be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.i18n import _
from desktop.ui.theme import Theme

_MARGIN = 16


class DropArea(QLabel):
    """Covers its window while files are held over it.

    Signals:
        dropped: the paths that were let go.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("dropHint")
        self.setText(_("Drop files or folders to import them"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_theme(theme)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.setFont(theme.font("title"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files, leave everything else to the window."""
        if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if _paths(event.mimeData()):
                event.acceptProposedAction()
                self._cover()
                return True
        elif isinstance(event, QDropEvent):
            self.hide()
            if paths := _paths(event.mimeData()):
                event.acceptProposedAction()
                self.dropped.emit(paths)
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        window = self.parentWidget()
        self.setGeometry(window.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
        self.show()
        self.raise_()


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
