"""The filters above the table of notes: words, colour, tag, actor, state, dates; and how it is grouped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPushButton, QWidget

from desktop.i18n import _, format_number
from desktop.library.note_table import Grouping, NoteCounts, Order
from desktop.model import COLOURS, AnchorState
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.notes_words import grouping_name, order_name, state_name
from desktop.ui.selection_bar import colour_name

if TYPE_CHECKING:
    from desktop.tasks.browse_notes import Question

_TYPED_MS = 200  # after the last key, what was typed holds


class NotesFilters(QWidget):
    """What a person chooses. The choices come with their counts; what is chosen stays though it has none.

    Signals:
        changed: something else is wanted.
        arranged: the Order and Grouping were chosen.
        names_wanted: the beginning of an actor's name, to be completed.
        left: Escape or Down in the words: to the table.
    """

    changed = Signal()
    arranged = Signal(object, object)
    names_wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="notesFilters")
        self._words = self._field("notesWords", _("Search in quote and note"), 220)
        self._words.setClearButtonEnabled(True)
        self._colours = self._box("notesColour", _("Colour"))
        self._tags = self._box("notesTag", _("Tag"))
        self._actor = self._field("notesActor", _("Actor in the quote"), 170)
        self._states = self._box("notesState", _("Where the passage stands"))
        self._noted = self._box("notesNoted", _("With or without words of your own"))
        self._made = self._field("notesMade", _("Date of note"), 130)
        self._dated = self._field("notesDated", _("Date of article"), 130)
        self._grouping = self._box("notesGrouping", _("Grouping"))
        self._order = self._box("notesOrder", _("Sorting"))
        self._clear = QPushButton(_("Clear filter"), objectName="clearFilter", flat=True)
        self._clear.clicked.connect(self.clear)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_typed)
        self._actor.setCompleter(completer)
        self._actor.textEdited.connect(self.names_wanted.emit)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._on_typed)
        self._lay_out()
        for box in (self._colours, self._tags, self._states, self._noted):
            box.activated.connect(self._on_typed)
        for box in (self._grouping, self._order):
            box.activated.connect(lambda _number: self.arranged.emit(self.order, self.grouping))
        self.show_counts(NoteCounts())
        _set_items(self._noted, [(None, _("With and without note")), (True, _("With note")),
                                 (False, _("Highlight only"))])  # fmt: skip
        _set_items(self._grouping, [(one, grouping_name(one)) for one in Grouping])
        _set_items(self._order, [(one, order_name(one)) for one in Order])
        self._told = self._state()
        self._clear.hide()

    def _field(self, name: str, hint: str, width: int) -> QLineEdit:
        field = QLineEdit(objectName=name, placeholderText=hint)
        field.setAccessibleName(hint)
        field.setFixedWidth(width)
        field.textEdited.connect(lambda _text: self._typed.start())
        field.textChanged.connect(lambda text: None if text else self._typed.start())
        field.returnPressed.connect(self._on_typed)
        return field

    def _box(self, name: str, words: str) -> QComboBox:
        box = QComboBox(objectName=name)
        box.setAccessibleName(words)
        box.setToolTip(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaxVisibleItems(20)
        box.setMaximumWidth(260)
        return box

    def _lay_out(self) -> None:
        row = FlowLayout(self)
        for widget in (
            *(self._words, self._colours, self._tags, self._actor, self._states, self._noted),
            *(self._made, self._dated, self._grouping, self._order, self._clear),
        ):
            row.addWidget(widget)

    # What is chosen

    @property
    def grouping(self) -> Grouping:
        """Return what notes are grouped by."""
        return Grouping(self._grouping.currentData())

    @property
    def order(self) -> Order:
        """Return how notes are sorted."""
        return Order(self._order.currentData())

    def arrange(self, order: Order, grouping: Grouping) -> None:
        """Show this order and grouping, without telling so."""
        self._order.setCurrentIndex(self._order.findData(order))
        self._grouping.setCurrentIndex(self._grouping.findData(grouping))

    def question(self, query: str) -> Question:
        """Return what is wanted of what a query finds."""
        from desktop.tasks.browse_notes import Question

        return Question(
            query,
            self._words.text(),
            self._colours.currentData(),
            self._tags.currentData(),
            self._actor.text(),
            self._states.currentData(),
            self._noted.currentData(),
            self._made.text(),
            self._dated.text(),
        )

    @property
    def is_narrow(self) -> bool:
        """Tell whether more would be shown without the filters."""
        return any(part not in ("", None) for part in self._state())

    def _state(self) -> tuple[object, ...]:
        fields = (self._words, self._actor, self._made, self._dated)
        boxes = (self._colours, self._tags, self._states, self._noted)
        return (*(field.text().strip() for field in fields), *(box.currentData() for box in boxes))

    @Slot()
    def clear(self) -> None:
        """Want all notes."""
        for field in (self._words, self._actor, self._made, self._dated):
            field.clear()
        for box in (self._colours, self._tags, self._states, self._noted):
            box.setCurrentIndex(0)
        self._on_typed()
        self.go_to_words()

    @Slot()
    def go_to_words(self) -> None:
        """Be ready for words to be typed."""
        self._words.setFocus()
        self._words.selectAll()

    @Slot()
    def _on_typed(self) -> None:
        self._typed.stop()
        state = self._state()
        self._clear.setVisible(self.is_narrow)
        if state != self._told:
            self._told = state
            self._show_unread()
            self.changed.emit()

    def keyPressEvent(self, event) -> None:
        """Go to the table with Down or Escape."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and self._words.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # What there is to choose

    def show_counts(self, counts: NoteCounts) -> None:
        """Offer these colours, tags and states."""
        colours = [(n, _counted(colour_name(n), counts.colours.get(n, 0))) for n in range(1, COLOURS + 1)]
        _set_items(self._colours, [(None, _("All colours")), *colours])
        tags = [(tag, _counted(f"#{tag}", number)) for tag, number in counts.tags.items()]
        chosen = self._tags.currentData()
        if chosen is not None and chosen not in counts.tags:
            tags.append((chosen, f"#{chosen}"))
        _set_items(self._tags, [(None, _("All tags")), *tags])
        states = [(one, _counted(state_name(one), counts.states.get(one, 0))) for one in AnchorState]
        _set_items(self._states, [(None, _("Wherever the passage is")), *states])

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these completions of the actor's name."""
        self._names.setStringList(list(names))
        if names and self._actor.hasFocus() and list(names) != [self._actor.text()]:
            self._actor.completer().complete()

    def _show_unread(self) -> None:
        """Mark the fields that hold what cannot be read as a date."""
        unread = self.question("").unread
        for name, field in (("made", self._made), ("dated", self._dated)):
            wrong = name in unread
            if field.property("wrong") != wrong:
                field.setProperty("wrong", wrong)
                field.style().unpolish(field)
                field.style().polish(field)
            field.setToolTip(_("Not a date: try “2025”, “2025-03” or “2025-01..2025-06”") if wrong else "")


def _counted(words: str, count: int) -> str:
    return f"{words} · {format_number(count)}" if count else words


def _set_items(box: QComboBox, items: Sequence[tuple[object, str]]) -> None:
    """Fill a box, unless it holds just that: an open list is not pulled away under the pointer."""
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] == list(items):
        return
    chosen = box.currentData()
    box.clear()
    for data, words in items:
        box.addItem(words, data)
    places = [place for place, (data, _words) in enumerate(items) if data == chosen]
    box.setCurrentIndex(places[0] if places else 0)
