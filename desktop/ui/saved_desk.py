"""The searches that the reader keeps: the star in the search field and its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.i18n import _, format_number
from desktop.progress import Progress
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.search_field import SearchField

if TYPE_CHECKING:
    from desktop.library.saved_searches import SavedSearch, SavedSearchId
    from desktop.tasks.session import Session


class SavedDesk(QObject):
    """Keeps the list of saved searches, and does what the reader does with them."""

    def __init__(
        self,
        field: SearchField,
        save_action: QAction,
        jobs: Jobs,
        messages: Messages,
        undo: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._save_action = save_action
        self._jobs = jobs
        self._messages = messages
        self._undo = undo
        self._session: Session | None = None
        self._searches: list[SavedSearch] = []
        self._lines: dict[SavedSearchId, QAction] = {}
        self.menu = QMenu(field, objectName="savedSearches")
        self.menu.setAccessibleName(_("Saved searches"))
        self.menu.aboutToShow.connect(self._fill)
        field.star_pressed.connect(self.show_menu)
        field.textChanged.connect(self._show_star)

    def use(self, session: Session | None) -> None:
        """Keep the searches of this library from now on."""
        self._session = session
        self._searches = []
        self._show_star()
        self.read_again()

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
                self._searches = searches
                self._show_star()

        self._jobs.run(_("Saved searches"), task, done, lane=Lane.QUICK)

    def _here(self) -> SavedSearch | None:
        """Return the saved search that stands in the field."""
        query = self._field.text().strip()
        return next((one for one in self._searches if one.query == query), None)

    @Slot()
    def _show_star(self) -> None:
        one = self._here()
        self._field.show_star(None if one is None else one.name)

    # The menu

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
        self._count()

    def _count(self) -> None:
        session, searches, lines = self._session, list(self._searches), self._lines
        if session is None:
            return

        def task(progress: Progress) -> dict[SavedSearchId, int]:
            from desktop.tasks import saved_searches

            return saved_searches.totals(session, searches)

        def done(totals: dict[SavedSearchId, int]) -> None:
            if lines is self._lines:  # the menu was not filled again meanwhile
                for one in searches:
                    lines[one.id].setText(f"{_plain(one.name)}\t{format_number(totals[one.id])}")

        self._jobs.run(_("Saved searches"), task, done, lane=Lane.QUICK)

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
