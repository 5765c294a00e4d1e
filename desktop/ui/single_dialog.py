"""The one dialog of its kind that a window has open."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog

D = TypeVar("D", bound=QDialog)


class SingleDialog(Generic[D]):
    """Holds a dialog while it is open, so that who asks for it again gets this one in front."""

    def __init__(self) -> None:
        self.shown: D | None = None  #: the one that is open

    def comes_forward(self) -> bool:
        """Bring the open one to the front; False where none is open."""
        if self.shown is not None:
            self.shown.activateWindow()
        return self.shown is not None

    def hold(self, dialog: D) -> D:
        """Hold this one, which is to be shown now, until it is closed."""
        self.shown = dialog
        dialog.finished.connect(self._forget)
        return dialog

    def close(self) -> None:
        """Close what is open: the library is another one."""
        if self.shown is not None:
            self.shown.close()

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None
