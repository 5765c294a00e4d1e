"""The program from its start to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import app, paths
from desktop.settings import Settings

#: loaded before the first paint, these would cost more than they are worth
HEAVY = ("whoosh", "numpy", "qtawesome", "sqlite3", "desktop.search", "desktop.library", "desktop.importers",
         "desktop.extraction", "PySide6.QtNetwork", "desktop.ui.document_pane")  # fmt: skip

_ASK_WHAT_IS_LOADED = """
import os, sys
from desktop import app
from desktop.ui.main_window import MainWindow
def painted(window):
    print("\\n".join(sys.modules), flush=True)
    os._exit(0)
MainWindow._complete = painted
app.main([])
"""

_RUN_UNTIL_READY = """
import sys
from desktop import app
from desktop.ui.main_window import MainWindow
shown = app.Program._on_opened
def opened(program, session):
    shown(program, session)
    program.window.parts.searching.found.connect(lambda _found: print("ready", flush=True))
app.Program._on_opened = opened
sys.exit(app.main(sys.argv[1:]))
"""

_RUN = "import sys; from desktop import app; sys.exit(app.main(sys.argv[1:]))"


@contextmanager
def start(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start the program in a process of its own; at the latest, it ends with the test."""
    root = Path(app.__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, text=True, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    with start(_ASK_WHAT_IS_LOADED) as process:
        loaded, errors = process.communicate(timeout=60)
    assert "desktop.ui.main_window" in loaded, errors
    assert [name for name in loaded.split() if name in HEAVY] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_sigterm_ends_it_in_order_and_the_library_can_be_opened_again() -> None:
    with start(_RUN_UNTIL_READY) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        _rest, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors

    from desktop.tasks.session import Session

    Session.open(paths.default_library(), create=False).close()


def test_a_second_start_hands_over_its_files_and_ends(tmp_path: Path) -> None:
    text = tmp_path / "later.txt"
    text.write_text("date 2025-05 Later gekomen\n\nEen tekst.\n", encoding="utf-8")
    with start(_RUN_UNTIL_READY) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "ready\n"
        with start(
            "import sys; from desktop import app; sys.exit(app.main(sys.argv[1:]))", str(text)
        ) as second:
            _output, errors = second.communicate(timeout=60)
        assert second.returncode == 0, errors
        wait_for_article(first, "Later gekomen")
        first.terminate()
        first.communicate(timeout=60)


def test_a_file_that_macos_hands_over_comes_in(tmp_path: Path) -> None:
    text = tmp_path / "geopend.txt"
    text.write_text("date 2025-05 Met de Finder geopend\n\nEen tekst.\n", encoding="utf-8")
    opens = f"""
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
ready = app.Program._on_opened
def hands_over(program, session):
    ready(program, session)
    QApplication.postEvent(QApplication.instance(), QFileOpenEvent({str(text)!r}))
app.Program._on_opened = hands_over
"""
    code = _RUN_UNTIL_READY.replace("sys.exit(", opens + "sys.exit(")
    with start(code) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        wait_for_article(process, "Met de Finder geopend")
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0


def wait_for_article(process: subprocess.Popen[str], title: str) -> None:
    """Wait until the library holds an article with this title."""
    import sqlite3
    import time

    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None
        con = sqlite3.connect(f"file:{paths.default_library() / 'library.sqlite3'}?mode=ro", uri=True)
        found = con.execute("SELECT count(*) FROM article WHERE title = ?", (title,)).fetchone()
        con.close()
        if found[0]:
            return
        time.sleep(0.05)
    pytest.fail(f"{title} did not come in")


def test_the_library_to_begin_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    settings = Settings(None)
    assert app.first_library(settings) == home / "library"
    last = tmp_path / "last"
    last.mkdir()
    settings.set("library", str(last))
    assert app.first_library(settings) == last
    last.rmdir()
    assert app.first_library(settings) == home / "library"
    last.mkdir()
    monkeypatch.setenv("LEESLAMP_LIBRARY", str(tmp_path / "named"))
    assert app.first_library(settings) == tmp_path / "named"


def test_the_first_start_shows_starter_articles_that_can_be_removed(qtbot: QtBot, messages: object) -> None:
    from desktop.ui.appearance import Appearance
    from desktop.ui.jobs import Jobs
    from desktop.ui.libraries import Libraries
    from desktop.ui.main_window import MainWindow, Services

    settings, jobs = Settings(None), Jobs()
    settings.set("names_by_model", False)
    libraries = Libraries(jobs, messages, settings)  # type: ignore[arg-type]
    window = MainWindow(Services(settings, Appearance("light"), messages, jobs, libraries))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.ready):
        window.show()
    libraries.open(paths.default_library())
    parts = window.parts
    assert parts is not None
    qtbot.waitUntil(lambda: parts.reading.current is not None, timeout=60_000)
    qtbot.waitUntil(lambda: window.results.model.rowCount() >= 14, timeout=60_000)
    newest = window.results.model.index(0).data()
    assert parts.reading.current.article.title == newest  # not whichever had come in when the list was shown
    notice = parts.notices.notice
    assert notice is not None
    assert notice.stays
    assert notice.act is not None
    notice.act()
    qtbot.waitUntil(lambda: window.results.model.rowCount() == 0, timeout=20_000)
    qtbot.waitUntil(lambda: parts.reading.current is None)
    window.close()
    libraries.close()
    assert jobs.shutdown(10)
