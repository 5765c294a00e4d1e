"""The keys of reading and annotating, for where no action of the window has them already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.model import COLOURS

if TYPE_CHECKING:
    from desktop.ui.document_pane import DocumentPane

#: methods of the pane
_KEYS = {
    Qt.Key.Key_N: "next_mention",
    Qt.Key.Key_P: "previous_mention",
    Qt.Key.Key_M: "add_note",
    Qt.Key.Key_I: "show_card",
    Qt.Key.Key_Delete: "delete_highlight",
    Qt.Key.Key_Backspace: "delete_highlight",  # the delete key of a Mac; elsewhere this goes back
    Qt.Key.Key_Escape: "step_back",
    Qt.Key.Key_Return: "activate",
    Qt.Key.Key_Enter: "activate",
}


def act_on(pane: DocumentPane, event: QKeyEvent) -> bool:
    """Do what a key means in the pane; False when it means nothing there."""
    key = event.key()
    if event.matches(QKeySequence.StandardKey.Find):
        pane.open_find()
    elif key == Qt.Key.Key_F3 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
        pane.previous_hit()
    elif key == Qt.Key.Key_F3:
        pane.next_hit()
    elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + COLOURS:
        pane.highlight(key - Qt.Key.Key_0)
    elif key in _KEYS:
        getattr(pane, _KEYS[Qt.Key(key)])()
    else:
        return False
    return True
