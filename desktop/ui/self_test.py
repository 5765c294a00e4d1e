"""Try what the window needs of Qt, without showing anything: its plugins, typefaces, icons, own words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QFontInfo, QImage, QImageReader
from PySide6.QtWidgets import QApplication, QLabel

from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme
from desktop.ui.typefaces import reading_font

_WORDS = "Leeslamp"
_SIZE = 32  # pixels
_PICTURES = {"svg", "jpeg", "png"}


def try_window() -> str:
    """Paint a text in the typeface of articles, an icon and a theme; return Qt's version.

    Raises RuntimeError that says what is missing.
    """
    _use_no_screen()
    application = QCoreApplication.instance() or QApplication(["leeslamp"])
    _expect(isinstance(application, QApplication), "there is a program without windows already")
    # Off screen on Windows Qt knows no typefaces but those that a program brings along.
    _expect(sys.platform == "win32" or bool(QFontDatabase.families()), "the system has no typefaces")
    theme = Theme.load("light")
    font = reading_font()
    _expect(QFontInfo(font).family() == font.families()[0], f"no typeface {font.families()[0]}")
    label = QLabel(_WORDS)
    label.setFont(font)
    label.setStyleSheet("background: #fff; color: #000")
    _expect(_is_drawn(label.grab().toImage()), "a text is not painted")
    label.deleteLater()
    for name in KIND_ICONS.values():
        drawn = drawing(name, theme.color("ink").name(), _SIZE).toImage()
        _expect(_is_drawn(drawn), f"icon {name} is not painted")
    readable = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    _expect(readable >= _PICTURES, f"pictures that cannot be read: {', '.join(sorted(_PICTURES - readable))}")
    words = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _expect(QTranslator().load("qtbase_nl", words), f"no Dutch words of Qt in {words}")
    return str(qVersion())


def _use_no_screen() -> None:
    """Let Qt paint off screen unless it is told otherwise; a plugin that is missing would end the process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = os.environ["QT_QPA_PLATFORM"].partition(":")[0].partition(";")[0]
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    _expect(any(wanted in file.name for file in folder.glob("*")), f"no plugin {wanted} in {folder}")


def _is_drawn(picture: QImage) -> bool:
    """Tell whether a picture has more than one colour."""
    first = picture.pixel(0, 0)
    return any(picture.pixel(x, y) != first for x in range(picture.width()) for y in range(picture.height()))


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise RuntimeError(otherwise)
