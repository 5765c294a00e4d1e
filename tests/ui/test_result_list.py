"""The result list: virtual, complete, readable by eye and by screen reader."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.model import Article, ArticleId, Hit
from desktop.search.query import parse
from desktop.tasks.search import SearchResult
from desktop.ui.result_list import ResultList
from desktop.ui.result_model import PAGE, ResultModel, facts, fitting
from desktop.ui.theme import Theme


def article(number: int, **details: Any) -> Article:
    values: dict[str, Any] = {
        "id": ArticleId(f"id-{number}"),
        "row": number,
        "title": f"Artikel {number}",
        "published": "2025-01",
        "lang": "nl",
        "source": "Krant",
        "author": None,
        "url": None,
        "path": None,
        "starter": False,
        "added_at": "",
        "read_at": None,
        "starred": False,
        "trashed_at": None,
        "position": 0,
        "words": 100,
        "actors": 4,
        "amounts": 3,
        "notes": 2,
    }
    return Article(**{**values, **details})


def hits(start: int, stop: int) -> list[Hit]:
    return [Hit(article(n), 1.0, f"een stukje van {n} met stroom", ((22, 28),)) for n in range(start, stop)]


def result(total: int, query: str = "", words: Sequence[str] = ()) -> SearchResult:
    return SearchResult(parse(query), (), tuple(range(total)), {}, tuple(words), 0.01)


@pytest.fixture
def results(qtbot: QtBot) -> ResultList:
    shown = ResultList(Theme.load("light"))
    shown.resize(340, 800)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_the_model_is_sound(qtmodeltester: Any) -> None:
    model = ResultModel()
    model.show_result(250, {0: hits(0, 100)})
    qtmodeltester.check(model)
    model.put_page(100, hits(100, 200))
    qtmodeltester.check(model)


def test_only_pages_that_are_looked_at_are_asked_for(results: ResultList, qtbot: QtBot) -> None:
    asked: list[int] = []
    results.model.page_wanted.connect(asked.append)
    results.show_result(result(100_000), {0: hits(0, PAGE)})
    assert asked == []
    qtbot.waitUntil(lambda: results.view.verticalScrollBar().maximum() > 0)
    with qtbot.waitSignal(results.model.page_wanted):
        results.view.scrollTo(results.model.index(70_050))
        results.view.viewport().repaint()
    assert asked[0] == 70_000
    results.model.put_page(70_000, hits(70_000, 70_100))
    assert results.model.index(70_050).data() == "Artikel 70050"


def test_a_fling_asks_only_for_where_it_comes_to_rest(results: ResultList, qtbot: QtBot) -> None:
    asked: list[int] = []
    results.model.page_wanted.connect(asked.append)
    results.show_result(result(100_000), {0: hits(0, PAGE)})
    for row in range(1000, 90_000, 1000):
        results.model.hit(row)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [88_000, 89_000]


def test_a_hundred_thousand_rows_scroll_without_pauses(results: ResultList, qtbot: QtBot) -> None:
    results.model.page_wanted.connect(
        lambda offset: results.model.put_page(offset, hits(offset, offset + PAGE))
    )
    results.show_result(result(100_000, "stroom", ["stroom"]), {0: hits(0, PAGE)})
    bar = results.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    picture = QPixmap(results.view.viewport().size())
    longest = 0.0
    for step in range(60):
        bar.setValue(bar.maximum() * step // 60)
        started = time.process_time()
        results.view.viewport().render(picture)
        longest = max(longest, time.process_time() - started)
    assert longest < 0.1


def test_a_row_tells_screen_readers_what_its_look_says(results: ResultList) -> None:
    results.show_result(
        result(2), {0: [Hit(article(1, starred=True), 0), Hit(article(2, read_at="2025"), 0)]}
    )
    role = Qt.ItemDataRole.AccessibleTextRole
    first, second = (results.model.index(row).data(role) for row in (0, 1))
    assert first == "Artikel 1, Jan 2025, Krant, 4 actors, 3 amounts, 2 notes, unread, starred"
    assert "unread" not in second


def test_facts_leave_out_what_there_is_none_of() -> None:
    bare = article(1, published=None, source=None, actors=0, amounts=0, notes=0)
    assert facts(bare) == []
    assert facts(article(1, actors=1, amounts=1, notes=0))[2:] == ["1 actor", "1 amount"]


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (99, ["Jan 2025", "Krant", "4 actors", "3 amounts", "2 notes"]),
        (40, ["Jan 2025", "Krant", "4 actors", "2 notes"]),
        (26, ["Jan 2025", "Krant", "2 notes"]),
        (16, ["Jan 2025", "Krant"]),
        (5, ["Jan 2025", "Krant"]),
    ],
)
def test_where_there_is_little_room_whole_facts_are_left_out(room: int, shown: list[str]) -> None:
    assert fitting(article(1), lambda some: len("   ".join(some)) <= room) == shown


def test_without_date_and_source_the_last_fact_stays() -> None:
    bare = article(1, published=None, source=None, notes=0)
    assert fitting(bare, lambda some: False) == ["4 actors"]


def test_marks_are_painted_where_the_words_stand(results: ResultList) -> None:
    results.show_result(result(1, "stroom", ["stroom"]), {0: hits(0, 1)})
    picture = results.view.viewport().grab().toImage()
    wanted = Theme.load("light").color("hit").rgb()
    width = min(picture.width(), 330)
    assert any(picture.pixel(x, y) == wanted for x in range(width) for y in range(20, 110))
    results.show_result(result(1), {0: [Hit(article(1), 0, "een stukje", ())]})
    picture = results.view.viewport().grab().toImage()
    assert not any(picture.pixel(x, y) == wanted for x in range(width) for y in range(20, 110))


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
@pytest.mark.parametrize("title", ["kort", "een heel lange kop " * 12, "🙂" * 40, ""], ids=len)
def test_any_title_can_be_painted(results: ResultList, name: str, title: str) -> None:
    results.set_theme(Theme.load(name))
    shown = article(1, title=title, starred=True)
    odd = Hit(shown, 0, "een\n\nstukje 🙂 stroom " * 30, ((4, 10), (400, 9000)))
    results.show_result(result(1, "stroom", ["stroom"]), {0: [odd]})
    assert not results.view.grab().isNull()


def test_choosing_a_row_tells_its_article_once(results: ResultList) -> None:
    results.show_result(result(3), {0: hits(0, 3)})
    chosen: list[str] = []
    results.article_chosen.connect(chosen.append)
    results.next_result()
    results.next_result()
    results.next_result()
    results.next_result()
    results.previous_result()
    assert chosen == ["id-0", "id-1", "id-2", "id-1"]
    results.select(ArticleId("id-0"))
    assert chosen[-1] == "id-1"
    assert results.current_article() == "id-0"


def test_a_row_that_is_still_being_read_is_told_when_it_is_there(results: ResultList, qtbot: QtBot) -> None:
    results.show_result(result(500), {0: hits(0, PAGE)})
    chosen: list[str] = []
    results.article_chosen.connect(chosen.append)
    results.view.setCurrentIndex(results.model.index(450))
    assert chosen == []
    results.model.put_page(400, hits(400, 500))
    assert chosen == ["id-450"]


def test_the_same_query_again_keeps_place_and_choice(results: ResultList) -> None:
    results.show_result(result(300), {0: hits(0, 300)})
    results.view.setCurrentIndex(results.model.index(90))
    results.view.verticalScrollBar().setValue(4000)
    results.show_result(result(300), {0: hits(0, 300)}, keep=ArticleId("id-90"))
    assert results.current_article() == "id-90"
    assert results.view.verticalScrollBar().value() == 4000
    results.show_result(result(300, "stroom"), {0: hits(0, 300)})
    assert results.view.verticalScrollBar().value() == 0


def test_the_neighbour_of_an_article(results: ResultList) -> None:
    results.show_result(result(2), {0: hits(0, 2)})
    assert results.neighbour(ArticleId("id-0")) == "id-1"
    assert results.neighbour(ArticleId("id-1")) == "id-0"
    results.show_result(result(1), {0: hits(0, 1)})
    assert results.neighbour(ArticleId("id-0")) is None


def test_the_order_is_named_as_it_is(results: ResultList) -> None:
    button = results.findChild(QToolButton, "sortButton")
    results.show_result(result(2), {0: hits(0, 2)})
    assert button.text() == "Newest"
    scored = SearchResult(parse("stroom"), (), (0, 1), {0: 2.0, 1: 1.0}, ("stroom",), 0.01)
    results.show_result(scored, {0: hits(0, 2)})
    assert button.text() == "Relevance"
    results.sort_actions[2].trigger()
    results.show_result(scored, {0: hits(0, 2)})
    assert button.text() == "Largest amount"


def test_a_row_looked_at_all_the_time_is_asked_for_nevertheless(results: ResultList, qtbot: QtBot) -> None:
    asked: list[int] = []
    results.model.page_wanted.connect(asked.append)
    results.show_result(result(500), {})

    def looked_at_again() -> None:
        results.model.hit(300)
        assert 300 in asked

    qtbot.waitUntil(looked_at_again, timeout=2000)
