"""Joins the panes with what corrects amounts, dates and names: keys, menus, the dialogs, the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desktop.i18n import _
from desktop.model import Mention, RuleScope
from desktop.ui.actor_desk import ActorDesk
from desktop.ui.actor_menu import is_name
from desktop.ui.actor_wishes import Ignoring, Marking, Merging, Renaming, Settling, about_mention
from desktop.ui.appearance import Appearance
from desktop.ui.correcting import Correcting, Right
from desktop.ui.document_pane import DocumentPane
from desktop.ui.messages import Messages
from desktop.ui.reading import Reading
from desktop.ui.side_panel import SidePanel
from desktop.ui.wishes import Rejecting

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle
    from desktop.ui.corrections_dialog import CorrectionsDialog


class CorrectingDesk(QObject):
    """Takes wishes from the panes and hands them to `Correcting`, those about names to `ActorDesk`."""

    def __init__(
        self,
        messages: Messages,
        appearance: Appearance,
        pane: DocumentPane,
        side: SidePanel,
        reading: Reading,
        correcting: Correcting,
        actor_desk: ActorDesk,
    ) -> None:
        super().__init__(pane)
        self._messages = messages
        self._appearance = appearance
        self._pane = pane
        self._side = side
        self._reading = reading
        self._correcting = correcting
        self._actor_desk = actor_desk
        self._list: CorrectionsDialog | None = None
        for part in (pane, side):
            part.reject_requested.connect(self.reject)
            part.correct_requested.connect(self.correct)
            part.actor_wished.connect(actor_desk.carry_out)
        pane.name_requested.connect(self.mark_selection)
        correcting.rules_changed.connect(self._read_list_again)

    def _mention_at_hand(self) -> Mention | None:
        """Return the mark of the chosen row or under the caret; say so where there is none."""
        mention = self._side.mention_at_hand() or self._pane.mention_at_caret()
        if mention is None:
            self._messages.tell(_("Go to an amount, a date or a name first"))
        return mention

    @Slot(object)
    def reject(self, wish: Rejecting) -> None:
        """Say that a mention of the open article is no amount, date or name."""
        current = self._reading.current
        if current is None:
            return
        if is_name(wish.mention):
            self._actor_desk.carry_out(Ignoring(about_mention(current, wish.mention), wish.scope))
        else:
            self._correcting.reject(current.article.id, wish.mention, wish.scope)

    @Slot()
    def reject_at_hand(self) -> None:
        """Say so of the one under the caret, or of the chosen rows."""
        if (about := self._side.actors_at_hand()) is not None:
            self._actor_desk.carry_out(Ignoring(about))
        elif (mention := self._mention_at_hand()) is not None:
            self.reject(Rejecting(mention))

    @Slot()
    def correct_at_hand(self) -> None:
        """Let a person say what the one under the caret, or of the chosen row, means.

        With a selection in the text: what that is.
        """
        if (about := self._side.actors_at_hand()) is not None:
            self._actor_desk.carry_out(Renaming(about))
        elif self._pane.current_selection() is not None and self._side.mention_at_hand() is None:
            self.mark_selection()
        elif (mention := self._mention_at_hand()) is not None:
            self.correct(mention)

    @Slot()
    def merge_at_hand(self) -> None:
        """Let a person say who is the same as the actor under the caret, or as the chosen ones."""
        about, opened = self._side.actors_at_hand(), self._reading.current
        mention = self._pane.mention_at_caret()
        if about is None and opened is not None and mention is not None:
            about = about_mention(opened, mention)
        if about is not None and about.actors:
            self._actor_desk.carry_out(Merging(about))
        else:
            self._messages.tell(_("Go to a name first"))

    @Slot()
    def mark_selection(self) -> None:
        """Let a person say what the selected passage is."""
        passage, article = self._pane.current_selection(), self._pane.article_id
        if article is not None and passage is None:
            self._messages.tell(_("Select the words of the name first"))
        elif article is not None and passage is not None:
            self._actor_desk.carry_out(Marking(article, *passage))

    @Slot(object)
    def correct(self, mention: Mention) -> None:
        """Let a person say what an amount, a date or a name means."""
        opened = self._reading.current
        if opened is not None and is_name(mention):
            self._actor_desk.carry_out(Settling(about_mention(opened, mention)))
        elif opened is not None:
            self._correct_value(mention, opened)

    def _correct_value(self, mention: Mention, opened: OpenedArticle) -> None:
        from desktop.ui.correct_dialog import CorrectDialog

        article = opened.article.id
        for other in self._pane.window().findChildren(CorrectDialog):
            other.close()  # one at a time
        dialog = CorrectDialog(mention, opened, self._appearance.theme, self._pane.window())

        def given(answer: tuple[Right, RuleScope]) -> None:
            right, scope = answer
            self._correcting.correct(article, mention, right, scope)

        dialog.given.connect(given)
        dialog.rejected_as_none.connect(lambda scope: self._correcting.reject(article, mention, scope))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot()
    def show_corrections(self) -> None:
        """Open the list of corrections."""
        from desktop.ui.corrections_dialog import CorrectionsDialog

        if self._list is not None:
            self._list.activateWindow()
            return
        self._list = dialog = CorrectionsDialog(self._appearance.theme, self._pane.window())
        dialog.restore_requested.connect(self._restore)
        dialog.undo_requested.connect(self._correcting.undo)
        dialog.export_requested.connect(self._correcting.export_rules)
        dialog.import_requested.connect(self._import)
        self._correcting.imported.connect(dialog.say)
        self._correcting.listed.connect(dialog.show_corrections)
        dialog.finished.connect(self._forget_list)
        self._correcting.read_list()
        dialog.show()

    @Slot()
    def _forget_list(self) -> None:
        if self._list is not None:
            self._correcting.listed.disconnect(self._list.show_corrections)
            self._correcting.imported.disconnect(self._list.say)
            self._list.deleteLater()
            self._list = None

    @Slot()
    def _read_list_again(self) -> None:
        if self._list is not None:
            self._correcting.read_list()

    @Slot()
    def _import(self) -> None:
        current = self._reading.current
        self._correcting.import_rules(current.article.id if current else None)

    @Slot(object)
    def offer(self, files: Sequence[Path]) -> None:
        """Offer to take in the corrections of files that were opened or dropped."""
        current = self._reading.current
        for file in files:
            self._correcting.offer(file, current.article.id if current else None)

    @Slot(object)
    def _restore(self, rules: list) -> None:
        current = self._reading.current
        self._correcting.restore(rules, current.article.id if current else None)
