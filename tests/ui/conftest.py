"""What tests of the window share: a recorder in place of message boxes and file dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from desktop.errors import Problem
from desktop.i18n import problem_text
from desktop.ui.messages import Notice


class Recorder(QObject):
    """Takes the place of `Messages`: keeps what was said, gives the answers it was told to give."""

    noticed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.window: object = None
        self.told: list[str] = []
        self.warned: list[str] = []
        self.asked: list[str] = []
        self.bugs: list[str] = []
        self.answers: list[Any] = []  # the next question gets the first one

    def tell(self, text: str, *, action: str = "", act: Callable[[], object] | None = None) -> None:
        self.told.append(text)
        self.noticed.emit(Notice(text, action=action, act=act))

    def warn(self, text: str, details: str = "") -> None:
        self.warned.append(text)
        self.noticed.emit(Notice(text, warning=True, details=details))

    def problem(self, problem: Problem) -> None:
        self.warn(problem_text(problem))

    def bug(self, trace: str) -> None:
        self.bugs.append(trace)

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        return self.answers.pop(0)

    def ask(self, question: str, yes: str, explanation: str = "") -> bool:
        return bool(self._answer(question))

    def choose_files(self, title: str, folder: str, patterns: Sequence[str]) -> list[Path]:
        return list(self._answer(title))

    def choose_folder(self, title: str, folder: str) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]

    def save_file(self, title: str, suggested: Path, kind: str) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]


@pytest.fixture
def messages(qapp: object) -> Recorder:
    return Recorder()
