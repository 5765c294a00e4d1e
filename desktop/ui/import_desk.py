"""What is left of imports: stopped ones are offered again, files that could not be read are kept in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.i18n import _, n_, problem_reason
from desktop.progress import Progress
from desktop.ui.appearance import Appearance
from desktop.ui.importing import Importing
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.single_dialog import SingleDialog
from desktop.ui.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.library.import_log import FileSeen, Run
    from desktop.tasks.imports import Preview
    from desktop.tasks.session import Session
    from desktop.ui.imports_dialog import ImportsDialog


class ImportDesk(QObject):
    """Keeps what is left to do as it is, in the status bar and, when it is open, in its dialog."""

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        messages: Messages,
        appearance: Appearance,
        status: StatusBar,
        importing: Importing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._appearance = appearance
        self._status = status
        self._importing = importing
        self._session: Session | None = None
        self._stopped: list[Run] = []
        self._files: list[FileSeen] = []
        self._dialog: SingleDialog[ImportsDialog] = SingleDialog()
        importing.reported.connect(self.read_again)
        status.problems_requested.connect(self.show_list)

    def use(self, session: Session | None) -> None:
        """Look after the imports of this library from now on."""
        self._session = session
        self._stopped, self._files = [], []
        self._status.show_problems(0)
        self._dialog.close()
        if session is not None:
            self._read(offer=True)

    @Slot()
    def read_again(self) -> None:
        """Read the list again: it may have changed."""
        self._read(offer=False)

    def _read(self, *, offer: bool) -> None:
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> tuple[list[Run], list[FileSeen]]:
            from desktop.tasks import imports

            return imports.unfinished(session) if offer else [], imports.problems(session)

        def done(answer: tuple[list[Run], list[FileSeen]]) -> None:
            if session is not self._session:
                return
            if offer:
                self._stopped = answer[0]
                self._offer()
            self._files = answer[1]
            self._show()

        self._jobs.run(_("Import"), task, done, lane=Lane.QUICK)

    def _show(self) -> None:
        self._status.show_problems(len(self._files))
        if (dialog := self._dialog.shown) is not None:
            dialog.show_runs(self._stopped)
            dialog.show_files(self._files)

    def _offer(self) -> None:
        from desktop.ui.imports_dialog import run_words

        if len(self._stopped) == 1:
            run = self._stopped[0]
            words = _("An import was interrupted. {what}").format(what=run_words(run))
            self._messages.tell(words, action=_("Go on"), act=lambda: self._resume(run), stays=True)
        elif self._stopped:
            words = n_("{n} import was interrupted", "{n} imports were interrupted", len(self._stopped))
            self._messages.tell(words, action=_("Show"), act=self.show_list, stays=True)

    # The list

    @Slot()
    def show_list(self) -> None:
        """Open the list."""
        from desktop.ui.imports_dialog import ImportsDialog

        if self._dialog.comes_forward():
            return
        dialog = self._dialog.hold(ImportsDialog(self._appearance.theme, self._window))
        dialog.resume_requested.connect(self._resume)
        dialog.forget_requested.connect(self._give_up)
        dialog.again_requested.connect(self._importing.bring_in)
        dialog.folder_requested.connect(self.show_in_folder)
        dialog.save_requested.connect(self._save)
        dialog.columns_requested.connect(self.ask_columns)
        dialog.settle_requested.connect(self._settle)
        dialog.show_runs(self._stopped)
        self.read_again()
        dialog.show()

    @Slot(object)
    def _resume(self, run: Run) -> None:
        if run in self._stopped:
            self._stopped.remove(run)
            self._show()
            self._importing.resume(run)

    @Slot(object)
    def _give_up(self, run: Run) -> None:
        if run in self._stopped:
            self._stopped.remove(run)
            self._change(lambda imports, session: imports.forget(session, [run.id]))

    @Slot(object)
    def _settle(self, files: Sequence[Path]) -> None:
        self._change(lambda imports, session: imports.settle(session, files))

    def _change(self, work: Callable[[Any, Session], object]) -> None:
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> None:
            from desktop.tasks import imports

            work(imports, session)

        self._jobs.run(_("Import"), task, lambda _answer: self.read_again(), lane=Lane.EDIT)

    @Slot(object)
    def show_in_folder(self, file: Path) -> None:
        """Open the folder of a file in the system's file manager; say where it is where there is none."""
        folder = next((one for one in file.parents if one.is_dir()), None)
        if folder is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.tell(str(file))

    # Tables

    @Slot()
    def choose_table(self) -> None:
        """Let a person choose a table and say which column tells what."""
        if self._session is None:
            return
        kind = "CSV, XLSX, JSONL (*.csv *.tsv *.xlsx *.xlsm *.jsonl *.ndjson)"
        file = self._messages.open_file(_("Import table"), Path.home(), kind)
        if file is not None:
            self.ask_columns(file)

    @Slot(object)
    def ask_columns(self, file: Path) -> None:
        """Ask which column of a table tells what, then bring its rows in."""

        def task(progress: Progress) -> Preview:
            from desktop.tasks import imports

            return imports.preview_table(file)

        self._jobs.run(_("Import table"), task, lambda found: self._show_columns(file, found))

    def _show_columns(self, file: Path, found: Preview) -> None:
        from desktop.ui.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(file, *found, parent=self._window)
        dialog.given.connect(lambda columns: self._importing.bring_in_table(file, columns))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _save(self) -> None:
        files = list(self._files)
        suggested = Path.home() / (_("files-not-read") + ".csv")
        target = self._messages.save_file(_("Save list"), suggested, "CSV (*.csv)")
        if target is None or not files:
            return

        def reason(file: FileSeen) -> str:
            problem = file.as_problem
            return problem_reason(problem) if problem else ""

        def task(progress: Progress) -> None:
            from desktop.tasks import imports

            imports.save_list(files, target, reason)

        def done(_answer: object) -> None:
            self._messages.tell(_("List saved: {file}").format(file=target))

        self._jobs.run(_("Save list"), task, done)
