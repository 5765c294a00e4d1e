"""The right pane: who, how much, when, and what the reader wrote."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabWidget, QWidget

from desktop.i18n import _, format_number
from desktop.model import ActorId, AnnotationId, Mention
from desktop.ui.actor_list import ActorList
from desktop.ui.actor_wishes import About
from desktop.ui.amount_table import AmountTable
from desktop.ui.date_list import DateList
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.mention_menu import add_corrections
from desktop.ui.note_list import NoteList
from desktop.ui.note_menu import note_menu
from desktop.ui.panel_list import PanelList
from desktop.ui.sorted_panel import SortedPanel
from desktop.ui.theme import Theme
from desktop.ui.wishes import Recolouring, Rejecting

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window

TABS = ("actors", "amounts", "dates", "notes")


class SidePanel(QTabWidget):
    """Four lists of one article.

    Signals:
        place_requested: (start, end) in code points.
        note_opened: the AnnotationId of a note that was double-clicked: to be edited.
        delete_note_requested: an AnnotationId.
        recolour_requested: a Recolouring.
        actor_wished: an ActorWish.
        actor_requested: the ActorId whose page is to be shown.
        search_requested: a query that finds an actor.
        reject_requested: a Rejecting (mention, scope): an amount or a date that is none.
        correct_requested: the Mention of an amount or a date that means something else.
        order_chosen: ("amounts" or "dates", the name of the order) that was chosen.
    """

    place_requested = Signal(object)
    note_opened = Signal(object)
    delete_note_requested = Signal(object)
    recolour_requested = Signal(object)
    actor_wished = Signal(object)
    actor_requested = Signal(object)
    search_requested = Signal(object)
    reject_requested = Signal(object)
    correct_requested = Signal(object)
    order_chosen = Signal(object, object)

    def __init__(self, theme: Theme, tab: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(_("Side panel"))
        self.tabBar().setExpanding(False)
        self.tabBar().setUsesScrollButtons(False)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideRight)
        self.actors = ActorList(theme)
        self.amounts = AmountTable(theme)
        self.dates = DateList(theme)
        self.notes = NoteList(theme)
        self._pages: list[_Page] = []
        empty = (
            _("No actors found in this article"),
            _("No amounts found in this article"),
            _("No dates found in this article"),
            _("Nothing marked yet"),
        )
        hints = ("", "", "", _("Select a passage and press 1 to 5 to highlight it, or M to write a note."))
        panels: tuple[ActorList | NoteList | SortedPanel, ...] = (
            self.actors,
            self.amounts,
            self.dates,
            self.notes,
        )
        for panel, words, hint in zip(panels, empty, hints, strict=True):
            page = _Page(panel, Emptiness(words, (hint,) if hint else ()), theme)
            self._pages.append(page)
            self.addTab(page, "")
        self._name_tabs(0)
        self.tabBar().setFont(theme.font("small"))
        self.setCurrentIndex(tab)
        for rows in (self.actors, self.amounts.list, self.dates.list, self.notes):
            rows.place_requested.connect(self.place_requested)
        self.actors.wished.connect(self.actor_wished)
        self.actors.key_opened.connect(lambda key: self.actor_requested.emit(ActorId(key)))
        self.actors.search_requested.connect(self.search_requested)
        self.notes.key_opened.connect(self.note_opened)
        self.notes.delete_requested.connect(self.delete_note_requested)
        self.notes.menu_requested.connect(self._show_note_menu)
        for name, values in (("amounts", self.amounts), ("dates", self.dates)):
            values.order_chosen.connect(partial(self.order_chosen.emit, name))
            values.list.delete_requested.connect(partial(self._reject, values))
            values.list.key_opened.connect(partial(self._correct, values))
            values.list.menu_requested.connect(partial(self._show_menu, values))

    def _show_note_menu(self, where: tuple[str, QPoint]) -> None:
        key, point = where
        note = self.notes.annotation(key)
        if note is not None:
            note_menu(
                self,
                note,
                go_to=lambda: self.place_requested.emit((note.start, note.end)),
                edit=lambda: self.note_opened.emit(note.id),
                recolour=lambda colour: self.recolour_requested.emit(Recolouring(note.id, colour)),
                delete=lambda: self.delete_note_requested.emit(note.id),
            ).popup(point)

    def _reject(self, values: SortedPanel, key: str) -> None:
        if (mention := values.mention(key)) is not None:
            self.reject_requested.emit(Rejecting(mention))

    def _correct(self, values: SortedPanel, key: str) -> None:
        if (mention := values.mention(key)) is not None:
            self.correct_requested.emit(mention)

    def _show_menu(self, values: SortedPanel, where: tuple[str, QPoint]) -> None:
        key, point = where
        if (mention := values.mention(key)) is not None:
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            add_corrections(menu, mention, self.reject_requested.emit, self.correct_requested.emit)
            menu.popup(point)

    def actors_at_hand(self) -> About | None:
        """Return the actors whose rows are chosen, while their list has the focus."""
        return self.actors.about_selected() if self.actors.hasFocus() else None

    def mention_at_hand(self) -> Mention | None:
        """Return the amount or date whose row is chosen, while its list has the focus."""
        for values in (self.amounts, self.dates):
            if values.list.hasFocus():
                return values.mention(values.list.current_key())
        return None

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.tabBar().setFont(theme.font("small"))
        for page in self._pages:
            page.set_theme(theme)

    @Slot(object)
    def show_article(self, opened: OpenedArticle) -> None:
        """Show what is known of this article."""
        for page in self._pages:
            page.show_article(opened)
        self._name_tabs(len(opened.annotations))

    @Slot()
    def clear(self) -> None:
        """Show nothing."""
        for page in self._pages:
            page.clear()
        self._name_tabs(0)

    @Slot(object)
    def follow_mention(self, mention: Mention) -> None:
        """Select the row of the mention that the caret came to."""
        for panel in (self.actors, self.amounts, self.dates):
            panel.follow(mention)

    @Slot(object)
    def show_mention(self, mention: Mention) -> None:
        """Bring the list with this mention to the front, its row selected; the text keeps the keyboard."""
        tab = 1 if mention.amount is not None else 2 if mention.period is not None else 0
        self.setCurrentIndex(tab)
        self.follow_mention(mention)

    @Slot(object)
    def follow_annotation(self, annotation: AnnotationId) -> None:
        """Select the row of the note that the caret came to."""
        self.notes.follow(annotation)

    def show_tab(self, name: str) -> None:
        """Bring a tab of TABS to the front, ready for the keyboard."""
        self.setCurrentIndex(TABS.index(name))
        self.list_in_front().setFocus()

    def list_in_front(self) -> QWidget:
        """Return the list that is shown, for the keyboard."""
        return self._pages[self.currentIndex()].rows

    def _name_tabs(self, notes: int) -> None:
        count = f" {format_number(notes)}" if notes else ""
        for number, words in enumerate((_("Actors"), _("Amounts"), _("Dates"), _("Notes") + count)):
            self.setTabText(number, words)


class _Page(QStackedWidget):
    """One list, or words in its place when it is empty."""

    def __init__(self, panel: ActorList | NoteList | SortedPanel, emptiness: Emptiness, theme: Theme) -> None:
        super().__init__()
        self._panel = panel
        self.rows: PanelList = panel.list if isinstance(panel, SortedPanel) else panel
        self._empty = EmptyState(theme)
        self._empty.explain(emptiness)
        self.addWidget(panel)
        self.addWidget(self._empty)

    def set_theme(self, theme: Theme) -> None:
        self._panel.set_theme(theme)
        self._empty.set_theme(theme)

    def show_article(self, opened: OpenedArticle) -> None:
        self._panel.show_article(opened)
        self.setCurrentIndex(0 if self.rows.model().rowCount() else 1)

    def clear(self) -> None:
        self.setCurrentIndex(0)
        self._panel.clear()
