"""The help: pages in both languages that tell every key and field, searched, opened where it is asked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton

from desktop.resources import resource
from desktop.search.fields import FIELDS
from desktop.ui import help_pages
from desktop.ui.actions import LINE, Actions, menu_name, plain_text
from desktop.ui.help_dialog import HelpDialog
from desktop.ui.help_pages import NAMES, Page
from desktop.ui.library_views import view_table
from desktop.ui.shortcut_sheet import keys_by_menu
from tests.ui.test_accessibility import nameless


@pytest.fixture
def actions(qtbot: Any) -> Actions:
    window = QMainWindow()
    qtbot.addWidget(window)
    return Actions(window)


def by_name(actions: Actions) -> dict[str, Page]:
    return {page.name: page for page in help_pages.load(actions)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_there_and_no_other(language: str) -> None:
    assert {path.stem for path in resource("help", language).glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.language("nl")), "en"])
def test_every_key_is_told(actions: Actions, language: str) -> None:
    text = by_name(actions)["keys"].text
    for lines in keys_by_menu(actions).values():
        for words, keys in lines:
            assert words in text, words
            assert keys.replace("|", "\\|") in text, keys


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_action_with_a_key_is_told_where_it_belongs(actions: Actions, language: str) -> None:
    """Beside the list of all keys: in the words of some page."""
    told = {
        name
        for path in resource("help", language).glob("*.md")
        for name in re.findall(r"\{key:(\w+)\}", path.read_text(encoding="utf-8"))
    }
    with_keys = {row.name for row in actions.rows if row.keys}
    assert with_keys - told == set(), "tell what these do on a page of the help"
    assert told <= {row.name for row in actions.rows}


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.language("nl")), "en"])
def test_every_field_is_told_under_all_its_names(actions: Actions, language: str) -> None:
    text = by_name(actions)["search"].text
    for field in FIELDS:
        for name in (field.name, field.others):
            for one in (name,) if isinstance(name, str) else name:
                assert f"`{one}:`" in text, one


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.language("nl")), "en"])
def test_pages_are_complete(actions: Actions, language: str) -> None:
    pages = by_name(actions)
    assert len({page.title for page in pages.values()}) == len(pages)
    for page in pages.values():
        assert "{" not in page.text, page.name
        assert len(page.plain) > 300, page.name
        for target in re.findall(r"\]\(page:(\w+)\)", page.text):
            assert target in pages, f"{page.name} leads to {target}"


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.language("nl")), "en"])
def test_what_is_said_to_be_in_a_menu_is_there(actions: Actions, language: str) -> None:
    menus = {
        f"{plain_text(menu_name(row.menu))} › {plain_text(row.text)}"
        for row in actions.rows
        if row.name != LINE
    }
    for page in help_pages.load(actions):
        for told in re.findall(r"\*([^*\n]+ › [^*\n]+)\*", page.text):
            assert told in menus, f"{page.name}: {told}"


def test_both_languages_tell_the_same(actions: Actions) -> None:
    def shape(language: str, name: str) -> tuple[list[str], int]:
        text = resource("help", language, f"{name}.md").read_text(encoding="utf-8")
        return re.findall(r"\{[\w:]+\}|page:\w+", text), text.count("\n## ")

    for name in NAMES:
        dutch, english = shape("nl", name), shape("en", name)
        assert sorted(dutch[0]) == sorted(english[0]), name
        assert dutch[1] == english[1], name


def test_every_view_has_a_page() -> None:
    assert {help_pages.page_of(view.name) for view in view_table()} <= set(NAMES)


def test_pages_are_found_by_their_words(actions: Actions) -> None:
    pages = help_pages.load(actions)
    assert help_pages.find(pages, "backup")[0].page.name == "libraries"
    assert help_pages.find(pages, "EXCHANGE rates")[0].page.name == "privacy"
    assert help_pages.find(pages, "nonsenseword") == []
    assert help_pages.find(pages, "  ") == []
    assert "backup" in help_pages.find(pages, "backup")[0].place.casefold()


# In the window


def opened(desktop: Any) -> HelpDialog:
    desktop.window.action_table["help"].trigger()
    return desktop.dialog(HelpDialog)


def test_help_opens_at_what_is_shown(library_of_three: Any) -> None:
    desktop = library_of_three
    dialog = opened(desktop)
    assert dialog.shown == "reading"
    desktop.window.action_table["view_notes"].trigger()
    desktop.idle()
    desktop.window.switcher.findChild(QToolButton, "viewHelp").click()
    assert dialog.shown == "notes"
    assert len(desktop.window.findChildren(HelpDialog)) == 1
    assert nameless(dialog) == []
    dialog.close()


def test_help_is_searched_and_links_are_followed(library_of_three: Any, qtbot: Any) -> None:
    dialog = opened(library_of_three)
    dialog.field.setFocus()
    qtbot.keyClicks(dialog.field, "spreadsheet")
    assert (dialog.list.count(), dialog.shown) == (1, "export")
    assert dialog.page.textCursor().selectedText() == "spreadsheet"
    dialog.page.anchorClicked.emit(QUrl("page:amounts"))
    assert dialog.shown == "amounts"
    assert dialog.field.text() == ""
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.shown == "timeline"
    qtbot.keyClicks(dialog.field, "zzzz")
    assert (dialog.shown, dialog.page.toPlainText()) == ("", "No page has these words.")
    dialog.close()


@pytest.mark.language("nl")
def test_help_speaks_dutch(library_of_three: Any) -> None:
    dialog = opened(library_of_three)
    assert dialog.page.toPlainText().startswith("Lezen")
    button = dialog.findChild(QPushButton)
    assert plain_text(button.text())
    dialog.close()
