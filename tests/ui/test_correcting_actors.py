"""Correcting actors at the side of the text: rows, their menu, dragging; the dialogs, the card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
)

from desktop.library.links import NameOfActor
from desktop.library.owners import Reason
from desktop.model import MentionKind, RuleScope
from desktop.ui.actor_menu import ActorMenu
from desktop.ui.actor_wishes import About, Separating
from desktop.ui.actor_words import JoinedName, joined_names
from desktop.ui.hover_card import HoverCard
from desktop.ui.merge_dialog import MergeDialog
from desktop.ui.name_dialog import NameDialog
from desktop.ui.rename_dialog import RenameDialog
from desktop.ui.theme import Theme
from tests.ui.names_at_hand import (
    ARTICLE,
    caret_on,
    choose_rows,
    dialog_of,
    field,
    marked,
    menu_in_text,
    names,
    submenu,
    type_in,
    undo,
    wait_until,
)
from tests.ui.window_fixtures import Desktop

# The side panel


def test_rows_of_the_side_panel_are_merged(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia", "AMD")
    QTest.keyClick(reading.window.parts.side.actors, Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    assert dialog.picker is None
    first, _second = dialog._group.buttons()
    assert first.isChecked()
    assert first.text().startswith("AMD (")  # the row in front
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(reading, lambda: "Nvidia" not in names(reading))


def test_rows_are_chosen_by_keyboard_and_stay_where_they_are(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia")
    rows = reading.window.parts.side.actors
    caret = reading.window.parts.pane._view.caret()
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(rows.selected_keys()) == 2
    QTest.keyClick(rows, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert len(rows.selected_keys()) == 1
    assert reading.window.parts.pane._view.caret() == caret


def test_delete_says_that_rows_are_no_names_and_undo_is_at_hand(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia", "AMD")
    QTest.keyClick(reading.window.parts.side.actors, Qt.Key.Key_Delete)
    wait_until(reading, lambda: not {"Nvidia", "AMD"} & set(names(reading)))
    assert reading.messages.told[-1] == "“AMD”, “Nvidia” are no longer marked anywhere"
    undo(reading)
    assert {"Nvidia", "AMD"} < set(names(reading))


def test_the_menu_of_a_row(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia")
    rows = reading.window.parts.side.actors
    rows.menu_requested.emit((rows.current_key(), QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, ActorMenu)
    assert list(submenu(menu, "No name")) == ["In this article", "Everywhere"]
    submenu(menu, "It is…", "a place")["In this article"]()
    menu.close()
    wait_until(reading, lambda: marked(reading).count(("Nvidia", MentionKind.PLACE)) == 3)


def test_a_menu_of_a_view_says_what_it_can_without_an_article(reading: Desktop) -> None:
    actors = reading.window.parts.reading.current.actors
    one = ActorMenu(About(actors[:1]))
    assert {"No name", "It is…", "Same as…", "Rename…"} == {a.text() for a in one.actions() if a.text()}
    several = ActorMenu(About(actors[:2]))
    assert {"No names", "They are…", "Merge…"} == {a.text() for a in several.actions() if a.text()}
    wished: list[object] = []
    several.wished.connect(wished.append)
    submenu(several)["No names"]()
    assert [wish.scope for wish in wished] == [RuleScope.EVERYWHERE]
    for menu in (one, several):
        menu.deleteLater()


def test_a_row_that_is_dropped_on_another_becomes_one_with_it(reading: Desktop) -> None:
    choose_rows(reading, "AMD")
    rows = reading.window.parts.side.actors
    data = rows.model().mimeData([rows.currentIndex()])
    [target] = [number for number, line in enumerate(rows.lines.lines) if line.title == "Nvidia"]
    place = rows.visualRect(rows.lines.index(target)).center()
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(place, *how), QDragMoveEvent(place, *how)):
        QApplication.sendEvent(rows.viewport(), event)
        assert event.isAccepted()
    QApplication.sendEvent(rows.viewport(), QDropEvent(QPointF(place), *how))
    wait_until(reading, lambda: "AMD" not in names(reading))
    assert "Nvidia" in names(reading)
    assert not reading.window.findChildren(MergeDialog)  # nothing is asked, and undo is at hand
    undo(reading)
    assert "AMD" in names(reading)


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.language("nl")), "en"])
def test_every_control_has_a_name_and_its_words_fit(reading: Desktop, theme: str, language: str) -> None:
    opened = reading.window.parts.reading.current
    mention = next(m for m in opened.mentions if m.text == "AMD")
    worn = Theme.load(theme)
    dialogs = [
        NameDialog(mention, opened, worn),
        NameDialog(mention, opened, worn, is_new=True),
        MergeDialog(opened.actors[:1], worn),
        MergeDialog(opened.actors[:2], worn),
        RenameDialog(opened.actors[0], worn),
    ]
    for dialog in dialogs:
        reading.qtbot.addWidget(dialog)
        dialog.show()
        for control in [*dialog.findChildren(QLineEdit), *dialog.findChildren(QAbstractButton)]:
            assert control.accessibleName() or control.text(), control
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), button.text()
        dialog.close()


# Why


def test_reasons_in_words() -> None:
    person = MentionKind.PERSON
    found = [
        NameOfActor("Dirk Beljaarts", person, Reason.OWN, 3),
        NameOfActor("Beljaarts", person, Reason.LINK, 2, "surname", "minister"),
        NameOfActor("D. Beljaarts", person, Reason.LINK, 1, "initials", "", "Economische Zaken"),
        NameOfActor("Dirk Beljaars", person, Reason.MERGE, 1),
        NameOfActor("Beljaarts, D.", person, Reason.MERGE, 0),  # stands nowhere at present
    ]
    assert joined_names(found) == (
        JoinedName("Beljaarts", person, "surname, both are “minister”"),
        JoinedName("D. Beljaarts", person, "initials, both stand with “Economische Zaken”"),
        JoinedName("Dirk Beljaars", person, "merged by you"),
    )


def test_the_card_says_why_and_takes_apart(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "nvidia")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: "AMD" not in names(reading))
    view = caret_on(reading, "AMD")
    QTest.keyClick(view, Qt.Key.Key_I)
    card = reading.window.parts.pane.findChild(HoverCard)
    assert card.isVisible()
    assert "“AMD”: merged by you" in card.accessibleDescription()
    menu = menu_in_text(reading)
    assert list(submenu(menu, "Not the same")) == ["“AMD” (merged by you)"]
    menu.deleteLater()
    [label] = [one for one in card.findChildren(QLabel) if "href" in one.text()]
    wished: list[object] = []
    reading.window.parts.pane.actor_wished.connect(wished.append)
    label.linkActivated.emit("0")
    assert isinstance(wished[0], Separating)
    wait_until(reading, lambda: "AMD" in names(reading))
    assert reading.messages.told[-1] == "“AMD” is on its own now"
    assert not card.isVisible()


def test_the_lists_follow(reading: Desktop) -> None:
    def actors_told() -> int:
        model = reading.window.results.model
        [article] = [
            article
            for row in range(model.rowCount())
            if (hit := model.hit(row)) is not None and (article := hit.article).title == ARTICLE
        ]
        return article.actors

    before = actors_told()
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "nvidia")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    wait_until(reading, lambda: actors_told() == before - 1)


def test_the_card_waits_for_the_pointer_only_where_something_can_be_clicked(reading: Desktop) -> None:
    card = reading.window.parts.pane.findChild(HoverCard)
    assert card is not None
    view = caret_on(reading, "AMD")
    QTest.keyClick(view, Qt.Key.Key_I)
    assert card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.hovered.emit(None)
    assert not card.isVisible()
    actors = reading.window.parts.reading.current.actors
    amd, nvidia = (next(actor for actor in actors if actor.name == name) for name in ("AMD", "Nvidia"))
    reading.window.parts.naming.merge([amd, nvidia], nvidia)
    wait_until(reading, lambda: "AMD" not in names(reading))
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_I)
    assert not card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.hovered.emit(None)
    assert card.isVisible()  # the pointer may be on its way
    reading.qtbot.waitUntil(lambda: not card.isVisible())
