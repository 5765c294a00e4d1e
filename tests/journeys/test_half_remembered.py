"""I know that I read it somewhere: half a word, a name I cannot spell, a sum, something I noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPlainTextEdit, QPushButton

from desktop.ui.article_view import ArticleView
from desktop.ui.explain_card import ExplainCard
from desktop.ui.hit_list import HitList
from desktop.ui.note_editor import NoteEditor
from tests.ui.window_fixtures import Desktop

PARK = (
    "date 2025-04-02 Datacenterpark bij Zwolle\n\nDe gemeente wil een datacenterpark van 14 hectare. Volgens "
    "wethouder Joost Beljaarts kost het park 85 miljoen euro. Het datacenterpark moet er in 2028 staan.\n"
)


@pytest.fixture
def mine(library_of_three: Desktop, tmp_path: Path) -> Desktop:
    path = tmp_path / "park.txt"
    path.write_text(PARK, encoding="utf-8")
    library_of_three.bring_in([path])
    window = library_of_three.window
    window.resize(1440, 900)
    with library_of_three.qtbot.waitActive(window):
        window.activateWindow()
    return library_of_three


def type_query(desktop: Desktop, words: str) -> None:
    field = desktop.window.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    desktop.qtbot.waitUntil(lambda: desktop.window.parts.searching.query == words)
    desktop.idle()


def offered(desktop: Desktop) -> list[str]:
    listed = desktop.window.field.findChild(QListView)
    if not listed.isVisible():
        return []
    return [listed.model().index(row, 0).data() for row in range(listed.model().rowCount())]


def press(desktop: Desktop, words: str) -> None:
    buttons = desktop.window.results.findChildren(QPushButton)
    [button] = [one for one in buttons if one.isVisible() and one.text().startswith(words)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desktop.idle()


@pytest.mark.language("nl")
def test_i_remember_only_half_of_a_compound(mine: Desktop, picture: Callable[[str], None]) -> None:
    type_query(mine, "datacenter")
    assert set(mine.titles()) == {"Datacenterpark bij Zwolle", "Frankrijk bouwt een datacenter"}

    # Why the first one? The explanation says in which word it was found.
    mine.window.action_table["explain_search"].trigger()
    mine.idle()
    card = mine.window.field.findChild(ExplainCard)
    assert "‘datacenter’ gevonden in: datacenterpark (1)" in card.accessibleDescription()
    picture("in-which-compound")
    card.hide()

    # What I think it was called, it is not; its parts are there.
    type_query(mine, "datacenterterrein ")
    assert mine.titles() == []
    picture("parts-of-a-compound")
    press(mine, "Bedoelde u datacenter?")
    assert "Datacenterpark bij Zwolle" in mine.titles()

    # I look at each place, without leaving the list of them.
    mine.read("Datacenterpark bij Zwolle")
    mine.window.action_table["list_hits"].trigger()
    places = mine.window.parts.pane.findChild(HitList)
    mine.qtbot.waitUntil(places.hasFocus)
    assert places.count() == 3
    QTest.keyClick(places, Qt.Key.Key_Down)
    picture("each-place")
    QTest.keyClick(places, Qt.Key.Key_Return)
    mine.qtbot.waitUntil(lambda: not places.hasFocus())


@pytest.mark.language("nl")
def test_i_cannot_spell_the_name(mine: Desktop, picture: Callable[[str], None]) -> None:
    type_query(mine, "Beljaerts ")
    press(mine, "Bedoelde u Beljaarts?")
    assert set(mine.titles()) == {"Datacenterpark bij Zwolle", "Minister bezoekt Nvidia"}

    # There are two of that name: the one with his first name is offered as I type.
    field = mine.window.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "joost bel")
    mine.qtbot.waitUntil(lambda: offered(mine)[:1] == ["Joost Beljaarts"])
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == 'persoon:"Joost Beljaarts" '
    mine.qtbot.waitUntil(lambda: mine.titles() == ["Datacenterpark bij Zwolle"])
    mine.idle()
    picture("a-name-that-was-offered")


@pytest.mark.language("nl")
def test_i_remember_about_how_much_it_was(mine: Desktop, picture: Callable[[str], None]) -> None:
    type_query(mine, "bedrag:80..90mln ")
    assert mine.titles() == ["Datacenterpark bij Zwolle"]

    # The filter stays in view over the amounts themselves, and can be taken off there.
    mine.window.action_table["view_amounts"].trigger()
    mine.idle()
    [chip] = [one for one in mine.window.view_facets.chips() if one.condition is not None]
    picture("an-amount-in-its-view")
    chip.click()
    mine.idle()
    assert mine.window.field.text() == ""
    assert mine.window.views.name == "amounts"


@pytest.mark.language("nl")
def test_i_wrote_something_beside_it(mine: Desktop, picture: Callable[[str], None]) -> None:
    type_query(mine, "hectare")
    mine.read("Datacenterpark bij Zwolle")
    text = mine.window.parts.reading.current.version.text
    view = mine.window.parts.pane.findChild(ArticleView)
    view.setFocus()
    view.select(text.index("85 miljoen euro"), text.index("85 miljoen euro") + 15)
    QTest.keyClick(view, Qt.Key.Key_M)
    words = mine.window.parts.pane.findChild(NoteEditor).findChild(QPlainTextEdit)
    QTest.keyClicks(words, "Navragen bij de provincie.")
    QTest.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    mine.idle()

    # A week later all I know is that I had to ask somebody.
    type_query(mine, "notitie:navragen")
    assert mine.titles() == ["Datacenterpark bij Zwolle"]

    # I want to have that at hand, with whatever I note later.
    mine.window.action_table["save_search"].trigger()
    name = mine.window.findChild(QLineEdit, "searchNameField")
    name.setText("Nog navragen")
    QTest.keyClick(name, Qt.Key.Key_Return)
    mine.idle()
    mine.search("")
    saved = mine.window.results.saved.list
    assert [saved.item(row).text() for row in range(saved.count())] == ["Nog navragen"]
    QTest.mouseClick(
        saved.viewport(), Qt.MouseButton.LeftButton, pos=saved.visualItemRect(saved.item(0)).center()
    )
    mine.qtbot.waitUntil(lambda: mine.titles() == ["Datacenterpark bij Zwolle"])
    mine.idle()
    picture("what-i-noted")
