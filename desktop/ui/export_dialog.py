"""What goes out, in which form: chosen by keyboard or mouse, with a view of what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, n_
from desktop.model import COLOURS
from desktop.settings import Settings
from desktop.tasks.gather_export import NoteKind, Wanted
from desktop.tasks.preview_export import Preview
from desktop.ui.actions import colour_names
from desktop.ui.theme import Theme

_SIZE = (900, 560)  # pixels, at first
_SWATCH = 16  # pixels
_WAIT_MS = 250  # after the last change, before it is shown what comes of it
_WHOLE = ("markdown", "html", "docx", "pdf", "bibtex", "ris", "csl")
_ONLY_TEXT = ("html", "docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that can go out. name: of the setting that remembers it; wanted: without filters."""

    name: str
    words: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Order:
    """What is to go out, and how. template: file of the reader's own, for Markdown."""

    wanted: Wanted
    format_name: str
    suffix: str
    template: Path | None = None


def format_table() -> tuple[tuple[str, str, str], ...]:
    """Return (format, words, suffix) of what can be chosen."""
    return (
        ("markdown", _("Markdown, for Obsidian and others"), ".md"),
        ("html", _("Web page"), ".html"),
        ("docx", _("Word document"), ".docx"),
        ("pdf", _("PDF"), ".pdf"),
        ("xlsx", _("Workbook with notes, amounts and actors"), ".xlsx"),
        ("csv", _("Table of notes (CSV)"), ".csv"),
        ("evidence", _("Table of evidence: quote, source, amount"), ".xlsx"),
        ("jsonld", _("Web Annotations (JSON-LD), to take in again"), ".jsonld"),
        ("bibtex", _("References: BibTeX"), ".bib"),
        ("ris", _("References: RIS"), ".ris"),
        ("csl", _("References: CSL-JSON"), ".json"),
    )


def _swatch(theme: Theme, number: int) -> QIcon:
    """Return a square in a highlight colour."""
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setPen(theme.between("line", "dim", 0.5))
    painter.setBrush(theme.highlight(number))
    painter.drawRoundedRect(0, 0, _SWATCH - 1, _SWATCH - 1, 3, 3)
    painter.end()
    return QIcon(picture)


