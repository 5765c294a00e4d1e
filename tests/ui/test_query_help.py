"""What the window says of a query: what may be meant, where it was not understood, how it was taken."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QMenu, QPushButton

from desktop.search.fields import FIELDS
from desktop.ui.explain_card import ExplainCard
from desktop.ui.suggestions import WordsWanted, word_being_typed


def offer_line(desktop: Any) -> QLabel:
    found = desktop.window.results.findChild(QLabel, "didYouMean")
    assert isinstance(found, QLabel)
    return found


def buttons(desktop: Any) -> list[str]:
    found = desktop.window.results.findChildren(QPushButton)
    return [button.text() for button in found if button.isVisible()]


# What may have been meant


def test_nothing_found_offers_what_may_have_been_meant(library_of_three: Any, qtbot: Any) -> None:
    assert library_of_three.search("datacnter") == []
    assert buttons(library_of_three)[0] == "Did you mean datacenter? (1)"
    assert library_of_three.window.field.text() == "datacnter", "the query is the reader's"
    assert not offer_line(library_of_three).isVisible()
    [button] = [
        one for one in library_of_three.window.results.findChildren(QPushButton) if "mean" in one.text()
    ]
    with qtbot.waitSignal(library_of_three.window.parts.searching.found):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    library_of_three.idle()
    assert library_of_three.window.field.text() == "datacenter"
    assert library_of_three.titles() == ["Frankrijk bouwt een datacenter"]


def test_a_key_takes_the_first_offer(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.search("supercomputr OR Nvidia")
    window = library_of_three.window
    window.field.setFocus()
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClick(
            window.field,
            Qt.Key.Key_M,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    library_of_three.idle()
    assert window.field.text() == "supercomputer OR Nvidia"
    assert len(library_of_three.titles()) == 2
    window.action_table["take_offer"].trigger()
    library_of_three.idle()
    assert window.field.text() == "supercomputer OR Nvidia", "nothing is offered any more"


def test_a_line_offers_it_where_other_words_find_something(library_of_three: Any, qtbot: Any) -> None:
    assert library_of_three.search("supercomputr OR Nvidia") == ["Minister bezoekt Nvidia"]
    line = offer_line(library_of_three)
    assert line.isVisible()
    assert line.accessibleName() == (
        "Little or nothing found for “supercomputr”. Did you mean supercomputer?"
    )
    assert "<b>supercomputer</b></a> (2)" in line.text()
    with qtbot.waitSignal(library_of_three.window.parts.searching.found):
        line.linkActivated.emit("0")
    library_of_three.idle()
    assert library_of_three.window.field.text() == "supercomputer OR Nvidia"
    assert not line.isVisible()


@pytest.mark.language("nl")
def test_offers_in_dutch(library_of_three: Any) -> None:
    library_of_three.search("supercomputr OR Nvidia")
    line = offer_line(library_of_three)
    assert line.accessibleName() == (
        "Weinig of niets gevonden voor ‘supercomputr’. Bedoelde u supercomputer?"
    )
    library_of_three.search("datacnter")
    assert buttons(library_of_three)[0] == "Bedoelde u datacenter? (1)"


def test_markup_in_a_query_is_shown_as_it_is(library_of_three: Any) -> None:
    library_of_three.search("(supercomputr OR Nvidia) OR <b>x</b>")
    assert "<b>x" not in offer_line(library_of_three).text()


# Where it was not understood


def test_the_place_that_was_not_understood_is_marked_in_the_field(library_of_three: Any, qtbot: Any) -> None:
    field = library_of_three.window.field
    library_of_three.search("🙂 datum:gisteren stroom (")
    wrong = [
        (start, end)
        for start, end, style in field._styles()
        if style.underlineStyle() == style.UnderlineStyle.WaveUnderline
    ]
    text = "🙂 datum:gisteren stroom (".encode("utf-16-le")
    assert sorted(text[2 * start : 2 * end].decode("utf-16-le") for start, end in wrong) == ["(", "gisteren"]
    with qtbot.waitSignal(library_of_three.window.parts.searching.found):
        field.setText("datum:gistere")
    library_of_three.idle()
    library_of_three.search("stroom")
    assert field._styles() == []


# What it was taken for


def card(desktop: Any) -> ExplainCard:
    found = desktop.window.field.findChild(ExplainCard)
    assert isinstance(found, ExplainCard)
    return found


def test_the_card_explains_the_query_and_goes_with_escape(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.search("supercomputers datum:gisteren")
    window = library_of_three.window
    with qtbot.waitSignal(window.parts.searching.explained):
        window.action_table["explain_search"].trigger()
    shown = card(library_of_three)
    assert shown.isVisible()
    words = shown.accessibleDescription()
    assert "“supercomputers” counted as: supercomputer (1)" in words
    assert "“gisteren” is not a date" in words
    text = shown.findChild(QLabel, "explainText").text()
    assert "text-decoration: underline" in text
    assert ">gisteren</span>" in text
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    library_of_three.idle()


def test_the_menu_of_the_field_explains(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.search("stroom")
    field = library_of_three.window.field
    place = field.rect().center()
    QApplication.sendEvent(
        field, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place))
    )
    [menu] = [menu for menu in field.findChildren(QMenu) if menu.isVisible()]
    [explain] = [action for action in menu.actions() if action.text() == "Explain this search"]
    with qtbot.waitSignal(library_of_three.window.parts.searching.explained):
        explain.trigger()
    menu.close()
    assert "stroom: 1 article" in card(library_of_three).accessibleDescription()
    card(library_of_three).hide()
    library_of_three.idle()


def test_the_field_has_a_button_that_explains_once_something_is_asked(
    library_of_three: Any, qtbot: Any
) -> None:
    field = library_of_three.window.field
    [button] = [action for action in field.actions() if action.toolTip() == "Explain this search"]
    assert not button.isVisible()
    library_of_three.search("<b>stroom</b>")
    assert button.isVisible()
    with qtbot.waitSignal(library_of_three.window.parts.searching.explained):
        button.trigger()
    assert "&lt;b&gt;stroom" in card(library_of_three).findChild(QLabel, "explainText").text()
    card(library_of_three).hide()
    library_of_three.idle()


# Words of the library


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("stro", WordsWanted("stro", 0, 4, (("stro", 0),))),
        ("haven -stro", WordsWanted("stro", 7, 11, (("stro", 7),))),
        ("(stro", WordsWanted("stro", 1, 5, (("stro", 1),))),
        ("titel:stro", WordsWanted("stro", 6, 10)),
        ("st", WordsWanted("st", 0, 2, (("st", 0),))),
        ("s", None),
        ("de stro", WordsWanted("stro", 3, 7, (("de stro", 0), ("stro", 3)))),
        ("gas OF de stro", WordsWanted("stro", 10, 14, (("de stro", 7), ("stro", 10)))),
        (
            "(de haven stro",
            WordsWanted("stro", 10, 14, (("de haven stro", 1), ("haven stro", 4), ("stro", 10))),
        ),
        ("is:read stro", WordsWanted("stro", 8, 12, (("stro", 8),))),
        ("12345", None),
        ("actor:stro", None),
        ('"de stro', None),
        ('"de haven" stro', WordsWanted("stro", 11, 15, (("stro", 11),))),
        ("stro*", None),
    ],
)
def test_a_plain_word_is_completed(query: str, wanted: WordsWanted | None) -> None:
    assert word_being_typed(query, len(query)) == wanted


def test_no_word_is_completed_in_its_middle() -> None:
    assert word_being_typed("stroom", 4) is None
    assert word_being_typed("stro haven", 4) == WordsWanted("stro", 0, 4, (("stro", 0),))


def offered(desktop: Any) -> list[str]:
    found = desktop.window.field.findChild(QListView)
    return [found.model().index(row, 0).data() for row in range(found.model().rowCount())]


def test_words_of_the_library_are_offered_below_fields_and_taken(library_of_three: Any, qtbot: Any) -> None:
    field = library_of_three.window.field
    field.setFocus()
    qtbot.keyClicks(field, "Groningen act")
    qtbot.waitUntil(lambda: offered(library_of_three) == ["actor:"])
    library_of_three.idle()
    field.clear()
    qtbot.keyClicks(field, "Frankrijk dat")
    qtbot.waitUntil(lambda: offered(library_of_three) == ["date:", "datacenter"])
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Frankrijk datacenter "
    qtbot.waitUntil(lambda: library_of_three.titles() == ["Frankrijk bouwt een datacenter"])
    library_of_three.idle()


def test_enter_searches_what_is_typed_and_not_what_is_offered(library_of_three: Any, qtbot: Any) -> None:
    field = library_of_three.window.field
    field.setFocus()
    qtbot.keyClicks(field, "super")
    qtbot.waitUntil(lambda: offered(library_of_three) == ["supercomputer"])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "super"
    library_of_three.idle()


# Names and tags without a field


def test_a_name_is_offered_with_its_kind_and_taken_with_its_field(library_of_three: Any, qtbot: Any) -> None:
    field = library_of_three.window.field
    field.setFocus()
    qtbot.keyClicks(field, "stroom nvid")
    qtbot.waitUntil(lambda: offered(library_of_three) == ["Nvidia", "Nvidia"])
    listed = field.findChild(QListView).model()
    assert listed.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Nvidia, organisation, 1 article"
    assert listed.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Nvidia, 1 article"
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "stroom org:Nvidia "
    library_of_three.idle()


def test_the_words_of_a_name_that_were_typed_are_replaced_together(library_of_three: Any, qtbot: Any) -> None:
    field = library_of_three.window.field
    field.setFocus()
    qtbot.keyClicks(field, "landen emmanuel mac")
    qtbot.waitUntil(lambda: offered(library_of_three)[:1] == ["Emmanuel Macron"])
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == 'landen person:"Emmanuel Macron" '
    qtbot.waitUntil(lambda: library_of_three.titles() == ["Frankrijk bouwt een datacenter"])
    library_of_three.idle()


# The help


@pytest.mark.language("nl")
def test_the_help_writes_the_query_language_in_the_readers_own(library_of_three: Any) -> None:
    library_of_three.window.action_table["help"].trigger()
    [dialog] = library_of_three.window.findChildren(QDialog, "helpDialog")
    dialog.show_page("search")
    words = dialog.page.toPlainText()
    dialog.close()
    for wanted in (
        "a OF b",
        "-a, NIET a",
        "is:ongelezen",
        "taal:nl",
        "actor:(Nvidia OF AMD)",
        "bedrag:>1mld",
    ):
        assert wanted in words
    for row in FIELDS:
        assert f"{row.alias}:" in words
