"""Who is involved in the article: actors grouped by kind, the most mentioned first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _, kind_name, n_
from desktop.model import ACTOR_KINDS, Actor, Mention, MentionKind
from desktop.ui.actor_words import different_roles
from desktop.ui.icons import KIND_ICONS
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window

#: organisations first: in the articles people bring, they are what is at stake
_ORDER = (MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE, MentionKind.EVENT)
_MOST_ROLES = 2
assert set(_ORDER) == set(ACTOR_KINDS)


class ActorList(PanelList):
    """Shows the actors of one article."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "actorList", _("Actors"))

    def show_article(self, opened: OpenedArticle) -> None:
        """Show the actors of this article."""
        self.show_lines(actor_lines(opened))

    def follow(self, mention: Mention) -> None:
        """Select the actor of a mention."""
        if mention.actor_id is not None:
            self.came_to(mention.actor_id, (mention.start, mention.end))


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
    facts = different_roles(actor.roles)[:_MOST_ROLES]
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
