"""Ask for a file, write it in a job, and say that it is written: the same for everything that goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.i18n import _
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs
from desktop.ui.messages import Messages


class FileWriter:
    """Remembers the folder of the last file, of whatever kind."""

    def __init__(self, jobs: Jobs, messages: Messages, settings: Settings) -> None:
        self._jobs, self._messages, self._settings = jobs, messages, settings

    @property
    def folder(self) -> Path:
        """Return where the last file was, or else the reader's own folder."""
        return Path(self._settings.get("last_folder") or Path.home())

    def ask(self, title: str, name: str, kinds: str, endings: Collection[str] = ()) -> Path | None:
        """Let a person say where a file goes; None = nowhere. One without an ending gets that of `name`.

        endings: those there may be; another one is taken for a part of the name.
        """
        target = self._messages.save_file(title, self.folder / name, kinds)
        if target is None:
            return None
        if not target.suffix or (endings and target.suffix.lower() not in endings):
            target = target.with_name(target.name + Path(name).suffix)
        self._settings.set("last_folder", str(target.parent))
        return target

    def write(
        self, title: str, target: Path, task: Callable[[Progress], Any], told: Callable[[Any], str]
    ) -> None:
        """Run what writes the file; told: gives of its result what is said then."""

        def done(result: Any) -> None:
            self._messages.tell(
                told(result),
                action=_("Open folder"),
                act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent))),
            )

        self._jobs.run(title, task, done)

    def write_table(self, name: str, task: Callable[[Path, Progress], object]) -> None:
        """Ask where a table goes and write it; name: of the file, without its ending."""
        title = _("Export table")
        target = self.ask(title, f"{name}.xlsx", _("Tables (*.xlsx *.csv)"))
        if target is not None:
            told = _("Table written to {file}").format(file=target.name)
            self.write(title, target, lambda progress: task(target, progress), lambda _nothing: told)
