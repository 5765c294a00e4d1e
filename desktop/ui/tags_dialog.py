"""All tags of the library with their counts: renamed, joined and deleted everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, n_
from desktop.library.tags import Tag
from desktop.ui.dialog_buttons import closing_buttons

_COUNT = Qt.ItemDataRole.UserRole + 1


class _CountItem(QTableWidgetItem):
    """A number that sorts as one."""

    def __init__(self, count: int) -> None:
        super().__init__(format_number(count) if count else "")
        self.setData(_COUNT, count)
        self.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return int(self.data(_COUNT)) < int(other.data(_COUNT))


class TagsDialog(QDialog):
    """A table. Enter searches for a tag, F2 renames it, Del deletes it; several are joined under one name.

    Signals:
        search_wanted: the name of a tag.
        rename_wanted: names of tags that are to have another name, one for all.
        delete_wanted: names of tags.
    """

    search_wanted = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagsDialog")
        self.setWindowTitle(_("Tags of the library"))
        self.resize(520, 520)
        self._tags: list[Tag] = []
        self._field = QLineEdit(
            objectName="tagsField", placeholderText=_("Filter tags"), clearButtonEnabled=True
        )
        self._field.setAccessibleName(_("Filter tags"))
        self._field.textChanged.connect(self._fill)
        self.table = _make_table()
        self.table.installEventFilter(self)
        self.table.itemSelectionChanged.connect(self._check)
        self.table.doubleClicked.connect(self._search)
        self._count = QLabel(objectName="tagsCount")
        self._count.setProperty("role", "dim")
        self._search_button = self._button("searchTag", _("Search"), _("Search (Enter)"), self._search)
        self._rename_button = self._button("renameTag", _("Rename…"), _("Rename (F2)"), self._rename)
        self._delete_button = self._button("deleteTag", _("Delete"), _("Delete (Del)"), self._delete)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for button in (self._search_button, self._rename_button, self._delete_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self._field)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addWidget(closing_buttons(self))
        self._check()

    def _button(self, name: str, words: str, tip: str, does) -> QPushButton:
        button = QPushButton(words, objectName=name, autoDefault=False)
        button.setToolTip(tip)
        button.clicked.connect(does)
        return button

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags; those that were selected stay so."""
        self._tags = list(tags)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        chosen = set(self.chosen())
        asked = self._field.text().strip().lstrip("#").casefold()
        shown = [tag for tag in self._tags if asked in tag.name.casefold()]
        self.table.setSortingEnabled(False)
        self.table.setRowCount(len(shown))
        for row, tag in enumerate(shown):
            self.table.setItem(row, 0, QTableWidgetItem(tag.name))
            self.table.setItem(row, 1, _CountItem(tag.articles))
            self.table.setItem(row, 2, _CountItem(tag.notes))
        self.table.setSortingEnabled(True)
        self.table.clearSelection()
        for row in range(len(shown)):
            if self.table.item(row, 0).text() in chosen:
                for column in range(3):
                    self.table.item(row, column).setSelected(True)
        if not self.chosen() and shown:
            self.table.setCurrentCell(0, 0)
        self._count.setText(n_("{n} tag", "{n} tags", len(shown)) if self._tags else _("No tags yet"))
        self._check()

    def chosen(self) -> list[str]:
        """Return the names of the selected tags."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.table.item(row, 0).text() for row in rows]

    @Slot()
    def _check(self) -> None:
        count = len(self.chosen())
        self._search_button.setEnabled(count == 1)
        self._rename_button.setEnabled(count > 0)
        self._delete_button.setEnabled(count > 0)
        self._rename_button.setText(_("Join under one name…") if count > 1 else _("Rename…"))

    @Slot()
    def _search(self) -> None:
        if len(self.chosen()) == 1:
            self.search_wanted.emit(self.chosen()[0])

    @Slot()
    def _rename(self) -> None:
        if self.chosen():
            self.rename_wanted.emit(self.chosen())

    @Slot()
    def _delete(self) -> None:
        if self.chosen():
            self.delete_wanted.emit(self.chosen())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do by keys in the table what the buttons do."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            does = {
                Qt.Key.Key_Return: self._search,
                Qt.Key.Key_Enter: self._search,
                Qt.Key.Key_F2: self._rename,
                Qt.Key.Key_Delete: self._delete,
            }.get(Qt.Key(event.key()))
            if does is not None:
                does()
                return True
        return super().eventFilter(watched, event)


def _make_table() -> QTableWidget:
    table = QTableWidget(0, 3, objectName="tagsTable")
    table.setAccessibleName(_("Tags"))
    table.setHorizontalHeaderLabels([_("Tag"), _("Articles"), _("Notes")])
    table.verticalHeader().hide()
    table.horizontalHeader().setAccessibleName(_("Columns"))
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSortingEnabled(True)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    return table
