"""The view of actors: a table over the library or what a search found, and the page of each actor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import _, format_number, n_
from desktop.library.actor_table import ActorRow, Order
from desktop.model import Actor, ActorId, Changes
from desktop.progress import Progress
from desktop.ui.actor_menu import add_name_corrections
from desktop.ui.actor_page import ActorPageView
from desktop.ui.actor_suggestions import SuggestionBar, SuggestionList
from desktop.ui.actor_wishes import About, Merging, Separating, StandingApart
from desktop.ui.actor_words import query_for
from desktop.ui.actors_filters import ActorsFilters
from desktop.ui.actors_model import ActorsModel
from desktop.ui.actors_reading import ActorsReading, Counted, Found, Wish
from desktop.ui.actors_table import ActorsTable, as_text
from desktop.ui.empty_state import Emptiness, EmptyState, in_the_middle
from desktop.ui.icons import icon
from desktop.ui.theme import Theme
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import Services

_CLEAR = "clear_filter"


class ActorsView(QWidget):
    """One of the views of the library, see `library_views`.

    Signals:
        place_requested: (ArticleId, start, end) of a passage to be read in its text.
        search_requested: a query for the search field.
        left: back to what was there before this view.
        actor_wished: an ActorWish.
        menu_requested: (list of Actors, QPoint on screen), which `show_menu` answers.
    """

    place_requested = Signal(object)
    search_requested = Signal(object)
    left = Signal()
    actor_wished = Signal(object)
    menu_requested = Signal(object, object)

    def __init__(self, services: Services) -> None:
        super().__init__(objectName="actorsView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = services.appearance.theme
        self._settings, self._messages = services.settings, services.messages
        self._session: Session | None = None
        self._files = FileWriter(services.jobs, services.messages, services.settings)
        self.reading = ActorsReading(services.jobs, self)
        self.model = ActorsModel(self)
        self.filters = ActorsFilters()
        self.table = ActorsTable(theme, self.model)
        self.bar = SuggestionBar()
        self.suggestions = SuggestionList(theme)
        self.page = ActorPageView(services.jobs, theme)
        self._empty = EmptyState(theme)
        self._query = ""
        self._order = Order(self._settings.get("actors_order"))
        self._descending = bool(self._settings.get("actors_descending"))
        self._shown: Wish | None = None
        self._total = 0
        self._suggested = 0
        self._trail: list[ActorId] = []  # pages before the one that is shown
        self._is_from_outside = False
        self._lay_out()
        self._connect()
        self.table.restore_columns(self._settings.get("actors_columns"))
        self.table.show_order(self._order, self._descending)
        self.page.restore(self._settings.get("actor_page"))
        self._show_part(self._list)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        self._heading = QLabel(_("Actors"), objectName="actorsHeading", textFormat=Qt.TextFormat.PlainText)
        self._hint = QLabel(objectName="actorsHint", textFormat=Qt.TextFormat.PlainText)
        self._hint.setProperty("role", "dim")
        self._to_table = QPushButton(_("All actors"), objectName="toTable", flat=True)
        self._to_table.clicked.connect(self.show_table)
        head = QWidget(objectName="actorsHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(22, 14, 22, 10)
        above.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._to_table)
        above.addLayout(top)
        above.addWidget(self._hint)
        above.addSpacing(8)
        above.addWidget(self.filters)
        above.addWidget(self.bar)
        self._stack = QStackedWidget()
        self._empty_place = in_the_middle(self._empty)
        for widget in (self.table, self._empty_place, self.suggestions):
            self._stack.addWidget(widget)
        self._list = QWidget(objectName="actorsList")
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())
        self._parts = QStackedWidget()
        self._parts.addWidget(self._list)
        self._parts.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._parts)

    def _foot(self) -> QWidget:
        self._count = QLabel(objectName="actorsCount")
        self._count.setProperty("role", "dim")
        foot = QWidget(objectName="actorsFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 3, 8, 3)
        row.addWidget(self._count)
        row.addStretch(1)
        self._export = QPushButton(_("Export table (CSV, XLSX)…"), objectName="exportActors", flat=True)
        self._export.clicked.connect(self._export_table)
        row.addWidget(self._export)
        return foot

    def _connect(self) -> None:
        self.reading.row_in_view = self.table.first_visible
        self.reading.found.connect(self._show_found)
        self.reading.counted.connect(self._show_counted)
        self.reading.page_read.connect(self.model.fill)
        self.model.page_wanted.connect(
            lambda offset: self.reading.read_page(offset, self.model.page_ids(offset))
        )
        self.filters.changed.connect(self._ask)
        self.filters.left.connect(self.table.setFocus)
        self._empty.wanted.connect(self._take_offer)
        self.table.row_opened.connect(lambda row: self.show_actor(row.actor.id))
        self.table.order_chosen.connect(self._sort)
        self.table.copy_wanted.connect(self._copy)
        self.table.menu_requested.connect(self.menu_requested)
        self.table.horizontalHeader().sectionResized.connect(self._keep_columns)
        self.bar.opened.connect(self.show_suggestions)
        self.suggestions.same_chosen.connect(
            lambda one: self.actor_wished.emit(Merging(About((one.short, one.fuller)), one.fuller.id))
        )
        self.suggestions.apart_chosen.connect(lambda one: self.actor_wished.emit(StandingApart(one.short)))
        self.suggestions.actor_opened.connect(self.show_actor)
        self.suggestions.left.connect(self.show_table)
        self.page.back_requested.connect(self._on_back)
        self.page.actor_chosen.connect(self.show_actor)
        self.page.place_requested.connect(self.place_requested)
        self.page.search_requested.connect(self.search_requested)
        self.page.split_requested.connect(
            lambda actor, name: self.actor_wished.emit(Separating(actor, ((name.name, name.kind),)))
        )
        self.page.menu_requested.connect(self.menu_requested)
        self.page.gone.connect(self.show_table)
        self.page.splitter.splitterMoved.connect(lambda: self._settings.set("actor_page", self.page.sizes()))
        self.menu_requested.connect(self.show_menu)

    # What the window tells

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self._trail.clear()
        self.page.reading.use(session)
        self.model.show_actors(self.model.ids[:0], {})
        self.suggestions.show_suggestions([])
        self.bar.show_count(0)
        self.show_table()
        self.reading.use(session)
        self._ask()

    def set_query(self, query: str) -> None:
        """Look at what this finds; "" = at everything."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._ask()

    def follow(self, changes: Changes) -> None:
        """Look again when names or articles changed; what is the same stays as it is."""
        if changes.library or changes.articles or changes.actors:
            self.reading.again_soon()
            self.page.reading.again_soon()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._heading.setFont(theme.font(weight=600))
        for label in (self._hint, self._count, self._export):
            label.setFont(theme.font("small"))
        for part in (self.table, self.suggestions, self.page, self._empty):
            part.set_theme(theme)

    # The parts

    def _show_part(self, part: QWidget) -> None:
        self._parts.setCurrentWidget(part)
        self.setFocusProxy(self.page if part is self.page else self.table)

    @Slot(object)
    def show_actor(self, actor: ActorId, *, is_from_outside: bool = False) -> None:
        """Show the page of an actor. is_from_outside: the way back leads out of this view."""
        if is_from_outside:
            self._trail.clear()
        elif self._is_on_page and self.page.reading.actor is not None:
            self._trail.append(self.page.reading.actor)
        if is_from_outside or not self._is_on_page:
            self._is_from_outside = is_from_outside
        self._show_part(self.page)
        self.page.show_actor(actor)
        self.page.setFocus()

    @property
    def _is_on_page(self) -> bool:
        return self._parts.currentWidget() is self.page

    def go_back(self) -> bool:
        """Go back to the page, or to the table, where the reader was before; False = out of this view."""
        if self._is_on_page:
            if self._trail:
                self.page.show_actor(self._trail.pop())
                return True
            was_outside = self._is_from_outside
            self._leave_page()
            return not was_outside
        if self._stack.currentWidget() is self.suggestions:
            self.show_table()
            return True
        return False

    @Slot()
    def _on_back(self) -> None:
        if not self.go_back():
            self.left.emit()

    def _leave_page(self) -> None:
        self.page.reading.forget()
        self._is_from_outside = False
        self._show_part(self._list)
        part = self._stack.currentWidget()
        if part is self.suggestions:
            self.suggestions.go_to(0)
        elif part is self.table:
            self.table.setFocus()

    @Slot()
    def show_table(self) -> None:
        """Show the table of all actors."""
        self._trail.clear()
        self._is_from_outside = False
        self.page.reading.forget()
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self._show_part(self._list)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty_place)
        self._say()
        if had_focus and self.isVisible():
            self.table.setFocus()

    @Slot()
    def show_suggestions(self) -> None:
        """Show which names may be one actor."""
        self._stack.setCurrentWidget(self.suggestions)
        self._say()
        self.suggestions.go_to(0)

    def _say(self) -> None:
        """Write what is above and below the table."""
        on_list = self._stack.currentWidget() is self.suggestions
        self._heading.setText(_("Names that may be one actor") if on_list else self._title())
        self._hint.setText("" if on_list else _("Enter or a double click opens the page of an actor."))
        self._hint.setVisible(not on_list)
        self._to_table.setVisible(on_list)
        self.filters.setVisible(not on_list)
        self.bar.setVisible(not on_list and self._suggested > 0)
        self._export.setVisible(not on_list)
        self._show_count()

    def _title(self) -> str:
        return _("Actors in what was found") if self._query else _("Actors in the library")

    # Asking

    @Slot()
    def _ask(self) -> None:
        self.reading.ask(self._wish())

    def _wish(self) -> Wish:
        from desktop.tasks.browse_actors import Question

        chosen = self.filters
        return Wish(
            Question(self._query, chosen.kind, chosen.words, chosen.least), self._order, self._descending
        )

    @Slot(object, object)
    def _sort(self, order: Order, descending: bool) -> None:
        self._order, self._descending = order, descending
        self._settings.set("actors_order", order.value)
        self._settings.set("actors_descending", descending)
        self._ask()

    # Answers

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        is_same = found.wish == self._shown
        self._shown = found.wish
        current, top = self.table.current_number(), self.table.number_at(self.table.first_visible())
        self.model.show_actors(found.ids, found.pages)
        self._keep_place(current, top if is_same else None)
        if not found.ids:
            self._explain()
        if self._stack.currentWidget() is not self.suggestions:
            self._stack.setCurrentWidget(self.table if found.ids else self._empty_place)
        self._say()

    def _keep_place(self, current: int | None, top: int | None) -> None:
        """Have the same actor current, and the same one on top, where the rows are others now."""
        if self.table.currentIndex().isValid():
            return
        row = None if current is None else self.model.row_of(current)
        if row is not None:
            self.table.go_to(row, scroll=top is None)
        at = None if top is None else self.model.row_of(top)
        if at is not None:
            self.table.scrollTo(self.model.index(at, 0), self.table.ScrollHint.PositionAtTop)

    @Slot(object)
    def _show_counted(self, counted: Counted) -> None:
        self._total = sum(counted.kinds.values())
        self.filters.show_counts(counted.kinds)
        self._suggested = len(counted.suggestions)
        self.bar.show_count(self._suggested)
        self.suggestions.show_suggestions(counted.suggestions)
        self._say()

    def _show_count(self) -> None:
        if self._stack.currentWidget() is self.suggestions:
            words = n_("{n} suggestion", "{n} suggestions", self._suggested)
        else:
            shown = self.model.rowCount()
            words = n_("{n} actor", "{n} actors", shown)
            if shown < self._total:
                words = _("{shown} of {total} actors").format(
                    shown=format_number(shown), total=format_number(self._total)
                )
        self._count.setText(words)

    def _explain(self) -> None:
        if self.filters.is_narrow:
            emptiness = Emptiness(
                _("No actor matches the filter"),
                (_("There may be others: of another kind, with another name, in fewer articles."),),
                ((_CLEAR, _("Clear filter")),),
            )
        elif self._query:
            emptiness = Emptiness(
                _("No actors in what was found"), (_("Search for something else to see who is in it."),)
            )
        else:
            emptiness = Emptiness(
                _("No actors yet"),
                (
                    _("Names of persons, organisations, places and events are marked when articles come in."),
                    _("Import articles, and here stands who is in them, how often and with whom."),
                ),
            )
        self._empty.explain(emptiness)

    @Slot(object)
    def _take_offer(self, name: str) -> None:
        if name == _CLEAR:
            self.filters.clear()
            self.filters.go_to_words()

    # Menu, copying, telling

    @Slot(object, object)
    def show_menu(self, actors: list[Actor], place: QPoint) -> None:
        """Offer what can be done with actors."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if len(actors) == 1:
            [actor] = actors
            if not self._is_on_page:
                menu.addAction(icon("info"), _("Show actor"), lambda: self.show_actor(actor.id))
            menu.addAction(
                icon("magnifying-glass"),
                _("Search for this actor"),
                lambda: self.search_requested.emit(query_for(actor.name)),
            )
        if not self._is_on_page:
            menu.addAction(self.table.copy_action)
        menu.addSeparator()
        add_name_corrections(menu, About(tuple(actors)), self.actor_wished.emit)
        menu.popup(place)

    @Slot(object)
    def _copy(self, numbers: list[int]) -> None:
        ids = [self.model.ids[number] for number in numbers]
        self.reading.read_rows(ids, self._put_on_clipboard)

    def _put_on_clipboard(self, rows: list[ActorRow]) -> None:
        QGuiApplication.clipboard().setText(as_text(rows))
        self._messages.tell(n_("{n} row copied", "{n} rows copied", len(rows)))

    @Slot()
    def _export_table(self) -> None:
        """Ask for a file and write the table into it."""
        session, wish = self._session, self._wish()
        if session is None:
            return

        def task(target: Path, progress: Progress) -> None:
            from desktop.tasks import browse_actors

            browse_actors.export(session, wish.question, wish.order, wish.descending, target, progress)

        self._files.write_table(_("Actors"), task)

    @Slot()
    def _keep_columns(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.table.keep_widths()
            self._settings.set("actors_columns", self.table.columns())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.go_back():
            event.accept()
        else:
            super().keyPressEvent(event)
