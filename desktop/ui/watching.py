"""Looks at watched folders now and then, and brings in what has settled there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.appearance import Appearance
from desktop.ui.importing import Importing
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.single_dialog import SingleDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.library.watched import Watched, WatchedId
    from desktop.tasks.import_files import ImportResult
    from desktop.tasks.session import Session
    from desktop.tasks.watch import Look, Watch
    from desktop.ui.watched_dialog import WatchedDialog

EVERY_MS = 10_000  #: between two looks


class Watching(QObject):
    """Watches the folders of one library; only its timer and its dialog are Qt's."""

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        messages: Messages,
        settings: Settings,
        appearance: Appearance,
        importing: Importing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._settings = settings
        self._appearance = appearance
        self._importing = importing
        self._session: Session | None = None
        self._folders: list[Watched] = []
        self._missing: frozenset[WatchedId] = frozenset()
        self._watch: Watch | None = None
        self._is_looking = False
        self._dialog: SingleDialog[WatchedDialog] = SingleDialog()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        importing.reported.connect(self._respect)

    def use(self, session: Session | None) -> None:
        """Watch the folders of this library from now on."""
        self._session = session
        self._watch, self._missing = None, frozenset()
        self._timer.stop()
        self._dialog.close()
        if session is not None:
            self._read()

    def _read(self) -> None:
        """Read which folders there are; look at them at once."""

        def work(session: Session) -> list[Watched]:
            from desktop.tasks import watch

            return watch.folders(session)

        self._run(work, self._know, Lane.QUICK)

    def _know(self, folders: list[Watched]) -> None:
        self._folders = folders
        if any(folder.active for folder in folders):
            self._timer.start()
            self.look()
        else:
            self._timer.stop()
        self._show()

    # Looking

    @Slot()
    def look(self) -> None:
        """Look at the folders, unless articles are coming in: what is there stays there."""
        session = self._session
        if session is None or self._is_looking or self._importing.is_running:
            return
        self._is_looking = True
        known = self._watch

        def task(progress: Progress) -> tuple[Watch, Look]:
            from desktop.tasks.watch import Watch

            watch = known or Watch()
            return watch, watch.look(session, progress)

        def over() -> None:
            self._is_looking = False

        def done(answer: tuple[Watch, Look]) -> None:
            over()
            if session is self._session:
                self._take_in(*answer)

        def bug(trace: str) -> None:
            over()
            self._jobs.bug_met.emit(trace)

        self._jobs.run(
            _("Watched folders"), task, done, cancelled=over, bug=bug, problem=lambda _problem: over()
        )

    def _take_in(self, watch: Watch, found: Look) -> None:
        self._watch = watch
        if frozenset(found.missing) != self._missing:
            self._missing = frozenset(found.missing)
            self._show()
        keep = self._settings.get("originals") == "copy"
        for one in found.arrived:
            options = one.options(keep_originals=keep)
            self._importing.bring_in(one.files, options, out_of=one.folder.path.name)

    @Slot(object)
    def _respect(self, result: ImportResult) -> None:
        """Leave what was just found when a person stopped its import: it would come back at the next look."""
        if result.cancelled and self._watch is not None:
            self._watch.leave()

    # The dialog

    @Slot()
    def show_folders(self) -> None:
        """Open the list of watched folders."""
        from desktop.ui.watched_dialog import WatchedDialog

        if self._dialog.comes_forward():
            return
        dialog = self._dialog.hold(WatchedDialog(self._appearance.theme, self._window))
        dialog.add_requested.connect(self._add)
        dialog.changed.connect(self._put)
        dialog.remove_requested.connect(self._remove)
        self._show()
        dialog.show()

    def _show(self) -> None:
        if self._dialog.shown is not None:
            self._dialog.shown.show_folders(self._folders, self._missing)

    @Slot()
    def _add(self) -> None:
        chosen = self._messages.choose_folder(_("Watch a folder"), self._settings.get("last_folder"))
        if chosen is None:
            return
        from desktop.library.watched import Watched

        self._settings.set("last_folder", str(chosen))
        self._put(Watched(Path(chosen)))

    @Slot(object)
    def _put(self, folder: Watched) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import watch

            return watch.put(session, folder)

        self._run(work, lambda _answer: self._read(), Lane.EDIT)

    @Slot(object)
    def _remove(self, folder: WatchedId) -> None:
        def work(session: Session) -> None:
            from desktop.tasks import watch

            watch.remove(session, folder)

        self._run(work, lambda _answer: self._read(), Lane.EDIT)

    def _run(self, work: Callable[[Session], Any], done: Callable[[Any], object], lane: Lane) -> None:
        session = self._session
        if session is None:
            return

        def finished(answer: object) -> None:
            if session is self._session:
                done(answer)

        self._jobs.run(_("Watched folders"), lambda _progress: work(session), finished, lane=lane)
