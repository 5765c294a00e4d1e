"""Highlights and notes in the document pane."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.model import AnchorState, Annotation, AnnotationId, ArticleId, TextQuote
from desktop.ui.article_view import ArticleView
from desktop.ui.document_pane import DocumentPane
from desktop.ui.margin_notes import MarginNotes, NoteCard
from desktop.ui.marks import MarkGroup
from desktop.ui.note_editor import NoteEditor, read_tags
from desktop.ui.selection_bar import SelectionBar
from desktop.ui.theme import Theme

TEXT = "Kop 🙂\n\n" + "\n\n".join(f"Alinea {n} is er een met een paar woorden. " * 4 for n in range(40))
WIDE, USUAL, NARROW = 1200, 840, 420
CTRL = Qt.KeyboardModifier.ControlModifier

Maker = Callable[..., Any]


def note(name: str, words: str, text: str = "", *, tags: tuple[str, ...] = (), colour: int = 1) -> Annotation:
    start = TEXT.index(words)
    return Annotation(
        AnnotationId(name), ArticleId("one"), TextQuote(words), start, start + len(words), colour, text, tags
    )


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[DocumentPane]:
    pane = DocumentPane(Theme.load("light"))
    qtbot.addWidget(pane)
    pane.resize(USUAL, 600)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def part(pane: QWidget, kind: type[Any]) -> Any:
    found = pane.findChild(kind)
    assert found is not None
    return found


def press(pane: DocumentPane, key: Qt.Key) -> None:
    QTest.keyClick(part(pane, ArticleView), key)


def select(pane: DocumentPane, words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    part(pane, ArticleView).select(start, start + len(words))
    return start, start + len(words)


def cards(pane: DocumentPane) -> list[NoteCard]:
    return [card for card in pane.findChildren(NoteCard) if card.isVisible()]


def asked(pane: DocumentPane) -> list[tuple[str, Any]]:
    """Return a list that grows with everything the pane asks for."""
    wishes: list[tuple[str, Any]] = []
    for name in ("highlight", "recolour", "note", "annotation_changed", "passage_note", "delete_annotation"):
        signal = getattr(pane, f"{name}_requested")
        signal.connect(lambda wish, name=name: wishes.append((name, wish)))
    return wishes


# Highlights


def test_a_key_highlights_the_selection_and_asks_nothing(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    wishes = asked(pane)
    start, end = select(pane, " 3 is er een ")
    press(pane, Qt.Key.Key_2)
    assert wishes == [("highlight", (start + 1, end - 1, 2))]
    assert pane.current_selection() is None


def test_a_key_without_a_selection_recolours_the_highlight_at_the_caret(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 2 is er")]))
    wishes = asked(pane)
    press(pane, Qt.Key.Key_3)
    assert wishes == []
    place = TEXT.index("Alinea 2 is er") + 4
    pane.go_to(place, place)
    press(pane, Qt.Key.Key_3)
    press(pane, Qt.Key.Key_1)
    press(pane, Qt.Key.Key_Delete)
    assert wishes == [("recolour", ("a", 3)), ("delete_annotation", "a")]


def test_the_same_passage_again_is_the_same_highlight(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 2 is er")]))
    wishes = asked(pane)
    select(pane, "Alinea 2 is er")
    press(pane, Qt.Key.Key_4)
    assert wishes == [("recolour", ("a", 4))]


def test_the_bar_at_a_selection_offers_colours_note_and_copy(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT))
    wishes = asked(pane)
    view, bar = part(pane, ArticleView), part(pane, SelectionBar)
    start, end = TEXT.index("een paar"), TEXT.index("een paar") + 8
    viewport, button = view.viewport(), Qt.MouseButton.LeftButton
    first, last = view.passage_rect(start, start + 1), view.passage_rect(end, end + 1)
    QTest.mousePress(viewport, button, pos=QPoint(first.left(), first.center().y()))
    QTest.mouseMove(viewport, QPoint(last.left(), last.center().y()))
    assert not bar.isVisible()
    QTest.mouseRelease(viewport, button, pos=QPoint(last.left(), last.center().y()))
    assert pane.current_selection() == (start, end)
    assert bar.isVisible()
    names = [b.accessibleName() for b in bar.findChildren(QToolButton) if b.isVisible()]
    assert names == [
        "Yellow (1)",
        "Blue (2)",
        "Green (3)",
        "Pink (4)",
        "Purple (5)",
        "Note (M)",
        "Mark as name (A)",
        "Copy",
        "Copy with source (Q)",
    ]
    passage = view.passage_rect(start, end).translated(viewport.mapTo(bar.parentWidget(), QPoint(0, 0)))
    assert not bar.geometry().intersects(passage)
    bar.findChildren(QToolButton)[4].click()
    assert wishes == [("highlight", (start, end, 5))]
    assert not bar.isVisible()


def test_clicking_a_highlight_offers_to_change_it(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is er", colour=3)]))
    wishes = asked(pane)
    place = TEXT.index("Alinea 1 is er") + 3
    view, bar = part(pane, ArticleView), part(pane, SelectionBar)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.passage_rect(place, place + 1).center()
    )
    assert bar.isVisible()
    buttons = {b.accessibleName(): b for b in bar.findChildren(QToolButton)}
    buttons["Copy"].click()
    assert QGuiApplication.clipboard().text() == "Alinea 1 is er"
    buttons["Delete highlight (Del)"].click()
    assert wishes == [("delete_annotation", "a")]


def test_new_highlights_do_not_move_the_text(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.show_article(opened_article(TEXT))
    view = part(pane, ArticleView)
    document = view.document()
    view.verticalScrollBar().setValue(500)
    before = view.viewport().grab().toImage()
    top = pane.position()
    pane.set_annotations([note("a", TEXT[top : top + 30], "Een notitie", colour=2)])
    assert view.document() is document
    assert view.verticalScrollBar().value() == 500
    assert view.viewport().grab().toImage() != before
    pane.set_group_shown(MarkGroup.HIGHLIGHT, False)
    assert view.viewport().grab().toImage() == before


def test_zoom_and_theme_keep_annotations_that_came_later(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    pane.set_annotations([note("a", "Alinea 0 is er", "Blijft")])
    pane.set_zoom(120)
    pane.set_theme(Theme.load("dark"))
    assert [card.annotation.id for card in cards(pane)] == ["a"]


def test_stepping_through_highlights(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("b", "Alinea 30"), note("a", "Alinea 1 ")]))
    entered: list[object] = []
    pane.annotation_entered.connect(entered.append)
    for _step in range(3):
        pane.steps.next_highlight()
    pane.steps.previous_highlight()
    assert entered == ["a", "b", "a", "b"]


# The margin


@pytest.mark.parametrize("width", [WIDE, USUAL, NARROW])
def test_notes_stand_beside_their_passage_and_never_over_the_text(
    pane: DocumentPane, opened_article: Maker, width: int
) -> None:
    long = "Een lange notitie met **veel** woorden. " * 12
    notes = [note(str(n), f"Alinea {n} is", long if n % 2 else "Kort", tags=("x",)) for n in range(12)]
    pane.resize(width, 600)
    pane.show_article(opened_article(TEXT, notes=notes))
    view = part(pane, ArticleView)
    for scroll in (0, 300, 900):
        view.verticalScrollBar().setValue(scroll)
        shown = cards(pane)
        assert shown
        text = view.viewport().geometry()
        boxes = [card.geometry().translated(part(pane, MarginNotes).pos()) for card in shown]
        assert not any(box.intersects(text) for box in boxes)
        assert all(box.right() < pane.width() for box in boxes)
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
        for card, box in zip(shown, boxes, strict=True):
            assert box.top() >= view.viewport_rect(card.annotation.start or 0).top()
    first = next(card for card in pane.findChildren(NoteCard) if card.annotation.id == "0")
    view.verticalScrollBar().setValue(0)
    assert first.y() == view.viewport_rect(notes[0].start or 0).top()
    assert first.folded == (width == NARROW)


def test_what_has_no_note_takes_no_margin_and_orphans_neither(
    pane: DocumentPane, opened_article: Maker
) -> None:
    orphan = replace(note("o", "Alinea 1 is", "Weg"), start=None, end=None, state=AnchorState.ORPHAN)
    whole = replace(note("w", "Alinea 1 is", "Over alles"), start=None, end=None)
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 0 is"), orphan, whole]))
    assert [card.annotation.id for card in cards(pane)] == ["w"]


def test_the_wheel_over_the_margins_scrolls_the_text(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 0 is", "Hier")]))
    [card] = cards(pane)
    bar = part(pane, ArticleView).verticalScrollBar()
    for widget, spot in ((card, card.rect().center()), (pane, QPoint(5, 300))):
        bar.setValue(0)
        where = QPointF(widget.mapTo(pane, spot))
        QTest.wheelEvent(pane.windowHandle(), where, QPoint(0, -240))
        assert bar.value() > 0


# Writing


def typed(pane: DocumentPane) -> QPlainTextEdit:
    return part(part(pane, NoteEditor), QPlainTextEdit)


@pytest.mark.parametrize("width", [WIDE, USUAL, NARROW])
def test_writing_a_note_for_a_selection(pane: DocumentPane, opened_article: Maker, width: int) -> None:
    pane.resize(width, 600)
    pane.show_article(opened_article(TEXT))
    wishes = asked(pane)
    passage = select(pane, "Alinea 3 is er")
    press(pane, Qt.Key.Key_M)
    assert wishes == [("note", passage)]
    editor = part(pane, NoteEditor)
    assert editor.isVisible()
    assert typed(pane).hasFocus()
    text = part(pane, ArticleView).viewport()
    box = text.rect().translated(text.mapTo(pane, QPoint(0, 0)))
    assert not editor.rect().translated(editor.mapTo(pane, QPoint(0, 0))).intersects(box)
    QTest.keyClicks(typed(pane), "Kijk 1 keer")
    assert wishes == [("note", passage)]  # nothing to hand it to yet, and no key was taken for a colour
    pane.set_annotations([note("new", "Alinea 3 is er")])
    assert wishes[1:] == [("annotation_changed", ("new", "Kijk 1 keer", ()))]
    QTest.keyClicks(typed(pane), " na")
    tags = part(editor, QLineEdit)
    tags.setFocus()
    assert wishes[2:] == [("annotation_changed", ("new", "Kijk 1 keer na", ()))]
    QTest.keyClicks(tags, "#geld, plan")
    QTest.keyClick(tags, Qt.Key.Key_Return, CTRL)
    assert wishes[3:] == [("annotation_changed", ("new", "Kijk 1 keer na", ("geld", "plan")))]
    assert not editor.isVisible()
    assert part(pane, ArticleView).hasFocus()


def test_a_pause_hands_over_what_was_typed(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is")]))
    pane.annotating.edit_note(AnnotationId("a"))
    with qtbot.waitSignal(pane.annotation_changed_requested) as wish:
        QTest.keyClicks(typed(pane), "x")
    assert wish.args == [("a", "x", ())]


def test_what_is_typed_is_handed_over_before_the_article_goes(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is", "Oud")]))
    wishes = asked(pane)
    pane.annotating.edit_note(AnnotationId("a"))
    QTest.keyClicks(typed(pane), " en nieuw")
    pane.clear()
    assert wishes == [("annotation_changed", ("a", "Oud en nieuw", ()))]


def test_a_draft_whose_article_is_left_is_told_with_its_passage(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT))
    wishes = asked(pane)
    start, end = select(pane, "Alinea 3 is er")
    press(pane, Qt.Key.Key_M)
    QTest.keyClicks(typed(pane), "Niet weg")
    pane.show_article(opened_article("Ander\n\nstuk", id=ArticleId("two")))
    assert not part(pane, NoteEditor).isVisible()
    pane.show_article(opened_article(TEXT, notes=[note("late", "Alinea 3 is er")]))
    assert wishes[1:] == [("passage_note", ("one", start, end, "Niet weg", ()))]


def test_clicking_a_card_edits_its_note(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is", "Oud", tags=("een", "twee"))]))
    wishes = asked(pane)
    [card] = cards(pane)
    assert card.accessibleName() == "Note: Oud"
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert typed(pane).toPlainText() == "Oud"
    editor = part(pane, NoteEditor)
    assert part(editor, QLineEdit).text() == "een, twee"
    editor.findChild(QPushButton).click()
    assert wishes == []  # nothing changed
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert editor.isVisible()
    QTest.keyClick(typed(pane), Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_an_annotation_that_is_deleted_closes_its_editor(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is", "Oud")]))
    pane.annotating.edit_note(AnnotationId("a"))
    pane.set_annotations([])
    assert not part(pane, NoteEditor).isVisible()
    pane.annotating.edit_note(AnnotationId("a"))
    assert not part(pane, NoteEditor).isVisible()


def test_what_is_stored_meanwhile_does_not_overwrite_the_editor(
    pane: DocumentPane, opened_article: Maker
) -> None:
    old = note("a", "Alinea 1 is", "Oud")
    pane.show_article(opened_article(TEXT, notes=[old]))
    pane.annotating.edit_note(AnnotationId("a"))
    QTest.keyClicks(typed(pane), "!")
    pane.flush()
    QTest.keyClicks(typed(pane), "!")
    pane.set_annotations([replace(old, note="Oud!")])
    assert typed(pane).toPlainText() == "Oud!!"


def test_tags_are_completed(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.set_tag_names(["financiering", "energie"])
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is", "Oud")]))
    pane.annotating.edit_note(AnnotationId("a"))
    field = part(part(pane, NoteEditor), QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "plan, fin")
    completer = field.completer()
    qtbot.waitUntil(lambda: completer.popup().isVisible())
    QTest.keyClick(completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert read_tags(field.text()) == ("plan", "financiering")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        (" , #,", ()),
        ("#a, b c ,a", ("a", "b c")),
        ("AI,  energie  en  net ", ("AI", "energie en net")),
    ],
)
def test_reading_tags(text: str, tags: tuple[str, ...]) -> None:
    assert read_tags(text) == tags
