"""The corrections that hold in this library: what they say, taking them back, carrying them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number
from desktop.ui.correction_words import correction_lines
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.corrections import Correction

_SIZE = (640, 520)  # pixels, at first
_MANY = 8  # corrections among which one has to search


class CorrectionsDialog(QDialog):
    """Lists corrections, the newest first.

    Signals:
        restore_requested: the RuleIds of corrections to take back.
        undo_requested: the last change is to be undone.
        export_requested, import_requested: to a file, from a file.
    """

    restore_requested = Signal(object)
    undo_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correctionsDialog")
        self.setWindowTitle(_("Corrections"))
        self.resize(*_SIZE)
        self._lines: list[Heading | PanelRow] = []
        intro = QLabel(_("They hold for what is in the library, and for what comes in later."), wordWrap=True)
        intro.setProperty("role", "dim")
        self._filter = QLineEdit(objectName="correctionFilter")
        self._filter.setPlaceholderText(_("Search the corrections"))
        self._filter.setAccessibleName(_("Search the corrections"))
        self._filter.hide()
        self._filter.textChanged.connect(self._show_lines)
        self.rows = PanelList(theme, "correctionList", _("Corrections"))
        self.rows.setSelectionMode(PanelList.SelectionMode.ExtendedSelection)
        self._empty, self._none = EmptyState(theme), EmptyState(theme)
        hint = _("Right-click an amount, a date or a name that is wrong, or press X or C on it.")
        self._empty.explain(Emptiness(_("Nothing was corrected yet"), (hint,)))
        self._none.explain(Emptiness(_("No correction says this")))
        self._news = QLabel(objectName="correctionNews", wordWrap=True)
        self._news.hide()
        frame = QFrame(objectName="correctionFrame")
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._pages = QStackedLayout(frame)
        self._pages.setContentsMargins(1, 1, 1, 1)
        for page in (QWidget(), self.rows, self._empty, self._none):  # at first the list is still to be read
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addWidget(self._filter)
        layout.addWidget(frame, 1)
        layout.addWidget(self._news)
        layout.addLayout(self._deeds())
        self.rows.delete_requested.connect(self._take_back)
        self.rows.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_selection()

    def _deeds(self) -> QHBoxLayout:
        self._restore = self._button(_("Take back"), "takeBack")
        self._restore.setToolTip(_("Take the chosen corrections back (Delete)"))
        self._restore.clicked.connect(self._take_back)
        self._undo = self._button(_("Undo"), "undoTakeBack")
        self._undo.setEnabled(False)
        self._undo.clicked.connect(self._on_undo)
        self._export = self._button(_("Export…"), "exportCorrections")
        self._export.setToolTip(_("Write all corrections to a file, for another library"))
        self._export.clicked.connect(self.export_requested)
        take_in = self._button(_("Import…"), "importCorrections")
        take_in.setToolTip(_("Take in corrections from a file"))
        take_in.clicked.connect(self.import_requested)
        row = QHBoxLayout()
        for button in (self._restore, self._undo):
            row.addWidget(button)
        row.addStretch()
        for button in (self._export, take_in):
            row.addWidget(button)
        row.addSpacing(10)
        row.addWidget(closing_buttons(self))
        return row

    @staticmethod
    def _button(words: str, name: str) -> QPushButton:
        button = QPushButton(words, objectName=name)
        button.setAutoDefault(False)
        return button

    @Slot(object)
    def show_corrections(self, corrections: Sequence[Correction]) -> None:
        """Show these corrections; the one that was chosen stays so, or its neighbour is."""
        self._lines = correction_lines(corrections)
        self._filter.setVisible(len(self._lines) > _MANY or bool(self._filter.text()))
        self._export.setEnabled(bool(self._lines))
        is_first = self._pages.currentIndex() == 0
        self._show_lines()
        if is_first:
            self.rows.setFocus()

    @Slot()
    def _show_lines(self) -> None:
        row = self.rows.currentIndex().row()
        wanted = self._filter.text().casefold().split()
        shown = [line for line in self._lines if all(word in _all_words(line) for word in wanted)]
        self.rows.show_lines(shown)
        if not self.rows.current_key() and shown:
            index = self.rows.model().index(max(0, min(row, len(shown) - 1)), 0)
            self.rows.setCurrentIndex(index)
        self._pages.setCurrentIndex(1 if shown else 3 if self._lines else 2)
        self._follow_selection()

    @Slot(str, bool)
    def say(self, words: str, can_undo: bool) -> None:
        """Say what came of an import, and whether it can be undone."""
        self._news.setText(words)
        self._news.setTextFormat(Qt.TextFormat.PlainText)
        self._news.show()
        self._undo.setEnabled(can_undo)

    @Slot()
    def _follow_selection(self) -> None:
        chosen = len(self.rows.selected_keys())
        self._restore.setEnabled(chosen > 0)
        words = _("Take back")
        self._restore.setText(f"{words} ({format_number(chosen)})" if chosen > 1 else words)

    @Slot()
    def _take_back(self) -> None:
        if keys := self.rows.selected_keys():
            self._undo.setEnabled(True)
            self._news.hide()
            self.restore_requested.emit(keys)

    @Slot()
    def _on_undo(self) -> None:
        self._undo.setEnabled(False)
        self._news.hide()
        self.undo_requested.emit()


def _all_words(line: Heading | PanelRow) -> str:
    parts = (line.title, line.value, *line.below) if isinstance(line, PanelRow) else (line.title,)
    return " ".join(parts).casefold()
