"""The window that says that the program itself is wrong."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.dialog_buttons import closing_buttons


class BugDialog(QDialog):
    """Says that the program is wrong, and shows what a report needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bugDialog")
        self.setWindowTitle(_("Something went wrong"))
        self.resize(640, 420)
        says = QLabel(
            _(
                "This is a mistake in Leeslamp, not in what you did. Your articles and notes are safe. "
                "You can go on; if it happens again, please report these details."
            )
        )
        says.setWordWrap(True)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(_("Details"))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = closing_buttons(self)
        copy = buttons.addButton(_("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(16, 16, 16, 16)
        for part in (says, self._text, buttons):
            layout.addWidget(part)

    def show_details(self, details: str) -> None:
        """Add the details of one more problem."""
        before = self._text.toPlainText()
        self._text.setPlainText(f"{before}\n\n{details}".strip())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
