"""Whom a name belongs to: by itself, by a link that the program found, or by the reader's rules.

A name of an article's actor, normalised, and its kind make a name key, which has an actor of its own.
`name_key.actor_id` is derived from what decides, and may be derived again at any time: the reader's last rule
about the name; without one, the link to the fuller name it is short for (see `links`); without one, it is its
own. Nothing else changes when actors are merged, so that this takes no time however many articles there are.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from desktop.library import rules
from desktop.library.name_forms import normal, worth
from desktop.model import ACTOR_KINDS, MentionKind, Rule, RuleKind


class Reason(StrEnum):
    """Why a name belongs to its actor."""

    OWN = "own"
    LINK = "link"  #: found by the program; the evidence says how
    MERGE = "merge"
    SPLIT = "split"  #: stands alone, whatever the program would find
    RETYPE = "retype"
    IGNORE = "ignore"  #: no name: shown nowhere
    OTHER = "other"  #: a law, product or work


_HIDDEN = (Reason.IGNORE, Reason.OTHER)
_LINK = -1  # a link's place in the order of rules: before all of them

Name = tuple[str, MentionKind]  #: normalised, kind


def key_of(con: sqlite3.Connection, name: str, kind: MentionKind) -> int:
    """Return the name key of an article's actor; a name seen for the first time gets an actor of its own.

    name: canonical in its article. The actor is shown by the best way its own name was ever written, so that
    the order in which articles came does not matter.
    """
    key = normal(name)
    found = con.execute(
        "SELECT k.id, x.id, x.own_name, x.name = x.own_name FROM name_key k JOIN actor x"
        " ON x.id = k.own_actor_id WHERE k.name = ? AND k.kind = ?",
        (key, kind),
    ).fetchone()
    if found is None:
        return _new_key(con, key, name, kind)
    number, actor, best, is_shown = found
    if name != best and worth(name) > worth(best):
        con.execute("UPDATE actor SET own_name = ? WHERE id = ?", (name, actor))
        if is_shown:
            con.execute("UPDATE actor SET name = ? WHERE id = ?", (name, actor))
    return int(number)


def _new_key(con: sqlite3.Connection, key: str, name: str, kind: MentionKind) -> int:
    actor = con.execute(
        "INSERT INTO actor(uuid, kind, name, own_name) VALUES(?, ?, ?, ?) RETURNING id",
        (str(uuid.uuid4()), kind, name, name),
    ).fetchone()[0]
    made = con.execute(
        "INSERT INTO name_key(kind, name, actor_id, own_actor_id, last_word) VALUES(?, ?, ?, ?, ?)"
        " RETURNING id",
        (kind, key, actor, actor, key.rpartition(" ")[2]),
    ).fetchone()[0]
    if rules.name_has_rules(con, key):
        resolve(con, [made])
    return int(made)


def keys_named(con: sqlite3.Connection, name: str, kind: MentionKind | None) -> list[int]:
    """Return the name keys of a name; kind None = of every kind of actor."""
    found = con.execute("SELECT id, kind FROM name_key WHERE name = ?", (normal(name),))
    return [key for key, of in found if kind in (None, of)]


def apply_rules(con: sqlite3.Connection, changed: Iterable[Rule]) -> bool:
    """Derive anew what these rules, which came or went, are about; return whether any name moved."""
    keys: list[int] = []
    for rule in changed:
        if rules.is_about_names(rule) and rule.condition.name:
            kinds = ACTOR_KINDS if rule.condition.kind is None else (rule.condition.kind,)
            for kind in kinds:
                keys += keys_named(con, rule.condition.name, kind)
    return resolve(con, keys)


def resolve(con: sqlite3.Connection, keys: Iterable[int]) -> bool:
    """Derive anew to whom these names, and those that follow them, belong; return whether any moved."""
    known = _Decided(rules.about_names(con))
    moved = False
    for key in _with_followers(con, keys, known):
        owner, reason, hidden = _owner(con, key, known)
        moved |= bool(
            con.execute(
                "UPDATE name_key SET actor_id = ?2, reason = ?3, hidden = ?4 WHERE id = ?1"
                " AND (actor_id <> ?2 OR reason <> ?3 OR hidden <> ?4)",
                (key, owner, reason, hidden),
            ).rowcount
        )
        name, kind = _name_of(con, key)
        moved |= bool(
            con.execute(
                "UPDATE actor SET name = coalesce(?2, own_name) WHERE id ="
                " (SELECT own_actor_id FROM name_key WHERE id = ?1) AND name <> coalesce(?2, own_name)",
                (key, known.new_name(name, kind)),
            ).rowcount
        )
        look_at_links(con, [key])
    return moved


def look_at_links(con: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Let what these names are short for be decided anew, see `links`."""
    con.executemany(
        "INSERT INTO link_todo(key_id) VALUES(?) ON CONFLICT(key_id) DO UPDATE SET asked = asked + 1",
        ((key,) for key in keys),
    )


