"""The window: creates the panes, lays them out, and connects everything in one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QSplitter, QToolBar, QWidget

from desktop import paths
from desktop.i18n import _
from desktop.model import ArticleId
from desktop.settings import Settings
from desktop.ui import emptiness, window_memory
from desktop.ui.actions import Actions, Needs
from desktop.ui.appearance import Appearance
from desktop.ui.article_desk import ArticleDesk
from desktop.ui.desk import Desk
from desktop.ui.document_pane import DocumentPane
from desktop.ui.drop_area import DropArea
from desktop.ui.editing import Editing
from desktop.ui.exporting import Exporting
from desktop.ui.importing import Importing
from desktop.ui.jobs import Jobs
from desktop.ui.libraries import Libraries
from desktop.ui.look import Look
from desktop.ui.marks import NAMES, MarkGroup
from desktop.ui.messages import Messages
from desktop.ui.notice_bar import NoticeBar
from desktop.ui.pane_cycle import PaneCycle
from desktop.ui.reading import Reading
from desktop.ui.result_desk import ResultDesk
from desktop.ui.result_list import ResultList
from desktop.ui.search_field import SearchField
from desktop.ui.searching import Searching
from desktop.ui.side_panel import SidePanel
from desktop.ui.status_bar import StatusBar
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_SEARCH_WIDTH = (240, 520)  # pixels, least and most
_GROUPS = {"mark_names": NAMES, "mark_amounts": (MarkGroup.AMOUNT,), "mark_dates": (MarkGroup.DATE,)}
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

    Signals:
        painted: the first paint is done: now there is time for everything else.
    """

    painted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Leeslamp")
        self.settings, self.appearance = services.settings, services.appearance
        self.messages, self.jobs, self.libraries = services.messages, services.jobs, services.libraries
        self._was_painted = False
        self._create()
        self._create_desks()
        self._lay_out()
        self._connect_panes()
        self._connect_work()
        self._connect_actions()
        self._begin()

    # Parts

    def _create(self) -> None:
        theme, settings = self.appearance.theme, self.settings
        self.actions = Actions(self)
        self.searching = Searching(self.jobs, settings, self)
        self.reading = Reading(self.jobs, settings, self)
        self.editing = Editing(self.jobs, self.messages, self)
        self.importing = Importing(self.jobs, self.messages, settings, self)
        self.exporting = Exporting(self.jobs, self.messages, settings, self)
        self.look = Look(settings, self.appearance, self)
        self.field = SearchField(theme)
        self.results = ResultList(theme, settings.get("sort"))
        self.pane = DocumentPane(theme)
        self.side = SidePanel(theme, settings.get("side_tab"))
        self.status = StatusBar()
        self.notices = NoticeBar(self)
        self.drop = DropArea(self, theme)

    def _create_desks(self) -> None:
        self.desk = Desk(
            self, self.actions, self.settings, self.messages, self.libraries, self.appearance, self.look
        )
        self.result_desk = ResultDesk(
            self.actions,
            self.field,
            self.results,
            self.status,
            self.searching,
            self.reading,
            self.importing,
            self.libraries,
        )
        self.article_desk = ArticleDesk(
            self.actions,
            self.messages,
            self.results,
            self.pane,
            self.side,
            self.reading,
            self.editing,
            self.importing,
        )
        self.panes = PaneCycle(
            [
                (self.field, lambda: self.field),
                (self.results, lambda: self.results.view),
                (self.pane, lambda: self.pane),
                (self.side, self.side.list_in_front),
            ],
            self,
        )

    def _lay_out(self) -> None:
        self.actions.fill(self.menuBar())
        self.look.fill_theme_menu(self.actions.submenus["theme"])
        self.actions.submenus["sort"].addActions(self.results.sort_actions)
        self.field.setMinimumWidth(_SEARCH_WIDTH[0])
        self.field.setMaximumWidth(_SEARCH_WIDTH[1])
        bar = QToolBar(objectName="toolBar", movable=False, floatable=False)
        bar.setWindowTitle(_("Toolbar"))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setIconSize(QSize(18, 18))
        bar.addActions([self.actions["back"], self.actions["forward"]])
        bar.addWidget(self.field)
        for name in ("import_files", "export_notes"):
            bar.addAction(self.actions[name])
            button = bar.widgetForAction(self.actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.actions["import_files"].setIconText(_("Import"))
        self.actions["export_notes"].setIconText(_("Export"))
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        self.addToolBar(bar)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        for pane, least in ((self.results, 220), (self.pane, 360), (self.side, 270)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        self.setCentralWidget(self.splitter)
        self.setStatusBar(self.status)

    # Connections

    def _connect_panes(self) -> None:
        # search field -> searching
        self.field.query_changed.connect(self.searching.search)
        self.field.names_wanted.connect(self.searching.find_names)
        self.field.accepted.connect(self.result_desk.go_to_results)
        self.field.left.connect(self.results.view.setFocus)
        # searching -> search field, result list
        self.searching.found.connect(self.result_desk.show_found)
        self.searching.page_read.connect(self.results.model.put_page)
        self.searching.articles_read.connect(self.result_desk.show_again)
        self.searching.names_found.connect(self.field.show_names)
        self.searching.searches_changed.connect(self.field.set_searches)
        # result list -> reading, searching
        self.results.model.page_wanted.connect(self.searching.read_page)
        self.results.article_chosen.connect(self.reading.open)
        self.results.article_chosen.connect(self.searching.remember)
        self.results.reading_requested.connect(self.pane.setFocus)
        self.results.sort_chosen.connect(self.searching.sort)
        self.results.action_wanted.connect(self.result_desk.take_offer)
        # reading -> panes
        self.reading.shown.connect(self.article_desk.show_article)
        self.reading.left.connect(self.article_desk.show_none)
        self.result_desk.hits_changed.connect(self.reading.mark_hits)
        self.reading.trail_changed.connect(self.article_desk.show_trail)
        # document pane -> editing, side panel
        self.pane.mention_entered.connect(self.side.follow_mention)
        self.pane.annotation_entered.connect(self.side.follow_annotation)
        self.pane.highlight_requested.connect(self.article_desk.highlight)
        self.pane.note_requested.connect(self.article_desk.highlight)
        self.pane.recolour_requested.connect(lambda wish: self.editing.recolour(*wish))
        self.pane.annotation_changed_requested.connect(lambda wish: self.editing.set_note(*wish))
        self.pane.delete_annotation_requested.connect(self.editing.delete_note)
        self.pane.position_changed.connect(self.article_desk.remember_place)
        self.pane.link_clicked.connect(self.article_desk.follow_link)
        self.pane.zoom_requested.connect(self.look.zoom_by)
        # side panel -> document pane, editing
        self.side.place_requested.connect(lambda place: self.pane.go_to(*place))
        self.side.note_opened.connect(self.pane.edit_note)
        self.side.delete_note_requested.connect(self.editing.delete_note)

    def _connect_work(self) -> None:
        self.messages.noticed.connect(self.notices.show_notice)
        self.jobs.progressed.connect(self.status.show_job)
        self.jobs.changed.connect(self.result_desk.follow)
        self.jobs.changed.connect(self.reading.refresh)
        self.jobs.changed.connect(self.editing.read_steps)
        self.jobs.problem_met.connect(self.messages.problem)
        self.jobs.bug_met.connect(self.messages.bug)
        self.libraries.opened.connect(self._on_library)
        self.libraries.leaving.connect(self._on_leaving)
        self.libraries.failed.connect(lambda _p: self.results.show_emptiness(emptiness.no_library()))
        self.libraries.index_changed.connect(self.result_desk.show_index)
        self.editing.steps_changed.connect(self.article_desk.show_steps)
        self.editing.tags_read.connect(self.article_desk.know_tags)
        self.importing.arrived.connect(self.article_desk.arrive)
        self.importing.starters_arrived.connect(self.article_desk.greet)
        self.drop.dropped.connect(self.importing.bring_in)
        self.status.zoom_reset_requested.connect(self.look.zoom_reset)
        self.look.zoomed.connect(self.pane.set_zoom)
        self.look.zoomed.connect(self.status.show_zoom)
        self.look.marks_changed.connect(self._show_marks)
        self.appearance.changed.connect(self._wear)

    def _connect_actions(self) -> None:
        on = self.actions.on
        on("import_files", self.importing.choose_files)
        on("import_folder", self.importing.choose_folder)
        on("paste_article", self.importing.paste)
        on("export_notes", self._export_notes)
        on("new_library", self.desk.new_library)
        on("open_library", self.desk.open_library)
        on("remove_starters", self.editing.remove_starters)
        on("settings", self.desk.show_settings)
        on("quit", self.close)
        on("undo", self.editing.undo)
        on("redo", self.editing.redo)
        on("copy", self.desk.copy)
        on("select_all", self.pane.select_all)
        on("search", self.result_desk.go_to_field)
        on("find", self.pane.open_find)
        on("find_next", self.pane.next_hit)
        on("find_previous", self.pane.previous_hit)
        on("zoom_in", self.look.zoom_in)
        on("zoom_out", self.look.zoom_out)
        on("zoom_reset", self.look.zoom_reset)
        for key in _GROUPS:
            on(key, lambda shown, key=key: self.look.show_marks(key, shown))
        for tab in ("actors", "amounts", "dates", "notes"):
            on(f"show_{tab}", lambda tab=tab: self.side.show_tab(tab))
        on("back", self.reading.back)
        on("forward", self.reading.forward)
        on("next_result", self.results.next_result)
        on("previous_result", self.results.previous_result)
        on("next_mention", self.pane.next_mention)
        on("previous_mention", self.pane.previous_mention)
        on("star", self.article_desk.star)
        on("read", self.reading.mark_read)
        on("article_tags", self.article_desk.edit_tags)
        on("copy_link", self.article_desk.copy_link)
        on("trash", self.article_desk.trash)
        for colour in range(1, 6):
            on(f"highlight_{colour}", lambda colour=colour: self.pane.highlight(colour))
        on("add_note", self.pane.add_note)
        on("palette", self.desk.show_palette)
        on("next_pane", self.panes.next_pane)
        on("previous_pane", self.panes.previous_pane)
        on("side_panel", self.side.setVisible)
        on("result_list", self.results.setVisible)
        on("full_screen", lambda on: self.showFullScreen() if on else self.showNormal())
        on("help", self.desk.show_help)
        on("shortcuts", self.desk.show_shortcuts)
        on("open_log", self.desk.open_log)
        on("copy_details", self.desk.copy_details)
        on("about", self.desk.show_about)
        self.actions.confine("trash", self.results)
        self.actions.confine("copy", self.pane)
        self.actions.confine("select_all", self.pane)
        recent = self.actions.submenus["recent_libraries"]
        recent.aboutToShow.connect(lambda: self.desk.fill_recent(recent))

    def _begin(self) -> None:
        window_memory.restore(self, self.splitter, self.settings)
        self.field.set_searches(self.settings.get("searches"))
        self.actions["side_panel"].setChecked(True)
        self.actions["result_list"].setChecked(True)
        self.actions.enable(Needs.LIBRARY, False)
        self.reading.words = lambda: self.searching.words
        self.searching.row_in_view = self.results.first_visible
        self.article_desk.show_none()
        self.look.tell_all()
        self.results.show_emptiness(emptiness.opening())
        self.desk.fill_recent(self.actions.submenus["recent_libraries"])

    # The library

    @Slot(object)
    def _on_library(self, session: Session) -> None:
        self.actions.enable(Needs.LIBRARY, True)
        for part in (self.reading, self.editing, self.importing, self.exporting, self.searching):
            part.use(session)
        self.result_desk.show_index()
        if session.library.created and session.library.folder == paths.default_library():
            self.importing.bring_in_starters()
        elif last := self.settings.get("last_article"):
            self.reading.reopen(ArticleId(last))

    @Slot()
    def _on_leaving(self) -> None:
        self.pane.flush()
        for part in (self.reading, self.editing, self.importing, self.exporting, self.searching):
            part.use(None)
        self.actions.enable(Needs.LIBRARY, False)
        self.result_desk.close()

    # Small matters

    @Slot()
    def _export_notes(self) -> None:
        self.exporting.export_notes(self.searching.query, None)

    @Slot(object, object)
    def _show_marks(self, key: str, shown: bool) -> None:
        self.actions[key].setChecked(shown)
        for group in _GROUPS[key]:
            self.pane.set_group_shown(group, shown)

    @Slot(object)
    def _wear(self, theme: Theme) -> None:
        for part in (self.field, self.results, self.pane, self.side, self.drop):
            part.set_theme(theme)

    # Beginning and end

    def event(self, event: QEvent) -> bool:
        """Tell when the window has been painted for the first time."""
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
        return super().event(event)

    def save(self) -> bool:
        """Store everything that is still to be stored; False when that took too long."""
        self.pane.flush()
        window_memory.remember(self, self.splitter, self.side, self.settings)
        return self.jobs.settle(_SETTLE_SECONDS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store everything, then go."""
        self.save()
        super().closeEvent(event)
