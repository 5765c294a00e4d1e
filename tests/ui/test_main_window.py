"""The window as a whole, on a real library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton, QToolButton

from desktop.ui.actions import plain_text
from desktop.ui.article_view import ArticleView
from desktop.ui.drop_area import DropArea
from desktop.ui.marks import MarkGroup
from tests.ui.window_fixtures import export


def test_an_empty_library_says_how_to_fill_it(desktop: Any, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    buttons = {button.objectName() for button in desktop.window.results.findChildren(QPushButton)}
    assert {"import_files", "import_folder", "paste_article"} <= buttons


def test_imported_articles_show_newest_first(desktop: Any, files: list[Path], tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    desktop.bring_in(files)
    assert desktop.titles() == [
        "Groningen wil de supercomputer",
        "Frankrijk bouwt een datacenter",
        "Minister bezoekt Nvidia",
    ]
    assert desktop.messages.told == ["3 articles imported"]
    assert desktop.messages.warned == []
    desktop.bring_in(files)
    assert len(desktop.titles()) == 3
    assert "3 skipped" in desktop.messages.told[-1]


def test_typing_finds_and_marks(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    window.field.setFocus()
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.keyClicks(window.field, "datacenter")
    assert library_of_three.titles() == ["Frankrijk bouwt een datacenter"]
    hit = window.results.model.hit(0)
    assert "datacenter" in [hit.snippet[start:end] for start, end in hit.marks]


def test_reading_fills_panes_and_title(library_of_three: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    assert window.parts.pane.article_id == window.parts.reading.current.article.id
    assert "Minister bezoekt Nvidia" in window.windowTitle()
    assert any("Nvidia" in str(line.title) for line in window.parts.side.actors.lines.lines)
    assert any("70 miljoen euro" in line.title for line in window.parts.side.amounts.list.lines.lines)


def test_next_and_previous_result_and_the_way_back(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    library_of_three.read("Groningen wil de supercomputer")
    window.results.view.setFocus()
    qtbot.keyClick(window.results.view, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: library_of_three.title() == "Frankrijk bouwt een datacenter")
    qtbot.keyClick(window.results.view, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: library_of_three.title() == "Groningen wil de supercomputer")
    window.action_table["back"].trigger()
    qtbot.waitUntil(lambda: library_of_three.title() == "Frankrijk bouwt een datacenter")
    assert window.results.current_article() == window.parts.reading.current.article.id
    window.action_table["forward"].trigger()
    qtbot.waitUntil(lambda: library_of_three.title() == "Groningen wil de supercomputer")
    assert not window.action_table["forward"].isEnabled()
    library_of_three.idle()


def test_highlight_undo_redo_with_the_words_of_the_step(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.parts.pane.highlight_requested.emit((30, 45, 2))
    qtbot.waitUntil(lambda: len(window.parts.reading.current.annotations) == 1)
    qtbot.waitUntil(lambda: "highlight" in window.action_table["undo"].text())
    assert window.parts.side.notes.model().rowCount() == 1
    window.action_table["undo"].trigger()
    qtbot.waitUntil(lambda: len(window.parts.reading.current.annotations) == 0)
    qtbot.waitUntil(lambda: window.action_table["redo"].isEnabled())
    window.action_table["redo"].trigger()
    qtbot.waitUntil(lambda: len(window.parts.reading.current.annotations) == 1)
    library_of_three.idle()


def test_the_list_counts_a_new_note(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    row = window.results.view.currentIndex().row()
    window.parts.pane.highlight_requested.emit((30, 45, 1))
    qtbot.waitUntil(lambda: window.results.model.hit(row).article.notes == 1)
    library_of_three.idle()


def test_deleting_goes_on_to_the_next_and_can_be_undone(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Frankrijk bouwt een datacenter")
    window = library_of_three.window
    window.results.view.setFocus()
    qtbot.keyClick(window.results.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(library_of_three.titles()) == 2)
    qtbot.waitUntil(lambda: library_of_three.title() == "Minister bezoekt Nvidia")
    library_of_three.idle()
    assert library_of_three.messages.told[-1] == "1 article deleted"
    undo = window.parts.notices.findChild(QPushButton, "noticeAction")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(library_of_three.titles()) == 3)
    library_of_three.idle()


def test_star_and_read_show_in_menu_and_list(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Frankrijk bouwt een datacenter")
    window = library_of_three.window
    row = window.results.view.currentIndex().row()
    window.action_table["star"].trigger()
    qtbot.waitUntil(lambda: window.results.model.hit(row).article.starred)
    window.action_table["read"].trigger()
    qtbot.waitUntil(lambda: window.results.model.hit(row).article.read_at is not None)
    qtbot.waitUntil(
        lambda: window.action_table["read"].isChecked() and window.action_table["star"].isChecked()
    )
    library_of_three.idle()


def test_an_article_that_stays_open_counts_as_read(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    window.parts.reading._dwell.setInterval(20)
    library_of_three.read("Frankrijk bouwt een datacenter")
    qtbot.waitUntil(lambda: window.action_table["read"].isChecked())
    library_of_three.idle()


def test_a_bad_query_is_told_in_a_line_and_still_searched(library_of_three: Any) -> None:
    titles = library_of_three.search("date:gisteren datacenter")
    message = library_of_three.window.results.findChild(QLabel, "searchMessage")
    assert message.isVisible()
    assert "gisteren" in message.text()
    assert titles == []
    assert library_of_three.search("datacenter") == ["Frankrijk bouwt een datacenter"]
    assert not message.isVisible()


def test_nothing_found_offers_the_query_without_a_condition(library_of_three: Any, qtbot: Any) -> None:
    assert library_of_three.search("date:2019 datacenter") == []
    window = library_of_three.window
    [offer] = [
        button
        for button in window.results.findChildren(QPushButton)
        if button.objectName() == "query:datacenter"
    ]
    with qtbot.waitSignal(window.parts.searching.found):
        qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert window.field.text() == "datacenter"
    assert library_of_three.titles() == ["Frankrijk bouwt een datacenter"]


def test_dropped_files_come_in(desktop: Any, files: list[Path], tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    window = desktop.window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), *held))
    hint = window.findChild(DropArea)
    assert hint.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPoint(300, 300), *held))
    assert not hint.isVisible()
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 3, timeout=20_000)
    desktop.idle()


def test_pasting_makes_an_article_and_opens_it(desktop: Any, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    QGuiApplication.clipboard().setText("date 2025-04 Geplakt artikel\n\nEen tekst over stroom in Assen.\n")
    desktop.window.action_table["paste_article"].trigger()
    desktop.qtbot.waitUntil(lambda: desktop.title() == "Geplakt artikel", timeout=20_000)
    desktop.idle()
    QGuiApplication.clipboard().setText("  ")
    desktop.window.action_table["paste_article"].trigger()
    assert desktop.messages.told[-1] == "The clipboard holds no text"


def test_a_bad_file_is_named_while_the_rest_comes_in(desktop: Any, files: list[Path], tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    bad = files[0].parent / "leeg.txt"
    bad.write_text("", encoding="utf-8")
    desktop.bring_in([files[0].parent])
    assert len(desktop.titles()) == 3
    [warning] = desktop.messages.warned
    assert "leeg.txt" in warning


def test_choosing_files_imports_them_and_remembers_the_folder(
    desktop: Any, files: list[Path], tmp_path: Path
) -> None:
    desktop.open(tmp_path / "library")
    desktop.messages.answers = [files[:2]]
    desktop.window.action_table["import_files"].trigger()
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 2, timeout=20_000)
    desktop.idle()
    assert desktop.settings.get("last_folder") == str(files[0].parent)


def test_notes_are_exported_to_a_file(library_of_three: Any, qtbot: Any, tmp_path: Path) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.parts.pane.highlight_requested.emit((25, 60, 1))
    qtbot.waitUntil(lambda: len(window.parts.reading.current.annotations) == 1)
    library_of_three.idle()
    target = tmp_path / "out"
    export(library_of_three, target)
    written = target.with_suffix(".md").read_text(encoding="utf-8")
    assert window.parts.reading.current.annotations[0].quote.exact in written
    assert library_of_three.messages.told[-1] == "Notes written to out.md"


def test_switching_libraries_and_back(library_of_three: Any, tmp_path: Path) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    library_of_three.open(tmp_path / "other")
    assert library_of_three.titles() == []
    assert library_of_three.title() == ""
    assert not library_of_three.window.action_table["star"].isEnabled()
    library_of_three.open(tmp_path / "library")
    assert len(library_of_three.titles()) == 3
    recent = [path.name for path in library_of_three.libraries.recent()]
    assert recent == ["library", "other"]


def test_a_library_that_cannot_be_opened_is_told_and_the_old_one_stays(
    library_of_three: Any, tmp_path: Path
) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    library_of_three.libraries.open(strange, create=False)
    library_of_three.idle()
    [warning] = library_of_three.messages.warned
    assert "strange" in warning
    assert len(library_of_three.titles()) == 3


def test_a_link_opens_its_article(library_of_three: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    library_of_three.window.action_table["copy_link"].trigger()
    link = QGuiApplication.clipboard().text()
    library_of_three.read("Groningen wil de supercomputer")
    library_of_three.window.parts.article_desk.take_in([link])
    library_of_three.qtbot.waitUntil(lambda: library_of_three.title() == "Minister bezoekt Nvidia")
    library_of_three.idle()


def test_a_note_that_is_being_written_is_stored_when_the_window_closes(
    library_of_three: Any, qtbot: Any, tmp_path: Path
) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    article = window.parts.reading.current.article.id
    window.parts.pane.highlight_requested.emit((25, 60, 1))
    window.close()  # at once: the highlight has only just been asked for
    library_of_three.libraries.close()
    assert library_of_three.jobs.shutdown(10)

    from desktop.library import annotations
    from desktop.tasks.session import Session

    session = Session.open(tmp_path / "library")
    assert len(annotations.of_article(session.library.reader(), article)) == 1
    session.close()


def test_single_keys_do_nothing_while_typing_a_query(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.field.setFocus()
    qtbot.keyClicks(window.field, "jksu1")
    assert window.field.text() == "jksu1"
    library_of_three.idle()
    assert library_of_three.title() == "Minister bezoekt Nvidia"
    assert not window.parts.reading.current.article.starred


def test_f6_goes_round_the_panes(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    library_of_three.read("Minister bezoekt Nvidia")
    window.field.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget().objectName())
    assert seen == ["resultList", "articleText", "actorList", "searchField"]
    qtbot.keyClick(window.field, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().objectName() == "actorList"


def test_marks_follow_menu_and_settings(library_of_three: Any) -> None:
    window = library_of_three.window
    window.action_table["mark_amount"].trigger()
    assert library_of_three.settings.get("mark_amount") is False
    assert not window.parts.pane.shows_group(MarkGroup.AMOUNT)
    window.action_table["mark_amount"].trigger()
    assert window.parts.pane.shows_group(MarkGroup.AMOUNT)


def test_each_article_keeps_its_own_zoom(library_of_three: Any) -> None:
    window = library_of_three.window
    library_of_three.read("Minister bezoekt Nvidia")
    size = window.parts.pane.findChild(ArticleView).font().pointSizeF()
    window.action_table["zoom_in"].trigger()
    assert "110" in window.status._zoom.text()
    library_of_three.read("Frankrijk bouwt een datacenter")
    assert "100" in window.status._zoom.text()
    assert window.parts.pane.findChild(ArticleView).font().pointSizeF() == size
    library_of_three.read("Minister bezoekt Nvidia")
    assert "110" in window.status._zoom.text()
    assert window.parts.pane.findChild(ArticleView).font().pointSizeF() == pytest.approx(1.1 * size)
    window.action_table["zoom_reset"].trigger()
    assert library_of_three.settings.get("zooms") == {}


def test_geometry_splitter_and_tab_are_remembered(desktop: Any, tmp_path: Path) -> None:
    desktop.window.parts.side.setCurrentIndex(2)
    desktop.window.close()
    assert desktop.settings.get("side_tab") == 2
    assert desktop.settings.get("geometry")
    assert desktop.settings.get("splitter")


def test_every_action_does_something(desktop: Any) -> None:
    idle = [
        action.objectName()
        for action in desktop.window.action_table
        if not action.receivers("2triggered(bool)")
    ]
    assert idle == []


@pytest.mark.parametrize("name", ["settings", "help", "shortcuts", "about"])
def test_dialogs_open_once_and_close(desktop: Any, name: str) -> None:
    desktop.window.action_table[name].trigger()
    desktop.window.action_table[name].trigger()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    [dialog] = [widget for widget in shown if widget is not desktop.window]
    dialog.reject()
    desktop.qtbot.waitUntil(lambda: not any(w.objectName() == dialog.objectName() for w in _shown(desktop)))


def _shown(desktop: Any) -> list[Any]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_known_names_and_tags_complete_a_query(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    offered = window.field.findChild(QListView)
    qtbot.keyClicks(window.field, "actor:belj")
    qtbot.waitUntil(lambda: offered.isVisible() and "Beljaarts" in offered.model().index(0, 0).data())
    qtbot.keyClick(window.field, Qt.Key.Key_Tab)
    assert "Beljaarts" in window.field.text()
    qtbot.waitUntil(lambda: library_of_three.titles() == ["Minister bezoekt Nvidia"])
    library_of_three.idle()


@pytest.mark.parametrize("where", ["results", "text", "side"])
def test_mouse_buttons_go_back_and_forward(library_of_three: Any, qtbot: Any, where: str) -> None:
    library_of_three.read("Groningen wil de supercomputer")
    library_of_three.read("Frankrijk bouwt een datacenter")
    window = library_of_three.window
    under = {
        "results": window.results.view.viewport(),
        "text": window.parts.pane.focusProxy().viewport(),
        "side": window.parts.side.actors.viewport(),
    }[where]
    qtbot.mouseClick(under, Qt.MouseButton.BackButton)
    qtbot.waitUntil(lambda: library_of_three.title() == "Groningen wil de supercomputer")
    qtbot.mouseClick(under, Qt.MouseButton.ForwardButton)
    qtbot.waitUntil(lambda: library_of_three.title() == "Frankrijk bouwt een datacenter")
    library_of_three.idle()


def test_lists_fill_their_panes_to_the_edge(library_of_three: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    for view in (window.results.view, window.parts.side.actors):
        assert view.viewport().geometry().topLeft() == QPoint(0, 0)


def test_the_focus_waits_at_the_list_until_the_reader_moves_it(
    desktop: Any, files: list[Path], tmp_path: Path
) -> None:
    window = desktop.window
    assert window.focusWidget() is window.results
    desktop.open(tmp_path / "library")
    assert window.focusWidget() is window.results
    desktop.bring_in(files)
    assert window.focusWidget() is window.results.view
    desktop.search("nergens")
    assert window.focusWidget() is window.results


def test_who_types_already_keeps_the_focus(desktop: Any, files: list[Path], tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    desktop.window.field.setFocus()
    desktop.bring_in(files)
    assert desktop.window.focusWidget() is desktop.window.field


def test_every_part_of_a_query_that_is_not_understood_is_named(library_of_three: Any) -> None:
    library_of_three.search('stroom bedrag:veel datum:"ooit"')
    words = library_of_three.window.results.findChild(QLabel, "searchMessage").text().split("\n")
    assert len(words) == 2
    assert "veel" in words[0] + words[1]
    assert "ooit" in words[0] + words[1]


def test_a_note_in_the_panel_has_a_menu(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.parts.pane.highlight_requested.emit((30, 45, 2))
    qtbot.waitUntil(lambda: window.parts.side.notes.model().rowCount() == 1)
    note = window.parts.reading.current.annotations[0]
    chosen = _note_menu(window)
    chosen["Copy quote"].trigger()
    assert QGuiApplication.clipboard().text() == note.quote.exact
    chosen["Copy link to note"].trigger()
    assert QGuiApplication.clipboard().text() == f"leeslamp://article/{note.article}?a={note.id}"
    chosen["Colour"].menu().actions()[3].trigger()
    qtbot.waitUntil(lambda: window.parts.reading.current.annotations[0].colour == 4)
    _note_menu(window)["Delete note"].trigger()
    qtbot.waitUntil(lambda: window.parts.reading.current.annotations == ())
    library_of_three.idle()
    assert library_of_three.messages.told[-1] == "Note deleted"


def _note_menu(window: Any) -> dict[str, Any]:
    notes = window.parts.side.notes
    notes.menu_requested.emit((notes.model().lines[0].key, QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    return {plain_text(action.text()): action for action in menu.actions() if action.text()}


def test_a_notice_that_stays_covers_no_text(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    bar, pane = window.parts.notices, window.parts.pane

    def foot() -> int:
        return pane.mapTo(window, pane.rect().bottomLeft()).y()

    before = foot()
    library_of_three.messages.tell("Voorbeelden", stays=True)
    qtbot.waitUntil(lambda: foot() < bar.y())
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: bar.y() - 30 < foot() < bar.y())
    window.resize(1200, 800)
    qtbot.mouseClick(bar.findChild(QToolButton, "noticeClose"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: foot() == before)


def test_the_order_by_notes_follows_each_note_and_its_undoing(library_of_three: Any) -> None:
    window = library_of_three.window
    window.results.sort_actions[3].trigger()
    library_of_three.idle()
    before = library_of_three.titles()
    library_of_three.read(before[2])
    window.parts.editing.highlight(window.parts.reading.current.article.id, 0, 5, 1)
    library_of_three.idle()
    assert library_of_three.titles() == [before[2], before[0], before[1]]
    assert library_of_three.title() == before[2]
    window.action_table["undo"].trigger()
    library_of_three.idle()
    assert library_of_three.titles() == before
