"""Tags and collections in the window: by key, by menu and by dropping articles on them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QListWidget

from desktop.tasks import keep_together
from desktop.ui.collect_dialog import CollectDialog
from desktop.ui.name_field_dialog import NameFieldDialog
from desktop.ui.tags_dialog import TagsDialog
from tests.ui.test_accessibility import nameless


def collections(desktop: Any) -> list[tuple[str, int]]:
    found = keep_together.listed_collections(desktop.libraries.session)
    return [(one.name, one.articles) for one in found]


def press_ok(dialog: Any) -> None:
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()


def collect(desktop: Any, name: str) -> None:
    desktop.window.action_table["collect"].trigger()
    dialog = desktop.dialog(CollectDialog)
    dialog.findChild(QLineEdit, "newCollection").setText(name)
    press_ok(dialog)
    desktop.idle()


@pytest.fixture
def pane(library_of_three: Any) -> Any:
    library_of_three.window.action_table["collection_list"].trigger()
    library_of_three.idle()
    return library_of_three.window.results.collections


def test_several_articles_go_into_a_new_collection(library_of_three: Any) -> None:
    desktop = library_of_three
    desktop.read("Minister bezoekt Nvidia")
    desktop.window.results.view.selectAll()
    collect(desktop, "Hoofdstuk 2")
    assert collections(desktop) == [("Hoofdstuk 2", 3)]
    desktop.window.action_table["undo"].trigger()
    desktop.idle()
    assert collections(desktop) == []


def test_an_article_leaves_one_collection_for_another(library_of_three: Any) -> None:
    desktop = library_of_three
    desktop.read("Minister bezoekt Nvidia")
    collect(desktop, "a")
    desktop.window.action_table["collect"].trigger()
    dialog = desktop.dialog(CollectDialog)
    assert nameless(dialog) == []
    item = dialog.findChild(QListWidget).item(0)
    assert item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked)
    dialog.findChild(QLineEdit, "newCollection").setText("b")
    press_ok(dialog)
    desktop.idle()
    assert collections(desktop) == [("a", 0), ("b", 1)]


def test_articles_are_dropped_on_a_collection(library_of_three: Any, pane: Any) -> None:
    desktop = library_of_three
    desktop.read("Minister bezoekt Nvidia")
    collect(desktop, "a")
    view, model = pane.view, desktop.window.results.model
    data = model.mimeData([model.index(row) for row in range(3)])
    where = QPointF(view.visualItemRect(view.item(0)).center())
    drop = QDropEvent(
        where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(drop)
    desktop.idle()
    assert collections(desktop) == [("a", 3)]
    assert "3 articles put in “a”" in desktop.messages.told


def test_a_click_looks_into_a_collection(library_of_three: Any, pane: Any, qtbot: Any) -> None:
    desktop = library_of_three
    desktop.read("Frankrijk bouwt een datacenter")
    collect(desktop, "Mijn stukken")
    view = pane.view
    qtbot.waitUntil(lambda: view.count() == 1)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualItemRect(view.item(0)).center()
    )
    desktop.idle()
    assert desktop.window.field.text() == 'collection:"Mijn stukken" '
    assert desktop.titles() == ["Frankrijk bouwt een datacenter"]


def test_a_collection_is_renamed_and_deleted_by_keys(library_of_three: Any, pane: Any, qtbot: Any) -> None:
    desktop = library_of_three
    desktop.read("Frankrijk bouwt een datacenter")
    collect(desktop, "a")
    view = pane.view
    view.setFocus()
    view.setCurrentRow(0)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    dialog = desktop.dialog(NameFieldDialog)
    dialog.findChild(QLineEdit).setText("Nieuw")
    press_ok(dialog)
    desktop.idle()
    assert collections(desktop) == [("Nieuw", 1)]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    desktop.idle()
    assert collections(desktop) == []
    assert len(desktop.titles()) == 3
    desktop.window.action_table["undo"].trigger()
    desktop.idle()
    assert collections(desktop) == [("Nieuw", 1)]


def test_the_plus_makes_a_collection_of_what_is_selected(library_of_three: Any, pane: Any) -> None:
    desktop = library_of_three
    desktop.read("Frankrijk bouwt een datacenter")
    assert pane._none.isVisible()
    pane._new.click()
    dialog = desktop.dialog(NameFieldDialog)
    assert nameless(dialog) == []
    dialog.findChild(QLineEdit).setText("x")
    press_ok(dialog)
    desktop.idle()
    assert collections(desktop) == [("x", 1)]
    assert not pane._none.isVisible()


@pytest.fixture
def tags(library_of_three: Any) -> TagsDialog:
    desktop = library_of_three
    rows = desktop.window.results.model.rows
    desktop.window.parts.editing.change_tags(rows, [], ["energie"])
    desktop.window.parts.editing.change_tags(rows[:1], [], ["stroom"])
    desktop.idle()
    desktop.window.action_table["tags"].trigger()
    dialog = desktop.dialog(TagsDialog)
    desktop.qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    yield dialog
    dialog.close()


def lines(dialog: TagsDialog) -> list[tuple[str, str]]:
    table = dialog.table
    return [(table.item(row, 0).text(), table.item(row, 1).text()) for row in range(table.rowCount())]


def test_all_tags_with_their_counts(library_of_three: Any, tags: TagsDialog) -> None:
    assert lines(tags) == [("energie", "3"), ("stroom", "1")]
    assert nameless(tags) == []
    tags._field.setText("#str")
    assert lines(tags) == [("stroom", "1")]


def test_two_tags_become_one_and_undo_parts_them(library_of_three: Any, tags: TagsDialog, qtbot: Any) -> None:
    desktop = library_of_three
    tags.table.selectAll()
    assert tags._rename_button.text() == "Join under one name…"
    qtbot.keyClick(tags.table, Qt.Key.Key_F2)
    dialog = desktop.dialog(NameFieldDialog)
    dialog.findChild(QLineEdit).setText("Energie")
    press_ok(dialog)
    qtbot.waitUntil(lambda: lines(tags) == [("Energie", "3")])
    desktop.window.action_table["undo"].trigger()
    qtbot.waitUntil(lambda: lines(tags) == [("energie", "3"), ("stroom", "1")])


def test_a_tag_is_deleted_and_searched_for(library_of_three: Any, tags: TagsDialog, qtbot: Any) -> None:
    desktop = library_of_three
    tags.table.selectRow(0)
    qtbot.keyClick(tags.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: lines(tags) == [("stroom", "1")])
    tags.table.selectRow(0)
    qtbot.keyClick(tags.table, Qt.Key.Key_Return)
    desktop.idle()
    assert desktop.window.field.text() == "tag:stroom "
    assert len(desktop.titles()) == 1
