"""The views of the library: reading, and whatever looks at all of it or at what a search found.

A view is a QWidget with `use(session | None)`, `set_query(query)`, `follow(changes)`, `set_theme(theme)`
and a signal `place_requested`, whose payload (ArticleId, start, end) is to be opened for reading. It is made
when it is first looked at, and told nothing while nobody looks: when it is shown again it catches up.
It may have more: `go_back()`, which goes back within the view and tells whether there was a way; signals
`left`, to leave it, `search_requested` with a query, `actor_wished` with an ActorWish, and `notes_wished`
with a NotesWish; `show_actor`, see `LibraryViews.show_actor`; `flush()`, which tells what is still being
written; `know_tags(names)`; `export()`, which takes the place of the export of the articles' notes, and a
signal `export_requested` with the AnnotationIds that are chosen then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QWidget

from desktop.i18n import _
from desktop.model import ActorId, ArticleId, Changes

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.actions import Actions
    from desktop.ui.main_window import Services
    from desktop.ui.theme import Theme

READ = "read"
ACTORS = "actors"
NOTES = "notes"


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view; its action is called "view_" and its name."""

    name: str
    button: str  #: the word in the switcher
    text: str  #: the words in the menu; most letters of that menu have a use already
    key: str
    make: Callable[[Services], QWidget] | None  #: None = reading, which is there from the beginning


def view_table() -> list[ViewRow]:
    """Return every view in the interface's language, in the order of the switcher."""
    return [
        ViewRow(READ, _("Read"), _("Read"), "Ctrl+1", None),
        ViewRow("amounts", _("Amounts"), _("Amounts in the &library"), "Ctrl+2", _amounts),
        ViewRow("timeline", _("Timeline"), _("Timeline"), "Ctrl+3", _timeline),
        ViewRow(ACTORS, _("Actors"), _("Actors in the library"), "Ctrl+4", _actors),
        ViewRow("network", _("Network"), _("Network"), "Ctrl+5", _network),
        ViewRow(NOTES, _("Notes"), _("Notes in the library"), "Ctrl+6", _notes),
    ]


def _amounts(services: Services) -> QWidget:
    from desktop.ui.amounts_view import AmountsView

    return AmountsView(services)


def _timeline(services: Services) -> QWidget:
    from desktop.ui.timeline_view import timeline_view

    return timeline_view(services)


def _actors(services: Services) -> QWidget:
    from desktop.ui.actors_view import ActorsView

    return ActorsView(services)


def _network(services: Services) -> QWidget:
    from desktop.ui.network_view import network_view

    return network_view(services)


def _notes(services: Services) -> QWidget:
    from desktop.ui.notes_view import NotesView

    return NotesView(services)


