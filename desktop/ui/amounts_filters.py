"""The filters above the chart of amounts: kind, unit, from, to, and an actor of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.i18n import _, format_number, kind_name
from desktop.library.amount_counts import UnitCount
from desktop.model import AMOUNT_KINDS, MentionKind
from desktop.ui.amounts_words import unit_name

_TYPED_MS = 350  # after the last key, what was typed holds


class AmountsFilters(QWidget):
    """What a person chooses. The choices come with their counts; what is chosen stays though it has none.

    Signals:
        changed: something else is wanted.
        names_wanted: the beginning of an actor's name, to be completed.
    """

    changed = Signal()
    names_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(objectName="amountsFilters")
        self._kinds = QComboBox(objectName="amountKind")
        self._kinds.setAccessibleName(_("Kind of amount"))
        self._units = QComboBox(objectName="amountUnit")
        self._units.setAccessibleName(_("Unit"))
        for box in (self._kinds, self._units):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaxVisibleItems(20)
        self._low = self._field("amountFrom", _("from"), _("Amounts from"), 110)
        self._high = self._field("amountTo", _("to"), _("Amounts up to"), 110)
        self._actor = self._field("amountActor", _("Actor in the sentence"), _("Actor in the sentence"), 200)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_typed)
        self._actor.setCompleter(completer)
        self._actor.textEdited.connect(self.names_wanted.emit)
        self._clear = QPushButton(_("Clear filter"), objectName="clearFilter", flat=True)
        self._clear.clicked.connect(self.clear)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._on_typed)
        self._counts: list[UnitCount] = []
        self._kind, self._unit = MentionKind.MONEY, ""
        self._told = self._state()
        self._kinds.activated.connect(self._on_kind)
        self._units.activated.connect(self._on_unit)
        self._lay_out()
        self._fill()

    def _field(self, name: str, hint: str, words: str, width: int) -> QLineEdit:
        field = QLineEdit(objectName=name, placeholderText=hint, clearButtonEnabled=False)
        field.setAccessibleName(words)
        field.setFixedWidth(width)
        field.textEdited.connect(lambda _text: self._typed.start())
        field.returnPressed.connect(self._on_typed)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        dash = QLabel("–")
        dash.setProperty("role", "dim")
        for widget in (self._kinds, self._units, self._low, dash, self._high, self._actor, self._clear):
            row.addWidget(widget)
        row.addStretch(1)

    # What is chosen

    @property
    def kind(self) -> MentionKind:
        """Return the kind that is chosen."""
        return self._kind

    @property
    def dimension(self) -> str | None:
        """Return the unit that is chosen; None = all, or the most frequent one of what is no money."""
        return self._unit or None

    @property
    def low(self) -> str:
        """Return the lower end as typed."""
        return self._low.text()

    @property
    def high(self) -> str:
        """Return the upper end as typed."""
        return self._high.text()

    @property
    def actor(self) -> str:
        """Return the actor as typed."""
        return self._actor.text()

    @property
    def is_narrow(self) -> bool:
        """Tell whether more would be shown without the filters, the kind apart."""
        return any(part.strip() for part in (self._unit, self.low, self.high, self.actor))

    def _state(self) -> tuple[object, ...]:
        fields = (self._low, self._high, self._actor)
        return (self._kind, self._unit, *(field.text().strip() for field in fields))

    @Slot()
    def clear(self) -> None:
        """Want everything of this kind."""
        for field in (self._low, self._high, self._actor):
            field.clear()
        self._unit = ""
        self._fill()
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        self._typed.stop()
        state = self._state()
        self._clear.setVisible(self.is_narrow)
        if state != self._told:
            self._told = state
            self.changed.emit()

    @Slot(int)
    def _on_kind(self, number: int) -> None:
        self._kind = MentionKind(self._kinds.itemData(number))
        self._unit = ""
        self._fill()
        self._on_typed()

    @Slot(int)
    def _on_unit(self, number: int) -> None:
        self._unit = self._units.itemData(number)
        self._on_typed()

    # What there is to choose

    def show_choices(self, counts: Sequence[UnitCount]) -> None:
        """Offer these kinds and units."""
        self._counts = list(counts)
        self._fill()

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these completions of the actor's name."""
        self._names.setStringList(list(names))
        if names and self._actor.hasFocus() and list(names) != [self.actor]:
            self._actor.completer().complete()

    def show_unread(self, unread: frozenset[str]) -> None:
        """Mark the fields that hold what cannot be read as an amount."""
        for name, field in (("low", self._low), ("high", self._high)):
            wrong = name in unread
            if field.property("wrong") != wrong:
                field.setProperty("wrong", wrong)
                field.style().unpolish(field)
                field.style().polish(field)
            field.setToolTip(_("Not an amount: try “10 mln” or “2.5 GW”") if wrong else "")

    def _fill(self) -> None:
        totals = {kind: sum(one.count for one in self._counts if one.kind is kind) for kind in AMOUNT_KINDS}
        kinds = [kind for kind in AMOUNT_KINDS if totals[kind] or kind is self._kind]
        _set_items(
            self._kinds,
            [(kind.value, _counted(kind_name(kind, many=True), totals[kind])) for kind in kinds],
            self._kind.value,
        )
        of_kind = [one for one in self._counts if one.kind is self._kind]
        items = [(one.dimension, _counted(unit_name(one.kind, one.dimension), one.count)) for one in of_kind]
        if self._kind is MentionKind.MONEY:
            items.insert(0, ("", _("All currencies")))
        if self._unit and self._unit not in (one.dimension for one in of_kind):
            items.append((self._unit, unit_name(self._kind, self._unit)))
        _set_items(self._units, items, self._unit)
        self._units.setVisible(len(items) > 1 or bool(self._unit))
        self._clear.setVisible(self.is_narrow)


def _counted(words: str, count: int) -> str:
    return f"{words} · {format_number(count)}" if count else words


def _set_items(box: QComboBox, items: Sequence[tuple[str, str]], chosen: str) -> None:
    """Fill a box, unless it holds just that: an open list is not pulled away under the pointer."""
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != list(items):
        box.clear()
        for data, words in items:
            box.addItem(words, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))
