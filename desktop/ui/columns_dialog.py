"""Which column of a table tells what: guessed, shown on its first rows, changed where that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.importers.table import Columns

_SIZE = (760, 620)  # pixels, at first
_LONGEST_CELL = 120  # characters that are shown of a cell


def what_words() -> dict[str, str]:
    """Return the words for what a column can tell, in the order of the dialog."""
    return {
        "title": _("&Title"),
        "text": _("Te&xt"),
        "published": _("&Date"),
        "source": _("&Source"),
        "author": _("&Author"),
        "url": _("Add&ress (URL)"),
        "lang": _("&Language"),
        "tags": _("Ta&gs"),
        "id": _("&Number or key"),
    }


class ColumnsDialog(QDialog):
    """A choice for each thing an article has, over the first rows of the table.

    Signals:
        given: what a column tells -> its name, for `ImportOptions.columns`.
    """

    given = Signal(object)

    def __init__(
        self,
        file: Path,
        names: Sequence[str],
        rows: Sequence[Mapping[str, str]],
        guess: Columns,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("columnsDialog")
        self.setWindowTitle(_("Columns of {file}").format(file=file.name))
        self.resize(*_SIZE)
        self._names = list(names)
        self._choices: dict[str, QComboBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for what, words in what_words().items():
            form.addRow(words, self._choice(what, getattr(guess, what)))
        hint = QLabel(_("Each row becomes an article. A text or a title is needed."), wordWrap=True)
        hint.setProperty("role", "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(hint)
        layout.addLayout(form)
        layout.addWidget(self._table(rows), 1)
        layout.addWidget(self._buttons())
        self._follow()

    def _choice(self, what: str, guessed: str | None) -> QComboBox:
        box = QComboBox(objectName=f"column_{what}")
        box.addItem(_("none"), "")
        for name in self._names:
            box.addItem(name, name)
        box.setCurrentIndex(max(0, box.findData(guessed)))
        box.currentIndexChanged.connect(self._follow)
        self._choices[what] = box
        return box

    def _table(self, rows: Sequence[Mapping[str, str]]) -> QTableWidget:
        self._rows = table = QTableWidget(len(rows), len(self._names), objectName="columnsPreview")
        table.setAccessibleName(_("First rows"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number, row in enumerate(rows):
            for place, name in enumerate(self._names):
                item = QTableWidgetItem(" ".join(row.get(name, "")[:_LONGEST_CELL].split()))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                table.setItem(number, place, item)
        return table

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Import"))
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    def chosen(self) -> dict[str, str]:
        """Return what a column tells -> its name, as far as something is chosen."""
        return {what: box.currentData() for what, box in self._choices.items() if box.currentData()}

    @Slot()
    def _follow(self) -> None:
        """Say above each column of the preview what it is taken for."""
        chosen = self.chosen()
        told: dict[str, list[str]] = {}
        for what, name in chosen.items():
            told.setdefault(name, []).append(what_words()[what].replace("&", ""))
        heads = [f"{name}\n{', '.join(told.get(name, ['–']))}" for name in self._names]
        self._rows.setHorizontalHeaderLabels(heads)
        self._ok.setEnabled("text" in chosen or "title" in chosen)

    @Slot()
    def _give(self) -> None:
        self.given.emit(self.chosen())
        self.accept()
