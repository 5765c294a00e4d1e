"""A window on a real library, with a recorder in place of message boxes and file dialogs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Problem
from desktop.i18n import problem_text
from desktop.settings import Settings
from desktop.ui.appearance import Appearance
from desktop.ui.jobs import Jobs
from desktop.ui.libraries import Libraries
from desktop.ui.main_window import MainWindow, Services
from desktop.ui.messages import Notice

D = TypeVar("D", bound=QWidget)


class Recorder(QObject):
    """Takes the place of `Messages`: keeps what was said, gives the answers it was told to give."""

    noticed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.window: object = None
        self.told: list[str] = []
        self.warned: list[str] = []
        self.asked: list[str] = []
        self.bugs: list[str] = []
        self.answers: list[Any] = []  # the next question gets the first one

    def tell(
        self,
        text: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        other: str = "",
        act_other: Callable[[], object] | None = None,
        stays: bool = False,
    ) -> None:
        self.told.append(text)
        self.noticed.emit(Notice(text, action=action, act=act, other=other, act_other=act_other, stays=stays))

    def warn(self, text: str, details: str = "") -> None:
        self.warned.append(text)
        self.noticed.emit(Notice(text, warning=True, details=details))

    def problem(self, problem: Problem) -> None:
        self.warn(problem_text(problem))

    def bug(self, trace: str) -> None:
        self.bugs.append(trace)

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        return self.answers.pop(0)

    def ask(self, question: str, yes: str, explanation: str = "") -> bool:
        return bool(self._answer(question))

    def choose_files(self, title: str, folder: str, patterns: Sequence[str]) -> list[Path]:
        return list(self._answer(title))

    def open_file(self, title: str, folder: Path, kind: str) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]

    def name_folder(self, title: str, suggested: Path) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]

    def choose_folder(self, title: str, folder: str) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]

    def save_file(self, title: str, suggested: Path, kind: str) -> Path | None:
        return self._answer(title)  # type: ignore[no-any-return]


def export(desktop: Desktop, target: Path) -> None:
    """Open the dialog of exports and export what it offers first."""
    from PySide6.QtWidgets import QPushButton

    desktop.window.action_table["export_notes"].trigger()
    dialog = desktop.window.findChild(QObject, "exportDialog")
    button = dialog.findChild(QPushButton, "doExport")
    desktop.qtbot.waitUntil(lambda: dialog.preview.toPlainText() != "")
    desktop.messages.answers = [target]
    button.click()
    desktop.idle()


@pytest.fixture
def messages(qapp: object) -> Recorder:
    return Recorder()


ARTICLES = {
    "a.txt": (
        "date 2025-01-08 Minister bezoekt Nvidia\n\n"
        "Minister Dirk Beljaarts van Economische Zaken bezocht op 8 januari Nvidia in Silicon Valley. "
        "Het kabinet reserveert 70 miljoen euro voor een AI-faciliteit.\n\n"
        "Nvidia levert de hardware. Beljaarts sprak ook met AMD over ruim 200 miljoen euro.\n"
    ),
    "b.txt": (
        "date 2025-02 Frankrijk bouwt een datacenter\n\n"
        "Frankrijk tekent een akkoord over een datacenter van 1 gigawatt, met investeringen tussen de 30 "
        "en 50 miljard dollar. Emmanuel Macron ontving ongeveer 100 landen in Parijs.\n"
    ),
    "c.txt": (
        "date 2025-03-12 Groningen wil de supercomputer\n\n"
        "De provincie Groningen legt 60 miljoen euro in voor de supercomputer. Over stroom wordt gepraat.\n"
    ),
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three articles in the users' format, as files."""
    return _write_articles(tmp_path / "articles")


def _write_articles(folder: Path) -> list[Path]:
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@dataclass
class Desktop:
    """A window on a library of its own, with the recorder in place of message boxes."""

    window: MainWindow
    messages: Recorder
    settings: Settings
    jobs: Jobs
    libraries: Libraries
    qtbot: QtBot

    def open(self, folder: Path) -> None:
        """Open a library and wait until it is there and looked at."""
        with self.qtbot.waitSignal(self.window.parts.searching.found, timeout=20_000):
            self.libraries.open(folder)
        self.idle()

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import files and wait until the list shows them and the index knows them."""
        self.window.parts.importing.bring_in(paths)
        self.idle()
        session = self.libraries.session
        self.qtbot.waitUntil(lambda: session.index_state == "current", timeout=20_000)
        self.idle()

    def idle(self) -> None:
        """Wait until nothing is under way, and what was replaced is gone."""
        self.qtbot.waitUntil(self._is_idle, timeout=20_000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _is_idle(self) -> bool:
        searching, facets = self.window.parts.searching, self.window.parts.facet_desk
        return (
            not facets.is_waiting
            and not self.window.parts.saved_desk.is_waiting
            and not self.jobs.busy()
            and not searching._busy
            and not searching._soon.isActive()
        )

    def search(self, query: str) -> list[str]:
        """Type a query and return the titles that were found."""
        with self.qtbot.waitSignal(self.window.parts.searching.found, timeout=10_000):
            self.window.field.setText(query)
        self.idle()
        return self.titles()

    def titles(self) -> list[str]:
        """Return the titles in the result list."""
        model = self.window.results.model
        return [model.index(row).data() for row in range(model.rowCount())]

    def read(self, title: str) -> None:
        """Open the article with this title from the list."""
        model = self.window.results.model
        [row] = [row for row in range(model.rowCount()) if model.index(row).data() == title]
        self.window.results.view.setCurrentIndex(model.index(row))
        self.qtbot.waitUntil(lambda: self.title() == title)
        self.idle()

    def dialog(self, kind: type[D]) -> D:
        """Wait for a dialog of this kind and return it: not one that is closed and about to go."""

        def shown() -> list[D]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()), timeout=15_000)
        return shown()[0]

    def title(self) -> str:
        """Return the title of the article that is open."""
        current = self.window.parts.reading.current
        return current.article.title if current else ""


@pytest.fixture
def desktop(qtbot: QtBot, messages: Recorder) -> Iterator[Desktop]:
    """A window that is shown and has no library yet."""
    settings = Settings(None)
    settings.set("names_by_model", False)  # whoever tests it turns it on
    jobs = Jobs()
    libraries = Libraries(jobs, messages, settings)
    appearance = Appearance("light")
    window = MainWindow(Services(settings, appearance, messages, jobs, libraries))
    qtbot.addWidget(window)
    window.resize(1200, 800)
    with qtbot.waitSignal(window.ready):
        window.show()
    yield Desktop(window, messages, settings, jobs, libraries, qtbot)
    window.save()
    libraries.close()
    assert jobs.shutdown(10)
    assert messages.bugs == []


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library with three articles, marked and indexed; copied by whoever wants to open it."""
    from desktop.progress import SilentProgress
    from desktop.tasks.import_files import import_paths
    from desktop.tasks.session import Session

    folder = tmp_path_factory.mktemp("stocked")
    session = Session.open(folder / "library")
    import_paths(session, _write_articles(folder / "articles"), SilentProgress())
    session.catch_up()
    session.close()
    return folder / "library"


@pytest.fixture
def library_of_three(desktop: Desktop, stocked: Path, tmp_path: Path) -> Desktop:
    """The window with three articles in its library."""
    shutil.copytree(stocked, tmp_path / "library")
    desktop.open(tmp_path / "library")
    return desktop
