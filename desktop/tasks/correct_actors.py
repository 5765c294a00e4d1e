"""Merge, split, rename, retype, ignore and add actors, as rules that hold from now on.

What is said of an actor of the whole library takes no time: names change their owner, no text is read
again. What is said of one passage or article is a rule about that text, whose marks are made again at once.
Each call is one step that can be undone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.library import actors, articles, history, mentions, owners, rules
from desktop.model import (
    ACTOR_KINDS,
    ActorId,
    ArticleId,
    Changes,
    Condition,
    Mention,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    RuleScope,
)
from desktop.tasks.correct import quote_of
from desktop.tasks.look_after import mark_now
from desktop.tasks.session import Session

_KINDS = (*ACTOR_KINDS, MentionKind.OTHER)

# Actors of the whole library


def merge(session: Session, others: Sequence[ActorId], into: ActorId) -> Changes:
    """Let the names of some actors belong to another one. Raises Problem NO_SUCH_ACTOR."""

    def made(con: sqlite3.Connection) -> list[Rule]:
        target = actors.head(con, into)
        heads = [actors.head(con, other) for other in others if other != into]
        return [
            _everywhere(RuleKind.MERGE, head, name=target.name, to_kind=target.kind, actor=into)
            for head in heads
        ]

    return _decide(session, "merge", made, _fields(session, others, into))


def name_is(session: Session, head: actors.Head, name: str, kind: MentionKind) -> Changes:
    """Let one name be the actor of this name and kind, whomever it belongs to now. ValueError for no name."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("an actor needs a name")
    rule = _everywhere(RuleKind.MERGE, head, name=name, to_kind=kind)
    return _decide(session, "merge", lambda _con: [rule], {"words": head.name, "into": name})


def split(session: Session, actor: ActorId, names: Sequence[tuple[str, MentionKind]]) -> Changes:
    """Let some of an actor's names (see `links.names_of`) be actors of their own."""

    def made(_con: sqlite3.Connection) -> list[Rule]:
        return [Rule(RuleId(""), RuleKind.SPLIT, Condition(name, kind)) for name, kind in names]

    words = {"words": ", ".join(name for name, _kind in names)}
    return _decide(session, "split", made, {**_fields(session, [actor]), **words})


def stand_apart(session: Session, actor: ActorId) -> Changes:
    """Say that an actor is not the one that a suggestion takes it for."""

    def made(con: sqlite3.Connection) -> list[Rule]:
        return [_everywhere(RuleKind.SPLIT, actors.head(con, actor))]

    return _decide(session, "split", made, _fields(session, [actor]))


def rename(session: Session, actor: ActorId, name: str) -> Changes:
    """Call an actor otherwise, whatever the articles write. Raises Problem NO_SUCH_ACTOR.

    Raises ValueError for a name without a letter or figure.
    """
    name = " ".join(name.split())
    if not any(letter.isalnum() for letter in name):
        raise ValueError("an actor needs a name")

    def made(con: sqlite3.Connection) -> list[Rule]:
        return [_everywhere(RuleKind.RENAME, actors.head(con, actor), name=name)]

    return _decide(session, "rename", made, {**_fields(session, [actor]), "into": name})


def retype(session: Session, ids: Sequence[ActorId], kind: MentionKind, name: str = "") -> Changes:
    """Say what actors are: another kind of actor, or OTHER (a law, product or work).

    name: what it is called from now on; "" = as before.
    Raises Problem NO_SUCH_ACTOR; ValueError for a kind that no name can be.
    """
    if kind not in _KINDS:
        raise ValueError(f"no kind of name: {kind}")
    name = " ".join(name.split())

    def made(con: sqlite3.Connection) -> list[Rule]:
        found = []
        for one in actors.by_ids(con, ids):
            head = actors.head(con, one.id)
            found.append(_everywhere(RuleKind.RETYPE, head, name=name or None, to_kind=kind))
            is_renamed = one.name != head.name and kind in ACTOR_KINDS
            if is_renamed and not name:  # the reader's own name goes with it
                found.append(Rule(RuleId(""), RuleKind.RENAME, Condition(head.name, kind), name=one.name))
        return found

    return _decide(session, "retype", made, _fields(session, ids))


def ignore(session: Session, ids: Sequence[ActorId]) -> Changes:
    """Say that these are no names: they are shown nowhere. Raises Problem NO_SUCH_ACTOR."""

    def made(con: sqlite3.Connection) -> list[Rule]:
        return [_everywhere(RuleKind.IGNORE, actors.head(con, one)) for one in ids]

    return _decide(session, "ignore", made, _fields(session, ids))


def _everywhere(
    rule: RuleKind,
    head: actors.Head,
    *,
    name: str | None = None,
    to_kind: MentionKind | None = None,
    actor: ActorId | None = None,
) -> Rule:
    return Rule(RuleId(""), rule, Condition(head.name, head.kind), actor, name, to_kind)


def _fields(session: Session, ids: Sequence[ActorId], into: ActorId | None = None) -> dict[str, str]:
    """Return what the menu says of a step: the names of the actors."""
    con = session.library.reader()
    found = {"words": ", ".join(one.name for one in actors.by_ids(con, ids) if one.id != into)}
    if into is not None:
        found["into"] = actors.by_ids(con, [into])[0].name
    return found


# One passage, one article


