"""The view of amounts on a real library: what it shows, and everything it does by mouse and keyboard."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from desktop.library import amount_lists
from desktop.library.actors import find
from desktop.ui import amounts_chart
from desktop.ui.amounts_model import AmountsModel, Column
from desktop.ui.amounts_table import AmountsTable
from desktop.ui.theme import Theme
from tests.ui.test_accessibility import nameless


class Shown:
    """The view of amounts in a window, with what a person sees of it."""

    def __init__(self, desktop: Any, qtbot: Any) -> None:
        self.desktop, self.qtbot, self.window = desktop, qtbot, desktop.window
        self.window.action_table["view_amounts"].trigger()
        self.view = self.window.views.view
        self.settle()

    def settle(self) -> None:
        self.desktop.idle()
        reading, chart = self.view.reading, self.view.chart
        self.qtbot.waitUntil(lambda: reading._job is None and not reading._soon.isActive())
        self.qtbot.waitUntil(lambda: chart.is_laid_out)
        self.desktop.idle()

    def column(self, column: Column) -> list[str]:
        model = self.view.model
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def choose_kind(self, kind: str) -> None:
        box = self.view.findChild(QComboBox, "amountKind")
        box.setCurrentIndex(box.findData(kind))
        box.activated.emit(box.currentIndex())
        self.settle()

    def type_in(self, field: str, words: str) -> None:
        edit = self.view.findChild(QLineEdit, field)
        edit.clear()
        self.qtbot.keyClicks(edit, words)
        self.qtbot.keyClick(edit, Qt.Key.Key_Return)
        self.settle()

    def label(self, name: str) -> str:
        return str(self.view.findChild(QLabel, name).text())


@pytest.fixture
def shown(library_of_three: Any, qtbot: Any) -> Shown:
    return Shown(library_of_three, qtbot)


def test_money_of_the_library_newest_first(shown: Shown) -> None:
    assert shown.column(Column.WRITTEN) == [
        "60 miljoen euro",
        "tussen de 30 en 50 miljard dollar",
        "70 miljoen euro",
        "ruim 200 miljoen euro",
    ]
    values = shown.column(Column.VALUE)
    assert values[0] == "60 mln"
    assert values[1].endswith(" bn")
    assert " – " in values[1]
    assert values[3] in ("≥ 200 mln", "> 200 mln")
    assert shown.column(Column.DATE)[:2] == ["12 Mar 2025", "Feb 2025"]
    assert "Groningen" in shown.column(Column.ACTORS)[0]
    assert len(shown.view.chart.marks) == 4
    assert shown.label("amountsCount").startswith("4 of ")
    assert "EUR" in shown.label("amountsHeading")
    assert "ECB" in shown.label("amountsRates")


def test_heads_sort(shown: Shown) -> None:
    header = shown.view.table.horizontalHeader()
    header.sectionClicked.emit(Column.VALUE)
    shown.settle()
    assert shown.column(Column.WRITTEN)[0] == "tussen de 30 en 50 miljard dollar"
    header.sectionClicked.emit(Column.VALUE)
    shown.settle()
    assert shown.column(Column.WRITTEN)[0] == "60 miljoen euro"
    header.sectionClicked.emit(Column.ACTORS)
    shown.settle()
    assert shown.column(Column.WRITTEN)[0] == "60 miljoen euro"


def test_filters_narrow_and_are_cleared(shown: Shown, qtbot: Any) -> None:
    shown.type_in("amountFrom", "100 mln")
    assert len(shown.column(Column.WRITTEN)) == 2
    shown.type_in("amountTo", "1 bn")
    assert shown.column(Column.WRITTEN) == ["ruim 200 miljoen euro"]
    shown.type_in("amountActor", "Macron")
    assert shown.column(Column.WRITTEN) == []
    [offer] = [button for button in shown.view.findChildren(QPushButton) if button.text() == "Clear filter"
               and button.objectName() == "clear_filter"]  # fmt: skip
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    shown.settle()
    assert len(shown.column(Column.WRITTEN)) == 4


def test_what_is_no_amount_is_said_and_ignored(shown: Shown) -> None:
    shown.type_in("amountFrom", "blauw")
    assert len(shown.column(Column.WRITTEN)) == 4
    field = shown.view.findChild(QLineEdit, "amountFrom")
    assert field.property("wrong")
    assert field.toolTip()
    shown.type_in("amountFrom", "65 mln")
    assert not field.property("wrong")


def test_another_kind_has_its_own_unit(shown: Shown) -> None:
    shown.choose_kind("quantity")
    assert shown.column(Column.WRITTEN) == ["1 gigawatt"]
    assert "1" in shown.column(Column.VALUE)[0]
    assert not shown.view.findChild(QLabel, "amountsRates").isVisible()
    shown.choose_kind("money")
    assert len(shown.column(Column.WRITTEN)) == 4


def test_a_search_governs_the_view(shown: Shown, qtbot: Any) -> None:
    shown.desktop.search("supercomputer")
    shown.settle()
    assert shown.column(Column.WRITTEN) == ["60 miljoen euro"]
    shown.desktop.search("amount:>=70mln€")
    shown.settle()
    assert "60 miljoen euro" not in shown.column(Column.WRITTEN)
    assert "70 miljoen euro" in shown.column(Column.WRITTEN)
    shown.desktop.search("nietbestaand")
    shown.settle()
    assert shown.column(Column.WRITTEN) == []
    assert nameless(shown.window) == []


def test_enter_opens_the_sentence_and_back_returns(shown: Shown, qtbot: Any) -> None:
    table = shown.view.table
    table.go_to(2)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.desktop.title() == "Minister bezoekt Nvidia")
    shown.desktop.idle()
    assert shown.window.views.name == "read"
    assert shown.window.splitter.isVisible()
    shown.window.action_table["back"].trigger()
    assert shown.window.views.name == "amounts"
    assert table.currentIndex().row() == 2
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert shown.window.views.name == "read"


def test_a_dot_opens_its_sentence(shown: Shown, qtbot: Any) -> None:
    chart = shown.view.chart
    mark = chart.marks[-1]
    qtbot.mouseMove(chart, QPoint(round(mark.x), round(mark.y)))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(mark.x), round(mark.y)))
    qtbot.waitUntil(lambda: shown.desktop.title() == "Groningen wil de supercomputer")
    shown.desktop.idle()


def test_the_chart_by_keyboard_tells_and_opens(shown: Shown, qtbot: Any) -> None:
    chart = shown.view.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.current is chart.marks[-1]
    qtbot.waitUntil(lambda: "60 miljoen euro" in chart.accessibleDescription())
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.desktop.title() == "Groningen wil de supercomputer")
    shown.desktop.idle()


def test_the_selected_row_marks_its_dot(shown: Shown) -> None:
    shown.view.table.clearSelection()
    shown.view.chart.show_row(None)
    before = shown.view.chart.grab().toImage()
    shown.view.table.go_to(1)
    assert shown.view.chart.grab().toImage() != before


def test_rows_are_copied_with_tabs(shown: Shown, qtbot: Any) -> None:
    table = shown.view.table
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "4 rows copied" in shown.desktop.messages.told)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 5
    assert lines[0].split("\t")[:2] == ["Date", "Value (EUR)"]
    assert lines[1].split("\t")[2] == "60 miljoen euro"


def test_the_table_that_is_shown_is_exported(shown: Shown, qtbot: Any, tmp_path: Path) -> None:
    shown.type_in("amountTo", "100 mln")
    target = tmp_path / "table.csv"
    shown.desktop.messages.answers = [target]
    qtbot.mouseClick(shown.view.findChild(QPushButton, "exportAmounts"), Qt.MouseButton.LeftButton)
    shown.settle()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if ";" in target.read_text("utf-8-sig")[:60] else ","))
    assert len(rows) == 3
    assert any("60 miljoen euro" in cell for cell in rows[1])


@pytest.fixture
def as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every table count as one of very many amounts."""
    monkeypatch.setattr(amount_lists, "ONE_BY_ONE", 0)
    monkeypatch.setattr(amount_lists, "LISTED", 0)
    monkeypatch.setattr(amounts_chart, "_PLACED_AT_ONCE", 0)


