"""The dialog for the details of articles: what it understands, and that it gives only what was changed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.model import ArticleId
from desktop.tasks.manage import DETAILS, CommonDetails
from desktop.ui.details_dialog import DetailsDialog
from tests.ui.window_fixtures import Desktop


def details(count: int = 1, *, doubtful: bool = False, **values: str | None) -> CommonDetails:
    known = {**dict.fromkeys(DETAILS, ""), "title": "Kade", "lang": "nl", **values}
    return CommonDetails(tuple(ArticleId(str(n)) for n in range(count)), known, doubtful)


def made(qtbot: QtBot, about: CommonDetails) -> DetailsDialog:
    dialog = DetailsDialog(about)
    qtbot.addWidget(dialog)
    return dialog


def field(dialog: DetailsDialog, name: str) -> QLineEdit:
    found: Any = dialog.findChild(QLineEdit, f"detail_{name}")
    return found  # type: ignore[no-any-return]


def understood(dialog: DetailsDialog) -> str:
    label: Any = dialog.findChild(QLabel, "dateUnderstood")
    return label.text()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "date", "said"),
    [
        ("12 March 2025", "2025-03-12", "12 March 2025 · a day"),
        ("12 maart 2025", "2025-03-12", "12 March 2025 · a day"),
        ("maart 2025", "2025-03", "March 2025 · a month"),
        ("2025", "2025", "2025 · a year"),
        ("2025-03-12", "2025-03-12", "12 March 2025 · a day"),
        ("2025-02-30", None, "This is not understood as a date. Write a day, a month or a year."),
        ("gisteren", None, "This is not understood as a date. Write a day, a month or a year."),
    ],
)
def test_a_date_is_typed_as_one_writes_it(qtbot: QtBot, typed: str, date: str | None, said: str) -> None:
    dialog = made(qtbot, details())
    field(dialog, "published").setText(typed)
    assert understood(dialog) == said
    assert dialog.changed() == ({"published": date} if date else {})
    assert dialog._ok.isEnabled() == (date is not None)


def test_only_what_was_changed_is_given(qtbot: QtBot) -> None:
    dialog = made(qtbot, details(published="2025-03", source="Trouw", author="A. Berg"))
    assert dialog.changed() == {}
    field(dialog, "source").setText("  De   Stentor ")
    field(dialog, "author").clear()
    field(dialog, "title").clear()
    language: Any = dialog.findChild(QComboBox, "detail_lang")
    language.setCurrentIndex(language.findData("de"))
    assert dialog.changed() == {"source": "De Stentor", "author": "", "lang": "de"}
    with qtbot.waitSignal(dialog.given) as given:
        dialog._give()
    assert given.args == [{"source": "De Stentor", "author": "", "lang": "de"}]


def test_a_date_can_be_taken_away(qtbot: QtBot) -> None:
    dialog = made(qtbot, details(published="2025-03"))
    field(dialog, "published").clear()
    assert dialog.changed() == {"published": ""}


def test_a_doubtful_date_is_confirmed_by_a_tick(qtbot: QtBot) -> None:
    dialog = made(qtbot, details(published="2025-03-12", doubtful=True))
    assert "Doubtful" in understood(dialog)
    assert dialog.changed() == {}
    tick: Any = dialog.findChild(QCheckBox, "dateIsRight")
    tick.setChecked(True)
    assert dialog.changed() == {"published": "2025-03-12"}


def test_of_several_articles_what_differs_stays_unless_it_is_typed(qtbot: QtBot) -> None:
    about = details(3, title=None, published=None, source=None, lang=None, author="ANP")
    dialog = made(qtbot, about)
    assert dialog.windowTitle() == "Details of 3 articles"
    assert dialog.findChild(QLineEdit, "detail_title") is None
    assert field(dialog, "source").placeholderText() == "various"
    assert dialog.changed() == {}
    field(dialog, "section").setText("Economie")
    field(dialog, "published").setText("2025")
    assert dialog.changed() == {"section": "Economie", "published": "2025"}


def test_one_article_tells_where_it_came_from(library_of_three: Desktop) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    library_of_three.window.action_table["details"].trigger()
    library_of_three.idle()
    [dialog] = library_of_three.window.findChildren(DetailsDialog)
    told = [label.accessibleName() for label in dialog.findChildren(QLabel)]
    assert any(name.startswith("File: ") for name in told)
    assert any(name.startswith("Length: ") for name in told)
    dialog.findChild(QPushButton, "copyReference").click()
    assert QGuiApplication.clipboard().text().startswith("“Minister bezoekt Nvidia”, ")
    dialog.reject()
