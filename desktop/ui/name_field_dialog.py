"""One name to be typed, for what the reader keeps under a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

_WIDTH = 420  # pixels, at least


class NameFieldDialog(QDialog):
    """One field.

    Signals:
        given: the name.
    """

    given = Signal(object)

    def __init__(
        self,
        title: str,
        field: str,
        yes: str,
        name: str = "",
        known: Sequence[str] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """field: what the field is for. yes: what the button says. known: names to choose from."""
        super().__init__(parent)
        self.setObjectName("nameFieldDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._field = QLineEdit(name, objectName="nameField", placeholderText=field)
        self._field.setAccessibleName(field)
        self._field.selectAll()
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._field.setCompleter(completer)
        told = QLabel(hint, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        told.setProperty("role", "dim")
        told.setVisible(bool(hint))
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(yes)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        for part in (self._field, told, buttons):
            layout.addWidget(part)
        self._field.textChanged.connect(self._check)
        self._check()

    @property
    def _name(self) -> str:
        return " ".join(self._field.text().lstrip("# ").split())

    @Slot()
    def _check(self) -> None:
        self._ok.setEnabled(bool(self._name))

    @Slot()
    def _give(self) -> None:
        if self._name:
            self.given.emit(self._name)
            self.accept()
