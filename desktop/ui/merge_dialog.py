"""Which actors are one, and what that one is called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, kind_name, n_
from desktop.model import Actor
from desktop.ui.actor_picker import ActorPicker
from desktop.ui.scope_choice import radio_style
from desktop.ui.theme import Theme

_WIDTH = 460  # pixels, at least


class MergeDialog(QDialog):
    """Of several actors it asks which name stays; of one also with whom it is the same.

    Signals:
        given: (the actors that are one, the Actor among them whose name stays).
    """

    given = Signal(object)

    def __init__(self, actors: Sequence[Actor], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self._actors = list(actors)
        self._choices: list[Actor] = []
        self._turned = False
        self.picker: ActorPicker | None = None
        self.setWindowTitle(_("Merge actors"))
        self.setMinimumWidth(_WIDTH)
        self.setStyleSheet(radio_style(theme))
        self._group = QButtonGroup(self)
        self._names = QVBoxLayout()
        self._names.setSpacing(4)
        self._asked = QLabel(_("The name that stays:"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        if len(actors) == 1:
            self.setWindowTitle(_("Same as…").removesuffix("…"))
            intro = QLabel(_("“{words}” is the same as:").format(words=actors[0].name), wordWrap=True)
            self.picker = ActorPicker(theme, _("Name of a person, organisation, place or event"))
            intro.setBuddy(self.picker.field)
            layout.addWidget(intro)
            layout.addWidget(self.picker, 1)
            self.picker.changed.connect(self._on_picked)
            self.picker.confirmed.connect(self._give)
        layout.addWidget(self._asked)
        layout.addLayout(self._names)
        layout.addSpacing(4)
        layout.addWidget(self._buttons())
        if self.picker is None:
            self._offer(actors)
            self._group.button(0).setFocus()
        else:
            self._on_picked()

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Merge"))
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    def _offer(self, actors: Sequence[Actor]) -> None:
        """Ask which of these names stays; the first one is proposed."""
        self._choices = list(actors)
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._names.removeWidget(button)
            button.deleteLater()
        for number, actor in enumerate(actors):
            button = QRadioButton(_choice_words(actor), checked=number == 0)
            button.clicked.connect(self._on_turned)
            self._group.addButton(button, number)
            self._names.addWidget(button)

    @Slot()
    def _on_turned(self) -> None:
        self._turned = self._group.checkedId() > 0

    @Slot()
    def _on_picked(self) -> None:
        other = self.picker.actor if self.picker is not None else None
        both = [] if other is None else [other, *self._actors]
        if both != self._choices:
            turned = self._turned
            self._offer(both)
            if turned and both:  # once said, the old name stays whoever is chosen
                self._group.button(1).setChecked(True)
        self._asked.setEnabled(bool(both))
        self._ok.setEnabled(bool(both))

    @Slot()
    def _give(self) -> None:
        if self._choices and (self.picker is None or self.picker.is_settled):
            self.given.emit((self._choices, self._choices[self._group.checkedId()]))
            self.accept()


def _choice_words(actor: Actor) -> str:
    facts = [kind_name(actor.kind)]
    if actor.articles:
        facts.append(n_("in {n} article", "in {n} articles", actor.articles))
    return f"{actor.name.replace('&', '&&')} ({', '.join(facts)})"
