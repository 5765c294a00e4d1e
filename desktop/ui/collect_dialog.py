"""In which collections some articles are: ticked for all of them, and a name for a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, n_
from desktop.library.named_collections import Collection, CollectionId

_COLLECTION = Qt.ItemDataRole.UserRole + 1


class CollectDialog(QDialog):
    """A list with ticks.

    Signals:
        given: (names that all are put in, ids that all are taken out of).
    """

    given = Signal(object)

    def __init__(
        self,
        collections: Sequence[Collection],
        holding: Mapping[CollectionId, int],
        articles: int,
        parent: QWidget | None = None,
    ) -> None:
        """holding: how many of these articles a collection has."""
        super().__init__(parent)
        self.setObjectName("collectDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(n_("Collections of {n} article", "Collections of {n} articles", articles))
        self.setMinimumSize(420, 360)
        self._before: dict[CollectionId, Qt.CheckState] = {}
        self.list = QListWidget(objectName="collectList")
        self.list.setAccessibleName(_("Collections"))
        self._fill(collections, holding, articles)
        self.list.setVisible(bool(collections))
        self._field = QLineEdit(objectName="newCollection", placeholderText=_("New collection"))
        self._field.setAccessibleName(_("Name of a new collection"))
        hint = QLabel(wordWrap=True)
        hint.setProperty("role", "dim")
        hint.setText(
            _("Space ticks a collection. An article can be in several.")
            if collections
            else _("Give a collection a name, and the article is in it.")
        )
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._field)
        layout.addWidget(hint)
        layout.addStretch(0 if collections else 1)
        layout.addWidget(buttons)
        (self.list if collections else self._field).setFocus()
        if collections:
            self.list.setCurrentRow(0)

    def _fill(
        self, collections: Sequence[Collection], holding: Mapping[CollectionId, int], articles: int
    ) -> None:
        for one in collections:
            number = holding.get(one.id, 0)
            state = Qt.CheckState.Unchecked
            if number:
                state = Qt.CheckState.Checked if number >= articles else Qt.CheckState.PartiallyChecked
            item = QListWidgetItem(one.name, self.list)
            item.setData(_COLLECTION, one)
            item.setCheckState(state)
            self._before[one.id] = state

    @Slot()
    def _give(self) -> None:
        add, remove = [], []
        for row in range(self.list.count()):
            item = self.list.item(row)
            one: Collection = item.data(_COLLECTION)
            if item.checkState() == self._before[one.id]:
                continue
            if item.checkState() == Qt.CheckState.Checked:
                add.append(one.name)
            else:
                remove.append(one.id)
        if new := self._field.text().strip():
            add.append(new)
        self.given.emit((add, remove))
        self.accept()
