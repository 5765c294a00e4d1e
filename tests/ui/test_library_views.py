"""The views of the library: made when first shown, told what they need, and the way back from the text."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model import ArticleId, Changes
from desktop.ui.library_views import READ, LibraryViews
from desktop.ui.theme import Theme


class _View(QWidget):
    """A view that keeps what it is told."""

    place_requested = Signal(object)
    search_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(focusPolicy=Qt.FocusPolicy.StrongFocus)
        self.told: list[object] = []

    def use(self, session: object) -> None:
        self.told.append(("use", session))

    def set_query(self, query: str) -> None:
        self.told.append(("query", query))

    def follow(self, changes: Changes) -> None:
        self.told.append(("follow", changes))

    def set_theme(self, theme: Theme) -> None:
        self.told.append(("theme", theme.name))


@pytest.fixture
def views(qtbot: Any) -> LibraryViews:
    place = QWidget()
    views = LibraryViews(QWidget(), Theme.load("light"))
    QVBoxLayout(place).addWidget(views)
    qtbot.addWidget(place)
    with qtbot.waitExposed(place):
        place.show()
    views.place = place
    views.add_view("toy", _View)
    return views


def test_a_view_is_made_when_it_is_first_shown(views: LibraryViews) -> None:
    assert views.count() == 1
    views.set_query("datacenter")
    views.show_view("toy")
    assert views.name == "toy"
    assert ("query", "datacenter") in views.view.told
    first = views.view
    views.show_view(READ)
    views.show_view("toy")
    assert views.view is first


def test_a_name_that_nobody_knows_is_reading(views: LibraryViews) -> None:
    views.show_view("toy")
    views.show_view("nowhere")
    assert views.name == READ


def test_a_view_catches_up_with_what_it_missed(views: LibraryViews) -> None:
    views.show_view("toy")
    view = views.view
    views.show_view(READ)
    view.told.clear()
    views.follow(Changes(articles=frozenset({ArticleId("a")})))
    views.follow(Changes(library=True))
    views.follow(Changes(actors=True))
    views.set_query("nieuw")
    views.set_theme(Theme.load("dark"))
    assert view.told == []
    views.show_view("toy")
    assert ("query", "nieuw") in view.told
    assert ("theme", "dark") in view.told
    assert ("follow", Changes(articles=frozenset({ArticleId("a")}), library=True, actors=True)) in view.told


def test_what_a_view_wants_searched_is_passed_on(views: LibraryViews, qtbot: Any) -> None:
    views.show_view("toy")
    with qtbot.waitSignal(views.search_requested) as told:
        views.view.search_requested.emit("actor:Nvidia")
    assert told.args == ["actor:Nvidia"]


def test_names_that_moved_are_not_missed(views: LibraryViews) -> None:
    views.show_view("toy")
    view = views.view
    views.show_view(READ)
    views.follow(Changes(actors=True))
    views.follow(Changes(library=True))
    views.show_view("toy")
    assert ("follow", Changes(library=True, actors=True)) in view.told


class _Deep(_View):
    """A view with pages of its own."""

    left = Signal()
    search_requested = Signal(object)
    pages = 0

    def go_back(self) -> bool:
        self.pages -= 1
        return self.pages >= 0

    def show_actor(self, actor: object, *, is_from_outside: bool) -> None:
        self.told.append(("actor", actor, is_from_outside))


def test_back_goes_through_the_pages_of_a_view_first(views: LibraryViews) -> None:
    views.add_view("deep", _Deep)
    views.show_view("deep")
    views.view.pages = 1
    assert views.go_back(None)
    assert views.name == "deep"
    assert views.go_back(None)
    assert views.name == READ


def test_a_view_may_be_left_and_may_want_a_search(views: LibraryViews, qtbot: Any) -> None:
    views.add_view("deep", _Deep)
    views.show_view("deep")
    views.view.left.emit()
    assert views.name == READ
    views.show_view("deep")
    with qtbot.waitSignal(views.search_requested) as told:
        views.view.search_requested.emit("actor:x")
    assert told.args == ["actor:x"]
    assert views.name == READ


def test_an_actor_is_shown_in_the_view_of_actors(views: LibraryViews) -> None:
    views.show_actor("a")
    assert views.name == READ  # nobody knows that view
    views.add_view("actors", _Deep)
    views.show_actor("a")
    views.show_view("toy")
    views.show_actor("b")
    assert views.name == "actors"
    assert [one for one in views.view.told if one[0] == "actor"] == [
        ("actor", "a", True),
        ("actor", "b", False),
    ]


def test_escape_goes_to_reading(views: LibraryViews, qtbot: Any) -> None:
    views.show_view("toy")
    qtbot.keyClick(views.view, Qt.Key.Key_Escape)
    assert views.name == READ


def test_the_way_back_from_a_place_leads_to_the_view(views: LibraryViews, qtbot: Any) -> None:
    views.show_view("toy")
    with qtbot.waitSignal(views.place_requested) as told:
        views.view.place_requested.emit((ArticleId("a"), 3, 9))
    assert told.args == [(ArticleId("a"), 3, 9)]
    assert views.name == READ
    assert not views.go_back(ArticleId("b"))
    assert views.go_back(ArticleId("a"))
    assert views.name == "toy"
    assert views.go_back(ArticleId("a"))
    assert views.name == READ
    assert not views.go_back(ArticleId("a"))
