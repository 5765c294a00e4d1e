"""The trash can be seen, put back from, and emptied after a question."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.library import articles
from desktop.ui.trash_dialog import TrashDialog

FIRST, SECOND = "Groningen wil de supercomputer", "Frankrijk bouwt een datacenter"


@pytest.fixture
def trash(library_of_three: Any, qtbot: Any) -> TrashDialog:
    """Return the open list of a trash with two articles; the one thrown away last is on top."""
    for title in (FIRST, SECOND):
        library_of_three.read(title)
        library_of_three.window.action_table["trash"].trigger()
        qtbot.waitUntil(lambda title=title: title not in library_of_three.titles())
        library_of_three.idle()
    library_of_three.window.action_table["show_trash"].trigger()
    library_of_three.idle()
    return library_of_three.dialog(TrashDialog)


def titles(dialog: TrashDialog) -> list[str]:
    model = dialog.rows.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def click(dialog: TrashDialog, qtbot: Any, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_the_list_says_what_was_thrown_away_and_when(trash: TrashDialog) -> None:
    assert titles(trash) == [SECOND, FIRST]
    model = trash.rows.model()
    assert model.index(0, 1).data() == "Feb 2025"
    assert model.index(0, 2).data()
    assert trash.rows.hasFocus()


def test_putting_back_and_undoing(trash: TrashDialog, library_of_three: Any, qtbot: Any) -> None:
    qtbot.keyClick(trash.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: SECOND in library_of_three.titles())
    qtbot.waitUntil(lambda: titles(trash) == [FIRST])
    library_of_three.idle()
    assert library_of_three.messages.told[-1] == "1 article restored"
    click(trash, qtbot, "undoRestore")
    qtbot.waitUntil(lambda: titles(trash) == [SECOND, FIRST])
    library_of_three.idle()


def test_deleting_for_good_asks_once_and_says_how_many(
    trash: TrashDialog, library_of_three: Any, qtbot: Any
) -> None:
    library_of_three.messages.answers = [False, True]
    qtbot.keyClick(trash.rows, Qt.Key.Key_Delete)
    library_of_three.idle()
    assert titles(trash) == [SECOND, FIRST]
    trash.rows.selectAll()
    qtbot.keyClick(trash.rows, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: titles(trash) == [])
    library_of_three.idle()
    asked = library_of_three.messages.asked
    assert asked == ["Delete 1 article permanently?", "Delete 2 articles permanently?"]
    assert articles.trashed(library_of_three.libraries.session.library.reader()) == []
    assert len(library_of_three.titles()) == 1


def test_emptying_and_the_empty_trash(trash: TrashDialog, library_of_three: Any, qtbot: Any) -> None:
    library_of_three.messages.answers = [True]
    click(trash, qtbot, "emptyTrash")
    qtbot.waitUntil(lambda: not trash.rows.isVisible())
    library_of_three.idle()
    for name in ("restoreFromTrash", "purgeFromTrash", "emptyTrash"):
        assert not trash.findChild(QPushButton, name).isEnabled()


def test_an_article_put_back_meanwhile_is_not_purged(library_of_three: Any) -> None:
    from desktop.tasks import manage

    session = library_of_three.libraries.session
    kept, gone = (one.id for one in articles.newest(session.library.reader(), 2))
    manage.trash(session, [kept, gone])
    manage.restore(session, [kept])
    assert manage.purge(session, [kept, gone]).articles == {gone}
    assert articles.get(session.library.reader(), kept).trashed_at is None
