"""The typefaces an article can be set in: two that come with the program, two of the system's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop.i18n import _
from desktop.resources import resource
from desktop.settings import SETTINGS, Settings

#: families of each typeface; the first one that is there is used
_FAMILIES = {
    "source_serif": ("Source Serif 4",),
    "source_sans": ("Source Sans 3",),
    "system_serif": ("Noto Serif", "Georgia", "Charter", "Cambria", "DejaVu Serif", "serif"),
    "system_sans": (),
}
_BUNDLED = {"source_serif": "SourceSerif4", "source_sans": "SourceSans3"}
TYPEFACES = tuple(_FAMILIES)


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """How the reader wants an article set, at 100 % zoom."""

    typeface: str = SETTINGS["typeface"].default  #: of `TYPEFACES`
    size: int = SETTINGS["text_size"].default  #: points
    line_height: int = SETTINGS["line_height"].default  #: per cent of the size
    measure: int = SETTINGS["column_width"].default  #: characters on a line, about

    @classmethod
    def of(cls, settings: Settings) -> ReadingStyle:
        """Return the style the reader chose."""
        return cls(*(settings.get(key) for key in STYLE_SETTINGS))


#: the settings that make a `ReadingStyle`, in its order
STYLE_SETTINGS = ("typeface", "text_size", "line_height", "column_width")


def typeface_name(typeface: str) -> str:
    """Return the words for a typeface of `TYPEFACES`."""
    return {
        "source_serif": _("Source Serif"),
        "source_sans": _("Source Sans"),
        "system_serif": _("Serif of the system"),
        "system_sans": _("Sans serif of the system"),
    }[typeface]


@lru_cache
def _load(prefix: str) -> None:
    """Make the files of a bundled typeface known to Qt, at first use."""
    for file in sorted(resource("fonts").glob(f"{prefix}-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def reading_font(style: ReadingStyle | None = None, zoom: float = 1.0) -> QFont:
    """Return the font of an article's text; zoom 1.0 is the reader's 100 %."""
    style = style or ReadingStyle()
    if style.typeface in _BUNDLED:
        _load(_BUNDLED[style.typeface])
    font = QFont()
    serif = style.typeface.endswith("serif")
    families = _FAMILIES[style.typeface] or tuple(
        QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    )
    font.setFamilies(list(families))
    font.setStyleHint(QFont.StyleHint.Serif if serif else QFont.StyleHint.SansSerif)
    font.setPointSizeF(style.size * zoom)
    return font
