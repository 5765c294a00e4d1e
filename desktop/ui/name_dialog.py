"""What a name in a text is and who: of a mention that is wrong, or of a passage that was not marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, kind_name, n_
from desktop.model import Actor, Mention, MentionKind, RuleScope
from desktop.ui.actor_menu import NAME_ICONS, NAME_KINDS
from desktop.ui.actor_picker import ActorPicker
from desktop.ui.icons import icon
from desktop.ui.scope_choice import ScopeChoice, radio_style
from desktop.ui.sentences import around
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_WIDTH = 500  # pixels of the field, at least


class NameDialog(QDialog):
    """Edits one name.

    Signals:
        given: a NameAnswer.
        rejected_as_none: the RuleScope within which it is no name at all.
        actors_wanted: (text, MentionKind) for which actors are wanted; `show_actors` is the answer.
    """

    given = Signal(object)
    rejected_as_none = Signal(object)
    actors_wanted = Signal(object)

    def __init__(
        self,
        mention: Mention,
        opened: OpenedArticle,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        name: str = "",
        is_new: bool = False,
        who_first: bool = False,
    ) -> None:
        """Edit a mention; name: what a correction everywhere is about, where that is written otherwise.

        is_new: of words that are not marked. who_first: it is someone else than it seems.
        """
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self._mention, self._opened, self._theme = mention, opened, theme
        self._is_new, self._name = is_new, name or mention.text
        title = _("Mark as name") if is_new else _("Someone else") if who_first else _("Correct name")
        self.setWindowTitle(title)
        self.setStyleSheet(radio_style(theme))
        self._picker = ActorPicker(theme, _("Who or what it is"), takes_new=True)
        self._picker.setMinimumWidth(_WIDTH)
        self._scopes = ScopeChoice(self._scope_words())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self._sentence())
        layout.addLayout(self._kinds(mention.kind))
        layout.addWidget(self._picker, 1)
        layout.addSpacing(2)
        layout.addLayout(self._scopes)
        layout.addSpacing(4)
        layout.addWidget(self._buttons())
        self._picker.wanted.connect(lambda text: self.actors_wanted.emit((text, self.kind)))
        self._picker.changed.connect(self._check)
        self._picker.confirmed.connect(self._give)
        self._first = "" if who_first else mention.actor or mention.text
        self._check()
        self._picker.setFocus()

    def begin(self) -> None:
        """Ask for the first actors, now that somebody listens."""
        self._picker.field.setText(self._first)
        self._on_kind()

    # Parts

    def _sentence(self) -> QLabel:
        """Return the words around it, itself bold."""
        mention = self._mention
        text = around(self._opened.version.text, mention.start, mention.end)
        bold = html.escape(" ".join(mention.text.split()))
        words = html.escape(text).replace(bold, f"<b>{bold}</b>", 1)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        label.setFont(self._theme.reading_font(0.85))
        return label

    def _kinds(self, chosen: MentionKind) -> QHBoxLayout:
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, kind in enumerate(NAME_KINDS):
            button = QToolButton(objectName=f"kind_{kind}", checkable=True, checked=kind is chosen)
            words = kind_name(kind) if kind is not MentionKind.OTHER else _("other")
            button.setText(words.capitalize())
            button.setToolTip(_("A law, product or work") if kind is MentionKind.OTHER else "")
            button.setIcon(icon(NAME_ICONS[kind]))
            button.setIconSize(QSize(15, 15))
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # words stay whole
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        self._group.buttonClicked.connect(self._on_kind)
        return row

    def _scope_words(self) -> dict[RuleScope, str]:
        mention = self._mention
        same = (
            self._opened.version.text.count(mention.text)
            if self._is_new
            else sum(
                other.kind is mention.kind and other.text == mention.text for other in self._opened.mentions
            )
        )
        times = n_("{n} time", "{n} times", max(same, 1))
        if self._is_new:
            everywhere = _("The same words everywhere, also in articles to come")
        else:
            everywhere = _("“{name}” everywhere, also in articles to come").format(
                name=self._name.replace("&", "&&")
            )
        return {
            RuleScope.HERE: _("Only here"),
            RuleScope.ARTICLE: _("The same words in this article") + " · " + times,
            RuleScope.EVERYWHERE: everywhere,
        }

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Mark") if self._is_new else _("Correct"))
        if not self._is_new:
            none = buttons.addButton(_("No name"), QDialogButtonBox.ButtonRole.ResetRole)
            none.setObjectName("notAName")
            none.setAutoDefault(False)
            none.clicked.connect(self._reject_as_none)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    # What is chosen

    @property
    def kind(self) -> MentionKind:
        """Return what it is said to be."""
        return NAME_KINDS[self._group.checkedId()]

    def show_actors(self, text: str, actors: Sequence[Actor]) -> None:
        """Show who matches a text."""
        self._picker.show_actors(text, actors)

    @Slot()
    def _on_kind(self) -> None:
        self._picker.setEnabled(self.kind is not MentionKind.OTHER)
        if self._picker.isEnabled():
            self._picker.begin(self._picker.text)
        self._check()

    @Slot()
    def _check(self) -> None:
        named = self.kind is MentionKind.OTHER or self._picker.actor is not None
        self._ok.setEnabled(named or any(letter.isalnum() for letter in self._picker.text))

    @Slot()
    def _give(self) -> None:
        from desktop.tasks.settle_name import NameAnswer

        self._check()
        if not self._ok.isEnabled():
            return
        is_other = self.kind is MentionKind.OTHER
        actor = None if is_other else self._picker.actor
        name = self._mention.text if is_other else actor.name if actor else self._picker.text
        self.given.emit(NameAnswer(self.kind, name, actor, self._scopes.scope))
        self.accept()

    @Slot()
    def _reject_as_none(self) -> None:
        self.rejected_as_none.emit(self._scopes.scope)
        self.accept()
