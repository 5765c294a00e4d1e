"""Gather what I marked: from highlights in several articles to a chapter of quotes with their sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QPlainTextEdit

from desktop.library import articles
from desktop.library.note_table import Grouping, NoteRow
from desktop.tasks import annotate
from desktop.ui.collect_dialog import CollectDialog
from desktop.ui.help_dialog import HelpDialog
from desktop.ui.related_popup import RelatedPopup
from desktop.ui.tag_dialog import TagDialog
from desktop.ui.tags_dialog import TagsDialog
from tests.ui.window_fixtures import Desktop

ARTICLES = {
    "a.txt": "date 2025-01-14 Geld voor tuibrug\n\nMinister Peter Hagen trekt 71,5 miljoen euro uit voor een "
    "tuibrug bij Zwolle. Aannemer Heijmans bouwt die.\n",
    "b.txt": "date 2025-03-15 Tuibrug duurder\n\nVolgens minister Peter Hagen en Heijmans kost de tuibrug "
    "meer. Die 71,5 miljoen euro is op.\n",
    "c.txt": "date 2025-02-02 Het veld\n\nTrainer Jan Zomer sprak met de spelers van FC Utrecht.\n",
}


def ok(dialog: QDialogButtonBox) -> None:
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()


def bring_in(desktop: Desktop, folder: Path) -> None:
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    desktop.open(folder / "library")
    desktop.bring_in([folder / name for name in ARTICLES])


def mark(desktop: Desktop, title: str, passage: str) -> None:
    session = desktop.libraries.session
    desktop.read(title)
    article = desktop.window.parts.reading.current.article.id
    start = articles.text(session.library.reader(), article).text.index(passage)
    annotate.highlight(session, article, start, start + len(passage))


def test_i_gather_my_notes_for_a_chapter(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    bring_in(desktop, tmp_path)
    mark(desktop, "Geld voor tuibrug", "71,5 miljoen euro")
    mark(desktop, "Tuibrug duurder", "kost de tuibrug meer")
    mark(desktop, "Het veld", "FC Utrecht")
    window = desktop.window

    # I look at all I marked, and write what I think of one of them.
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    view = window.views.view

    def settle() -> None:
        desktop.idle()
        desktop.qtbot.waitUntil(
            lambda: not view.reading.is_busy and not view.filters._typed.isActive(), timeout=10_000
        )
        desktop.idle()

    def notes() -> list[NoteRow]:
        rows = (view.model.row(line) for line in range(view.model.rowCount()))
        return [row for row in rows if isinstance(row, NoteRow)]

    settle()
    assert len(notes()) == 3
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Home)
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    text = view.card.editor.findChild(QPlainTextEdit, "noteText")
    QTest.keyClicks(text, "Hoeveel meer?")
    picture("my-notes")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [row.annotation.note for row in notes()] == ["Hoeveel meer?", "", ""]

    # Only those about the bridge get a tag, all at once.
    QTest.keyClicks(view.findChild(QLineEdit, "notesActor"), "")
    field = view.findChild(QLineEdit, "notesDated")
    field.setFocus()
    QTest.keyClicks(field, "2025-01..2025-03-31")
    settle()
    words = view.findChild(QLineEdit, "notesWords")
    words.setFocus()
    QTest.keyClicks(words, "m")
    settle()
    view.table.setFocus()
    view.table.selectAll()
    QTest.keyClick(view.table, Qt.Key.Key_T)
    settle()
    dialog = desktop.dialog(TagDialog)
    dialog.findChild(QLineEdit, "tagField").setText("tuibrug")
    ok(dialog)
    settle()
    view.filters.clear()
    settle()
    assert sum("tuibrug" in row.annotation.tags for row in notes()) == 2

    # I see them by tag, and copy them with their sources.
    box = view.findChild(QComboBox, "notesGrouping")
    box.setCurrentIndex(box.findData(Grouping.TAG))
    box.activated.emit(box.currentIndex())
    settle()
    picture("my-notes-by-tag")
    view.table.setFocus()
    view.table.selectAll()
    view.table.copy()
    settle()
    assert "(“Tuibrug duurder”, 15 March 2025)" in QGuiApplication.clipboard().text()

    # Enter brings me to the passage, and Back to where I was.
    QTest.keyClick(view.table, Qt.Key.Key_Home)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    desktop.idle()
    assert window.views.name == "read"
    window.action_table["back"].trigger()
    assert window.views.name == "notes"


def test_i_keep_a_story_together(desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]) -> None:
    bring_in(desktop, tmp_path)
    window = desktop.window

    # From one article I find the other one of the story, and read why it belongs to it.
    desktop.read("Geld voor tuibrug")
    window.action_table["related"].trigger()
    popup = window.findChild(RelatedPopup)
    desktop.qtbot.waitUntil(lambda: popup.list.count() == 1)
    picture("related")
    assert "71,5 miljoen euro" in popup.list.item(0).toolTip()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: desktop.title() == "Tuibrug duurder")
    desktop.idle()

    # Both go into a collection, which I look into.
    assert len(desktop.search("tuibrug")) == 2
    window.results.view.setFocus()
    window.results.view.selectAll()
    window.action_table["collect"].trigger()
    dialog = desktop.dialog(CollectDialog)
    dialog.findChild(QLineEdit, "newCollection").setText("De brug")
    ok(dialog)
    desktop.idle()
    window.action_table["collection_list"].trigger()
    desktop.idle()
    assert desktop.search("in:brug ") == ["Tuibrug duurder", "Geld voor tuibrug"]
    picture("collections")

    # The tags of the library are one list.
    window.parts.editing.change_tags(window.results.model.rows, [], ["infra", "zwolle"])
    desktop.idle()
    window.action_table["tags"].trigger()
    tags = desktop.dialog(TagsDialog)
    desktop.qtbot.waitUntil(lambda: tags.table.rowCount() == 2)
    tags.close()

    # And when I do not know how, F1 tells me.
    window.action_table["help"].trigger()
    help_window = desktop.dialog(HelpDialog)
    help_window.field.setText("collection")
    assert help_window.shown == "notes"
    help_window.close()
