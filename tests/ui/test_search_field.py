"""The search field: tells what is typed in time, colours it, completes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from desktop.model import MentionKind
from desktop.tasks.complete import Completion
from desktop.ui.search_field import SearchField
from desktop.ui.suggestions import (
    NamesWanted,
    Suggestion,
    WordsWanted,
    as_suggestion,
    history,
    what_can_follow,
)
from desktop.ui.theme import Theme

EMMANUEL = Completion("Emmanuel Macron", "actor", 7, 12, MentionKind.PERSON)


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    field = SearchField(Theme.load("light"))
    field.resize(420, 34)
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    return field


def shown(field: SearchField) -> list[str]:
    """What the list under the field offers."""
    offered = field.findChild(QListView)
    if not offered.isVisible():
        return []
    return [offered.model().index(row, 0).data() for row in range(offered.model().rowCount())]


def test_a_query_is_told_once_after_the_last_key(field: SearchField, qtbot: QtBot) -> None:
    told: list[str] = []
    field.query_changed.connect(told.append)
    with qtbot.waitSignal(field.query_changed):
        qtbot.keyClicks(field, "stroom")
    assert told == ["stroom"]


def test_enter_tells_at_once_and_goes_to_the_results(field: SearchField, qtbot: QtBot) -> None:
    told: list[str] = []
    field.query_changed.connect(told.append)
    qtbot.keyClicks(field, "stroom")
    with qtbot.waitSignal(field.accepted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["stroom"]


def test_escape_clears_and_then_leaves(field: SearchField, qtbot: QtBot) -> None:
    field.set_query("stroom")
    with qtbot.waitSignal(field.query_changed) as told:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == [""]
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def has_colour(image: QImage, theme: Theme, role: str) -> bool:
    wanted = theme.color(role).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(28, image.width() - 30)
        for y in range(6, image.height() - 6)
    )


@pytest.mark.parametrize(
    ("query", "role"),
    [
        ("org:Nvidia", "organisation"),
        ("plaats:Parijs", "place"),
        ("bedrag:>10mln", "amount_ink"),
        ("persoon:Macron", "person"),
        ("🙂🙂 bedrag:>10mln", "amount_ink"),
    ],
)
def test_fields_are_coloured_by_what_they_ask(field: SearchField, query: str, role: str) -> None:
    theme = Theme.load("light")
    field.clearFocus()
    field.setText(query)
    assert has_colour(field.grab().toImage(), theme, role)
    field.setText("zomaar woorden")
    assert not has_colour(field.grab().toImage(), theme, role)


def test_colouring_leaves_text_cursor_and_undo_alone(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "org:Nvidia stroom")
    field.setCursorPosition(4)
    qtbot.keyClicks(field, "x")
    assert field.text() == "org:xNvidia stroom"
    assert field.cursorPosition() == 5
    field.undo()
    assert "x" not in field.text()


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("act", ["actor:"]),
        ("stroom bedr", ["amount:"]),
        ("is:unr", ["is:unread"]),
        ("lang:d", ["lang:nl", "lang:de"]),  # "dutch" begins so too
        ("stroom", []),
        ("s", []),
        ("onbekend:x", []),
    ],
)
def test_fields_and_choices_are_offered(query: str, offered: list[str]) -> None:
    found = what_can_follow(query, len(query))
    assert isinstance(found, list)
    assert [suggestion.text.strip() for suggestion in found] == offered


@pytest.mark.language("nl")
def test_fields_are_offered_under_their_dutch_names() -> None:
    found = what_can_follow("bedr", 4)
    assert isinstance(found, list)
    assert [suggestion.text for suggestion in found] == ["bedrag:"]
    choices = what_can_follow("is:", 3)
    assert isinstance(choices, list)
    assert "is:ongelezen" in [suggestion.text.strip() for suggestion in choices]


def test_names_are_asked_for_and_put_in_quotes() -> None:
    wanted = what_can_follow('stroom actor:"Emm', 17)
    assert wanted == NamesWanted("actor", "actor", "Emm", 7, 17)
    one = as_suggestion(wanted, Completion("Emmanuel Macron", "actor", 7, 12, MentionKind.PERSON))
    assert (one.text, one.start, one.end) == ('actor:"Emmanuel Macron" ', 7, 17)
    assert (one.shown, one.meaning, one.icon) == ("Emmanuel Macron", "person, 12 articles", "user-fill")
    other = as_suggestion(wanted, Completion("EMM", "actor", 7, 1, MentionKind.EVENT))
    assert other.text == "actor:EMM "


@pytest.mark.language("nl")
def test_what_is_known_without_a_field_gets_the_field_of_its_kind() -> None:
    wanted = WordsWanted("mac", 15, 18, (("emmanuel mac", 6), ("mac", 15)))
    name = as_suggestion(wanted, Completion("Emmanuel Macron", "person", 6, 12, MentionKind.PERSON))
    assert (name.text, name.start, name.end) == ('persoon:"Emmanuel Macron" ', 6, 18)
    tag = as_suggestion(wanted, Completion("macht", "tag", 15, 3))
    assert (tag.text, tag.meaning, tag.icon) == ("label:macht ", "3 artikelen", "tag")
    word = as_suggestion(wanted, Completion("macht", "", 15, 3))
    assert (word.text, word.icon) == ("macht ", "magnifying-glass")


def test_a_name_that_is_taken_replaces_what_was_typed(field: SearchField, qtbot: QtBot) -> None:
    wanted: list[NamesWanted] = []
    field.names_wanted.connect(wanted.append)
    qtbot.keyClicks(field, "stroom actor:emm")
    field.show_names(wanted[-1], [EMMANUEL])
    assert shown(field) == ["Emmanuel Macron"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == 'stroom actor:"Emmanuel Macron" '
    assert shown(field) == []


def test_names_that_come_too_late_are_dropped(field: SearchField, qtbot: QtBot) -> None:
    wanted: list[NamesWanted] = []
    field.names_wanted.connect(wanted.append)
    qtbot.keyClicks(field, "actor:emma")
    field.show_names(wanted[-2], [EMMANUEL])
    assert shown(field) == []


def test_what_was_offered_stays_until_the_answer_comes_but_cannot_be_taken(
    field: SearchField, qtbot: QtBot
) -> None:
    wanted: list[NamesWanted] = []
    field.names_wanted.connect(wanted.append)
    qtbot.keyClicks(field, "actor:em")
    field.show_names(wanted[-1], [EMMANUEL])
    qtbot.keyClicks(field, "i")
    assert shown(field) == ["Emmanuel Macron"]
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "actor:emi"
    assert field.hasFocus()
    field.show_names(wanted[-1], [])
    assert shown(field) == []


def test_tab_takes_the_first_suggestion(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "tit")
    assert shown(field) == ["title:"]
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "title:"


def test_down_shows_earlier_searches(field: SearchField, qtbot: QtBot) -> None:
    field.set_searches(["stroom", "actor:Nvidia"])
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert shown(field) == ["stroom", "actor:Nvidia"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "actor:Nvidia"


def test_up_and_the_glass_show_earlier_searches_too(field: SearchField, qtbot: QtBot) -> None:
    field.set_searches(["stroom", "actor:Nvidia"])
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert shown(field) == ["stroom", "actor:Nvidia"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    [glass] = [action for action in field.actions() if action.toolTip() == "Earlier searches"]
    glass.trigger()
    assert shown(field) == ["stroom", "actor:Nvidia"]


def test_an_earlier_search_can_be_forgotten(field: SearchField, qtbot: QtBot) -> None:
    forgotten: list[str] = []
    field.search_forgotten.connect(forgotten.append)
    field.set_searches(["stroom", "gas", "actor:Nvidia"])
    for _time in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert forgotten == ["gas"]
    assert shown(field) == ["stroom", "actor:Nvidia"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "actor:Nvidia"
    qtbot.keyClicks(field, " tit")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert forgotten == ["gas"], "a field is no earlier search"


def test_history_puts_what_fits_first_and_leaves_itself_out() -> None:
    found = history("nv", ["stroom", "nv", "actor:Nvidia"])
    assert [suggestion.text for suggestion in found] == ["actor:Nvidia", "stroom"]
    assert found[0] == Suggestion(
        "actor:Nvidia", 0, 2, "earlier search", icon="clock-counter-clockwise", is_earlier=True
    )


def test_escape_puts_suggestions_away_first(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "tit")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert shown(field) == []
    assert field.text() == "tit"


def test_the_list_never_takes_the_focus(field: SearchField, qtbot: QtBot) -> None:
    waits: Callable[[], bool] = field.hasFocus
    qtbot.keyClicks(field, "tit")
    assert waits()
