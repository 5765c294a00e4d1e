"""What a saved search is called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import _

_WIDTH = 420  # pixels, at least


class SearchNameDialog(QDialog):
    """One field.

    Signals:
        given: the name.
    """

    given = Signal(object)

    def __init__(self, query: str, name: str, *, is_new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchNameDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Save search") if is_new else _("Rename search"))
        self.setMinimumWidth(_WIDTH)
        asked = QLabel(query, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        asked.setProperty("role", "dim")
        self._field = QLineEdit(name, objectName="searchNameField")
        self._field.setAccessibleName(_("Name of the search"))
        self._field.setPlaceholderText(_("Name of the search"))
        self._field.selectAll()
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Save") if is_new else _("Rename"))
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        for part in (self._field, asked, buttons):
            layout.addWidget(part)
        self._field.textChanged.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        self._ok.setEnabled(bool(self._field.text().strip()))

    @Slot()
    def _give(self) -> None:
        if self._ok.isEnabled():
            self.given.emit(self._field.text().strip())
            self.accept()
