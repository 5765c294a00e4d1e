"""Brings articles in: chosen, dropped on the window, pasted, handed over by a second start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.errors import Problem
from desktop.i18n import _, n_, problem_reason, problem_text
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane, Task
from desktop.ui.messages import Messages

if TYPE_CHECKING:
    from desktop.library.import_log import Run, RunId
    from desktop.tasks.import_files import ImportResult
    from desktop.tasks.import_options import ImportOptions
    from desktop.tasks.session import Session

_MOST_LINES = 200  # problems named in the details
_MAY_HOLD_CORRECTIONS = (".leeslamp-corrections", ".json")
_SHOWN_LINES = 5  # and in the notice itself


def _in_short(problem: Problem) -> str:
    return f"{Path(problem.path).name}: {problem_reason(problem)}"


def _about_notes(result: ImportResult) -> str:
    """Say how many notes moved or lost their passage; "" for none."""
    parts = []
    if result.moved:
        parts.append(n_("{n} note moved", "{n} notes moved", len(result.moved)))
    if result.orphaned:
        words = n_("{n} note lost its passage", "{n} notes lost their passage", len(result.orphaned))
        parts.append(words)
    return ", ".join(parts)


class Importing(QObject):
    """Runs imports and says what became of them.

    Signals:
        arrived: the ArticleIds of an import that a person asked for, in order.
        starters_arrived: the ArticleIds of the starter articles.
        reported: the ImportResult of an import that ended.
        corrections_met: files with corrections among those that were to come in.
        review_wanted: a person wants to see which notes moved or lost their passage.
    """

    arrived = Signal(object)
    reported = Signal(object)
    starters_arrived = Signal(object)
    corrections_met = Signal(object)
    review_wanted = Signal()

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._settings = settings
        self._session: Session | None = None
        self._running = 0
        self._growing: list[ImportResult] = []
        self._waiting: list[Path] = []  # until a library is open

    @property
    def is_running(self) -> bool:
        """Tell whether articles are coming in now."""
        return self._running > 0

    @property
    def articles_so_far(self) -> int:
        """Return how many articles the imports that are running have brought in."""
        return sum(len(result.added) + len(result.updated) for result in self._growing)

    def _grow(self, result: ImportResult) -> None:
        self._growing = [*self._growing, result] if self._running > 1 else [result]

    def _run(
        self, title: str, task: Task, done: Callable[[ImportResult], None], *, can_pause: bool = False
    ) -> None:
        self._running += 1

        def over() -> None:
            self._running -= 1

        def finished(result: ImportResult) -> None:
            over()
            done(result)

        def problem(reason: Problem) -> None:
            over()
            self._messages.problem(reason)

        def bug(trace: str) -> None:
            over()
            self._jobs.bug_met.emit(trace)

        self._jobs.run(title, task, finished, problem=problem, cancelled=over, bug=bug, can_pause=can_pause)

    def use(self, session: Session | None) -> None:
        """Import into this library from now on."""
        self._session = session
        if session is not None and self._waiting:
            waiting, self._waiting = self._waiting, []
            self.bring_in(waiting)

    @Slot()
    def choose_files(self) -> None:
        """Let a person choose files."""
        from desktop.importers import IMPORTERS

        patterns = [f"*{suffix}" for importer in IMPORTERS for suffix in importer.suffixes]
        chosen = self._messages.choose_files(_("Import files"), self._settings.get("last_folder"), patterns)
        if chosen:
            self._settings.set("last_folder", str(chosen[0].parent))
            self.bring_in(chosen)

    @Slot()
    def choose_folder(self) -> None:
        """Let a person choose a folder; everything in it comes in."""
        chosen = self._messages.choose_folder(_("Import folder"), self._settings.get("last_folder"))
        if chosen is not None:
            self._settings.set("last_folder", str(chosen))
            self.bring_in([chosen])

    @Slot()
    def paste(self) -> None:
        """Make an article from the text on the clipboard, or bring in the files that were copied."""
        data = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.bring_in(files)
            return
        text, session = data.text(), self._session
        if not text.strip():
            self._messages.tell(_("The clipboard holds no text"))
        elif session is not None:

            def task(progress: Progress) -> ImportResult:
                from desktop.tasks import import_files

                return import_files.import_text(session, text)

            self._run(_("New article"), task, self._report)

    @Slot(object)
    def bring_in(
        self, paths: Sequence[Path], options: ImportOptions | None = None, *, out_of: str = ""
    ) -> None:
        """Import files and folders; before a library is open they wait for it.

        options: None = as usual. out_of: the watched folder they stand in; nobody asked for them just now.
        """
        session = self._session
        if session is None:
            self._waiting.extend(paths)
            return
        if not out_of:
            paths = self._without_corrections(paths)
            if not paths:
                return
        keep = self._settings.get("originals") == "copy"

        def task(progress: Progress) -> ImportResult:
            from desktop.tasks import import_files
            from desktop.tasks.import_options import ImportOptions

            chosen = options or ImportOptions(keep_originals=keep)
            return import_files.import_paths(session, paths, progress, chosen, told=self._grow)

        report = partial(self._report_quietly, out_of) if out_of else self._report
        self._run(_("Import"), task, report, can_pause=True)

    def _without_corrections(self, paths: Sequence[Path]) -> list[Path]:
        """Leave out files with corrections, which are no articles, and tell of them."""
        if not any(path.suffix.casefold() in _MAY_HOLD_CORRECTIONS for path in paths):
            return list(paths)
        from desktop.tasks import corrections

        met = [path for path in paths if corrections.are_in(path)]
        if met:
            self.corrections_met.emit(met)
        return [path for path in paths if path not in met]

    def bring_in_table(self, file: Path, columns: Mapping[str, str]) -> None:
        """Import the rows of a table by a person's choice of columns."""
        from desktop.tasks.import_options import ImportOptions

        keep = self._settings.get("originals") == "copy"
        self.bring_in([file], ImportOptions(keep_originals=keep, columns=tuple(columns.items())))

    def resume(self, run: Run) -> None:
        """Go on with an import that was stopped."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> ImportResult:
            from desktop.tasks import imports

            return imports.resume(session, run, progress, told=self._grow)

        self._run(_("Import"), task, self._report, can_pause=True)

    def _offer_to_go_on(self, number: RunId | None, text: str) -> None:
        """Say that an import was stopped. It is not asked for any more, but can still go on."""
        session = self._session
        if session is None:  # the program ends: the import is offered again when it starts
            return

        def task(progress: Progress) -> list[Run]:
            from desktop.tasks import imports

            runs = [run for run in imports.unfinished(session) if run.id == number]
            imports.forget(session, [run.id for run in runs])
            return runs

        def done(runs: list[Run]) -> None:
            if runs:
                self._messages.tell(text, action=_("Go on"), act=lambda: self.resume(runs[0]))

        self._jobs.run(_("Import"), task, done, lane=Lane.EDIT)

    def bring_in_starters(self) -> None:
        """Fill a new library with the articles that come with the program."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> ImportResult:
            from desktop.tasks import import_files

            return import_files.import_starters(session, progress)

        self._run(_("Import"), task, self._on_starters)

    def _on_starters(self, result: ImportResult) -> None:
        self.starters_arrived.emit(result.added)

    def _report_quietly(self, folder: str, result: ImportResult) -> None:
        """Say in a line what came out of a watched folder; what could not be read is on the list."""
        arrived = len(result.added) + len(result.updated)
        if arrived:
            words = n_("{n} article imported", "{n} articles imported", arrived)
            self._messages.tell(f"{folder}: {words}")
        if result.cancelled:
            self._offer_to_go_on(result.run, _("Import stopped"))
        self.reported.emit(result)

    def _report(self, result: ImportResult) -> None:
        parts = []
        if result.added:
            parts.append(n_("{n} article imported", "{n} articles imported", len(result.added)))
        if result.updated:
            parts.append(n_("{n} with a newer text", "{n} with a newer text", len(result.updated)))
        if result.skipped:
            parts.append(n_("{n} skipped", "{n} skipped", len(result.skipped)))
        if result.problems:
            parts.append(n_("{n} could not be read", "{n} could not be read", len(result.problems)))
        if result.cancelled:
            parts.append(_("stopped"))
        notes = _about_notes(result)
        if notes and not result.problems:
            parts.append(notes)
        text = ", ".join(parts) or _("Nothing new: everything was in the library already")
        if result.problems:
            if result.cancelled:
                self._offer_to_go_on(result.run, _("Import stopped"))
            lines = [problem_text(problem) for problem in result.problems[:_MOST_LINES]]
            if len(result.problems) == 1:
                text = lines[0] if len(parts) == 1 else f"{text}: {lines[0]}"
            else:
                text = "\n".join([f"{text}:", *map(_in_short, result.problems[:_SHOWN_LINES])])
            self._messages.warn(text, "\n".join(lines))
            text = notes
        if notes:
            self._messages.tell(text, action=_("Check notes"), act=self.review_wanted.emit, stays=True)
        elif result.cancelled and result.run is not None and not result.problems:
            self._offer_to_go_on(result.run, text)
        elif not result.problems:
            self._messages.tell(text)
        self.reported.emit(result)
        arrived = [*result.added, *result.updated]
        if arrived:
            self.arrived.emit(arrived)
