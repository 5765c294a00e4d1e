"""The row of buttons at the foot of a dialog that only shows something, and what acts at once in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


def closing_buttons(dialog: QDialog) -> QDialogButtonBox:
    """Return a row with a button that closes; it is not the default, since nothing is decided here."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    return buttons


def acting_button(words: str, name: str, does: Callable[[], object]) -> QPushButton:
    """Return a button that does something at once; Enter elsewhere in the dialog does not press it."""
    button = QPushButton(words, objectName=name, autoDefault=False)
    button.clicked.connect(lambda _checked=False: does())
    return button
