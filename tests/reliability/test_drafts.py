"""What is typed in a note is there again after the program was killed, whatever it was doing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from desktop.library import annotations
from desktop.model import Annotation
from desktop.settings import Settings
from desktop.ui.article_view import ArticleView
from desktop.ui.note_editor import NoteEditor
from desktop.ui.resizing import Edge
from tests.ui.window_fixtures import Desktop, desktop, messages, stocked  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Bellen met het ministerie over **deze** zin"

#: opens a window on a library, selects a passage, types a note on it and goes on living
CHILD = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from desktop import app
from desktop.settings import Settings
home, library, words = sys.argv[1:]
application = app._application()
settings = Settings(Path(home) / "settings.json")
settings.set("names_by_model", False)
program = app.Program(settings, Path(library), [])
window = program.window
window.show()
def wait(met):
    while not met():
        application.processEvents()
wait(lambda: window.parts is not None and program.libraries.session is not None)
wait(lambda: window.results.model.rowCount() > 0)
window.results.view.setCurrentIndex(window.results.model.index(0))
wait(lambda: window.parts.reading.current is not None)
pane = window.parts.pane
view = pane._area.view
view.select(view.bottom_place() - 20, view.bottom_place() - 5)
pane.annotating.add_note()
for letter in words:
    QTest.keyClicks(pane._area.editor.focusProxy(), letter)
    application.processEvents()
print("typed", flush=True)
while True:
    application.processEvents()
"""


def kept(home: Path) -> list[str]:
    file = home / "settings.json"
    return [draft["note"] for draft in Settings(file).get("drafts")] if file.exists() else []


def stored(desktop: Desktop) -> list[Annotation]:  # noqa: F811
    return annotations.all_annotations(desktop.libraries.session.library.reader())


def editor_of(desktop: Desktop) -> NoteEditor:  # noqa: F811
    editor = desktop.window.parts.pane.findChild(NoteEditor)
    assert editor is not None
    return editor


def go_on(desktop: Desktop) -> str:  # noqa: F811
    """Take the offer to go on with a note; return what stands in the editor then."""
    button = desktop.window.findChild(QPushButton, "noticeAction")
    desktop.qtbot.waitUntil(button.isVisible)
    button.click()
    desktop.qtbot.waitUntil(lambda: editor_of(desktop).isVisible())
    return editor_of(desktop).note


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_r06_a_note_is_offered_again_after_a_kill(desktop: Desktop, stocked: Path, tmp_path: Path) -> None:  # noqa: F811
    library, home = tmp_path / "library", tmp_path / "killed"
    shutil.copytree(stocked, library)
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home), str(library), WORDS],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LEESLAMP_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "typed"
        end = time.monotonic() + 10
        while WORDS not in kept(home) and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    desktop.settings.set("drafts", Settings(home / "settings.json").get("drafts"))
    desktop.open(library)
    if any(one.note == WORDS for one in stored(desktop)):
        return  # it was quick enough to be stored: there is nothing to offer
    assert go_on(desktop) == WORDS
    editor_of(desktop).finish()
    desktop.qtbot.waitUntil(lambda: [one.note for one in stored(desktop)] == [WORDS])
    desktop.idle()


def draft_of(desktop: Desktop, **changes: object) -> dict[str, object]:  # noqa: F811
    """Return a draft on the first words of the article that is open, as it lies with the settings."""
    opened = desktop.window.parts.reading.current
    draft = {"slot": "s", "article": opened.article.id, "annotation": None, "start": 0, "end": 8}
    return {**draft, "note": WORDS, "tags": ["later"], **changes}


@pytest.fixture
def library(desktop: Desktop, stocked: Path, tmp_path: Path) -> Path:  # noqa: F811
    shutil.copytree(stocked, tmp_path / "library")
    desktop.open(tmp_path / "library")
    desktop.read("Minister bezoekt Nvidia")
    return tmp_path / "library"


def start_again(desktop: Desktop) -> None:  # noqa: F811
    """Look for drafts as when the library has just been opened."""
    desktop.window.parts.draft_desk.use(desktop.libraries.session)
    desktop.idle()


def test_a_draft_is_offered_and_forgotten_once_stored(desktop: Desktop, library: Path) -> None:  # noqa: F811
    desktop.settings.set("drafts", [draft_of(desktop)])
    start_again(desktop)
    assert desktop.messages.told[-1] == f"A note you were writing was kept: “{WORDS}”"
    assert go_on(desktop) == WORDS
    assert editor_of(desktop).findChild(QLineEdit).text() == "later"
    desktop.idle()
    editor_of(desktop).finish()
    desktop.qtbot.waitUntil(lambda: [one.note for one in stored(desktop)] == [WORDS])
    desktop.qtbot.waitUntil(lambda: desktop.settings.get("drafts") == [])
    desktop.idle()
    desktop.messages.told.clear()
    start_again(desktop)
    assert desktop.messages.told == []


