"""What the reader does with the tags and collections of the library: all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.i18n import _, n_
from desktop.library.named_collections import Collection, CollectionId
from desktop.model import Changes
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.result_list import ResultList
from desktop.ui.search_field import SearchField
from desktop.ui.single_dialog import SingleDialog
from desktop.ui.suggestions import field_word

if TYPE_CHECKING:
    from desktop.library.tags import Tag
    from desktop.tasks.session import Session
    from desktop.ui.tags_dialog import TagsDialog


class KeepingDesk(QObject):
    """Keeps the list of collections, opens what changes them and the tags, and does what was asked."""

    def __init__(
        self,
        field: SearchField,
        results: ResultList,
        jobs: Jobs,
        messages: Messages,
        undo: Callable[[], object],
        settings: Settings,
    ) -> None:
        super().__init__(results)
        self._field, self._results, self._settings = field, results, settings
        self._jobs, self._messages, self._undo = jobs, messages, undo
        self._session: Session | None = None
        self._collections: list[Collection] = []
        self._dialog: SingleDialog[TagsDialog] = SingleDialog()
        self.chosen: Callable[[], Sequence[int]] = tuple  #: numbers of the articles that are meant
        pane = results.collections
        pane.opened.connect(lambda one: self.search_for("collection", one.name))
        pane.dropped.connect(lambda drop: self._put_in(drop[0].name, drop[1]))
        pane.new_wanted.connect(self._ask_new)
        pane.rename_wanted.connect(self._ask_name)
        pane.delete_wanted.connect(self._delete_collection)
        pane.remove_wanted.connect(self._take_out)
        jobs.changed.connect(self.follow)

    def use(self, session: Session | None) -> None:
        """Keep what is in this library from now on."""
        self._session = session
        self._collections = []
        self._results.collections.show_collections([])
        self._dialog.close()
        self._read()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look again: names and counts may be others."""
        if changes.library or changes.step is not None:
            self._read()

    @property
    def is_in_sight(self) -> bool:
        """Tell whether anybody looks at the collections."""
        return bool(self._settings.get("collections_shown"))

    @Slot(object)
    def show_list(self, shown: bool) -> None:
        """Show or hide the list of collections."""
        self._settings.set("collections_shown", bool(shown))
        self._results.collections.setVisible(bool(shown))
        self._read()

    def search_for(self, field: str, name: str) -> None:
        """Search for what has this tag, or is in this collection."""
        from desktop.search import narrowing
        from desktop.search.fields import field_named

        row = field_named(field)
        if row is not None:
            self._field.set_query(f"{narrowing.written(field_word(row), name)} ")

    def _read(self) -> None:
        session = self._session
        if session is None:
            return
        dialog = self._dialog.shown

        def task(progress: Progress) -> tuple[list[Collection], list[Tag]]:
            from desktop.tasks import keep_together

            found = keep_together.listed_collections(session) if self.is_in_sight else []
            return found, keep_together.listed_tags(session) if dialog is not None else []

        def done(answer: tuple[list[Collection], list[Tag]]) -> None:
            if session is not self._session:
                return
            self._collections = answer[0]
            self._results.collections.show_collections(answer[0])
            if dialog is not None and dialog is self._dialog.shown:
                dialog.show_tags(answer[1])

        if self.is_in_sight or dialog is not None:
            self._jobs.run(_("Collections"), task, done, lane=Lane.QUICK)

    def _change(self, title: str, work: Callable[[Session], object], said: str = "") -> None:
        session = self._session
        if session is None:
            return

        def done(_changes: object) -> None:
            if said:
                self._messages.tell(said, action=_("Undo"), act=self._undo)

        self._jobs.run(title, lambda _progress: work(session), done, lane=Lane.EDIT)

    # Tags

    @Slot()
    def show_tags(self) -> None:
        """Open the list of all tags."""
        from desktop.ui.tags_dialog import TagsDialog

        if self._dialog.comes_forward():
            return
        dialog = self._dialog.hold(TagsDialog(self._results.window()))
        dialog.search_wanted.connect(partial(self.search_for, "tag"))
        dialog.rename_wanted.connect(self._ask_tag_name)
        dialog.delete_wanted.connect(self._delete_tags)
        dialog.show()
        dialog.table.setFocus()
        self._read()

    @Slot(object)
    def _ask_tag_name(self, names: Sequence[str]) -> None:
        from desktop.ui.name_field_dialog import NameFieldDialog

        several = len(names) > 1
        title = n_("Join {n} tag", "Join {n} tags", len(names)) if several else _("Rename tag")
        hint = _("Articles, notes and saved searches follow. A name that exists already takes these in.")
        dialog = NameFieldDialog(
            *(title, _("Name of the tag"), _("Join") if several else _("Rename"), names[0]),
            hint=hint,
            parent=self._dialog.shown,
        )
        dialog.given.connect(lambda new: self._rename_tags(names, new))
        dialog.open()

    def _rename_tags(self, names: Sequence[str], new: str) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.rename_tags(session, names, new)

        words = ", ".join(f"#{name}" for name in names)
        self._change(_("Rename tag"), work, _("{tags} is now #{name}").format(tags=words, name=new))

    @Slot(object)
    def _delete_tags(self, names: Sequence[str]) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.delete_tags(session, names)

        self._change(_("Delete tag"), work, n_("{n} tag deleted", "{n} tags deleted", len(names)))

    # Collections

    @Slot()
    def ask_collections(self) -> None:
        """Ask in which collections the chosen articles are to be."""
        session, rows = self._session, list(self.chosen())
        if session is None or not rows:
            return

        def task(progress: Progress) -> tuple[list[Collection], dict[CollectionId, int]]:
            from desktop.tasks import keep_together

            return keep_together.listed_collections(session), keep_together.holding(session, rows)

        def done(answer: tuple[list[Collection], dict[CollectionId, int]]) -> None:
            from desktop.ui.collect_dialog import CollectDialog

            dialog = CollectDialog(*answer, len(rows), self._results.window())
            dialog.given.connect(lambda given: self._change_collections(rows, *given))
            dialog.open()

        self._jobs.run(_("Collections"), task, done, lane=Lane.QUICK)

    def _change_collections(
        self, rows: Sequence[int], add: Sequence[str], remove: Sequence[CollectionId]
    ) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.change_collections(session, rows, add, remove)

        if add or remove:
            self._change(_("Collections"), work)

    def _put_in(self, name: str, rows: Sequence[int]) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.put_in(session, name, rows)

        articles = n_("{n} article", "{n} articles", len(rows))
        said = _("{articles} put in “{name}”").format(articles=articles, name=name)
        self._change(_("Collections"), work, said)

    @Slot(object)
    def _take_out(self, one: Collection) -> None:
        rows = list(self.chosen())

        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.take_out(session, one, rows)

        articles = n_("{n} article", "{n} articles", len(rows))
        said = _("{articles} taken out of “{name}”").format(articles=articles, name=one.name)
        self._change(_("Collections"), work, said)

    def _ask(self, title: str, yes: str, name: str, hint: str, given: Callable[[str], object]) -> None:
        from desktop.ui.name_field_dialog import NameFieldDialog

        known = [one.name for one in self._collections]
        words = _("Name of the collection")
        dialog = NameFieldDialog(title, words, yes, name, known, hint, self._results.window())
        dialog.given.connect(given)
        dialog.open()

    @Slot()
    def _ask_new(self) -> None:
        rows = list(self.chosen())
        hint = n_("{n} selected article goes into it.", "{n} selected articles go into it.", len(rows))
        self._ask(_("New collection"), _("Make"), "", hint, lambda name: self._put_in(name, rows))

    @Slot(object)
    def _ask_name(self, one: Collection) -> None:
        def given(name: str) -> None:
            def work(session: Session) -> object:
                from desktop.tasks import keep_together

                return keep_together.rename_collection(session, one, name)

            self._change(_("Rename collection"), work)

        hint = _("Saved searches follow. A name that exists already takes these articles in.")
        self._ask(_("Rename collection"), _("Rename"), one.name, hint, given)

    @Slot(object)
    def _delete_collection(self, one: Collection) -> None:
        def work(session: Session) -> object:
            from desktop.tasks import keep_together

            return keep_together.delete_collection(session, one)

        self._change(_("Delete collection"), work, _("Collection “{name}” deleted").format(name=one.name))
