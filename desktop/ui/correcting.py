"""Says that amounts and dates are wrong; lists all that was said, takes it back, carries it in a file.

The article at hand has its marks again at once; articles that are concerned besides are marked again in
the background, with progress, as after an update of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.errors import Problem
from desktop.i18n import _, format_amount, format_period, n_, problem_text
from desktop.model import Amount, ArticleId, Changes, Mention, MentionKind, Period, RuleId, RuleScope
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.tasks.corrections import Correction
    from desktop.tasks.session import Session

Right = tuple[MentionKind, Amount] | Period  #: what an amount, or a date, means in truth


class Correcting(QObject):
    """Runs the tasks of correcting.

    Signals:
        listed: the Corrections of the library, newest first.
        rules_changed: rules were made, or taken back.
        imported: what came of taking in a file, in words, and whether anything came in.
    """

    listed = Signal(object)
    rules_changed = Signal()
    imported = Signal(str, bool)

    def __init__(
        self,
        jobs: Jobs,
        messages: Messages,
        settings: Settings,
        undo: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._settings = settings
        self._files = FileWriter(jobs, messages, settings)
        self._undo = undo
        self._session: Session | None = None

    @Slot()
    def undo(self) -> None:
        """Undo the last change."""
        self._undo()

    def use(self, session: Session | None) -> None:
        """Correct in this library from now on."""
        self._session = session

    def reject(self, article: ArticleId, mention: Mention, scope: RuleScope) -> None:
        """Say that an amount or a date is none."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct

            return correct.reject(session, article, mention, scope)

        words = {
            RuleScope.HERE: _("“{words}” is no longer marked here"),
            RuleScope.ARTICLE: _("“{words}” is no longer marked in this article"),
            RuleScope.EVERYWHERE: _("“{words}” is no longer marked anywhere"),
        }
        self._run(_("Correction"), work, words[scope].format(words=mention.text))

    def correct(self, article: ArticleId, mention: Mention, right: Right, scope: RuleScope) -> None:
        """Say what an amount or a date means."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct

            return correct.correct(session, article, mention, right, scope)

        value = format_period(right) if isinstance(right, Period) else format_amount(right[1])
        self._run(
            _("Correction"), work, _("“{words}” now means {value}").format(words=mention.text, value=value)
        )

    def restore(self, ids: Sequence[RuleId], at_hand: ArticleId | None) -> None:
        """Take corrections back."""

        def work(session: Session) -> Changes:
            from desktop.tasks import corrections

            return corrections.restore(session, ids, at_hand)

        told = n_("{n} correction taken back", "{n} corrections taken back", len(ids))
        self._run(_("Take correction back"), work, told)

    # A file

    @Slot()
    def export_rules(self) -> None:
        """Ask for a file and write all corrections into it."""
        from desktop.exporters.rules_file import SUFFIX

        session = self._session
        title = _("Export corrections")
        target = self._files.ask(
            title, _("Corrections") + SUFFIX, _("Corrections ({patterns})").format(patterns=f"*{SUFFIX}")
        )
        if target is None or session is None:
            return

        def task(_progress: Progress) -> int:
            from desktop.tasks import corrections

            return corrections.export_rules(session, target)

        def told(count: int) -> str:
            corrections = n_("{n} correction", "{n} corrections", count)
            return _("{corrections} written to {file}").format(corrections=corrections, file=target.name)

        self._files.write(title, target, task, told)

    def import_rules(self, at_hand: ArticleId | None) -> None:
        """Ask for a file and take in its corrections."""
        from desktop.exporters.rules_file import SUFFIX

        session = self._session
        kind = _("Corrections ({patterns})").format(patterns=f"*{SUFFIX} *.json")
        source = self._messages.open_file(_("Import corrections"), self._files.folder, kind)
        if source is None or session is None:
            return
        self._settings.set("last_folder", str(source.parent))
        self.take_in(source, at_hand)

    def offer(self, source: Path, at_hand: ArticleId | None) -> None:
        """Ask whether to take in the corrections of a file that was opened or dropped as articles are."""
        question = _("Take in the corrections in {file}?").format(file=source.name)
        explanation = _(
            "They hold for the articles that are here, and for those that come in later. It can be undone."
        )
        if self._session is not None and self._messages.ask(question, _("Take in"), explanation):
            self.take_in(source, at_hand)

    def take_in(self, source: Path, at_hand: ArticleId | None) -> None:
        """Take in the corrections of a file."""
        session = self._session
        if session is None:
            return

        def task(_progress: Progress) -> tuple[Changes, int, int]:
            from desktop.tasks import corrections

            return corrections.import_rules(session, source, at_hand)

        def done(answer: tuple[Changes, int, int]) -> None:
            _changes, taken, known = answer
            words = n_("{n} correction taken in", "{n} corrections taken in", taken)
            if known:
                words += ", " + n_("{n} was here already", "{n} were here already", known)
            if taken:
                self._messages.tell(words, action=_("Undo"), act=self._undo)
            else:
                self._messages.tell(words)
            self.imported.emit(words, taken > 0)

        def problem(reason: Problem) -> None:
            self._messages.problem(reason)
            self.imported.emit(problem_text(reason), False)

        self._jobs.run(_("Import corrections"), task, done, lane=Lane.EDIT, problem=problem)

    def _run(self, title: str, work: Callable[[Session], Changes], told: str) -> None:
        session = self._session

        def done(_changes: Changes) -> None:
            self._messages.tell(told, action=_("Undo"), act=self._undo)

        if session is not None:
            self._jobs.run(title, lambda _progress: work(session), done, lane=Lane.EDIT)

    @Slot()
    def read_list(self) -> None:
        """Read which corrections there are; `listed` tells."""
        session = self._session
        if session is None:
            self.listed.emit([])
            return

        def task(progress: Progress) -> list[Correction]:
            from desktop.tasks import corrections

            return corrections.listed(session, progress)

        self._jobs.run(_("Corrections"), task, self.listed.emit, lane=Lane.QUICK)

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Mark what a correction, or an import during one, left to be marked again."""
        session = self._session
        if session is None or not (changes.library or changes.step is not None):
            return

        def task(progress: Progress) -> Changes | None:
            from desktop.tasks.look_after import mark_again

            marked = mark_again(session, progress)
            return marked if marked.articles or marked.actors else None

        self._jobs.run(_("Marking other articles"), task)
        if changes.step is not None:
            self.rules_changed.emit()