@pytest.fixture
def long(as_long: None, library_of_three: Any, qtbot: Any) -> Shown:
    return Shown(library_of_three, qtbot)


def test_a_long_table_shows_sorts_and_narrows(long: Shown) -> None:
    assert isinstance(long.view.model.amounts, amount_lists.Counted)
    everything = long.column(Column.WRITTEN)
    assert everything[0] == "60 miljoen euro"
    assert len(everything) == 4
    header = long.view.table.horizontalHeader()
    header.sectionClicked.emit(Column.VALUE)
    long.settle()
    assert long.column(Column.WRITTEN)[0] == "tussen de 30 en 50 miljard dollar"
    long.type_in("amountFrom", "100 mln")
    assert len(long.column(Column.WRITTEN)) == 2


def test_a_dot_of_a_long_table_selects_its_first_row(long: Shown, qtbot: Any) -> None:
    chart, table = long.view.chart, long.view.table
    mark = min(chart.marks, key=lambda mark: mark.top)  # the billions
    qtbot.mouseMove(chart, QPoint(round(mark.x), round(mark.y)))
    qtbot.waitUntil(
        lambda: " around " in chart.accessibleDescription() or "miljard" in chart.accessibleDescription()
    )
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(mark.x), round(mark.y)))
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    assert long.view.model.row(1).written == "tussen de 30 en 50 miljard dollar"
    assert not chart.grab().isNull()


def test_what_comes_into_a_long_table_leaves_the_selected_row(
    long: Shown, qtbot: Any, tmp_path: Path
) -> None:
    long.view.table.go_to(1)
    path = tmp_path / "new.txt"
    path.write_text("date 2025-06-01 Nieuw\n\nDe gemeente betaalt 5 miljoen euro.\n", encoding="utf-8")
    long.desktop.bring_in([path])
    long.settle()
    assert long.column(Column.WRITTEN)[0] == "5 miljoen euro"
    qtbot.waitUntil(lambda: long.view.table.currentIndex().row() == 2)


