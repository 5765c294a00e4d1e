"""One filter of the facet bar: a choice with its number, or a filter that is on and can be taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.i18n import _, n_
from desktop.ui import facet_words
from desktop.ui.icons import KIND_ICONS, icon

if TYPE_CHECKING:
    from desktop.search.narrowing import Condition
    from desktop.tasks.facets import FacetValue

_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class FacetChip(QToolButton):
    """A chip.

    Signals:
        included, excluded: the FacetValue on it was asked for, or is to be left out.
        removed: the Condition on it is to go.
        moved: so many chips on (-1 = one back) the keyboard goes.
    """

    included = Signal(object)
    excluded = Signal(object)
    removed = Signal(object)
    moved = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(parent.font())
        self.setIconSize(QSize(11, 11))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.value: FacetValue | None = None
        self.condition: Condition | None = None
        self._control = False
        self.clicked.connect(self._on_click)

    def show_value(self, value: FacetValue) -> None:
        """Offer a choice."""
        self.value, self.condition = value, None
        name = facet_words.value_name(value.field, value.value)
        articles = n_("{n} article", "{n} articles", value.articles)
        self.setText(facet_words.chip_words(value))
        self._show_kind(value.field)
        self.setAccessibleName(f"{facet_words.facet_name(value.facet)}: {name}, {articles}")
        self.setToolTip(
            _("{name}: {articles}\nClick: only these. Ctrl+click: without these.").format(
                name=name, articles=articles
            )
        )
        self._wear("")

    def show_condition(self, condition: Condition) -> None:
        """Show a filter that is on."""
        self.value, self.condition = None, condition
        words = facet_words.condition_name(condition)
        self.setText(facet_words.shortened(words) + "  ×")
        self._show_kind(condition.field)
        self.setAccessibleName(_("Filter {name}: remove").format(name=words))
        self.setToolTip(_("Remove filter “{name}”").format(name=words))
        self._wear("not" if condition.negated else "on")

    def _show_kind(self, field: str) -> None:
        kind = facet_words.FIELD_KINDS.get(field) if self.condition is None and field != "date" else None
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if kind else style.ToolButtonTextOnly)
        if kind:
            self.setIcon(icon(KIND_ICONS[kind]))

    def _wear(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def exclude(self) -> None:
        """Leave out what is on it, or take the filter off."""
        if self.value is not None:
            self.excluded.emit(self.value)
        elif self.condition is not None:
            self.removed.emit(self.condition)

    def _on_click(self) -> None:
        if self.condition is not None:
            self.removed.emit(self.condition)
        elif self.value is not None:
            (self.excluded if self._control else self.included).emit(self.value)
        self._control = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether Ctrl is held."""
        self._control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Delete from what it means in the list of articles."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() in (*_DELETE, *_ENTER):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, take with Enter, leave out with Delete."""
        key = event.key()
        if key in _MOVES or key in _ENDS:
            self.moved.emit(_MOVES.get(Qt.Key(key)) or _ENDS[Qt.Key(key)])
        elif key in _ENTER:
            self._control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self.value is None and self.condition is None:
                self.showMenu()
            else:
                self._on_click()
        elif key in _DELETE:
            self.exclude()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer both ways in a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.value is not None:
            value = self.value
            menu.addAction(_("Only these")).triggered.connect(lambda: self.included.emit(value))
            menu.addAction(_("Without these")).triggered.connect(lambda: self.excluded.emit(value))
        elif self.condition is not None:
            condition = self.condition
            menu.addAction(_("Remove filter")).triggered.connect(lambda: self.removed.emit(condition))
        if menu.actions():
            menu.popup(event.globalPos())
