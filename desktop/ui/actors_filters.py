"""The filters above the table of actors: words of a name, kind, and in how many articles at least."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.i18n import _, format_number, kind_name
from desktop.model import ACTOR_KINDS, MentionKind
from desktop.ui.icons import KIND_ICONS, icon

_TYPED_MS = 250  # after the last key, what was typed holds
_MOST = 100_000


class ActorsFilters(QWidget):
    """What a person chooses.

    Signals:
        changed: something else is wanted.
        left: the person goes on to the table, by key.
    """

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="actorsFilters")
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._tell)
        self._words = QLineEdit(objectName="actorWords", placeholderText=_("Name or other form"))
        self._words.setAccessibleName(_("Name or other form"))
        self._words.setClearButtonEnabled(True)
        self._words.setFixedWidth(240)
        self._words.textEdited.connect(lambda _text: self._typed.start())
        self._words.textChanged.connect(lambda text: text or self._typed.start())
        self._words.returnPressed.connect(self._on_return)
        self._kinds = QComboBox(objectName="actorKind")
        self._kinds.setAccessibleName(_("Kind of actor"))
        self._kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._kinds.activated.connect(lambda _number: self._tell())
        self._least = QLineEdit("1", objectName="actorLeast")
        self._least.setValidator(QIntValidator(1, _MOST, self))
        self._least.setAccessibleName(_("In at least so many articles"))
        self._least.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._least.setFixedWidth(56)
        self._least.textEdited.connect(lambda _text: self._typed.start())
        self._least.returnPressed.connect(self._on_return)
        label = QLabel(_("&In at least"))
        label.setBuddy(self._least)
        after = QLabel(_("articles"))
        for words in (label, after):
            words.setProperty("role", "dim")
        self._clear = QPushButton(_("Clear filter"), objectName="clearActorFilter", flat=True)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._told: tuple[object, ...] = ("", None, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._words, self._kinds, label, self._least, after, self._clear):
            row.addWidget(widget)
        row.addStretch(1)
        self.show_counts({})

    @property
    def words(self) -> str:
        """Return the words as typed."""
        return self._words.text().strip()

    @property
    def kind(self) -> MentionKind | None:
        """Return the kind that is chosen; None = all."""
        data = self._kinds.currentData()
        return MentionKind(data) if data else None

    @property
    def least(self) -> int:
        """Return in how many articles an actor stands at least."""
        return max(int(self._least.text() or 1), 1)

    @property
    def is_narrow(self) -> bool:
        """Tell whether more would be shown without the filters."""
        return self._state() != ("", None, 1)

    def _state(self) -> tuple[object, ...]:
        return (self.words, self.kind, self.least)

    @Slot()
    def clear(self) -> None:
        """Want every actor."""
        self._words.clear()
        self._kinds.setCurrentIndex(0)
        self._least.setText("1")
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._typed.stop()
        self._clear.setVisible(self.is_narrow)
        if self._state() != self._told:
            self._told = self._state()
            self.changed.emit()

    @Slot()
    def _on_return(self) -> None:
        self._tell()
        self.left.emit()

    def go_to_words(self) -> None:
        """Be ready for the words of a name."""
        self._words.setFocus()
        self._words.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the table with Down."""
        if event.key() == Qt.Key.Key_Down and self._words.hasFocus():
            self._tell()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_counts(self, counts: Mapping[MentionKind, int]) -> None:
        """Offer the kinds with how many there are of each."""
        chosen = self._kinds.currentData() or ""
        items = [("", _counted(_("All kinds"), sum(counts.values())))]
        items += [
            (kind.value, _counted(kind_name(kind, many=True), counts.get(kind, 0))) for kind in ACTOR_KINDS
        ]
        shown = [(self._kinds.itemData(n), self._kinds.itemText(n)) for n in range(self._kinds.count())]
        if shown != items:
            self._kinds.clear()
            for data, words in items:
                if data:
                    self._kinds.addItem(icon(KIND_ICONS[MentionKind(data)]), words, data)
                else:
                    self._kinds.addItem(words, data)
        self._kinds.setCurrentIndex(max(self._kinds.findData(chosen), 0))


def _counted(words: str, count: int) -> str:
    return f"{words} · {format_number(count)}" if count else words
