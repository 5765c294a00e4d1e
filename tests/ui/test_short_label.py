"""A line that ends in dots where there is no room for it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.short_label import ShortLabel


def test_what_does_not_fit_ends_in_dots_and_is_told_by_the_pointer(qtbot: QtBot) -> None:
    label = ShortLabel()
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.setText("48 articles +7 copies")
    label.show()
    assert (label.shown, label.toolTip()) == ("48 articles +7 copies", "")
    label.resize(60, 20)
    assert label.shown.endswith("…")
    assert label.toolTip() == label.text() == "48 articles +7 copies"
    assert not label.grab().isNull()
