"""Brings notes and articles out of the program, and notes of other programs in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem, ProblemKind
from desktop.i18n import _, n_, problem_text
from desktop.model import AnnotationId, Article
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.appearance import Appearance
from desktop.ui.jobs import Job, Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.single_dialog import SingleDialog
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.export_notes import Exported
    from desktop.tasks.import_annotations import NotesTaken
    from desktop.tasks.session import Session
    from desktop.ui.export_dialog import ExportDialog, Order, Scope

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST = 60  # characters of a file's name


class Exporting(QObject):
    """Shows the dialog, and carries out what is ordered there."""

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        messages: Messages,
        settings: Settings,
        appearance: Appearance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._jobs, self._messages = window, jobs, messages
        self._settings, self._appearance = settings, appearance
        self._files = FileWriter(jobs, messages, settings)
        self._session: Session | None = None
        self._dialog: SingleDialog[ExportDialog] = SingleDialog()
        self._looking: Job | None = None
        self._name = ""

    def use(self, session: Session | None) -> None:
        """Export from this library from now on."""
        self._session = session
        self._dialog.close()

    # The dialog

    def show_dialog(
        self,
        query: str,
        article: Article | None,
        rows: Sequence[int] = (),
        chosen: frozenset[AnnotationId] = frozenset(),
    ) -> None:
        """Let a person choose what goes out.

        query: what the articles in the list were found with; article: the one that is open; rows: numbers of
        articles that are selected; chosen: notes that are.
        """
        from desktop.ui.export_dialog import ExportDialog

        if self._session is None:
            return
        if self._dialog.comes_forward():
            return
        self._name = article.title if article and not rows and not query else query
        scopes = _scopes(query, article, rows, chosen)
        dialog = ExportDialog(scopes, self._appearance.theme, self._settings, self._window)
        self._dialog.hold(dialog)
        dialog.preview_wanted.connect(self._preview)
        dialog.ordered.connect(self._carry_out)
        dialog.template_wanted.connect(self._choose_template)
        dialog.example_wanted.connect(self._write_example)
        dialog.finished.connect(self._look_no_more)
        dialog.show()

    @Slot()
    def _look_no_more(self) -> None:
        if self._looking is not None:
            self._looking.cancel()

    @Slot(object)
    def _preview(self, order: Order) -> None:
        session, dialog = self._session, self._dialog.shown
        if session is None or dialog is None:
            return
        self._look_no_more()

        def task(progress: Progress) -> Any:
            from desktop.tasks.preview_export import preview

            template = _read_template(order.template)
            return preview(session, order.wanted, order.format_name, template, progress)

        def done(found: Any) -> None:
            if self._dialog.shown is dialog:
                dialog.show_preview(found)

        def problem(met: Problem) -> None:
            if self._dialog.shown is dialog:
                dialog.show_problem(problem_text(met))

        self._looking = self._jobs.run(_("Export"), task, done, lane=Lane.QUICK, problem=problem)

    @Slot(object)
    def _carry_out(self, order: Order) -> None:
        session = self._session
        if session is None:
            return
        name = _UNFIT.sub(" ", self._name).strip()[:_LONGEST].strip(" .")
        name = name or (_("Articles") if order.wanted.whole else _("Notes"))
        kinds = f"*{order.suffix}"
        target = self._files.ask(_("Export"), f"{name}{order.suffix}", kinds)
        if target is None:
            return
        if self._dialog.shown is not None:
            self._dialog.shown.accept()

        def task(progress: Progress) -> Exported:
            from desktop.tasks.export_notes import export_file
            from desktop.tasks.preview_export import write_for

            write = write_for(order.format_name, _read_template(order.template))
            return export_file(session, order.wanted, write, target, progress)

        def told(result: Exported) -> str:
            if result.problems:
                self._messages.warn(
                    n_(
                        "{n} article could not be read",
                        "{n} articles could not be read",
                        len(result.problems),
                    ),
                    "\n".join(map(problem_text, result.problems)),
                )
            words = _("Articles written to {file}") if order.wanted.whole else _("Notes written to {file}")
            return words.format(file=target.name)

        self._files.write(_("Export"), target, task, told)

    # Templates

    @Slot()
    def _choose_template(self) -> None:
        kinds = _("Templates (*.j2 *.jinja *.md *.txt)")
        chosen = self._messages.open_file(_("Choose template"), self._files.folder, kinds)
        if chosen is not None and self._dialog.shown is not None:
            self._dialog.shown.set_template(chosen)

    @Slot()
    def _write_example(self) -> None:
        target = self._files.ask(_("Save an example"), "leeslamp.md.j2", _("Templates (*.j2)"))
        if target is None:
            return

        def task(_progress: Progress) -> None:
            from desktop.exporters.template import example_text
            from desktop.tasks.export_notes import write_file

            write_file(target, example_text())

        def done(_result: object) -> None:
            if self._dialog.shown is not None:
                self._dialog.shown.set_template(target)

        self._jobs.run(_("Export"), task, done)

    # The library as a whole

    @Slot()
    def export_library(self) -> None:
        """Ask for a folder and write everything into it."""
        session = self._session
        if session is None:
            return
        title = _("Export whole library")
        target = self._messages.name_folder(title, self._files.folder / _("Leeslamp library"))
        if target is None:
            return
        self._settings.set("last_folder", str(target.parent))

        def task(progress: Progress) -> Any:
            from desktop.tasks.export_library import export_library

            return export_library(session, target, progress)

        def told(result: Any) -> str:
            if result.problems:
                words = n_(
                    "{n} article could not be read", "{n} articles could not be read", len(result.problems)
                )
                self._messages.warn(words, "\n".join(map(problem_text, result.problems)))
            written = n_("{n} article written", "{n} articles written", result.articles)
            return _("{written} to {folder}").format(written=written, folder=target.name)

        self._files.write(title, target / "index.html", task, told)

    # Notes that come in

    @Slot()
    def import_notes(self) -> None:
        """Ask for a file with notes of this or another program, and take them in."""
        session = self._session
        if session is None:
            return
        kinds = _("Notes (*.jsonld *.json *.csv)")
        source = self._messages.open_file(_("Import notes"), self._files.folder, kinds)
        if source is None:
            return
        self._settings.set("last_folder", str(source.parent))

        def task(progress: Progress) -> NotesTaken:
            from desktop.tasks.import_annotations import import_annotations

            return import_annotations(session, [source], progress)

        self._jobs.run(_("Import notes"), task, self._tell_taken)

    def _tell_taken(self, taken: NotesTaken) -> None:
        for problem in taken.problems:
            self._messages.problem(problem)
        if taken.problems:
            return
        words = n_("{n} note taken in", "{n} notes taken in", taken.added)
        if taken.known:
            words += ", " + n_("{n} known already", "{n} known already", taken.known)
        if not taken.left:
            self._messages.tell(words)
            return
        lines = (
            f"{left.title or '–'}: {left.reason_words()}\n    {left.quote or left.note}"
            for left in taken.left
        )
        left_out = n_("{n} left out", "{n} left out", len(taken.left))
        self._messages.warn(f"{words}, {left_out}", "\n".join(lines))


def _scopes(
    query: str, article: Article | None, rows: Sequence[int], chosen: frozenset[AnnotationId]
) -> list[Scope]:
    """Return what can go out, the nearest at hand first."""
    from desktop.tasks.gather_export import Wanted
    from desktop.ui.export_dialog import Scope

    scopes = []
    if chosen:
        words = n_("{n} chosen note", "{n} chosen notes", len(chosen))
        scopes.append(Scope("selection", words, Wanted(chosen=chosen)))
    if len(rows) > 1:
        words = n_("{n} selected article", "{n} selected articles", len(rows))
        scopes.append(Scope("selection", words, Wanted(rows=tuple(rows))))
    if query.strip():
        scopes.append(Scope("result", _("What was found: {query}").format(query=query), Wanted(query=query)))
    scopes.append(Scope("library", _("The whole library"), Wanted()))
    if article is not None:
        words = _("This article: {title}").format(title=article.title)
        scopes.append(Scope("article", words, Wanted(ids=(article.id,))))
    return scopes


def _read_template(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(ProblemKind.NOT_READABLE, path, str(error)) from error
