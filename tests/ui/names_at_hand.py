"""What tests of correcting names need: to go to a name, to read what is marked, to use menus and dialogs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QPushButton,
)

from desktop.model import MentionKind
from desktop.ui.article_menu import article_menu
from desktop.ui.article_view import ArticleView
from tests.ui.window_fixtures import Desktop

ARTICLE = "Minister bezoekt Nvidia"


@pytest.fixture
def reading(library_of_three: Desktop) -> Desktop:
    """Show a window in which ARTICLE is read."""
    library_of_three.read(ARTICLE)
    return library_of_three


def marked(desktop: Desktop) -> list[tuple[str, MentionKind]]:
    mentions = desktop.window.parts.reading.current.mentions
    return [(m.text, m.kind) for m in mentions if m.amount is None and m.period is None]


def names(desktop: Desktop) -> list[str]:
    """Names of the actors in the side panel."""
    return [line.title for line in desktop.window.parts.side.actors.lines.lines if hasattr(line, "key")]


def activate(desktop: Desktop) -> None:
    """Bring the window to the front again, after a dialog."""
    desktop.window.activateWindow()
    desktop.qtbot.waitUntil(desktop.window.isActiveWindow)


def caret_on(desktop: Desktop, words: str) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    place = desktop.window.parts.reading.current.version.text.index(words) + 1
    activate(desktop)
    view.setFocus()
    view.select(place, place)
    return view


def select(desktop: Desktop, words: str) -> ArticleView:
    view = caret_on(desktop, words)
    start = desktop.window.parts.reading.current.version.text.index(words)
    view.select(start, start + len(words))
    return view


def choose_rows(desktop: Desktop, *wanted: str) -> None:
    """Choose rows of the Actors tab; the last one is the current one."""
    side = desktop.window.parts.side
    side.show_tab("actors")
    rows = side.actors
    flag = rows.selectionModel().SelectionFlag
    rows.clearSelection()
    for name in wanted:
        [index] = [
            rows.lines.index(number) for number, line in enumerate(rows.lines.lines) if line.title == name
        ]
        rows.selectionModel().setCurrentIndex(index, flag.Select)


def undo(desktop: Desktop) -> None:
    button = desktop.window.findChild(QPushButton, "noticeAction")
    desktop.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desktop.idle()


def submenu(menu: QMenu, *path: str) -> dict[str, Callable[[], None]]:
    """Return what a submenu offers; path: the words that lead to it."""
    for words in path:
        [menu] = [action.menu() for action in menu.actions() if action.text() == words]
    return {action.text(): action.trigger for action in menu.actions()}


def menu_in_text(desktop: Desktop) -> QMenu:
    pane = desktop.window.parts.pane
    return article_menu(pane, pane.mention_at_caret(), None)


def choose_in_menu(desktop: Desktop, *path: str) -> None:
    """Choose in the menu of the caret or the selection; path: the words that lead to it, and its own."""
    menu = menu_in_text(desktop)
    submenu(menu, *path[:-1])[path[-1]]()
    menu.close()


def wait_until(desktop: Desktop, is_so: Callable[[], bool]) -> None:
    """Wait until it is so, and nothing else is under way."""
    desktop.qtbot.waitUntil(is_so)
    desktop.idle()


def ok_of(dialog: QDialog) -> QPushButton:
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def dialog_of(desktop: Desktop, kind: type[QDialog]) -> QDialog:
    desktop.idle()
    [dialog] = desktop.window.findChildren(kind)
    return dialog


def field(dialog: QDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "actorField") or dialog.findChild(QLineEdit, "renameField")
    assert found is not None
    return found


def type_in(desktop: Desktop, dialog: QDialog, text: str) -> None:
    """Type, and wait until the list shows who matches."""
    field(dialog).setText(text)
    picker = getattr(dialog, "picker", None) or dialog._picker
    desktop.qtbot.waitUntil(lambda: picker.is_settled)
