"""From too many articles to the ones I want, and a search that I keep for next week."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.facet_chip import FacetChip
from desktop.ui.find_bar import FindBar
from tests.ui.window_fixtures import Desktop


def chip(desktop: Desktop, words: str) -> FacetChip:
    [found] = [one for one in desktop.window.results.facets.chips() if one.text().startswith(words)]
    return found


@pytest.mark.language("nl")
def test_i_narrow_down_what_i_found_and_keep_the_search(
    library_of_three: Desktop, picture: Callable[[str], None]
) -> None:
    desktop = library_of_three
    window = desktop.window
    window.resize(1440, 900)
    assert len(desktop.search("miljoen OF miljard")) == 3

    # Not the one of February, with the keyboard.
    chip(desktop, "feb 2025").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    desktop.idle()
    assert window.field.text() == "(miljoen OF miljard) -datum:2025-02 "
    assert len(desktop.titles()) == 2
    assert chip(desktop, "niet feb 2025").isVisible()
    assert isinstance(QApplication.focusWidget(), FacetChip)
    picture("narrowed-down")

    # Only those about Nvidia, with the mouse.
    window.results.facets.menu.aboutToShow.emit()
    [actors] = [one.menu() for one in window.results.facets.menu.actions() if one.text() == "Actor"]
    next(one for one in actors.actions() if one.text().startswith("Nvidia")).trigger()
    desktop.idle()
    assert desktop.titles() == ["Minister bezoekt Nvidia"]
    assert "org:Nvidia" in window.field.text()

    # I go through what was found in it.
    desktop.read("Minister bezoekt Nvidia")
    window.action_table["find_next"].trigger()
    assert "van 2" in window.parts.pane.findChild(FindBar)._count.text()

    # And I keep it.
    window.field.setFocus()
    window.action_table["save_search"].trigger()
    name = window.findChild(QLineEdit, "searchNameField")
    name.setText("Geld voor chips")
    QTest.keyClick(name, Qt.Key.Key_Return)
    desktop.idle()
    assert desktop.messages.told == ["Zoekopdracht bewaard als “Geld voor chips”"]
    desktop.search("")
    window.parts.saved_desk.menu.aboutToShow.emit()
    desktop.idle()
    [line] = [one for one in window.parts.saved_desk.menu.actions() if one.text().startswith("Geld")]
    assert line.text() == "Geld voor chips\t1"
    line.trigger()
    desktop.idle()
    assert desktop.titles() == ["Minister bezoekt Nvidia"]
    picture("kept")
