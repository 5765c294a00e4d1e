"""The folders that are watched, and the rule of each: what its articles get."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model import LANGUAGES
from desktop.ui.article_words import language_name
from desktop.ui.dialog_buttons import acting_button, closing_buttons
from desktop.ui.empty_state import Emptiness
from desktop.ui.listing_frame import ROW, ListingFrame, make_plain
from desktop.ui.note_editor import read_tags
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.library.watched import Watched, WatchedId

_SIZE = (720, 480)  # pixels, at first


class WatchedDialog(QDialog):
    """Lists the folders; below them the rule of the one that is chosen, which holds as soon as it is changed.

    Signals:
        add_requested: another folder is to be chosen.
        changed: the Watched with another rule.
        remove_requested: the WatchedId that is to be watched no longer.
    """

    add_requested = Signal()
    changed = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watchedDialog")
        self.setWindowTitle(_("Watched folders"))
        self.resize(*_SIZE)
        self._folders: list[Watched] = []
        self._filling = False
        self.rows = _make_rows()
        none = Emptiness(
            _("No folder is watched"),
            (_("New files in a watched folder come in by themselves, with the tags you give it."),),
        )
        self._frame = ListingFrame("watchedFrame", self.rows, none, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(self._frame, 1)
        layout.addLayout(self._make_rule())
        layout.addWidget(self._make_buttons())
        self.rows.selectionModel().currentRowChanged.connect(self._show_rule)
        self._show_rule()

    # Parts

    def _make_rule(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._tags = QLineEdit(objectName="watchedTags")
        self._tags.setPlaceholderText(_("energy, europe"))
        self._tags.editingFinished.connect(self._change)
        self._collection = QLineEdit(objectName="watchedCollection")
        self._collection.editingFinished.connect(self._change)
        self._language = QComboBox(objectName="watchedLanguage")
        self._language.addItem(_("To be detected"), "")
        for code in LANGUAGES:
            self._language.addItem(language_name(code), code)
        self._language.currentIndexChanged.connect(self._change)
        self._active = QCheckBox(_("Look at this folder"), objectName="watchedActive")
        self._active.toggled.connect(self._change)
        form.addRow(_("&Tags"), self._tags)
        form.addRow(_("&Collection"), self._collection)
        form.addRow(_("&Language"), self._language)
        form.addRow("", self._active)
        return form

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        add = acting_button(_("&Add folder…"), "addWatched", self.add_requested.emit)
        self._remove_button = acting_button(_("&Watch no longer"), "removeWatched", self._remove)
        for button in (add, self._remove_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return buttons

    # What is shown

    def show_folders(self, folders: Sequence[Watched], missing: Collection[WatchedId]) -> None:
        """Show these folders; missing: those that are not there at the moment."""
        chosen = self._chosen()
        self._folders = list(folders)
        model = self.rows.model()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        model.setHorizontalHeaderLabels([_("Folder"), _("Tags"), _("Language"), _("State")])
        for folder in folders:
            model.appendRow(_items(folder, folder.id in missing))
        modes = QHeaderView.ResizeMode
        for column in range(4):
            self.rows.header().setSectionResizeMode(
                column, modes.ResizeToContents if column else modes.Stretch
            )
        self._frame.tell(bool(folders))
        place = next((n for n, one in enumerate(folders) if chosen and one.id == chosen.id), len(folders) - 1)
        if folders:
            self.rows.setCurrentIndex(model.index(place, 0))
        self._show_rule()

    def _chosen(self) -> Watched | None:
        row = self.rows.currentIndex().row()
        return self._folders[row] if 0 <= row < len(self._folders) else None

    @Slot()
    def _show_rule(self) -> None:
        folder = self._chosen()
        for part in (self._tags, self._collection, self._language, self._active, self._remove_button):
            part.setEnabled(folder is not None)
        self._filling = True
        if not self._tags.hasFocus() or folder is None:  # what is being typed stays
            self._tags.setText(", ".join(folder.tags) if folder else "")
        if not self._collection.hasFocus() or folder is None:
            self._collection.setText(folder.collection if folder else "")
        self._language.setCurrentIndex(max(0, self._language.findData(folder.lang)) if folder else 0)
        self._active.setChecked(folder is not None and folder.active)
        self._filling = False

    # What is decided

    @Slot()
    def _change(self) -> None:
        folder = self._chosen()
        if folder is None or self._filling:
            return
        new = replace(
            folder,
            tags=tuple(read_tags(self._tags.text())),
            lang=self._language.currentData(),
            collection=" ".join(self._collection.text().split()),
            active=self._active.isChecked(),
        )
        if new != folder:
            self._folders[self._folders.index(folder)] = new
            self.changed.emit(new)

    @Slot()
    def _remove(self) -> None:
        if (folder := self._chosen()) is not None:
            self.remove_requested.emit(folder.id)


def _make_rows() -> QTreeView:
    rows = QTreeView(objectName="watchedList")
    rows.setAccessibleName(_("Watched folders"))
    rows.setModel(QStandardItemModel(0, 4, rows))
    make_plain(rows)
    rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    return rows


def _items(folder: Watched, is_missing: bool) -> list[QStandardItem]:
    state = _("not found") if is_missing else _("watched")
    words = (
        str(folder.path),
        ", ".join(folder.tags),
        language_name(folder.lang) if folder.lang else _("detected"),
        state if folder.active else _("off"),
    )
    items = [QStandardItem(word) for word in words]
    items[0].setSizeHint(QSize(0, ROW))
    items[0].setToolTip(str(folder.path))
    return items
