"""Several rows of the result list at once: what is done is done to all of them, in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.library import articles
from desktop.model import Article
from desktop.ui.tag_dialog import TagDialog
from tests.ui.window_fixtures import export


@pytest.fixture
def two(library_of_three: Any, qtbot: Any) -> Any:
    """Return the window with the first two of three articles selected by Ctrl and click."""
    library_of_three.read("Groningen wil de supercomputer")
    view = library_of_three.window.results.view
    view.setFocus()
    place = view.visualRect(view.model().index(1)).center()
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=place
    )
    qtbot.waitUntil(lambda: library_of_three.title() == "Frankrijk bouwt een datacenter")
    library_of_three.idle()
    return library_of_three


def stored(desktop: Any) -> list[Article]:
    con = desktop.libraries.session.library.reader()
    return articles.newest(con, 10)


def chosen_count(desktop: Any) -> str:
    return desktop.window.results.findChild(QLabel, "resultCount").text()


def test_several_rows_stay_selected_and_are_counted(two: Any) -> None:
    results = two.window.results
    assert [row.row() for row in results.view.selectionModel().selectedRows()] == [0, 1]
    assert chosen_count(two) == "2 selected"
    assert two.window.action_table["trash"].text() == "&Delete 2 articles"


def test_star_read_and_tags_go_to_all_and_come_back_in_one_step(two: Any, qtbot: Any) -> None:
    actions = two.window.action_table
    actions["star"].trigger()
    qtbot.waitUntil(lambda: [a.starred for a in stored(two)] == [True, True, False])
    actions["read"].trigger()
    qtbot.waitUntil(lambda: [bool(a.read_at) for a in stored(two)] == [True, True, False])
    two.idle()
    assert chosen_count(two) == "2 selected"
    actions["undo"].trigger()
    qtbot.waitUntil(lambda: [bool(a.read_at) for a in stored(two)] == [False, False, False])
    actions["undo"].trigger()
    qtbot.waitUntil(lambda: [a.starred for a in stored(two)] == [False, False, False])
    two.idle()


def give_tags(desktop: Any, qtbot: Any, words: str) -> str:
    desktop.window.action_table["article_tags"].trigger()
    qtbot.waitUntil(lambda: bool(desktop.window.findChildren(TagDialog)))
    dialog = desktop.window.findChildren(TagDialog)[0]
    field = dialog.findChild(QLineEdit, "tagField")
    stood = field.text()
    field.setText(words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desktop.window.findChildren(TagDialog))
    desktop.idle()
    return stood


def test_tags_of_some_stay_and_common_ones_change(two: Any, qtbot: Any) -> None:
    view = two.window.results.view
    assert give_tags(two, qtbot, "energie, stroom") == ""
    view.setCurrentIndex(view.model().index(0))
    two.idle()
    assert give_tags(two, qtbot, "energie, stroom, noord") == "energie, stroom"
    view.selectAll()
    two.idle()
    assert give_tags(two, qtbot, "lezen") == ""
    assert [set(a.tags) for a in stored(two)] == [
        {"energie", "stroom", "noord", "lezen"},
        {"energie", "stroom", "lezen"},
        {"lezen"},
    ]
    two.window.action_table["undo"].trigger()
    qtbot.waitUntil(lambda: stored(two)[2].tags == ())
    two.idle()


def test_deleting_all_selected_goes_on_with_the_next(two: Any, qtbot: Any) -> None:
    qtbot.keyClick(two.window.results.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: two.titles() == ["Minister bezoekt Nvidia"])
    qtbot.waitUntil(lambda: two.title() == "Minister bezoekt Nvidia")
    two.idle()
    assert two.messages.told[-1] == "2 articles deleted"
    two.window.action_table["undo"].trigger()
    qtbot.waitUntil(lambda: len(two.titles()) == 3)
    two.idle()


def test_select_all_with_the_key_is_for_the_list_that_has_the_focus(two: Any, qtbot: Any) -> None:
    qtbot.keyClick(two.window.results.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert chosen_count(two) == "3 selected"
    qtbot.keyClick(two.window.results.view, Qt.Key.Key_Escape)
    assert chosen_count(two) == "3 articles"
    two.window.action_table["select_all"].trigger()
    assert chosen_count(two) == "3 selected"
    two.idle()


def test_notes_of_the_selected_articles_only_are_exported(two: Any, qtbot: Any, tmp_path: Path) -> None:
    for row in range(3):
        two.window.results.view.setCurrentIndex(two.window.results.model.index(row))
        qtbot.waitUntil(lambda row=row: two.title() == two.titles()[row])
        two.window.parts.pane.highlight_requested.emit((0, 8, 1))
        two.idle()
    view = two.window.results.view
    view.setCurrentIndex(view.model().index(0))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    two.idle()
    export(two, tmp_path / "uit.md")
    text = (tmp_path / "uit.md").read_text(encoding="utf-8")
    assert "Groningen" in text
    assert "Frankrijk" in text
    assert "Minister" not in text
