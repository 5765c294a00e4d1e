"""The keys of reading and annotating, for where no action of the window has them already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.model import COLOURS

if TYPE_CHECKING:
    from desktop.ui.document_pane import DocumentPane


def _meaning(pane: DocumentPane) -> dict[Qt.Key, Callable[[], object]]:
    keys = Qt.Key
    return {
        keys.Key_N: pane.steps.next_mention,
        keys.Key_P: pane.steps.previous_mention,
        keys.Key_H: pane.steps.next_highlight,
        keys.Key_M: pane.annotating.add_note,
        keys.Key_Q: pane.annotating.copy_quote,
        keys.Key_I: pane.show_card,
        keys.Key_Delete: pane.annotating.delete_highlight,
        keys.Key_Backspace: pane.annotating.delete_highlight,  # the delete key of a Mac
        keys.Key_Escape: pane.step_back,
        keys.Key_Return: pane.activate,
        keys.Key_Enter: pane.activate,
    }


_SHIFTED: dict[Qt.Key, Callable[[DocumentPane], object]] = {
    Qt.Key.Key_H: lambda pane: pane.steps.previous_highlight(),
    Qt.Key.Key_M: lambda pane: pane.annotating.note_on_article(),
}


def act_on(pane: DocumentPane, event: QKeyEvent) -> bool:
    """Do what a key means in the pane; False when it means nothing there."""
    key = event.key()
    if event.matches(QKeySequence.StandardKey.Find):
        pane.open_find()
    elif key == Qt.Key.Key_F3 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
        pane.finding.go_back()
    elif key == Qt.Key.Key_F3:
        pane.finding.go_on()
    elif event.modifiers() == Qt.KeyboardModifier.ShiftModifier and key in _SHIFTED:
        _SHIFTED[Qt.Key(key)](pane)
    elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + COLOURS:
        pane.annotating.highlight(key - Qt.Key.Key_0)
    elif (does := _meaning(pane).get(Qt.Key(key))) is not None:
        does()
    else:
        return False
    return True
