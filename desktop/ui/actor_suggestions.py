"""Names that may be one actor: a quiet bar that tells, and the list in which a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, kind_name, n_
from desktop.ui.actor_words import suggestion_words
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.browse_actors import Suggestion

_MOST_SHOWN = 60  # rows at once; the next come when these are decided
_WIDEST = 860  # pixels
_ICON = 15


class SuggestionBar(QFrame):
    """Says how many names may belong to another actor.

    Signals:
        opened: the person wants to see them.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="suggestionBar")
        self._words = QLabel(objectName="suggestionCount", textFormat=Qt.TextFormat.PlainText)
        self._words.setProperty("role", "dim")
        self._button = QPushButton(_("Show suggestions"), objectName="showSuggestions", flat=True)
        self._button.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._words)
        row.addWidget(self._button)
        row.addStretch(1)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many there are; nothing for none."""
        self._words.setText(
            n_("{n} name may belong to another actor", "{n} names may belong to another actor", count)
        )
        self.setVisible(count > 0)


class SuggestionList(QScrollArea):
    """Shows suggestions, each with the two answers there are.

    S says that they are the same, N that they are not; up and down go to another one.

    Signals:
        same_chosen, apart_chosen: the Suggestion.
        actor_opened: the ActorId of a name that was clicked.
        left: back to the table.
    """

    same_chosen = Signal(object)
    apart_chosen = Signal(object)
    actor_opened = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="suggestionsPage")
        self.setAccessibleName(_("Names that may be one actor"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._rows: list[SuggestionRow] = []
        place = QWidget(objectName="suggestionsPlace")
        around = QHBoxLayout(place)
        around.setContentsMargins(22, 8, 22, 22)
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        hint = QLabel(
            _(
                "The program is not sure about these. What you say holds in every article, also in those that"
                " come in later, and can be undone. Keys: S same, N not the same."
            ),
            wordWrap=True,
        )
        hint.setProperty("role", "dim")
        self._hint = hint
        self._column.addWidget(hint)
        self._column.addSpacing(8)
        self._empty = EmptyState(theme)
        self._empty.explain(
            Emptiness(
                _("Nothing to decide"),
                (_("Names that may belong to another actor are told here when articles come in."),),
                (("to_actors", _("All actors")),),
            )
        )
        self._empty.wanted.connect(lambda _name: self.left.emit())
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        around.addWidget(inside, 1)
        around.addStretch(0)
        self.setWidget(place)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._empty.set_theme(theme)
        for row in self._rows:
            row.set_theme(theme)

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these; the place of the keyboard stays."""
        shown = list(suggestions[:_MOST_SHOWN])
        if [row.suggestion for row in self._rows] == shown:
            return
        at = next((n for n, row in enumerate(self._rows) if row.isAncestorOf(self._focus())), None)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(suggestion) for suggestion in shown]
        for number, row in enumerate(self._rows):
            self._column.insertWidget(2 + number, row)
        self._empty.setVisible(not shown)
        self._hint.setVisible(bool(shown))
        if at is not None and self.isVisible():
            self.go_to(at)

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self

    def _row(self, suggestion: Suggestion) -> SuggestionRow:
        row = SuggestionRow(suggestion, self._theme)
        row.same.clicked.connect(lambda: self.same_chosen.emit(suggestion))
        row.apart.clicked.connect(lambda: self.apart_chosen.emit(suggestion))
        row.name.clicked.connect(lambda: self.actor_opened.emit(suggestion.short.id))
        return row

    def go_to(self, number: int) -> None:
        """Put the keyboard on a suggestion, or on the last one."""
        if self._rows:
            row = self._rows[min(max(number, 0), len(self._rows) - 1)]
            row.same.setFocus()
            self.ensureWidgetVisible(row)
        elif (button := self._empty.findChild(QPushButton)) is not None:
            button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a letter, go up and down."""
        at = next((n for n, row in enumerate(self._rows) if row.isAncestorOf(self._focus())), None)
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if at is not None and key in steps:
            self.go_to(at + steps[key])
        elif at is not None and event.key() == Qt.Key.Key_S and not event.modifiers():
            self._rows[at].same.click()
        elif at is not None and event.key() == Qt.Key.Key_N and not event.modifiers():
            self._rows[at].apart.click()
        else:
            event.ignore()


class SuggestionRow(QFrame):
    """One suggestion."""

    def __init__(self, suggestion: Suggestion, theme: Theme) -> None:
        super().__init__(objectName="suggestionRow")
        self.suggestion = suggestion
        short = suggestion.short
        why = suggestion_words(suggestion)
        self.name = QPushButton(short.name, flat=True, objectName="suggestionName")
        self.name.setAccessibleName(f"{short.name}, {kind_name(short.kind)}")
        self.name.setIconSize(QSize(_ICON, _ICON))
        articles = n_("in {n} article", "in {n} articles", short.articles)
        self._why = QLabel(why, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._count = QLabel(articles, textFormat=Qt.TextFormat.PlainText)
        self._count.setProperty("role", "dim")
        self.same = QPushButton(_("Same"), objectName="same")
        self.apart = QPushButton(_("Not the same"), objectName="apart")
        for button in (self.same, self.apart):
            button.setAccessibleName(f"{button.text()}: {short.name}, {why}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(10)
        row.addWidget(self.name)
        row.addWidget(self._why, 1)
        row.addWidget(self._count)
        row.addWidget(self.same)
        row.addWidget(self.apart)
        self.set_theme(theme)

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        from PySide6.QtGui import QIcon

        kind = self.suggestion.short.kind
        picture = drawing(KIND_ICONS[kind], theme.kind_color(kind).name(), _ICON, self.devicePixelRatioF())
        self.name.setIcon(QIcon(picture))
        self.name.setFont(theme.font(weight=600))
        self._count.setFont(theme.font("small"))
