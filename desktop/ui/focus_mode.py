"""Only the text: everything around it goes, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget


class FocusMode(QObject):
    """Hides what stands around the text, and fills the screen.

    Signals:
        entered: the text is alone now.
        left: everything around it is back.
    """

    entered = Signal()
    left = Signal()

    def __init__(
        self,
        window: QMainWindow,
        action: QAction,
        around: Mapping[QWidget, QAction | None],
        parent: QObject,
    ) -> None:
        """around: what is hidden, with the action that shows and hides it by itself, if there is one."""
        super().__init__(parent)
        self._window = window
        self._action = action
        self._around = around
        self._hidden: list[QWidget] = []
        self._was_state = window.windowState()

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Enter or leave it."""
        if on and not self.is_on:
            self._was_state = self._window.windowState()
            self._hidden = [widget for widget in self._around if widget.isVisibleTo(self._window)]
            self._show(self._hidden, False)
            self._window.setWindowState(self._was_state | Qt.WindowState.WindowFullScreen)
            self.entered.emit()
        elif not on:
            self.leave()
        self._action.setChecked(self.is_on)

    @property
    def is_on(self) -> bool:
        """Say whether the text is alone."""
        return bool(self._hidden)

    @Slot()
    def leave(self) -> None:
        """Bring back what was hidden."""
        if not self.is_on:
            return
        hidden, self._hidden = self._hidden, []
        self._window.setWindowState(self._was_state & ~Qt.WindowState.WindowFullScreen)
        self._show(hidden, True)
        self._action.setChecked(False)
        self.left.emit()

    def _show(self, widgets: Iterable[QWidget], shown: bool) -> None:
        for widget in widgets:
            widget.setVisible(shown)
            if (action := self._around[widget]) is not None:
                action.setChecked(shown)
