"""A field in which one types who is meant, over a list of the actors that match."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.i18n import _, kind_name, n_
from desktop.model import Actor
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.icons import KIND_ICONS
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import PanelRow
from desktop.ui.theme import Theme

_WAIT_MS = 120  # without typing, after which the library is asked
_MOST_ROLES = 2
_HEIGHT = 176  # pixels of the list, at least
_UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ActorPicker(QWidget):
    """Chooses an actor; with `takes_new`, a name that no actor has may stay as it is typed.

    Signals:
        wanted: the text for which actors are wanted; `show_actors` is the answer.
        changed: another actor or text is chosen.
        confirmed: the choice was confirmed, by Enter or a double click.
    """

    wanted = Signal(str)
    changed = Signal()
    confirmed = Signal()

    def __init__(
        self, theme: Theme, words: str, *, takes_new: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._takes_new = takes_new
        self._actors: dict[str, Actor] = {}
        self._is_asked = False
        self.field = QLineEdit(objectName="actorField")
        self.field.setAccessibleName(words)
        self.field.setPlaceholderText(words)
        self.field.setFont(theme.font("large"))
        self.field.installEventFilter(self)
        self.rows = PanelList(theme, "actorChoices", _("Actors that match"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setMinimumHeight(_HEIGHT)
        self._none = EmptyState(theme)
        frame = QFrame(objectName="actorFrame")
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._pages = QStackedLayout(frame)
        self._pages.setContentsMargins(1, 1, 1, 1)
        for page in (self.rows, self._none):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(frame, 1)
        self.setFocusProxy(self.field)
        self._due = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._due.timeout.connect(self._ask)
        self.field.textChanged.connect(self._on_text)
        self.rows.clicked.connect(lambda _index: self.changed.emit())
        self.rows.doubleClicked.connect(lambda _index: self.confirmed.emit())

    def begin(self, text: str = "") -> None:
        """Put this in the field and ask for what matches."""
        self.field.setText(text)
        self.field.selectAll()
        self._ask()

    @property
    def text(self) -> str:
        """Return what is typed."""
        return " ".join(self.field.text().split())

    @property
    def actor(self) -> Actor | None:
        """Return the actor that is chosen."""
        return self._actors.get(self.rows.current_key())

    @Slot()
    def _on_text(self) -> None:
        self._is_asked = True
        self._due.start()
        if self._takes_new:
            self.rows.select_key("")
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        self._due.stop()
        self._is_asked = True
        self.wanted.emit(self.text)

    def show_actors(self, text: str, actors: Sequence[Actor]) -> None:
        """Show who matches a text; an answer to an older question is dropped."""
        if text != self.text:
            return
        self._is_asked = False
        self._actors = {actor.id: actor for actor in actors}
        self.rows.show_lines([_row(actor) for actor in actors])
        if not self._takes_new and actors and self.actor is None:
            self.rows.setCurrentIndex(self.rows.model().index(0, 0))
        self._none.explain(Emptiness(self._nobody(text)))
        self._pages.setCurrentIndex(0 if actors else 1)
        self.changed.emit()

    def _nobody(self, text: str) -> str:
        if self._takes_new and text:
            return _("“{words}” is new").format(words=text)
        return _("Nobody and nothing is called so")

    @property
    def is_settled(self) -> bool:
        """Tell whether the list shows what matches the text."""
        return not self._is_asked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose in the list with the arrows while typing; Enter confirms."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _UP_AND_DOWN:
                self._move(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)

    def _move(self, event: QKeyEvent) -> None:
        if not self.rows.currentIndex().isValid():
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self.rows.setCurrentIndex(self.rows.model().index(0, 0))
        else:
            self.rows.keyPressEvent(event)
        self.changed.emit()


def _row(actor: Actor) -> PanelRow:
    facts = [
        kind_name(actor.kind),
        *list({role.casefold(): role for role in actor.roles}.values())[:_MOST_ROLES],
    ]
    if actor.articles:
        facts.append(n_("in {n} article", "in {n} articles", actor.articles))
    if actor.aliases:
        facts.append(_("also: {names}").format(names=", ".join(actor.aliases[:3])))
    return PanelRow(
        key=actor.id,
        title=actor.name,
        below=(" · ".join(facts),),
        icon=KIND_ICONS[actor.kind],
        role=actor.kind.value,
        kind=kind_name(actor.kind),
    )
