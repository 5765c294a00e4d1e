"""The tags of an article, or of several, separated by commas, with those that exist to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import _, n_
from desktop.ui.note_editor import TagCompleter, read_tags


class TagDialog(QDialog):
    """One field.

    Signals:
        tags_given: the tags, when they were confirmed.
    """

    tags_given = Signal(object)

    def __init__(
        self,
        tags: Sequence[str],
        known: Sequence[str],
        articles: int = 1,
        parent: QWidget | None = None,
        *,
        title: str = "",
    ) -> None:
        """title: what is tagged, where that is no article."""
        super().__init__(parent)
        self.setObjectName("tagDialog")
        several = articles > 1
        self.setWindowTitle(
            n_("Tags of {n} article", "Tags of {n} articles", articles)
            if several
            else _("Tags of this article")
        )
        if title:
            self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._field = QLineEdit(", ".join(tags), objectName="tagField")
        self._field.setAccessibleName(_("Tags"))
        self._field.setPlaceholderText(_("energy, europe"))
        completer = TagCompleter(QStringListModel(list(known), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._field.setCompleter(completer)
        hint = QLabel(_("Separate tags by commas"))
        if several:
            hint.setText(hint.text() + "\n" + _("Tags that only some of them have stay as they are."))
        hint.setProperty("role", "dim")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        for part in (self._field, hint, buttons):
            layout.addWidget(part)

    @Slot()
    def _give(self) -> None:
        self.tags_given.emit(read_tags(self._field.text()))
        self.accept()
