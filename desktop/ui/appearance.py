"""Which theme the program wears: the reader's choice, or what the system does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import THEMES, Theme


class Appearance(QObject):
    """Dresses the program and follows the system's light and dark.

    Signals:
        changed: the Theme that is worn from now on.
    """

    changed = Signal(object)

    def __init__(self, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self.theme = Theme.load(self._wanted())
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> str:
        """Return what the reader chose: "system" or a theme's name."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Wear a theme of `THEMES`, or the system's with "system"."""
        self._choice = choice
        self._change()

    def _wanted(self) -> str:
        if self._choice in THEMES:
            return self._choice
        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme is Qt.ColorScheme.Dark else "light"

    @Slot()
    def _follow_system(self) -> None:
        if self._choice == "system":
            self._change()

    def _change(self) -> None:
        wanted = self._wanted()
        if wanted == self.theme.name:
            return
        self.theme = Theme.load(wanted)
        self._dress()
        self.changed.emit(self.theme)

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self.theme.palette())
        app.setStyleSheet(self.theme.stylesheet())
