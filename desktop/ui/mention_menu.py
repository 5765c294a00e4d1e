"""What a menu offers for a mention; the same in the text and at its side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.i18n import _
from desktop.model import AMOUNT_KINDS, Actor, ActorId, Mention, MentionKind, RuleScope
from desktop.ui.actor_words import query_for
from desktop.ui.icons import icon
from desktop.ui.wishes import Rejecting

HERE, ARTICLE, EVERYWHERE = RuleScope.HERE, RuleScope.ARTICLE, RuleScope.EVERYWHERE


def is_value(mention: Mention) -> bool:
    """Tell whether a mention is an amount or a date."""
    return mention.kind in AMOUNT_KINDS or mention.kind is MentionKind.DATE


def add_actor(
    menu: QMenu, actor: ActorId, name: str, shown: SignalInstance, searched: SignalInstance
) -> None:
    """Add what can be seen of an actor: its page, and the articles it stands in."""
    menu.addAction(icon("user-fill"), _("Show actor"), partial(shown.emit, actor))
    menu.addAction(
        icon("magnifying-glass"), _("Search for this actor"), partial(searched.emit, query_for(name))
    )


def put_actor_first(menu: QMenu, actor: Actor, shown: SignalInstance, searched: SignalInstance) -> None:
    """Put what can be seen of an actor before what can be said of it, which the menu holds already."""
    seen = QMenu(menu)
    add_actor(seen, actor.id, actor.name, shown, searched)
    first = menu.actions()[0]
    menu.insertActions(first, seen.actions())
    menu.insertSeparator(first)


def add_corrections(
    menu: QMenu,
    mention: Mention,
    reject: Callable[[Rejecting], object],
    correct: Callable[[Mention], object],
) -> None:
    """Add what can be said about an amount or a date; nothing for other mentions."""
    if not is_value(mention):
        return
    is_date = mention.kind is MentionKind.DATE
    no = menu.addMenu(icon("prohibit"), _("Not a date") if is_date else _("Not an amount"))
    here = no.addAction(_("Here"), partial(reject, Rejecting(mention, HERE)))
    here.setShortcut(QKeySequence("X"))
    no.addAction(_("In this article"), partial(reject, Rejecting(mention, ARTICLE)))
    no.addAction(_("Everywhere"), partial(reject, Rejecting(mention, EVERYWHERE)))
    words = _("Correct date…") if is_date else _("Correct amount…")
    right = menu.addAction(icon("pencil-simple"), words, partial(correct, mention))
    right.setShortcut(QKeySequence("C"))
    menu.addSeparator()
