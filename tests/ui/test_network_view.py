"""The network by hand: pointing, choosing, the list beside it, searching, the table, keys and export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from desktop.charts.ties import Tie
from desktop.library import articles
from desktop.model import ActorId, Changes, MentionKind
from desktop.tasks.network import Network, Within
from desktop.ui import network_words as words
from desktop.ui.network_canvas import NetworkCanvas
from desktop.ui.network_view import NetworkView
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import THEMES, Theme

TEXTS = {
    "een.txt": "date 2025-01-08 Een\n\nMinister Karin Dorsman sprak met Nvidia in Groningen. ASML levert.\n",
    "twee.txt": "date 2025-02-03 Twee\n\nKarin Dorsman tekende met Nvidia. ASML en Nvidia werken samen.\n",
}


@pytest.fixture
def view(desktop: Any, tmp_path: Path) -> NetworkView:
    folder = tmp_path / "stukken"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    desktop.open(tmp_path / "library")
    desktop.bring_in(sorted(folder.iterdir()))
    desktop.window.views.show_view("network")
    view = desktop.window.views.view
    desktop.qtbot.waitUntil(lambda: view.network is not None and bool(view.network.ties), timeout=20_000)
    desktop.idle()
    view.desktop = desktop
    return view


def number(view: NetworkView, name: str) -> int:
    return [actor.name for actor in view.network.actors].index(name)


def tie(view: NetworkView, one: str, other: str) -> Tie:
    found = view.chart.tie_of(number(view, one), number(view, other))
    assert found is not None
    return found


def again(view: NetworkView, act: Callable[[], object]) -> Network:
    """Do something that has the network counted anew, and wait for it."""
    with view.desktop.qtbot.waitSignal(view.reading.found, timeout=20_000):
        act()
    view.desktop.idle()
    assert view.network is not None
    return view.network


def listed(view: NetworkView) -> list[str]:
    lines = view.places.list.lines.lines
    return [f"# {line.title}" if isinstance(line, Heading) else line.title for line in lines]


def middle(view: NetworkView, one: Tie) -> QPoint:
    return (view.chart.spot(one.one) + view.chart.spot(one.other)) / 2


def choose(view: NetworkView, target: object) -> None:
    view.chart.choose(target)
    view.desktop.qtbot.waitUntil(lambda: view.places._passages is not None, timeout=20_000)


def test_a_click_on_an_actor_lists_its_company_and_sentences(view: NetworkView) -> None:
    qtbot, chart = view.desktop.qtbot, view.chart
    assert not view.places.isVisible()
    at = chart.spot(number(view, "Nvidia"))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: view.places._passages is not None, timeout=20_000)
    assert view.places.isVisible()
    lines = listed(view)
    assert lines[0] == "# Together with"
    assert {"Karin Dorsman", "ASML", "Groningen"} <= set(lines[1:4])
    assert "# 3 sentences" in lines
    rows = view.places.list.lines.lines
    assert [row.count for row in rows if isinstance(row, PanelRow) and row.title == "Karin Dorsman"] == [2]


def test_a_click_on_a_line_lists_the_sentences_that_hold_both(view: NetworkView) -> None:
    qtbot, both = view.desktop.qtbot, tie(view, "Karin Dorsman", "Nvidia")
    assert both in view.network.drawn
    qtbot.mouseClick(view.chart, Qt.MouseButton.LeftButton, pos=middle(view, both))
    assert view.chart.selected == both
    qtbot.waitUntil(lambda: view.places._passages is not None, timeout=20_000)
    assert listed(view) == [
        "# 2 sentences",
        "Karin Dorsman tekende met Nvidia.",
        "Minister Karin Dorsman sprak met Nvidia in Groningen.",
    ]
    labels = " ".join(label.text() for label in view.places.findChildren(QLabel))
    assert "Together in 2 sentences" in labels


@pytest.mark.parametrize("by_key", [True, False])
def test_a_sentence_opens_its_passage(view: NetworkView, by_key: bool) -> None:
    desktop = view.desktop
    choose(view, tie(view, "Karin Dorsman", "Nvidia"))
    place = view.places.list
    place.setCurrentIndex(place.lines.index(1))
    with desktop.qtbot.waitSignal(view.place_requested) as asked:
        if by_key:
            desktop.qtbot.keyClick(place, Qt.Key.Key_Return)
        else:
            rect = place.visualRect(place.lines.index(1))
            desktop.qtbot.mouseClick(place.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    article, start, end = asked.args[0]
    text = articles.text(desktop.libraries.session.library.reader(), article).text
    assert text[start:end] == "Karin Dorsman tekende met Nvidia"
    desktop.idle()
    assert desktop.title() == "Twee"
    assert desktop.window.views.name == "read"


def test_a_neighbour_in_the_list_leads_to_the_pair(view: NetworkView) -> None:
    choose(view, number(view, "Nvidia"))
    place = view.places.list
    row = listed(view).index("Karin Dorsman")
    place.setCurrentIndex(place.lines.index(row))
    view.desktop.qtbot.keyClick(place, Qt.Key.Key_Return)
    assert view.chart.selected == tie(view, "Karin Dorsman", "Nvidia")


def test_pointing_tells_facts_and_dims_the_rest(view: NetworkView) -> None:
    chart = view.chart
    chart.hover(number(view, "Groningen"), QPoint(5, 5))
    scene = chart.scene
    assert scene.lit == {number(view, name) for name in ("Groningen", "Karin Dorsman", "Nvidia")}
    said = words.facts(view.network, number(view, "Groningen"))
    assert said.startswith("Groningen\nPlace · in 1 article\nWith 2 other actors\nAbove all: ")
    pair = words.facts(view.network, tie(view, "Karin Dorsman", "Nvidia"))
    assert "Together in 2 sentences" in pair
    assert "times as often as expected" in pair
    chart.hover(None)
    assert chart.scene.lit == frozenset()
    QToolTip.hideText()


def test_a_double_click_searches_for_it_within_the_result(view: NetworkView) -> None:
    qtbot, window = view.desktop.qtbot, view.desktop.window
    qtbot.mouseDClick(view.chart, Qt.MouseButton.LeftButton, pos=view.chart.spot(number(view, "Groningen")))
    assert window.views.name == "read"
    assert window.field.text() == 'actor:"Groningen"'
    view.desktop.idle()
    found = again(view, lambda: window.views.show_view("network"))
    assert found.articles == 1
    view._search(tie(view, "Karin Dorsman", "Groningen"))
    assert window.views.name == "read"
    assert window.field.text() == 'actor:"Groningen" actor:"Karin Dorsman"'
    view.desktop.idle()


def test_the_menu_offers_the_same(view: NetworkView) -> None:
    menu = view.menu_for(tie(view, "Karin Dorsman", "Nvidia"))
    assert [action.text() for action in menu.actions()] == ["Show the sentences", "Search for both"]
    menu.actions()[0].trigger()
    assert isinstance(view.chart.selected, Tie)
    menu.deleteLater()


def test_kinds_and_what_counts_as_together(view: NetworkView) -> None:
    places = again(view, view.filters.kinds[MentionKind.PLACE].click)
    assert MentionKind.PLACE not in {actor.kind for actor in places.actors}
    everything = again(view, view.filters.kinds[MentionKind.PLACE].click)
    assert len(everything.actors) > len(places.actors)
    wider = again(view, view.filters.within[Within.ARTICLE].click)
    assert len(wider.ties) > len(everything.ties)
    assert view.desktop.settings.get("network_within") == "article"
    fewer = again(view, lambda: view.filters.most.setValue(5))
    assert fewer.question.most == 25
    assert view.desktop.settings.get("network_actors") == 25


def test_the_last_kind_switched_off_shows_the_others(view: NetworkView) -> None:
    for kind in (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE):
        again(view, view.filters.kinds[kind].click)
    again(view, view.filters.kinds[MentionKind.EVENT].click)
    assert view.filters.chosen_kinds == set(view.filters.kinds) - {MentionKind.EVENT}


def test_what_asks_too_much_says_so_and_offers_less(view: NetworkView) -> None:
    view.filters.least.setCurrentIndex(view.filters.least.findData(20))
    again(view, view.filters.changed.emit)
    said = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "Nobody stands together here" in said
    [button] = view._empty._buttons
    assert again(view, button.click).ties
    assert view.chart.isVisible()


def test_a_search_narrows_the_network_and_one_without_an_answer_teaches(view: NetworkView) -> None:
    window = view.desktop.window
    assert again(view, lambda: window.field.set_query("titel:twee")).articles == 1
    again(view, lambda: window.field.set_query("titel:nergens"))
    said = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "Nothing found for “titel:nergens”" in said
    assert not view._export.isEnabled()


def test_a_merge_is_followed(view: NetworkView) -> None:
    from desktop.tasks import correct_actors

    session = view.desktop.libraries.session
    ids = {actor.name: actor.id for actor in view.network.actors}
    changes = correct_actors.merge(session, [ids["ASML"]], ids["Nvidia"])
    assert changes.actors
    found = again(view, lambda: view.desktop.jobs.changed.emit(changes))
    assert "ASML" not in {actor.name for actor in found.actors}


def test_who_is_chosen_stays_so_when_the_library_grows(view: NetworkView) -> None:
    choose(view, tie(view, "Karin Dorsman", "Nvidia"))
    again(view, lambda: view.follow(Changes(library=True)))
    assert view.chart.selected == tie(view, "Karin Dorsman", "Nvidia")
    assert view.places.isVisible()
    view.places._close.click()
    assert view.chart.selected is None
    assert not view.places.isVisible()


# Going about


def drag(view: NetworkView, start: QPoint, end: QPoint) -> None:
    qtbot, chart = view.desktop.qtbot, view.chart
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(chart, (start + end) / 2)
    qtbot.mouseMove(chart, end)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=end)


def test_a_node_that_is_dragged_stays_there_until_it_is_let_go(view: NetworkView) -> None:
    chart, node = view.chart, number(view, "Nvidia")
    home, target = chart.spot(node), QPoint(chart.width() // 2 + 40, chart.height() // 2 + 30)
    drag(view, home, target)
    assert (chart.spot(node) - target).manhattanLength() <= 4
    assert chart.is_pinned(node)
    assert chart.selected is None
    again(view, lambda: view.follow(Changes(library=True)))
    assert (chart.spot(number(view, "Nvidia")) - target).manhattanLength() <= 4
    [let_go] = [action for action in view.menu_for(node).actions() if "place" in action.text()]
    let_go.trigger()
    assert not chart.is_pinned(node)


def test_wheel_and_drag_zoom_and_pan(view: NetworkView) -> None:
    chart, node = view.chart, number(view, "Nvidia")
    at = chart.spot(node)
    turn = QWheelEvent(
        QPointF(at), QPointF(chart.mapToGlobal(at)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart, turn)
    assert chart.zoom > 1.5
    assert (chart.spot(node) - at).manhattanLength() <= 3
    empty = next(
        QPoint(x, y)
        for x in range(20, chart.width() - 20, 30)
        for y in range(20, chart.height() - 60, 30)
        if chart.target_at(QPointF(x, y)) is None
    )
    drag(view, empty, empty + QPoint(0, 40))
    moved = chart.spot(node)
    drag(view, empty, empty - QPoint(0, 40))
    assert moved != chart.spot(node)
    chart.reset()
    assert chart.zoom == 1
    assert chart.spot(node) == at


def test_everything_goes_by_keyboard(view: NetworkView) -> None:
    qtbot, chart = view.desktop.qtbot, view.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Tab)
    assert chart.current == 0
    assert chart.accessibleDescription().startswith(view.network.actors[0].name)
    qtbot.keyClick(chart, Qt.Key.Key_Tab)
    assert chart.current == 1
    qtbot.keyClick(chart, Qt.Key.Key_Backtab)
    assert chart.current == 0
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert "Together in" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert isinstance(chart.selected, Tie)
    assert view.places.isAncestorOf(QApplication.focusWidget())
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selected is None
    seen = set()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down) * 4:
        qtbot.keyClick(chart, key)
        seen.add(chart.current)
    assert len(seen) > 1
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.zoom > 1
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.zoom == 1
    qtbot.keyClick(chart, Qt.Key.Key_Tab)
    assert not chart.hasFocus()  # after the last one the focus goes on
    chart.setFocus()
    with qtbot.waitSignal(view.search_requested):
        qtbot.keyClick(chart, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view.desktop.idle()
    chart.choose(None)
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert view.desktop.window.views.name == "read"
    QToolTip.hideText()


# The table


def test_the_table_says_the_same_and_can_be_copied(view: NetworkView) -> None:
    qtbot, table = view.desktop.qtbot, view.table
    view.modes["table"].click()
    assert table.isVisible()
    model = table.pairs
    assert model.rowCount() == len(view.network.ties)
    strengths = [int(model.index(row, 4).data()) for row in range(model.rowCount())]
    assert strengths == sorted(strengths, reverse=True)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ", " in spoken
    table.selectRow(0)
    first = view.network.ties[0]
    assert view.chart.selected == first
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:3] == ["Actor", "And", "Sentences"]
    assert copied[1].split("\t")[0] == view.network.actors[first.one].name
    assert view.desktop.messages.told[-1] == "1 row copied"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert view.places.isAncestorOf(QApplication.focusWidget())
    view.desktop.idle()


# Files


def export(view: NetworkView, target: Path) -> None:
    view.desktop.messages.answers.append(target)
    view._export.click()
    view.desktop.idle()
    assert view.desktop.messages.told[-1] == f"Network written to {target.name}"


def test_export_as_picture_and_table(view: NetworkView, tmp_path: Path) -> None:
    export(view, tmp_path / "netwerk.svg")
    assert "Nvidia" in ET.parse(tmp_path / "netwerk.svg").getroot().itertext()
    export(view, tmp_path / "netwerk.png")
    image = QImage(str(tmp_path / "netwerk.png"))
    assert (image.width(), image.height()) == (3200, 2000)
    assert image.pixelColor(2, 2) == Theme.load("light").color("page")
    export(view, tmp_path / "netwerk.csv")
    assert (tmp_path / "netwerk.csv").read_text(encoding="utf-8").startswith("one,one_kind,other")
    view.desktop.messages.answers.append(None)
    view._export.click()
    view.desktop.messages.answers.append(tmp_path / "geen" / "netwerk.svg")
    view._export.click()
    view.desktop.idle()
    assert "cannot be written" in view.desktop.messages.warned[-1]


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_painted_in_every_theme(qtbot: Any, theme: str) -> None:
    from desktop.library.network import Present
    from desktop.tasks.network import Question, lay_out

    actors = tuple(
        Present(n, ActorId(str(n)), kind, f"Naam {n} 🙂", 9 - n, 0)
        for n, kind in enumerate((MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, "event"))
    )
    actors = tuple(one._replace(kind=MentionKind(one.kind)) for one in actors)
    found = lay_out(Network(Question(), 9, 1, actors), {(0, 1): 5, (1, 2): 3, (2, 3): 1})
    canvas = NetworkCanvas(Theme.load(theme))
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)
    canvas.show_network(found, keep=False)
    canvas.choose(found.drawn[0])
    image = canvas.grab().toImage()
    wanted = Theme.load(theme)
    place = canvas.spot(0) + QPoint(0, -5)
    near = [image.pixelColor(place + QPoint(x, y)) for x in range(-8, 9) for y in range(-4, 9)]
    assert wanted.color("person") in near


def test_a_long_sentence_is_cut_around_the_names() -> None:
    sentence = f"{'woord ' * 40}Anna zag {'iets ' * 60}Bob {'en ' * 50}."
    marks = tuple((sentence.index(name), sentence.index(name) + len(name)) for name in ("Anna", "Bob"))
    short, places = words.cut(sentence, marks)
    assert len(short) < 220
    assert [short[start:end] for start, end in places] == ["Anna", "Bob"]
    assert short.startswith("… ")
    assert " … " in short
    assert short.endswith(" …")
    assert words.cut("Anna zag Bob.", ((0, 4), (9, 12))) == ("Anna zag Bob.", ((0, 4), (9, 12)))
