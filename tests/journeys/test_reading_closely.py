"""A day with one article: marked, annotated, put right, found in, set as one likes, and quoted elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
)

from desktop.library import annotations
from desktop.model import Annotation
from desktop.ui.article_view import ArticleView
from desktop.ui.details_dialog import DetailsDialog
from desktop.ui.note_editor import NoteEditor
from desktop.ui.settings_dialog import SettingsDialog
from tests.ui.window_fixtures import Desktop

LOOKS = [
    pytest.param("light", (1400, 900), id="light-wide", marks=pytest.mark.language("nl")),
    pytest.param("dark", (1024, 700), id="dark-narrow", marks=pytest.mark.language("nl")),
    pytest.param("sepia", (1280, 820), id="sepia-usual", marks=pytest.mark.language("en")),
]


def view_of(desktop: Desktop) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    return view


def select(desktop: Desktop, words: str) -> ArticleView:
    view = view_of(desktop)
    start = desktop.window.parts.reading.current.version.text.index(words)
    view.setFocus()
    view.select(start, start + len(words))
    return view


def stored(desktop: Desktop) -> list[Annotation]:
    article = desktop.window.parts.reading.current.article.id
    return annotations.of_article(desktop.libraries.session.library.reader(), article)


def highlights(desktop: Desktop) -> list[tuple[str, int]]:
    return [(one.quote.exact, one.colour) for one in stored(desktop)]


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_i_mark_what_matters_and_write_what_i_think(
    library_of_three: Desktop, picture: Callable[[str], None], theme: str, size: tuple[int, int]
) -> None:
    desktop, window = library_of_three, library_of_three.window
    look = f"{theme}-{size[0]}"
    window.appearance.choose(theme)
    window.resize(*size)
    desktop.read("Minister bezoekt Nvidia")

    # One key marks a passage; with the handle I take two words more, with a key one less.
    view = select(desktop, "70 miljoen euro")
    QTest.keyClick(view, Qt.Key.Key_2)
    desktop.qtbot.waitUntil(lambda: highlights(desktop) == [("70 miljoen euro", 2)])
    desktop.idle()
    [made] = stored(desktop)
    place = desktop.window.parts.reading.current.version.text.index("AI-faciliteit")
    handle, edge = view.handles()[1].center(), view.passage_rect(place, place + 2)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=handle)
    QTest.mouseMove(view.viewport(), QPoint(edge.left(), edge.center().y()))
    picture(f"reading-dragging-{look}")
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge.left(), edge.center().y()))
    desktop.qtbot.waitUntil(lambda: highlights(desktop) == [("70 miljoen euro voor een", 2)])
    desktop.idle()
    window.action_table["shorter_end"].trigger()
    desktop.qtbot.waitUntil(lambda: highlights(desktop) == [("70 miljoen euro voor", 2)])
    desktop.idle()
    assert [one.id for one in stored(desktop)] == [made.id]
    undo = window.action_table["undo"]
    assert undo.text().endswith(("andere grenzen van markering", "other ends of highlight"))
    undo.trigger()
    desktop.qtbot.waitUntil(lambda: highlights(desktop) == [("70 miljoen euro voor een", 2)])
    desktop.idle()

    # I say what I think of it, and see how it is going to look.
    select(desktop, "Nvidia levert de hardware")
    QTest.keyClick(view, Qt.Key.Key_M)
    editor = window.parts.pane.findChild(NoteEditor)
    QTest.keyClicks(editor.findChild(QPlainTextEdit, "noteText"), "**Nagaan**: wie betaalt dit?")
    QTest.keyClicks(editor.findChild(QLineEdit, "noteTags"), "navragen, chips")
    desktop.idle()
    picture(f"reading-note-{look}")
    editor.finish()
    desktop.qtbot.waitUntil(lambda: stored(desktop)[-1].tags == ("chips", "navragen"))
    desktop.idle()

    # What I think of the whole article stands above it.
    window.action_table["article_note"].trigger()
    QTest.keyClicks(editor.findChild(QPlainTextEdit, "noteText"), "Eerste stuk over het bezoek")
    editor.finish()
    desktop.qtbot.waitUntil(lambda: len(stored(desktop)) == 3)
    desktop.idle()
    assert stored(desktop)[0].note == "Eerste stuk over het bezoek"
    QTest.keyClick(view, Qt.Key.Key_H)
    picture(f"reading-noted-{look}")

    # The quotation goes into my report with its source.
    window.action_table["copy_quote"].trigger()
    words = QGuiApplication.clipboard().text()
    assert words.startswith("“")
    assert "Minister bezoekt Nvidia" in words
    assert desktop.settings.get("drafts") == []


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_i_find_a_word_put_details_right_and_set_the_text_as_i_like(
    library_of_three: Desktop, picture: Callable[[str], None], theme: str, size: tuple[int, int]
) -> None:
    desktop, window = library_of_three, library_of_three.window
    look = f"{theme}-{size[0]}"
    window.appearance.choose(theme)
    window.resize(*size)
    desktop.read("Minister bezoekt Nvidia")
    view = view_of(desktop)

    # Only the word itself, not what it is part of.
    window.parts.pane.open_find()
    window.parts.pane.findChild(QLineEdit, "findField").setText("hard")
    count = window.parts.pane.findChild(object, "findCount")
    assert count.text().startswith("1 ")
    window.parts.pane.findChild(QToolButton, "findWhole").click()
    picture(f"reading-find-{look}")
    assert not count.text().startswith("1 ")
    window.parts.pane.finding.close()

    # Where it comes from was not known.
    window.action_table["details"].trigger()
    desktop.idle()
    [dialog] = window.findChildren(DetailsDialog)
    dialog.findChild(QLineEdit, "detail_source").setText("De Ochtend")
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    ok.click()
    desktop.qtbot.waitUntil(lambda: "De Ochtend" in view.toPlainText())
    desktop.idle()

    # Larger, wider, and nothing around it.
    window.action_table["settings"].trigger()
    [settings] = window.findChildren(SettingsDialog)
    settings.findChild(QTabWidget, "settingsPages").setCurrentIndex(1)
    settings.findChild(QSpinBox, "text_size").setValue(16)
    settings.findChild(QSpinBox, "column_width").setValue(55)
    assert view.font().pointSizeF() == 16
    picture(f"reading-settings-{look}")
    settings.reject()
    window.action_table["focus_mode"].trigger()
    picture(f"reading-only-text-{look}")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.results.isVisible()


@pytest.mark.parametrize(("theme", "size"), LOOKS)
def test_i_go_on_with_the_note_i_was_writing_when_the_power_went(
    library_of_three: Desktop, picture: Callable[[str], None], theme: str, size: tuple[int, int]
) -> None:
    desktop, window = library_of_three, library_of_three.window
    look = f"{theme}-{size[0]}"
    window.appearance.choose(theme)
    window.resize(*size)
    desktop.read("Groningen wil de supercomputer")
    article = window.parts.reading.current.article.id
    start = window.parts.reading.current.version.text.index("60 miljoen euro")
    desktop.read("Minister bezoekt Nvidia")
    left = {"slot": "s", "article": article, "annotation": None, "start": start, "end": start + 15}
    desktop.settings.set("drafts", [{**left, "note": "Staat dit al in de *begroting*?", "tags": []}])
    window.parts.draft_desk.use(desktop.libraries.session)  # as at the next start
    button = window.findChild(QPushButton, "noticeAction")
    desktop.qtbot.waitUntil(button.isVisible)
    desktop.idle()
    picture(f"reading-draft-offered-{look}")
    button.click()
    editor = window.parts.pane.findChild(NoteEditor)
    desktop.qtbot.waitUntil(editor.isVisible)
    desktop.idle()
    assert desktop.title() == "Groningen wil de supercomputer"
    picture(f"reading-draft-{look}")
    editor.finish()
    desktop.qtbot.waitUntil(lambda: desktop.settings.get("drafts") == [])
    desktop.idle()
    [note] = stored(desktop)
    assert (note.quote.exact, note.note) == ("60 miljoen euro", "Staat dit al in de *begroting*?")
