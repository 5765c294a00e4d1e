"""Two spellings of one person become one, also in an article that comes in later; and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.ui.article_view import ArticleView
from desktop.ui.corrections_dialog import CorrectionsDialog
from desktop.ui.merge_dialog import MergeDialog
from tests.ui.window_fixtures import Desktop

FIRST = (
    "date 2025-01-14 Bezoek aan de haven\n\nWethouder Joost de Waard sprak in de haven met ondernemers. "
    "Ook Nellie Kroes was er. Volgens Joost de Waard komt er een kade bij.\n"
)
SECOND = "date 2025-01-20 Kade uitgesteld\n\nVolgens Joost de Waart komt de kade er later.\n"
LATER = "date 2025-02-03 Kade gaat door\n\nJoost de Waart opende de kade met een toespraak.\n"


def actors(desktop: Desktop) -> dict[str, str]:
    """Names in the Actors tab, with what stands below them."""
    lines = desktop.window.parts.side.actors.lines.lines
    return {line.title: " ".join(line.below) for line in lines if hasattr(line, "key")}


def caret_on(desktop: Desktop, words: str) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    desktop.window.activateWindow()
    desktop.qtbot.waitUntil(desktop.window.isActiveWindow)
    place = desktop.window.parts.reading.current.version.text.index(words) + 1
    view.setFocus()
    view.select(place, place)
    return view


def test_two_spellings_of_one_person_become_one(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND), ("later.txt", LATER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in([tmp_path / "first.txt", tmp_path / "second.txt"])
    desktop.read("Kade uitgesteld")
    desktop.window.parts.side.show_tab("actors")
    assert "Joost de Waart" in actors(desktop)
    assert desktop.search('person:"Joost de Waard"') == ["Bezoek aan de haven"]
    desktop.search("")

    # I say that he is the same as the other one, and type the beginning of that name.
    QTest.keyClick(caret_on(desktop, "Joost de Waart"), Qt.Key.Key_G)
    [dialog] = desktop.window.findChildren(MergeDialog)
    field = dialog.findChild(QLineEdit, "actorField")
    QTest.keyClicks(field, "waard")
    desktop.qtbot.waitUntil(lambda: dialog.picker.actor is not None and dialog.picker.is_settled)
    desktop.qtbot.waitUntil(lambda: dialog.picker.actor.name == "Joost de Waard")
    picture("same-as")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: "Joost de Waard" in actors(desktop))
    desktop.idle()
    assert "Joost de Waart" not in actors(desktop)
    assert "Joost de Waart" in actors(desktop)["Joost de Waard"]  # also written so
    picture("merged")

    # The search finds both, and so does an article that comes in later.
    both = {"Bezoek aan de haven", "Kade uitgesteld"}
    assert set(desktop.search('person:"Joost de Waard"')) == both
    desktop.search("")
    desktop.bring_in([tmp_path / "later.txt"])
    desktop.read("Kade gaat door")
    assert "in 3 articles" in actors(desktop)["Joost de Waard"]
    assert set(desktop.search('person:"Joost de Waard"')) == {*both, "Kade gaat door"}
    desktop.search("")

    # The list of corrections says so in words.
    desktop.window.action_table["corrections"].trigger()
    desktop.idle()
    [listed] = desktop.window.findChildren(CorrectionsDialog)
    [row] = listed.rows.lines.lines
    assert (row.title, row.value) == ("“Joost de Waart”", "is Joost de Waard")
    assert row.below == ("everywhere · 2 marks in 2 articles",)
    picture("corrections")
    listed.close()

    # Undo makes them two again, here and everywhere; doing it again makes them one.
    desktop.window.action_table["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: "Joost de Waart" in actors(desktop))
    desktop.idle()
    assert "joined" in desktop.messages.told[-1]
    assert desktop.search('person:"Joost de Waard"') == ["Bezoek aan de haven"]
    desktop.qtbot.mouseClick(desktop.window.findChild(QPushButton, "noticeAction"), Qt.MouseButton.LeftButton)
    desktop.qtbot.waitUntil(lambda: len(desktop.titles()) == 3)
    desktop.idle()
