"""A new text moves notes: the window says so, and each can be looked at and settled by hand or keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.library import annotations
from desktop.model import AnchorState, Annotation
from desktop.tasks import annotate
from desktop.ui.review_dialog import ReviewDialog
from tests.ui.window_fixtures import ARTICLES

TITLE = "Minister bezoekt Nvidia"
LOST = "Nvidia levert de hardware."
KEPT = "Het kabinet reserveert 70 miljoen euro voor een AI-faciliteit."


@pytest.fixture
def changed(desktop: Any, files: list[Path], tmp_path: Path) -> Any:
    """Return a window in which a new text came in for an article with two notes."""
    desktop.open(tmp_path / "library")
    desktop.bring_in(files)
    desktop.read(TITLE)
    opened = desktop.window.parts.reading.current
    for words in (LOST, KEPT):
        start = opened.version.text.index(words)
        annotate.highlight(
            desktop.libraries.session, opened.article.id, start, start + len(words), note=f"bij {words[:6]}"
        )
    text = (
        ARTICLES["a.txt"].replace(LOST + " ", "").replace("\n\n", "\n\nEen nieuwe inleiding vooraf.\n\n", 1)
    )
    files[0].write_text(text, encoding="utf-8")
    desktop.bring_in(files[:1])
    return desktop


def notes(desktop: Any) -> dict[str, Annotation]:
    session = desktop.libraries.session
    return {one.quote.exact: one for one in annotations.all_annotations(session.library.reader())}


def open_list(desktop: Any) -> ReviewDialog:
    """Press the button of the notice."""
    notice = desktop.window.parts.notices.notice
    assert notice.action == "Check notes"
    notice.act()
    desktop.idle()
    return desktop.dialog(ReviewDialog)


def click(desktop: Any, dialog: ReviewDialog, name: str) -> None:
    desktop.qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    desktop.idle()


def test_the_notice_says_how_many_and_leads_to_the_list(changed: Any) -> None:
    assert changed.messages.told[-1] == "1 with a newer text, 1 note moved, 1 note lost its passage"
    dialog = open_list(changed)
    assert not dialog.isModal()
    assert dialog.head.text() == "2 notes to look at; 1 passage is gone"
    assert [dialog.rows.item(row).text() for row in range(2)] == [
        f"Passage gone\n“{LOST}”",
        f"Moved\n“{KEPT}”",
    ]
    assert "no longer in the text" in dialog.page.toPlainText()
    assert not dialog.findChild(QPushButton, "reviewRight").isEnabled()
    lines = changed.window.parts.side.notes
    assert any(lines.annotation(one.id) is not None for one in notes(changed).values())


def test_by_keyboard_each_is_shown_in_the_text_and_said_to_be_right(changed: Any) -> None:
    dialog = open_list(changed)
    changed.qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    changed.idle()
    moved = notes(changed)[KEPT]
    assert KEPT in dialog.page.toPlainText()
    changed.qtbot.waitUntil(lambda: changed.window.parts.pane._view.caret() == moved.start)
    changed.qtbot.keyClick(dialog.rows, Qt.Key.Key_Return)
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 1)
    assert notes(changed)[KEPT].state is AnchorState.ANCHORED
    click(changed, dialog, "reviewUndo")
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 2)
    assert notes(changed)[KEPT] == moved


def test_the_list_follows_a_change_of_theme(changed: Any) -> None:
    dialog = open_list(changed)
    changed.qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    appearance = changed.window.appearance
    before = appearance.theme
    assert before.highlight(1).name() in dialog.page.toHtml()
    appearance.choose("dark")
    try:
        assert appearance.theme.highlight(1).name() in dialog.page.toHtml()
        assert before.highlight(1).name() not in dialog.page.toHtml()
    finally:
        appearance.choose(before.name)


def test_a_lost_note_is_put_on_the_selection(changed: Any) -> None:
    dialog = open_list(changed)
    click(changed, dialog, "reviewPlace")
    assert changed.messages.told[-1] == "Select the passage in the text first"
    pane = changed.window.parts.pane
    start = pane.opened.version.text.index("Een nieuwe inleiding")
    pane._view.select(start, start + 20)
    click(changed, dialog, "reviewPlace")
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 1)
    placed = notes(changed)["Een nieuwe inleiding"]
    assert (placed.note, placed.state) == ("bij Nvidia", AnchorState.ANCHORED)


def test_a_lost_note_is_kept_on_the_article_or_deleted(changed: Any) -> None:
    dialog = open_list(changed)
    lost = notes(changed)[LOST]
    click(changed, dialog, "reviewKeep")
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 1)
    assert notes(changed)[""].note == f"> {LOST}\n\nbij Nvidia"
    click(changed, dialog, "reviewUndo")
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 2)
    assert notes(changed)[LOST] == lost
    dialog.rows.setCurrentRow(0)
    changed.qtbot.keyClick(dialog.rows, Qt.Key.Key_Delete)
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 1)
    assert LOST not in notes(changed)


def test_all_that_only_moved_are_right_at_once(changed: Any) -> None:
    dialog = open_list(changed)
    click(changed, dialog, "reviewAll")
    changed.qtbot.waitUntil(lambda: dialog.rows.count() == 1)
    assert not dialog.findChild(QPushButton, "reviewAll").isEnabled()


def test_what_happens_elsewhere_does_not_pull_the_reader_back(changed: Any) -> None:
    dialog = open_list(changed)
    changed.read("Frankrijk bouwt een datacenter")
    session = changed.libraries.session
    changed.jobs.run("x", lambda _p: annotate.set_note(session, notes(changed)[LOST].id, "anders", []))
    changed.qtbot.waitUntil(lambda: "anders" in dialog.page.toPlainText())
    changed.idle()
    assert changed.title() == "Frankrijk bouwt een datacenter"


def test_the_list_is_reached_from_the_menu_and_may_be_empty(library_of_three: Any) -> None:
    library_of_three.window.action_table["review_notes"].trigger()
    library_of_three.idle()
    dialog = library_of_three.dialog(ReviewDialog)
    assert dialog.head.text() == "Every note has its place."
    assert not dialog.findChild(QPushButton, "reviewPlace").isEnabled()
