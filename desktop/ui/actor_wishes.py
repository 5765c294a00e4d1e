"""What a reader wants done with actors: what menus, keys and lists ask, and `ActorDesk` carries out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from desktop.i18n import _
from desktop.model import Actor, ActorId, ArticleId, Mention, MentionKind, RuleScope
from desktop.ui.actor_words import JoinedName, joined_names

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle


class About(NamedTuple):
    """Whom a wish is about: actors, or names in a text.

    Of a text: the article, the one mention that was pointed at, or all mentions of the actors there.
    joined: of one actor, the other names that count as its.
    """

    actors: tuple[Actor, ...] = ()
    article: ArticleId | None = None
    mention: Mention | None = None
    mentions: tuple[Mention, ...] = ()
    joined: tuple[JoinedName, ...] = ()

    @property
    def words(self) -> str:
        """Return the names as the reader sees them, to be put between quotation marks."""
        if self.mention is not None:
            return self.mention.text
        return _("”, “").join(actor.name for actor in self.actors)

    @property
    def name(self) -> str:
        """Return the name that a correction everywhere is about: the mention's own, or its actor's."""
        if self.mention is not None and self.mention.text in (joined.name for joined in self.joined):
            return self.mention.text
        return self.actors[0].name if self.actors else self.words

    @property
    def kind(self) -> MentionKind | None:
        """Return what they all are; None where they differ."""
        kinds = {self.mention.kind} if self.mention is not None else {actor.kind for actor in self.actors}
        return kinds.pop() if len(kinds) == 1 else None


def about_mention(opened: OpenedArticle, mention: Mention) -> About:
    """Return whom a wish about one mention of an article is about."""
    actors = tuple(actor for actor in opened.actors if actor.id == mention.actor_id)
    return About(actors, opened.article.id, mention, joined=_joined(opened, actors))


def _joined(opened: OpenedArticle, actors: tuple[Actor, ...]) -> tuple[JoinedName, ...]:
    return joined_names(opened.names.get(actors[0].id, ())) if len(actors) == 1 else ()


def about_actors(opened: OpenedArticle, ids: Collection[str]) -> About:
    """Return whom a wish about some actors of an article is about, in the order of the ids."""
    known = {actor.id: actor for actor in opened.actors}
    mentions = tuple(mention for mention in opened.mentions if mention.actor_id in ids)
    actors = tuple(known[ActorId(one)] for one in ids if one in known)
    return About(actors, opened.article.id, mentions=mentions, joined=_joined(opened, actors))


class Ignoring(NamedTuple):
    """They are no names."""

    about: About
    scope: RuleScope = RuleScope.EVERYWHERE


class Retyping(NamedTuple):
    """They are something else."""

    about: About
    kind: MentionKind
    scope: RuleScope = RuleScope.EVERYWHERE


class Merging(NamedTuple):
    """They are one actor. into: whose name stays; None = to be asked (and with whom, where it is but one)."""

    about: About
    into: ActorId | None = None


class Renaming(NamedTuple):
    """The actor is to be called otherwise; how is asked."""

    about: About


class Settling(NamedTuple):
    """What the mention is, and who, is to be asked; who first: it is someone else."""

    about: About
    who_first: bool = False


class StandingApart(NamedTuple):
    """The actor is not the one that a suggestion takes it for."""

    actor: Actor


class Separating(NamedTuple):
    """Some of an actor's names are another one's."""

    actor: ActorId
    names: tuple[tuple[str, MentionKind], ...]


class Marking(NamedTuple):
    """A passage is a name. kind None: what it is, and who, is to be asked."""

    article: ArticleId
    start: int
    end: int
    kind: MentionKind | None = None
    scope: RuleScope = RuleScope.HERE


ActorWish = Ignoring | Retyping | Merging | Renaming | Settling | Separating | StandingApart | Marking
