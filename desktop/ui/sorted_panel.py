"""A list of the side panel with a choice of orders above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.model import Mention
from desktop.ui.icons import icon
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window


class SortedPanel(QWidget):
    """Base of the lists with an order: says what `lines_of` an article are in each.

    Signals:
        order_chosen: the name of the order that was chosen.
    """

    order_chosen = Signal(object)

    def __init__(self, lines: PanelList, orders: Mapping[str, str]) -> None:
        super().__init__()
        self.list = lines
        self._orders = dict(orders)
        self._order = next(iter(orders))
        self._opened: OpenedArticle | None = None
        self._button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._button.setIcon(icon("caret-down"))
        self._button.setObjectName(f"{lines.objectName()}Order")
        self._menu = QMenu(self)
        self._button.setMenu(self._menu)
        self._count = QLabel()
        self._count.setProperty("role", "dim")
        group = QActionGroup(self)
        self._choices: dict[str, QAction] = {}
        for name, words in orders.items():
            action = QAction(words, group, checkable=True, checked=name == self._order)
            action.triggered.connect(lambda _checked=False, name=name: self._choose(name))
            self._menu.addAction(action)
            self._choices[name] = action
        self._head = QWidget(objectName="panelHead")
        head = QHBoxLayout(self._head)
        head.setContentsMargins(14, 4, 6, 4)
        head.addWidget(self._count, 1)
        head.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.list)
        self._head.hide()
        self._name_order()

    def lines_of(self, opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
        """Return the lines of an article in this order."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.list.set_theme(theme)

    def set_order(self, order: str) -> None:
        """Sort otherwise."""
        self._order = order
        self._choices[order].setChecked(True)
        self._name_order()
        if self._opened is not None:
            self.show_article(self._opened)

    def _choose(self, order: str) -> None:
        self.set_order(order)
        self.order_chosen.emit(order)

    def mention(self, key: str) -> Mention | None:
        """Return the mention that a row stands for."""
        mentions = self._opened.mentions if self._opened else ()
        row = self.list.row(key)
        return next((m for m in mentions if row and (m.start, m.end) in row.places), None)

    def _name_order(self) -> None:
        words = self._orders[self._order]
        self._button.setText(words)
        self._button.setAccessibleName(_("Sorted by: {order}").format(order=words))

    def show_article(self, opened: OpenedArticle) -> None:
        """Show the lines of this article."""
        self._opened = opened
        lines = self.lines_of(opened, self._order)
        self.list.show_lines(lines)
        rows = sum(isinstance(line, PanelRow) for line in lines)
        self._count.setText(self.count_words(rows))
        self._head.setVisible(rows > 0)

    def count_words(self, rows: int) -> str:
        """Return how many there are, in words."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show nothing."""
        self._opened = None
        self._head.hide()
        self.list.show_lines([])
