"""The searches that the reader keeps: the star in the field, its menu, the list with live counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.i18n import _, format_number
from desktop.model import Changes
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.saved_list import SavedList
from desktop.ui.search_field import SearchField
from desktop.ui.searching import Found

if TYPE_CHECKING:
    from desktop.library.saved_searches import SavedSearch, SavedSearchId
    from desktop.tasks.saved_searches import Counted
    from desktop.tasks.session import Session

_SOON_MS = 300  # before what the searches find is counted again
_LATEST_MS = 30_000
_REST = 10  # times as long as the last counting took, so that it never takes more than a part of a processor


class SavedDesk(QObject):
    """Keeps the list of saved searches, and does what the reader does with them."""

    def __init__(
        self,
        field: SearchField,
        pane: SavedList,
        save_action: QAction,
        jobs: Jobs,
        messages: Messages,
        undo: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._pane = pane
        self._save_action = save_action
        self._jobs = jobs
        self._messages = messages
        self._undo = undo
        self._session: Session | None = None
        self._searches: list[SavedSearch] = []
        self._counts: dict[SavedSearchId, Counted] = {}
        self._to_count: list[SavedSearchId] = []
        self._is_counting = False
        self._began: float | None = None  # time.monotonic() of the first of a round
        self._looked_at: SavedSearchId | None = None  # what is new of it stays told until it is left
        self._found: Found | None = None  # the newest answer
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._count_next)
        self._lines: dict[SavedSearchId, QAction] = {}
        self.menu = QMenu(field, objectName="savedSearches")
        self.menu.setAccessibleName(_("Saved searches"))
        self.menu.aboutToShow.connect(self._fill)
        field.star_pressed.connect(self.show_menu)
        field.textChanged.connect(self._show)
        field.accepted.connect(self._on_accepted)
        pane.opened.connect(self._search)
        pane.rename_wanted.connect(self._ask_new_name)
        pane.delete_wanted.connect(self.delete)
        pane.replace_wanted.connect(self._replace)
        pane.moved.connect(self._move)

    def use(self, session: Session | None) -> None:
        """Keep the searches of this library from now on."""
        self._session = session
        self._searches, self._counts, self._to_count = [], {}, []
        self._looked_at = self._found = None
        self._soon.stop()
        self._soon.setInterval(_SOON_MS)
        self._pane.show_counts({})
        self._show()
        self.read_again()

    @property
    def is_waiting(self) -> bool:
        """Tell whether something is still to be counted."""
        return self._soon.isActive() or self._is_counting

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Read the list again, and count what may find other articles now."""
        self.read_again()
        if changes.library or changes.actors:
            self.count_again()
        elif changes.articles:
            self._count_those_of_the_reader()

    def _count_those_of_the_reader(self) -> None:
        from desktop.tasks.saved_searches import depends_on_reader

        self._count_soon([one.id for one in self._searches if depends_on_reader(one.query)])

    @Slot()
    def count_again(self) -> None:
        """Count what each search finds, in a moment."""
        self._count_soon([one.id for one in self._searches])

    def _count_soon(self, searches: list[SavedSearchId]) -> None:
        self._to_count += [one for one in searches if one not in self._to_count]
        if self._to_count and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def read_again(self) -> None:
        """Read the list again: it may have changed."""
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> list[SavedSearch]:
            from desktop.tasks import saved_searches

            return saved_searches.listed(session)

        def done(searches: list[SavedSearch]) -> None:
            if session is self._session:
                asked = {one.id: one.query for one in self._searches}
                self._searches = searches
                self._show()
                self._count_soon([one.id for one in searches if asked.get(one.id) != one.query])

        self._jobs.run(_("Saved searches"), task, done, lane=Lane.QUICK)

    def _here(self) -> SavedSearch | None:
        """Return the saved search that stands in the field."""
        query = self._field.text().strip()
        return next((one for one in self._searches if one.query == query), None)

    @Slot()
    def _show(self) -> None:
        one = self._here()
        self._field.show_star(None if one is None else one.name)
        self._pane.show_searches(self._searches, one)

    # What they find

    @Slot()
    def _count_next(self) -> None:
        """Count one search after the other, so that what the reader asks comes in between."""
        session = self._session
        if session is None or self._is_counting:
            return
        if not self._to_count:
            self._rest()
            return
        self._began = self._began or time.monotonic()
        wanted = self._to_count.pop(0)
        one = next((search for search in self._searches if search.id == wanted), None)
        if one is None:
            self._count_next()
            return
        self._is_counting = True

        def task(progress: Progress) -> Counted:
            from desktop.tasks import saved_searches

            return saved_searches.counted(session, one)

        def done(counted: Counted) -> None:
            if session is self._session:
                self._put_count(one.id, counted)
            go_on()

        def go_on(_problem: object = None) -> None:
            self._is_counting = False
            self._count_next()

        def bug(trace: str) -> None:
            self._is_counting = False
            self._jobs.bug_met.emit(trace)

        title = _("Saved searches")
        self._jobs.run(title, task, done, lane=Lane.QUICK, problem=go_on, cancelled=go_on, bug=bug)

    def _rest(self) -> None:
        """Wait longer for the next time where counting takes long."""
        if self._began is not None:
            took_ms = (time.monotonic() - self._began) * 1000
            self._soon.setInterval(min(max(_SOON_MS, int(_REST * took_ms)), _LATEST_MS))
        self._began = None

    def _put_count(self, one: SavedSearchId, counted: Counted) -> None:
        known = self._counts.get(one)
        if one == self._looked_at and known is not None:
            counted = replace(counted, new=max(counted.new, known.new))
        self._counts[one] = counted
        self._show_counts()

    def _show_counts(self) -> None:
        self._pane.show_counts(self._counts)
        for one in self._searches:
            if one.id in self._lines and one.id in self._counts:
                total = format_number(self._counts[one.id].total)
                self._lines[one.id].setText(f"{_plain(one.name)}\t{total}")

    @Slot(object)
    def follow_found(self, found: Found) -> None:
        """Note that a search is looked at when its result is shown, not while something is being typed."""
        from desktop.tasks.saved_searches import Counted

        self._found = found
        query = found.result.query.text
        text = query.strip()
        if self._field.hasFocus() and query == text and text:
            return  # "gas" may be the beginning of "gasprijs"
        one = next((search for search in self._searches if search.query == text), None)
        self._leave(None if one is None else one.id)
        if one is None:
            return
        new = sum(row > one.seen for row in found.result.rows)
        self._put_count(one.id, Counted(found.result.total, new))
        if new:
            self._mark_seen(one)

    @Slot()
    def _on_accepted(self) -> None:
        """Go to what was typed: it is looked at now."""
        if self._found is not None and self._found.result.query.text == self._field.text():
            QTimer.singleShot(0, self, self._look_at_found)  # the results have the focus then

    @Slot()
    def _look_at_found(self) -> None:
        if self._found is not None:
            self.follow_found(self._found)

    def _leave(self, now: SavedSearchId | None) -> None:
        """What was new of the search that was looked at is not any more."""
        was, self._looked_at = self._looked_at, now
        if was is not None and was != now and was in self._counts:
            self._counts[was] = replace(self._counts[was], new=0)
            self._show_counts()

    def _mark_seen(self, one: SavedSearch) -> None:
        session = self._session
        if session is None:
            return

        def task(progress: Progress) -> None:
            from desktop.tasks import saved_searches

            saved_searches.mark_seen(session, one)

        self._jobs.run(_("Saved searches"), task, lambda _none: self.read_again(), lane=Lane.EDIT)

    # The menu

    @Slot()
    def go_to_list(self) -> None:
        """Go to the list of saved searches, or show their menu where there is none."""
        if self._searches and self._pane.parentWidget().isVisible():
            self._pane.unfold()
            if self._pane.list.currentRow() < 0:
                self._pane.list.setCurrentRow(0)
            self._pane.list.setFocus()
        else:
            self.show_menu()

    @Slot()
    def show_menu(self) -> None:
        """Show the saved searches under the end of the field."""
        corner = QPoint(self._field.width() - self.menu.sizeHint().width(), self._field.height() + 2)
        self.menu.popup(self._field.mapToGlobal(corner))

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        self._lines = {}
        self.menu.addAction(self._save_action)
        if not self._searches:
            self.menu.addAction(_("No saved searches yet")).setEnabled(False)
            return
        self.menu.addSeparator()
        for one in self._searches:
            self._lines[one.id] = line = self.menu.addAction(_plain(one.name))
            line.setToolTip(one.query)
            line.triggered.connect(partial(self._search, one))
        self.menu.addSeparator()
        for words, does in ((_("Rename"), self._ask_new_name), (_("Delete"), self.delete)):
            submenu = self.menu.addMenu(words)
            for one in self._searches:
                submenu.addAction(_plain(one.name)).triggered.connect(partial(does, one))
        self._show_counts()
        self.count_again()

    def _search(self, one: SavedSearch, _checked: bool = False) -> None:
        self._field.set_query(f"{one.query} ")  # the end is no beginning of a word

    # Changes

    @Slot()
    def ask_name(self) -> None:
        """Ask under what name the query in the field is to be kept."""
        query = self._field.text().strip()
        if self._session is None or not query:
            self._messages.tell(_("Type a search first, then save it."))
            return
        one = self._here()
        self._ask(query, one.name if one else query, True, lambda name: self._save(name, query))

    def _ask_new_name(self, one: SavedSearch, _checked: bool = False) -> None:
        self._ask(one.query, one.name, False, lambda name: self._rename(one, name))

    def _ask(self, query: str, name: str, is_new: bool, given: Callable[[str], object]) -> None:
        from desktop.ui.search_name_dialog import SearchNameDialog

        dialog = SearchNameDialog(query, name, is_new=is_new, parent=self._field.window())
        dialog.given.connect(given)
        dialog.open()

    def _save(self, name: str, query: str) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import saved_searches

            return saved_searches.save(session, name, query)

        self._change(_("Save search"), work, _("Search saved as “{name}”").format(name=name))

    def _rename(self, one: SavedSearch, name: str) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import saved_searches

            return saved_searches.rename(session, one, name)

        self._change(_("Rename search"), work, "")

    def _replace(self, one: SavedSearch) -> None:
        """Let a search stand for what is in the field."""
        query = self._field.text().strip()
        if query and query != one.query:
            self._save(one.name, query)

    def _move(self, one: SavedSearch, place: int) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import saved_searches

            return saved_searches.move(session, one, place)

        self._change(_("Move search"), work, "")

    def delete(self, one: SavedSearch, _checked: bool = False) -> None:
        """Forget a search; it can be undone."""

        def work(session: Session) -> object:
            from desktop.tasks import saved_searches

            return saved_searches.delete(session, one)

        self._change(_("Delete search"), work, _("Search “{name}” deleted").format(name=one.name))

    def _change(self, title: str, work: Callable[[Session], object], said: str) -> None:
        session = self._session
        if session is None:
            return

        def done(_changes: object) -> None:
            if said:
                self._messages.tell(said, action=_("Undo"), act=self._undo)

        self._jobs.run(title, lambda _progress: work(session), done, lane=Lane.EDIT)


def _plain(words: str) -> str:
    return words.replace("&", "&&").replace("\t", " ")
