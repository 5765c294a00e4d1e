"""Where the window and its splitters were, kept from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter, QTabWidget

from desktop.settings import Settings

_FIRST = (1280, 820)  # pixels, the first time
_SIDE_SHARE, _SIDE_ROOM = 0.24, (270, 350)  # of the window, and pixels: the two outer panes, the first time


def restore(window: QMainWindow, splitter: QSplitter, settings: Settings) -> None:
    """Put everything where it was; on a screen that is there."""
    stored = settings.get("geometry")
    if not stored or not window.restoreGeometry(QByteArray.fromBase64(stored.encode())):
        room = QGuiApplication.primaryScreen().availableSize()
        window.resize(min(_FIRST[0], room.width()), min(_FIRST[1], room.height()))
    stored = settings.get("splitter")
    if not stored or not splitter.restoreState(QByteArray.fromBase64(stored.encode())):
        width = window.width()
        side = min(max(round(width * _SIDE_SHARE), _SIDE_ROOM[0]), _SIDE_ROOM[1])
        splitter.setSizes([side, width - 2 * side, side])


def remember(window: QMainWindow, splitter: QSplitter, tabs: QTabWidget, settings: Settings) -> None:
    """Keep where everything is."""
    settings.set("geometry", bytes(window.saveGeometry().toBase64().data()).decode())
    settings.set("splitter", bytes(splitter.saveState().toBase64().data()).decode())
    settings.set("side_tab", tabs.currentIndex())
