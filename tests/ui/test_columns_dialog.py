"""A table whose columns say nothing: which tells what is asked, and its rows come in by the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.importers.table import Columns
from desktop.library import articles
from desktop.progress import SilentProgress
from desktop.tasks import imports
from desktop.tasks.import_files import import_paths
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.session import Session
from desktop.ui.columns_dialog import ColumnsDialog
from desktop.ui.imports_dialog import ImportsDialog
from tests.ui.window_fixtures import Desktop, desktop, messages  # noqa: F401

CSV = "k1;k2;k3\nKade in Zutphen;2025-03-12;Er komt een kade.\nBrug in Emmen;2025-03;De brug is stuk.\n"
NAMES = ["k1", "k2", "k3"]
ROWS = [{"k1": "Kade", "k2": "2025", "k3": "Er komt een kade."}]


def choose(dialog: Any, what: str, name: str) -> None:
    box: Any = dialog.findChild(QComboBox, f"column_{what}")
    box.setCurrentIndex(box.findData(name))


def test_the_guess_is_shown_and_can_be_changed(qtbot: QtBot) -> None:
    dialog = ColumnsDialog(Path("/a/lijst.csv"), NAMES, ROWS, Columns(published="k2"))
    qtbot.addWidget(dialog)
    assert dialog.chosen() == {"published": "k2"}
    assert not dialog._ok.isEnabled()  # neither text nor title
    choose(dialog, "title", "k1")
    choose(dialog, "text", "k3")
    table: Any = dialog.findChild(QTableWidget, "columnsPreview")
    heads = [table.horizontalHeaderItem(n).text() for n in range(3)]
    assert heads == ["k1\nTitle", "k2\nDate", "k3\nText"]
    with qtbot.waitSignal(dialog.given) as given:
        dialog._give()
    assert given.args == [{"title": "k1", "text": "k3", "published": "k2"}]


def test_columns_are_remembered_with_a_stopped_import(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "library")
    options = ImportOptions(columns=(("title", "k1"), ("text", "k3")))
    assert ImportOptions.of_record(options.as_record()) == options
    file = tmp_path / "lijst.csv"
    file.write_text(CSV, encoding="utf-8")
    result = import_paths(session, [file], SilentProgress(), options)
    assert len(result.added) == 2
    assert {a.title for a in articles.newest(session.library.reader(), 9)} == {
        "Kade in Zutphen",
        "Brug in Emmen",
    }
    assert imports.preview_table(file)[0] == NAMES
    session.close()


def test_a_table_that_says_nothing_comes_in_after_all(desktop: Desktop, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "lijst.csv"
    file.write_text(CSV, encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in([file])
    desktop.window.action_table["import_problems"].trigger()
    shown = desktop.dialog(ImportsDialog)
    desktop.qtbot.waitUntil(lambda: shown.rows.model().rowCount() == 1)
    shown.rows.setCurrentIndex(shown.rows.model().index(0, 0))
    button: Any = shown.findChild(QAbstractButton, "chooseColumns")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = desktop.dialog(ColumnsDialog)
    choose(dialog, "title", "k1")
    choose(dialog, "text", "k3")
    dialog._give()
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 2, timeout=20_000)
    desktop.idle()
    assert shown.rows.model().rowCount() == 0
    shown.close()