def test_a_draft_is_thrown_away_or_put_back(desktop: Desktop, library: Path) -> None:  # noqa: F811
    draft = draft_of(desktop)
    desktop.settings.set("drafts", [draft])
    start_again(desktop)
    bar = desktop.window.parts.notices
    bar.findChild(QPushButton, "noticeOther").click()
    assert desktop.settings.get("drafts") == []
    bar.findChild(QPushButton, "noticeAction").click()
    assert desktop.settings.get("drafts") == [draft]
    assert desktop.messages.told[-1] == f"A note you were writing was kept: “{WORDS}”"
    bar.findChild(QPushButton, "noticeOther").click()
    start_again(desktop)
    assert desktop.messages.told[-1] == "Note thrown away"


def test_a_draft_that_was_stored_after_all_is_not_offered(desktop: Desktop, library: Path) -> None:  # noqa: F811
    article = desktop.window.parts.reading.current.article.id
    desktop.window.parts.editing.note_on_passage(article, None, None, WORDS, ["later"])
    desktop.qtbot.waitUntil(lambda: len(stored(desktop)) == 1)
    desktop.idle()
    desktop.settings.set("drafts", [draft_of(desktop)])
    start_again(desktop)
    desktop.qtbot.waitUntil(lambda: desktop.settings.get("drafts") == [])
    assert desktop.messages.told == []


def test_a_draft_of_another_library_waits_for_it(desktop: Desktop, library: Path) -> None:  # noqa: F811
    waiting = draft_of(desktop, article="11111111-2222-3333-4444-555555555555")
    desktop.settings.set("drafts", [waiting, {"slot": "broken"}])
    start_again(desktop)
    desktop.idle()
    assert desktop.messages.told == []
    assert waiting in desktop.settings.get("drafts")


def test_what_is_typed_lies_on_the_disk_within_a_moment(
    desktop: Desktop,  # noqa: F811
    library: Path,
    tmp_path: Path,
) -> None:
    desktop.settings.path = tmp_path / "settings.json"
    view = desktop.window.parts.pane.findChild(ArticleView)
    view.select(0, 8)
    desktop.window.parts.pane.annotating.add_note()
    QTest.keyClicks(editor_of(desktop).findChild(QPlainTextEdit, "noteText"), "Half een z")

    def on_disk() -> list[str]:
        file = tmp_path / "settings.json"
        text = file.read_text(encoding="utf-8") if file.exists() else "{}"
        return [draft["note"] for draft in json.loads(text).get("drafts", [])]

    desktop.qtbot.waitUntil(lambda: on_disk() == ["Half een z"])
    editor_of(desktop).finish()
    desktop.qtbot.waitUntil(lambda: on_disk() == [])
    desktop.idle()
    assert [one.note for one in stored(desktop)] == ["Half een z"]


# Quitting at once, and a library that is locked


def test_r06_a_highlight_made_just_before_the_window_closes_is_there(
    desktop: Desktop,  # noqa: F811
    library: Path,
) -> None:
    pane = desktop.window.parts.pane
    view = pane.findChild(ArticleView)
    view.select(0, 8)
    pane.annotating.highlight(4)
    view.select(30, 40)
    pane.annotating.add_note()
    QTest.keyClicks(editor_of(desktop).findChild(QPlainTextEdit, "noteText"), "Half een z")
    desktop.window.close()  # no event is handled in between
    found = [(one.start, one.colour, one.note) for one in stored(desktop)]
    assert found == [(0, 4, ""), (30, 1, "Half een z")]


def test_r06_a_highlight_being_resized_when_the_window_closes_is_there(
    desktop: Desktop,  # noqa: F811
    library: Path,
) -> None:
    pane = desktop.window.parts.pane
    view = pane.findChild(ArticleView)
    view.select(0, 8)
    pane.annotating.highlight(4)
    desktop.qtbot.waitUntil(lambda: len(stored(desktop)) == 1)
    desktop.idle()
    view.select(2, 2)
    pane.annotating.resize(Edge.END, forward=True)
    desktop.window.close()
    assert [one.quote.exact for one in stored(desktop)] == ["Minister bezoekt"]


def test_r07_what_is_written_while_the_library_is_locked_is_kept_and_stored_later(
    desktop: Desktop,  # noqa: F811
    library: Path,
) -> None:
    other = sqlite3.connect(library / "library.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        desktop.window.parts.pane.annotating.note_on_article()
        QTest.keyClicks(editor_of(desktop).findChild(QPlainTextEdit, "noteText"), "Half een z")
        editor_of(desktop).finish()
        desktop.qtbot.waitUntil(lambda: [d["note"] for d in desktop.settings.get("drafts")] == ["Half een z"])
    finally:
        other.close()
    desktop.qtbot.waitUntil(lambda: desktop.settings.get("drafts") == [], timeout=10_000)
    desktop.idle()
    assert [one.note for one in stored(desktop)] == ["Half een z"]
