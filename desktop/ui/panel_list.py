"""The kind of list the side panel is made of: groups of rows that each stand for places in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop.ui.panel_delegate import PanelDelegate
from desktop.ui.panel_rows import ROW, Heading, PanelRow
from desktop.ui.theme import Theme

_NO_INDEX = QModelIndex()
_BY_KEY = QContextMenuEvent.Reason.Keyboard


class PanelModel(QAbstractListModel):
    """Headings and rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Heading | PanelRow] = []

    def show_lines(self, lines: Sequence[Heading | PanelRow]) -> None:
        """Hold other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.lines[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        drag = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled  # where the list allows it
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drag

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the line itself, its title, or what a screen reader says of it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, Heading):
                return f"{line.title}, {line.count}" if line.count else line.title
            parts = (line.title, line.value, line.value_below, line.kind, str(line.count or ""), *line.below)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, PanelRow):
            return "\n".join((line.title, *line.below))
        return None


class PanelList(QListView):
    """A list whose rows lead into the text: each click goes to the next place of the row.

    Signals:
        place_requested: (start, end) in code points.
        key_opened: the key of a row that was double-clicked, or that F2 was pressed on.
        delete_requested: the key of the row on which Delete or Backspace was pressed.
        menu_requested: (key of the row, QPoint on screen).
    """

    place_requested = Signal(object)
    key_opened = Signal(object)
    delete_requested = Signal(object)
    menu_requested = Signal(object)

    def __init__(self, theme: Theme, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.lines = PanelModel(self)
        self.setModel(self.lines)
        self._delegate = PanelDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._turn: tuple[str, int] = ("", -1)  # key of the row clicked last, and which of its places
        self.clicked.connect(self._on_click)
        self.doubleClicked.connect(self._on_open)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.scheduleDelayedItemsLayout()

    def show_lines(self, lines: Sequence[Heading | PanelRow]) -> None:
        """Show other lines; the row that was current stays so when it is still there."""
        key = self.current_key()
        scrolled = self.verticalScrollBar().value()
        self.lines.show_lines(lines)
        if key:
            self.select_key(key, scroll=False)
            self.verticalScrollBar().setValue(scrolled)

    def clear(self) -> None:
        """Show nothing."""
        self.show_lines([])

    def row(self, key: str) -> PanelRow | None:
        """Return the row with this key."""
        found = (line for line in self.lines.lines if isinstance(line, PanelRow) and line.key == key)
        return next(found, None)

    def current_key(self) -> str:
        """Return the key of the current row, "" for none."""
        line = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return line.key if isinstance(line, PanelRow) else ""

    def selected_keys(self) -> list[str]:
        """Return the keys of the chosen rows from top to bottom, the current one first."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        keys = [line.key for row in rows if isinstance(line := self.lines.lines[row], PanelRow)]
        current = self.current_key()
        return [current, *(key for key in keys if key != current)] if current in keys else keys

    def select_key(self, key: str, *, scroll: bool = True) -> None:
        """Make a row the current one, without going anywhere in the text."""
        for number, line in enumerate(self.lines.lines):
            if isinstance(line, PanelRow) and line.key == key:
                index = self.lines.index(number)
                self.setCurrentIndex(index)
                if scroll:
                    self.scrollTo(index)
                return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def came_to(self, key: str, place: tuple[int, int]) -> None:
        """Select the row of the place the reader came to; its next click goes on from there."""
        row = self.row(key)
        self.select_key(key)
        if row is not None and place in row.places:
            self._turn = (key, row.places.index(place))

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if not isinstance(line, PanelRow):
            return
        if line.places:
            key, turn = self._turn
            turn = (turn + 1) % len(line.places) if key == line.key else 0
            self._turn = (line.key, turn)
            self.place_requested.emit(line.places[turn])

    @Slot(QModelIndex)
    def _on_open(self, _index: QModelIndex) -> None:
        if self.current_key():
            self.key_opened.emit(self.current_key())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next place, F2 opens, Delete asks to delete."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_click(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self._on_open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current_key():
            self.delete_requested.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell for which row a menu is wanted."""
        index = self.currentIndex() if event.reason() == _BY_KEY else self.indexAt(event.pos())
        line = index.data(ROW) if index.isValid() else None
        if isinstance(line, PanelRow):
            place = self.visualRect(index).center() if event.reason() == _BY_KEY else event.pos()
            self.menu_requested.emit((line.key, self.viewport().mapToGlobal(place)))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew: the height of a row depends on the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
