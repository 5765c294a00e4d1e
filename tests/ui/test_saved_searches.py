"""Saved searches in the window: the star, its menu with counts, renaming, deleting and having it back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.tasks import saved_searches
from desktop.ui.find_bar import FindBar
from desktop.ui.hit_list import HitList
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


# The list above the results


def shown(desktop: Desktop) -> list[tuple[str, int, int]]:
    """Return the lines: name, how many are found, how many of them are new."""
    saved = desktop.window.results.saved.list
    rows = [saved.item(row) for row in range(saved.count())]
    found = [(row.text(), row.data(Qt.ItemDataRole.UserRole + 2)) for row in rows]
    return [(name, counted.total, counted.new) for name, counted in found]


def bring_in_another(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_text("date 2025-05 Nvidia groeit\n\nNvidia verdient 4 miljard euro.\n", encoding="utf-8")
    desktop.bring_in([path])


def test_there_is_no_list_without_saved_searches(library_of_three: Desktop) -> None:
    assert library_of_three.window.results.saved.isHidden()
    save(library_of_three, "Nvidia", "Chips")
    assert library_of_three.window.results.saved.isVisible()
    assert shown(library_of_three) == [("Chips", 1, 0)]


def test_the_list_counts_what_came_since_a_search_was_looked_at(
    library_of_three: Desktop, tmp_path: Path
) -> None:
    save(library_of_three, "Nvidia", "Chips")
    save(library_of_three, "supercomputer", "Rekenen")
    library_of_three.search("")
    bring_in_another(library_of_three, tmp_path)
    assert shown(library_of_three) == [("Chips", 2, 1), ("Rekenen", 1, 0)]
    library_of_three.window.results.saved.unfold(False)
    head = library_of_three.window.results.saved.findChild(QToolButton, "savedHead")
    assert head.text().endswith("1 new")
    library_of_three.search("Nvidia")
    assert shown(library_of_three)[0] == ("Chips", 2, 1), "what is new is told as long as it is looked at"
    library_of_three.search("")
    assert shown(library_of_three)[0] == ("Chips", 2, 0)
    assert saved_searches.counted(
        library_of_three.libraries.session,
        saved_searches.listed(library_of_three.libraries.session)[0],
    ) == saved_searches.Counted(2, 0)


def test_what_is_only_typed_on_the_way_to_more_is_not_looked_at(
    library_of_three: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    window = library_of_three.window
    save(library_of_three, "Nvidia", "Chips")
    library_of_three.search("")
    bring_in_another(library_of_three, tmp_path)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.field.setFocus()
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, "Nvidia")
    library_of_three.idle()
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, " AMD")
    library_of_three.idle()
    assert shown(library_of_three) == [("Chips", 2, 1)]
    with qtbot.waitSignal(window.parts.searching.found):
        window.field.setText("Nvidia")
    library_of_three.idle()
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    session = library_of_three.libraries.session
    qtbot.waitUntil(lambda: saved_searches.counted(session, saved_searches.listed(session)[0]).new == 0)
    library_of_three.idle()


def test_reading_changes_the_number_of_a_search_for_what_is_unread(library_of_three: Desktop) -> None:
    save(library_of_three, "is:unread", "Te lezen")
    assert shown(library_of_three)[0][1] == 3
    library_of_three.search("")
    library_of_three.read("Minister bezoekt Nvidia")
    library_of_three.window.action_table["read"].setChecked(False)
    library_of_three.window.action_table["read"].trigger()
    library_of_three.idle()
    unread = sum(library_of_three.window.results.model.hit(row).article.read_at is None for row in range(3))
    assert shown(library_of_three)[0][1] == unread < 3


def test_the_list_by_keyboard(library_of_three: Desktop, qtbot: QtBot) -> None:
    window = library_of_three.window
    for query, name in (("Nvidia", "Chips"), ("datum:2025", "Dit jaar"), ("stroom", "Energie")):
        save(library_of_three, query, name)
    window.results.saved.unfold(False)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.action_table["saved_searches"].trigger()
    saved = window.results.saved.list
    assert saved.isVisible()
    assert saved.currentRow() == 0
    qtbot.waitUntil(saved.hasFocus)
    qtbot.keyClick(saved, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    library_of_three.idle()
    assert names(library_of_three) == ["Dit jaar", "Chips", "Energie"]
    assert saved.currentItem().text() == "Chips"
    qtbot.keyClick(saved, Qt.Key.Key_Delete)
    library_of_three.idle()
    assert names(library_of_three) == ["Dit jaar", "Energie"]
    window.action_table["undo"].trigger()
    library_of_three.idle()
    assert [name for name, _total, _new in shown(library_of_three)] == ["Dit jaar", "Chips", "Energie"]
    saved.setCurrentRow(1)
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClick(saved, Qt.Key.Key_Return)
    library_of_three.idle()
    assert library_of_three.titles() == ["Minister bezoekt Nvidia"]
    assert window.results.view.hasFocus()
    saved.setFocus()
    qtbot.keyClick(saved, Qt.Key.Key_F2)
    give_name(library_of_three, "Kaarten")
    assert names(library_of_three) == ["Dit jaar", "Kaarten", "Energie"]


def test_a_line_that_is_dragged_stays_where_it_was_put(library_of_three: Desktop) -> None:
    for name in ("Een", "Twee", "Drie"):
        save(library_of_three, name, name)
    lines_of = library_of_three.window.results.saved.list.model()
    lines_of.moveRow(QModelIndex(), 0, QModelIndex(), 3)  # what Qt does at the end of a drag
    library_of_three.idle()
    assert names(library_of_three) == ["Twee", "Drie", "Een"]
    lines_of.moveRow(QModelIndex(), 2, QModelIndex(), 1)
    library_of_three.idle()
    assert names(library_of_three) == ["Twee", "Een", "Drie"]
    library_of_three.window.action_table["undo"].trigger()
    library_of_three.idle()
    assert names(library_of_three) == ["Twee", "Drie", "Een"]
    assert [name for name, _total, _new in shown(library_of_three)] == ["Twee", "Drie", "Een"]


def test_the_menu_of_a_line_replaces_the_search(library_of_three: Desktop) -> None:
    save(library_of_three, "Nvidia", "Chips")
    library_of_three.search("Nvidia OF AMD")
    pane = library_of_three.window.results.saved
    menu = pane.menu_of(pane.list.item(0).data(Qt.ItemDataRole.UserRole + 1))
    [replace] = [one for one in menu.actions() if one.text().startswith("Replace")]
    replace.trigger()
    menu.deleteLater()
    library_of_three.idle()
    [one] = saved_searches.listed(library_of_three.libraries.session)
    assert (one.name, one.query) == ("Chips", "Nvidia OF AMD")


def test_many_searches_leave_most_of_the_pane_to_the_results(library_of_three: Desktop) -> None:
    session = library_of_three.libraries.session
    for number in range(20):
        saved_searches.save(session, f"Zoekopdracht {number}", f"stroom{number}")
    library_of_three.window.parts.saved_desk.read_again()
    library_of_three.idle()
    saved = library_of_three.window.results.saved.list
    assert saved.count() == 20
    assert saved.height() <= library_of_three.window.results.height() * 0.25
    assert saved.verticalScrollBar().maximum() > 0


# Hit by hit


def test_the_hits_of_the_search_are_counted_while_they_are_stepped_through(
    library_of_three: Desktop, qtbot: QtBot
) -> None:
    library_of_three.search("Nvidia")
    library_of_three.read("Minister bezoekt Nvidia")
    bar = library_of_three.window.parts.pane.findChild(FindBar)
    assert bar.isVisible()
    assert bar._count.text() == "3 hits"
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


def test_the_bar_of_hits_stays_away_once_it_was_closed(library_of_three: Desktop) -> None:
    library_of_three.search("miljoen")
    library_of_three.read("Minister bezoekt Nvidia")
    pane = library_of_three.window.parts.pane
    bar = pane.findChild(FindBar)
    assert bar.isVisible()
    pane.finding.close()
    library_of_three.read("Groningen wil de supercomputer")
    assert bar.isHidden()
    library_of_three.window.action_table["find_next"].trigger()
    assert bar.isVisible()
    pane.finding.close()
    library_of_three.search("")
    assert bar.isHidden()
    library_of_three.search("supercomputer")
    assert bar.isVisible(), "another search"


def test_the_hits_are_listed_with_their_sentences_and_gone_to(
    library_of_three: Desktop, qtbot: QtBot
) -> None:
    window = library_of_three.window
    with qtbot.waitActive(window):
        window.activateWindow()
    library_of_three.search("Nvidia")
    library_of_three.read("Minister bezoekt Nvidia")
    window.action_table["list_hits"].trigger()
    bar, listed = window.parts.pane.findChild(FindBar), window.parts.pane.findChild(HitList)
    assert listed.isVisible()
    qtbot.waitUntil(listed.hasFocus)
    assert [listed.item(row).text() for row in range(listed.count())] == [
        "Minister bezoekt Nvidia",
        "Minister Dirk Beljaarts van Economische Zaken bezocht op 8 januari Nvidia in Silicon Valley.",
        "Nvidia levert de hardware.",
    ]
    assert bar._count.text() == "Hit 1 of 3"
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert bar._count.text() == "Hit 2 of 3"
    assert listed.hasFocus()
    window.action_table["find_next"].trigger()
    assert listed.currentRow() == 2
    listed.setCurrentRow(1)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not listed.hasFocus())
    assert window.parts.pane.isAncestorOf(QApplication.focusWidget())
    assert bar._count.text() == "Hit 2 of 3"
    window.action_table["list_hits"].trigger()
    assert not listed.isVisible()
    library_of_three.search("")
    assert bar.isHidden()


def test_what_the_find_bar_finds_is_listed_too(library_of_three: Desktop, qtbot: QtBot) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    pane = library_of_three.window.parts.pane
    pane.open_find()
    bar, listed = pane.findChild(FindBar), pane.findChild(HitList)
    bar.set_listing(True)
    qtbot.keyClicks(bar._field, "euro")
    assert listed.count() == 2
    qtbot.keyClicks(bar._field, "x")
    assert not listed.isVisible()
