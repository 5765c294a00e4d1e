"""What an actor is called."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model import Actor
from desktop.ui.theme import Theme

_WIDTH = 420  # pixels, at least


class RenameDialog(QDialog):
    """One field.

    Signals:
        given: the new name.
    """

    given = Signal(object)

    def __init__(self, actor: Actor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("renameDialog")
        self._name = actor.name
        self.setWindowTitle(_("Rename actor"))
        self.setMinimumWidth(_WIDTH)
        intro = QLabel(_("“{words}” is called:").format(words=actor.name), wordWrap=True)
        self._field = QLineEdit(actor.name, objectName="renameField")
        self._field.setAccessibleName(_("Name"))
        self._field.setFont(theme.font("large"))
        self._field.selectAll()
        intro.setBuddy(self._field)
        hint = QLabel(
            _("The articles keep the words they have; lists and cards show this name."), wordWrap=True
        )
        hint.setProperty("role", "dim")
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Rename"))
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        for part in (intro, self._field, hint, buttons):
            layout.addWidget(part)
        self._field.textChanged.connect(self._check)
        self._check()

    @property
    def _given(self) -> str:
        return " ".join(self._field.text().split())

    @Slot()
    def _check(self) -> None:
        is_name = any(letter.isalnum() for letter in self._given)
        self._ok.setEnabled(is_name and self._given != self._name)

    @Slot()
    def _give(self) -> None:
        if self._ok.isEnabled():
            self.given.emit(self._given)
            self.accept()
