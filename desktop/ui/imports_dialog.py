"""What is left to do about imports: those that were stopped, and the files that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ProblemKind
from desktop.i18n import _, format_date, format_number, n_, problem_reason
from desktop.ui.dialog_buttons import acting_button, closing_buttons
from desktop.ui.empty_state import Emptiness
from desktop.ui.listing_frame import ROW, ListingFrame, make_plain
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.library.import_log import FileSeen, Run

_SIZE = (860, 480)  # pixels, at first
_NAME_WIDTH, _FOLDER_WIDTH = 190, 150  # pixels
_FILE, _KIND = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


def run_words(run: Run) -> str:
    """Say of an import what was asked for and how far it came."""
    first = run.paths[0].name or str(run.paths[0]) if run.paths else ""
    more = len(run.paths) - 1
    what = f"{first} {n_('and {n} more', 'and {n} more', more)}" if more > 0 else first
    if not run.total:
        return what
    far = _("{done} of {total} files").format(done=format_number(run.done), total=format_number(run.total))
    return f"{what}: {far}"


class ImportsDialog(QDialog):
    """Lists stopped imports and files that could not be read, the newest first.

    Signals:
        resume_requested, forget_requested: the Run to go on with, or to give up.
        again_requested: the paths to be read again.
        folder_requested: the path that is to be shown in the system's file manager.
        save_requested: the list is to be written to a file.
        settle_requested: the paths to be taken off the list.
        columns_requested: the path of a table of which it is to be said what its columns are.
    """

    columns_requested = Signal(object)
    resume_requested = Signal(object)
    forget_requested = Signal(object)
    again_requested = Signal(object)
    folder_requested = Signal(object)
    save_requested = Signal()
    settle_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importsDialog")
        self.setWindowTitle(_("Files not read"))
        self.resize(*_SIZE)
        self.rows = _Rows()
        self.rows.settle_wanted.connect(self._settle)
        self.rows.activated.connect(self._show_folder)
        none = Emptiness(
            _("Every file was read"),
            (_("A file that cannot be read is kept here, with the reason, until you deal with it."),),
        )
        self._frame = ListingFrame("importsFrame", self.rows, none, theme)
        self._runs = QVBoxLayout()
        self._runs.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(self._runs)
        layout.addWidget(self._frame, 1)
        layout.addWidget(self._make_buttons())
        self.rows.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_selection()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        self._needs_rows: list[QPushButton] = []
        made: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (_("&Try again"), "tryAgain", self._again),
            (_("&Columns…"), "chooseColumns", self._choose_columns),
            (_("Show in &folder"), "showInFolder", self._show_folder),
            (_("&Save list…"), "saveProblems", self.save_requested.emit),
            (_("&Remove from list"), "settleProblems", self._settle),
        )
        for words, name, does in made:
            button = acting_button(words, name, does)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            self._needs_rows.append(button)
        return buttons

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show the imports that were stopped."""
        while (item := self._runs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for run in runs:
            line = QFrame(objectName="stoppedImport")
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            words = _("Stopped import of {what}").format(what=run_words(run))
            label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            row.addWidget(label, 1)
            for name, text, signal in (
                ("resumeImport", _("Go on"), self.resume_requested),
                ("forgetImport", _("Give up"), self.forget_requested),
            ):
                button = acting_button(text, name, partial(signal.emit, run))
                button.setAccessibleName(f"{text}: {run_words(run)}")
                row.addWidget(button)
            self._runs.addWidget(line)

    def show_files(self, files: Sequence[FileSeen]) -> None:
        """Show these files; a place in the list stays where it was."""
        self.rows.show_files(files)
        if self._frame.tell(bool(files)):
            self.rows.setFocus()
        self._follow_selection()

    @Slot()
    def _follow_selection(self) -> None:
        for button in self._needs_rows:
            button.setEnabled(self.rows.model().rowCount() > 0)
        columns = next(one for one in self._needs_rows if one.objectName() == "chooseColumns")
        columns.setVisible(self.rows.chosen_table() is not None)

    @Slot()
    def _again(self) -> None:
        self.again_requested.emit(self.rows.chosen())

    @Slot()
    def _choose_columns(self) -> None:
        if (table := self.rows.chosen_table()) is not None:
            self.columns_requested.emit(table)

    @Slot()
    def _show_folder(self) -> None:
        if chosen := self.rows.chosen():
            self.folder_requested.emit(chosen[0])

    @Slot()
    def _settle(self) -> None:
        self.settle_requested.emit(self.rows.chosen())


class _Rows(QTreeView):
    """File, reason, folder and when.

    Signals:
        settle_wanted: Delete was pressed.
    """

    settle_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="problemList")
        self.setAccessibleName(_("Files not read"))
        self.setModel(QStandardItemModel(0, 4, self))
        make_plain(self)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def show_files(self, files: Sequence[FileSeen]) -> None:
        """Show these files."""
        model, place = self.model(), self.currentIndex().row()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        model.setHorizontalHeaderLabels([_("File"), _("Reason"), _("Folder"), _("Read on")])
        for file in files:
            model.appendRow(_items(file))
        mode = QHeaderView.ResizeMode
        head = self.header()
        for column, how in enumerate(
            (mode.Interactive, mode.Stretch, mode.Interactive, mode.ResizeToContents)
        ):
            head.setSectionResizeMode(column, how)
        head.resizeSection(0, _NAME_WIDTH)
        head.resizeSection(2, _FOLDER_WIDTH)
        if files and place >= 0:
            self.setCurrentIndex(model.index(min(place, len(files) - 1), 0))

    def chosen(self) -> list[Path]:
        """Return the files that are selected, or all where none is."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        every = range(self.model().rowCount())
        return [self.model().index(place, 0).data(_FILE) for place in places or every]

    def chosen_table(self) -> Path | None:
        """Return the selected file, where what is wrong with it is that no column seems to be the text."""
        chosen = self.selectionModel().selectedRows()
        one = chosen[0] if len(chosen) == 1 else None
        return one.data(_FILE) if one is not None and one.data(_KIND) == ProblemKind.NO_COLUMN else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell when Delete is pressed."""
        if event.key() == Qt.Key.Key_Delete and self.selectionModel().hasSelection():
            self.settle_wanted.emit()
        else:
            super().keyPressEvent(event)


def _items(file: FileSeen) -> list[QStandardItem]:
    problem = file.as_problem
    shown = Path(problem.path) if problem else file.path
    reason = problem_reason(problem) if problem else ""
    items = [
        QStandardItem(word)
        for word in (shown.name, reason, str(shown.parent), format_date(file.at[:10], short=True))
    ]
    items[0].setData(file.path, _FILE)
    items[0].setData(file.problem, _KIND)
    items[0].setSizeHint(QSize(0, ROW))
    for item, tip in zip(items, (str(shown), reason, str(shown.parent), ""), strict=True):
        item.setToolTip(tip)
    return items
