"""Where an article comes from: what can be put right, what is known of its file, and how to refer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import _, format_date, format_number
from desktop.library.times import first_last_day
from desktop.ui.article_words import language_name

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_FIELDS = ("title", "published", "source", "author")


class DetailsDialog(QDialog):
    """Shows what is known of an article and lets title, date, source and author be put right.

    Signals:
        details_given: the fields that were changed, by name.
    """

    details_given = Signal(object)

    def __init__(self, opened: OpenedArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailsDialog")
        self.setWindowTitle(_("Details and source"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._opened = opened
        article = opened.article
        self._given = {name: getattr(article, name) or "" for name in _FIELDS}
        self._edits: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        words = (_("&Title"), _("&Date"), _("&Source"), _("&Author"))
        for name, word in zip(_FIELDS, words, strict=True):
            field = self._edits[name] = QLineEdit(self._given[name], objectName=f"details_{name}")
            form.addRow(word, field)
        self._edits["published"].setPlaceholderText(_("2025, 2025-01 or 2025-01-08"))
        self._edits["published"].textChanged.connect(self._check_date)
        for word, value in self._facts():
            form.addRow(word, _fact(word, value))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        copy = buttons.addButton(_("&Copy reference"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copyReference")
        copy.clicked.connect(self._copy)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._edits["title"].setCursorPosition(0)

    def _facts(self) -> list[tuple[str, str]]:
        """Return what is known and cannot be changed here, words and value."""
        article, version = self._opened.article, self._opened.version
        facts = [
            (_("Address"), article.url or ""),
            (_("File"), article.path or ""),
            (_("Language"), language_name(article.lang) if article.lang else ""),
            (_("Length"), _("{n} words").format(n=format_number(article.words))),
            (_("Added"), format_date(article.added_at)),
            (
                _("Text"),
                _("version {n}, of {date}").format(n=version.number, date=format_date(version.created_at))
                if version.number > 1
                else "",
            ),
        ]
        return [(words, value) for words, value in facts if value]

    @Slot()
    def _check_date(self) -> None:
        """Take only what is a date, or nothing."""
        field = self._edits["published"]
        date = field.text().strip()
        is_wrong = bool(date) and first_last_day(date) is None
        self._ok.setEnabled(not is_wrong)
        field.setProperty("wrong", is_wrong)
        field.setToolTip(_("Not a date: write 2025, 2025-01 or 2025-01-08") if is_wrong else "")
        field.style().unpolish(field)
        field.style().polish(field)

    @Slot()
    def _copy(self) -> None:
        address = self._opened.article.url
        from desktop.exporters.evidence import citation

        words = citation(self._opened.article)
        QGuiApplication.clipboard().setText(f"{words}\n{address}" if address else words)

    @Slot()
    def _give(self) -> None:
        now = {name: field.text().strip() for name, field in self._edits.items()}
        changed = {name: value for name, value in now.items() if value != self._given[name]}
        if changed:
            self.details_given.emit(changed)
        self.accept()


def _fact(word: str, value: str) -> QLabel:
    label = QLabel(value, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(f"{word}: {value}")
    return label
