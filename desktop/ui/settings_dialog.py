"""The reader's choices, in pages; each takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.settings import SETTINGS, Settings
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.look import theme_name
from desktop.ui.typefaces import STYLE_SETTINGS, TYPEFACES, typeface_name


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setContentsMargins(20, 20, 20, 20)
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(12)
    return form


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
        self._numbers: dict[str, QSpinBox] = {}
        self._choices: dict[str, QComboBox] = {}
        pages = QTabWidget(objectName="settingsPages")
        pages.setAccessibleName(_("Pages of settings"))
        for words, fill in (
            (_("&General"), self._fill_general),
            (_("&Reading"), self._fill_reading),
            (_("&Marks"), self._fill_marks),
        ):
            page = QWidget()
            fill(_form(page))
            pages.addTab(page, words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(pages)
        layout.addWidget(closing_buttons(self))
        self.setMinimumWidth(560)

    # Pages

    def _fill_general(self, form: QFormLayout) -> None:
        languages = {"system": _("As the system"), "nl": "Nederlands", "en": "English"}
        form.addRow(_("&Language"), self._choice("language", languages))
        hint = QLabel(_("Takes effect when Leeslamp is started again"))
        hint.setProperty("role", "dim")
        form.addRow("", hint)
        themes = {name: theme_name(name) for name in ("system", "light", "sepia", "dark")}
        form.addRow(_("&Theme"), self._choice("theme", themes))
        originals = {"copy": _("Copy into the library"), "reference": _("Only remember where they are")}
        form.addRow(_("Imported &files"), self._choice("originals", originals))
        kept = QLabel(_("Your own files are never changed or deleted, either way"), wordWrap=True)
        kept.setProperty("role", "dim")
        form.addRow("", kept)
        form.addRow(_("Names"), self._flag("names_by_model", _("Let the model read them, in the background")))

    def _fill_reading(self, form: QFormLayout) -> None:
        faces = {face: typeface_name(face) for face in TYPEFACES}
        form.addRow(_("Ty&peface"), self._choice("typeface", faces))
        form.addRow(_("&Size"), self._number("text_size", 8, 32, 1, _(" points")))
        form.addRow(_("Line &height"), self._number("line_height", 110, 240, 5, " %"))
        form.addRow(_("&Width of the column"), self._number("column_width", 40, 120, 5, _(" characters")))
        hint = QLabel(_("The article in the window shows each change at once."))
        hint.setProperty("role", "dim")
        hint.setWordWrap(True)
        form.addRow("", hint)
        reset = QPushButton(_("As &delivered"), objectName="resetStyle")
        reset.setAutoDefault(False)
        reset.clicked.connect(self._reset_style)
        form.addRow("", reset)

    def _fill_marks(self, form: QFormLayout) -> None:
        flags = QVBoxLayout()
        flags.setSpacing(6)
        for key, words in (
            ("mark_person", _("Persons")),
            ("mark_organisation", _("Organisations")),
            ("mark_place", _("Places")),
            ("mark_event", _("Events")),
            ("mark_amount", _("Amounts")),
            ("mark_date", _("Dates")),
            ("mark_other", _("Other names: laws, products, works")),
            ("mark_highlight", _("My highlights")),
        ):
            flags.addWidget(self._flag(key, words))
        form.addRow(_("Mark in the text"), flags)

    # Controls

    def _choice(self, key: str, choices: Mapping[Any, str]) -> QComboBox:
        box = self._choices[key] = QComboBox(objectName=key)
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(self._settings.get(key)))
        box.currentIndexChanged.connect(lambda _index: self._set(key, box.currentData()))
        return box

    def _number(self, key: str, low: int, high: int, step: int, unit: str) -> QSpinBox:
        box = self._numbers[key] = QSpinBox(objectName=key, minimum=low, maximum=high, singleStep=step)
        box.setSuffix(unit)
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        box.setValue(self._settings.get(key))
        box.valueChanged.connect(partial(self._set, key))
        return box

    def _flag(self, key: str, words: str) -> QCheckBox:
        box = QCheckBox(words, objectName=key, checked=self._settings.get(key))
        box.toggled.connect(lambda on: self._set(key, on))
        return box

    def _set(self, key: str, value: object) -> None:
        self._settings.set(key, value)
        self.changed.emit(key)

    @Slot()
    def _reset_style(self) -> None:
        for key in STYLE_SETTINGS:
            value = SETTINGS[key].default
            if key in self._numbers:
                self._numbers[key].setValue(value)
            else:
                self._choices[key].setCurrentIndex(self._choices[key].findData(value))
