"""How the window looks: theme, how articles are set, zoom, which marks are shown. Kept as settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop.i18n import _
from desktop.model import ArticleId
from desktop.settings import Settings
from desktop.ui.appearance import Appearance
from desktop.ui.marks import MarkGroup
from desktop.ui.typefaces import STYLE_SETTINGS, ReadingStyle

#: the settings that show or hide marks, and what each shows
MARKS = {f"mark_{group.value}": group for group in MarkGroup if group is not MarkGroup.HIT}
ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)  #: sizes of the text, per cent
_MOST_ZOOMS = 500  # articles whose zoom is remembered


def theme_name(theme: str) -> str:
    """Return the words for a theme."""
    names = {"system": _("As the system"), "light": _("Light"), "sepia": _("Sepia"), "dark": _("Dark")}
    return names[theme]


class Look(QObject):
    """Steps through sizes, chooses themes, shows and hides marks.

    Signals:
        zoomed: the size of the text of the article that is open, in per cent.
        style_changed: the ReadingStyle articles are set in.
        marks_changed: the name of a setting of MARKS, and whether these marks are shown.
    """

    zoomed = Signal(object)
    style_changed = Signal(object)
    marks_changed = Signal(object, object)

    def __init__(self, settings: Settings, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._appearance = appearance
        self._article: ArticleId | None = None
        self._themes: dict[str, QAction] = {}

    def tell_all(self) -> None:
        """Tell what holds at the beginning."""
        for key in ("typeface", *MARKS):
            self.apply(key)

    @Slot(object)
    def apply(self, key: str) -> None:
        """Bring a setting that was changed into effect."""
        if key in STYLE_SETTINGS:
            self.style_changed.emit(ReadingStyle.of(self._settings))
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

    # The zoom of each article

    def zoom_of(self, article: ArticleId | None) -> int:
        """Return the zoom of an article, in per cent."""
        return self._settings.get("zooms").get(article, 100)

    def follow(self, article: ArticleId | None) -> None:
        """Zoom this article from now on."""
        self._article = article
        self.zoomed.emit(self.zoom_of(article))

    def _zoom_to(self, percent: int) -> None:
        if self._article is None or percent == self.zoom_of(self._article):
            return
        zooms = {key: zoom for key, zoom in self._settings.get("zooms").items() if key != self._article}
        if percent != 100:
            zooms[self._article] = percent
        self._settings.set("zooms", dict(list(zooms.items())[-_MOST_ZOOMS:]))
        self.zoomed.emit(percent)

    @Slot(object)
    def zoom_by(self, steps: int) -> None:
        """Make the text larger (1) or smaller (-1)."""
        now = self.zoom_of(self._article)
        if steps > 0:
            self._zoom_to(next((zoom for zoom in ZOOMS if zoom > now), now))
        else:
            self._zoom_to(next((zoom for zoom in reversed(ZOOMS) if zoom < now), now))

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
        self._zoom_to(100)

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
