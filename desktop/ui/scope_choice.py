"""How far a correction reaches: a choice of radio buttons, the same in every dialog that corrects."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from desktop.model import RuleScope
from desktop.ui.theme import Theme


class ScopeChoice(QVBoxLayout):
    """One button for each scope that is possible, the first one chosen."""

    def __init__(self, words: Mapping[RuleScope, str], chosen: RuleScope = RuleScope.HERE) -> None:
        super().__init__()
        self.setSpacing(4)
        self._group = QButtonGroup(self)
        for scope, text in words.items():
            button = QRadioButton(text, objectName=f"scope_{scope}", checked=scope is chosen)
            self._group.addButton(button, list(RuleScope).index(scope))
            self.addWidget(button)

    @property
    def scope(self) -> RuleScope:
        """Return how far it is to reach."""
        return tuple(RuleScope)[self._group.checkedId()]


def radio_style(theme: Theme) -> str:
    """Return the style sheet of a dialog with radio buttons."""
    edge, dot = theme.between("line", "dim", 0.7).name(), theme.color("accent").name()
    return (
        "QRadioButton::indicator { width: 12px; height: 12px; border-radius: 7px;"
        f" border: 1px solid {edge}; background: {theme.color('field').name()}; }}"
        " QRadioButton::indicator:checked { width: 6px; height: 6px;"
        f" border: 4px solid {dot}; }}"
    )
