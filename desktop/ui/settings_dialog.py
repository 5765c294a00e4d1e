"""The reader's choices; each takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.dialog_buttons import closing_buttons

ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)  #: sizes of the text, per cent


def theme_name(theme: str) -> str:
    """Return the words for a theme."""
    names = {"system": _("As the system"), "light": _("Light"), "sepia": _("Sepia"), "dark": _("Dark")}
    return names[theme]


class SettingsDialog(QDialog):
    """Shows and changes the settings.

    Signals:
        changed: the name of the setting that was changed.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(_("Settings"))
        self._settings = settings
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        languages = {"system": _("As the system"), "nl": "Nederlands", "en": "English"}
        form.addRow(_("&Language"), self._choice("language", languages))
        hint = QLabel(_("Takes effect when Leeslamp is started again"))
        hint.setProperty("role", "dim")
        form.addRow("", hint)
        themes = {name: theme_name(name) for name in ("system", "light", "sepia", "dark")}
        form.addRow(_("&Theme"), self._choice("theme", themes))
        zooms = {zoom: f"{zoom} %" for zoom in sorted({*ZOOMS, settings.get("zoom")})}
        form.addRow(_("&Size of the text"), self._choice("zoom", zooms))
        marks = QVBoxLayout()
        marks.setSpacing(6)
        for key, words in (
            ("mark_names", _("Persons, organisations, places and events")),
            ("mark_amounts", _("Amounts")),
            ("mark_dates", _("Dates")),
        ):
            marks.addWidget(self._flag(key, words))
        form.addRow(_("Mark in the text"), marks)
        originals = {"copy": _("Copy into the library"), "reference": _("Only remember where they are")}
        form.addRow(_("Imported &files"), self._choice("originals", originals))
        kept = QLabel(_("Your own files are never changed or deleted, either way"), wordWrap=True)
        kept.setProperty("role", "dim")
        form.addRow("", kept)
        form.addRow(_("Names"), self._flag("names_by_model", _("Let the model read them, in the background")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(20)
        layout.addLayout(form)
        layout.addWidget(closing_buttons(self))

    def _choice(self, key: str, choices: Mapping[Any, str]) -> QComboBox:
        box = QComboBox(objectName=key)
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(self._settings.get(key)))
        box.currentIndexChanged.connect(lambda _index: self._set(key, box.currentData()))
        return box

    def _flag(self, key: str, words: str) -> QCheckBox:
        box = QCheckBox(words, objectName=key, checked=self._settings.get(key))
        box.toggled.connect(lambda on: self._set(key, on))
        return box

    def _set(self, key: str, value: object) -> None:
        self._settings.set(key, value)
        self.changed.emit(key)
