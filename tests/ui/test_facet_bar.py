"""The facet bar: what stands on it, what clicks, keys and the menu ask for, and that it keeps its height."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.search.narrowing import conditions
from desktop.tasks.facets import FacetName, Facets, FacetValue
from desktop.ui.facet_bar import FacetBar
from desktop.ui.facet_chip import FacetChip
from desktop.ui.theme import Theme
from tests.ui.window_fixtures import Desktop


def value(facet: FacetName, field: str, words: str, articles: int) -> FacetValue:
    return FacetValue(facet, field, words, articles)


FACETS = Facets(
    14,
    {
        FacetName.PERIOD: (
            value(FacetName.PERIOD, "date", "2025", 9),
            value(FacetName.PERIOD, "date", "2024", 5),
        ),
        FacetName.ACTOR: (
            value(FacetName.ACTOR, "org", "Nvidia", 6),
            value(FacetName.ACTOR, "person", "Macron", 2),
        ),
        FacetName.LANGUAGE: (
            value(FacetName.LANGUAGE, "lang", "nl", 12),
            value(FacetName.LANGUAGE, "lang", "en", 2),
        ),
        FacetName.STATE: (value(FacetName.STATE, "is", "unread", 14),),
    },
)


@pytest.fixture
def bar(qtbot: QtBot) -> FacetBar:
    bar = FacetBar(Theme.load("light"))
    qtbot.addWidget(bar)
    bar.resize(420, 80)
    bar.show_facets(FACETS)
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    return bar


def texts(bar: FacetBar) -> list[str]:
    return [chip.text() for chip in bar.chips()]


def chip(bar: FacetBar, words: str) -> FacetChip:
    [found] = [chip for chip in bar.chips() if chip.text().startswith(words)]
    return found


@pytest.mark.language("nl")
def test_one_choice_of_each_facet_goes_first_and_what_changes_nothing_is_left_out(bar: FacetBar) -> None:
    assert texts(bar)[:3] == ["2025 · 9", "Nvidia · 6", "Nederlands · 12"]
    assert not any("Ongelezen" in words for words in texts(bar))


@pytest.mark.language("nl")
def test_a_screen_reader_hears_the_facet_the_name_and_the_number(bar: FacetBar) -> None:
    assert chip(bar, "Nederlands").accessibleName() == "Taal: Nederlands, 12 artikelen"
    bar.show_conditions(conditions("-taal:en"))
    assert chip(bar, "niet Engels").accessibleName() == "Filter niet Engels: weghalen"


def test_a_click_includes_and_with_ctrl_excludes(bar: FacetBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.included) as asked:
        qtbot.mouseClick(chip(bar, "Nvidia"), Qt.MouseButton.LeftButton)
    assert asked.args[0].value == "Nvidia"
    with qtbot.waitSignal(bar.excluded) as asked:
        qtbot.mouseClick(chip(bar, "Nvidia"), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].value == "Nvidia"


def test_a_filter_that_is_on_stands_first_and_is_offered_no_more(bar: FacetBar, qtbot: QtBot) -> None:
    bar.show_conditions(conditions("actor:Nvidia amount:>1mld"))
    assert [words.removesuffix("  ×") for words in texts(bar)[:2]] == ["Nvidia", "amount: >1mld"]
    assert not any(words.startswith("Nvidia ·") for words in texts(bar))
    with qtbot.waitSignal(bar.removed) as asked:
        qtbot.mouseClick(bar.chips()[0], Qt.MouseButton.LeftButton)
    assert asked.args[0].value == "Nvidia"


def test_the_bar_is_walked_with_arrows_enter_includes_and_delete_excludes(
    bar: FacetBar, qtbot: QtBot
) -> None:
    tabbed = [one for one in bar.chips() if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == bar.chips()[:1]  # one stop for Tab
    tabbed[0].setFocus()
    qtbot.keyClick(tabbed[0], Qt.Key.Key_Right)
    second = bar.chips()[1]
    assert second.hasFocus()
    with qtbot.waitSignal(bar.included):
        qtbot.keyClick(second, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.excluded):
        qtbot.keyClick(second, Qt.Key.Key_Delete)
    bar.show_conditions(conditions("lang:nl"))
    qtbot.keyClick(second, Qt.Key.Key_Home)
    with qtbot.waitSignal(bar.removed):
        qtbot.keyClick(bar.chips()[0], Qt.Key.Key_Delete)


def test_its_height_is_the_same_whatever_stands_on_it(bar: FacetBar) -> None:
    height = bar.height()
    bar.show_conditions(
        conditions("lang:nl -lang:en date:2025 actor:Nvidia place:Parijs is:unread source:NRC")
    )
    assert bar.height() == height
    bar.show_facets(Facets(0, {}))
    assert bar.height() == height
    for one in bar.chips():
        assert bar.rect().contains(one.geometry())


def test_a_narrow_bar_has_one_line_with_the_menu(bar: FacetBar, qtbot: QtBot) -> None:
    bar.show_conditions(conditions("lang:nl"))
    high = bar.height()
    bar.resize(200, bar.height())
    assert bar.height() < high
    assert [words.split()[0] for words in texts(bar)] == ["Dutch"]
    bar.menu.aboutToShow.emit()
    assert [action.text() for action in bar.menu.actions() if not action.isSeparator()] == [
        "Remove “Dutch”", "Period", "Actor", "Language", "Read and marked",
    ]  # fmt: skip


def test_the_menu_has_every_choice_both_ways(bar: FacetBar, qtbot: QtBot) -> None:
    bar.menu.aboutToShow.emit()
    [actors] = [menu for menu in bar.menu.findChildren(QMenu) if menu.title() == "Actor"]
    lines = [action for action in actors.actions() if action.text() and action.menu() is None]
    assert [line.text() for line in lines] == ["Nvidia\t6", "Macron\t2"]
    with qtbot.waitSignal(bar.included):
        lines[1].trigger()
    [without] = [menu for menu in actors.findChildren(QMenu) if menu.title() == "Without"]
    with qtbot.waitSignal(bar.excluded) as asked:
        without.actions()[0].trigger()
    assert asked.args[0].value == "Nvidia"


# In the window


def test_field_and_chips_agree(library_of_three: Desktop, qtbot: QtBot) -> None:
    window = library_of_three.window
    bar = window.results.facets
    qtbot.mouseClick(chip(bar, "Mar 2025"), Qt.MouseButton.LeftButton)
    library_of_three.idle()
    assert window.field.text() == "date:2025-03 "
    assert library_of_three.titles() == ["Groningen wil de supercomputer"]
    assert texts(bar)[0].startswith("Mar 2025")
    library_of_three.search("-date:2025-03")
    assert texts(bar)[0].startswith("not Mar 2025")
    assert bar._facets is not None
    assert bar._facets.total == 2
    qtbot.mouseClick(bar.chips()[0], Qt.MouseButton.LeftButton)
    library_of_three.idle()
    assert window.field.text() == ""
    assert len(library_of_three.titles()) == 3


def test_tab_goes_from_the_field_to_the_bar_and_on_to_the_list(
    library_of_three: Desktop, qtbot: QtBot
) -> None:
    window = library_of_three.window
    window.activateWindow()
    window.results.facets.chips()[0].setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert window.focusWidget() is window.results.facets.chips()[1]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget().objectName() == "sortButton"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is window.results.view
    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert window.focusWidget() is window.results.facets.chips()[1]


def test_delete_on_a_chip_never_deletes_the_article(library_of_three: Desktop, qtbot: QtBot) -> None:
    library_of_three.read("Frankrijk bouwt een datacenter")
    bar = library_of_three.window.results.facets
    bar.chips()[0].setFocus()
    qtbot.keyClick(bar.chips()[0], Qt.Key.Key_Delete)
    library_of_three.idle()
    assert library_of_three.window.field.text().startswith("-date:")
    library_of_three.search("")
    assert len(library_of_three.titles()) == 3


def test_the_counts_stay_while_somebody_types_and_follow_when_they_stop(
    library_of_three: Desktop, qtbot: QtBot
) -> None:
    window, bar = library_of_three.window, library_of_three.window.results.facets
    height, before = bar.height(), texts(bar)
    window.field.setFocus()
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, "Nvidia")
    assert (bar.height(), texts(bar)) == (height, before)
    library_of_three.idle()
    assert bar._facets is not None
    assert bar._facets.total == 1


def test_a_filter_that_is_being_typed_is_no_chip_yet(library_of_three: Desktop, qtbot: QtBot) -> None:
    window, bar = library_of_three.window, library_of_three.window.results.facets
    window.field.setFocus()
    before = texts(bar)
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, "actor:Nvi")
    assert texts(bar) == before
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, "dia ")
    assert texts(bar)[0].startswith("Nvidia")


def test_reading_an_article_moves_the_counts(library_of_three: Desktop) -> None:
    def unread() -> int:
        facets = library_of_three.window.results.facets._facets
        assert facets is not None
        return {one.value: one.articles for one in facets.values[FacetName.STATE]}["unread"]

    before = unread()
    library_of_three.read("Frankrijk bouwt een datacenter")
    library_of_three.window.action_table["read"].trigger()
    library_of_three.idle()
    assert unread() != before


def test_every_filter_that_is_on_is_shown_however_many_lines_that_takes(bar: FacetBar) -> None:
    usual = bar.height()
    query = "-place:Drenthe person:Terpstra is:unread date:2025-03..2025-10 lang:nl -tag:energie"
    for width in (420, 270, 200):
        bar.resize(width, bar.height())
        bar.show_conditions(conditions(query))
        assert {one.condition for one in bar.chips() if one.condition} == set(conditions(query)), width
        assert all(bar.rect().contains(one.geometry()) for one in bar.chips()), width
    assert bar.height() > usual
    bar.resize(420, bar.height())
    bar.show_conditions(())
    assert bar.height() == usual


def test_a_bar_without_anything_to_choose_takes_no_room(bar: FacetBar) -> None:
    bar.show_facets(Facets(0, {}))
    assert bar.isHidden()
    bar.show_conditions(conditions("lang:nl"))
    assert not bar.isHidden()


# Over the views of the library


def test_filters_are_shown_and_taken_off_over_every_view(library_of_three: Desktop) -> None:
    window = library_of_three.window
    bar = window.view_facets
    assert bar.isHidden(), "the list has its own"
    library_of_three.search("miljoen datum:2025-01 ")
    for name in ("amounts", "timeline", "actors", "network"):
        window.action_table[f"view_{name}"].trigger()
        library_of_three.idle()
        assert bar.isVisible(), name
        assert chip(bar, "Jan 2025").condition is not None
    chip(bar, "Jan 2025").click()
    library_of_three.idle()
    assert window.field.text() == "miljoen "
    assert window.views.name == "network", "the view stays"
    assert window.views.view._query == "miljoen"
    window.action_table["view_read"].trigger()
    assert bar.isHidden()
    library_of_three.idle()


def test_a_view_is_narrowed_down_from_its_bar(library_of_three: Desktop) -> None:
    window = library_of_three.window
    window.action_table["view_actors"].trigger()
    library_of_three.idle()
    chip(window.view_facets, "Mar 2025").click()
    library_of_three.idle()
    assert window.field.text() == "date:2025-03 "
    assert chip(window.view_facets, "Mar 2025").condition is not None
    assert window.view_facets.height() < window.results.facets.height()
