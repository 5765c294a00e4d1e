"""The actors of the whole library or of what a search found: which, in which order, and pages of them.

Nothing here holds what is in the trash, or what the reader says is no actor.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.library.amounts import NamedActor
from desktop.library.name_forms import normal, roles_once
from desktop.library.stored import numbers, trashed_rows
from desktop.model import Actor, ActorId, MentionKind

LOOKED_AT: Final = 100  #: of an actor's articles, those that came in last tell whom it stands with
_COMPANY: Final = 3  # actors told of each


class Order(StrEnum):
    """What a table of actors can be sorted by."""

    NAME = "name"
    KIND = "kind"
    ROLE = "role"
    ALIASES = "aliases"
    ARTICLES = "articles"
    MENTIONS = "mentions"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class ActorFilter:
    """Which actors; the fields left as they are ask for nothing.

    words: as typed; each is the beginning of a word in one of the names that the actor goes by.
    rows: the articles; None = all.
    """

    kinds: frozenset[MentionKind] = frozenset()
    words: str = ""
    least: int = 1  #: articles it stands in
    rows: Sequence[int] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, counted in the articles that were asked about."""

    number: int  #: of the actor inside SQLite
    actor: Actor
    first: str | None  #: partial ISO date of the oldest dated article
    last: str | None
    company: tuple[NamedActor, ...]  #: those it stands with most, see LOOKED_AT


# Counting. `form` holds (form_id, mentions, firsts): an article counts as the first of one form of each key.

_ALL = "form AS (SELECT id AS form_id, mentions, 0 AS firsts FROM name_form WHERE mentions > 0)"
_SOME = (
    "form AS (SELECT f.form_id, sum(f.mentions) AS mentions, sum(f.is_first) AS firsts"
    " FROM json_each(:rows) r JOIN article_form f ON f.article_id = r.value GROUP BY f.form_id)"
)
_ALL_OF = (
    "form AS (SELECT n.id AS form_id, n.mentions, 0 AS firsts FROM json_each(:ids) j"
    " JOIN name_key k ON k.actor_id = j.value JOIN name_form n ON n.name_key_id = k.id AND n.mentions > 0)"
)
_SOME_OF = (
    "form AS (SELECT f.form_id, sum(f.mentions) AS mentions, sum(f.is_first) AS firsts FROM json_each(:ids) j"
    " JOIN name_key k ON k.actor_id = j.value JOIN name_form n ON n.name_key_id = k.id"
    " JOIN article_form f ON f.form_id = n.id"
    " WHERE f.article_id IN (SELECT value FROM json_each(:rows)) GROUP BY f.form_id)"
)
_COUNTED = """
WITH {form}, summed AS (
    SELECT k.actor_id AS id, sum(g.mentions) AS mentions, sum(g.firsts) AS firsts,
        count(DISTINCT k.id) AS keys, count(DISTINCT n.text) AS forms,
        max(n.text = x.name) AS own
    FROM form g JOIN name_form n ON n.id = g.form_id JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden
    JOIN actor x ON x.id = k.actor_id GROUP BY k.actor_id
), counted AS (
    SELECT id, mentions, forms - own AS aliases, CASE WHEN keys > 1 THEN (
        SELECT count(DISTINCT f.article_id) FROM name_key k JOIN name_form n ON n.name_key_id = k.id
        JOIN article_form f ON f.form_id = n.id WHERE k.actor_id = summed.id AND NOT k.hidden AND {within}
    ) ELSE {single} END AS articles FROM summed
)
"""
_LIVING = "f.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"
_CHOSEN = "f.article_id IN (SELECT value FROM json_each(:rows))"
_KEYS_ARTICLES = "(SELECT sum(articles) FROM name_key WHERE actor_id = summed.id AND NOT hidden)"


class _Scope(NamedTuple):
    """SQL for counting in some articles, and the values it names."""

    with_clause: str
    within: str  #: condition on article_form f
    values: dict[str, object]


def _scope(con: sqlite3.Connection, rows: Sequence[int] | None, ids: Sequence[int] | None = None) -> _Scope:
    values: dict[str, object] = {} if ids is None else {"ids": json.dumps(list(ids))}
    if rows is None:
        form = _ALL if ids is None else _ALL_OF
        return _Scope(_COUNTED.format(form=form, within=_LIVING, single=_KEYS_ARTICLES), _LIVING, values)
    values["rows"] = json.dumps(list(set(rows) - trashed_rows(con)))
    form = _SOME if ids is None else _SOME_OF
    return _Scope(_COUNTED.format(form=form, within=_CHOSEN, single="firsts"), _CHOSEN, values)