def ignore_here(session: Session, article: ArticleId, found: Sequence[Mention], scope: RuleScope) -> Changes:
    """Say that mentions are no names, at these places, in this article, or everywhere.

    Otherwise as `correct.reject`.
    """
    if scope is RuleScope.EVERYWHERE and (heads := _heads(session, article, found)):
        made = [_everywhere(RuleKind.IGNORE, head) for head in heads]
        return _decide(session, "ignore", lambda _con: made, {"words": _listed(heads)})
    return _about_text(session, article, found, scope, Rule(RuleId(""), RuleKind.IGNORE, Condition()))


def retype_here(
    session: Session, article: ArticleId, found: Sequence[Mention], kind: MentionKind, scope: RuleScope
) -> Changes:
    """Say what mentions are, at these places, in this article, or everywhere."""
    if kind not in _KINDS:
        raise ValueError(f"no kind of name: {kind}")
    if scope is RuleScope.EVERYWHERE and (heads := _heads(session, article, found)):
        made = [_is_of_kind(head, kind) for head in heads]
        return _decide(session, "retype", lambda _con: made, {"words": _listed(heads)})
    rule = Rule(RuleId(""), RuleKind.RETYPE, Condition(), to_kind=kind)
    return _about_text(session, article, found, scope, rule)


def _is_of_kind(head: actors.Head, kind: MentionKind) -> Rule:
    if kind is head.kind:  # said to be something else before: it stands for itself again
        return _everywhere(RuleKind.SPLIT, head)
    return _everywhere(RuleKind.RETYPE, head, to_kind=kind)


def _heads(session: Session, article: ArticleId, found: Sequence[Mention]) -> list[actors.Head]:
    """Return the own names behind mentions, also of those that the reader took for no actor's."""
    con = session.library.reader()
    known = (actors.behind(con, article, one.start, one.end) for one in found)
    return list(dict.fromkeys(one.head for one in known if one is not None and one.head is not None))


def _listed(heads: Sequence[actors.Head]) -> str:
    return ", ".join(dict.fromkeys(head.name for head in heads))


def is_someone_else(
    session: Session, article: ArticleId, mention: Mention, name: str, scope: RuleScope
) -> Changes:
    """Say who a mention is, at this place or in this article: the actor of this name and kind."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("an actor needs a name")
    rule = Rule(RuleId(""), RuleKind.SPLIT, Condition(), name=name)
    return _about_text(session, article, [mention], scope, rule)


def add(
    session: Session,
    article: ArticleId,
    start: int,
    end: int,
    kind: MentionKind,
    scope: RuleScope,
    name: str = "",
) -> Changes:
    """Mark a passage as a name; with EVERYWHERE the same words in every article, also those still to come.

    start, end: code points of the article's text. name: of the actor; "" = the words themselves.
    Raises ValueError for an empty passage or a kind that no name can be; Problem NO_SUCH_ARTICLE.
    """
    text = articles.text(session.library.reader(), article).text
    words = text[start:end]
    if kind not in _KINDS or not words.strip() or words != words.strip():
        raise ValueError("a name is a passage without spaces around it")
    rule = Rule(RuleId(""), RuleKind.ADD, Condition(), name=name or None, to_kind=kind)
    return _about_text(session, article, [Mention(start, end, words, kind)], scope, rule)


def _about_text(
    session: Session, article: ArticleId, found: Sequence[Mention], scope: RuleScope, rule: Rule
) -> Changes:
    con = session.library.reader()
    text = articles.text(con, article).text
    conditions = list(
        dict.fromkeys(_condition(con, article, text, mention, scope, rule.kind) for mention in found)
    )
    # Which texts hold such words takes a while to find: not in the transaction.
    rows = rules.rows_concerned(con, conditions)

    def work(con: sqlite3.Connection) -> Changes:
        fields = {"article": article, "words": found[0].text}
        with history.recording(con, f"{rule.kind}_name", fields) as step:
            for condition in conditions:
                rules.add(con, replace(rule, condition=condition))
        mentions.make_stale(con, rows)
        return Changes(articles=frozenset({article}), actors=True, step=step)

    changes = session.library.write(work)
    mark_now(session, [article])
    return changes


def _condition(
    con: sqlite3.Connection,
    article: ArticleId,
    text: str,
    mention: Mention,
    scope: RuleScope,
    rule: RuleKind,
) -> Condition:
    if mention.kind not in _KINDS:
        raise ValueError(f"no name: {mention.kind}")
    if text[mention.start : mention.end] != mention.text:
        raise ValueError(f"{mention.text!r} does not stand at {mention.start}")
    kind = None
    if rule is not RuleKind.ADD:  # the kind as it is found: the reader's own comes later, to the name
        known = actors.behind(con, article, mention.start, mention.end)
        kind = known.kind if known else mention.kind
    if scope is RuleScope.HERE:
        return Condition(None, kind, article, quote_of(text, mention.start, mention.end))
    return Condition(mention.text, kind, None if scope is RuleScope.EVERYWHERE else article)


# How a rule about names is made


def _decide(
    session: Session, kind: str, made: Callable[[sqlite3.Connection], list[Rule]], fields: dict[str, str]
) -> Changes:
    """Make rules and apply them to the names, as one step."""

    def work(con: sqlite3.Connection) -> Changes:
        new = made(con)
        with history.recording(con, kind, fields) as step:
            stored = [rules.add(con, rule) for rule in new]
        owners.apply_rules(con, stored)
        return Changes(actors=True, step=step if stored else None)

    return session.library.write(work)
