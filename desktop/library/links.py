"""Names that may be one actor: what is known of them for deciding, and what was decided.

Names whose articles or company changed wait in `link_todo`. Deciding is `extraction.name_links`' work.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from desktop.library import owners
from desktop.library.name_forms import normal
from desktop.library.owners import Reason
from desktop.model import ActorId, MentionKind

_NEAR = 40  # code points between a person and an organisation that has to do with him
_MOST_ARTICLES = 200  # of one name that are looked at: the newest


class NameRow(NamedTuple):
    """A name with what decides about it."""

    id: int
    name: str
    kind: MentionKind
    actor: int  #: number of the actor it belongs to without the program's own link
    is_decided: bool  #: by the reader


class Family(NamedTuple):
    """Names that may have to do with each other, with what is said of them in each article."""

    names: list[NameRow]
    forms: dict[int, set[str]]
    roles: dict[int, dict[int, set[str]]]  #: name -> article -> roles, small letters
    near: dict[int, dict[int, set[str]]]  #: name -> article it stands in -> organisations, normalised


class Decision(NamedTuple):
    """What was decided of a name: the sure link, or else suggestions."""

    key: int
    linked_to: int | None
    evidence: str  #: JSON
    suggestions: Sequence[tuple[int, str]] = ()  #: other name, evidence


def todo(con: sqlite3.Connection, limit: int) -> dict[int, int]:
    """Return names that are to be looked at, and how often that was asked, for `store`."""
    return dict(
        con.execute("SELECT key_id, asked FROM link_todo ORDER BY key_id LIMIT ?", (limit,)).fetchall()
    )


def persons_with(con: sqlite3.Connection, keys: Collection[int]) -> list[list[int]]:
    """Return, for the persons among these names, all persons whose name ends in the same word, as groups."""
    groups = con.execute(
        "SELECT json_group_array(k.id) FROM (SELECT DISTINCT last_word FROM name_key"
        " WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'person') w"
        " JOIN name_key k ON k.kind = 'person' AND k.last_word = w.last_word AND k.articles > 0"
        " GROUP BY k.last_word",
        (json.dumps(list(keys)),),
    )
    return [json.loads(members) for (members,) in groups]


def others(con: sqlite3.Connection, keys: Collection[int]) -> list[tuple[int, str]]:
    """Return (key, name) of those of these names that are no persons'."""
    found = con.execute(
        "SELECT id, name FROM name_key WHERE id IN (SELECT value FROM json_each(?)) AND kind <> 'person'"
        " ORDER BY id",
        (json.dumps(list(keys)),),
    )
    return [(key, name) for key, name in found]


def namesakes(con: sqlite3.Connection, key: int, more: Iterable[str]) -> list[int]:
    """Return the name and others of its kind that have a form in common with it, or a name among `more`."""
    found = con.execute(_NAMESAKES, {"key": key, "more": json.dumps(list(more))})
    return [other for (other,) in found]


_NAMESAKES = """
SELECT o.id FROM name_key k CROSS JOIN name_form n ON n.normal = k.name AND n.mentions > 0
    CROSS JOIN name_key o ON o.id = n.name_key_id WHERE k.id = :key AND o.kind = k.kind AND o.articles > 0
UNION SELECT o.id FROM name_key k CROSS JOIN name_form n ON n.name_key_id = k.id AND n.mentions > 0
    CROSS JOIN name_key o ON o.name = n.normal AND o.kind = k.kind WHERE k.id = :key AND o.articles > 0
UNION SELECT o.id FROM name_key k CROSS JOIN json_each(:more) j
    CROSS JOIN name_key o ON o.name = j.value AND o.kind = k.kind WHERE k.id = :key AND o.articles > 0
UNION SELECT id FROM name_key WHERE id = :key AND articles > 0
"""


def family(con: sqlite3.Connection, keys: Sequence[int]) -> Family:
    """Return what is known of these names."""
    wanted = (json.dumps(list(keys)),)
    names = []
    for row in con.execute(
        "SELECT * FROM name_key WHERE id IN (SELECT value FROM json_each(?)) AND NOT hidden"
        " ORDER BY kind, name",
        wanted,
    ):
        is_linked = row["reason"] == Reason.LINK
        owner = row["own_actor_id"] if is_linked else row["actor_id"]
        decided = row["reason"] not in (Reason.OWN, Reason.LINK)
        names.append(NameRow(row["id"], row["name"], MentionKind(row["kind"]), owner, decided))
    forms: dict[int, set[str]] = defaultdict(set)
    for key, form in con.execute(
        "SELECT name_key_id, normal FROM name_form WHERE mentions > 0"
        " AND name_key_id IN (SELECT value FROM json_each(?))",
        wanted,
    ):
        forms[key].add(form)
    roles: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    near: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key in keys:
        _add_appearances(con, key, roles[key], near[key])
    return Family(names, forms, roles, near)


_NEWEST = """
SELECT DISTINCT f.article_id FROM name_form n JOIN article_form f ON f.form_id = n.id
JOIN article a ON a.id = f.article_id AND a.trashed_at IS NULL
WHERE n.name_key_id = ? ORDER BY a.sort_day DESC, a.uuid LIMIT ?
"""


