"""Correcting amounts and dates in the window: keys, menus, the dialog, the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
)

from desktop.model import Condition, Mention, MentionKind, Rule, RuleId, RuleKind, RuleScope
from desktop.tasks.corrections import Correction
from desktop.tasks.read import OpenedArticle
from desktop.ui.article_menu import article_menu
from desktop.ui.article_view import ArticleView
from desktop.ui.correct_dialog import CorrectDialog
from desktop.ui.corrections_dialog import CorrectionsDialog
from desktop.ui.theme import Theme
from tests.ui.window_fixtures import Desktop

ARTICLE = "Minister bezoekt Nvidia"


@pytest.fixture
def reading(library_of_three: Desktop) -> Desktop:
    library_of_three.read(ARTICLE)
    return library_of_three


def values(desktop: Desktop) -> list[str]:
    mentions = desktop.window.parts.reading.current.mentions
    return [m.text for m in mentions if m.amount is not None or m.period is not None]


def caret_on(desktop: Desktop, words: str) -> ArticleView:
    view = desktop.window.parts.pane.findChild(ArticleView)
    assert view is not None
    place = desktop.window.parts.reading.current.version.text.index(words) + 1
    view.setFocus()
    view.select(place, place)
    return view


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_X])
def test_a_key_says_that_it_is_no_amount_and_undo_is_at_hand(reading: Desktop, key: Qt.Key) -> None:
    QTest.keyClick(caret_on(reading, "70 miljoen"), key)
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" not in values(reading))
    reading.idle()
    assert reading.messages.told[-1] == "“70 miljoen euro” is no longer marked here"
    side = reading.window.parts.side
    assert [row.title for row in side.amounts.list.lines.lines] == ["ruim 200 miljoen euro"]
    reading.qtbot.mouseClick(reading.window.findChild(QPushButton, "noticeAction"), Qt.MouseButton.LeftButton)
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" in values(reading))
    reading.idle()
    assert len(reading.titles()) == 3  # the same key deletes no article here


def test_where_there_is_no_amount_the_keys_say_what_they_need(reading: Desktop) -> None:
    view = caret_on(reading, "over ruim")
    for key in (Qt.Key.Key_X, Qt.Key.Key_C):
        QTest.keyClick(view, key)
        assert reading.messages.told[-1] == "Go to an amount, a date or a name first"
    QTest.keyClick(view, Qt.Key.Key_Delete)
    reading.idle()
    assert len(values(reading)) == 3


def test_a_highlight_goes_before_the_amount_it_is_on(reading: Desktop) -> None:
    view = caret_on(reading, "70 miljoen")
    start = reading.window.parts.reading.current.version.text.index("70 miljoen")
    view.select(start, start + 10)
    QTest.keyClick(view, Qt.Key.Key_2)
    reading.qtbot.waitUntil(lambda: len(reading.window.parts.reading.current.annotations) == 1)
    reading.idle()
    QTest.keyClick(caret_on(reading, "70 miljoen"), Qt.Key.Key_Delete)
    reading.qtbot.waitUntil(lambda: reading.window.parts.reading.current.annotations == ())
    reading.idle()
    assert "70 miljoen euro" in values(reading)


def test_rows_at_the_side_are_rejected_and_corrected_by_key(reading: Desktop) -> None:
    side = reading.window.parts.side
    for tab, row in (("amounts", "70 miljoen euro"), ("dates", "8 januari")):
        side.show_tab(tab)
        rows = side.list_in_front()
        [key] = [line.key for line in rows.lines.lines if line.title == row]
        rows.select_key(key)
        QTest.keyClick(rows, Qt.Key.Key_F2)
        [dialog] = reading.window.findChildren(CorrectDialog)
        dialog.close()
        reading.qtbot.waitUntil(lambda: not reading.window.findChildren(CorrectDialog))
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        reading.qtbot.waitUntil(lambda row=row: row not in values(reading))
        reading.idle()
    assert values(reading) == ["ruim 200 miljoen euro"]


def submenu(menu: QMenu, words: str) -> dict[str, Callable[[], None]]:
    [found] = [action.menu() for action in menu.actions() if action.text() == words]
    return {action.text(): action.trigger for action in found.actions()}


def test_the_menus_of_text_and_side_offer_the_same(reading: Desktop) -> None:
    parts = reading.window.parts
    caret_on(reading, "70 miljoen")
    in_text = article_menu(parts.pane, parts.pane.mention_at_caret(), None)
    assert list(submenu(in_text, "Not an amount")) == ["Here", "In this article", "Everywhere"]
    in_text.deleteLater()
    parts.side.show_tab("amounts")
    key = parts.side.amounts.list.lines.lines[0].key
    parts.side.amounts.list.menu_requested.emit((key, QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    submenu(menu, "Not an amount")["Everywhere"]()
    menu.close()
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" not in values(reading))
    reading.idle()
    assert "anywhere" in reading.messages.told[-1]


def test_an_order_that_was_chosen_is_kept(reading: Desktop) -> None:
    side = reading.window.parts.side
    for panel, name, order in ((side.amounts, "amounts", "value"), (side.dates, "dates", "time")):
        panel._choices[order].trigger()
        assert reading.settings.get(f"{name}_order") == order


# The dialog


def open_dialog(desktop: Desktop, words: str) -> CorrectDialog:
    QTest.keyClick(caret_on(desktop, words), Qt.Key.Key_C)
    [dialog] = desktop.window.findChildren(CorrectDialog)
    return dialog


def shown(dialog: CorrectDialog) -> tuple[str, str]:
    value, more = dialog.findChild(QLabel, "correctValue"), dialog.findChild(QLabel, "correctMore")
    assert value is not None
    assert more is not None
    return value.text(), more.text()


def test_what_is_typed_is_understood_at_once(reading: Desktop) -> None:
    dialog = open_dialog(reading, "70 miljoen")
    field = dialog.findChild(QLineEdit, "correctField")
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert field is not None
    assert field.text() == "70 miljoen euro"
    assert shown(dialog) == ("70,000,000 EUR", "money")
    field.setText("1,2 mld dollar")
    assert shown(dialog)[0] == "1,200,000,000 USD"
    assert shown(dialog)[1].startswith("money · € 1.")
    field.setText("40 landen")
    assert shown(dialog) == ("40 landen", "count")
    for nothing in ("veel", "", "3 euro en 4 landen"):
        field.setText(nothing)
        assert not ok.isEnabled()
        assert shown(dialog)[1].startswith("Write it as in: ")
    field.setText("75 miljoen euro")
    QTest.keyClick(field, Qt.Key.Key_Return)
    reading.qtbot.waitUntil(
        lambda: reading.messages.told[-1:] == ["“70 miljoen euro” now means 75,000,000 EUR"]
    )
    reading.idle()
    [first, _second] = reading.window.parts.side.amounts.list.lines.lines
    assert (first.title, first.value) == ("70 miljoen euro", "75,000,000 EUR")


def test_a_date_is_corrected_against_the_date_of_the_article(reading: Desktop) -> None:
    dialog = open_dialog(reading, "8 januari")
    names = [button.objectName() for button in dialog.findChildren(QRadioButton)]
    assert names == ["scope_here", "scope_article"]  # one day for all articles would be false
    field = dialog.findChild(QLineEdit, "correctField")
    assert field is not None
    field.setText("vorige week")
    assert shown(dialog)[1] == "date · 30 Dec 2024 – 5 Jan 2025"
    QTest.keyClick(field, Qt.Key.Key_Return)
    reading.idle()
    date = next(m for m in reading.window.parts.reading.current.mentions if m.kind is MentionKind.DATE)
    assert date.period is not None
    assert date.period.value == "2025-W01"


def test_the_dialog_can_also_say_that_it_is_none(reading: Desktop) -> None:
    dialog = open_dialog(reading, "70 miljoen")
    for button in dialog.findChildren(QRadioButton):
        if button.objectName() == "scope_everywhere":
            button.click()
    none = dialog.findChild(QAbstractButton, "notAnAmount")
    assert none is not None
    none.click()
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" not in values(reading))
    reading.idle()
    assert "anywhere" in reading.messages.told[-1]


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_every_control_of_the_dialogs_has_a_name(
    reading: Desktop, name: str, opened_article: Callable[..., OpenedArticle], qtbot: Any
) -> None:
    opened = reading.window.parts.reading.current
    mention: Mention = next(m for m in opened.mentions if m.amount is not None)
    for dialog in (CorrectDialog(mention, opened, Theme.load(name)), CorrectionsDialog(Theme.load(name))):
        qtbot.addWidget(dialog)
        for control in [*dialog.findChildren(QLineEdit), *dialog.findChildren(QAbstractButton)]:
            assert control.accessibleName() or control.text(), control
        assert not dialog.grab().isNull()


# The list


def test_the_list_says_what_holds_and_takes_it_back(reading: Desktop) -> None:
    actions = reading.window.action_table
    actions["corrections"].trigger()
    reading.idle()
    [dialog] = reading.window.findChildren(CorrectionsDialog)
    assert dialog.rows.lines.rowCount() == 0
    caret_on(reading, "70 miljoen")
    actions["reject_value"].trigger()
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 1)
    reading.idle()
    [row] = dialog.rows.lines.lines
    assert (row.title, row.value) == ("“70 miljoen euro”", "not an amount")
    assert row.below == (f"at one place in “{ARTICLE}” · 1 mark",)
    take_back, undo = dialog.findChild(QPushButton, "takeBack"), dialog.findChild(QPushButton, "undoTakeBack")
    assert take_back is not None
    assert undo is not None
    take_back.click()
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" in values(reading))
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 0)
    reading.idle()
    assert reading.messages.told[-1] == "1 correction taken back"
    undo.click()
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" not in values(reading))
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 1)
    reading.idle()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Delete)
    reading.qtbot.waitUntil(lambda: "70 miljoen euro" in values(reading))
    reading.idle()
    dialog.close()


# The card


def test_the_card_never_covers_the_word(reading: Desktop) -> None:
    pane = reading.window.parts.pane
    for height in (800, 420, 300):
        reading.window.resize(900, height)
        reading.idle()
        for words in ("70 miljoen", "ruim 200", "8 januari"):
            view = caret_on(reading, words)
            view.reveal(view.caret())
            QTest.keyClick(view, Qt.Key.Key_I)
            mention, area = pane.mention_at_caret(), pane._area
            assert mention is not None
            assert area.card.isVisible()
            assert not area.card.geometry().intersects(area._passage_rect(mention.start, mention.end))
            area.hide_floating()


# A file, and many of them


def corrections_of(desktop: Desktop) -> CorrectionsDialog:
    desktop.window.action_table["corrections"].trigger()
    desktop.idle()
    [dialog] = desktop.window.findChildren(CorrectionsDialog)
    return dialog


def test_corrections_are_carried_in_a_file(reading: Desktop, tmp_path: Path) -> None:
    actions = reading.window.action_table
    for words in ("70 miljoen", "AMD"):
        caret_on(reading, words)
        actions["reject_value"].trigger()
        reading.idle()
    dialog = corrections_of(reading)
    assert [(row.title, row.value) for row in dialog.rows.lines.lines] == [
        ("“AMD”", "no name"),
        ("“70 miljoen euro”", "not an amount"),
    ]
    export, take_in = (dialog.findChild(QPushButton, f"{name}Corrections") for name in ("export", "import"))
    assert export is not None
    assert take_in is not None
    path = tmp_path / "mine.leeslamp-corrections"
    reading.messages.answers = [None, path.with_suffix("")]
    export.click()  # changed their mind
    assert not path.exists()
    export.click()
    reading.qtbot.waitUntil(path.exists)
    reading.idle()
    assert reading.messages.told[-1] == "2 corrections written to mine.leeslamp-corrections"
    news = dialog.findChild(QLabel, "correctionNews")
    assert news is not None
    reading.messages.answers = [path]
    take_in.click()
    reading.idle()
    assert news.text() == "0 corrections taken in, 2 were here already"
    dialog.rows.selectAll()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Delete)
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 0)
    reading.idle()
    assert reading.messages.told[-1] == "2 corrections taken back"
    assert not export.isEnabled()
    reading.messages.answers = [path]
    take_in.click()
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 2)
    reading.idle()
    assert news.text() == "2 corrections taken in"
    assert "70 miljoen euro" not in values(reading)
    undo = dialog.findChild(QPushButton, "undoTakeBack")
    assert undo is not None
    undo.click()
    reading.qtbot.waitUntil(lambda: dialog.rows.lines.rowCount() == 0)
    reading.idle()
    dialog.close()


CORRECTIONS = """{
 "format": "leeslamp-corrections",
 "version": 1,
 "rules": [{"id": "r1", "kind": "ignore", "condition": {"name": "Nvidia", "kind": "organisation"}}]
}
"""


@pytest.mark.parametrize("name", ["from a colleague.leeslamp-corrections", "older.json"])
def test_corrections_that_are_opened_like_articles_are_offered(
    reading: Desktop, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(CORRECTIONS, encoding="utf-8")
    desk = reading.window.parts.article_desk
    reading.messages.answers = [False, True]
    desk.take_in([str(path)])
    reading.qtbot.waitUntil(lambda: len(reading.messages.asked) == 1)
    assert reading.messages.asked[-1] == f"Take in the corrections in {name}?"
    reading.idle()
    assert reading.messages.told == []  # changed their mind, and no article was looked for in it
    reading.window.parts.drop.dropped.emit([path])
    reading.qtbot.waitUntil(lambda: bool(reading.messages.told))
    assert reading.messages.told[-1] == "1 correction taken in"
    reading.idle()
    assert reading.messages.warned == []


def test_other_json_among_articles_is_no_correction(
    reading: Desktop, files: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"title": "leeslamp-corrections"}', encoding="utf-8")
    reading.window.parts.importing.bring_in([other, tmp_path / "gone.json"])
    reading.qtbot.waitUntil(lambda: len(reading.messages.warned) == 1)
    reading.idle()
    assert reading.messages.asked == []
    assert "2 could not be read" in reading.messages.warned[0]


def test_a_file_that_holds_no_corrections_gives_one_clear_message(reading: Desktop, tmp_path: Path) -> None:
    dialog = corrections_of(reading)
    path = tmp_path / "letter.json"
    path.write_text("Dear madam,", encoding="utf-8")
    reading.messages.answers = [path]
    take_in = dialog.findChild(QPushButton, "importCorrections")
    assert take_in is not None
    take_in.click()
    reading.qtbot.waitUntil(lambda: len(reading.messages.warned) == 1)
    reading.idle()
    assert reading.messages.warned[0].startswith(f"{path}: not a file with corrections")
    news, undo = dialog.findChild(QLabel, "correctionNews"), dialog.findChild(QPushButton, "undoTakeBack")
    assert news is not None
    assert undo is not None
    assert news.text() == reading.messages.warned[0]
    assert not undo.isEnabled()
    dialog.close()


def correction(number: int, kind: RuleKind, words: str, **more: Any) -> Correction:
    condition = Condition(words, MentionKind.PERSON)
    rule = Rule(RuleId(str(number)), kind, condition, created_at="2025-01-01T10:00", **more)
    return Correction(rule, RuleScope.EVERYWHERE, "", 2, 1)


def test_many_corrections_are_searched(qtbot: Any) -> None:
    organisation = MentionKind.ORGANISATION
    found = [
        correction(1, RuleKind.MERGE, "Jansen", name="Anna Jansen", to_kind=MentionKind.PERSON),
        correction(2, RuleKind.IGNORE, "Beide"),
        correction(3, RuleKind.RETYPE, "Meta", to_kind=organisation),
        correction(4, RuleKind.RETYPE, "Meta", name="Meta Platforms", to_kind=organisation),
        correction(5, RuleKind.RENAME, "EZ", name="Economische Zaken"),
        correction(6, RuleKind.SPLIT, "Bos"),
        correction(7, RuleKind.SPLIT, "Bos", name="Wouter Bos"),
        correction(8, RuleKind.ADD, "de club", to_kind=organisation),
        correction(9, RuleKind.ADD, "de club", name="Ajax", to_kind=organisation),
    ]
    dialog = CorrectionsDialog(Theme.load("light"))
    qtbot.addWidget(dialog)
    dialog.show_corrections(found)
    assert [row.value for row in dialog.rows.lines.lines] == [
        "is Anna Jansen",
        "no name",
        "is an organisation",
        "is Meta Platforms",
        "is called Economische Zaken",
        "on its own",
        "is Wouter Bos",
        "is an organisation",
        "is Ajax",
    ]
    field = dialog.findChild(QLineEdit, "correctionFilter")
    assert field is not None
    assert not field.isHidden()
    field.setText("BOS wouter")
    assert [row.key for row in dialog.rows.lines.lines] == ["7"]
    asked: list[object] = []
    dialog.restore_requested.connect(asked.append)
    take_back = dialog.findChild(QPushButton, "takeBack")
    assert take_back is not None
    take_back.click()
    field.setText("zzz")
    assert not take_back.isEnabled()
    field.clear()
    dialog.rows.selectAll()
    assert take_back.text() == "Take back (9)"
    take_back.click()
    assert [sorted(keys) for keys in asked] == [["7"], list("123456789")]
    dialog.show_corrections(found[:3])
    assert field.isHidden()
