"""Correcting names in the window: keys, menus, dialogs, the side panel, the card."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
)

from desktop.library.links import NameOfActor
from desktop.library.owners import Reason
from desktop.model import MentionKind, RuleScope
from desktop.ui.actor_menu import ActorMenu
from desktop.ui.actor_wishes import About, Separating
from desktop.ui.article_menu import article_menu
from desktop.ui.article_view import ArticleView
from desktop.ui.hover_card import HoverCard
from desktop.ui.merge_dialog import MergeDialog
from desktop.ui.name_dialog import NameDialog
from desktop.ui.name_reasons import JoinedName, joined_names
from desktop.ui.rename_dialog import RenameDialog
from desktop.ui.selection_bar import SelectionBar
from desktop.ui.theme import Theme
from tests.ui.window_fixtures import Desktop

ARTICLE = "Minister bezoekt Nvidia"


@pytest.fixture
def reading(library_of_three: Desktop) -> Desktop:
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


# In the text


@pytest.mark.parametrize("key", [Qt.Key.Key_X, Qt.Key.Key_Delete])
def test_a_key_says_that_it_is_no_name_here(reading: Desktop, key: Qt.Key) -> None:
    assert [text for text, _kind in marked(reading)].count("Nvidia") == 3
    QTest.keyClick(caret_on(reading, "Nvidia in Silicon"), key)
    reading.qtbot.waitUntil(lambda: [text for text, _kind in marked(reading)].count("Nvidia") == 2)
    reading.idle()
    assert reading.messages.told[-1] == "“Nvidia” is no longer marked here"
    undo(reading)
    assert [text for text, _kind in marked(reading)].count("Nvidia") == 3
    assert len(reading.titles()) == 3


@pytest.mark.parametrize(("scope", "word"), [("In this article", "article"), ("Everywhere", "anywhere")])
def test_the_menu_says_that_it_is_no_name(reading: Desktop, scope: str, word: str) -> None:
    caret_on(reading, "AMD")
    menu = menu_in_text(reading)
    offered = submenu(menu, "No name")
    assert list(offered) == ["Here", "In this article", "Everywhere"]
    offered[scope]()
    menu.close()
    reading.qtbot.waitUntil(lambda: "AMD" not in names(reading))
    reading.idle()
    assert word in reading.messages.told[-1]
    assert "AMD" not in [text for text, _kind in marked(reading)]


@pytest.mark.parametrize("scope", ["Here", "In this article", "Everywhere"])
def test_the_menu_says_what_it_is(reading: Desktop, scope: str) -> None:
    caret_on(reading, "Silicon Valley")
    [before] = [kind for text, kind in marked(reading) if text == "Silicon Valley"]
    assert before is MentionKind.PLACE
    menu = menu_in_text(reading)
    assert "a place" not in submenu(menu, "It is…")
    submenu(menu, "It is…", "an event")[scope]()
    menu.close()
    reading.qtbot.waitUntil(lambda: ("Silicon Valley", MentionKind.EVENT) in marked(reading))
    reading.idle()
    assert reading.messages.told[-1].startswith("“Silicon Valley” is an event")
    reading.window.action_table["undo"].trigger()
    reading.qtbot.waitUntil(lambda: ("Silicon Valley", MentionKind.PLACE) in marked(reading))
    reading.idle()


def test_what_was_said_to_be_no_actor_can_be_one_again(reading: Desktop) -> None:
    reading.window.parts.pane.set_group_shown("other", True)
    caret_on(reading, "Silicon Valley")
    menu = menu_in_text(reading)
    submenu(menu, "It is…", "another thing: a law, product, work")["Everywhere"]()
    menu.close()
    reading.qtbot.waitUntil(lambda: ("Silicon Valley", MentionKind.OTHER) in marked(reading))
    reading.idle()
    caret_on(reading, "Silicon Valley")
    menu = menu_in_text(reading)
    submenu(menu, "It is…", "a place")["Everywhere"]()
    menu.close()
    reading.qtbot.waitUntil(lambda: ("Silicon Valley", MentionKind.PLACE) in marked(reading))
    reading.idle()


def test_what_is_said_here_holds_for_a_name_that_was_said_to_be_another_kind(reading: Desktop) -> None:
    caret_on(reading, "Silicon Valley")
    menu = menu_in_text(reading)
    submenu(menu, "It is…", "an organisation")["Everywhere"]()
    menu.close()
    reading.qtbot.waitUntil(lambda: ("Silicon Valley", MentionKind.ORGANISATION) in marked(reading))
    reading.idle()
    QTest.keyClick(caret_on(reading, "Silicon Valley"), Qt.Key.Key_X)
    reading.qtbot.waitUntil(lambda: "Silicon Valley" not in names(reading))
    reading.idle()


# The same as, someone else, called otherwise


def test_one_actor_is_the_same_as_another(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    rows = dialog.picker.rows
    shown = [line.title for line in rows.lines.lines]
    assert "AMD" not in shown
    assert shown.index("Nvidia") < shown.index("Emmanuel Macron")  # those of this article first
    type_in(reading, dialog, "macr")
    [row] = rows.lines.lines
    assert row.title == "Emmanuel Macron"
    assert row.below[0].startswith("person · in 1 article")
    type_in(reading, dialog, "nvid")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    reading.qtbot.waitUntil(lambda: "AMD" not in names(reading))
    reading.idle()
    assert reading.messages.told[-1] == "“AMD” is now “Nvidia”"
    undo(reading)
    assert "AMD" in names(reading)


def test_the_other_name_may_stay(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "nvidia")
    nvidia, amd = dialog._group.buttons()
    assert nvidia.isChecked()
    assert amd.text().startswith("AMD (")
    amd.click()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    reading.qtbot.waitUntil(lambda: "Nvidia" not in names(reading))
    reading.idle()
    assert "AMD" in names(reading)


def test_where_nobody_matches_nothing_is_merged(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "AMD"), Qt.Key.Key_G)
    dialog = dialog_of(reading, MergeDialog)
    type_in(reading, dialog, "zzz")
    assert not dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.close()
    reading.idle()


def test_an_actor_is_called_otherwise(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia")
    QTest.keyClick(reading.window.parts.side.actors, Qt.Key.Key_F2)
    dialog = dialog_of(reading, RenameDialog)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()  # it is called so already
    field(dialog).setText("  ")
    assert not ok.isEnabled()
    field(dialog).setText("Nvidia Corporation")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    reading.qtbot.waitUntil(lambda: "Nvidia Corporation" in names(reading))
    reading.idle()
    assert reading.search('actor:"Nvidia Corporation"') == [ARTICLE]


def test_it_is_someone_else_in_this_article(reading: Desktop) -> None:
    caret_on(reading, "Beljaarts sprak")
    menu = menu_in_text(reading)
    submenu(menu)["This is someone else here…"]()
    menu.close()
    dialog = dialog_of(reading, NameDialog)
    assert field(dialog).text() == ""
    shown = [line.title for line in dialog._picker.rows.lines.lines]
    assert "Emmanuel Macron" in shown
    assert "Nvidia" not in shown  # no person
    type_in(reading, dialog, "Piet Beljaarts")
    assert dialog.findChild(QAbstractButton, "scope_here").isChecked()
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    reading.qtbot.waitUntil(lambda: "Piet Beljaarts" in names(reading))
    reading.idle()
    assert reading.messages.told[-1] == "“Beljaarts” is “Piet Beljaarts” here"
    assert "Dirk Beljaarts" in names(reading)


def test_the_dialog_says_kind_and_name_at_once(reading: Desktop) -> None:
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    dialog = dialog_of(reading, NameDialog)
    assert field(dialog).text() == "Nvidia"
    dialog.findChild(QAbstractButton, "kind_person").click()
    type_in(reading, dialog, "Nora Vidia")
    dialog.findChild(QAbstractButton, "scope_everywhere").click()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    reading.qtbot.waitUntil(lambda: "Nora Vidia" in names(reading))
    reading.idle()
    assert ("Nvidia", MentionKind.PERSON) in marked(reading)
    assert "Nvidia" not in names(reading)
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    dialog = dialog_of(reading, NameDialog)
    dialog.findChild(QAbstractButton, "scope_everywhere").click()
    dialog.findChild(QAbstractButton, "notAName").click()
    reading.qtbot.waitUntil(lambda: "Nora Vidia" not in names(reading))
    reading.idle()


def test_what_the_dialog_shows_unchanged_changes_nothing(reading: Desktop) -> None:
    told = len(reading.messages.told)
    QTest.keyClick(caret_on(reading, "Nvidia levert"), Qt.Key.Key_C)
    QTest.keyClick(field(dialog_of(reading, NameDialog)), Qt.Key.Key_Return)
    reading.idle()
    assert len(reading.messages.told) == told
    assert not reading.window.action_table["undo"].isEnabled()


# Words that were not marked


def test_selected_words_are_marked_from_the_menu(reading: Desktop) -> None:
    select(reading, "AI-faciliteit")
    menu = menu_in_text(reading)
    submenu(menu, "Mark as name", "Organisation")["Everywhere, also in articles to come"]()
    menu.close()
    reading.qtbot.waitUntil(lambda: ("AI-faciliteit", MentionKind.ORGANISATION) in marked(reading))
    reading.idle()
    assert reading.messages.told[-1] == "“AI-faciliteit” is an organisation, everywhere"
    assert "AI-faciliteit" in names(reading)


@pytest.mark.parametrize("door", ["key", "bar"])
def test_selected_words_are_marked_as_somebody_known(reading: Desktop, door: str) -> None:
    view = select(reading, "hardware")
    if door == "key":
        QTest.keyClick(view, Qt.Key.Key_C)
    else:
        bar = reading.window.parts.pane.findChild(SelectionBar)
        [button] = [one for one in bar.findChildren(QAbstractButton) if "Mark as name" in one.toolTip()]
        button.click()
    dialog = dialog_of(reading, NameDialog)
    dialog.findChild(QAbstractButton, "kind_organisation").click()
    type_in(reading, dialog, "amd")
    QTest.keyClick(field(dialog), Qt.Key.Key_Down)
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    reading.qtbot.waitUntil(lambda: ("hardware", MentionKind.ORGANISATION) in marked(reading))
    reading.idle()
    [amd] = [a for a in reading.window.parts.reading.current.actors if a.name == "AMD"]
    assert amd.mentions == 2


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
    reading.qtbot.waitUntil(lambda: "Nvidia" not in names(reading))
    reading.idle()


def test_delete_says_that_rows_are_no_names_and_undo_is_at_hand(reading: Desktop) -> None:
    choose_rows(reading, "Nvidia", "AMD")
    QTest.keyClick(reading.window.parts.side.actors, Qt.Key.Key_Delete)
    reading.qtbot.waitUntil(lambda: not {"Nvidia", "AMD"} & set(names(reading)))
    reading.idle()
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
    reading.qtbot.waitUntil(lambda: marked(reading).count(("Nvidia", MentionKind.PLACE)) == 3)
    reading.idle()


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
    reading.qtbot.waitUntil(lambda: "AMD" not in names(reading))
    reading.idle()
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
    reading.qtbot.waitUntil(lambda: "AMD" not in names(reading))
    reading.idle()
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
    reading.qtbot.waitUntil(lambda: "AMD" in names(reading))
    reading.idle()
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
    reading.qtbot.waitUntil(lambda: actors_told() == before - 1)
    reading.idle()
