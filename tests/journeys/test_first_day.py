"""What people do on their first day, in their own words, with real keys in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.library import annotations
from desktop.model import Annotation
from desktop.ui.article_view import ArticleView
from desktop.ui.note_editor import NoteEditor
from tests.ui.window_fixtures import Desktop, export

ARTICLE = "Minister bezoekt Nvidia"


def view(desktop: Desktop) -> ArticleView:
    found = desktop.window.parts.pane.findChild(ArticleView)
    assert found is not None
    return found


def select(desktop: Desktop, words: str) -> None:
    start = desktop.window.parts.reading.current.version.text.index(words)
    view(desktop).setFocus()
    view(desktop).select(start, start + len(words))


def notes(desktop: Desktop) -> list[Annotation]:
    session = desktop.libraries.session
    return annotations.of_article(session.library.reader(), desktop.window.parts.reading.current.article.id)


def test_i_drop_in_my_folder_and_find_what_the_minister_wants_to_spend(
    desktop: Desktop, files: list[Path], tmp_path: Path, picture: Callable[[str], None]
) -> None:
    desktop.open(tmp_path / "library")
    desktop.window.parts.drop.dropped.emit([files[0].parent])
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 3, timeout=30_000)
    desktop.idle()
    desktop.qtbot.waitUntil(lambda: desktop.libraries.session.index_state == "current", timeout=20_000)

    desktop.window.field.setFocus()
    QTest.keyClicks(desktop.window.field, "actor:Beljaarts bedrag:>50mln")
    desktop.qtbot.waitUntil(lambda: desktop.titles() == [ARTICLE], timeout=10_000)
    desktop.read(ARTICLE)
    side = desktop.window.parts.side
    shown = [line.title for line in side.amounts.list.lines.lines]
    assert shown == ["70 miljoen euro", "ruim 200 miljoen euro"]
    assert any("Dirk Beljaarts" in str(line.title) for line in side.actors.lines.lines)
    picture("find-what-the-minister-spends")


def test_i_highlight_a_passage_write_why_and_take_it_to_my_report(
    library_of_three: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    desktop = library_of_three
    desktop.read(ARTICLE)
    select(desktop, "70 miljoen euro voor een AI-faciliteit")
    QTest.keyClick(view(desktop), Qt.Key.Key_M)
    editor = desktop.window.parts.pane.findChild(NoteEditor)
    QTest.keyClicks(editor.findChild(QPlainTextEdit), "Vergelijk met Groningen.")
    tags = editor.findChild(QLineEdit)
    tags.setFocus()
    QTest.keyClicks(tags, "financiering")
    QTest.keyClick(tags, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desktop.qtbot.waitUntil(
        lambda: (
            [(note.note, note.tags) for note in notes(desktop)]
            == [("Vergelijk met Groningen.", ("financiering",))]
        )
    )
    desktop.idle()
    assert desktop.search("notitie:vergelijken tag:financiering") == [ARTICLE]
    picture("a-note-beside-its-passage")

    export(desktop, tmp_path / "rapport.md")
    written = (tmp_path / "rapport.md").read_text(encoding="utf-8")
    for wanted in (
        "70 miljoen euro voor een AI-faciliteit",
        "Vergelijk met Groningen.",
        "#financiering",
        "leeslamp://article/",
    ):
        assert wanted in written


def test_i_pressed_the_wrong_key_and_everything_comes_back(library_of_three: Desktop) -> None:
    desktop = library_of_three
    desktop.read(ARTICLE)
    select(desktop, "Nvidia levert de hardware")
    QTest.keyClick(view(desktop), Qt.Key.Key_3)
    desktop.qtbot.waitUntil(lambda: [note.colour for note in notes(desktop)] == [3])
    desktop.idle()
    kept = notes(desktop)
    desktop.window.results.view.setFocus()
    QTest.keyClick(desktop.window.results.view, Qt.Key.Key_Delete)
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 2)
    desktop.idle()
    desktop.window.action_table["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 3)
    desktop.idle()
    desktop.read(ARTICLE)
    assert notes(desktop) == kept
    desktop.window.action_table["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: notes(desktop) == [])
    desktop.window.action_table["redo"].trigger()
    desktop.qtbot.waitUntil(lambda: notes(desktop) == kept)
    desktop.idle()


def test_i_read_with_the_keyboard_alone(library_of_three: Desktop) -> None:
    desktop, window = library_of_three, library_of_three.window
    desktop.window.action_table["search"].trigger()
    assert window.field.hasFocus()
    QTest.keyClicks(window.field, "nvidia")
    desktop.qtbot.waitUntil(lambda: desktop.titles() == [ARTICLE])
    QTest.keyClick(window.field, Qt.Key.Key_Escape)  # the suggestions
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: desktop.title() == ARTICLE)
    QTest.keyClick(window.results.view, Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: window.parts.pane.isAncestorOf(QApplication.focusWidget()))
    desktop.idle()
    pane = window.parts.pane
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    first = pane.mention_at_caret()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    assert first is not None
    assert pane.mention_at_caret() != first
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_P)
    assert pane.mention_at_caret() == first
    desktop.idle()


def test_a_row_at_the_side_leads_to_each_place_in_the_text(library_of_three: Desktop) -> None:
    desktop = library_of_three
    desktop.read(ARTICLE)
    actors = desktop.window.parts.side.actors
    (row,) = [row for row, line in enumerate(actors.lines.lines) if str(line.title) == "Nvidia"]
    where = actors.visualRect(actors.model().index(row, 0)).center()
    text = desktop.window.parts.reading.current.version.text
    places = []
    for _ in range(4):
        QTest.mouseClick(actors.viewport(), Qt.MouseButton.LeftButton, pos=where)
        mention = desktop.window.parts.pane.mention_at_caret()
        assert mention is not None
        places.append(mention.start)
    assert places == [place for place in [*range(len(text))] if text.startswith("Nvidia", place)] + places[:1]
    desktop.idle()


def test_i_paste_a_text_from_my_mail(desktop: Desktop, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    QGuiApplication.clipboard().setText(
        "date 2025-04-02 Bericht uit de mail\n\nZutphen krijgt 3 miljoen euro."
    )
    desktop.window.action_table["paste_article"].trigger()
    desktop.qtbot.waitUntil(lambda: desktop.title() == "Bericht uit de mail", timeout=20_000)
    desktop.idle()
    assert [line.title for line in desktop.window.parts.side.amounts.list.lines.lines] == ["3 miljoen euro"]


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_it_fits_in_every_theme_and_size(
    library_of_three: Desktop, picture: Callable[[str], None], theme: str, size: tuple[int, int]
) -> None:
    desktop, window = library_of_three, library_of_three.window
    window.appearance.choose(theme)
    window.resize(*size)
    desktop.read("Frankrijk bouwt een datacenter")
    assert window.size().toTuple() == size  # nothing inside asks for more room
    picture(f"{theme}-{size[0]}")