class LibraryViews(QStackedWidget):
    """Shows one view at a time, the reading panes first.

    Signals:
        view_changed: the name of the view that is shown from now on.
        view_made: name and widget of a view that is shown for the first time.
        place_requested: (ArticleId, start, end) that a view wants to have read.
        actor_wished: the ActorWish of a view.
        search_requested: a query that a view wants to be searched for; reading is shown then.
        notes_wished: the NotesWish of a view.
        export_requested: the AnnotationIds that a view wants to go out.
    """

    view_changed = Signal(object)
    view_made = Signal(object, object)
    place_requested = Signal(object)
    actor_wished = Signal(object)
    search_requested = Signal(object)
    notes_wished = Signal(object)
    export_requested = Signal(object)

    def __init__(self, reading: QWidget, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("libraryViews")
        self.addWidget(reading)
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, Any] = {}
        self._missed: dict[str, Changes] = {}  # of each view that is made, while another was shown
        self._name = READ
        self._session: Session | None = None
        self._query = ""
        self._tags: list[str] = []
        self._theme = theme
        self._left_for: tuple[ArticleId, str] | None = None

    @property
    def name(self) -> str:
        """Return the name of the view that is shown."""
        return self._name

    @property
    def view(self) -> Any:
        """Return the view that is shown; None when that is reading."""
        return self._made.get(self._name)

    def add_view(self, name: str, factory: Callable[[], QWidget]) -> None:
        """Know a view by a name; it is made when it is first shown."""
        self._factories[name] = factory

    @Slot(object)
    def show_view(self, name: str) -> None:
        """Show a view; a name that nobody knows is that of reading."""
        name = name if name in self._factories else READ
        if name == self._name:
            return
        self._name = name
        if name == READ:
            self.setCurrentIndex(0)
        else:
            view = self._made.get(name) or self._make(name)
            self._bring_up_to_date(name)
            self.setCurrentWidget(view)
            view.setFocus()
        self.view_changed.emit(name)

    def _make(self, name: str) -> Any:
        view: Any = self._factories[name]()
        self._made[name] = view
        self.addWidget(view)
        view.set_query(self._query)
        view.use(self._session)
        view.place_requested.connect(self._on_place)
        if hasattr(view, "actor_wished"):
            view.actor_wished.connect(self.actor_wished)
        if hasattr(view, "notes_wished"):
            view.notes_wished.connect(self.notes_wished)
            view.export_requested.connect(self.export_requested)
            view.know_tags(self._tags)
        if hasattr(view, "left"):
            view.left.connect(lambda: self.show_view(READ))
        if hasattr(view, "search_requested"):
            view.search_requested.connect(self._on_search)
        self.view_made.emit(name, view)
        return view

    # What a view is told

    def _bring_up_to_date(self, name: str) -> None:
        view = self._made[name]
        view.set_theme(self._theme)
        view.set_query(self._query)
        missed = self._missed.pop(name, None)
        if missed is not None:
            view.follow(missed)

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self._left_for = None
        self._missed.clear()
        for view in self._made.values():
            view.use(session)

    @Slot(object)
    def set_query(self, query: str) -> None:
        """Look at what this query finds; "" = at everything."""
        self._query = query
        if self.view is not None:
            self.view.set_query(query)

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look again at what has changed."""
        for name, view in self._made.items():
            if name == self._name:
                view.follow(changes)
            else:
                self._missed[name] = _both(self._missed.get(name, Changes()), changes)

    @Slot(object)
    def know_tags(self, tags: list[str]) -> None:
        """Offer these tags where tags are typed."""
        self._tags = list(tags)
        for view in self._made.values():
            if hasattr(view, "know_tags"):
                view.know_tags(self._tags)

    def flush(self) -> None:
        """Have every view tell what is still being written in it."""
        for view in self._made.values():
            if hasattr(view, "flush"):
                view.flush()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        if self.view is not None:
            self.view.set_theme(theme)

    # Reading and back

    @Slot(object)
    def _on_place(self, place: tuple[ArticleId, int, int]) -> None:
        self._left_for = (place[0], self._name)
        self.show_view(READ)
        self.place_requested.emit(place)

    @Slot(object)
    def _on_search(self, query: str) -> None:
        self.show_view(READ)
        self.search_requested.emit(query)

    @Slot(object)
    def show_actor(self, actor: ActorId) -> None:
        """Show the page of an actor; the way back from it leads to where the reader is now."""
        if ACTORS in self._factories:
            was_reading = self._name == READ
            self.show_view(ACTORS)
            self.view.show_actor(actor, is_from_outside=was_reading)

    def behind(self, article: ArticleId | None) -> str:
        """Return the name of the view from which this article was opened last; "" = from none."""
        return self._left_for[1] if self._left_for and self._left_for[0] == article else ""

    def go_back(self, article: ArticleId | None) -> bool:
        """Leave a view for reading, or the article for the view it was opened from; False = neither."""
        if self._name != READ:
            if not (hasattr(self.view, "go_back") and self.view.go_back()):
                self.show_view(READ)
            return True
        name = self.behind(article)
        self._left_for = None if name else self._left_for
        if name:
            self.show_view(name)
        return bool(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to reading with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._name != READ:
            self.show_view(READ)
        else:
            super().keyPressEvent(event)


def _both(one: Changes, other: Changes) -> Changes:
    return Changes(
        one.articles | other.articles,
        one.annotations | other.annotations,
        library=one.library or other.library,
        actors=one.actors or other.actors,
    )


class ViewSwitcher(QWidget):
    """A button for each view, of which one is pressed."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("viewSwitcher")
        self.setAccessibleName(_("Views"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        group = QActionGroup(self)
        table = view_table()
        for view in table:
            action = actions[f"view_{view.name}"]
            action.setIconText(view.button)
            group.addAction(action)
            button = QToolButton(objectName=f"viewButton_{view.name}", focusPolicy=Qt.FocusPolicy.TabFocus)
            button.setDefaultAction(action)
            button.setAccessibleName(view.button)
            row.addWidget(button)
        help_button = QToolButton(objectName="viewHelp", focusPolicy=Qt.FocusPolicy.TabFocus)
        help_button.setText("?")
        help_button.setToolTip(actions["help"].toolTip())
        help_button.setAccessibleName(_("Help about this view"))
        help_button.clicked.connect(actions["help"].trigger)
        row.addWidget(help_button)
        actions[f"view_{READ}"].setChecked(True)
        self.setVisible(len(table) > 1)
