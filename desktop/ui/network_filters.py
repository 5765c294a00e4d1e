"""What is chosen above the network: kinds, what counts as together, how many actors, how often."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from desktop.i18n import _, format_number, kind_name
from desktop.model import ACTOR_KINDS, MentionKind
from desktop.tasks.network import FEWEST, MOST, Within
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

_LEAST = (0, 1, 2, 3, 5, 10, 20)  # 0 = as fits
_STEP = 5  # actors
_ICON_ONLY = 34  # pixels of a button without its words
_WIDE = 1100  # pixels from which on the kinds have their names


class NetworkFilters(QWidget):
    """The choices.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="networkFilters")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.kinds: dict[MentionKind, QToolButton] = {}
        for kind in ACTOR_KINDS:
            button = QToolButton(objectName=f"network_{kind.value}", checkable=True, checked=True)
            words = kind_name(kind, many=True)
            button.setText(words)
            button.setToolTip(_("Show: {what}").format(what=words))
            button.setAccessibleName(_("Show: {what}").format(what=words))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(14, 14))
            button.clicked.connect(self._on_kind)
            self.kinds[kind] = button
            row.addWidget(button)
        row.addSpacing(10)
        self.within = self._within_switch(row)
        row.addSpacing(10)
        self._least_label = QLabel(_("At least"))
        self.least = QComboBox(objectName="networkLeast")
        self.least.setAccessibleName(_("Together at least so often"))
        self.least.setToolTip(_("Together at least so often"))
        for number in _LEAST:
            words = _("{n} times").format(n=format_number(number)) if number else _("automatic")
            self.least.addItem(words, number)
        self.least.activated.connect(lambda _index: self.changed.emit())
        row.addWidget(self._least_label)
        row.addWidget(self.least)
        row.addSpacing(10)
        self.most = QSlider(Qt.Orientation.Horizontal, objectName="networkMost")
        self.most.setRange(FEWEST // _STEP, MOST // _STEP)
        self.most.setPageStep(2)
        self.most.setFixedWidth(90)
        self.most.setAccessibleName(_("Number of actors"))
        self.most.setToolTip(_("Number of actors"))
        self._most_label = QLabel()
        for label in (self._least_label, self._most_label):
            label.setProperty("role", "dim")
        self.most.valueChanged.connect(self._on_most)
        row.addWidget(self.most)
        row.addWidget(self._most_label)
        row.addStretch(1)
        self.set_theme(theme)

    def _within_switch(self, row: QHBoxLayout) -> dict[Within, QToolButton]:
        group = QButtonGroup(self)
        buttons: dict[Within, QToolButton] = {}
        texts = ((Within.SENTENCE, _("In one sentence")), (Within.ARTICLE, _("In one article")))
        for within, text in texts:
            button = QToolButton(objectName=f"network_{within.value}", text=text, checkable=True)
            button.setAccessibleName(_("Together: {where}").format(where=text))
            button.clicked.connect(lambda _checked=False: self.changed.emit())
            group.addButton(button)
            buttons[within] = button
            row.addWidget(button)
        buttons[Within.SENTENCE].setChecked(True)
        return buttons

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        for kind, button in self.kinds.items():
            colour = theme.kind_color(kind).name()
            button.setIcon(drawing(KIND_ICONS[kind], colour, 14, self.devicePixelRatioF()))

    def set_choice(self, within: str, most: int) -> None:
        """Show what was chosen the last time, and tell nobody."""
        self.within[Within(within)].setChecked(True)
        self.most.blockSignals(True)
        self.most.setValue(round(most / _STEP))
        self.most.blockSignals(False)
        self._say_most()

    @property
    def chosen_kinds(self) -> frozenset[MentionKind]:
        """Return the kinds to show."""
        return frozenset(kind for kind, button in self.kinds.items() if button.isChecked())

    @property
    def chosen_within(self) -> Within:
        """Return what counts as together."""
        return Within.SENTENCE if self.within[Within.SENTENCE].isChecked() else Within.ARTICLE

    @property
    def chosen_most(self) -> int:
        """Return how many actors to show."""
        return self.most.value() * _STEP

    @property
    def chosen_least(self) -> int:
        """Return how often a pair has to stand together; 0 = as fits."""
        return int(self.least.currentData())

    def widen(self) -> None:
        """Choose everything that narrows nothing."""
        for button in self.kinds.values():
            button.setChecked(True)
        self.least.setCurrentIndex(1)
        self.changed.emit()

    @Slot()
    def _on_kind(self) -> None:
        if not self.chosen_kinds:  # none at all shows nothing: all but the one that was switched off
            sender = self.sender()
            for button in self.kinds.values():
                button.setChecked(button is not sender)
        self.changed.emit()

    @Slot()
    def _on_most(self) -> None:
        self._say_most()
        self.changed.emit()

    def _say_most(self) -> None:
        words = _("{n} actors at most").format(n=format_number(self.chosen_most))
        self._most_label.setText(words)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the kinds' icons need: see `resizeEvent`."""
        names = sum(
            button.sizeHint().width() - _ICON_ONLY
            for button in self.kinds.values()
            if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        least = super().minimumSizeHint()
        return QSize(least.width() - names, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the kinds out where there is no room for them."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        for button in self.kinds.values():
            wide = event.size().width() >= _WIDE
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
