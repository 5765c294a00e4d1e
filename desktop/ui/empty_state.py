"""What stands in a list that has nothing to show: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme

_WIDEST = 460  # pixels, in a wide place


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why there is nothing, what can be done, and buttons for it: (name, text)."""

    heading: str
    lines: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()


def in_the_middle(state: EmptyState) -> QWidget:
    """Return a wide place with this in its middle, no wider than a list."""
    place = QWidget(objectName="emptyPlace")
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    state.setMaximumWidth(_WIDEST)
    row.addStretch(1)
    row.addWidget(state, 2)
    row.addStretch(1)
    return place


class EmptyState(QWidget):
    """Teaches.

    Signals:
        wanted: the name of the button that was pressed.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._heading = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._text = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._text.setProperty("role", "dim")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 32, 24, 32)
        self._layout.setSpacing(10)
        self._layout.addStretch(2)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self._text)
        self._layout.addSpacing(6)
        self._layout.addStretch(3)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._heading.setFont(theme.font("large", weight=600))

    def explain(self, emptiness: Emptiness) -> None:
        """Say this."""
        self._heading.setText(emptiness.heading)
        self._text.setText("\n\n".join(emptiness.lines))
        self._text.setVisible(bool(emptiness.lines))
        self._set_buttons(emptiness.buttons)

    def _set_buttons(self, wanted: Sequence[tuple[str, str]]) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for name, text in wanted:
            button = QPushButton(text, objectName=name)
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            self._layout.insertWidget(self._layout.count() - 1, button)
            self._buttons.append(button)
