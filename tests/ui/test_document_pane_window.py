"""The document pane in the real window, on a real library: what is written is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from desktop.library import annotations
from desktop.model import Annotation
from desktop.ui.article_view import ArticleView
from desktop.ui.note_editor import NoteEditor
from tests.ui.window_fixtures import Desktop


def stored(desktop: Desktop) -> list[Annotation]:
    article = desktop.window.parts.reading.current.article.id
    return annotations.of_article(desktop.libraries.session.library.reader(), article)


def select(desktop: Desktop, words: str) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    start = desktop.window.parts.reading.current.version.text.index(words)
    view.setFocus()
    view.select(start, start + len(words))
    return view


def test_a_passage_is_highlighted_recoloured_and_deleted(library_of_three: Desktop) -> None:
    desktop = library_of_three
    desktop.read("Minister bezoekt Nvidia")
    view = select(desktop, "70 miljoen euro")
    QTest.keyClick(view, Qt.Key.Key_2)
    desktop.qtbot.waitUntil(
        lambda: [(a.quote.exact, a.colour) for a in stored(desktop)] == [("70 miljoen euro", 2)]
    )
    desktop.idle()
    QTest.keyClick(view, Qt.Key.Key_4)
    desktop.qtbot.waitUntil(lambda: [a.colour for a in stored(desktop)] == [4])
    desktop.idle()
    desktop.window.parts.pane.annotating.delete_highlight()
    desktop.qtbot.waitUntil(lambda: stored(desktop) == [])


def test_a_note_is_written_from_the_first_key_on(library_of_three: Desktop) -> None:
    """M, and typing at once: no letter is lost while the highlight is still being stored."""
    desktop = library_of_three
    desktop.read("Minister bezoekt Nvidia")
    view = select(desktop, "Nvidia levert de hardware")
    QTest.keyClick(view, Qt.Key.Key_M)
    editor = desktop.window.parts.pane.findChild(NoteEditor)
    QTest.keyClicks(editor.findChild(QPlainTextEdit), "Nagaan: 3 of 4 weken?")
    editor.findChild(QPushButton).click()
    desktop.qtbot.waitUntil(lambda: [a.note for a in stored(desktop)] == ["Nagaan: 3 of 4 weken?"])
    assert stored(desktop)[0].quote.exact == "Nvidia levert de hardware"
    desktop.idle()
