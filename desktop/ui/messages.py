"""Everything the program says to a person or asks, outside its panels.

The one place with message boxes and file dialogs. News (`tell`) and complaints (`warn`) go to the
window's notice bar and stop nobody; questions (`ask`, `choose_…`) wait for an answer; a bug shows
itself with details to copy. Tests give the window a recorder with the same methods instead.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop import log
from desktop.errors import Problem
from desktop.i18n import _, problem_text

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from desktop.ui.bug_dialog import BugDialog

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the notice bar; with an action ("Undo") or with details to copy."""

    text: str
    warning: bool = False
    details: str = ""
    action: str = ""
    act: Callable[[], object] | None = None
    other: str = ""  #: a second action
    act_other: Callable[[], object] | None = None
    stays: bool = False  #: until it is closed or something else is said


class Messages(QObject):
    """Speaks for the program.

    Signals:
        noticed: a Notice to show in the window.
    """

    noticed = Signal(object)
    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        self._bug: BugDialog | None = None
        self._caught.connect(self.bug)

    # News

    def tell(
        self,
        text: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        other: str = "",
        act_other: Callable[[], object] | None = None,
        stays: bool = False,
    ) -> None:
        """Say what happened; `action` and `other` are words on buttons that call `act` and `act_other`."""
        logger.info("told: %s", text)
        self.noticed.emit(Notice(text, action=action, act=act, other=other, act_other=act_other, stays=stays))

    def warn(self, text: str, details: str = "") -> None:
        """Say what is wrong; it stays until it is closed, with details to copy."""
        logger.info("warned: %s %s", text, details)
        self.noticed.emit(Notice(text, warning=True, details=details))

    @Slot(object)
    def problem(self, problem: Problem) -> None:
        """Say what is wrong with a file or thing."""
        self.warn(problem_text(problem))

    # Questions

    def ask(self, question: str, yes: str, explanation: str = "") -> bool:
        """Ask before something that cannot be undone; `yes` is the word on the button that does it."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Question, "Leeslamp", question, parent=self.window)
        box.setInformativeText(explanation)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is agree

    def choose_files(self, title: str, folder: str, patterns: Sequence[str]) -> list[Path]:
        """Let a person choose files; patterns like "*.txt". An empty list means: changed their mind."""
        from PySide6.QtWidgets import QFileDialog

        kinds = [_("Articles ({patterns})").format(patterns=" ".join(patterns)), _("All files (*)")]
        files, _kind = QFileDialog.getOpenFileNames(self.window, title, folder, ";;".join(kinds))
        return [Path(file) for file in files]

    def open_file(self, title: str, folder: Path, kind: str) -> Path | None:
        """Let a person choose one file; kind like "JSON (*.json)". None: changed their mind."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileName(self.window, title, str(folder), kind)
        return Path(chosen) if chosen else None

    def choose_folder(self, title: str, folder: str) -> Path | None:
        """Let a person choose a folder; None means: changed their mind."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.window, title, folder)
        return Path(chosen) if chosen else None

    def name_folder(self, title: str, suggested: Path) -> Path | None:
        """Let a person name a folder, one that exists or one to be made; None: changed their mind."""
        from PySide6.QtWidgets import QFileDialog

        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _kind = QFileDialog.getSaveFileName(self.window, title, str(suggested), options=options)
        return Path(chosen) if chosen else None

    def save_file(self, title: str, suggested: Path, kind: str) -> Path | None:
        """Let a person choose where to write; kind like "Markdown (*.md)". None: changed their mind."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getSaveFileName(self.window, title, str(suggested), kind)
        return Path(chosen) if chosen else None

    # Bugs

    @Slot(str)
    def bug(self, trace: str) -> None:
        """Show that the program itself is wrong, with details to copy; one window for all of them."""
        from desktop.ui.bug_dialog import BugDialog

        if self._bug is None:
            self._bug = BugDialog(self.window)
            self._bug.finished.connect(self._forget_bug)
            self._bug.show()
        self._bug.show_details(log.details(trace))

    @Slot()
    def _forget_bug(self) -> None:
        if self._bug is not None:
            self._bug.deleteLater()
            self._bug = None

    def catch_exceptions(self) -> None:
        """Show what nobody caught, on whichever thread it happened, instead of losing it."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        import traceback

        text = "".join(traceback.format_exception(kind, error, trace))
        logger.error("not caught: %s", text)
        self._caught.emit(text)
