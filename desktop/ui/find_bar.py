"""The bar with which the reader finds words in the article, or goes through the hits of the search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, n_
from desktop.ui.hit_list import HitList
from desktop.ui.sentences import Context
from desktop.ui.short_label import ShortLabel
from desktop.ui.theme import Theme

_NARROW = 440  # pixels: in less, the choices leave their room to the words


class FindBar(QFrame):
    """A field, the count, and the way to the next and previous place.

    Signals:
        wanted_changed: the words to find (str), as they are typed; "" for nothing.
        next_requested, previous_requested: go to that place.
        closed: the bar was closed.
        list_wanted: whether the places are to be listed.
        place_chosen: the number of the place in the list that was chosen, from 0.
        text_wanted: the reader wants to go from the list to the text.
    """

    wanted_changed = Signal(object)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()
    list_wanted = Signal(object)
    place_chosen = Signal(object)
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._field = QLineEdit(self)
        self._field.setObjectName("findField")
        self._field.setPlaceholderText(_("Find in this article"))
        self._field.setAccessibleName(_("Find in this article"))
        self._field.setMinimumWidth(80)
        self._field.setMaximumWidth(360)
        self._field.textChanged.connect(self._on_text)
        self._whole = self._choice("findWhole", _("Word"), _("Only whole words"))
        self._accents = self._choice(
            "findAccents", "é", _("Accents tell letters apart: “café” is not “cafe”")
        )
        self._only_hits = False  # of the search of the library: nothing to type
        self._count = ShortLabel(self)
        self._count.setObjectName("findCount")
        self._count.setAccessibleName(_("Places found"))
        previous = self._button("↑", _("Previous place (Shift+F3)"), self.previous_requested)
        following = self._button("↓", _("Next place (F3)"), self.next_requested)
        close = self._button("✕", _("Close (Esc)"), self.closed)
        self._list = HitList(self)
        self._list.place_chosen.connect(self.place_chosen)
        self._list.text_wanted.connect(self.text_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        column.addLayout(row)
        column.addWidget(self._list)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        row.addSpacing(4)
        row.addWidget(self._whole)
        row.addWidget(self._accents)
        row.addSpacing(8)
        row.addWidget(self._count)
        row.addStretch(1)
        self._lists = self._list_button()
        for button in (self._lists, previous, following, close):
            row.addWidget(button)
        self.setFocusProxy(self._field)
        self.hide()

    def _choice(self, name: str, words: str, explanation: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(words)
        button.setToolTip(explanation)
        button.setAccessibleName(explanation)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(lambda _on: self.wanted_changed.emit(self._field.text()))
        return button

    @property
    def whole_words(self) -> bool:
        """Tell whether only whole words are wanted."""
        return self._whole.isChecked()

    @property
    def accents(self) -> bool:
        """Tell whether accents tell letters apart."""
        return self._accents.isChecked()

    def _button(self, sign: str, name: str, signal) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button

    def _list_button(self) -> QToolButton:
        button = QToolButton(self, objectName="listHits", checkable=True)
        button.setText(_("List"))
        button.setToolTip(_("List all places"))
        button.setAccessibleName(_("List all places"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(self._on_list)
        return button

    @Slot(bool)
    def _on_list(self, shown: bool) -> None:
        self._list.setVisible(shown)
        self.list_wanted.emit(shown)

    @property
    def lists_places(self) -> bool:
        """Tell whether the places are listed."""
        return self._lists.isChecked() and not self.isHidden()

    def set_listing(self, shown: bool) -> None:
        """List the places, or do not."""
        self._lists.setChecked(shown)

    def show_places(self, places: Sequence[Context], current: int | None) -> None:
        """List these; the current one counts from 0, None = none yet."""
        self._list.show_places(places, current)
        self._list.setVisible(bool(places) and self._lists.isChecked())

    def mark_place(self, current: int) -> None:
        """Choose the line of the place that is shown."""
        self._list.mark(current)

    def go_to_list(self) -> None:
        """Put the keyboard in the list."""
        self._list.setFocus()

    @property
    def wanted(self) -> str:
        """Return the words to find; "" while the bar is closed or goes through the hits of the search."""
        return self._field.text() if not self.isHidden() and not self._only_hits else ""

    @property
    def shows_hits(self) -> bool:
        """Tell whether it is open for the hits of the search."""
        return self._only_hits and not self.isHidden()

    def show_hits(self, current: int | None, total: int) -> None:
        """Tell which hit of the search is shown; current counts from 0, None = none yet."""
        if current is None:
            text = n_("{n} hit", "{n} hits", total)
        else:
            n, all_of_them = format_number(current + 1), format_number(total)
            text = _("Hit {n} of {total}").format(n=n, total=all_of_them)
        self._only_hits = True
        self._show_field(False)
        self._say(text, "dim")
        self.show()

    def open(self, words: str = "") -> None:
        """Show the bar, with `words` in its field when there are any, and put the caret there."""
        self._only_hits = False
        self._show_field(True)
        self.show()
        if words:
            with QSignalBlocker(self._field):
                self._field.setText(words)
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted_changed.emit(self._field.text())

    def _show_field(self, shown: bool) -> None:
        self._field.setVisible(shown)
        self._fit()

    def _fit(self) -> None:
        """Show the choices where there is room for them, or they are made."""
        wide = self.width() >= _NARROW
        for choice in (self._whole, self._accents):
            choice.setVisible(not self._only_hits and (wide or choice.isChecked()))
        self._lists.setVisible(wide or self._only_hits or self._lists.isChecked())

    def resizeEvent(self, event) -> None:
        """Make room for the words."""
        super().resizeEvent(event)
        self._fit()

    def set_count(self, current: int | None, total: int) -> None:
        """Tell which of how many places is shown; current counts from 0."""
        if not self._field.text():
            text = ""
        elif total == 0:
            text = _("Not found")
        elif current is None:
            text = n_("{n} place", "{n} places", total)
        else:
            text = _("{n} of {total}").format(n=format_number(current + 1), total=format_number(total))
        self._say(text, "problem" if self._field.text() and not total else "dim")

    def _say(self, text: str, role: str) -> None:
        self._count.setText(text)
        self._count.setProperty("role", role)
        self._count.style().unpolish(self._count)
        self._count.style().polish(self._count)

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._list.set_theme(theme)
        self._list.setStyleSheet(
            f"#hitList {{ background: {theme.color('panel').name()}; border: none; border-radius: 0;"
            f" padding: 0 0 4px 0; outline: none; }}"
        )
        self.setStyleSheet(
            f"#findBar {{ background: {theme.color('panel').name()};"
            f" border: none; border-bottom: 1px solid {theme.color('line').name()}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter go on and back, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if back else self.next_requested).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.wanted_changed.emit(text)
