"""The names an actor goes by, each with the reason why it counts, and a way to say that it does not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.i18n import _, kind_name, n_
from desktop.library.links import NameOfActor
from desktop.library.owners import Reason
from desktop.ui.actor_words import reason_words
from desktop.ui.theme import Theme

_FEW = 5  # names that are shown at first
_OWN = (Reason.OWN, Reason.SPLIT)


class ActorNames(QWidget):
    """Shows the names of one actor.

    Signals:
        split_requested: the NameOfActor that is another actor's.
    """

    split_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="actorNames")
        self._theme = theme
        self._names: Sequence[NameOfActor] = ()
        self._forms = ""
        self._all = False
        self._head = QLabel(_("Names").upper(), objectName="actorNamesHead")
        self._head.setProperty("role", "dim")
        self._written = QLabel(objectName="actorForms", wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._written.setProperty("role", "dim")
        self._place = QWidget()
        self._more = QPushButton(objectName="moreNames", flat=True)
        self._more.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 4)
        column.setSpacing(4)
        for widget in (self._head, self._place, self._more, self._written):
            column.addWidget(widget)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        for label in (self._head, self._written, self._more):
            label.setFont(theme.font("small"))
        self._fill()

    def show_names(self, names: Sequence[NameOfActor], forms: Sequence[str]) -> None:
        """Show these names, and the other ways in which they are written."""
        written = [form for form in forms if form not in {name.name for name in names}]
        told = _("also written: {names}").format(names=", ".join(written)) if written else ""
        if (list(names), told) == (list(self._names), self._forms):
            return
        self._names, self._forms, self._all = list(names), told, False
        self._fill()

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        shown = self._names if self._all else self._names[:_FEW]
        for number, name in enumerate(shown):
            self._add(grid, number, name)
        self.layout().replaceWidget(self._place, fresh)
        self._place.hide()
        self._place.deleteLater()
        self._place = fresh
        hidden = len(self._names) - len(shown)
        self._more.setText(n_("{n} more name", "{n} more names", hidden))
        self._more.setVisible(hidden > 0)
        self._written.setText(self._forms)
        self._written.setVisible(bool(self._forms))

    def _add(self, grid: QGridLayout, number: int, name: NameOfActor) -> None:
        title = QLabel(name.name, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        title.setFont(self._theme.font())
        why = f"{reason_words(name)} · {n_('in {n} article', 'in {n} articles', name.articles)}"
        reason = QLabel(why, textFormat=Qt.TextFormat.PlainText, wordWrap=True, objectName="nameReason")
        reason.setProperty("role", "dim")
        reason.setFont(self._theme.font("small"))
        reason.setContentsMargins(0, 0, 0, 5)
        grid.addWidget(title, number * 2, 0)
        grid.addWidget(reason, number * 2 + 1, 0)
        if name.reason not in _OWN:
            apart = QPushButton(_("Not the same"), flat=True, objectName="notTheSame")
            apart.setFont(self._theme.font("small"))
            apart.setAccessibleName(f"{_('Not the same')}: {name.name}, {kind_name(name.kind)}")
            apart.setToolTip(_("“{name}” becomes an actor of its own again").format(name=name.name))
            apart.clicked.connect(lambda _checked=False, name=name: self.split_requested.emit(name))
            grid.addWidget(apart, number * 2, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
