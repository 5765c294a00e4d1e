"""Correcting names in the window: keys, menus, dialogs, the side panel, the card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
)

from desktop.model import MentionKind
from desktop.ui.merge_dialog import MergeDialog
from desktop.ui.name_dialog import NameDialog
from desktop.ui.rename_dialog import RenameDialog
from desktop.ui.selection_bar import SelectionBar
from tests.ui.names_at_hand import (
    ARTICLE,
    caret_on,
    choose_in_menu,
    choose_rows,
    dialog_of,
    field,
    marked,
    menu_in_text,
    names,
    ok_of,
    select,
    submenu,
    type_in,
    undo,
    wait_until,
)
from tests.ui.window_fixtures import Desktop

# In the text


@pytest.mark.parametrize("key", [Qt.Key.Key_X, Qt.Key.Key_Delete])
def test_a_key_says_that_it_is_no_name_here(reading: Desktop, key: Qt.Key) -> None:
    assert [text for text, _kind in marked(reading)].count("Nvidia") == 3
    QTest.keyClick(caret_on(reading, "Nvidia in Silicon"), key)
    wait_until(reading, lambda: [text for text, _kind in marked(reading)].count("Nvidia") == 2)
    assert reading.messages.told[-1] == "“Nvidia” is no longer marked here"
    undo(reading)
    assert [text for text, _kind in marked(reading)].count("Nvidia") == 3
    assert len(reading.titles()) == 3


@pytest.mark.parametrize(("scope", "word"), [("In this article", "article"), ("Everywhere", "anywhere")])
def test_the_menu_says_that_it_is_no_name(reading: Desktop, scope: str, word: str) -> None:
    caret_on(reading, "AMD")
    menu = menu_in_text(reading)
    offered = submenu(menu, "No name")
    assert list(offered) == ["Here", "In this article", "Everywhere"]
    offered[scope]()
    menu.close()
    wait_until(reading, lambda: "AMD" not in names(reading))
    assert word in reading.messages.told[-1]
    assert "AMD" not in [text for text, _kind in marked(reading)]


@pytest.mark.parametrize("scope", ["Here", "In this article", "Everywhere"])
def test_the_menu_says_what_it_is(reading: Desktop, scope: str) -> None:
    caret_on(reading, "Silicon Valley")
    [before] = [kind for text, kind in marked(reading) if text == "Silicon Valley"]
    assert before is MentionKind.PLACE
    menu = menu_in_text(reading)
    assert "a place" not in submenu(menu, "It is…")
    submenu(menu, "It is…", "an event")[scope]()
    menu.close()
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.EVENT) in marked(reading))
    assert reading.messages.told[-1].startswith("“Silicon Valley” is an event")
    reading.window.action_table["undo"].trigger()
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.PLACE) in marked(reading))


def test_what_was_said_to_be_no_actor_can_be_one_again(reading: Desktop) -> None:
    reading.window.parts.pane.set_group_shown("other", True)
    caret_on(reading, "Silicon Valley")
    choose_in_menu(reading, "It is…", "another thing: a law, product, work", "Everywhere")
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.OTHER) in marked(reading))
    caret_on(reading, "Silicon Valley")
    choose_in_menu(reading, "It is…", "a place", "Everywhere")
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.PLACE) in marked(reading))


def test_what_is_said_here_holds_for_a_name_that_was_said_to_be_another_kind(reading: Desktop) -> None:
    caret_on(reading, "Silicon Valley")
    choose_in_menu(reading, "It is…", "an organisation", "Everywhere")
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.ORGANISATION) in marked(reading))
    QTest.keyClick(caret_on(reading, "Silicon Valley"), Qt.Key.Key_X)
    wait_until(reading, lambda: "Silicon Valley" not in names(reading))


# The same as, someone else, called otherwise


def test_one_actor_is_the_same_as_another(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    rows = dialog.picker.rows
    shown = [line.title for line in rows.lines.lines]
    assert "AMD" not in shown
    assert shown.index("Nvidia") < shown.index("Emmanuel Macron")  # those of this article first
    type_in(reading, dialog, "macr")
    [row] = rows.lines.lines
    assert row.title == "Emmanuel Macron"
    assert row.below[0].startswith("person · in 1 article")
    type_in(reading, dialog, "nvid")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: "AMD" not in names(reading))
    assert reading.messages.told[-1] == "“AMD” is now “Nvidia”"
    undo(reading)
    assert "AMD" in names(reading)


def test_the_other_name_may_stay(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "nvidia")
    nvidia, amd = dialog._group.buttons()
    assert nvidia.isChecked()
    assert amd.text().startswith("AMD (")
    amd.click()
    ok_of(dialog).click()
    wait_until(reading, lambda: "Nvidia" not in names(reading))
    assert "AMD" in names(reading)


def test_where_nobody_matches_nothing_is_merged(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "zzz")
    assert not ok_of(dialog).isEnabled()
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.close()
    reading.idle()


def test_an_actor_is_called_otherwise(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia")
    QTest.keyClick(reading.window.parts.side.actors, Qt.Key.Key_F2)
    dialog = dialog_of(reading, RenameDialog)
    ok = ok_of(dialog)
    assert not ok.isEnabled()  # it is called so already
    field(dialog).setText("  ")
    assert not ok.isEnabled()
    field(dialog).setText("Nvidia Corporation")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: "Nvidia Corporation" in names(reading))
    assert reading.search('actor:"Nvidia Corporation"') == [ARTICLE]


def test_it_is_someone_else_in_this_article(reading: Desktop) -> None:
    caret_on(reading, "Beljaarts sprak")
    choose_in_menu(reading, "This is someone else here…")
    dialog = dialog_of(reading, NameDialog)
    assert field(dialog).text() == ""
    shown = [line.title for line in dialog._picker.rows.lines.lines]
    assert "Emmanuel Macron" in shown
    assert "Nvidia" not in shown  # no person
    type_in(reading, dialog, "Piet Beljaarts")
    assert dialog.findChild(QAbstractButton, "scope_here").isChecked()
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: "Piet Beljaarts" in names(reading))
    assert reading.messages.told[-1] == "“Beljaarts” is “Piet Beljaarts” here"
    assert "Dirk Beljaarts" in names(reading)


def test_the_dialog_says_kind_and_name_at_once(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    dialog = dialog_of(reading, NameDialog)
    assert field(dialog).text() == "Nvidia"
    dialog.findChild(QAbstractButton, "kind_person").click()
    type_in(reading, dialog, "Nora Vidia")
    dialog.findChild(QAbstractButton, "scope_everywhere").click()
    ok_of(dialog).click()
    wait_until(reading, lambda: "Nora Vidia" in names(reading))
    assert ("Nvidia", MentionKind.PERSON) in marked(reading)
    assert "Nvidia" not in names(reading)
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    dialog = dialog_of(reading, NameDialog)
    dialog.findChild(QAbstractButton, "scope_everywhere").click()
    dialog.findChild(QAbstractButton, "notAName").click()
    wait_until(reading, lambda: "Nora Vidia" not in names(reading))


def test_another_thing_has_no_actor_until_it_is_somebody(reading: Desktop) -> None:
    reading.window.parts.pane.set_group_shown("other", True)
    caret_on(reading, "Silicon Valley")
    choose_in_menu(reading, "It is…", "another thing: a law, product, work", "Here")
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.OTHER) in marked(reading))
    QTest.keyClick(caret_on(reading, "Silicon Valley"), Qt.Key.Key_C)
    dialog = dialog_of(reading, NameDialog)
    assert not field(dialog).isEnabled()
    dialog.findChild(QAbstractButton, "kind_place").click()
    assert field(dialog).isEnabled()
    reading.idle()
    ok_of(dialog).click()
    wait_until(reading, lambda: ("Silicon Valley", MentionKind.PLACE) in marked(reading))


def test_what_the_dialog_shows_unchanged_changes_nothing(reading: Desktop) -> None:
    told = len(reading.messages.told)
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    QTest.keyClick(field(dialog_of(reading, NameDialog)), Qt.Key.Key_Return)
    reading.idle()
    assert len(reading.messages.told) == told
    assert not reading.window.action_table["undo"].isEnabled()


# Words that were not marked


def test_selected_words_are_marked_from_the_menu(reading: Desktop) -> None:
    select(reading, "AI-faciliteit")
    choose_in_menu(reading, "Mark as name", "Organisation", "Everywhere, also in articles to come")
    wait_until(reading, lambda: ("AI-faciliteit", MentionKind.ORGANISATION) in marked(reading))
    assert reading.messages.told[-1] == "“AI-faciliteit” is an organisation, everywhere"
    assert "AI-faciliteit" in names(reading)


@pytest.mark.parametrize("door", ["A", "C", "bar"])
def test_selected_words_are_marked_as_somebody_known(reading: Desktop, door: str) -> None:
    view = select(reading, "hardware")
    if door != "bar":
        QTest.keyClick(view, door)
    else:
        bar = reading.window.parts.pane.findChild(SelectionBar)
        [button] = [one for one in bar.findChildren(QAbstractButton) if "Mark as name" in one.toolTip()]
        button.click()
    dialog = dialog_of(reading, NameDialog)
    dialog.findChild(QAbstractButton, "kind_organisation").click()
    type_in(reading, dialog, "amd")
    QTest.keyClick(field(dialog), Qt.Key.Key_Down)
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: ("hardware", MentionKind.ORGANISATION) in marked(reading))
    [amd] = [a for a in reading.window.parts.reading.current.actors if a.name == "AMD"]
    assert amd.mentions == 2
