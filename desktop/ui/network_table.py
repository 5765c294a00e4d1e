"""The pairs of a network as a table: the same as the picture says, for screen readers and for copying."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.charts.ties import Tie
from desktop.i18n import _, format_number, kind_name
from desktop.tasks.network import Network
from desktop.ui import network_words as words
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.theme import Theme

_NO_INDEX = QModelIndex()
_NAMES = 2  # columns
_Index = QModelIndex | QPersistentModelIndex


class PairsModel(QAbstractTableModel):
    """All ties of a network, the strongest first."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.network = Network(question=_no_question())

    def show_network(self, found: Network) -> None:
        """Hold another network."""
        self.beginResetModel()
        self.network = found
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return the number of ties."""
        return 0 if parent.isValid() else len(self.network.ties)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads())

    def _heads(self) -> list[str]:
        within = words.within_name(self.network.question.within)
        return [_("Actor"), _("And"), within, _("As often as expected"), _("Strength (0–100)")]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what stands above a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its icon, or what a screen reader says."""
        if not index.isValid():
            return None
        tie, column = self.network.ties[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(tie)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        actor = self.network.actors[(tie.one, tie.other)[column]] if column < _NAMES else None
        if role == Qt.ItemDataRole.DecorationRole and actor is not None:
            return drawing(KIND_ICONS[actor.kind], self.theme.kind_color(actor.kind).name(), 14)
        if role == Qt.ItemDataRole.AccessibleTextRole and actor is not None:
            return f"{actor.name}, {kind_name(actor.kind)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.facts(self.network, tie)
        return None

    def cells(self, tie: Tie) -> list[str]:
        """Return the words of a row."""
        one, other = self.network.actors[tie.one], self.network.actors[tie.other]
        return [
            one.name,
            other.name,
            format_number(tie.count),
            f"{format_number(round(tie.times, 1))} ×",
            words.strength_text(tie),
        ]

    def as_text(self, rows: list[int]) -> str:
        """Return rows as text that spreadsheets take, with a head."""
        lines = [self._heads(), *(self.cells(self.network.ties[row]) for row in rows)]
        return "\n".join("\t".join(line) for line in lines)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column < _NAMES else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _no_question() -> Any:
    from desktop.tasks.network import Question

    return Question()


class PairsTable(QTableView):
    """Shows the pairs.

    Signals:
        chosen: a Tie that became the current one.
        opened: a Tie on which Enter was pressed: its list is to be gone to.
        search_wanted: a Tie that was double-clicked.
        menu_wanted: (Tie, QPoint on screen).
        copied: how many rows were put on the clipboard.
    """

    chosen = Signal(object)
    opened = Signal(object)
    search_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    copied = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="networkTable")
        self.setAccessibleName(_("Pairs of actors, the strongest first"))
        self.pairs = PairsModel(theme, self)
        self.setModel(self.pairs)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column in range(self.pairs.columnCount()):
            stretch = QHeaderView.ResizeMode.Stretch if column < _NAMES else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(column, stretch)
            self.setColumnWidth(column, 150)
        self.doubleClicked.connect(lambda index: self.search_wanted.emit(self._tie(index)))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.pairs.modelReset.connect(head.resizeSections)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.pairs.theme = theme
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.viewport().update()

    def _tie(self, index: _Index) -> Tie:
        return self.pairs.network.ties[index.row()]

    def show_tie(self, tie: Tie | None) -> None:
        """Make a tie's row the current one, and tell nobody."""
        self.selectionModel().blockSignals(True)
        if tie in self.pairs.network.ties:
            row = self.pairs.network.ties.index(tie)
            self.selectRow(row)
            self.scrollTo(self.pairs.index(row, 0))
        else:
            self.clearSelection()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    @Slot(object)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._tie(index))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, copy with the usual keys."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(self._tie(index))
            self.opened.emit(self._tie(index))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard; all where none is."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = rows or list(range(self.pairs.rowCount()))
        QGuiApplication.clipboard().setText(self.pairs.as_text(rows))
        self.copied.emit(len(rows))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell for which pair a menu is wanted."""
        index = self.currentIndex() if event.reason() == QContextMenuEvent.Reason.Keyboard else None
        index = self.indexAt(event.pos()) if index is None else index
        if index.isValid():
            self.menu_wanted.emit(self._tie(index), event.globalPos())
