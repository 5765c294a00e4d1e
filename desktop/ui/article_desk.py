"""What can be done with the article that is open: shown, starred, tagged, deleted, linked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop.i18n import _, n_, step_text
from desktop.model import Article, ArticleId, Step
from desktop.ui.actions import Actions, Needs
from desktop.ui.document_pane import DocumentPane
from desktop.ui.editing import Editing
from desktop.ui.importing import Importing
from desktop.ui.links import link_to, read_link
from desktop.ui.messages import Messages
from desktop.ui.reading import Reading, Shown
from desktop.ui.result_list import ResultList
from desktop.ui.side_panel import SidePanel


class ArticleDesk(QObject):
    """Joins the panes around one article."""

    def __init__(
        self,
        actions: Actions,
        messages: Messages,
        results: ResultList,
        pane: DocumentPane,
        side: SidePanel,
        reading: Reading,
        editing: Editing,
        importing: Importing,
    ) -> None:
        super().__init__(pane)
        self._actions = actions
        self._messages = messages
        self._results = results
        self._pane = pane
        self._side = side
        self._reading = reading
        self._editing = editing
        self._importing = importing
        self._tags: list[str] = []
        self._has_trail = (False, False)
        self._in_view = False
        self.view_behind: Callable[[ArticleId | None], str] = lambda _article: ""

    @property
    def article(self) -> Article | None:
        """Return the article that is open."""
        return self._reading.current.article if self._reading.current else None

    # Showing

    @Slot(object)
    def show_article(self, shown: Shown) -> None:
        """Put an article in the panes."""
        article = shown.opened.article
        self._pane.show_article(shown.opened, shown.hits, shown.place)
        if shown.passage is not None:
            self._pane.go_to(*shown.passage)
        self._side.show_article(shown.opened)
        self._results.select(article.id)
        self._actions.enable(Needs.ARTICLE, True)
        self._show_trail()
        self._actions["star"].setChecked(article.starred)
        self._actions["read"].setChecked(article.read_at is not None)
        self._pane.window().setWindowTitle(f"{article.title} – Leeslamp")

    @Slot()
    def show_none(self) -> None:
        """Show that no article is open."""
        self._pane.clear()
        self._side.clear()
        self._actions.enable(Needs.ARTICLE, False)
        self._pane.window().setWindowTitle("Leeslamp")

    @Slot(bool, bool)
    def show_trail(self, back: bool, forward: bool) -> None:
        """Say whether there is a way back, and forward."""
        self._has_trail = (back, forward)
        self._show_trail()

    def show_way_back(self, in_view: bool) -> None:
        """Offer the way back from another view of the library."""
        self._in_view = in_view
        self._show_trail()

    def _show_trail(self) -> None:
        article = self.article
        behind = self._in_view or self.view_behind(article.id if article else None)
        self._actions["back"].setEnabled(bool(behind) or self._has_trail[0])
        self._actions["forward"].setEnabled(self._has_trail[1] and not self._in_view)

    @Slot(object, object)
    def show_steps(self, undo: Step | None, redo: Step | None) -> None:
        """Name in the menu what undo and redo would do."""
        self._actions["undo"].setText(_("&Undo: {step}").format(step=step_text(undo)) if undo else _("&Undo"))
        self._actions["redo"].setText(_("&Redo: {step}").format(step=step_text(redo)) if redo else _("&Redo"))
        self._actions["undo"].setEnabled(undo is not None)
        self._actions["redo"].setEnabled(redo is not None)

    @Slot(object)
    def know_tags(self, tags: Sequence[str]) -> None:
        """Offer these tags where tags are typed."""
        self._tags = list(tags)
        self._pane.set_tag_names(tags)

    # Doing

    @Slot(object)
    def highlight(self, wish: Sequence[int]) -> None:
        """Highlight (start, end[, colour]) of the article that is shown."""
        if self._pane.article_id is not None:
            self._editing.highlight(self._pane.article_id, *wish)

    @Slot(object)
    def remember_place(self, place: int) -> None:
        """Keep where the reader is."""
        self._reading.remember_place(self._pane.article_id, place)

    def chosen(self) -> list[int]:
        """Return which articles are meant, by their numbers: those selected in the list, or the open one."""
        selected = self._results.selected_rows()
        if len(selected) > 1:
            return selected
        return [self.article.row] if self.article is not None else []

    @Slot(object)
    def show_selection(self, count: int) -> None:
        """Say in the menu how many articles are going to be deleted."""
        words = n_("&Delete {n} article", "&Delete {n} articles", count)
        self._actions["trash"].setText(words if count > 1 else _("&Delete article"))

    @Slot()
    def select_all(self) -> None:
        """Select all rows when the list has the focus, else the whole text."""
        in_list = self._results.view.hasFocus()
        (self._results.view.selectAll if in_list else self._pane.select_all)()

    @Slot(bool)
    def star(self, starred: bool) -> None:
        """Give the chosen articles a star, or take it away."""
        self._editing.star(self.chosen(), starred)

    @Slot(bool)
    def mark_read(self, read: bool) -> None:
        """Mark the chosen articles as read or unread."""
        self._reading.mark_read(read, self.chosen())

    @Slot()
    def trash(self) -> None:
        """Delete the chosen articles and go on with the next one."""
        chosen = self.chosen()
        if chosen and self.article is not None:
            after = self._results.neighbour(self.article.id, without=chosen)
            self._editing.trash(chosen)
            if after is not None and self.article.row in chosen:
                self._reading.open(after)

    @Slot()
    def edit_tags(self) -> None:
        """Let a person change the tags: of one article all, of several those that all of them have."""
        chosen = self.chosen()
        if len(chosen) == 1 and self.article is not None:
            self._ask_tags(chosen, self.article.tags)
        elif chosen:
            self._editing.read_tags(chosen, lambda tags: self._ask_tags(chosen, tags))

    def _ask_tags(self, rows: Sequence[int], tags: Sequence[str]) -> None:
        from desktop.ui.tag_dialog import TagDialog

        dialog = TagDialog(tags, self._tags, len(rows), self._pane.window())
        dialog.tags_given.connect(lambda given: self._editing.change_tags(rows, tags, given))
        dialog.open()

    @Slot(object)
    def say_copied(self, words: str) -> None:
        """Say that a quotation is on the clipboard."""
        self._messages.tell(_("Copied: {words}").format(words=words.splitlines()[0]))

    @Slot()
    def copy_link(self) -> None:
        """Put a link to the article on the clipboard."""
        if self.article is not None:
            QGuiApplication.clipboard().setText(link_to(self.article.id))
            self._messages.tell(_("Link copied"))

    @Slot(object)
    def arrive(self, articles: Sequence[ArticleId]) -> None:
        """Open what came in when it is one article, or when nothing is open."""
        if len(articles) == 1 or (articles and self._reading.current is None):
            self._reading.open(articles[0])

    @Slot(object)
    def show_touched(self, article: ArticleId) -> None:
        """Open the article in which a step was undone or done again."""
        self._reading.open(article)

    @Slot()
    def ask_for_selection(self) -> None:
        """Say what a key for highlighting needs."""
        self._messages.tell(_("Select a passage first, or go to a highlight"))

    @Slot(object)
    def greet(self, articles: Sequence[ArticleId]) -> None:
        """Open the newest starter article, unless something is open already, and say what they are."""
        if articles and self._reading.current is None:
            self._reading.open(articles[-1])
        self._messages.tell(
            _("These articles are examples to try things on."),
            action=_("Remove them"),
            act=self._editing.remove_starters,
            stays=True,
        )

    @Slot(object)
    def take_in(self, words: Sequence[str]) -> None:
        """Open links and import files that came from the command line or a second start."""
        links = [link for word in words if (link := read_link(word))]
        files = [Path(word) for word in words if not word.startswith("leeslamp:")]
        if files:
            self._importing.bring_in(files)
        for link in links[:1]:
            self._actions["view_read"].trigger()
            self._reading.open_at(link.article, link.annotation)

    @Slot(object)
    def follow_link(self, address: str) -> None:
        """Follow a link in a text: our own here; for the web there is the clipboard, we are offline."""
        link = read_link(address)
        if link is not None:
            self._reading.open_at(link.article, link.annotation)
            return
        QGuiApplication.clipboard().setText(address)
        self._messages.tell(
            _("Address copied: {address}").format(address=address),
            action=_("Open in browser"),
            act=lambda: QDesktopServices.openUrl(QUrl(address)),
        )
