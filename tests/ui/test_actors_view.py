"""The view of actors and the page of one on a real library, by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from desktop.library import actors
from desktop.tasks import correct_actors
from desktop.ui.actors_model import Column
from desktop.ui.article_menu import article_menu
from desktop.ui.panel_rows import Heading
from desktop.ui.theme import Theme
from tests.ui.test_accessibility import nameless

FULL = (
    "date 2025-01-14 Geld voor rekencentrum\n\nMinister Karin Dorsman (Economische Zaken) trekt 70 miljoen "
    "euro uit voor een supercomputer in Groningen.\n\nDorsman sprak in Brussel. Nvidia levert chips.\n"
)
SHORT = "date 2025-03-15 Meer geld\n\nVolgens minister Dorsman legt Groningen 60 miljoen euro bij.\n"
LATER = "date 2025-06-02 De raad\n\nMinister Karin Dorsman opende de zaal in Groningen.\n"
#: "Hagen" may be one of the two: the program is not sure
UNSURE = {
    "d.txt": "date 2025-02-01 Zaal\n\nMinister Peter Hagen (Financiën) sprak in Zwolle.\n",
    "e.txt": "date 2025-02-02 Veld\n\nTrainer Jan Hagen sprak met de spelers van FC Utrecht.\n",
    "f.txt": "date 2025-02-03 Brug\n\nVolgens minister Hagen komt er een brug bij Zwolle.\n",
}


class Shown:
    """The view of actors in a window, with what a person sees of it."""

    def __init__(self, desktop: Any, qtbot: Any) -> None:
        self.desktop, self.qtbot, self.window = desktop, qtbot, desktop.window
        self.window.action_table["view_actors"].trigger()
        self.view = self.window.views.view
        self.settle()

    def settle(self) -> None:
        self.desktop.idle()
        busy = (self.view.reading, self.view.page.reading)
        typed = self.view.filters._typed
        self.qtbot.waitUntil(
            lambda: not typed.isActive() and not any(part.is_busy for part in busy), timeout=10_000
        )
        self.desktop.idle()

    def column(self, column: Column = Column.NAME) -> list[str]:
        model = self.view.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def go_to(self, name: str) -> None:
        self.view.table.go_to(self.column().index(name))
        self.view.table.setFocus()

    def open(self, name: str) -> None:
        self.go_to(name)
        self.qtbot.keyClick(self.view.table, Qt.Key.Key_Return)
        self.settle()

    def name(self) -> str:
        return str(self.view.page.findChild(QLabel, "actorName").text())

    def type_words(self, words: str) -> None:
        field = self.view.findChild(QLineEdit, "actorWords")
        field.clear()
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def label(self, name: str) -> str:
        return str(self.view.findChild(QLabel, name).text())

    def part(self) -> QWidget:
        page = self.view._parts.currentWidget()
        return page if page is self.view.page else self.view._stack.currentWidget()

    def facts(self) -> list[str]:
        return [line.title for line in self.view.page.facts.lines.lines]

    def actor(self, name: str) -> Any:
        return actors.find(self.desktop.libraries.session.library.reader(), name)[0]


def bring_in(desktop: Any, folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    desktop.bring_in([folder / name for name in texts])


@pytest.fixture
def shown(desktop: Any, qtbot: Any, tmp_path: Path) -> Shown:
    desktop.open(tmp_path / "library")
    bring_in(desktop, tmp_path / "in", {"a.txt": FULL, "b.txt": SHORT, "c.txt": LATER})
    return Shown(desktop, qtbot)


# The table


def test_all_actors_those_in_most_articles_first(shown: Shown) -> None:
    assert sorted(shown.column()[:2]) == ["Groningen", "Karin Dorsman"]
    row = shown.column().index("Karin Dorsman")
    cells = [shown.column(column)[row] for column in Column]
    assert (cells[Column.KIND], cells[Column.ROLE].casefold()) == ("person", "minister")
    assert cells[Column.ALIASES : Column.COMPANY] == ["1", "3", "4", "14 Jan 2025", "2 Jun 2025"]
    assert cells[Column.COMPANY].startswith("Groningen")
    assert shown.label("actorsCount") == f"{len(shown.column())} actors"


def test_heads_sort_and_the_order_is_remembered(shown: Shown) -> None:
    header = shown.view.table.horizontalHeader()
    header.sectionClicked.emit(Column.NAME)
    shown.settle()
    assert shown.column() == sorted(shown.column(), key=str.casefold)
    header.sectionClicked.emit(Column.NAME)
    shown.settle()
    assert shown.column() == sorted(shown.column(), key=str.casefold, reverse=True)
    header.sectionClicked.emit(Column.COMPANY)
    assert header.sortIndicatorSection() == Column.NAME
    settings = shown.desktop.settings
    assert (settings.get("actors_order"), settings.get("actors_descending")) == ("name", True)


def test_filters_narrow_and_are_cleared(shown: Shown, qtbot: Any) -> None:
    everyone = len(shown.column())
    shown.type_words("dors")
    assert shown.column() == ["Karin Dorsman"]
    assert shown.label("actorsCount") == f"1 of {everyone} actors"
    assert shown.view.table.hasFocus()
    shown.type_words("zzz")
    [offer] = [b for b in shown.view.findChildren(QPushButton) if b.objectName() == "clear_filter"]
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    shown.settle()
    assert len(shown.column()) == everyone
    kinds = shown.view.findChild(QComboBox, "actorKind")
    kinds.setCurrentIndex(kinds.findData("place"))
    kinds.activated.emit(kinds.currentIndex())
    shown.settle()
    assert set(shown.column(Column.KIND)) == {"place"}
    kinds.setCurrentIndex(0)
    least = shown.view.findChild(QLineEdit, "actorLeast")
    least.selectAll()
    qtbot.keyClicks(least, "3")
    shown.settle()
    assert sorted(shown.column()) == ["Groningen", "Karin Dorsman"]


def test_the_view_follows_the_search(shown: Shown) -> None:
    shown.desktop.search("supercomputer")
    shown.settle()
    assert "Nvidia" in shown.column()
    assert shown.column(Column.ARTICLES)[shown.column().index("Karin Dorsman")] == "1"
    assert shown.label("actorsHeading") == "Actors in what was found"
    shown.desktop.search("onvindbaar")
    shown.settle()
    assert shown.column() == []
    assert shown.part() is shown.view._empty_place


def test_an_empty_library_teaches(desktop: Any, qtbot: Any, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    shown = Shown(desktop, qtbot)
    assert any("No actors yet" in label.text() for label in shown.view.findChildren(QLabel))


def test_rows_are_copied_with_tabs(shown: Shown, qtbot: Any) -> None:
    shown.go_to("Karin Dorsman")
    qtbot.keyClick(shown.view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "1 row copied" in shown.desktop.messages.told)
    head, row = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:2] == ["Name", "Kind"]
    assert row.split("\t")[3] == "Dorsman"


def test_the_table_is_exported(shown: Shown, qtbot: Any, tmp_path: Path) -> None:
    target = tmp_path / "who.csv"
    shown.desktop.messages.answers = [target]
    qtbot.mouseClick(shown.view.findChild(QPushButton, "exportActors"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Table written to who.csv" in shown.desktop.messages.told)
    assert "Karin Dorsman" in target.read_text(encoding="utf-8")


def test_home_end_and_a_first_key_move_in_the_table(shown: Shown, qtbot: Any) -> None:
    table = shown.view.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == len(shown.column()) - 1
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1


def test_new_articles_are_read_without_losing_the_place(shown: Shown, tmp_path: Path) -> None:
    shown.go_to("Nvidia")
    text = "date 2025-07-01 Nieuw\n\nMinister Piet Zomerdijk sprak in Zwolle.\n"
    bring_in(shown.desktop, tmp_path / "in", {"n.txt": text})
    shown.settle()
    assert "Piet Zomerdijk" in shown.column()
    current = shown.view.table.current_row()
    assert current is not None
    assert current.actor.name == "Nvidia"


def test_what_is_on_top_stays_on_top(desktop: Any, qtbot: Any, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    places = "Zwolle Utrecht Haarlem Arnhem Leiden Delft Gouda Breda Tilburg Assen Emmen Hoorn".split()
    texts = {
        f"{place}.txt": f"date 2025-02-01 Plan {place}\n\nMinister Karin Dorsman sprak in {place}.\n"
        for place in places
    }
    bring_in(desktop, tmp_path / "in", texts)
    desktop.window.resize(1000, 420)
    shown = Shown(desktop, qtbot)
    table = shown.view.table
    table.scrollTo(shown.view.model.index(8, 0), table.ScrollHint.PositionAtTop)
    top = shown.column()[table.first_visible()]
    assert table.first_visible() > 3
    text = "date 2025-07-01 Nieuw\n\nMinister Karin Dorsman sprak in Almelo. Ook Zwolle sprak mee.\n"
    bring_in(desktop, tmp_path / "in", {"n.txt": text})
    shown.settle()
    assert "Almelo" in shown.column()
    assert shown.column()[table.first_visible()] == top


# The page


def test_enter_opens_the_page_and_back_returns(shown: Shown, qtbot: Any) -> None:
    shown.open("Karin Dorsman")
    assert shown.name() == "Karin Dorsman"
    told = shown.label("actorTold")
    assert told.startswith("Person · ")
    assert "in 3 articles, 4 mentions" in told
    assert told.endswith("14 Jan 2025 – 2 Jun 2025")
    assert len(shown.view.page.chart.bars()) == 3
    assert "Groningen" in shown.facts()
    assert "70 miljoen euro" in shown.facts()
    shown.window.action_table["back"].trigger()
    assert shown.part() is shown.view.table
    assert shown.view.table.current_row().actor.name == "Karin Dorsman"
    shown.open("Groningen")
    qtbot.keyClick(shown.view.page.quotes, Qt.Key.Key_Escape)
    assert shown.part() is shown.view.table
    qtbot.keyClick(shown.view.table, Qt.Key.Key_Escape)
    assert shown.window.views.name == "read"


def test_a_co_actor_opens_its_page_and_back_comes_back(shown: Shown, qtbot: Any) -> None:
    shown.open("Karin Dorsman")
    facts = shown.view.page.facts
    facts.select_key(f"actor:{shown.actor('Nvidia').id}")
    facts.setFocus()
    qtbot.keyClick(facts, Qt.Key.Key_Return)
    shown.settle()
    assert shown.name() == "Nvidia"
    shown.window.action_table["back"].trigger()
    shown.settle()
    assert shown.name() == "Karin Dorsman"


def test_a_passage_and_an_amount_open_in_the_article_and_back_returns(shown: Shown, qtbot: Any) -> None:
    shown.open("Karin Dorsman")
    quotes = shown.view.page.quotes
    text = quotes.toPlainText()
    assert text.index("De raad") < text.index("Meer geld") < text.index("Geld voor rekencentrum")
    quotes.setFocus()
    qtbot.keyClick(quotes, Qt.Key.Key_Tab)  # to the title of the newest article
    qtbot.keyClick(quotes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.desktop.title() == "De raad")
    shown.desktop.idle()
    assert shown.window.views.name == "read"
    shown.window.action_table["back"].trigger()
    assert shown.name() == "Karin Dorsman"
    assert shown.part() is shown.view.page
    facts = shown.view.page.facts
    key = next(
        line.key
        for line in facts.lines.lines
        if not isinstance(line, Heading) and line.title == "60 miljoen euro"
    )
    facts.select_key(key)
    qtbot.keyClick(facts, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.desktop.title() == "Meer geld")
    shown.desktop.idle()


def test_a_name_that_is_not_the_same_is_split_off_and_undone(shown: Shown, qtbot: Any) -> None:
    shown.open("Karin Dorsman")
    reasons = [label.text() for label in shown.view.page.findChildren(QLabel, "nameReason")]
    assert reasons[0] == "the name itself · in 2 articles"
    assert reasons[1].startswith("linked by the program: surname, both are “minister”")
    [button] = shown.view.page.findChildren(QPushButton, "notTheSame")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "“Dorsman” is on its own now" in shown.desktop.messages.told)
    shown.settle()
    assert "in 2 articles" in shown.label("actorTold")
    undo = shown.window.findChild(QPushButton, "noticeAction")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in 3 articles" in shown.label("actorTold"))
    shown.settle()


def test_a_merge_elsewhere_is_seen_on_the_page_and_in_the_table(shown: Shown) -> None:
    shown.open("Nvidia")
    session = shown.desktop.libraries.session
    into, other = shown.actor("Nvidia").id, shown.actor("Brussel").id
    shown.desktop.jobs.run("merge", lambda _p: correct_actors.merge(session, [other], into))
    shown.settle()
    reasons = [label.text() for label in shown.view.page.findChildren(QLabel, "nameReason")]
    assert reasons[1].startswith("merged by you")
    shown.window.action_table["back"].trigger()
    assert "Brussel" not in shown.column()


def test_searching_for_an_actor_puts_it_into_the_field(shown: Shown, qtbot: Any) -> None:
    shown.open("Karin Dorsman")
    with qtbot.waitSignal(shown.window.parts.searching.found):
        qtbot.mouseClick(shown.view.page.findChild(QPushButton, "searchActor"), Qt.MouseButton.LeftButton)
    shown.desktop.idle()
    assert shown.window.field.text() == 'actor:"Karin Dorsman"'
    assert shown.window.views.name == "read"
    assert len(shown.desktop.titles()) == 3


def test_older_passages_come_when_they_are_asked_for(desktop: Any, qtbot: Any, tmp_path: Path) -> None:
    desktop.open(tmp_path / "library")
    texts = {
        f"{day}.txt": f"date 2025-02-{day:02} Dag {day}\n\nMinister Karin Dorsman sprak in Zwolle.\n"
        for day in range(1, 14)
    }
    bring_in(desktop, tmp_path / "in", texts)
    shown = Shown(desktop, qtbot)
    shown.open("Karin Dorsman")
    quotes = shown.view.page.quotes
    assert "Dag 4" in quotes.toPlainText()
    assert "Dag 3" not in quotes.toPlainText()
    quotes.anchorClicked.emit(QUrl("more"))
    shown.settle()
    assert "Dag 1\n" in quotes.toPlainText()
    assert "Show older passages" not in quotes.toPlainText()
    bring_in(desktop, tmp_path / "in", {"n.txt": texts["1.txt"].replace("02-01 Dag 1", "03-01 Nieuw")})
    shown.settle()
    assert "Nieuw" in quotes.toPlainText()
    assert "Dag 1\n" in quotes.toPlainText()


# From the article


def menu_words(menu: QMenu) -> dict[str, Any]:
    return {action.text(): action for action in menu.actions()}


def test_the_menu_of_a_mention_shows_the_actor_and_back_leads_to_the_article(
    shown: Shown, qtbot: Any
) -> None:
    shown.window.views.show_view("read")
    shown.desktop.read("Meer geld")
    pane = shown.window.parts.pane
    mention = next(m for m in shown.window.parts.reading.current.mentions if m.text == "Dorsman")
    actions = menu_words(article_menu(pane, mention, None))
    actions["Show actor"].trigger()
    shown.settle()
    assert shown.window.views.name == "actors"
    assert shown.name() == "Karin Dorsman"
    shown.window.action_table["back"].trigger()
    assert shown.window.views.name == "read"
    actions["Search for this actor"].trigger()
    shown.desktop.idle()
    assert shown.window.field.text() == 'actor:"Karin Dorsman"'


def test_the_side_panel_opens_the_page(shown: Shown, qtbot: Any) -> None:
    shown.window.views.show_view("read")
    shown.desktop.read("Meer geld")
    rows = shown.window.parts.side.actors
    shown.window.parts.side.show_tab("actors")
    rows.select_key(shown.actor("Groningen").id)
    rows.doubleClicked.emit(rows.currentIndex())
    shown.settle()
    assert shown.name() == "Groningen"
    qtbot.keyClick(shown.view.page.quotes, Qt.Key.Key_Escape)
    assert shown.window.views.name == "read"


# Suggestions


@pytest.fixture
def unsure(desktop: Any, qtbot: Any, tmp_path: Path) -> Shown:
    desktop.open(tmp_path / "library")
    bring_in(desktop, tmp_path / "in", UNSURE)
    return Shown(desktop, qtbot)


def test_the_bar_opens_the_list_and_same_merges(unsure: Shown, qtbot: Any) -> None:
    assert unsure.label("suggestionCount") == "1 name may belong to another actor"
    qtbot.mouseClick(unsure.view.findChild(QPushButton, "showSuggestions"), Qt.MouseButton.LeftButton)
    assert unsure.part() is unsure.view.suggestions
    words = [label.text() for label in unsure.view.suggestions.findChildren(QLabel)]
    assert "perhaps Peter Hagen: both are “minister”" in words
    same = unsure.view.suggestions.findChild(QPushButton, "same")
    assert same.hasFocus()
    qtbot.keyClick(same, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "“Hagen” is now “Peter Hagen”" in unsure.desktop.messages.told)
    unsure.settle()
    assert "Hagen" not in unsure.column()
    assert any("Nothing to decide" in label.text() for label in unsure.view.suggestions.findChildren(QLabel))
    undo = unsure.window.findChild(QPushButton, "noticeAction")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Hagen" in unsure.column())
    unsure.settle()


def test_not_the_same_is_not_asked_again(unsure: Shown, qtbot: Any) -> None:
    unsure.view.show_suggestions()
    apart = unsure.view.suggestions.findChild(QPushButton, "apart")
    qtbot.mouseClick(apart, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "“Hagen” stays an actor of its own" in unsure.desktop.messages.told)
    unsure.settle()
    unsure.window.action_table["back"].trigger()
    assert unsure.part() is unsure.view.table
    assert unsure.view.bar.isHidden()


# The menu, names, themes


def test_the_menu_of_rows_offers_to_look_and_to_correct(shown: Shown, qtbot: Any) -> None:
    shown.go_to("Nvidia")
    actor = shown.view.table.current_row().actor
    shown.view.table.menu_requested.emit([actor], QPoint(5, 5))
    [menu] = [menu for menu in shown.view.findChildren(QMenu) if menu.isVisible()]
    words = menu_words(menu)
    assert {"Show actor", "Search for this actor", "Copy rows", "Same as…", "Rename…"} <= set(words)
    with qtbot.waitSignal(shown.window.views.actor_wished) as told:
        words["No name"].trigger()
    menu.close()
    assert [one.name for one in told.args[0].about.actors] == ["Nvidia"]
    qtbot.waitUntil(lambda: "Nvidia" not in shown.column())
    shown.settle()


@pytest.mark.language("nl")
def test_everything_has_a_name_in_every_theme(unsure: Shown) -> None:
    unsure.view.show_suggestions()
    assert nameless(unsure.view) == []
    unsure.view.show_table()
    unsure.open("Peter Hagen")
    assert nameless(unsure.view) == []
    for theme in ("light", "sepia", "dark"):
        unsure.window.parts.wear(Theme.load(theme))
        assert not unsure.view.grab().isNull()
    assert "Persoon" in unsure.label("actorTold")
