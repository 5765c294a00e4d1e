"""The keys of reading and annotating, for where no action of the window has them already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.model import COLOURS

if TYPE_CHECKING:
    from desktop.ui.document_pane import DocumentPane

_KEYS: dict[Qt.Key, Callable[[DocumentPane], object]] = {
    Qt.Key.Key_N: lambda pane: pane.next_mention(),
    Qt.Key.Key_P: lambda pane: pane.previous_mention(),
    Qt.Key.Key_M: lambda pane: pane.add_note(),
    Qt.Key.Key_I: lambda pane: pane.show_card(),
    Qt.Key.Key_Delete: lambda pane: pane.delete_highlight(),
    Qt.Key.Key_Escape: lambda pane: pane.step_back(),
    Qt.Key.Key_Return: lambda pane: pane.activate(),
    Qt.Key.Key_Enter: lambda pane: pane.activate(),
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
        _KEYS[Qt.Key(key)](pane)
    else:
        return False
    return True
