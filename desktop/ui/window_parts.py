"""The parts of the window that are made after its first paint: the reading panes and all that works.

They know each other only through what they are given here; `main_window` connects them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop import paths
from desktop.i18n import _
from desktop.model import AnnotationId, ArticleId
from desktop.ui.actions import Needs
from desktop.ui.actor_desk import ActorDesk
from desktop.ui.article_desk import ArticleDesk
from desktop.ui.copies_line import CopiesLine, page_of
from desktop.ui.correcting import Correcting
from desktop.ui.correcting_desk import CorrectingDesk
from desktop.ui.desk import Desk
from desktop.ui.details_desk import DetailsDesk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.draft_desk import DraftDesk
from desktop.ui.drop_area import DropArea
from desktop.ui.editing import Editing
from desktop.ui.exporting import Exporting
from desktop.ui.facet_desk import FacetDesk
from desktop.ui.focus_mode import FocusMode
from desktop.ui.import_desk import ImportDesk
from desktop.ui.importing import Importing
from desktop.ui.keeping_desk import KeepingDesk
from desktop.ui.library_views import READ, view_table
from desktop.ui.look import MARKS, Look
from desktop.ui.name_reading import NameReading
from desktop.ui.naming import Naming
from desktop.ui.notice_bar import NoticeBar
from desktop.ui.pane_cycle import PaneCycle
from desktop.ui.printing import Printing
from desktop.ui.reading import Reading
from desktop.ui.related_desk import RelatedDesk
from desktop.ui.result_desk import ResultDesk
from desktop.ui.review_desk import ReviewDesk
from desktop.ui.saved_desk import SavedDesk
from desktop.ui.saved_list import SavedList
from desktop.ui.searching import Searching
from desktop.ui.side_panel import SidePanel
from desktop.ui.trash_desk import TrashDesk
from desktop.ui.watching import Watching

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import MainWindow
    from desktop.ui.theme import Theme


def _way_out() -> str:
    return _("Esc brings everything back")


class Parts(QObject):
    """Creates the parts, and does what concerns several of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._make_workers(window)
        self._make_panes(window)
        self._make_desks(window)
        self._make_desks_of_the_text(window)
        self._make_desks_of_the_library(window)
        self._bring_together(window)
        for view in view_table():
            if view.make is not None:
                window.views.add_view(view.name, partial(view.make, window.services))

    def _make_workers(self, window: MainWindow) -> None:
        settings, jobs, messages = window.settings, window.jobs, window.messages
        self.searching = Searching(jobs, settings, self)
        self.reading = Reading(jobs, settings, self)
        self.editing = Editing(jobs, messages, self)
        self.correcting = Correcting(jobs, messages, settings, self.editing.undo, self)
        self.name_reading = NameReading(jobs, messages, settings, self)
        self.naming = Naming(jobs, messages, self.editing.undo, self)
        self.importing = Importing(jobs, messages, settings, self)
        self.exporting = Exporting(window, jobs, messages, settings, window.appearance, self)
        self.look = Look(settings, window.appearance, self)

    def _make_panes(self, window: MainWindow) -> None:
        theme = window.appearance.theme
        self.pane = DocumentPane(theme)
        self.copies = CopiesLine(theme)
        self.page = page_of(self.copies, self.pane)
        self.side = SidePanel(theme, window.settings.get("side_tab"))
        self.notices = NoticeBar(window)
        self.notices.spare(self.pane.note_editor)
        self.drop = DropArea(window, theme)
        window.results.add_saved(SavedList(theme, window.results))

    def _make_desks(self, window: MainWindow) -> None:
        settings, jobs, messages = window.settings, window.jobs, window.messages
        actions, libraries, undo = window.action_table, window.libraries, self.editing.undo
        self.desk = Desk(window, actions, settings, messages, libraries, window.appearance, self.look)
        self.result_desk = ResultDesk(
            actions,
            window.field,
            window.results,
            window.status,
            self.searching,
            self.reading,
            self.importing,
            libraries,
            window.appearance,
        )
        self.facet_desk = FacetDesk((window.results.facets, window.view_facets), window.field, jobs, self)
        self.saved_desk = SavedDesk(
            window.field, window.results.saved, actions["save_search"], jobs, messages, undo, self
        )
        self.keeping = KeepingDesk(window.field, window.results, jobs, messages, undo, settings)
        self.desk.view_in_sight = lambda: window.views.name

    def _make_desks_of_the_text(self, window: MainWindow) -> None:
        settings, jobs, messages = window.settings, window.jobs, window.messages
        self.related_desk = RelatedDesk(window, jobs, window.appearance, self.reading)
        self.article_desk = ArticleDesk(
            window.action_table,
            messages,
            window.results,
            self.pane,
            self.side,
            self.reading,
            self.editing,
            self.importing,
        )
        self.article_desk.view_behind = window.views.behind
        self.keeping.chosen = self.article_desk.chosen
        self.actor_desk = ActorDesk(window, window.appearance, self.naming, lambda: self.reading.current)
        self.correcting_desk = CorrectingDesk(
            messages,
            window.appearance,
            self.pane,
            self.side,
            self.reading,
            self.correcting,
            self.actor_desk,
        )
        self.review_desk = ReviewDesk(
            window, jobs, messages, window.appearance, self.editing, self.reading, self.pane
        )
        self.draft_desk = DraftDesk(self.pane, self.reading, settings, jobs, messages)
        self.printing = Printing(window, settings, lambda: self.reading.current)
        self.pane.zoom_of = self.look.zoom_of

    def _make_desks_of_the_library(self, window: MainWindow) -> None:
        settings, jobs, messages = window.settings, window.jobs, window.messages
        self.trash_desk = TrashDesk(window, jobs, messages, window.appearance, self.editing)
        self.details_desk = DetailsDesk(window, jobs, messages, self.editing.undo)
        self.import_desk = ImportDesk(
            window, jobs, messages, window.appearance, window.status, self.importing
        )
        self.watching = Watching(window, jobs, messages, settings, window.appearance, self.importing)

    def _bring_together(self, window: MainWindow) -> None:
        actions = window.action_table
        around = {
            window.results: actions["result_list"],
            self.side: actions["side_panel"],
            **dict.fromkeys((window.tool_bar, window.statusBar(), window.menuBar())),
        }
        self.focus_mode = FocusMode(window, actions["focus_mode"], around, self)
        self._working = (
            *(self.reading, self.editing, self.correcting, self.naming, self.trash_desk, self.draft_desk),
            *(self.import_desk, self.details_desk, self.watching, self.review_desk, self.importing),
            *(self.exporting, self.facet_desk, self.saved_desk, self.searching, self.name_reading),
            *(self.keeping, self.related_desk),
        )
        self.cycle = PaneCycle(
            [
                (window.field, lambda: window.field),
                (window.results, lambda: window.results.view),
                (self.pane, lambda: self.pane),
                (self.side, self.side.list_in_front),
            ],
            self,
        )

    def begin(self) -> None:
        """Bring everything to where it was the last time."""
        window = self._window
        actions, settings = window.action_table, window.settings
        window.field.set_searches(settings.get("searches"))
        chosen = ("star", "read", "article_tags", "collect", "related", "copy_link", "export_notes", "trash")
        window.results.view.addActions([actions[name] for name in chosen])
        window.results.saved.unfold(settings.get("saved_searches_open"))
        actions["side_panel"].setChecked(True)
        actions["result_list"].setChecked(True)
        actions["collection_list"].setChecked(settings.get("collections_shown"))
        self.keeping.show_list(settings.get("collections_shown"))
        actions["names_by_model"].setChecked(self.name_reading.is_wanted)
        actions["fold_copies"].setChecked(settings.get("fold_copies"))
        self.reading.shown.connect(lambda shown: self.name_reading.set_at_hand(shown.opened.article.id))
        window.views.show_view(settings.get("view"))
        window.status.articles_so_far = lambda: self.importing.articles_so_far
        self.reading.words = lambda: self.searching.words
        self.searching.row_in_view = window.results.first_visible
        self.searching.query = window.field.text()
        self.side.amounts.set_order(settings.get("amounts_order"))
        self.side.dates.set_order(settings.get("dates_order"))
        self.look.fill_theme_menu(actions.submenus["theme"])
        self.look.tell_all()
        actions.submenus["sort"].addActions(window.results.sort_actions)
        recent = actions.submenus["recent_libraries"]
        self.desk.fill_recent(recent)
        recent.aboutToShow.connect(lambda: self.desk.fill_recent(recent))

    # The library

    @Slot(object)
    def use_library(self, session: Session) -> None:
        """Work in this library from now on."""
        self._window.action_table.enable(Needs.LIBRARY, True)
        for part in self._working:
            part.use(session)
        self._window.views.use(session)
        self.result_desk.show_index()
        if session.library.created and session.library.folder == paths.default_library():
            self.importing.bring_in_starters()
        elif last := self._window.settings.get("last_article"):
            self.reading.reopen(ArticleId(last))

    @Slot()
    def leave_library(self) -> None:
        """Tell what is still to be stored, then let go of the library."""
        self.pane.flush()
        self._window.views.flush()
        for part in self._working:
            part.use(None)
        self._window.views.use(None)
        self._window.action_table.enable(Needs.LIBRARY, False)
        self.result_desk.close()

    # The views

    @Slot(object)
    def show_view_changed(self, name: str) -> None:
        """Say which view is shown; without reading, nothing is done to an article that nobody sees."""
        actions = self._window.action_table
        self._window.settings.set("view", name)
        actions[f"view_{name}"].setChecked(True)
        actions.enable(Needs.READING, name == READ)
        self.article_desk.show_way_back(name != READ)
        self._window.view_facets.set_wanted(name != READ)
        if name != READ:
            self.focus_mode.leave()

    @Slot()
    def go_back(self) -> None:
        """Go back to the view, or to the article, where the reader was before."""
        current = self.reading.current
        if not self._window.views.go_back(current.article.id if current else None):
            self.reading.back()

    @Slot()
    def go_to_field(self) -> None:
        """Go to the search field, which stands beside the text."""
        self.focus_mode.leave()
        self.result_desk.go_to_field()

    @Slot()
    def tell_way_out(self) -> None:
        """Say how everything around the text comes back."""
        self._window.messages.tell(_way_out())

    @Slot()
    def forget_way_out(self) -> None:
        """Say so no longer."""
        self.notices.withdraw(_way_out())

    @Slot()
    def go_to_results(self) -> None:
        """Go from the search field to what was found."""
        view = self._window.views.view
        if view is None:
            self.result_desk.go_to_results()
        else:
            view.setFocus()

    @Slot()
    def go_to_list(self) -> None:
        """Leave the search field."""
        (self._window.views.view or self._window.results.view).setFocus()

    # Small matters

    @Slot()
    def export_notes(self) -> None:
        """Let a person choose what goes out: of the articles that are selected, when several, or listed.

        The view of notes lets choose among those that are selected or listed in it.
        """
        view = self._window.views.view
        if hasattr(view, "export"):
            view.export()
            return
        selected = self._window.results.selected_rows()
        several = selected if len(selected) > 1 else ()
        current = self.reading.current
        self.exporting.show_dialog(self.searching.query, current.article if current else None, several)

    @Slot(object)
    def export_chosen(self, notes: frozenset[AnnotationId]) -> None:
        """Let a person choose how these notes go out."""
        self.exporting.show_dialog(self.searching.query, None, (), notes)

    @Slot(object, object)
    def show_marks(self, key: str, shown: bool) -> None:
        """Show or hide a group of marks."""
        self._window.action_table[key].setChecked(shown)
        self.pane.set_group_shown(MARKS[key], shown)

    @Slot(object)
    def wear(self, theme: Theme) -> None:
        """Wear another theme."""
        window = self._window
        for part in (
            window.field,
            window.results,
            window.views,
            self.pane,
            self.copies,
            self.side,
            self.drop,
        ):
            part.set_theme(theme)
