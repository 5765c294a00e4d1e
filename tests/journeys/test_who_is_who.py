"""Who is involved: from a name in an article to its page, its amounts and all its articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.ui.actors_model import Column
from desktop.ui.article_menu import article_menu
from tests.ui.window_fixtures import Desktop

ARTICLES = {
    "a.txt": "date 2025-01-14 Geld voor brug\n\nMinister Peter Hagen (Financiën) trekt 70 miljoen euro uit "
    "voor een brug bij Zwolle. Volgens Hagen is dat genoeg.\n",
    "b.txt": "date 2025-02-02 Het veld\n\nTrainer Jan Hagen sprak met de spelers van FC Utrecht.\n",
    "c.txt": "date 2025-03-15 Brug duurder\n\nVolgens minister Hagen komt er 60 miljoen euro "
    "bij voor Zwolle.\n",
}


def test_i_meet_a_name_and_find_out_who_it_is(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in([tmp_path / name for name in ARTICLES])
    window = desktop.window

    # I read of a minister, and ask who he is.
    desktop.read("Brug duurder")
    mention = next(one for one in window.parts.reading.current.mentions if one.text == "Hagen")
    menu = article_menu(window.parts.pane, mention, None)
    next(action for action in menu.actions() if action.text() == "Show actor").trigger()
    view = window.views.view

    def settle() -> None:
        desktop.idle()
        desktop.qtbot.waitUntil(lambda: not view.reading.is_busy and not view.page.reading.is_busy)
        desktop.idle()

    settle()
    assert view.page.findChild(QLabel, "actorName").text() == "Hagen"
    assert "60 miljoen euro" in [line.title for line in view.page.facts.lines.lines]
    picture("who-is-hagen")

    # The program is not sure who that is. I am.
    view.show_table()
    QTest.mouseClick(view.findChild(QPushButton, "showSuggestions"), Qt.MouseButton.LeftButton)
    picture("who-may-be-one")
    assert "perhaps Peter Hagen: both are “minister”" in [
        label.text() for label in view.suggestions.findChildren(QLabel)
    ]
    QTest.keyClick(view.suggestions.findChild(QPushButton, "same"), Qt.Key.Key_S)
    desktop.qtbot.waitUntil(lambda: "“Hagen” is now “Peter Hagen”" in desktop.messages.told)
    settle()

    # He is one now, with both his amounts.
    view.show_table()
    names = [view.model.index(row, Column.NAME).data() for row in range(view.model.rowCount())]
    assert "Hagen" not in names
    view.table.go_to(names.index("Peter Hagen"))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    settle()
    lines = [line.title for line in view.page.facts.lines.lines]
    assert {"70 miljoen euro", "60 miljoen euro", "Zwolle"} <= set(lines)
    picture("who-is-peter-hagen")

    # And I want to read everything about him.
    with desktop.qtbot.waitSignal(window.parts.searching.found):
        view.page.findChild(QPushButton, "searchActor").click()
    desktop.idle()
    assert sorted(desktop.titles()) == ["Brug duurder", "Geld voor brug"]
