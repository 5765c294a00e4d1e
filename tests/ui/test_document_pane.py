"""Reading in the document pane, as a reader does it: by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.model import Actor, ActorId, BlockKind, InlineKind, Mention, MentionKind, Source
from desktop.ui.article_view import ArticleView
from desktop.ui.document_pane import DocumentPane
from desktop.ui.find_bar import FindBar
from desktop.ui.hover_card import HoverCard
from desktop.ui.marks import MarkGroup
from desktop.ui.overview_strip import OverviewStrip
from desktop.ui.theme import Theme

TEXT = """Kabinet 🙂 praat over rekencentrum

[person:Dirk Beljaarts|Beljaarts] 🙂 was in [place:Parijs]. Hij sprak er met [organisation:Nvidia].

Tussenkop

Het kabinet reserveert [money:70 miljoen euro] en hoopt op steun. [person:Beljaarts|Beljaarts] keert terug.

""" + "\n\n".join(
    f"Alinea {number} gaat over het café en de cafe\u0301s van Parijs." * 3 for number in range(40)
)

Maker = Callable[..., Any]
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[DocumentPane]:
    pane = DocumentPane(Theme.load("light"))
    qtbot.addWidget(pane)
    pane.resize(760, 600)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def view_of(pane: DocumentPane) -> ArticleView:
    view = pane.findChild(ArticleView)
    assert view is not None
    return view


def point_of(pane: DocumentPane, place: int) -> QPoint:
    """Return the middle of a character in the viewport."""
    view = view_of(pane)
    return view.passage_rect(place, place + 1).center()


def press(pane: DocumentPane, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(view_of(pane), key, modifier)


# What is shown


def test_without_an_article_the_pane_says_how_to_come_to_one(pane: DocumentPane) -> None:
    words = " ".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())
    assert "No article open" in words
    assert "Drop files" in words
    assert not view_of(pane).isVisible()


def test_an_article_and_what_is_known_of_it_is_shown(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    lines = view_of(pane).toPlainText().split("\n")
    assert lines[0] == "Kabinet 🙂 praat over rekencentrum"
    assert lines[1] == "8 January 2025 · Krant · 6 min read · Dutch"
    assert pane.article_id == "one"
    pane.clear()
    assert pane.article_id is None
    assert not view_of(pane).isVisible()


def test_an_article_without_text_or_blocks_can_be_shown(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article("", published=None, source=None, lang=None, title=""))
    pane.grab()
    bare = opened_article("Kop\n\nTekst.")
    pane.show_article(replace(bare, version=replace(bare.version, blocks=())))
    assert "Tekst." in view_of(pane).toPlainText()
    pane.grab()


@pytest.mark.parametrize("name", ["sepia", "dark"])
def test_zoom_and_theme_keep_the_place_and_the_caret(
    pane: DocumentPane, opened_article: Maker, name: str
) -> None:
    opened = opened_article(TEXT)
    place = opened.version.text.index("Alinea 20")
    pane.show_article(opened, position=place)
    assert pane.position() == place
    caret = view_of(pane).caret()
    pane.set_zoom(140)
    assert pane.position() == place
    pane.set_theme(Theme.load(name))
    assert pane.position() == place
    pane.resize(500, 500)
    assert pane.position() == place
    assert view_of(pane).caret() == caret


def test_the_reading_position_is_restored_and_told(
    pane: DocumentPane, opened_article: Maker, qtbot: QtBot
) -> None:
    opened = opened_article(TEXT)
    place = opened.version.text.index("Alinea 9 ")
    pane.show_article(replace(opened, article=replace(opened.article, position=place)))
    assert pane.position() == place
    with qtbot.waitSignal(pane.position_changed) as told:
        view_of(pane).verticalScrollBar().setValue(0)
    assert told.args == [0]


def test_leaving_an_article_tells_its_position_first(pane: DocumentPane, opened_article: Maker) -> None:
    told: list[object] = []
    pane.position_changed.connect(lambda place: told.append((pane.article_id, place)))
    pane.show_article(opened_article(TEXT))
    bar = view_of(pane).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    reached = pane.position()
    pane.clear()
    assert told == [("one", reached)]


def test_the_same_text_again_moves_nothing(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    pane.show_article(opened)
    document = view_of(pane).document()
    view_of(pane).verticalScrollBar().setValue(400)
    pane.show_article(replace(opened, mentions=opened.mentions[:1]))
    assert view_of(pane).document() is document
    assert view_of(pane).verticalScrollBar().value() == 400
    press(pane, Qt.Key.Key_N)
    press(pane, Qt.Key.Key_N)
    assert pane.mention_at_caret() == opened.mentions[0]


# Places


def test_selections_are_code_points_without_space_around(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    text = opened.version.text
    pane.show_article(opened)
    start, end = text.index("🙂 was"), text.index(" er met")
    view_of(pane).select(start - 1, end + 1)
    selection = pane.current_selection()
    assert selection is not None
    assert text[slice(*selection)] == "🙂 was in Parijs. Hij sprak"


def test_a_selection_by_keyboard(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    text = opened.version.text
    pane.show_article(opened)
    start = text.index("🙂 was")
    pane.go_to(start, start)
    for _step in range(5):
        press(pane, Qt.Key.Key_Right, SHIFT)
    assert text[slice(*(pane.current_selection() or (0, 0)))] == "🙂 was"


def test_what_is_copied_is_the_stored_text(pane: DocumentPane, opened_article: Maker) -> None:
    text = "Kop\n\nVan\u00a0€\u00a070 mln\u2028nieuwe regel\nen nog een.\n\nTweede alinea 🙂."
    pane.show_article(opened_article(text))
    view_of(pane).selectAll()
    press(pane, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == text
    view_of(pane).select(text.index("€"), text.index("€") + 4)
    pane.annotating.copy()
    assert QGuiApplication.clipboard().text() == "€\u00a070"


def test_going_to_a_passage_shows_it(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    opened = opened_article(TEXT)
    place = opened.version.text.index("Alinea 35")
    pane.show_article(opened)
    pane.go_to(place, place + 9)
    view = view_of(pane)
    assert view.viewport().rect().contains(view.passage_rect(place, place + 9))
    assert view.caret() == place


# Mentions


def test_stepping_through_mentions_goes_round_and_tells(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    entered: list[Mention] = []
    pane.mention_entered.connect(entered.append)
    pane.show_article(opened)
    for _step in range(6):
        press(pane, Qt.Key.Key_N)
    assert entered == [*opened.mentions, opened.mentions[0]]
    press(pane, Qt.Key.Key_P)
    assert entered[-1] == opened.mentions[-1]
    assert pane.mention_at_caret() == opened.mentions[-1]


def test_hidden_kinds_are_passed_over_and_no_mentions(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    pane.set_group_shown(MarkGroup.PERSON, False)
    pane.set_group_shown(MarkGroup.PLACE, False)
    pane.show_article(opened)
    press(pane, Qt.Key.Key_N)
    assert pane.mention_at_caret() == opened.mentions[2]
    pane.go_to(opened.mentions[0].start, opened.mentions[0].end)
    assert pane.mention_at_caret() is None
    pane.set_group_shown(MarkGroup.PERSON, True)
    assert pane.shows_group(MarkGroup.PERSON)
    assert pane.mention_at_caret() == opened.mentions[0]


def test_clicking_a_mention_and_a_link(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT, inlines=[(InlineKind.LINK, "steun", "https://example.org/x")])
    clicked: list[object] = []
    pane.mention_clicked.connect(clicked.append)
    pane.link_clicked.connect(clicked.append)
    pane.show_article(opened)
    viewport = view_of(pane).viewport()
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, button, pos=point_of(pane, opened.mentions[1].start + 2))
    QTest.mouseClick(viewport, button, pos=point_of(pane, opened.version.text.index("steun") + 2))
    QTest.mouseClick(viewport, button, pos=point_of(pane, opened.version.text.index("sprak") + 2))
    assert clicked == [opened.mentions[1], "https://example.org/x"]


def test_enter_does_what_a_click_does(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT, inlines=[(InlineKind.LINK, "steun", "https://example.org/x")])
    clicked: list[object] = []
    pane.mention_clicked.connect(clicked.append)
    pane.link_clicked.connect(clicked.append)
    pane.show_article(opened)
    press(pane, Qt.Key.Key_N)
    press(pane, Qt.Key.Key_Return)
    steun = opened.version.text.index("steun")
    pane.go_to(steun, steun + 5)
    press(pane, Qt.Key.Key_Return)
    assert clicked == [opened.mentions[0], "https://example.org/x"]


def card_words(pane: DocumentPane) -> str:
    card = pane.findChild(HoverCard)
    assert card is not None
    return "\n".join(label.text() for label in card.findChildren(QLabel)) if card.isVisible() else ""


def test_the_pointer_on_a_mention_brings_its_card(
    pane: DocumentPane, opened_article: Maker, qtbot: QtBot
) -> None:
    opened = opened_article(TEXT)
    actor = Actor(
        ActorId("Beljaarts"), MentionKind.PERSON, "Dirk Beljaarts", aliases=("Beljaarts",), articles=7
    )
    named = replace(opened.mentions[0], actor="Dirk Beljaarts", role="minister", confidence=0.4)
    pane.show_article(replace(opened, mentions=(named, *opened.mentions[1:]), actors=(actor,)))
    viewport = view_of(pane).viewport()
    QTest.mouseMove(viewport, point_of(pane, named.start + 2))
    qtbot.waitUntil(lambda: card_words(pane) != "")
    words = card_words(pane)
    assert "Person, minister" in words
    assert "2 times in this article · in 7 articles" in words
    assert "Found by a rule, not certain" in words
    QTest.mouseMove(viewport, QPoint(3, 3))
    qtbot.waitUntil(lambda: card_words(pane) == "")


def test_the_card_of_the_mention_at_the_caret_comes_by_key(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    mine = replace(opened.mentions[0], source=Source.USER)
    pane.show_article(replace(opened, mentions=(mine,)))
    press(pane, Qt.Key.Key_I)
    assert card_words(pane) == ""
    press(pane, Qt.Key.Key_N)
    press(pane, Qt.Key.Key_I)
    assert "Marked by you" in card_words(pane)
    press(pane, Qt.Key.Key_Escape)
    assert card_words(pane) == ""


# Finding


def count_of(pane: DocumentPane) -> str:
    return pane.findChild(QLabel, "findCount").text()


def test_finding_in_the_article(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    text = opened.version.text
    pane.show_article(opened)
    QTest.keyClick(view_of(pane), Qt.Key.Key_F, CTRL)
    field = pane.findChild(QLineEdit, "findField")
    assert field.hasFocus()
    QTest.keyClicks(field, "CAFE")
    assert count_of(pane) == "1 of 240"
    assert text[view_of(pane).caret() :].startswith("café")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert count_of(pane) == "2 of 240"
    assert text[view_of(pane).caret() :].startswith("cafe\u0301s")
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert count_of(pane) == "240 of 240"
    press(pane, Qt.Key.Key_F3)
    assert count_of(pane) == "1 of 240"
    press(pane, Qt.Key.Key_F3, SHIFT)
    assert count_of(pane) == "240 of 240"
    field.setText("nergens")
    assert count_of(pane) == "Not found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not pane.findChild(FindBar).isVisible()
    assert view_of(pane).hasFocus()


def test_a_narrow_bar_leaves_its_room_to_the_words(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    pane.open_find()
    bar = pane.findChild(FindBar)
    choice = bar.findChild(QToolButton, "findWhole")
    bar.resize(600, bar.height())
    assert choice.isVisible()
    bar.resize(300, bar.height())
    assert not choice.isVisible()
    choice.setChecked(True)
    bar.resize(310, bar.height())
    assert choice.isVisible()  # what holds is to be seen


def test_a_selection_is_what_is_looked_for(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    start = opened.version.text.index("Parijs")
    pane.show_article(opened)
    view_of(pane).select(start, start + 6)
    pane.open_find()
    assert count_of(pane).endswith("of 121")


def test_stepping_through_the_hits_of_a_search(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    text = opened.version.text
    hits = [
        (text.index(word), text.index(word) + len(word)) for word in ("reserveert", "Alinea 7", "Alinea 30")
    ]
    pane.show_article(opened, hits)
    carets = []
    for _step in range(4):
        pane.finding.go_on()
        carets.append(view_of(pane).caret())
    assert carets == [hits[0][0], hits[1][0], hits[2][0], hits[0][0]]
    pane.open_find()
    pane.findChild(QLineEdit, "findField").setText("Tussenkop")
    assert count_of(pane) == "1 of 1"
    press(pane, Qt.Key.Key_Escape)
    pane.finding.go_back()
    assert view_of(pane).caret() in {start for start, _end in hits}


# The rest of the pane


def test_the_strip_shows_where_marks_are_and_goes_there(
    pane: DocumentPane, opened_article: Maker, qtbot: QtBot
) -> None:
    opened = opened_article(TEXT)
    place = opened.version.text.index("Alinea 38")
    pane.show_article(opened, [(place, place + 6)])
    strip = pane.findChild(OverviewStrip)
    qtbot.waitUntil(lambda: len(strip.ticks) == len(opened.mentions) + 1)
    tick = strip.ticks[-1]
    assert tick.place == place
    document = view_of(pane).document()
    true_share = view_of(pane).line_rect(place).top() / document.documentLayout().documentSize().height()
    assert strip.y_of(tick) == pytest.approx(true_share * strip.height(), abs=0.03 * strip.height())
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, strip.y_of(tick) + 1))
    assert view_of(pane).caret() == place
    pane.set_group_shown(MarkGroup.HIT, False)
    qtbot.waitUntil(lambda: len(strip.ticks) == len(opened.mentions))


def test_the_menu_offers_what_fits_the_place(pane: DocumentPane, opened_article: Maker) -> None:
    opened = opened_article(TEXT)
    pane.show_article(opened)

    def offered() -> set[str]:
        menus = pane.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        words = {action.text() for menu in menus for action in menu.actions() if action.text()}
        for menu in menus:
            menu.close()
            menu.deleteLater()
        QGuiApplication.sendPostedEvents(None, 52)  # DeferredDelete
        return words

    view = view_of(pane)
    place = opened.mentions[1].start + 1
    view.menu_requested.emit((place, view.viewport().mapToGlobal(point_of(pane, place))))
    names = {"No name", "It is…", "This is someone else here…", "Correct name…"}
    seen = {"About “Parijs”", "Show in the side panel", "Show actor", "Search for this actor"}
    always = {"Note on the whole article", "Find in this article"}
    assert offered() == {*seen, *names, *always}
    view.select(0, 7)
    view.menu_requested.emit((3, view.viewport().mapToGlobal(point_of(pane, 3))))
    assert offered() == {"Highlight", "Note", "Copy", "Copy with source", "Mark as name", *always}


def test_ctrl_and_the_wheel_ask_for_zoom(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.show_article(opened_article(TEXT))
    asked: list[object] = []
    pane.zoom_requested.connect(asked.append)
    viewport = view_of(pane).viewport()
    for turn, modifier in (
        (120, CTRL),
        (-120, NONE),
    ):
        where = QPointF(viewport.rect().center())
        event = QWheelEvent(
            where, viewport.mapToGlobal(where), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
    assert asked == [1]
    assert view_of(pane).verticalScrollBar().value() > 0


def test_keys_the_pane_does_not_know_go_on(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    seen: list[str] = []

    class Around(QWidget):
        def keyPressEvent(self, event: Any) -> None:
            seen.append(QKeySequence(event.key()).toString())

    around = Around()
    pane.setParent(around)
    around.show()
    pane.show()
    for key in (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_N):
        press(pane, key)
    assert seen == ["J", "K"]
    pane.setParent(None)


def test_everything_that_takes_the_focus_has_a_name(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    pane.open_find()
    view_of(pane).select(40, 60)
    nameless = [
        widget
        for widget in pane.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.objectName().startswith("qt_")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize(
    "kind", [BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW]
)
def test_every_kind_of_block_is_painted(pane: DocumentPane, opened_article: Maker, kind: BlockKind) -> None:
    plain = opened_article(TEXT)
    pane.show_article(plain)
    before = pane.grab().toImage()
    pane.clear()
    pane.show_article(opened_article(TEXT, blocks=[(kind, "Tussenkop")]))
    assert pane.grab().toImage() != before
