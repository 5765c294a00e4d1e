"""What a reader marks in the window is stored: quit at once, ended by a signal, with the file locked."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from desktop.library import annotations, connection, writer
from desktop.model import Annotation
from desktop.progress import SilentProgress
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session
from tests.ui.window_fixtures import desktop, files, library_of_three, messages, stocked  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
WORDS = "De haven van Zutphen"

#: Opens the first article, marks its first words, types a note on others, and ends within 50 ms as asked.
_MARK_AND_END = """
import os, signal, sys, time
from PySide6.QtCore import QTimer
from desktop import app
way = sys.argv.pop(1)
shown = app.Program._on_opened
def opened(program, session):
    shown(program, session)
    from desktop.library import articles
    program.window.parts.reading.shown.connect(lambda _s: QTimer.singleShot(0, lambda: mark(program)))
    program.window.parts.reading.open(articles.newest(session.library.reader(), 1)[0].id)
def mark(program):
    pane = program.window.parts.pane
    start = pane.opened.version.text.index("De haven van Zutphen")
    began = time.monotonic()
    pane._view.select(start, start + 20)
    pane.annotating.highlight(3)
    pane._view.select(start + 21, start + 26)
    pane.annotating.add_note()
    pane._area.editor._text.setPlainText("haast")
    if way == "close":
        program.window.close()
        app.QApplication.quit()
    else:
        os.kill(os.getpid(), getattr(signal, way))
    print("ms", round((time.monotonic() - began) * 1000), flush=True)
app.Program._on_opened = opened
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "way",
    [
        "close",
        pytest.param("SIGTERM", marks=pytest.mark.skipif(os.name == "nt", reason="a thing of POSIX")),
        pytest.param("SIGHUP", marks=pytest.mark.skipif(os.name == "nt", reason="a thing of POSIX")),
    ],
)
def test_r06_a_highlight_made_just_before_the_end_is_there(tmp_path: Path, way: str) -> None:
    path, folder = tmp_path / "a.txt", tmp_path / "library"
    path.write_text(f"date 2025-01 Titel\n\n{WORDS} wordt dit jaar dieper.\n", encoding="utf-8")
    session = Session.open(folder)
    import_paths(session, [path], SilentProgress())
    session.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _MARK_AND_END, way, "--library", str(folder)],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "ms" in done.stdout, done.stderr
    assert done.returncode == 0, done.stderr
    session = Session.open(folder, create=False)
    try:
        stored = annotations.all_annotations(session.library.reader())
    finally:
        session.close()
    assert [(one.quote.exact, one.colour, one.note) for one in stored] == [
        (WORDS, 3, ""),
        ("wordt", 1, "haast"),
    ]


# R7: the file is locked by another program


@contextmanager
def locked(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(folder / "library.sqlite3", isolation_level=None, check_same_thread=False)
    ) as con:
        con.execute("BEGIN IMMEDIATE")
        yield con


def marked(window: Any) -> Annotation:
    """Highlight the first words of an article."""
    window.read("Minister bezoekt Nvidia")
    editing, article = window.window.parts.editing, window.window.parts.reading.current.article.id
    editing.highlight(article, 0, 8, 2)
    window.idle()
    return annotations.of_article(window.libraries.session.library.reader(), article)[0]


def test_r07_what_is_marked_during_a_lock_waits_and_is_stored(library_of_three: Any) -> None:  # noqa: F811
    window = library_of_three
    made = marked(window)
    session = window.libraries.session
    with locked(session.library.folder) as other:
        window.window.parts.editing.set_note(made.id, "onthoud dit", ["geld"])
        threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
        window.idle()
    assert annotations.get(session.library.reader(), made.id).note == "onthoud dit"
    assert window.messages.warned == []


def test_r07_a_note_that_cannot_be_stored_is_told_and_can_be_copied(
    library_of_three: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.2)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    window = library_of_three
    made = marked(window)
    folder = window.libraries.session.library.folder
    window.libraries.session.library._writer._con.execute("PRAGMA busy_timeout = 100")
    with locked(folder) as other:
        window.window.parts.editing.set_note(made.id, "een lange gedachte", [])
        window.qtbot.waitUntil(lambda: len(window.messages.warned) == 2, timeout=10_000)
        window.idle()
        other.execute("ROLLBACK")
    assert "cannot be written" in window.messages.warned[0]
    assert "could not be stored" in window.messages.warned[1]
    notices = window.window.parts.notices
    notices._next()  # the first warning is closed
    notices.findChild(QPushButton, "noticeCopy").click()
    assert "een lange gedachte" in QGuiApplication.clipboard().text()
    notices._next()