class ExportDialog(QDialog):
    """Chooses.

    Signals:
        preview_wanted: the Order of which the beginning is to be shown.
        ordered: the Order to carry out.
        template_wanted: a file with the reader's own template is to be chosen.
        example_wanted: a file with a template to begin with is to be written.
    """

    preview_wanted = Signal(object)
    ordered = Signal(object)
    template_wanted = Signal()
    example_wanted = Signal()

    def __init__(
        self, scopes: Sequence[Scope], theme: Theme, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(_("Export"))
        self.resize(*_SIZE)
        self._scopes, self._theme, self._settings = scopes, theme, settings
        stored = settings.get("export_template")
        self._template = Path(stored) if stored else None
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._ask_preview)
        self._make_choices()
        self._make_filters()
        self._make_template()
        self._make_preview()
        self._lay_out()
        self._follow()

    # Parts

    def _make_choices(self) -> None:
        self.scope = QComboBox(objectName="exportScope")
        for scope in self._scopes:
            self.scope.addItem(scope.words, scope.name)
        self.format = QComboBox(objectName="exportFormat")
        for name, words, _suffix in format_table():
            self.format.addItem(words, name)
        # A selection was made on purpose: it counts for more than what was chosen the last time.
        if self.scope.itemData(0) != "selection":
            self.scope.setCurrentIndex(max(0, self.scope.findData(self._settings.get("export_scope"))))
        self.format.setCurrentIndex(max(0, self.format.findData(self._settings.get("export_format"))))
        self.whole = QCheckBox(_("With the &whole text of the articles"), objectName="exportWhole")
        self.whole.setChecked(self._settings.get("export_whole"))
        for box in (self.scope, self.format):
            box.currentIndexChanged.connect(self._follow)
        self.whole.toggled.connect(self._follow)

    def _make_filters(self) -> None:
        self.kind = QComboBox(objectName="exportKind")
        for words, kind in (
            (_("All notes and highlights"), None),
            (_("Highlights with a note"), NoteKind.NOTE),
            (_("Highlights without a note"), NoteKind.HIGHLIGHT),
            (_("Notes on a whole article"), NoteKind.ARTICLE),
        ):
            self.kind.addItem(words, kind)
        self.tag = QComboBox(objectName="exportTag")
        self.tag.addItem(_("With any tag, or none"), "")
        for box in (self.kind, self.tag):
            box.currentIndexChanged.connect(self._follow)
        self.colours: list[QCheckBox] = []
        for number, name in zip(range(1, COLOURS + 1), colour_names(), strict=True):
            box = QCheckBox(objectName=f"exportColour{number}", checked=True, toolTip=name)
            box.setIcon(_swatch(self._theme, number))
            box.setAccessibleName(_("Highlights in {colour}").format(colour=name))
            box.toggled.connect(self._follow)
            self.colours.append(box)

    def _make_template(self) -> None:
        self._template_name = QLabel(objectName="exportTemplate", wordWrap=True)
        self._choose = QPushButton(_("&Choose template…"), objectName="chooseTemplate", autoDefault=False)
        self._choose.clicked.connect(self.template_wanted)
        self._example = QPushButton(_("Save an e&xample…"), objectName="exampleTemplate", autoDefault=False)
        self._example.clicked.connect(self.example_wanted)
        self._plain = QPushButton(_("With&out template"), objectName="noTemplate", autoDefault=False)
        self._plain.clicked.connect(lambda _checked=False: self.set_template(None))

    def _make_preview(self) -> None:
        self._count = QLabel(objectName="exportCount", wordWrap=True)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self.preview = QPlainTextEdit(objectName="exportPreview", readOnly=True, tabChangesFocus=True)
        self.preview.setAccessibleName(_("Beginning of the file"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self._theme.font("small").pointSizeF() if self.font().pointSizeF() > 0 else 9)
        self.preview.setFont(fixed)
        self._hint = QLabel(objectName="exportHint", wordWrap=True)
        self._hint.setProperty("role", "dim")
        self._hint.setFont(self._theme.font("small"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(8)
        form.addRow(_("&What"), self.scope)
        form.addRow(_("&As"), self.format)
        form.addRow(self.whole)
        form.addRow(_("&Kind"), self.kind)
        colours = QHBoxLayout()
        colours.setSpacing(14)
        for box in self.colours:
            colours.addWidget(box)
        colours.addStretch()
        label = QLabel(_("Co&lours"))
        label.setBuddy(self.colours[0])
        form.addRow(label, colours)
        form.addRow(_("&Tag"), self.tag)
        self._own = QWidget()
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 6, 0, 0)
        own.addWidget(self._template_name)
        buttons = QHBoxLayout()
        for button in (self._choose, self._plain):
            buttons.addWidget(button)
        own.addLayout(buttons)
        own.addWidget(self._example)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self._own)
        left.addStretch()
        right = QVBoxLayout()
        right.addWidget(self._count)
        right.addWidget(self.preview, 1)
        right.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(row, 1)
        layout.addWidget(self._make_buttons())

    def _make_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._export = buttons.button(kinds.Ok)
        self._export.setText(_("&Export…"))
        self._export.setObjectName("doExport")
        buttons.accepted.connect(self._order)
        buttons.rejected.connect(self.reject)
        return buttons

    # What is chosen

    def order(self) -> Order:
        """Return what is chosen now."""
        format_name = str(self.format.currentData())
        colours = frozenset(n for n, box in enumerate(self.colours, 1) if box.isChecked())
        kind = self.kind.currentData()
        tag = self.tag.currentData()
        wanted = replace(
            self._scopes[self.scope.currentIndex()].wanted,
            colours=frozenset() if len(colours) == COLOURS else colours,
            kinds=frozenset({NoteKind(kind)}) if kind else frozenset(),
            tags=frozenset({tag}) if tag else frozenset(),
            whole=self.whole.isChecked() and format_name in _WHOLE,
        )
        suffix = format_table()[self.format.currentIndex()][2]
        template = self._template if format_name == "markdown" else None
        return Order(wanted, format_name, suffix, template)

    @Slot()
    def _follow(self) -> None:
        format_name = self.format.currentData()
        self.whole.setEnabled(format_name in _WHOLE)
        self._own.setVisible(format_name == "markdown")
        name = self._template.name if self._template else ""
        self._template_name.setText(
            _("Your own template: {file}").format(file=name) if name else _("Your own template: none")
        )
        self._plain.setEnabled(self._template is not None)
        shown = _("Shown as text; the file has headings, colours and links.")
        self._hint.setText(shown if format_name in _ONLY_TEXT else "")
        self._timer.start()

    def set_template(self, path: Path | None) -> None:
        """Use this template from now on, None = none."""
        self._template = path
        self._settings.set("export_template", str(path) if path else "")
        self._follow()

    @Slot()
    def _ask_preview(self) -> None:
        self.preview_wanted.emit(self.order())

    @Slot(object)
    def show_preview(self, preview: Preview) -> None:
        """Show the beginning of what is chosen."""
        known = {self.tag.itemData(place) for place in range(self.tag.count())}
        for tag in preview.tags:
            if tag not in known:
                self.tag.addItem(tag, tag)
        articles = n_("{n} article", "{n} articles", preview.articles)
        notes = n_("{n} note", "{n} notes", preview.notes)
        something = preview.articles > 0
        self._count.setText(
            _("{notes} in {articles}").format(notes=notes, articles=articles)
            if something
            else _("Nothing is chosen: no note is like this")
        )
        self._export.setEnabled(something)
        if self.preview.toPlainText() != preview.text:
            self.preview.setPlainText(preview.text if something else "")

    def show_problem(self, words: str) -> None:
        """Say what is wrong with what is chosen."""
        self._count.setText(words)
        self._export.setEnabled(False)
        self.preview.setPlainText("")

    @Slot()
    def _order(self) -> None:
        order = self.order()
        if self.scope.currentData() != "selection":
            self._settings.set("export_scope", self.scope.currentData())
        self._settings.set("export_format", order.format_name)
        self._settings.set("export_whole", self.whole.isChecked())
        self.ordered.emit(order)
