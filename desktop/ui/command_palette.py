"""Every action by its name: type a few letters, Enter does it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui.actions import LINE, Actions, menu_name, plain_text
from desktop.ui.line_delegate import KEYS, LineDelegate
from desktop.ui.theme import Theme

_ACTION = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    words: str  #: "Article › Next result"
    keys: str
    action: QAction


def commands(actions: Actions) -> list[Command]:
    """Return everything that can be done now, in the order of the menus."""
    found: list[Command] = []
    for row in actions.rows:
        if row.name in (LINE, "palette"):
            continue
        where = plain_text(menu_name(row.menu))
        if row.submenu:
            where = f"{where} › {plain_text(row.text)}"
            found += [_command(where, action) for action in actions.choices(row.name)]
        else:
            found.append(_command(where, actions[row.name]))
    return [command for command in found if command.action.isEnabled()]


def _command(where: str, action: QAction) -> Command:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Command(f"{where} › {plain_text(action.text())}", keys, action)


def matching(found: list[Command], wanted: str) -> list[Command]:
    """Return the commands that hold every word that was typed, those that start with it first."""
    words = wanted.casefold().split()

    def fits(command: Command) -> bool:
        return all(word in command.words.casefold() for word in words)

    def rank(command: Command) -> bool:
        last = command.words.rpartition(" › ")[2].casefold()
        return not (words and last.startswith(words[0]))

    return sorted(filter(fits, found), key=rank)


class CommandPalette(QDialog):
    """A field and the list of what fits; closes itself when it loses the focus."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commandPalette")
        self.setWindowTitle(_("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._commands = commands(actions)
        self._field = QLineEdit(placeholderText=_("What do you want to do?"), objectName="paletteField")
        self._field.setAccessibleName(_("Command"))
        self._field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(objectName="paletteList", uniformItemSizes=True)
        self._list.setAccessibleName(_("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setModel(self._model)
        self._list.setItemDelegate(LineDelegate(theme, self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.textChanged.connect(self._filter)
        self._list.clicked.connect(self._run)
        self._filter("")
        self._place(parent)

    def _place(self, parent: QWidget) -> None:
        width = min(600, parent.width() - 40)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.setGeometry(QRect(corner.x() + (parent.width() - width) // 2, corner.y() + 60, width, 400))

    def open_now(self) -> None:
        """Show, ready to be typed in."""
        self.show()
        self._field.setFocus()

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        self._model.clear()
        for command in matching(self._commands, wanted):
            item = QStandardItem(command.words)
            item.setData(command.action, _ACTION)
            item.setData(command.keys, KEYS)
            item.setData(f"{command.words} {command.keys}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(0, 0))

    @Slot(QModelIndex)
    def _run(self, index: QModelIndex) -> None:
        action = index.data(_ACTION)
        self.close()
        if action is not None:
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and run from the field."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            rows: dict[int, int] = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 10,
                Qt.Key.Key_PageUp: -10,
            }
            if event.key() in rows:
                row = self._list.currentIndex().row() + rows[event.key()]
                row = min(max(row, 0), self._model.rowCount() - 1)
                self._list.setCurrentIndex(self._model.index(row, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)
