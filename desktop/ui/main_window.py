"""The window: creates the panes, lays them out, and connects everything in one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QSplitter, QToolBar, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui import emptiness, window_memory
from desktop.ui.actions import Actions, Needs
from desktop.ui.appearance import Appearance
from desktop.ui.facet_bar import FacetBar
from desktop.ui.jobs import Jobs
from desktop.ui.libraries import Libraries
from desktop.ui.library_views import LibraryViews, ViewSwitcher, view_table
from desktop.ui.messages import Messages
from desktop.ui.result_list import ResultList
from desktop.ui.search_field import SearchField
from desktop.ui.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.ui.window_parts import Parts

_SEARCH_WIDTH = (240, 520)  # pixels, least and most
_ROOMY, _NARROW_SEARCH = (
    1160,
    150,
)  # pixels: of a window in which all words find room, of the search in others
_SETTLE_SECONDS = 10.0  # for what was changed to be stored when the window closes


@dataclass(frozen=True, slots=True)
class Services:
    """What lives longer than a window."""

    settings: Settings
    appearance: Appearance
    messages: Messages
    jobs: Jobs
    libraries: Libraries


class MainWindow(QMainWindow):
    """The window of the program.

    What is seen at once (menus, toolbar, list, status) is made first; the rest, which takes as long
    again, when that has been painted: `ready` tells when.

    Signals:
        ready: everything is there and connected.
    """

    ready = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Leeslamp")
        self.settings, self.appearance = services.settings, services.appearance
        self.messages, self.jobs, self.libraries = services.messages, services.jobs, services.libraries
        self.services = services
        self.parts: Parts | None = None
        self._was_painted = False
        self.action_table = Actions(self)
        self.field = SearchField(self.appearance.theme)
        self.results = ResultList(self.appearance.theme, self.settings.get("sort"))
        self.status = StatusBar()
        self._lay_out()
        self._lay_out_toolbar()
        self.status.show_zoom(100)
        self.results.show_emptiness(emptiness.opening())
        self.action_table.enable(Needs.LIBRARY, False)
        self.action_table.enable(Needs.ARTICLE, False)
        window_memory.restore(self, self.splitter, self.settings)
        self.results.setFocus()  # not on what Qt finds first, a button in the status bar

    def _lay_out(self) -> None:
        self.action_table.fill(self.menuBar())
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        page, panel = QWidget(objectName="pagePlace"), QWidget(objectName="panelPlace")
        for pane, least in ((self.results, 220), (page, 360), (panel, 270)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        self.views = LibraryViews(self.splitter, self.appearance.theme)
        self.view_facets = FacetBar(self.appearance.theme, lines=1)
        self.view_facets.setObjectName("viewFacetBar")
        self.view_facets.set_wanted(False)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view_facets)
        column.addWidget(self.views, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)

    def _lay_out_toolbar(self) -> None:
        self.field.setMinimumWidth(_SEARCH_WIDTH[0])
        self.field.setMaximumWidth(_SEARCH_WIDTH[1])
        bar = self.tool_bar = QToolBar(objectName="toolBar", movable=False, floatable=False)
        bar.setWindowTitle(_("Toolbar"))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setIconSize(QSize(18, 18))
        bar.addActions([self.action_table["back"], self.action_table["forward"]])
        bar.addWidget(self.field)
        self._wordy: list[Any] = []
        for name, words in (("import_files", _("Import")), ("export_notes", _("Export"))):
            self.action_table[name].setIconText(words)
            bar.addAction(self.action_table[name])
            button = bar.widgetForAction(self.action_table[name])
            self._wordy.append(button)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        self.switcher = ViewSwitcher(self.action_table)
        bar.addWidget(self.switcher)
        self.addToolBar(bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words of the toolbar, and room of the search, where the views would find no place."""
        style = Qt.ToolButtonStyle
        roomy = self.width() >= _ROOMY
        for button in self._wordy:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if roomy else style.ToolButtonIconOnly)
        self.field.setMinimumWidth(_SEARCH_WIDTH[0] if roomy else _NARROW_SEARCH)
        super().resizeEvent(event)

    @Slot()
    def _complete(self) -> None:
        """Make the rest and connect everything."""
        from desktop.ui.window_parts import Parts

        self.parts = parts = Parts(self)
        for number, pane in ((1, parts.page), (2, parts.side)):
            place = self.splitter.replaceWidget(number, pane)
            pane.setMinimumWidth(place.minimumWidth())
            place.deleteLater()
        self.splitter.setStretchFactor(1, 1)
        self._connect_panes(parts)
        self._connect_work(parts)
        self._connect_actions(parts)
        parts.begin()
        self.ready.emit()

    # Connections

    def _connect_panes(self, parts: Parts) -> None:
        # search field -> searching
        self.field.query_changed.connect(parts.searching.search)
        self.field.names_wanted.connect(parts.searching.find_names)
        self.field.search_forgotten.connect(parts.searching.forget)
        self.field.accepted.connect(parts.go_to_results)
        self.field.left.connect(parts.go_to_list)
        self.field.explanation_wanted.connect(parts.searching.explain)
        # views of the library
        self.field.query_changed.connect(self.views.set_query)
        self.views.view_changed.connect(parts.show_view_changed)
        self.views.view_made.connect(parts.cycle.add)
        self.views.place_requested.connect(lambda place: parts.reading.open_passage(*place))
        self.views.actor_wished.connect(parts.actor_desk.carry_out)
        self.views.notes_wished.connect(parts.editing.carry_out)
        self.views.export_requested.connect(parts.export_chosen)
        parts.editing.tags_read.connect(self.views.know_tags)
        self.views.search_requested.connect(self.field.set_query)
        for pane in (parts.pane, parts.side):
            pane.actor_requested.connect(self.views.show_actor)
            pane.search_requested.connect(self.field.set_query)
        # searching -> search field, result list
        parts.searching.found.connect(parts.result_desk.show_found)
        parts.searching.found.connect(parts.facet_desk.follow)
        parts.searching.found.connect(parts.saved_desk.follow_found)
        parts.searching.page_read.connect(self.results.model.put_page)
        parts.searching.articles_read.connect(parts.result_desk.show_again)
        parts.searching.explained.connect(parts.result_desk.show_explanation)
        parts.searching.names_found.connect(self.field.show_names)
        parts.searching.searches_changed.connect(self.field.set_searches)
        # result list -> reading, searching
        self.results.model.page_wanted.connect(parts.searching.read_page)
        self.results.article_chosen.connect(parts.reading.open)
        self.results.article_chosen.connect(parts.searching.remember)
        self.results.reading_requested.connect(parts.pane.setFocus)
        self.results.saved.read_wanted.connect(parts.result_desk.go_to_results)
        self.results.saved.folded.connect(lambda shown: self.settings.set("saved_searches_open", shown))
        self.results.sort_chosen.connect(parts.searching.sort)
        self.results.query_wanted.connect(self.field.set_query)
        self.results.action_wanted.connect(parts.result_desk.take_offer)
        self.results.selection_changed.connect(parts.article_desk.show_selection)
        # reading -> panes
        parts.reading.shown.connect(parts.article_desk.show_article)
        parts.reading.shown.connect(lambda shown: parts.look.follow(shown.opened.article.id))
        parts.reading.shown.connect(parts.draft_desk.follow)
        parts.reading.left.connect(parts.article_desk.show_none)
        parts.reading.shown.connect(parts.copies.show_article)
        parts.reading.left.connect(parts.copies.clear)
        parts.copies.article_requested.connect(parts.reading.open)
        parts.result_desk.hits_changed.connect(parts.reading.mark_hits)
        parts.reading.trail_changed.connect(parts.article_desk.show_trail)
        # document pane -> editing, side panel
        parts.pane.mention_entered.connect(parts.side.follow_mention)
        parts.pane.mention_clicked.connect(parts.side.show_mention)
        parts.pane.annotation_entered.connect(parts.side.follow_annotation)
        parts.pane.highlight_requested.connect(parts.article_desk.highlight)
        parts.pane.note_requested.connect(parts.article_desk.highlight)
        parts.pane.passage_note_requested.connect(lambda wish: parts.editing.note_on_passage(*wish))
        parts.pane.resize_requested.connect(lambda wish: parts.editing.resize(*wish))
        parts.pane.note_typed.connect(parts.draft_desk.keep)
        parts.pane.note_taken_back.connect(parts.draft_desk.forget)
        parts.pane.quote_copied.connect(parts.article_desk.say_copied)
        parts.pane.left.connect(parts.focus_mode.leave)
        parts.pane.recolour_requested.connect(lambda wish: parts.editing.recolour(*wish))
        parts.pane.annotation_changed_requested.connect(lambda wish: parts.editing.set_note(*wish))
        parts.pane.delete_annotation_requested.connect(parts.editing.delete_note)
        parts.pane.selection_missed.connect(parts.article_desk.ask_for_selection)
        parts.pane.position_changed.connect(parts.article_desk.remember_place)
        parts.pane.link_clicked.connect(parts.article_desk.follow_link)
        parts.pane.zoom_requested.connect(parts.look.zoom_by)
        # side panel -> document pane, editing
        parts.side.place_requested.connect(lambda place: parts.pane.go_to(*place))
        parts.side.order_chosen.connect(lambda tab, order: self.settings.set(f"{tab}_order", order))
        parts.side.note_opened.connect(parts.pane.annotating.edit_note)
        parts.side.delete_note_requested.connect(parts.editing.delete_note)
        parts.side.recolour_requested.connect(lambda wish: parts.editing.recolour(*wish))

    def _connect_work(self, parts: Parts) -> None:
        self.messages.noticed.connect(parts.notices.show_notice)
        self.jobs.progressed.connect(self.status.show_job)
        self.jobs.changed.connect(parts.result_desk.follow)
        self.jobs.changed.connect(parts.facet_desk.count_again)
        self.jobs.changed.connect(parts.saved_desk.follow)
        self.jobs.changed.connect(parts.reading.refresh)
        self.jobs.changed.connect(self.views.follow)
        self.jobs.changed.connect(parts.trash_desk.follow)
        self.jobs.changed.connect(parts.review_desk.follow)
        self.jobs.changed.connect(parts.editing.read_steps)
        self.jobs.changed.connect(parts.correcting.follow)
        self.jobs.changed.connect(parts.name_reading.follow)
        self.jobs.problem_met.connect(self.messages.problem)
        self.jobs.bug_met.connect(self.messages.bug)
        self.libraries.opened.connect(parts.use_library)
        self.libraries.leaving.connect(parts.leave_library)
        self.libraries.failed.connect(lambda _p: self.results.show_emptiness(emptiness.no_library()))
        self.libraries.index_changed.connect(parts.result_desk.show_index)
        self.libraries.index_changed.connect(parts.saved_desk.count_again)
        parts.editing.steps_changed.connect(parts.article_desk.show_steps)
        parts.editing.tags_read.connect(parts.article_desk.know_tags)
        parts.editing.note_stored.connect(parts.draft_desk.stored)
        parts.editing.article_touched.connect(parts.article_desk.show_touched)
        parts.importing.arrived.connect(parts.article_desk.arrive)
        # Queued: whoever drags a file is not to wait for an answer.
        parts.importing.corrections_met.connect(
            parts.correcting_desk.offer, Qt.ConnectionType.QueuedConnection
        )
        parts.importing.review_wanted.connect(parts.review_desk.show_review)
        parts.importing.starters_arrived.connect(parts.article_desk.greet)
        parts.drop.dropped.connect(parts.importing.bring_in)
        self.status.zoom_reset_requested.connect(parts.look.zoom_reset)
        parts.look.zoomed.connect(parts.pane.set_zoom)
        parts.look.zoomed.connect(self.status.show_zoom)
        parts.look.style_changed.connect(parts.pane.set_style)
        parts.focus_mode.entered.connect(parts.tell_way_out)
        parts.focus_mode.left.connect(parts.forget_way_out)
        parts.look.marks_changed.connect(parts.show_marks)
        self.appearance.changed.connect(parts.wear)

    def _connect_actions(self, parts: Parts) -> None:
        from desktop.ui.look import MARKS
        from desktop.ui.resizing import EDGE_STEPS

        on = self.action_table.on
        on("import_files", parts.importing.choose_files)
        on("import_folder", parts.importing.choose_folder)
        on("paste_article", parts.importing.paste)
        on("import_table", parts.import_desk.choose_table)
        on("watched_folders", parts.watching.show_folders)
        on("import_problems", parts.import_desk.show_list)
        on("import_notes", parts.exporting.import_notes)
        on("export_notes", parts.export_notes)
        on("export_library", parts.exporting.export_library)
        on("new_library", parts.desk.new_library)
        on("open_library", parts.desk.open_library)
        on("remove_starters", parts.editing.remove_starters)
        on("show_trash", parts.trash_desk.show_trash)
        on("review_notes", parts.review_desk.show_review)
        on("settings", parts.desk.show_settings)
        on("quit", self.close)
        on("undo", parts.editing.undo)
        on("redo", parts.editing.redo)
        on("copy", parts.desk.copy)
        on("select_all", parts.article_desk.select_all)
        on("search", parts.go_to_field)
        on("save_search", parts.saved_desk.ask_name)
        on("saved_searches", parts.saved_desk.go_to_list)
        on("explain_search", parts.searching.explain)
        on("take_offer", parts.result_desk.take_first_offer)
        on("find", parts.pane.open_find)
        on("fold_copies", parts.searching.fold)
        on("list_hits", parts.pane.finding.show_list)
        on("find_next", parts.pane.finding.go_on)
        on("find_previous", parts.pane.finding.go_back)
        on("zoom_in", parts.look.zoom_in)
        on("zoom_out", parts.look.zoom_out)
        on("zoom_reset", parts.look.zoom_reset)
        for key in MARKS:
            on(key, lambda shown, key=key: parts.look.show_marks(key, shown))
        for tab in ("actors", "amounts", "dates", "notes"):
            on(f"show_{tab}", lambda tab=tab: parts.side.show_tab(tab))
        for view in view_table():
            on(f"view_{view.name}", lambda _on, name=view.name: self.views.show_view(name))
        on("back", parts.go_back)
        on("forward", parts.reading.forward)
        on("next_result", self.results.next_result)
        on("previous_result", self.results.previous_result)
        on("next_mention", parts.pane.steps.next_mention)
        on("previous_mention", parts.pane.steps.previous_mention)
        on("about_mention", parts.pane.show_card)
        on("reject_value", parts.correcting_desk.reject_at_hand)
        on("correct_value", parts.correcting_desk.correct_at_hand)
        on("mark_name", parts.correcting_desk.mark_selection)
        on("same_actor", parts.correcting_desk.merge_at_hand)
        on("corrections", parts.correcting_desk.show_corrections)
        on("names_by_model", parts.name_reading.set_wanted)
        parts.desk.setting_changed.connect(parts.name_reading.apply)
        parts.name_reading.wanted_changed.connect(self.action_table["names_by_model"].setChecked)
        on("star", parts.article_desk.star)
        on("read", parts.article_desk.mark_read)
        on("related", parts.related_desk.show)
        on("article_tags", parts.article_desk.edit_tags)
        on("collect", parts.keeping.ask_collections)
        on("tags", parts.keeping.show_tags)
        on("collection_list", parts.keeping.show_list)
        on("details", lambda: parts.details_desk.ask(parts.article_desk.chosen()))
        on("print", parts.printing.show_preview)
        on("copy_link", parts.article_desk.copy_link)
        on("trash", parts.article_desk.trash)
        for colour in range(1, 6):
            on(f"highlight_{colour}", lambda colour=colour: parts.pane.annotating.highlight(colour))
        on("add_note", parts.pane.annotating.add_note)
        on("article_note", parts.pane.annotating.note_on_article)
        on("copy_quote", parts.pane.annotating.copy_quote)
        on("next_highlight", parts.pane.steps.next_highlight)
        on("previous_highlight", parts.pane.steps.previous_highlight)
        for name, (edge, forward) in EDGE_STEPS.items():
            on(name, lambda edge=edge, forward=forward: parts.pane.annotating.resize(edge, forward=forward))
        on("palette", parts.desk.show_palette)
        on("next_pane", parts.cycle.next_pane)
        on("previous_pane", parts.cycle.previous_pane)
        on("side_panel", parts.side.setVisible)
        on("result_list", self.results.setVisible)
        on("focus_mode", parts.focus_mode.set_on)
        on("help", parts.desk.show_help)
        on("shortcuts", parts.desk.show_shortcuts)
        on("open_log", parts.desk.open_log)
        on("copy_details", parts.desk.copy_details)
        on("about", parts.desk.show_about)
        self.action_table.confine("trash", self.results)
        self.action_table.confine("copy", parts.pane)
        self.action_table.confine("select_all", parts.pane)

    # Beginning and end

    def event(self, event: QEvent) -> bool:
        """Make the rest when the window has been painted for the first time."""
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._complete)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the buttons that mice have for it."""
        names = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}
        if event.button() in names:
            self.action_table[names[event.button()]].trigger()
        else:
            super().mousePressEvent(event)

    def save(self) -> bool:
        """Store everything that is still to be stored; False when that took too long."""
        if self.parts is None:
            return True
        self.parts.pane.flush()
        self.views.flush()
        self.parts.focus_mode.leave()
        window_memory.remember(self, self.splitter, self.parts.side, self.settings)
        return self.jobs.settle(_SETTLE_SECONDS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store everything, then go."""
        self.save()
        super().closeEvent(event)