_NAME = "CASE WHEN x.name = x.own_name THEN o.name ELSE lower(x.name) END"
_BY = {
    Order.NAME: f"{_NAME} {{way}}, c.articles DESC",
    Order.KIND: f"x.kind {{way}}, c.articles DESC, {_NAME}",
    Order.ROLE: f"b.role COLLATE NOCASE {{way}} NULLS LAST, c.articles DESC, {_NAME}",
    Order.ALIASES: f"c.aliases {{way}}, c.articles DESC, {_NAME}",
    Order.ARTICLES: f"c.articles {{way}}, c.mentions {{way}}, {_NAME}",
    Order.MENTIONS: f"c.mentions {{way}}, c.articles {{way}}, {_NAME}",
    Order.FIRST: f"d.first {{way}} NULLS LAST, {_NAME}",
    Order.LAST: f"d.last {{way}} NULLS LAST, {_NAME}",
}
# Materialised: what is only joined would be made anew for every actor.
_DAYS_OF_ALL = """
, d AS MATERIALIZED (
    SELECT k.actor_id AS id, min(t.first_day) AS first, max(t.first_day) AS last
    FROM name_key k CROSS JOIN name_form n ON n.name_key_id = k.id
    CROSS JOIN article_form f ON f.form_id = n.id CROSS JOIN article t ON t.id = f.article_id
    WHERE NOT k.hidden AND {within} GROUP BY k.actor_id
)
"""
_ROLE_OF_ALL = """
, b AS MATERIALIZED (
    SELECT id, min(role) AS role FROM (
        SELECT k.actor_id AS id, f.role,
            row_number() OVER (PARTITION BY k.actor_id ORDER BY count(*) DESC, f.role) AS place
        FROM name_key k CROSS JOIN mention f ON f.name_key_id = k.id AND f.role IS NOT NULL
        WHERE NOT k.hidden AND {within} GROUP BY k.actor_id, f.role
    ) WHERE place = 1 GROUP BY id
)
"""
_EXTRA = {
    Order.FIRST: (_DAYS_OF_ALL, " LEFT JOIN d ON d.id = c.id"),
    Order.LAST: (_DAYS_OF_ALL, " LEFT JOIN d ON d.id = c.id"),
    Order.ROLE: (_ROLE_OF_ALL, " LEFT JOIN b ON b.id = c.id"),
}


def find(
    con: sqlite3.Connection,
    wanted: ActorFilter,
    order: Order = Order.ARTICLES,
    *,
    descending: bool = True,
) -> array[int]:
    """Return the numbers of the actors that are wanted, in this order."""
    scope = _scope(con, wanted.rows)
    values = dict(scope.values)
    conditions = ["c.articles >= :least"]
    values["least"] = max(wanted.least, 1)
    if wanted.kinds:
        names = ", ".join(f"'{MentionKind(kind)}'" for kind in sorted(wanted.kinds))
        conditions.append(f"x.kind IN ({names})")
    if wanted.words.strip():
        conditions.append("c.id IN (SELECT value FROM json_each(:named))")
        values["named"] = json.dumps(sorted(_named(con, wanted.words)))
    made, joined = _EXTRA.get(order, ("", ""))
    by = _BY[order].format(way="DESC" if descending else "ASC")
    answer = con.execute(
        f"{scope.with_clause}{made.format(within=scope.within)}"
        " SELECT json_group_array(id) FROM (SELECT c.id FROM counted c"
        f" JOIN actor x ON x.id = c.id JOIN name_key o ON o.own_actor_id = x.id{joined}"
        f" WHERE {' AND '.join(conditions)} ORDER BY {by}, c.id)",
        values,
    ).fetchone()[0]
    return numbers(answer)


def _named(con: sqlite3.Connection, words: str) -> set[int]:
    """Return the actors that go by a name with these words, or beginnings of words."""
    asked = [f" {word}" for word in normal(words).split()]
    if not asked:
        return set()
    conditions = " AND ".join("instr(' ' || n.normal, ?)" for _ in asked)
    found = con.execute(
        "SELECT json_group_array(DISTINCT k.actor_id) FROM name_form n"
        f" JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden WHERE {conditions}",
        asked,
    ).fetchone()[0]
    named = set(json.loads(found))
    for number, name in con.execute("SELECT id, name FROM actor WHERE name <> own_name"):
        if all(word in f" {normal(name)}" for word in asked):
            named.add(number)
    return named


def kinds(con: sqlite3.Connection, rows: Sequence[int] | None = None) -> dict[MentionKind, int]:
    """Return how many actors of each kind there are in the library, or in some rows of it."""
    scope = _scope(con, rows)
    found = con.execute(
        f"{scope.with_clause} SELECT x.kind, count(*) FROM counted c JOIN actor x ON x.id = c.id"
        " WHERE c.articles > 0 GROUP BY x.kind",
        scope.values,
    )
    return {MentionKind(kind): count for kind, count in found}


# Pages


