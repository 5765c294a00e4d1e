"""Who is involved in the article: actors grouped by kind, the most mentioned first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.i18n import _, kind_name, n_
from desktop.model import ACTOR_KINDS, Actor, ActorId, Mention, MentionKind
from desktop.ui.actor_menu import ActorMenu
from desktop.ui.actor_wishes import About, Ignoring, Merging, Renaming, about_actors
from desktop.ui.icons import KIND_ICONS
from desktop.ui.mention_menu import put_actor_first
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import ROW, Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from desktop.tasks.read import OpenedArticle  # not loaded with the window

#: organisations first: in the articles people bring, they are what is at stake
_ORDER = (MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE, MentionKind.EVENT)
_MOST_ROLES = 2
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
assert set(_ORDER) == set(ACTOR_KINDS)


class ActorList(PanelList):
    """Shows the actors of one article; several can be chosen, and one dragged onto another to merge them.

    Signals:
        wished: an ActorWish.
        search_requested: a query that finds an actor. A row that is opened (`key_opened`) wants its page.
    """

    wished = Signal(object)
    search_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "actorList", _("Actors"))
        self._opened: OpenedArticle | None = None
        self.setSelectionMode(PanelList.SelectionMode.ExtendedSelection)
        self.setDragDropMode(PanelList.DragDropMode.DragDrop)
        self.delete_requested.connect(self._ignore)
        self.menu_requested.connect(self._show_menu)

    def show_article(self, opened: OpenedArticle) -> None:
        """Show the actors of this article."""
        self._opened = opened
        self.show_lines(actor_lines(opened))

    def clear(self) -> None:
        """Show nothing."""
        self._opened = None
        super().clear()

    def follow(self, mention: Mention) -> None:
        """Select the actor of a mention."""
        if mention.actor_id is not None:
            self.came_to(mention.actor_id, (mention.start, mention.end))

    # What is said of actors

    def about_selected(self) -> About | None:
        """Return the chosen actors; None where none is."""
        keys = self.selected_keys()
        return about_actors(self._opened, keys) if self._opened is not None and keys else None

    @Slot(object)
    def _ignore(self, _key: str) -> None:
        if (about := self.about_selected()) is not None:
            self.wished.emit(Ignoring(about))

    def _rename(self) -> None:
        if self._opened is not None and self.current_key():
            self.wished.emit(Renaming(about_actors(self._opened, [self.current_key()])))

    @Slot(object)
    def _show_menu(self, where: tuple[str, QPoint]) -> None:
        about = self.about_selected()
        if about is not None:
            menu = ActorMenu(about, self)
            menu.wished.connect(self.wished)
            if len(about.actors) == 1:
                put_actor_first(menu, about.actors[0], self.key_opened, self.search_requested)
            menu.popup(where[1])

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        if not QApplication.keyboardModifiers() & _SEVERAL:  # else rows are being chosen
            super()._on_click(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a row or not with Ctrl+Space, rename with F2; otherwise as every list of the side panel."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_Space:
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.Toggle)
        elif event.key() == Qt.Key.Key_F2:
            self._rename()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Merge the rows that are dragged with the one they are dropped on, whose name stays."""
        target = self.indexAt(event.position().toPoint()).data(ROW)
        keys = self.selected_keys()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the rows themselves do not move
        event.accept()
        if self._opened is not None and isinstance(target, PanelRow) and target.key not in keys:
            about = about_actors(self._opened, [*keys, target.key])
            self.wished.emit(Merging(about, ActorId(target.key)))


def actor_lines(opened: OpenedArticle) -> list[Heading | PanelRow]:
    """Return the actors of an article by kind, with a heading for each kind."""
    places: dict[str, list[tuple[int, int]]] = {}
    for mention in opened.mentions:
        if mention.actor_id is not None:
            places.setdefault(mention.actor_id, []).append((mention.start, mention.end))
    most = max((actor.mentions for actor in opened.actors), default=1)
    lines: list[Heading | PanelRow] = []
    for kind in _ORDER:
        actors = [actor for actor in opened.actors if actor.kind is kind]
        if actors:
            actors.sort(key=lambda actor: (-actor.mentions, actor.name.casefold()))
            lines.append(Heading(kind_name(kind, many=True), len(actors)))
            lines += [_row(actor, tuple(places.get(actor.id, ())), most) for actor in actors]
    return lines


def _row(actor: Actor, places: tuple[tuple[int, int], ...], most: int) -> PanelRow:
    facts = [*actor.roles[:_MOST_ROLES]]
    if actor.articles > 1:
        facts.append(n_("in {n} article", "in {n} articles", actor.articles))
    aliases = _("also: {names}").format(names=", ".join(actor.aliases)) if actor.aliases else ""
    return PanelRow(
        key=actor.id,
        title=actor.name,
        below=tuple(words for words in (" · ".join(facts), aliases) if words),
        count=actor.mentions,
        share=actor.mentions / max(most, 1),
        icon=KIND_ICONS[actor.kind],
        role=actor.kind.value,
        places=places,
        kind=kind_name(actor.kind),
    )
