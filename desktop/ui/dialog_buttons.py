"""The row of buttons at the foot of a dialog that only shows something."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox


def closing_buttons(dialog: QDialog) -> QDialogButtonBox:
    """Return a row with a button that closes; it is not the default, since nothing is decided here."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    return buttons
