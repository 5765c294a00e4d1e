"""The table of actions makes menus, keys, palette and shortcut sheet."""

from __future__ import annotations

from collections import Counter

import pytest
import translations
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QListView, QMainWindow, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.actions import LINE, Actions, Menu, Needs, keys_of, menu_name, plain_text, table
from desktop.ui.command_palette import CommandPalette, commands, matching
from desktop.ui.icons import _svg
from desktop.ui.shortcut_sheet import ShortcutSheet, keys_by_menu
from desktop.ui.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.resize(900, 600)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    actions = Actions(window)
    actions.fill(window.menuBar())
    return actions


def test_no_name_and_no_keys_stand_twice(qapp: object) -> None:
    rows = [row for row in table() if row.name != LINE]
    names = Counter(row.name for row in rows)
    keys = Counter(key.toString() for row in rows for key in keys_of(row))
    assert {word: count for word, count in (names + keys).items() if count > 1} == {}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_mnemonic_stands_twice_in_a_menu(qapp: object, language: str) -> None:
    catalogue = translations.read_po(translations.CATALOGUES / f"{language}.po")
    spoken = {entry.text: entry.translations[0] for entry in catalogue.entries.values() if entry.translations}
    menus = {menu: [row.text for row in table() if row.menu is menu] for menu in Menu}
    menus["bar"] = [menu_name(menu) for menu in Menu]
    doubled = {}
    for name, texts in menus.items():
        by_letter: dict[str, list[str]] = {}
        for text in texts:
            words = (spoken.get(text) or text).replace("&&", "")
            if "&" in words:
                by_letter.setdefault(words.partition("&")[2][:1].lower(), []).append(words)
        doubled |= {(name, letter): same for letter, same in by_letter.items() if len(same) > 1}
    assert doubled == {}


def test_every_icon_of_the_table_is_drawn(qapp: object) -> None:
    assert all(_svg(row.icon) for row in table() if row.icon)


def test_menus_hold_every_action(window: QMainWindow, actions: Actions) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    held = {action for menu in [*menus, *actions.submenus.values()] for action in menu.actions()}
    assert len(menus) == len(Menu)
    assert set(actions) <= held


def test_an_action_does_what_it_is_connected_to(actions: Actions) -> None:
    done: list[object] = []
    actions.on("undo", lambda: done.append("undo"))
    actions.on("star", done.append)
    actions["undo"].trigger()
    actions["star"].trigger()
    assert done == ["undo", True]


def test_what_needs_an_article_waits_for_one(actions: Actions) -> None:
    actions.enable(Needs.ARTICLE, False)
    assert not actions["star"].isEnabled()
    assert actions["import_files"].isEnabled()
    assert "star" not in {command.action.objectName() for command in commands(actions)}


def test_single_keys_step_aside_while_typing(window: QMainWindow, actions: Actions, qtbot: QtBot) -> None:
    done: list[str] = []
    for name in ("next_result", "shortcuts", "highlight_1", "find"):
        actions.on(name, lambda name=name: done.append(name))
    page, field, other = QWidget(), QLineEdit(), QListView()
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addWidget(other)
    window.setCentralWidget(page)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "j?1/")
    assert done == []
    assert field.text() == "j?1/"
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_J)
    qtbot.keyClick(other, Qt.Key.Key_1)
    assert done == ["next_result", "highlight_1"]


def test_confined_keys_work_only_there(window: QMainWindow, actions: Actions, qtbot: QtBot) -> None:
    done: list[str] = []
    page, one, other = QWidget(), QListView(), QListView()
    layout = QVBoxLayout(page)
    layout.addWidget(one)
    layout.addWidget(other)
    window.setCentralWidget(page)
    actions.on("trash", lambda: done.append("trash"))
    actions.confine("trash", one)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    qtbot.keyClick(other, Qt.Key.Key_Delete)
    assert done == []
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Delete)
    assert done == ["trash"]


def test_the_palette_finds_by_words_and_runs(window: QMainWindow, actions: Actions, qtbot: QtBot) -> None:
    done: list[bool] = []
    actions.on("next_result", lambda: done.append(True))
    window.show()
    palette = CommandPalette(actions, Theme.load("light"), window)
    qtbot.addWidget(palette)
    palette.open_now()
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "next res")
    listed = palette.findChild(QListView).model()
    assert [listed.index(row, 0).data() for row in range(listed.rowCount())] == ["Article › Next result"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == [True]


def test_the_palette_puts_names_that_start_so_first(actions: Actions) -> None:
    found = [command.words for command in matching(commands(actions), "find")]
    assert found[0].endswith("Find in article")
    assert matching(commands(actions), "no such thing at all") == []


def test_the_sheet_names_every_key(actions: Actions) -> None:
    sheet = keys_by_menu(actions)
    assert ("Next result", "J") in sheet[Menu.ARTICLE]
    shown = sum(len(lines) for lines in sheet.values())
    assert shown == len([row for row in actions.rows if keys_of(row)])


@pytest.mark.language("nl")
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (700, 500)])
def test_the_sheet_fits_in_the_window_in_width(
    window: QMainWindow, actions: Actions, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    sheet = ShortcutSheet(actions, window)
    with qtbot.waitExposed(sheet):
        sheet.show()
    assert sheet.width() <= max(size[0], 640)
    assert sheet.height() <= max(size[1], 420)
    assert sheet.findChild(QScrollArea).horizontalScrollBar().maximum() == 0


def test_the_sheet_names_no_keys_that_keyboards_lack(actions: Actions) -> None:
    shown = dict(keys_by_menu(actions)[Menu.HELP])
    assert shown["Help"] == "F1"


def test_plain_text_drops_mnemonic_and_dots() -> None:
    assert plain_text("&Find in article…") == "Find in article"
    assert plain_text("Research && Development") == "Research & Development"


def test_keys_use_the_platforms_own_where_it_has_them(qapp: object) -> None:
    rows = {row.name: row for row in table()}
    assert keys_of(rows["copy"])[0] == QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)[0]
    assert QKeySequence("Ctrl+,") in keys_of(rows["settings"])
