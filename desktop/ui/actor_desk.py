"""Carries out what a reader wants done with actors, and asks what is still to be asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.model import Actor, ActorId, Mention, MentionKind, RuleScope
from desktop.ui.actor_wishes import (
    About,
    ActorWish,
    Ignoring,
    Marking,
    Merging,
    Renaming,
    Retyping,
    Separating,
    Settling,
    StandingApart,
)
from desktop.ui.appearance import Appearance
from desktop.ui.naming import Naming

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle
    from desktop.tasks.settle_name import NameAnswer


class ActorDesk(QObject):
    """Takes an ActorWish from anywhere in the window.

    Whoever shows actors offers `ActorMenu(about)` and hands what it wishes to `carry_out`; a view of the
    library has a signal `actor_wished` for that, which the window connects.
    """

    def __init__(
        self,
        window: QWidget,
        appearance: Appearance,
        naming: Naming,
        opened: Callable[[], OpenedArticle | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._naming = naming
        self._opened = opened
        self._dialog: QDialog | None = None

    @Slot(object)
    def carry_out(self, wish: ActorWish) -> None:
        """Do what is wanted, or open the dialog that asks the rest."""
        if isinstance(wish, Ignoring):
            self._naming.ignore(wish)
        elif isinstance(wish, Retyping):
            self._naming.retype(wish)
        elif isinstance(wish, Separating):
            self._naming.separate(wish)
        elif isinstance(wish, StandingApart):
            self._naming.stand_apart(wish.actor)
        elif isinstance(wish, Merging):
            self._merge(wish)
        elif isinstance(wish, Renaming):
            self._rename(wish.about.actors[0])
        elif isinstance(wish, Settling):
            self._settle(wish)
        else:
            self._mark(wish)

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog without stopping the window; one at a time."""
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog

        def forget() -> None:
            if self._dialog is dialog:
                self._dialog = None
            dialog.deleteLater()

        dialog.finished.connect(forget)
        dialog.show()

    def _find(
        self, dialog: QDialog, text: str, about: About, kind: MentionKind | None, show: Callable[..., object]
    ) -> None:
        def done(actors: list[Actor]) -> None:
            if self._dialog is dialog:  # else it was closed meanwhile
                show(text, actors)

        without: tuple[ActorId, ...] = tuple(actor.id for actor in about.actors)
        self._naming.find(text, about.article, kind, without, done)

    # What is asked

    def _merge(self, wish: Merging) -> None:
        from desktop.ui.merge_dialog import MergeDialog

        actors = wish.about.actors
        into = next((actor for actor in actors if actor.id == wish.into), None)
        if into is not None:
            self._naming.merge(actors, into)
            return
        dialog = MergeDialog(actors, self._appearance.theme, self._window)
        dialog.given.connect(lambda answer: self._naming.merge(*answer))
        self._show(dialog)
        if (picker := dialog.picker) is not None:
            picker.wanted.connect(lambda text: self._find(dialog, text, wish.about, None, picker.show_actors))
            picker.begin()
            picker.setFocus()

    def _rename(self, actor: Actor) -> None:
        from desktop.ui.rename_dialog import RenameDialog

        dialog = RenameDialog(actor, self._appearance.theme, self._window)
        dialog.given.connect(lambda name: self._naming.rename(actor, name))
        self._show(dialog)

    def _settle(self, wish: Settling) -> None:
        opened, mention = self._opened(), wish.about.mention
        if opened is None or mention is None or opened.article.id != wish.about.article:
            return
        article = opened.article.id

        def given(answer: NameAnswer) -> None:
            self._naming.settle(article, mention, answer)

        def none(scope: RuleScope) -> None:
            self._naming.ignore(Ignoring(wish.about, scope))

        # Someone else is anybody but the one it seems to be.
        about = wish.about if wish.who_first else About((), article)
        name = wish.about.name
        self._open_name(mention, opened, about, given, none, name=name, who_first=wish.who_first)

    def _mark(self, wish: Marking) -> None:
        opened = self._opened()
        if opened is None or opened.article.id != wish.article:
            return
        words = opened.version.text[wish.start : wish.end]
        if wish.kind is not None:
            self._naming.mark_at_once(wish, wish.kind, words)
            return

        def given(answer: NameAnswer) -> None:
            self._naming.mark(wish.article, wish.start, wish.end, words, answer)

        mention = Mention(wish.start, wish.end, words, MentionKind.PERSON)
        self._open_name(mention, opened, About((), wish.article), given, is_new=True)

    def _open_name(
        self,
        mention: Mention,
        opened: OpenedArticle,
        about: About,
        given: Callable[[NameAnswer], object],
        none: Callable[[RuleScope], object] | None = None,
        *,
        name: str = "",
        **how: bool,
    ) -> None:
        from desktop.ui.name_dialog import NameDialog

        dialog = NameDialog(mention, opened, self._appearance.theme, self._window, name=name, **how)

        def find(wanted: tuple[str, MentionKind]) -> None:
            text, kind = wanted
            self._find(dialog, text, about, kind, dialog.show_actors)

        dialog.given.connect(given)
        if none is not None:
            dialog.rejected_as_none.connect(none)
        dialog.actors_wanted.connect(find)
        self._show(dialog)
        dialog.begin()
