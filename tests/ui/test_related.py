"""Related articles in the window: a list with reasons, from which one is opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.related_popup import RelatedPopup
from tests.ui.test_accessibility import nameless


def popup_of(desktop: Any) -> RelatedPopup:
    desktop.window.action_table["related"].trigger()
    [popup] = desktop.window.findChildren(RelatedPopup)
    desktop.qtbot.waitUntil(lambda: popup._state.text() != "Looking…")
    return popup


def test_a_related_article_is_opened_by_keyboard(desktop: Any, tmp_path: Any, qtbot: Any) -> None:
    desktop.open(tmp_path / "library")
    text = "Minister Peter Hagen en Heijmans praten over 71,5 miljoen euro voor de tuibrug."
    for name, title in (("a", "Geld voor brug"), ("b", "Brug duurder")):
        article = f"date 2025-01-08 {title}\n\n{title}. {text}\n"
        (tmp_path / f"{name}.txt").write_text(article, encoding="utf-8")
    desktop.bring_in([tmp_path / "a.txt", tmp_path / "b.txt"])
    desktop.read("Geld voor brug")
    popup = popup_of(desktop)
    assert nameless(popup) == []
    spoken = popup.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Brug duurder, 8 Jan 2025, 2 shared actors: ")
    assert "71,5 miljoen euro" in spoken
    assert "“tuibrug”" in spoken
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.title() == "Brug duurder")
    desktop.idle()


def test_without_relatives_it_says_so(library_of_three: Any, qtbot: Any) -> None:
    desktop = library_of_three
    desktop.read("Frankrijk bouwt een datacenter")
    popup = popup_of(desktop)
    assert popup._state.text().startswith("No article shares enough")
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    desktop.idle()
