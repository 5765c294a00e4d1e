"""What a menu offers for names and actors; the same in the text, at its side and in the library's views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _, kind_name
from desktop.model import ACTOR_KINDS, ArticleId, Mention, MentionKind, RuleScope
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
)
from desktop.ui.icons import KIND_ICONS, icon

HERE, ARTICLE, EVERYWHERE = RuleScope.HERE, RuleScope.ARTICLE, RuleScope.EVERYWHERE
NAME_KINDS = (*ACTOR_KINDS, MentionKind.OTHER)
#: an icon for each kind that a name can be
NAME_ICONS = {kind: KIND_ICONS.get(kind, "tag") for kind in NAME_KINDS}


def is_name(mention: Mention) -> bool:
    """Tell whether a mention is a name: an actor's, or another one's."""
    return mention.kind in NAME_KINDS


def is_a(kind: MentionKind) -> str:
    """Return what follows "It is": "a person"."""
    return {
        MentionKind.PERSON: _("a person"),
        MentionKind.ORGANISATION: _("an organisation"),
        MentionKind.PLACE: _("a place"),
        MentionKind.EVENT: _("an event"),
        MentionKind.OTHER: _("another thing"),
    }[kind]


class ActorMenu(QMenu):
    """A menu for actors, or for a name in a text; it deletes itself when closed.

    Signals:
        wished: an ActorWish.
    """

    wished = Signal(object)

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actorMenu")
        self.aboutToHide.connect(self.deleteLater)
        add_name_corrections(self, about, self.wished.emit)


def add_name_corrections(menu: QMenu, about: About, wish: Callable[[ActorWish], object]) -> None:
    """Add what can be said of actors, or of a name in a text."""
    no = menu.addMenu(icon("prohibit"), _("No names") if len(about.actors) > 1 else _("No name"))
    for scope, words in _scopes(about, about.name):
        action = no.addAction(words, partial(wish, Ignoring(about, scope)))
        if scope is HERE:
            action.setShortcut(QKeySequence("X"))
        elif scope is EVERYWHERE and about.mention is None:
            action.setShortcut(QKeySequence("Del"))
    if about.article is None:  # nothing to choose: no menu for one line
        [only] = no.actions()
        _instead(menu, no, only)
    _add_kinds(menu, about, wish)
    menu.addSeparator()
    if len(about.actors) > 1:
        merge = menu.addAction(icon("link-simple"), _("Merge…"), partial(wish, Merging(about)))
        merge.setShortcut(QKeySequence("G"))
    elif about.actors:
        same = menu.addAction(icon("link-simple"), _("Same as…"), partial(wish, Merging(about)))
        same.setShortcut(QKeySequence("G"))
        _add_joined(menu, about, wish)
        menu.addAction(icon("pencil-simple"), _("Rename…"), partial(wish, Renaming(about)))
    if about.mention is not None:
        menu.addAction(_("This is someone else here…"), partial(wish, Settling(about, who_first=True)))
        right = menu.addAction(_("Correct name…"), partial(wish, Settling(about)))
        right.setShortcut(QKeySequence("C"))
    menu.addSeparator()


def _add_joined(menu: QMenu, about: About, wish: Callable[[ActorWish], object]) -> None:
    """Add what takes names apart that count as one actor's, each with the reason why it does."""
    if not about.joined:
        return
    apart = menu.addMenu(_("Not the same"))
    for name, kind, why in about.joined:
        words = _("“{words}” ({why})").format(words=name.replace("&", "&&"), why=why)
        apart.addAction(words, partial(wish, Separating(about.actors[0].id, ((name, kind),))))


def _instead(menu: QMenu, submenu: QMenu, only: QAction) -> None:
    """Put the only line of a submenu in its place, under the submenu's name."""
    action = QAction(submenu.icon(), submenu.title(), menu)
    action.setShortcut(only.shortcut())
    action.triggered.connect(only.trigger)
    menu.insertAction(submenu.menuAction(), action)
    menu.removeAction(submenu.menuAction())


def _scopes(about: About, name: str) -> Iterator[tuple[RuleScope, str]]:
    """Yield how far a correction can reach; name: that it is about when it reaches everywhere."""
    if about.mention is not None:
        yield HERE, _("Here")
    if about.article is not None:
        yield ARTICLE, _("In this article")
    if about.mention is None or about.mention.text == name:
        yield EVERYWHERE, _("Everywhere")
    else:
        yield EVERYWHERE, _("“{name}” everywhere").format(name=name.replace("&", "&&"))


def _add_kinds(menu: QMenu, about: About, wish: Callable[[ActorWish], object]) -> None:
    it_is = menu.addMenu(_("They are…") if len(about.actors) > 1 else _("It is…"))
    scopes = list(_scopes(about, about.actors[0].name if about.actors else about.words))
    for kind in NAME_KINDS:
        if kind is about.kind:
            continue
        words = is_a(kind) if kind is not MentionKind.OTHER else _("another thing: a law, product, work")
        if len(scopes) == 1:
            it_is.addAction(icon(NAME_ICONS[kind]), words, partial(wish, Retyping(about, kind)))
            continue
        reach = it_is.addMenu(icon(NAME_ICONS[kind]), words)
        for scope, how_far in scopes:
            reach.addAction(how_far, partial(wish, Retyping(about, kind, scope)))


def add_marking(
    menu: QMenu, article: ArticleId, start: int, end: int, wish: Callable[[ActorWish], object]
) -> None:
    """Add what a selected passage can be marked as."""
    mark = menu.addMenu(icon("user-plus"), _("Mark as name"))
    for kind in NAME_KINDS:
        reach = mark.addMenu(icon(NAME_ICONS[kind]), kind_name(kind).capitalize())
        for scope, words in ((HERE, _("Here")), (EVERYWHERE, _("Everywhere, also in articles to come"))):
            reach.addAction(words, partial(wish, Marking(article, start, end, kind, scope)))
    mark.addSeparator()
    more = mark.addAction(_("With its name…"), partial(wish, Marking(article, start, end)))
    more.setShortcut(QKeySequence("A"))