def test_a_clause_in_another_currency_narrows_the_rows(shown: Shown) -> None:
    shown.desktop.search("amount:>=66mln$")
    shown.settle()
    assert set(shown.column(Column.WRITTEN)) == {
        "tussen de 30 en 50 miljard dollar",
        "70 miljoen euro",
        "ruim 200 miljoen euro",
    }
    shown.desktop.search("amount:>=1bn$")
    shown.settle()
    assert shown.column(Column.WRITTEN) == ["tussen de 30 en 50 miljard dollar", "ruim 200 miljoen euro"]


def test_the_rate_that_was_used_can_be_seen_and_is_copied(shown: Shown, qtbot: Any) -> None:
    view, table = shown.view, shown.view.table
    model = view.model
    assert table.isColumnHidden(Column.RATE)
    row = shown.column(Column.WRITTEN).index("tussen de 30 en 50 miljard dollar")
    assert "mean of February 2025" in model.index(row, Column.VALUE).data(Qt.ItemDataRole.ToolTipRole)
    assert shown.column(Column.RATE)[row].endswith(" · mean of Feb 2025")
    assert shown.column(Column.RATE)[0] == ""  # euro
    table._rate.trigger()
    assert not table.isColumnHidden(Column.RATE)
    assert shown.desktop.settings.get("amounts_columns") == table.columns()
    table.go_to(row)
    table.copy()
    qtbot.waitUntil(lambda: "1 row copied" in shown.desktop.messages.told)
    head, line = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[-1] == "Exchange rate"
    assert line.split("\t")[-1].endswith("mean of Feb 2025")
    other = AmountsTable(Theme.load("light"), AmountsModel())
    qtbot.addWidget(other)
    other.restore_columns(table.columns())
    assert not other.isColumnHidden(Column.RATE)
    other.restore_columns("of an older program")
    assert not other.isColumnHidden(Column.DATE)


def test_what_comes_in_shows(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("date 2025-06-01 Nieuw\n\nDe gemeente betaalt 5 miljoen euro.\n", encoding="utf-8")
    shown.desktop.bring_in([path])
    shown.settle()
    assert shown.column(Column.WRITTEN)[0] == "5 miljoen euro"


def test_actors_are_called_as_they_are_now(shown: Shown, qtbot: Any) -> None:
    assert any("AMD" in actors for actors in shown.column(Column.ACTORS))
    session = shown.desktop.libraries.session
    [amd] = find(session.library.reader(), "AMD")
    naming = shown.window.parts.naming
    naming.rename(amd, "Advanced Micro Devices")
    shown.settle()
    assert any("Advanced Micro Devices" in actors for actors in shown.column(Column.ACTORS))
    shown.window.views.show_view("read")  # and when it is looked at again
    shown.window.action_table["undo"].trigger()
    shown.desktop.idle()
    shown.window.views.show_view("amounts")
    shown.settle()
    assert any("AMD" in actors for actors in shown.column(Column.ACTORS))


def test_all_controls_have_names_and_tab_reaches_them(shown: Shown, qtbot: Any) -> None:
    assert nameless(shown.window) == []
    shown.view.findChild(QComboBox, "amountKind").setFocus()
    reached = set()
    for _ in range(30):
        focus = QApplication.focusWidget()
        reached.add(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {"amountFrom", "amountTo", "amountActor", "amountsChart", "amountsTable"} <= reached


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_it_wears_every_theme(shown: Shown, name: str) -> None:
    shown.view.set_theme(Theme.load(name))
    assert not shown.view.grab().isNull()


def test_the_view_is_remembered(shown: Shown) -> None:
    assert shown.desktop.settings.get("view") == "amounts"


def test_same_matter_different_figures(shown: Shown, qtbot: Any, tmp_path: Path) -> None:
    for month, figure in (("01", "70"), ("06", "112")):
        path = tmp_path / f"{month}.txt"
        path.write_text(
            f"date 2026-{month}-10 Bouw zwembad Waterlinie kost {figure} miljoen\n\n"
            f"De bouw van zwembad De Waterlinie in Almere kost {figure} miljoen euro, meldt wethouder "
            "Petra Zandstra.\n",
            encoding="utf-8",
        )
        shown.desktop.bring_in([path])
    shown.settle()
    qtbot.mouseClick(shown.view.modes["matters"], Qt.MouseButton.LeftButton)
    shown.settle()
    matters = shown.view.matters
    assert nameless(shown.window) == []
    texts = [matters.model.index(row).data() for row in range(matters.model.rowCount())]
    [row] = [
        number for number, text in enumerate(texts) if "112 mln" in text and "↑ 60 %" in text and number > 1
    ]
    view = matters.view
    view.setCurrentIndex(matters.model.index(row))
    assert not view.grab().isNull()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.desktop.title() == "Bouw zwembad Waterlinie kost 112 miljoen")
    shown.desktop.idle()
    shown.window.action_table["back"].trigger()
    qtbot.mouseClick(shown.view.modes["table"], Qt.MouseButton.LeftButton)
    shown.settle()
    assert shown.label("amountsCount").startswith("6 of")
