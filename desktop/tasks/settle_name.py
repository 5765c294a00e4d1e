"""What the reader says of a name in a text, all at once: what it is, who it is, how far that reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.errors import Problem, ProblemKind
from desktop.library import actors
from desktop.library.name_forms import normal
from desktop.model import Actor, ActorId, ArticleId, Changes, Mention, MentionKind, RuleScope
from desktop.tasks import correct_actors
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What a name is in truth."""

    kind: MentionKind
    name: str  #: what its actor is called
    actor: Actor | None  #: the actor of the library that it is, where one was chosen
    scope: RuleScope


def settle(session: Session, article: ArticleId, mention: Mention, answer: NameAnswer) -> Changes:
    """Make what the reader says of a mention into rules; what is as it was makes none.

    Raises Problem NO_SUCH_ARTICLE, NO_SUCH_ACTOR; ValueError for an empty name.
    """
    answer = _with_actor(session, answer)
    name, scope = _name(session, answer), answer.scope
    other_kind = answer.kind is not mention.kind
    other_name = answer.kind is not MentionKind.OTHER and name != (mention.actor or mention.text)
    if answer.actor is not None:
        other_name = answer.actor.id != mention.actor_id
    if not other_kind and not other_name:
        return Changes()
    if scope is RuleScope.EVERYWHERE and mention.actor_id is not None:
        joined = _joined_name(session, article, mention)
        if joined is not None:  # the actor it seemed to be stays as it is
            return correct_actors.name_is(session, joined, name if other_name else joined.name, answer.kind)
        return _everywhere(session, mention.actor_id, answer, name, other_kind, other_name)
    if other_kind and other_name:
        start, end = mention.start, mention.end
        return correct_actors.add(session, article, start, end, answer.kind, scope, name)
    if other_kind:
        return correct_actors.retype_here(session, article, [mention], answer.kind, scope)
    return correct_actors.is_someone_else(session, article, mention, name, scope)


def _joined_name(session: Session, article: ArticleId, mention: Mention) -> actors.Head | None:
    """Return the own name of a mention where it only counts as its actor's: that one has another."""
    con = session.library.reader()
    known = actors.behind(con, article, mention.start, mention.end)
    if known is None or known.head is None or mention.actor_id is None:
        return None
    return None if known.head == actors.head(con, mention.actor_id) else known.head


def _everywhere(
    session: Session, actor: ActorId, answer: NameAnswer, name: str, other_kind: bool, other_name: bool
) -> Changes:
    if answer.actor is not None and other_name:
        return correct_actors.merge(session, [actor], answer.actor.id)
    if other_kind:
        return correct_actors.retype(session, [actor], answer.kind, name if other_name else "")
    return correct_actors.rename(session, actor, name)


def add(session: Session, article: ArticleId, start: int, end: int, answer: NameAnswer) -> Changes:
    """Mark a passage as what the reader says it is. Otherwise as `correct_actors.add`."""
    name = _name(session, _with_actor(session, answer))
    return correct_actors.add(session, article, start, end, answer.kind, answer.scope, name)


def _with_actor(session: Session, answer: NameAnswer) -> NameAnswer:
    """Take a name that was typed in full for the actor of this kind that is called so."""
    if answer.actor is not None or answer.kind is MentionKind.OTHER:
        return answer
    found = actors.find(session.library.reader(), answer.name, answer.kind)
    called = (one for one in found if normal(one.name) == normal(answer.name))
    return replace(answer, actor=next(called, None))


def _name(session: Session, answer: NameAnswer) -> str:
    """Return the name by which rules know who it is: the reader may call an actor otherwise."""
    if answer.actor is None:
        return " ".join(answer.name.split())
    try:
        return actors.head(session.library.reader(), answer.actor.id).name
    except Problem as problem:
        if problem.kind is not ProblemKind.NO_SUCH_ACTOR:
            raise
        return answer.actor.name
