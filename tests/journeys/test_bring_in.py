"""Bringing articles in, in the words of those who do it: what fails, what stops, what comes twice."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QWidget

from desktop.errors import Cancelled
from desktop.library import annotations, articles
from desktop.tasks import watch
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session
from desktop.ui.copies_line import CopiesLine
from desktop.ui.details_dialog import DetailsDialog
from desktop.ui.imports_dialog import ImportsDialog
from desktop.ui.notice_bar import NoticeBar
from desktop.ui.watched_dialog import WatchedDialog
from tests.ui.window_fixtures import Desktop

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "quality"))
from near_copies import Event, copied

TEXT = "date 2025-01 Titel {n}\n\nDe gemeente Zutphen betaalt {n} miljoen euro aan Nordwatt.\n"


def press(inside: QWidget, name: str) -> None:
    button = inside.findChild(QAbstractButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def count(desktop: Desktop) -> int:
    return articles.count(desktop.libraries.session.library.reader())


def test_two_of_my_files_will_not_come_in_and_i_get_them_in_after_all(
    desktop: Desktop, files: list[Path], tmp_path: Path, picture: Callable[[str], None]
) -> None:
    folder = files[0].parent
    (folder / "leeg.txt").write_bytes(b"")
    (folder / "foto.txt").write_bytes(bytes(range(256)) * 9)
    desktop.open(tmp_path / "library")
    desktop.bring_in([folder])
    button = desktop.window.status.findChild(QAbstractButton, "problemsButton")
    assert button.text() == "2 files not read"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    shown = desktop.dialog(ImportsDialog)
    desktop.qtbot.waitUntil(lambda: shown.rows.model().rowCount() == 2)
    picture("files-not-read")
    assert shown.grab().save(str(tmp_path / "dialog.png"))
    desktop.messages.answers = [tmp_path / "lijst.csv"]
    press(shown, "saveProblems")
    desktop.qtbot.waitUntil(lambda: (tmp_path / "lijst.csv").exists())
    desktop.idle()
    (folder / "leeg.txt").write_text(TEXT.format(n=4), encoding="utf-8")
    press(shown, "tryAgain")
    desktop.qtbot.waitUntil(lambda: count(desktop) == 4, timeout=10_000)
    desktop.idle()
    assert shown.rows.model().rowCount() == 1
    press(shown, "settleProblems")
    desktop.qtbot.waitUntil(lambda: button.isHidden())
    desktop.idle()
    shown.close()
    assert (folder / "foto.txt").exists()


class StopAfter:
    def __init__(self, files: int) -> None:
        self.files = files

    def step(self, done: int, total: int, text: str = "") -> None:
        if total and done >= self.files:
            raise Cancelled


def test_i_closed_the_lid_during_an_import_and_go_on_the_next_day(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    folder = tmp_path / "archief"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n:02}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    session = Session.open(tmp_path / "library")
    assert import_paths(session, [folder], StopAfter(15)).cancelled
    session.close()
    desktop.open(tmp_path / "library")
    bar = desktop.window.findChild(NoticeBar)
    desktop.qtbot.waitUntil(lambda: bar.notice is not None and bar.notice.action == "Go on")
    assert "archief: 15 of 30 files" in bar.notice.text
    picture("import-interrupted")
    press(bar, "noticeAction")
    desktop.qtbot.waitUntil(lambda: count(desktop) == 30, timeout=20_000)
    desktop.idle()
    assert not desktop.window.parts.import_desk._stopped


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "knipsels"
    folder.mkdir()
    text = Event(3).told(0, random.Random(1))
    (folder / "Trouw.txt").write_text(f"date 2025-01-03 {text}", encoding="utf-8")
    edited = copied(text, "all", random.Random(2))
    (folder / "NRC.txt").write_text(f"date 2025-01-04 {edited}", encoding="utf-8")
    anew = Event(3).told(1, random.Random(1))
    (folder / "Parool.txt").write_text(f"date 2025-01-05 {anew}", encoding="utf-8")
    return folder


def test_one_agency_story_stands_in_my_list_once(
    desktop: Desktop, agency: Path, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    desktop.open(tmp_path / "library")
    desktop.bring_in([agency])
    assert len(desktop.titles()) == 2
    told = desktop.window.results.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "+1 copy" in told
    desktop.window.results.view.setCurrentIndex(desktop.window.results.model.index(1))
    line = desktop.window.findChild(CopiesLine)
    desktop.qtbot.waitUntil(lambda: "Trouw.txt, 3 Jan 2025" in line.text())
    desktop.idle()
    picture("also-in")
    line.linkActivated.emit(line.text().partition('href="')[2].partition('"')[0])
    desktop.qtbot.waitUntil(lambda: "NRC.txt" in line.text())
    desktop.idle()
    desktop.window.action_table["fold_copies"].trigger()
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 3)
    desktop.idle()


def test_i_see_that_a_date_is_a_guess_and_put_it_right(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    file = tmp_path / "2025-03-12 kade.txt"
    file.write_text("Nieuwe kade in Zutphen\n\nEr komt een kade van 5 miljoen euro.\n", encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in([file])
    desktop.read("Nieuwe kade in Zutphen")
    told = desktop.window.results.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "12 Mar 2025 (?)" in told
    desktop.window.action_table["details"].trigger()
    shown = desktop.dialog(DetailsDialog)
    assert "Doubtful" in shown.findChild(QLabel, "dateUnderstood").text()
    picture("doubtful-date")
    shown.findChild(QCheckBox, "dateIsRight").setChecked(True)
    shown.findChild(QLineEdit, "detail_source").setText("De Stentor")
    QTest.mouseClick(shown._ok, Qt.MouseButton.LeftButton)
    article = desktop.window.parts.reading.current.article.id
    con = desktop.libraries.session.library.reader()
    desktop.qtbot.waitUntil(lambda: articles.get(con, article).source == "De Stentor")
    assert not articles.get(con, article).doubtful
    desktop.idle()
    desktop.window.action_table["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: articles.get(con, article).doubtful)
    desktop.idle()


def test_what_i_save_in_my_clippings_folder_comes_in_with_its_tag(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    folder = tmp_path / "knipsels"
    folder.mkdir()
    desktop.open(tmp_path / "library")
    desktop.window.action_table["watched_folders"].trigger()
    shown = desktop.dialog(WatchedDialog)
    desktop.messages.answers = [folder]
    press(shown, "addWatched")
    desktop.qtbot.waitUntil(lambda: shown.rows.model().rowCount() == 1)
    desktop.idle()
    tags = shown.findChild(QLineEdit, "watchedTags")
    tags.setText("haven, zutphen")
    tags.editingFinished.emit()
    session = desktop.libraries.session
    desktop.qtbot.waitUntil(lambda: [f.tags for f in watch.folders(session)] == [("haven", "zutphen")])
    desktop.idle()
    picture("watched-folders")
    file = folder / "a.txt"
    file.write_text(TEXT.format(n=1), encoding="utf-8")
    os.utime(file, (time.time() - 60,) * 2)
    watching = desktop.window.parts.watching
    for _look in range(2):
        watching.look()
        desktop.idle()
    assert desktop.titles() == ["Titel 1"]
    assert desktop.title() == ""  # what comes by itself does not push away what one reads
    assert annotations.rows_tagged(session.library.reader(), "haven")
    shutil.rmtree(folder)
    watching.look()
    desktop.idle()
    desktop.qtbot.waitUntil(lambda: shown.rows.model().index(0, 3).data() == "not found")
    press(shown, "removeWatched")
    desktop.qtbot.waitUntil(lambda: shown.rows.model().rowCount() == 0)
    desktop.idle()
    assert not watching._timer.isActive()
    shown.close()
