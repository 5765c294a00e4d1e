"""All keys on one page, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui.actions import Actions, Menu, keys_of, menu_name, plain_text
from desktop.ui.dialog_buttons import closing_buttons

_COLUMNS = ((Menu.FILE, Menu.EDIT), (Menu.VIEW, Menu.WINDOW, Menu.HELP), (Menu.ARTICLE, Menu.NOTES))


def keys_by_menu(actions: Actions) -> dict[Menu, list[tuple[str, str]]]:
    """Return what each menu's actions are called and which keys they have, those with keys only."""
    found: dict[Menu, list[tuple[str, str]]] = {menu: [] for menu in Menu}
    for row in actions.rows:
        keys = [
            key.toString(QKeySequence.SequenceFormat.NativeText)
            for key in keys_of(row)
            if _is_on_keyboards(key)
        ]
        if keys:
            found[row.menu].append((plain_text(row.text), "   ".join(keys[:2])))
    return found


def _is_on_keyboards(keys: QKeySequence) -> bool:
    """Say whether most keyboards have these keys: not those of browsers, telephones and old Suns."""
    key = keys[0].key()  # type: ignore[index]
    return key < Qt.Key.Key_Back and not Qt.Key.Key_F13 <= key <= Qt.Key.Key_F35


class ShortcutSheet(QDialog):
    """Shows every key; `?` opens it, Escape closes it."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = keys_by_menu(actions)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            for menu in menus:
                column.addLayout(_section(plain_text(menu_name(menu)), keys[menu]))
                column.addSpacing(14)
            column.addStretch()
            columns.addLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.addLayout(columns)
        layout.addWidget(closing_buttons(self))


def _section(title: str, lines: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(3)
    heading = QLabel(title)
    heading.setProperty("role", "heading")
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (words, keys) in enumerate(lines, 1):
        grid.addWidget(QLabel(words), number, 0)
        shown = QLabel(keys)
        shown.setProperty("role", "dim")
        grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignRight)
    return grid
