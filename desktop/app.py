"""The window's program: builds everything in order, runs, takes it down in reverse.

Paths, log, settings and language come first, then Qt, theme and window; the library opens off the
window's thread once the window has been painted. At the end what is still to be stored is stored,
then the library closes, then the threads stop. Nothing heavy (Whoosh, numpy, SQLite) is imported
before the first paint.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop import __version__, i18n, log, paths
from desktop.i18n import _
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import MainWindow
    from desktop.ui.single_instance import Doorkeeper

_SHUTDOWN_SECONDS = 15.0
_GARBAGE = (2_000, 5, 100_000)  # objects, and younger collections, before a collection
_SWITCH_SECONDS = 0.0002  # how long another thread may keep the window's thread waiting for the interpreter


def main(arguments: Sequence[str]) -> int:
    """Open the window on a library, with files or a link; return the exit code."""
    log.start(None)
    settings = Settings(paths.config_folder() / "settings.json")
    i18n.use(settings.get("language"))
    words = _read(arguments) if arguments else []
    application = _application()
    library = first_library(settings)
    if _is_open_elsewhere(library, words):
        return 0
    program = Program(settings, library, words)
    program.window.show()
    code = application.exec()
    return code if program.shut_down() else 1


def first_library(settings: Settings) -> Path:
    """Return the library to begin with: the one that was named, else that of last time, else the default."""
    last = settings.get("library")
    if last and "LEESLAMP_LIBRARY" not in os.environ and Path(last).is_dir():
        return Path(last)
    return paths.default_library()


def _read(arguments: Sequence[str]) -> list[str]:
    """Return the files and links among the arguments; a library that is named becomes the default one."""
    import argparse

    parser = argparse.ArgumentParser(prog="leeslamp", description=_("Open the Leeslamp window"))
    parser.add_argument("--library", metavar="DIR", help=_("the library to open"))
    parser.add_argument("files", nargs="*", help=_("files or folders to import, or a leeslamp:// link"))
    options = parser.parse_args(list(arguments))
    if options.library:
        os.environ["LEESLAMP_LIBRARY"] = str(Path(options.library).expanduser().absolute())
    return [_absolute(word) for word in options.files]


def _absolute(word: str) -> str:
    """Return a file's full path: the window that gets it may run in another folder."""
    return word if word.startswith("leeslamp:") else str(Path(word).absolute())


class _Application(QApplication):
    """Hears of files and links that macOS hands over as events.

    Signals:
        file_opened: a path or link.
    """

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Tell of a file or link."""
        if event.type() == QEvent.Type.FileOpen:
            from PySide6.QtGui import QFileOpenEvent

            assert isinstance(event, QFileOpenEvent)
            self.file_opened.emit(event.file() or event.url().toString())
            return True
        return super().event(event)


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = _Application(sys.argv[:1])
    application.setApplicationName("leeslamp")
    application.setApplicationDisplayName("Leeslamp")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("io.github.leeslamp.leeslamp")
    application.setStyle("Fusion")
    return application


def _speak(application: QApplication) -> None:
    """Let Qt's own buttons, and its numbers and dates, speak the interface's language."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(i18n.language()))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if i18n.language() != "en" and translator.load(f"qtbase_{i18n.language()}", folder):
        application.installTranslator(translator)


def _is_open_elsewhere(library: Path, words: Sequence[str]) -> bool:
    """Hand over to the window that has this library already, if there is one."""
    from desktop.ui.meeting_place import may_be_met

    if not may_be_met(library):
        return False
    from desktop.ui.single_instance import hand_over

    return hand_over(library, words)


class Program(QObject):
    """Everything that lives as long as the window, in the order in which it was built."""

    def __init__(self, settings: Settings, library: Path, words: Sequence[str]) -> None:
        super().__init__()
        from desktop.ui.appearance import Appearance
        from desktop.ui.jobs import Jobs
        from desktop.ui.libraries import Libraries
        from desktop.ui.main_window import MainWindow, Services
        from desktop.ui.messages import Messages

        sys.setswitchinterval(_SWITCH_SECONDS)
        self._library = library
        self._words = list(words)
        self._doorkeeper: Doorkeeper | None = None
        self.appearance = Appearance(settings.get("theme"), self)
        self.messages = Messages(self)
        self.jobs = Jobs(self)
        self.libraries = Libraries(self.jobs, self.messages, settings, self)
        self.window: MainWindow = MainWindow(
            Services(settings, self.appearance, self.messages, self.jobs, self.libraries)
        )
        self.messages.window = self.window
        self.messages.catch_exceptions()
        self.window.ready.connect(self._on_ready)

    @Slot()
    def _on_ready(self) -> None:
        """Do what the first paint did not wait for."""
        from desktop.ui.icons import program_icon
        from desktop.ui.single_instance import Doorkeeper

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        log.start(paths.log_folder())
        _speak(application)
        application.setWindowIcon(program_icon())
        application.commitDataRequest.connect(self._on_logout)
        if isinstance(application, _Application):
            application.file_opened.connect(lambda word: self._on_handed_over([word]))
        _end_on_signals(self)
        self._doorkeeper = Doorkeeper(self)
        self._doorkeeper.handed_over.connect(self._on_handed_over)
        self.libraries.opened.connect(self._on_opened)
        self.libraries.open(self._library)
        self.window.parts.article_desk.take_in(self._words)

    @Slot(object)
    def _on_opened(self, session: Session) -> None:
        _collect_seldom()
        if self._doorkeeper is not None:
            self._doorkeeper.listen(session.library.folder)

    @Slot(object)
    def _on_handed_over(self, words: list[str]) -> None:
        window = self.window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        if window.parts is not None:
            window.parts.article_desk.take_in(words)

    @Slot(object)
    def _on_logout(self, _manager: object) -> None:
        """The session ends, perhaps without another word to us: store everything now."""
        self.window.save()

    @Slot()
    def end(self) -> None:
        """Close as if the window had been closed."""
        self.window.close()
        QApplication.quit()

    def shut_down(self) -> bool:
        """Store, close the library, stop the threads; False when something hung."""
        if self._doorkeeper is not None:
            self._doorkeeper.close()
        self.window.save()
        self.libraries.close()
        return self.jobs.shutdown(_SHUTDOWN_SECONDS)


def _collect_seldom() -> None:
    """Keep the garbage collector from going through everything while an article is being scrolled.

    A full collection looks at every object while all threads wait: 150 to 180 ms, several times a minute
    while files came in. What is there by now stays, so it need not be looked at again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def _end_on_signals(program: Program) -> None:
    """Turn SIGTERM, SIGINT and SIGHUP into an orderly end.

    Python runs a signal's handler only between two of its own instructions, and Qt's loop has none: a
    byte through a pipe wakes it.
    """
    if sys.platform == "win32":
        return  # there is no SIGTERM there; the session's end comes as commitDataRequest
    import signal

    from PySide6.QtCore import QSocketNotifier

    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, program)

    def on_signal() -> None:
        os.read(reader, 64)
        program.end()

    notifier.activated.connect(on_signal)