def page(
    con: sqlite3.Connection,
    ids: Sequence[int],
    rows: Sequence[int] | None = None,
    *,
    brief: bool = False,
) -> list[ActorRow]:
    """Return these actors in this order, counted in all articles or in some; gone ones are left out.

    brief: without dates and company, which take most of the time.
    """
    scope = _scope(con, rows, ids)
    aliases, roles = _aliases(con, scope), _roles(con, scope)
    days: dict[int, tuple[str, str]] = {} if brief else _days(con, scope)
    company: dict[int, list[NamedActor]] = defaultdict(list) if brief else _company(con, scope)
    found = {}
    for number, uuid, kind, name, mentions, articles in con.execute(
        f"{scope.with_clause} SELECT x.id, x.uuid, x.kind, x.name, c.mentions, c.articles"
        " FROM counted c JOIN actor x ON x.id = c.id WHERE c.articles > 0",
        scope.values,
    ):
        actor = Actor(
            ActorId(uuid),
            MentionKind(kind),
            name,
            tuple(form for form in aliases[number] if form != name),
            tuple(roles.get(number, ())),
            mentions,
            articles,
        )
        first, last = days.get(number, (None, None))
        found[number] = ActorRow(number, actor, first, last, tuple(company[number][:_COMPANY]))
    return [found[number] for number in ids if number in found]


def _aliases(con: sqlite3.Connection, scope: _Scope) -> dict[int, list[str]]:
    """Return the ways each actor is written, the most frequent first."""
    found: dict[int, list[str]] = defaultdict(list)
    for actor, form in con.execute(
        f"{scope.with_clause} SELECT k.actor_id, n.text FROM form g JOIN name_form n ON n.id = g.form_id"
        " JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden"
        " GROUP BY k.actor_id, n.text ORDER BY sum(g.mentions) DESC, n.text",
        scope.values,
    ):
        found[actor].append(form)
    return found


def _roles(con: sqlite3.Connection, scope: _Scope) -> dict[int, list[str]]:
    """Return the roles of each actor, the most frequent first."""
    found: dict[int, list[str]] = defaultdict(list)
    for actor, role in con.execute(
        "SELECT k.actor_id, f.role FROM json_each(:ids) j JOIN name_key k ON k.actor_id = j.value"
        " JOIN mention f ON f.name_key_id = k.id AND f.role IS NOT NULL"
        f" WHERE NOT k.hidden AND {scope.within} GROUP BY k.actor_id, f.role"
        " ORDER BY count(*) DESC, f.role",
        scope.values,
    ):
        found[actor].append(role)
    return {actor: roles_once(roles) for actor, roles in found.items()}


def _days(con: sqlite3.Connection, scope: _Scope) -> dict[int, tuple[str, str]]:
    """Return the dates of each actor's oldest and newest dated article."""
    found = con.execute(
        "SELECT j.value, min(t.first_day || ' ' || t.published), max(t.first_day || ' ' || t.published)"
        " FROM json_each(:ids) j JOIN name_key k ON k.actor_id = j.value"
        " JOIN name_form n ON n.name_key_id = k.id JOIN article_form f ON f.form_id = n.id"
        f" JOIN article t ON t.id = f.article_id WHERE NOT k.hidden AND {scope.within} GROUP BY j.value",
        scope.values,
    )
    return {actor: (first.partition(" ")[2], last.partition(" ")[2]) for actor, first, last in found if first}


_WITH_WHOM = """
WITH mine AS MATERIALIZED (
    SELECT j.value AS id, a.value AS article FROM json_each(:ids) j, json_each((
        SELECT json_group_array(article_id) FROM (
            SELECT DISTINCT f.article_id FROM name_key k JOIN name_form n ON n.name_key_id = k.id
            JOIN article_form f ON f.form_id = n.id
            WHERE k.actor_id = j.value AND NOT k.hidden AND {within}
            ORDER BY f.article_id DESC LIMIT {looked_at}
        )
    )) a
), met AS (
    SELECT m.id, k.actor_id AS other, count(*) AS number FROM mine m
    CROSS JOIN article_form f ON f.article_id = m.article AND f.is_first
    CROSS JOIN name_form n ON n.id = f.form_id
    CROSS JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden AND k.actor_id <> m.id
    GROUP BY m.id, k.actor_id
), best AS (
    SELECT id, other, row_number() OVER (PARTITION BY id ORDER BY number DESC, other) AS place FROM met
)
SELECT b.id, x.uuid, x.kind, x.name FROM best b JOIN actor x ON x.id = b.other
WHERE b.place <= {most} ORDER BY b.id, b.place
"""


def _company(con: sqlite3.Connection, scope: _Scope) -> dict[int, list[NamedActor]]:
    """Return whom each actor stands with in most of its articles, see LOOKED_AT."""
    query = _WITH_WHOM.format(within=scope.within, looked_at=LOOKED_AT, most=_COMPANY)
    found: dict[int, list[NamedActor]] = defaultdict(list)
    for actor, uuid, kind, name in con.execute(query, scope.values):
        found[actor].append(NamedActor(ActorId(uuid), MentionKind(kind), name))
    return found


def numbers_of(con: sqlite3.Connection, ids: Collection[ActorId]) -> list[int]:
    """Return the numbers of actors, of those that there are."""
    found = con.execute(
        "SELECT x.id FROM json_each(?) j JOIN actor x ON x.uuid = j.value ORDER BY j.key",
        (json.dumps(list(ids)),),
    )
    return [number for (number,) in found]
