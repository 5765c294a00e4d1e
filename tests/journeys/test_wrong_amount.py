"""An amount that is none: said so, taken back, corrected, and remembered for what comes in later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton

from desktop.ui.article_view import ArticleView
from desktop.ui.correct_dialog import CorrectDialog
from tests.ui.window_fixtures import Desktop

FIRST = (
    "date 2025-01-14 Raad stemt over zaal 300\n\nDe raad praat over 40 stoelen en 3 miljoen euro. "
    "Vorige week viel het besluit.\n"
)
LATER = "date 2025-02-03 Zaal gaat open\n\nEr staan nu 40 stoelen in de zaal, voor 5 miljoen euro.\n"


def rows(desktop: Desktop) -> list[tuple[str, str]]:
    lines = desktop.window.parts.side.amounts.list.lines.lines
    return [(line.title, line.value) for line in lines]


def caret_on(desktop: Desktop, words: str) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    place = desktop.window.parts.reading.current.version.text.index(words) + 1
    view.setFocus()
    view.select(place, place)
    return view


def test_i_see_a_wrong_amount_say_so_and_it_holds_for_what_comes_later(
    desktop: Desktop, tmp_path: Path, picture: Callable[[str], None]
) -> None:
    for name, text in (("first.txt", FIRST), ("later.txt", LATER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in([tmp_path / "first.txt"])
    desktop.window.parts.side.show_tab("amounts")
    found = rows(desktop)
    assert ("40 stoelen", "40 stoelen") in found
    assert ("3 miljoen euro", "3,000,000 EUR") in found

    # I say that it is none, and think better of it.
    QTest.keyClick(caret_on(desktop, "40 stoelen"), Qt.Key.Key_X)
    desktop.qtbot.waitUntil(lambda: ("40 stoelen", "40 stoelen") not in rows(desktop))
    desktop.idle()
    picture("wrong-amount-rejected")
    undo = desktop.window.findChild(QPushButton, "noticeAction")
    desktop.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    desktop.qtbot.waitUntil(lambda: rows(desktop) == found)
    desktop.idle()

    # I write what it is, wherever it stands.
    QTest.keyClick(caret_on(desktop, "40 stoelen"), Qt.Key.Key_C)
    [dialog] = desktop.window.findChildren(CorrectDialog)
    field = dialog.findChild(QLineEdit, "correctField")
    QTest.keyClicks(field, "ongeveer 1,2 mln euro")  # what was there is selected
    [everywhere] = [b for b in dialog.findChildren(QRadioButton) if b.objectName() == "scope_everywhere"]
    everywhere.click()
    picture("wrong-amount-corrected")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: ("40 stoelen", "≈ 1,200,000 EUR") in rows(desktop))
    desktop.idle()

    # Another article comes in with the same words.
    desktop.bring_in([tmp_path / "later.txt"])
    desktop.qtbot.waitUntil(lambda: desktop.title() == "Zaal gaat open")
    desktop.idle()
    assert ("40 stoelen", "≈ 1,200,000 EUR") in rows(desktop)
    assert desktop.search("bedrag:1,1mln..1,3mln€") == ["Zaal gaat open", "Raad stemt over zaal 300"]

    # Taking it back takes it back in both.
    desktop.window.action_table["undo"].trigger()
    desktop.qtbot.waitUntil(lambda: desktop.title() == "Raad stemt over zaal 300")
    desktop.qtbot.waitUntil(lambda: rows(desktop) == found)
    desktop.idle()
    desktop.search("")
    desktop.read("Zaal gaat open")
    assert ("40 stoelen", "40 stoelen") in rows(desktop)
