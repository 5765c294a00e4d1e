"""Every control has a name, can be reached by keyboard, and shows that it has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.actions import LINE

ROLES_WITHOUT_NAMES = {
    QAccessible.Role.Client,
    QAccessible.Role.Grouping,
    QAccessible.Role.Splitter,
    QAccessible.Role.ScrollBar,
    QAccessible.Role.Pane,
    QAccessible.Role.Border,
    QAccessible.Role.Separator,
}


def controls(interface: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Everything that takes the focus below this, invisible things left out; not the rows of lists."""
    if interface.state().invisible or depth > 40:
        return
    if interface.state().focusable:
        yield interface
    if interface.role() in (QAccessible.Role.List, QAccessible.Role.Table, QAccessible.Role.Tree):
        return
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from controls(child, depth + 1)


def nameless(widget: QWidget) -> list[str]:
    """Which controls have no name."""
    found = []
    for interface in controls(QAccessible.queryAccessibleInterface(widget)):
        name = interface.text(QAccessible.Text.Name).strip()
        if not name and interface.role() not in ROLES_WITHOUT_NAMES:
            thing = interface.object()
            found.append(f"{type(thing).__name__} {thing.objectName() if thing else ''} {interface.role()}")
    return found


def test_every_control_of_the_window_has_a_name(library_of_three: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    for tab in ("actors", "amounts", "dates", "notes"):
        window.parts.side.show_tab(tab)
        assert nameless(window) == []
    library_of_three.messages.warn("a.txt is empty")
    assert nameless(window) == []
    library_of_three.search("nietbestaand")
    assert nameless(window) == []


@pytest.mark.parametrize("name", ["settings", "help", "shortcuts", "about", "article_tags", "details"])
def test_every_control_of_the_dialogs_has_a_name(library_of_three: Any, name: str) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.action_table[name].trigger()
    library_of_three.idle()
    [dialog] = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert nameless(dialog) == []
    dialog.reject()


def test_icon_buttons_say_what_they_do(library_of_three: Any) -> None:
    window = library_of_three.window
    for row in window.action_table.rows:
        if row.name != LINE and not row.submenu:
            assert window.action_table[row.name].toolTip()


def test_tab_reaches_every_pane(library_of_three: Any, qtbot: Any) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window = library_of_three.window
    window.field.setFocus()
    reached = set()
    for _ in range(40):
        focus = QApplication.focusWidget()
        reached.add(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is window.field:
            break
    assert {"searchField", "resultList", "articleText", "actorList"} <= reached


def test_the_focus_can_be_seen(library_of_three: Any, qtbot: Any) -> None:
    window = library_of_three.window
    library_of_three.read("Minister bezoekt Nvidia")
    for widget in (window.field, window.results.view, window.parts.side.actors):
        if hasattr(widget, "select_key"):
            widget.setCurrentIndex(widget.lines.index(1))
        window.status._zoom.setFocus()
        widget.clearFocus()
        before = widget.grab().toImage()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert widget.grab().toImage() != before, widget.objectName()
