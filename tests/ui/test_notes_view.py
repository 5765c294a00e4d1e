"""The view of notes on a real library, by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
)

from desktop.library import articles
from desktop.library.note_table import Grouping, NoteRow
from desktop.model import AnnotationId
from desktop.tasks import annotate
from desktop.ui.export_dialog import ExportDialog
from desktop.ui.notes_model import Column, HeadingRow
from desktop.ui.tag_dialog import TagDialog
from desktop.ui.theme import Theme
from tests.ui.test_accessibility import nameless


class Shown:
    """The view of notes in a window, with what a person sees of it."""

    def __init__(self, desktop: Any, qtbot: Any) -> None:
        self.desktop, self.qtbot, self.window = desktop, qtbot, desktop.window
        self.window.action_table["view_notes"].trigger()
        self.view = self.window.views.view
        self.settle()

    def settle(self) -> None:
        self.desktop.idle()
        typed = self.view.filters._typed
        self.qtbot.waitUntil(lambda: not typed.isActive() and not self.view.reading.is_busy, timeout=10_000)
        self.desktop.idle()

    def lines(self) -> list[str]:
        """Headings with their counts, and the passages below them."""
        model = self.view.model
        return [str(model.index(line, Column.PASSAGE).data()) for line in range(model.rowCount())]

    def notes(self) -> list[NoteRow]:
        rows = (self.view.model.row(line) for line in range(self.view.model.rowCount()))
        return [row for row in rows if isinstance(row, NoteRow)]

    def go_to(self, words: str) -> None:
        line = next(line for line, passage in enumerate(self.lines()) if words in passage)
        self.view.table.go_to(line)
        self.view.table.setFocus()

    def type_in(self, name: str, words: str) -> None:
        field = self.view.findChild(QLineEdit, name)
        field.setFocus()
        field.clear()
        self.qtbot.keyClicks(field, words)
        self.settle()

    def choose(self, name: str, data: object) -> None:
        box = self.view.findChild(QComboBox, name)
        [place] = [place for place in range(box.count()) if box.itemData(place) == data]
        box.setCurrentIndex(place)
        box.activated.emit(place)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.view.table, key)
        self.settle()

    def label(self, name: str) -> str:
        return str(self.view.findChild(QLabel, name).text())


@pytest.fixture
def noted(library_of_three: Any) -> Any:
    """The window with four notes in two of its articles."""
    desktop = library_of_three
    session = desktop.libraries.session
    desktop.read("Minister bezoekt Nvidia")
    first = desktop.window.parts.reading.current.article.id
    desktop.read("Groningen wil de supercomputer")
    second = desktop.window.parts.reading.current.article.id
    text = articles.text(session.library.reader(), second).text
    annotate.highlight(session, first, 26, 40, note="*Wie*?", tags=("kabinet",))
    annotate.highlight(session, first, 50, 70, colour=3)
    start = text.index("60 miljoen")
    annotate.highlight(session, second, start, start + 15, colour=3, tags=("geld", "kabinet"))
    annotate.note_on_article(session, second, "Nog eens lezen")
    return desktop


@pytest.fixture
def shown(noted: Any, qtbot: Any) -> Shown:
    return Shown(noted, qtbot)


def test_notes_stand_under_their_articles(shown: Shown) -> None:
    assert shown.lines()[0] == "Groningen wil de supercomputer · 12 March 2025 (2)"
    assert shown.lines()[1:3] == ["Note on the whole article", "“60 miljoen euro”"]
    assert shown.lines()[3].startswith("Minister bezoekt Nvidia")
    model = shown.view.model
    assert "Wie?" in [model.index(line, Column.NOTE).data() for line in range(model.rowCount())]
    assert shown.label("notesHeading") == "Notes in the library"
    assert shown.label("notesCount") == "4 notes"


def test_a_search_narrows_the_notes(shown: Shown) -> None:
    shown.desktop.search("supercomputer")
    shown.settle()
    assert shown.label("notesHeading") == "Notes in what was found"
    assert len(shown.notes()) == 2


def test_groups_and_orders_are_remembered(shown: Shown) -> None:
    shown.choose("notesGrouping", Grouping.TAG)
    assert shown.lines()[0] == "#geld (1)"
    assert shown.lines()[-3].startswith("Without tags")
    assert shown.label("notesCount") == "4 notes"
    shown.choose("notesGrouping", Grouping.NONE)
    assert not any(isinstance(shown.view.model.row(line), HeadingRow) for line in range(4))
    shown.view.table.horizontalHeader().sectionClicked.emit(Column.MADE)
    shown.settle()
    assert shown.lines()[0] == "Note on the whole article"
    settings = shown.desktop.settings
    assert (settings.get("notes_grouping"), settings.get("notes_order")) == ("none", "made")


def test_filters_narrow_and_are_cleared(shown: Shown) -> None:
    shown.type_in("notesWords", "lezen")
    assert shown.lines()[1:] == ["Note on the whole article"]
    shown.view.findChild(QPushButton, "clearFilter").click()
    shown.settle()
    shown.choose("notesColour", 3)
    assert len(shown.notes()) == 2
    shown.choose("notesTag", "geld")
    assert [row.annotation.tags for row in shown.notes()] == [("geld", "kabinet")]
    shown.type_in("notesDated", "2024")
    assert shown.view.model.rowCount() == 0
    assert shown.view._empty.isVisible()
    shown.view.findChild(QPushButton, "clear_filter").click()
    shown.settle()
    assert len(shown.notes()) == 4


def test_a_date_that_is_none_is_marked(shown: Shown) -> None:
    shown.type_in("notesMade", "ooit")
    assert shown.view.findChild(QLineEdit, "notesMade").property("wrong")
    assert len(shown.notes()) == 4


def test_enter_opens_the_passage_and_back_leads_here(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    shown.press(Qt.Key.Key_Return)
    assert shown.window.views.name == "read"
    assert shown.desktop.title() == "Groningen wil de supercomputer"
    shown.window.action_table["back"].trigger()
    assert shown.window.views.name == "notes"


def test_a_click_on_the_article_opens_the_passage(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    table = shown.view.table
    at = table.visualRect(table.model().index(table.currentIndex().row(), Column.ARTICLE)).center()
    shown.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    shown.qtbot.waitUntil(lambda: shown.window.views.name == "read")
    shown.desktop.idle()
    assert shown.desktop.title() == "Groningen wil de supercomputer"


def test_the_arrows_pass_by_headings(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    before = shown.view.table.currentIndex().row()
    shown.press(Qt.Key.Key_Down)
    assert shown.view.table.currentIndex().row() == before + 2
    shown.press(Qt.Key.Key_Up)
    assert shown.view.table.currentIndex().row() == before
    shown.press(Qt.Key.Key_Home)
    assert isinstance(shown.view.table.current_row(), NoteRow)


def test_a_note_is_written_in_place(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    shown.press(Qt.Key.Key_F2)
    editor = shown.view.card.editor
    text = editor.findChild(QPlainTextEdit, "noteText")
    assert text.hasFocus()
    shown.qtbot.keyClicks(text, "Genoeg?")
    shown.qtbot.keyClick(text, Qt.Key.Key_Escape)
    shown.settle()
    assert shown.view.table.hasFocus()
    assert [row.annotation.note for row in shown.notes() if "60" in row.annotation.quote.exact] == ["Genoeg?"]
    shown.window.action_table["undo"].trigger()
    shown.settle()
    assert editor.note == ""


def test_keys_change_all_that_are_selected_and_undo_takes_it_back(shown: Shown) -> None:
    before = [row.annotation.colour for row in shown.notes()]
    shown.view.table.setFocus()
    shown.view.table.selectAll()
    assert "4 notes selected" in shown.view.card._several.text()
    shown.press(Qt.Key.Key_5)
    assert [row.annotation.colour for row in shown.notes()] == [5, 5, 5, 5]
    assert len(shown.view.table.selected_notes()) == 4
    shown.window.action_table["undo"].trigger()
    shown.settle()
    assert [row.annotation.colour for row in shown.notes()] == before


def test_several_are_deleted_and_come_back(shown: Shown) -> None:
    shown.view.table.setFocus()
    shown.view.table.selectAll()
    shown.press(Qt.Key.Key_Delete)
    assert shown.view.model.rowCount() == 0
    assert "4 notes deleted" in shown.desktop.messages.told
    assert shown.view._empty.isVisible()
    shown.window.action_table["undo"].trigger()
    shown.settle()
    assert len(shown.notes()) == 4


def test_tags_of_several(shown: Shown) -> None:
    shown.view.table.setFocus()
    shown.view.table.selectAll()
    shown.press(Qt.Key.Key_T)
    dialog = shown.window.findChild(TagDialog)
    assert dialog.windowTitle() == "Tags of 4 notes"
    dialog.findChild(QLineEdit, "tagField").setText("nieuw")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    shown.settle()
    assert all("nieuw" in row.annotation.tags for row in shown.notes())
    assert {tag for row in shown.notes() for tag in row.annotation.tags} == {"geld", "kabinet", "nieuw"}


def test_quotes_are_copied_with_their_source(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    shown.view.table.copy()
    shown.settle()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(
        "“60 miljoen euro” (“Groningen wil de supercomputer”, 12 March 2025)\n#geld #kabinet\nleeslamp://"
    )


def test_the_chosen_notes_are_exported(shown: Shown, tmp_path: Path) -> None:
    shown.choose("notesColour", 3)
    shown.window.action_table["export_notes"].trigger()
    shown.settle()
    [dialog] = shown.window.findChildren(ExportDialog)
    scope = dialog.findChild(QComboBox, "exportScope")
    assert scope.currentText() == "2 chosen notes"
    shown.desktop.messages.answers.append(tmp_path / "uit.md")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    shown.qtbot.waitUntil(lambda: (tmp_path / "uit.md").exists())
    shown.settle()
    written = (tmp_path / "uit.md").read_text(encoding="utf-8")
    assert "60 miljoen euro" in written
    assert "Nog eens lezen" not in written


def test_a_change_elsewhere_shows_here(shown: Shown) -> None:
    [row] = [row for row in shown.notes() if row.annotation.note == "*Wie*?"]
    shown.window.parts.editing.set_note(AnnotationId(row.annotation.id), "De minister", ())
    shown.settle()
    assert "De minister" in [row.annotation.note for row in shown.notes()]


def test_the_menu_offers_it_all(shown: Shown) -> None:
    shown.go_to("60 miljoen")
    shown.view._show_menu(shown.view.mapToGlobal(shown.view.rect().center()))
    menu = next(menu for menu in shown.view.findChildren(QMenu) if menu.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:3] == ["&Go to passage", "&Edit note", "Copy as quotes with source"]
    assert words[-1] == "&Delete note"
    menu.close()


def test_an_empty_library_teaches(library_of_three: Any, qtbot: Any) -> None:
    shown = Shown(library_of_three, qtbot)
    assert shown.view._empty.isVisible()
    assert "M to write a note" in shown.view._empty._text.text()


@pytest.mark.language("nl")
@pytest.mark.parametrize("theme", ["dark", "sepia"])
def test_it_has_names_and_wears_a_theme(noted: Any, qtbot: Any, theme: str) -> None:
    shown = Shown(noted, qtbot)
    shown.window.views.set_theme(Theme.load(theme))
    assert nameless(shown.view) == []
    shown.window.resize(700, 700)
    qtbot.waitUntil(lambda: shown.view.splitter.orientation() is Qt.Orientation.Vertical)