def _add_appearances(
    con: sqlite3.Connection, key: int, roles: dict[int, set[str]], near: dict[int, set[str]]
) -> None:
    articles = [row for (row,) in con.execute(_NEWEST, (key, _MOST_ARTICLES))]
    for row in articles:
        near[row]  # it stands there, whoever else does
    for article, role, other in con.execute(
        "SELECT m.article_id, m.role, k.name FROM json_each(?1) j"
        " JOIN mention m ON m.article_id = j.value AND m.name_key_id = ?2"
        " LEFT JOIN mention o ON o.article_id = m.article_id AND o.start BETWEEN m.start - ?3 AND m.end + ?3"
        " AND o.end >= m.start - ?3 AND o.kind = 'organisation'"
        " LEFT JOIN name_key k ON k.id = o.name_key_id",
        (json.dumps(articles), key, _NEAR),
    ):
        if role:
            roles[article].add(role.casefold())
        if other is not None:
            near[article].add(other)


def store(con: sqlite3.Connection, looked_at: Mapping[int, int], decisions: Iterable[Decision]) -> bool:
    """Store what was decided of names, and that they were looked at; return whether one changed its actor.

    looked_at: what `todo` gave. A name that was asked for again meanwhile is looked at once more.
    """
    con.executemany("DELETE FROM link_todo WHERE key_id = ? AND asked = ?", looked_at.items())
    changed = []
    for decision in decisions:
        moved = con.execute(
            "UPDATE name_key SET linked_to = ?2, evidence = ?3 WHERE id = ?1"
            " AND (linked_to IS NOT ?2 OR evidence IS NOT ?3)",
            (decision.key, decision.linked_to, decision.evidence or None),
        ).rowcount
        if moved:
            changed.append(decision.key)
        con.execute("DELETE FROM suggestion WHERE key_id = ?", (decision.key,))
        con.executemany(
            "INSERT OR IGNORE INTO suggestion VALUES(?, ?, ?)",
            ((decision.key, other, evidence) for other, evidence in decision.suggestions),
        )
    return owners.resolve(con, changed)


class NameOfActor(NamedTuple):
    """One of the names that belong to an actor, and why."""

    name: str  #: as it is best written
    kind: MentionKind
    reason: Reason
    articles: int
    how: str = ""  #: for a link: `extraction.name_links.How`
    role: str = ""
    near: str = ""


def names_of(con: sqlite3.Connection, actor: ActorId) -> list[NameOfActor]:
    """Return the names that belong to an actor, its own first."""
    return names_of_all(con, [actor]).get(actor, [])


def names_of_all(con: sqlite3.Connection, ids: Iterable[ActorId]) -> dict[ActorId, list[NameOfActor]]:
    """Return the names that belong to each of these actors, its own first."""
    found: dict[ActorId, list[NameOfActor]] = {}
    for row in con.execute(
        "SELECT k.*, o.own_name, x.uuid FROM json_each(?) j JOIN actor x ON x.uuid = j.value"
        " JOIN name_key k ON k.actor_id = x.id JOIN actor o ON o.id = k.own_actor_id"
        " ORDER BY j.key, k.own_actor_id = x.id DESC, k.articles DESC, k.name",
        (json.dumps(list(ids)),),
    ):
        reason = Reason(row["reason"])
        shown = _evidence(con, row["evidence"] if reason is Reason.LINK else None)
        name = NameOfActor(row["own_name"], MentionKind(row["kind"]), reason, row["articles"], *shown)
        found.setdefault(ActorId(row["uuid"]), []).append(name)
    return found


def count_name(con: sqlite3.Connection, name: str, kind: MentionKind | None) -> tuple[int, int]:
    """Return how often, and in how many articles, a name stands (of one kind, or of any)."""
    found = con.execute(
        "SELECT coalesce(sum(n.mentions), 0), coalesce((SELECT sum(articles) FROM name_key WHERE name = ?1"
        " AND (?2 IS NULL OR kind = ?2)), 0) FROM name_key k JOIN name_form n ON n.name_key_id = k.id"
        " WHERE k.name = ?1 AND (?2 IS NULL OR k.kind = ?2)",
        (normal(name), kind),
    ).fetchone()
    return found[0], found[1]


def suggestions(con: sqlite3.Connection, limit: int = 500) -> list[tuple[ActorId, ActorId, str, str, str]]:
    """Return (short, fuller, how, role, near) of actors that may be one, those in most articles first."""
    rows = con.execute(
        "SELECT a.uuid, b.uuid, s.evidence FROM suggestion s"
        " JOIN name_key k ON k.id = s.key_id AND k.articles > 0 AND NOT k.hidden AND k.reason = 'own'"
        " JOIN name_key o ON o.id = s.other_id AND o.articles > 0 AND NOT o.hidden"
        " JOIN actor a ON a.id = k.actor_id JOIN actor b ON b.id = o.actor_id"
        " WHERE a.id <> b.id ORDER BY k.articles DESC, k.name, o.articles DESC, o.name LIMIT ?",
        (limit,),
    ).fetchall()
    return [(ActorId(a), ActorId(b), *_evidence(con, evidence)) for a, b, evidence in rows]


def _evidence(con: sqlite3.Connection, stored: str | None) -> tuple[str, str, str]:
    """Return how, role and the name of the organisation near by."""
    if not stored:
        return "", "", ""
    evidence = json.loads(stored)
    near = con.execute(
        "SELECT x.name FROM name_key k JOIN actor x ON x.id = k.actor_id WHERE k.name = ? AND k.kind = ?",
        (evidence["near"], MentionKind.ORGANISATION),
    ).fetchone()
    return evidence["how"], evidence["role"], near[0] if near else evidence["near"]
