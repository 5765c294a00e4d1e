"""F6 goes from pane to pane, as on every desktop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

#: what gets the focus of a pane at the moment (its list, its text)
Pane = tuple[QWidget, Callable[[], QWidget]]


class PaneCycle(QObject):
    """Knows the panes in order."""

    def __init__(self, panes: list[Pane], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes

    @Slot(object, object)
    def add(self, _name: str, pane: QWidget) -> None:
        """Know one more pane."""
        self._panes.append((pane, lambda: pane))

    @Slot()
    def next_pane(self) -> None:
        """Go to the next pane."""
        self._go(1)

    @Slot()
    def previous_pane(self) -> None:
        """Go to the pane before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        shown = [pane for pane in self._panes if pane[0].isVisible()]
        if not shown:
            return
        at = next((number for number, (pane, _wanted) in enumerate(shown) if _has_focus(pane)), None)
        number = (at + by) % len(shown) if at is not None else (0 if by > 0 else -1)
        shown[number][1]().setFocus(Qt.FocusReason.ShortcutFocusReason)


def _has_focus(pane: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))
