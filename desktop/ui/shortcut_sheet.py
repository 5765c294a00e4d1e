"""All keys on one page, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui.actions import Actions, Menu, keys_of, menu_name, plain_text
from desktop.ui.dialog_buttons import closing_buttons

#: menus by column, for windows ever narrower
_COLUMNS = (
    ((Menu.FILE, Menu.EDIT), (Menu.VIEW, Menu.WINDOW, Menu.HELP), (Menu.ARTICLE, Menu.NOTES)),
    ((Menu.FILE, Menu.EDIT, Menu.WINDOW, Menu.HELP), (Menu.VIEW, Menu.ARTICLE, Menu.NOTES)),
    (tuple(Menu),),
)
_LEAST = (640, 420)  # pixels: the sheet is no larger than the window, nor smaller than this
_SIDE = 24


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
    rare = Qt.Key.Key_F13 <= key <= Qt.Key.Key_F35 or key == Qt.Key.Key_Help
    return key < Qt.Key.Key_Back and not rare


class ShortcutSheet(QDialog):
    """Shows every key; `?` opens it, Escape closes it. What does not fit in the window is scrolled."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutSheet")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size()
        width, height = max(room.width(), _LEAST[0]), max(room.height(), _LEAST[1])
        area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        bar = area.verticalScrollBar().sizeHint().width()
        keys, around = keys_by_menu(actions), 2 * _SIDE + bar
        for grouped in _COLUMNS:
            sheet = _sheet(keys, grouped)
            if sheet.sizeHint().width() + around <= width:
                break
        area.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, 20, _SIDE, 16)
        layout.addWidget(area)
        buttons = closing_buttons(self)
        layout.addWidget(buttons)
        needed = sheet.sizeHint()
        tall = needed.height() + buttons.sizeHint().height() + layout.spacing() + 36
        self.resize(min(width, needed.width() + around), min(height, tall))
        area.setFocus()  # so that the keys for scrolling work


def _sheet(keys: dict[Menu, list[tuple[str, str]]], grouped: tuple[tuple[Menu, ...], ...]) -> QWidget:
    sheet = QWidget(objectName="shortcuts")
    columns = QHBoxLayout(sheet)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(36)
    for menus in grouped:
        column = QVBoxLayout()
        for menu in menus:
            column.addLayout(_section(plain_text(menu_name(menu)), keys[menu]))
            column.addSpacing(14)
        column.addStretch()
        columns.addLayout(column)
    return sheet


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
