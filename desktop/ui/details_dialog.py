"""What is known about an article beside its text, to be put right; of several at once what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import i18n
from desktop.i18n import _, format_date, format_number, n_
from desktop.model import LANGUAGES, Article, TextVersion
from desktop.ui.article_words import language_name

if TYPE_CHECKING:
    from desktop.tasks.manage import CommonDetails

_WIDTH = 520  # pixels, at least


class DetailsDialog(QDialog):
    """One field for each detail, and for one article where it came from. Only what is changed is given.

    Signals:
        given: the names and new values of the details that were changed.
    """

    given = Signal(object)

    def __init__(self, details: CommonDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailsDialog")
        self._details = details
        several = len(details.ids)
        self.setWindowTitle(
            n_("Details of {n} article", "Details of {n} articles", several)
            if several > 1
            else _("Details and source")
        )
        self.setMinimumWidth(_WIDTH)
        self._fields: dict[str, QLineEdit] = {}
        self._published = details.values["published"] or ""
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if several == 1:  # no two articles are to have one of these
            self._add(form, "title", _("&Title"))
            self._add(form, "subtitle", _("S&ubtitle"))
        self._add_date(form)
        self._add(form, "source", _("&Source"))
        self._add(form, "section", _("S&ection"))
        self._add(form, "author", _("&Author"))
        if several == 1:
            self._add(form, "url", _("Add&ress (URL)"))
        self._add_language(form)
        for words, value in _facts(*details.only) if details.only else ():
            form.addRow(words, _fact(words, value))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(form)
        if several > 1:
            hint = QLabel(
                _("What is left empty and grey differs between them, and stays as it is."), wordWrap=True
            )
            hint.setProperty("role", "dim")
            layout.addWidget(hint)
        layout.addWidget(self._buttons())
        self._understand()

    # Parts

    def _add(self, form: QFormLayout, name: str, words: str) -> QLineEdit:
        value = self._details.values[name]
        field = QLineEdit(value or "", objectName=f"detail_{name}")
        field.setAccessibleName(words.replace("&", ""))
        if value is None:
            field.setPlaceholderText(_("various"))
        field.setCursorPosition(0)
        self._fields[name] = field
        form.addRow(words, field)
        return field

    def _add_date(self, form: QFormLayout) -> None:
        field = self._add(form, "published", _("&Date"))
        field.setText(format_date(self._published))
        if self._details.values["published"] == "":
            field.setPlaceholderText(_("12 March 2025, March 2025 or 2025"))
        self._understood = QLabel(wordWrap=True, objectName="dateUnderstood")
        self._understood.setProperty("role", "dim")
        form.addRow("", self._understood)
        self._is_right = QCheckBox(_("This &is the right date"), objectName="dateIsRight")
        one_date = self._details.doubtful and bool(self._published)  # of several: all have the same
        self._is_right.setVisible(one_date)
        if one_date:
            self._is_right.toggled.connect(self._understand)
            form.addRow("", self._is_right)
        field.textChanged.connect(self._understand)

    def _add_language(self, form: QFormLayout) -> None:
        self._language = QComboBox(objectName="detail_lang")
        value = self._details.values["lang"]
        if value is None or value not in LANGUAGES:
            self._language.addItem(_("various") if value is None else _("not known"), "")
        for code in LANGUAGES:
            self._language.addItem(language_name(code), code)
        self._language.setCurrentIndex(max(0, self._language.findData(value)))
        self._language.setToolTip(_("With another language the article is read again for names and amounts"))
        form.addRow(_("&Language"), self._language)

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Save"))
        if self._details.only:
            copy = buttons.addButton(_("&Copy reference"), QDialogButtonBox.ButtonRole.ActionRole)
            copy.setObjectName("copyReference")
            copy.clicked.connect(self._copy)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    # What is understood

    def _date(self) -> str | None:
        """Return the date in the field as partial ISO, "" for none; None for what is no date."""
        text = self._fields["published"].text().strip()
        if not text or text == format_date(self._published):
            return self._published if text else ""
        from desktop.tasks import correct  # not loaded with the window

        langs = [i18n.language(), self._details.values["lang"] or i18n.language(), *LANGUAGES]
        return correct.read_article_date(text, langs)

    @Slot()
    def _understand(self) -> None:
        found = self._date()
        shapes = {4: _("a year"), 7: _("a month"), 10: _("a day")}
        if found is None:
            words = _("This is not understood as a date. Write a day, a month or a year.")
        elif not found:
            various = self._details.values["published"] is None
            words = "" if various else _("No date: the day it was added counts when sorting")
        else:
            words = f"{format_date(found)} · {shapes.get(len(found), '')}"
            if self._details.doubtful and found == self._published and not self._is_right.isChecked():
                words = _("Doubtful: found in the name of the file or in a line of the text")
        self._understood.setText(words)
        self._ok.setEnabled(found is not None)

    # What is decided

    def changed(self) -> dict[str, str]:
        """Return the details that differ from what they were."""
        news = {
            name: " ".join(field.text().split())
            for name, field in self._fields.items()
            if name != "published" and field.text() != (self._details.values[name] or "")
        }
        date, was = self._date(), self._details.values["published"]
        if (date is not None and date != (was or "")) or (
            date and self._details.doubtful and self._is_right.isChecked()
        ):
            news["published"] = date
        if (lang := self._language.currentData()) and lang != self._details.values["lang"]:
            news["lang"] = lang
        if not news.get("title", "x"):
            del news["title"]  # an article always has one
        return news

    @Slot()
    def _copy(self) -> None:
        """Put the reference on the clipboard, as the article is known now."""
        from desktop.exporters.evidence import citation

        assert self._details.only is not None
        article = self._details.only[0]
        words = citation(article)
        QGuiApplication.clipboard().setText(f"{words}\n{article.url}" if article.url else words)

    @Slot()
    def _give(self) -> None:
        if news := self.changed():
            self.given.emit(news)
        self.accept()


def _facts(article: Article, version: TextVersion) -> list[tuple[str, str]]:
    """Return what is known and cannot be changed, words and value."""
    renewed = _("version {n}, of {date}").format(n=version.number, date=format_date(version.created_at))
    facts = [
        (_("File"), article.path or ""),
        (_("Length"), _("{n} words").format(n=format_number(article.words))),
        (_("Added"), format_date(article.added_at)),
        (_("Text"), renewed if version.number > 1 else ""),
    ]
    return [(words, value) for words, value in facts if value]


def _fact(words: str, value: str) -> QLabel:
    label = QLabel(value, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(f"{words}: {value}")
    return label
