"""Saved searches in the window: the star, its menu with counts, renaming, deleting and having it back."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.tasks import saved_searches
from desktop.ui.find_bar import FindBar
from tests.ui.window_fixtures import Desktop


def give_name(desktop: Desktop, name: str) -> None:
    dialog = desktop.window.findChild(QDialog, "searchNameDialog")
    assert dialog is not None
    dialog.findChild(QLineEdit).setText(name)
    dialog._give()
    desktop.idle()


def save(desktop: Desktop, query: str, name: str) -> None:
    desktop.search(query)
    desktop.window.action_table["save_search"].trigger()
    give_name(desktop, name)


def lines(desktop: Desktop) -> dict[str, QAction]:
    """Open the menu, wait for its counts, and return its lines."""
    menu = desktop.window.parts.saved_desk.menu
    menu.aboutToShow.emit()
    desktop.idle()
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def submenu(desktop: Desktop, title: str) -> dict[str, QAction]:
    return {action.text(): action for action in lines(desktop)[title].menu().actions()}


def names(desktop: Desktop) -> list[str]:
    return [one.name for one in saved_searches.listed(desktop.libraries.session)]


def test_saved_counted_searched(library_of_three: Desktop) -> None:
    save(library_of_three, "Nvidia", "Chips & kaarten")
    save(library_of_three, "datum:2025", "Dit jaar")
    assert library_of_three.window.field._star.text().endswith("Dit jaar")
    library_of_three.search("")
    found = lines(library_of_three)
    assert {"Chips && kaarten\t1", "Dit jaar\t3"} <= set(found)
    found["Chips && kaarten\t1"].trigger()
    library_of_three.idle()
    assert library_of_three.titles() == ["Minister bezoekt Nvidia"]
    assert library_of_three.window.field._star.text().endswith("Chips & kaarten")


def test_renamed_deleted_and_had_back(library_of_three: Desktop) -> None:
    save(library_of_three, "Nvidia", "Chips")
    submenu(library_of_three, "Rename")["Chips"].trigger()
    give_name(library_of_three, "Kaarten")
    assert names(library_of_three) == ["Kaarten"]
    submenu(library_of_three, "Delete")["Kaarten"].trigger()
    library_of_three.idle()
    assert names(library_of_three) == []
    assert library_of_three.messages.told[-1] == "Search “Kaarten” deleted"
    library_of_three.window.action_table["undo"].trigger()
    library_of_three.idle()
    assert names(library_of_three) == ["Kaarten"]
    assert "Kaarten\t1" in lines(library_of_three)


def test_an_empty_field_has_nothing_to_save(library_of_three: Desktop) -> None:
    library_of_three.window.action_table["save_search"].trigger()
    assert library_of_three.window.findChild(QDialog, "searchNameDialog") is None
    assert library_of_three.messages.told == ["Type a search first, then save it."]


# Hit by hit


def test_the_hits_of_the_search_are_counted_while_they_are_stepped_through(
    library_of_three: Desktop, qtbot: QtBot
) -> None:
    library_of_three.search("Nvidia")
    library_of_three.read("Minister bezoekt Nvidia")
    bar = library_of_three.window.parts.pane.findChild(FindBar)
    assert bar.isHidden()
    next_hit = library_of_three.window.action_table["find_next"]
    next_hit.trigger()
    next_hit.trigger()
    assert bar._count.text() == "Hit 2 of 3"
    assert bar._field.isHidden()
    library_of_three.window.action_table["find_previous"].trigger()
    assert bar._count.text() == "Hit 1 of 3"
    library_of_three.search("AMD")
    assert bar._count.text() == "1 hit"
    library_of_three.window.action_table["find"].trigger()
    assert not bar._field.isHidden()
    library_of_three.window.parts.pane.step_back()
    assert bar.isHidden()
