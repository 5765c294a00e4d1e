"""How the window looks: theme, size of the text, which marks are shown. Changes are kept as settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.settings import Settings
from desktop.ui.appearance import Appearance
from desktop.ui.settings_dialog import ZOOMS, theme_name

MARKS = ("mark_names", "mark_amounts", "mark_dates")


class Look(QObject):
    """Steps through sizes, chooses themes, shows and hides marks.

    Signals:
        zoomed: the size of the text in per cent.
        marks_changed: the name of a setting of MARKS, and whether these marks are shown.
    """

    zoomed = Signal(object)
    marks_changed = Signal(object, object)

    def __init__(self, settings: Settings, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._appearance = appearance
        self._themes: dict[str, QAction] = {}

    def tell_all(self) -> None:
        """Tell what holds at the beginning."""
        for key in ("zoom", *MARKS):
            self.apply(key)

    @Slot(object)
    def apply(self, key: str) -> None:
        """Bring a setting that was changed into effect."""
        if key == "zoom":
            self.zoomed.emit(self._settings.get("zoom"))
        elif key in MARKS:
            self.marks_changed.emit(key, self._settings.get(key))
        elif key == "theme":
            self._appearance.choose(self._settings.get("theme"))
            self._check_theme()

    def _set(self, key: str, value: object) -> None:
        self._settings.set(key, value)
        self.apply(key)

    def show_marks(self, key: str, shown: bool) -> None:
        """Show or hide a group of marks of MARKS."""
        self._set(key, shown)

    @Slot(object)
    def zoom_by(self, steps: int) -> None:
        """Make the text larger (1) or smaller (-1)."""
        now = self._settings.get("zoom")
        if steps > 0:
            self._set("zoom", next((zoom for zoom in ZOOMS if zoom > now), now))
        else:
            self._set("zoom", next((zoom for zoom in reversed(ZOOMS) if zoom < now), now))

    @Slot()
    def zoom_in(self) -> None:
        """Make the text larger."""
        self.zoom_by(1)

    @Slot()
    def zoom_out(self) -> None:
        """Make the text smaller."""
        self.zoom_by(-1)

    @Slot()
    def zoom_reset(self) -> None:
        """Give the text its own size."""
        self._set("zoom", 100)

    def fill_theme_menu(self, menu: QMenu) -> None:
        """Put the themes in a menu."""
        group = QActionGroup(menu)
        for name in ("system", "light", "sepia", "dark"):
            action = QAction(theme_name(name), group, checkable=True)
            action.triggered.connect(lambda _checked=False, name=name: self._set("theme", name))
            menu.addAction(action)
            self._themes[name] = action
        self._check_theme()

    def _check_theme(self) -> None:
        if self._themes:
            self._themes[self._settings.get("theme")].setChecked(True)
