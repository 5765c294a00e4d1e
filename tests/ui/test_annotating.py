"""Highlights with other ends, notes on the whole article, quotations, what is typed and not stored yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from desktop.model import Annotation, AnnotationId, ArticleId, TextQuote
from desktop.ui.article_view import ArticleView
from desktop.ui.document_pane import DocumentPane
from desktop.ui.margin_notes import NoteCard
from desktop.ui.note_editor import NoteEditor, Unsaved
from desktop.ui.resizing import Edge, stepped
from desktop.ui.theme import Theme
from desktop.ui.wishes import NoteChange, PassageNote, Resizing

TEXT = "Kop 🙂\n\n" + "\n\n".join(f"Alinea {n} is er een met een paar woorden. " * 3 for n in range(20))
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

Maker = Callable[..., Any]


def note(name: str, words: str | None, text: str = "", tags: tuple[str, ...] = ()) -> Annotation:
    start = None if words is None else TEXT.index(words)
    end = None if start is None or words is None else start + len(words)
    return Annotation(AnnotationId(name), ArticleId("one"), TextQuote(words or ""), start, end, 1, text, tags)


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[DocumentPane]:
    pane = DocumentPane(Theme.load("light"))
    qtbot.addWidget(pane)
    pane.resize(840, 600)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def part(pane: DocumentPane, kind: type[Any], name: str = "") -> Any:
    found = pane.findChild(kind, name) if name else pane.findChild(kind)
    assert found is not None
    return found


def told(signal: Any) -> list[Any]:
    """Return a list that grows with what a signal tells."""
    values: list[Any] = []
    signal.connect(values.append)
    return values


# Other ends


@pytest.mark.parametrize(
    ("words", "edge", "forward", "then"),
    [
        ("Alinea 1", Edge.END, True, "Alinea 1 is"),
        ("Alinea 1 is", Edge.END, False, "Alinea 1"),
        ("1 is er", Edge.START, False, "Alinea 1 is er"),
        ("1 is er", Edge.START, True, "is er"),
        ("er", Edge.START, True, "er"),
        ("er", Edge.END, False, "er"),
        ("Kop", Edge.START, False, "Kop"),
    ],
)
def test_an_end_moves_by_a_word(words: str, edge: Edge, forward: bool, then: str) -> None:
    start = TEXT.index(words)
    start, end = stepped(TEXT, start, start + len(words), edge, forward=forward)
    assert TEXT[start:end] == then


def test_the_last_word_of_a_text_is_the_end() -> None:
    assert stepped("een twee", 4, 8, Edge.END, forward=True) == (4, 8)


def test_many_steps_are_one_wish(pane: DocumentPane, opened_article: Maker, qtbot: QtBot) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 2 is")]))
    wishes = told(pane.resize_requested)
    place = TEXT.index("Alinea 2") + 1
    pane.go_to(place, place)
    for _ in range(2):
        pane.annotating.resize(Edge.END, forward=True)
    pane.annotating.resize(Edge.START, forward=True)
    assert wishes == []
    start = TEXT.index("2 is er een")
    qtbot.waitUntil(lambda: bool(wishes), timeout=3000)
    assert wishes == [Resizing(AnnotationId("a"), start, start + len("2 is er een"))]


def test_resizing_is_told_before_the_article_goes(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 2 is")]))
    wishes = told(pane.resize_requested)
    place = TEXT.index("Alinea 2") + 1
    pane.go_to(place, place)
    pane.annotating.resize(Edge.END, forward=True)
    pane.clear()
    assert [wish.end - wish.start for wish in wishes] == [len("Alinea 2 is er")]


def test_back_where_it_was_is_no_wish(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 2 is")]))
    wishes = told(pane.resize_requested)
    place = TEXT.index("Alinea 2") + 1
    pane.go_to(place, place)
    pane.annotating.resize(Edge.END, forward=True)
    pane.annotating.resize(Edge.END, forward=False)
    pane.flush()
    assert wishes == []


def test_without_a_highlight_there_is_nothing_to_resize(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT))
    missed: list[bool] = []
    pane.selection_missed.connect(lambda: missed.append(True))
    pane.annotating.resize(Edge.END, forward=True)
    assert missed == [True]


def test_what_is_stored_meanwhile_leaves_the_new_ends(pane: DocumentPane, opened_article: Maker) -> None:
    stored = note("a", "Alinea 2 is")
    pane.show_article(opened_article(TEXT, notes=[stored]))
    wishes = told(pane.resize_requested)
    place = TEXT.index("Alinea 2") + 1
    pane.go_to(place, place)
    pane.annotating.resize(Edge.END, forward=True)
    pane.set_annotations([replace(stored, colour=3)])
    pane.annotating.resize(Edge.END, forward=True)
    pane.flush()
    assert [TEXT[wish.start : wish.end] for wish in wishes] == ["Alinea 2 is er een"]


def drag(view: ArticleView, handle: QPoint, place: int, *, release: bool = True) -> None:
    to = view.passage_rect(place, place + 1)
    spot = QPoint(to.left(), to.center().y())
    QTest.mousePress(view.viewport(), LEFT, pos=handle)
    QTest.mouseMove(view.viewport(), spot)
    if release:
        QTest.mouseRelease(view.viewport(), LEFT, pos=spot)


def test_the_handles_of_a_highlight_are_dragged(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")]))
    wishes = told(pane.resize_requested)
    view = part(pane, ArticleView)
    assert view.handles() is None
    place = TEXT.index("is er een") + 1
    pane.go_to(place, place)
    start, end = view.handles()
    drag(view, end.center(), TEXT.index(" paar woorden"))
    assert TEXT[wishes[-1].start : wishes[-1].end] == "is er een met een"
    start, end = view.handles()
    drag(view, start.center(), TEXT.index("Alinea 0"))
    assert TEXT[wishes[-1].start : wishes[-1].end] == "Alinea 0 is er een met een"
    assert len(wishes) == 2


def test_a_dragged_end_never_passes_the_other(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")]))
    wishes = told(pane.resize_requested)
    view, place = part(pane, ArticleView), TEXT.index("is er een") + 1
    pane.go_to(place, place)
    drag(view, view.handles()[1].center(), TEXT.index("Alinea 0"))
    assert TEXT[wishes[-1].start : wishes[-1].end] == "i"


def test_dragging_below_the_text_scrolls(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")]))
    view, place = part(pane, ArticleView), TEXT.index("is er een") + 1
    pane.go_to(place, place)
    QTest.mousePress(view.viewport(), LEFT, pos=view.handles()[1].center())
    for _ in range(3):
        QTest.mouseMove(view.viewport(), QPoint(100, view.viewport().height() + 40))
        QTest.mouseMove(view.viewport(), QPoint(101, view.viewport().height() + 40))
    assert view.verticalScrollBar().value() > 100
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(100, 100))


def test_escape_gives_a_drag_up(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")]))
    wishes = told(pane.resize_requested)
    view, place = part(pane, ArticleView), TEXT.index("is er een") + 1
    pane.go_to(place, place)
    before = view.handles()
    drag(view, before[1].center(), TEXT.index(" paar woorden"), release=False)
    assert view.handles() != before
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(10, 10))
    pane.flush()
    assert view.handles() is None or view.handles() == before
    assert wishes == []


# Notes on the whole article


def test_a_note_on_the_whole_article_is_made_once_something_is_written(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT))
    made, changed = told(pane.passage_note_requested), told(pane.annotation_changed_requested)
    pane.annotating.note_on_article()
    editor, field = part(pane, NoteEditor), part(pane, QPlainTextEdit, "noteText")
    editor.hand_over()
    assert made == []
    QTest.keyClicks(field, "Lees dit ook")
    editor.hand_over()
    QTest.keyClicks(field, " eens")
    editor.hand_over()
    assert made == [PassageNote(ArticleId("one"), None, None, "Lees dit ook", ())]
    pane.set_annotations([note("n", None, "Lees dit ook")])
    assert changed == [NoteChange(AnnotationId("n"), "Lees dit ook eens", ())]
    pane.annotating.note_on_article()
    assert editor.annotation == "n"


def test_a_note_on_the_whole_article_stands_at_the_top(pane: DocumentPane, opened_article: Maker) -> None:
    pane.resize(1200, 600)
    pane.show_article(opened_article(TEXT, notes=[note("n", None, "Over alles"), note("a", "is er", "Hier")]))
    first, second = [card for card in pane.findChildren(NoteCard) if card.isVisible()]
    assert first.annotation.id == "n"
    assert first.y() < second.y()
    QTest.mouseClick(first, LEFT)
    assert part(pane, QPlainTextEdit, "noteText").toPlainText() == "Over alles"


def test_an_article_left_before_its_note_is_stored_loses_no_word(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT))
    made = told(pane.passage_note_requested)
    pane.annotating.note_on_article()
    QTest.keyClicks(part(pane, QPlainTextEdit, "noteText"), "Half")
    pane.clear()
    assert made == [PassageNote(ArticleId("one"), None, None, "Half", ())]


# The preview


def test_markdown_is_shown_while_one_types(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")]))
    pane.annotating.edit_note(AnnotationId("a"))
    field, preview = part(pane, QPlainTextEdit, "noteText"), part(pane, QTextEdit, "notePreview")
    QTest.keyClicks(field, "gewoon")
    assert not preview.isVisible()
    QTest.keyClicks(field, " en **vet**")
    assert preview.isVisible()
    assert preview.toPlainText() == "gewoon en vet"


@pytest.mark.parametrize(("width", "height"), [(340, 520), (480, 560), (760, 600), (1200, 700)])
def test_the_editor_never_covers_the_text(
    pane: DocumentPane, opened_article: Maker, width: int, height: int
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 3 is er")]))
    pane.annotating.edit_note(AnnotationId("a"))
    part(pane, QPlainTextEdit, "noteText").setPlainText("**vet**\n\n- een\n- twee")
    pane.resize(width, height)
    QGuiApplication.processEvents()
    view, editor = part(pane, ArticleView), part(pane, NoteEditor)
    area = view.parentWidget()
    text = view.viewport().rect().translated(view.viewport().mapTo(area, QPoint(0, 0)))
    assert not editor.geometry().intersects(text)
    assert area.rect().contains(editor.geometry())


# What is typed


def test_what_is_typed_is_told_within_a_moment_and_goes_on_being_told(
    pane: DocumentPane, opened_article: Maker, qtbot: QtBot
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een", "Eerst")]))
    typed = told(pane.note_typed)
    pane.annotating.edit_note(AnnotationId("a"))
    field = part(pane, QPlainTextEdit, "noteText")
    QTest.keyClicks(field, " dit")
    qtbot.waitUntil(lambda: bool(typed), timeout=3000)
    start = TEXT.index("is er een")
    assert typed[-1] == Unsaved(
        typed[-1].slot, ArticleId("one"), AnnotationId("a"), start, start + 9, "Eerst dit", ()
    )
    QTest.keyClicks(field, " en dat")
    qtbot.waitUntil(lambda: typed[-1].note == "Eerst dit en dat", timeout=3000)
    assert len({one.slot for one in typed}) == 1


def test_what_is_typed_and_taken_back_needs_no_keeping(
    pane: DocumentPane, opened_article: Maker, qtbot: QtBot
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een", "Eerst")]))
    typed, back = told(pane.note_typed), told(pane.note_taken_back)
    pane.annotating.edit_note(AnnotationId("a"))
    field = part(pane, QPlainTextEdit, "noteText")
    QTest.keyClicks(field, "!")
    qtbot.waitUntil(lambda: bool(typed), timeout=3000)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: back == [typed[0].slot], timeout=3000)


def test_a_kept_note_is_gone_on_with(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een", "Eerst")]))
    changed = told(pane.annotation_changed_requested)
    start = TEXT.index("is er een")
    kept = Unsaved("s", ArticleId("one"), AnnotationId("a"), start, start + 9, "Eerst dit", ("later",))
    pane.annotating.resume(kept)
    assert part(pane, QLineEdit, "noteTags").text() == "later"
    pane.flush()
    assert changed == [NoteChange(AnnotationId("a"), "Eerst dit", ("later",))]


def test_a_kept_note_whose_highlight_is_gone_gets_a_new_one(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT))
    asked, changed = told(pane.note_requested), told(pane.annotation_changed_requested)
    start = TEXT.index("is er een")
    pane.annotating.resume(Unsaved("s", ArticleId("one"), None, start, start + 9, "Eerst dit", ()))
    assert asked == [(start, start + 9)]
    pane.set_annotations([note("new", "is er een")])
    assert changed == [NoteChange(AnnotationId("new"), "Eerst dit", ())]


# The clipboard


def test_a_quotation_names_its_source(pane: DocumentPane, opened_article: Maker) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "is er een")], url="https://example.org/a"))
    copied = told(pane.quote_copied)
    place = TEXT.index("is er een") + 1
    pane.go_to(place, place)
    QTest.keyClick(part(pane, ArticleView), Qt.Key.Key_Q)
    words = QGuiApplication.clipboard().text()
    assert words.startswith("“is er een” (")
    assert words.endswith(", Krant, 8 January 2025)\nhttps://example.org/a")
    assert copied == [words]


def test_keys_step_through_highlights_and_open_the_note_on_the_article(
    pane: DocumentPane, opened_article: Maker
) -> None:
    pane.show_article(opened_article(TEXT, notes=[note("a", "Alinea 1 is"), note("b", "Alinea 3 is")]))
    view, entered = part(pane, ArticleView), told(pane.annotation_entered)
    QTest.keyClick(view, Qt.Key.Key_H)
    QTest.keyClick(view, Qt.Key.Key_H)
    QTest.keyClick(view, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert entered == ["a", "b", "a"]
    QTest.keyClick(view, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert part(pane, NoteEditor).isVisible()