class _Step(NamedTuple):
    """What is decided of a name: it belongs to another one's actor (target), or to its own."""

    reason: Reason
    order: int
    target: tuple[str, MentionKind] | None = None  #: the target's name as written


class _Decided:
    """What the reader's rules say of names; the last one wins."""

    def __init__(self, all_rules: Iterable[Rule]) -> None:
        self._steps: dict[tuple[str, MentionKind | None], list[_Step]] = defaultdict(list)
        self._names: dict[tuple[str, MentionKind | None], tuple[int, str]] = {}
        self.into: dict[Name, list[Name]] = defaultdict(list)  #: names whose rules point at this one
        for rule in all_rules:
            self._add(rule)

    def _add(self, rule: Rule) -> None:
        name, kind = normal(rule.condition.name or ""), rule.condition.kind
        if rule.kind is RuleKind.RENAME:
            if rule.name:
                self._names[name, kind] = (rule.order, rule.name)
            return
        step = _step(rule)
        if step is not None:
            self._steps[name, kind].append(step)
            if step.target is not None:
                sources = ACTOR_KINDS if kind is None else (kind,)
                self.into[normal(step.target[0]), step.target[1]] += [(name, one) for one in sources]

    def step(self, name: str, kind: MentionKind, but: Collection[int]) -> _Step | None:
        """Return the last thing that is decided of a name, leaving out some rules."""
        steps = [*self._steps.get((name, kind), ()), *self._steps.get((name, None), ())]
        return max((one for one in steps if one.order not in but), key=lambda one: one.order, default=None)

    def new_name(self, name: str, kind: MentionKind) -> str | None:
        """Return what the reader calls the actor whose own name this is; None = as it is written."""
        found = [self._names[key] for key in ((name, kind), (name, None)) if key in self._names]
        return max(found)[1] if found else None


def _step(rule: Rule) -> _Step | None:
    if rule.kind is RuleKind.IGNORE:
        return _Step(Reason.IGNORE, rule.order)
    if rule.kind is RuleKind.SPLIT:
        return _Step(Reason.SPLIT, rule.order)
    kind = rule.to_kind or rule.condition.kind
    if rule.kind is RuleKind.RETYPE and kind is MentionKind.OTHER:
        return _Step(Reason.OTHER, rule.order)
    name = rule.name or rule.condition.name
    if kind not in ACTOR_KINDS or not name:
        return None
    reason = Reason.MERGE if rule.kind is RuleKind.MERGE else Reason.RETYPE
    return _Step(reason, rule.order, (name, kind))


def _owner(con: sqlite3.Connection, key: int, known: _Decided) -> tuple[int, Reason, bool]:
    """Follow a name to its actor. Where rules lead in a circle, the oldest one in it does not count."""
    passed_over: set[int] = set()
    while True:
        way: dict[int, int] = {}  # key -> order of what leads on from it
        reason: Reason | None = None
        at = key
        while at not in way:
            name, kind, own, linked_to = con.execute(
                "SELECT name, kind, own_actor_id, linked_to FROM name_key WHERE id = ?", (at,)
            ).fetchone()
            step = known.step(name, MentionKind(kind), passed_over)
            if step is None and linked_to is not None and _LINK not in passed_over:
                way[at], at, reason = _LINK, linked_to, reason or Reason.LINK
            elif step is None or step.target is None:
                here = step.reason if step else Reason.OWN
                return own, here if here in _HIDDEN else reason or here, here in _HIDDEN
            else:
                reason = reason or step.reason
                way[at], at = step.order, key_of(con, *step.target)
        circle = list(way.values())[list(way).index(at) :]
        passed_over.add(min(circle))


def _with_followers(con: sqlite3.Connection, keys: Iterable[int], known: _Decided) -> list[int]:
    """Return the keys and those whose rules or links lead to them."""
    found = dict.fromkeys(keys)
    todo = list(found)
    while todo:
        key = todo.pop()
        following = [row[0] for row in con.execute("SELECT id FROM name_key WHERE linked_to = ?", (key,))]
        for name, kind in known.into.get(_name_of(con, key), ()):
            following += keys_named(con, name, kind)
        new = [one for one in following if one not in found]
        found.update(dict.fromkeys(new))
        todo += new
    return list(found)


def _name_of(con: sqlite3.Connection, key: int) -> Name:
    name, kind = con.execute("SELECT name, kind FROM name_key WHERE id = ?", (key,)).fetchone()
    return name, MentionKind(kind)
