"""The timeline by hand: what is seen first, going about, choosing, and the way to the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from desktop import i18n
from desktop.charts.timeline import LAST, Series, Stretch, Unit, ends
from desktop.library import articles, mentions
from desktop.library.dates import Dated
from desktop.model import Changes, ImportedArticle, Mention, MentionKind, Period
from desktop.tasks.session import Session
from desktop.ui.jobs import Jobs
from desktop.ui.theme import Theme
from desktop.ui.timeline_chart import TimelineChart
from desktop.ui.timeline_lines import Head
from desktop.ui.timeline_model import LINE, head_words
from desktop.ui.timeline_view import ARTICLES, DATES, TimelineView

TEXTS = {
    "2025-01-08 Raad stemt in": "Op 8 januari 2025 stemde de raad in. In maart 2025 begint de bouw.",
    "2025-03-20 Bouw begonnen": "Men begon op 17 maart 2025. Eind 2090 is het af, vanaf 2030 rijdt er iets.",
    "2025-04-02 Brug open": "De brug gaat op 1 mei 2025 open, na de vrede van 15 mei 1648.",
}
MARKED = {
    "8 januari 2025": Period("2025-01-08"),
    "maart 2025": Period("2025-03"),
    "17 maart 2025": Period("2025-03-17"),
    "Eind 2090": Period("2090-12"),
    "vanaf 2030": Period(None, "2030"),
    "1 mei 2025": Period("2025-05-01"),
    "15 mei 1648": Period("1648-05-15"),
}


def o(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def put(session: Session, day: str, title: str, body: str) -> None:
    imported = ImportedArticle(title, f"{title}\n\n{body}", (), published=day or None, source="De Bode")
    row = session.library.write(lambda con: articles.add(con, imported))[2]
    found = [
        Mention(m.start(), m.end(), words, MentionKind.DATE, period=period)
        for words, period in MARKED.items()
        for m in re.finditer(rf"(?<!\d ){words}", imported.text)
    ]
    session.library.write(
        lambda con: mentions.replace(con, row, found, stamp="1", measure=lambda _m: pytest.fail("no amounts"))
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    i18n.use("en")
    session = Session.open(tmp_path / "library")
    for head, body in TEXTS.items():
        put(session, head[:10], head[11:], body)
    session.catch_up()
    yield session
    session.close()


@pytest.fixture
def view(qtbot: Any, session: Session) -> Iterator[TimelineView]:
    jobs = Jobs()
    bugs: list[object] = []
    jobs.bug_met.connect(bugs.append)
    view = TimelineView(Theme.load("light"), jobs)
    qtbot.addWidget(view)
    view.resize(1100, 800)
    view.show()
    view.use(session)
    qtbot.waitUntil(lambda: bool(lines(view)) and None not in shown(view), timeout=20_000)
    yield view
    view.use(None)
    assert jobs.shutdown(10)
    assert bugs == []


def shown(view: TimelineView) -> list[Head | Dated | None]:
    return [view.model.index(row).data(LINE) for row in range(view.model.rowCount())]


def lines(view: TimelineView) -> list[str]:
    """The list in short: headings, titles, and dates as they are written."""
    said = []
    for line in shown(view):
        if isinstance(line, Head):
            said.append(f"# {head_words(line)[0]}")
        elif line is not None:
            said.append(line.words or line.title)
    return said


def choose(qtbot: Any, view: TimelineView, first: str, last: str) -> None:
    change(qtbot, view, lambda: view.chart.choose(Stretch(o(first), o(last))))


def change(qtbot: Any, view: TimelineView, act: Callable[[], object]) -> None:
    """Do something that changes the list, and wait until the new one has been read."""
    with qtbot.waitSignal(view.model.modelReset, timeout=20_000):
        act()
    qtbot.waitUntil(lambda: None not in shown(view), timeout=20_000)


def centre(chart: TimelineChart, day: str, *, axis: bool = False) -> QPoint:
    layout = chart.layout_now
    x = layout.plot.left() + chart.in_view.x_of(o(day) + 0.5, layout.width)
    area = layout.axis if axis else layout.upper
    return QPoint(round(x), round(area.center().y()))


def test_the_first_look_is_where_the_material_is(view: TimelineView) -> None:
    window = view.chart.in_view
    assert o("2024-11-01") < window.start < o("2025-01-08")
    assert o("2025-05-01") < window.end < o("2025-07-01")
    view.chart.show_all()
    assert view.chart.in_view.start < o("1648-05-15")
    assert view.chart.in_view.end > o("2090-12-31")


def test_a_stretch_is_listed_by_day_with_articles_and_dates(qtbot: Any, view: TimelineView) -> None:
    choose(qtbot, view, "2025-03-01", "2025-03-31")
    assert lines(view) == [
        "# March 2025", "maart 2025", "# 17 March 2025", "17 maart 2025", "# 20 March 2025", "Bouw begonnen",
    ]  # fmt: skip


def test_a_long_stretch_is_listed_by_month_and_the_future_is_marked(qtbot: Any, view: TimelineView) -> None:
    choose(qtbot, view, "2025-01-01", "2095-12-31")
    found = lines(view)
    assert found[:3] == ["# January 2025", "Raad stemt in", "8 januari 2025"]
    today = next(n for n, line in enumerate(found) if line.startswith("# Today, "))
    assert found[today + 1 :] == ["# December 2090", "Eind 2090", "# Longer periods", "vanaf 2030"]


def test_only_articles_or_only_dates(qtbot: Any, view: TimelineView) -> None:
    choose(qtbot, view, "2025-03-01", "2025-03-31")
    change(qtbot, view, lambda: view.findChild(QToolButton, f"timeline_{ARTICLES}").click())
    assert lines(view) == ["# 20 March 2025", "Bouw begonnen"]
    assert view.chart.series[1] is None
    change(qtbot, view, lambda: view.findChild(QToolButton, f"timeline_{DATES}").click())
    assert lines(view) == ["# March 2025", "maart 2025", "# 17 March 2025", "17 maart 2025"]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_line_leads_to_its_place_in_the_text(
    qtbot: Any, view: TimelineView, session: Session, by_key: bool
) -> None:
    choose(qtbot, view, "2025-03-17", "2025-03-17")
    row = lines(view).index("17 maart 2025")
    with qtbot.waitSignal(view.place_requested) as asked:
        if by_key:
            view.list.setCurrentIndex(view.model.index(row))
            qtbot.keyClick(view.list, Qt.Key.Key_Return)
        else:
            view.list.doubleClicked.emit(view.model.index(row))
    article, start, end = asked.args[0]
    assert articles.text(session.library.reader(), article).text[start:end] == "17 maart 2025"


def test_totals_say_what_is_not_drawn(view: TimelineView) -> None:
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "3 articles" in said
    assert "7 dates mentioned" in said
    assert "1 without an end" in said


def test_the_wheel_zooms_where_the_pointer_is(view: TimelineView) -> None:
    chart, place = view.chart, centre(view.chart, "2025-03-17")
    before = chart.in_view
    turn = QWheelEvent(
        QPointF(place), QPointF(chart.mapToGlobal(place)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart, turn)
    assert chart.in_view.days < before.days
    assert abs(centre(chart, "2025-03-17").x() - place.x()) <= 1


def drag(qtbot: Any, chart: TimelineChart, start: QPoint, end: QPoint, keys: Any = None) -> None:
    keys = keys or Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, keys, start)
    qtbot.mouseMove(chart, QPoint((start.x() + end.x()) // 2, end.y()))
    qtbot.mouseMove(chart, end)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, keys, end)


def test_dragging_pans(qtbot: Any, view: TimelineView) -> None:
    chart = view.chart
    before = chart.in_view
    start = centre(chart, "2025-03-17")
    drag(qtbot, chart, start, start + QPoint(60, 0))
    assert chart.in_view.start < before.start
    assert chart.in_view.days == pytest.approx(before.days)
    assert chart.stretch is None


@pytest.mark.parametrize("axis", [True, False])
def test_dragging_on_the_axis_or_with_shift_chooses_a_stretch(
    qtbot: Any, view: TimelineView, axis: bool
) -> None:
    chart = view.chart
    keys = Qt.KeyboardModifier.NoModifier if axis else Qt.KeyboardModifier.ShiftModifier
    one, other = centre(chart, "2025-03-18", axis=axis), centre(chart, "2025-04-02", axis=axis)
    change(qtbot, view, lambda: drag(qtbot, chart, one, other, keys))
    assert chart.stretch is not None
    assert chart.stretch.holds(o("2025-03-20"))
    assert chart.stretch.holds(o("2025-04-02"))
    assert not chart.stretch.holds(o("2025-05-01"))
    assert "Bouw begonnen" in lines(view)
    assert "Raad stemt in" not in lines(view)
    change(qtbot, view, lambda: view.findChild(QToolButton, "timelineLetGo").click())
    assert chart.stretch is None


def test_a_click_chooses_a_bar_and_lets_go_of_it(qtbot: Any, view: TimelineView) -> None:
    chart = view.chart
    for expected in (True, False):
        place = centre(chart, "2025-04-02")
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
        assert (chart.stretch is not None and chart.stretch.holds(o("2025-04-02"))) is expected


def test_everything_goes_by_keyboard(qtbot: Any, view: TimelineView) -> None:
    chart = view.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.in_view.start <= o("1648-05-15")
    assert "1 date mentioned" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chart.stretch is not None
    assert chart.stretch.holds(o("1648-05-15"))
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    longer = chart.stretch
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.stretch.days > longer.days
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.stretch is None
    before = chart.in_view
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.in_view.days < before.days
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.in_view.days == pytest.approx(before.days)
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    assert chart.in_view.start > before.start
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.in_view.end > o("2090-12-31")


def test_the_tip_counts_what_a_bar_holds_and_what_passes_through(qtbot: Any) -> None:
    chart = TimelineChart(Theme.load("dark"))
    qtbot.addWidget(chart)
    chart.resize(900, 260)
    day, year = o("2025-01-08"), (o("2025-01-01"), o("2025-12-31"))
    dates = Series([(day, day, 2), (*year, 5), (o("2020-01-01"), LAST, 9)])
    articles = Series([(day, day, 1)])
    chart.show_material(articles, dates, ends((articles, dates), o("2025-06-01")), keep=False)
    assert chart.unit is not Unit.YEAR
    said = chart.words_at(day)
    assert "1 article" in said
    assert "2 dates mentioned, 5 longer periods around it" in said


def test_a_search_narrows_the_timeline(qtbot: Any, view: TimelineView, session: Session) -> None:
    change(qtbot, view, lambda: view.set_query("titel:brug"))
    assert "Raad stemt in" not in lines(view)
    assert "Brug open" in lines(view)
    change(qtbot, view, lambda: view.set_query("titel:nergens"))
    said = " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())
    assert "Nothing found for “titel:nergens”" in said
    change(qtbot, view, lambda: view.set_query(""))
    assert "Raad stemt in" in lines(view)


def test_what_comes_in_is_shown_and_the_view_stays_where_it_is(
    qtbot: Any, view: TimelineView, session: Session
) -> None:
    choose(qtbot, view, "2025-03-01", "2025-03-31")
    window = view.chart.in_view
    put(session, "2025-03-19", "Tussenstand", "Niets nieuws.")
    change(qtbot, view, lambda: view.follow(Changes(library=True)))
    assert "Tussenstand" in lines(view)
    assert (view.chart.in_view, view.chart.stretch) == (window, Stretch(o("2025-03-01"), o("2025-03-31")))


def test_notes_do_not_concern_it(qtbot: Any, view: TimelineView) -> None:
    from desktop.model import AnnotationId

    resets: list[object] = []
    view.model.modelReset.connect(lambda: resets.append(1))
    view.follow(Changes(annotations=frozenset({AnnotationId("a")})))
    assert not view._soon.isActive()
    view.follow(Changes(library=True))
    assert view._soon.isActive()


def test_a_part_of_time_without_anything_says_what_to_do(qtbot: Any, view: TimelineView) -> None:
    change(qtbot, view, lambda: view.chart.choose(Stretch(o("1900-01-01"), o("1900-12-31"))))
    button = view.findChild(QToolButton, "timelineWhole")
    said = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert "Nothing in this part of time" in said
    change(qtbot, view, button.click)
    assert "15 mei 1648" in lines(view)


def test_an_empty_library_is_told_what_will_be_here(qtbot: Any, tmp_path: Path) -> None:
    i18n.use("en")
    jobs, session = Jobs(), Session.open(tmp_path / "empty")
    view = TimelineView(Theme.load("sepia"), jobs)
    qtbot.addWidget(view)
    view.show()
    view.use(session)
    qtbot.waitUntil(lambda: any(one.text() == "No articles yet" for one in view.findChildren(QLabel)))
    view.use(None)
    assert jobs.shutdown(10)
    session.close()


def test_every_control_has_a_name_and_every_theme_paints(qtbot: Any, view: TimelineView) -> None:
    for button in view.findChildren(QToolButton):
        assert button.accessibleName() or button.text()
    for name in ("sepia", "dark", "light"):
        view.set_theme(Theme.load(name))
        assert not view.grab().isNull()
