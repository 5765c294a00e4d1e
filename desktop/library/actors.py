"""Actors across the library: who stands where, how often, under which names and roles.

Which names belong to whom is decided in `owners`. Actors are never removed: rules name them. One that stands
in no article, or only in the trash, or that the reader calls no actor, is in no answer.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.errors import Problem, ProblemKind
from desktop.library.articles import row_of
from desktop.library.name_forms import normal, roles_once
from desktop.library.stored import identifier, row_set, trashed_rows
from desktop.model import Actor, ActorId, ArticleId, MentionKind


def of_article(con: sqlite3.Connection, article_id: ArticleId) -> list[Actor]:
    """Return the actors of an article, the most mentioned first; `mentions`, aliases and roles are of there.

    Raises Problem NO_SUCH_ARTICLE.
    """
    row = row_of(con, article_id)
    seen = _seen(con, f"{_FORMS_IN_ARTICLES} WHERE f.article_id = ? AND NOT k.hidden", (row,))
    roles = _roles(con, "m.article_id = ?", (row,))
    return _actors(con, seen, roles, _article_counts(con, seen))


def all_actors(con: sqlite3.Connection, rows: Collection[int] | None = None) -> list[Actor]:
    """Return the actors of the library, or of some rows of it, the most mentioned first, counted there."""
    if rows is None:
        seen = _seen(con, f"{_FORMS} WHERE n.mentions > 0 AND NOT k.hidden")
        return _actors(con, seen, _roles(con), _article_counts(con, seen))
    wanted = json.dumps(list(set(rows) - trashed_rows(con)))
    articles = "f.article_id IN (SELECT value FROM json_each(?))"
    seen = _seen(
        con,
        "SELECT k.actor_id, k.id, n.text, g.mentions, g.firsts FROM (SELECT f.form_id, sum(f.mentions) AS"
        f" mentions, sum(f.is_first) AS firsts FROM article_form f WHERE {articles} GROUP BY f.form_id) g"
        " JOIN name_form n ON n.id = g.form_id JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden",
        (wanted,),
    )
    counts = {actor: one.articles for actor, one in seen.items()}
    counts |= _distinct_counts(con, [actor for actor, one in seen.items() if len(one.keys) > 1], wanted)
    return _actors(con, seen, _roles(con, articles.replace("f.", "m."), (wanted,)), counts)


_FORMS = (
    "SELECT k.actor_id, k.id, n.text, n.mentions, 0 FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
)
_FORMS_IN_ARTICLES = (
    "SELECT k.actor_id, k.id, n.text, f.mentions, f.is_first FROM article_form f"
    " JOIN name_form n ON n.id = f.form_id JOIN name_key k ON k.id = n.name_key_id"
)


@dataclass
class _Seen:
    """What is counted of one actor."""

    forms: Counter[str] = field(default_factory=Counter)  #: mentions of each
    keys: set[int] = field(default_factory=set)
    articles: int = 0  #: right where there is one key: an article counts once for each


def _seen(con: sqlite3.Connection, query: str, values: tuple[object, ...] = ()) -> dict[int, _Seen]:
    """Gather rows of (actor, name key, form, mentions, articles in which the form is the key's first)."""
    found: dict[int, _Seen] = {}
    for actor, key, form, mentions, articles in con.execute(query, values):
        one = found.setdefault(actor, _Seen())
        one.forms[form] += mentions
        one.keys.add(key)
        one.articles += articles
    return found


def _roles(
    con: sqlite3.Connection, within: str = "1", values: tuple[object, ...] = ()
) -> dict[int, list[str]]:
    """Return the roles of each actor, the most frequent first, in articles that are not in the trash."""
    roles: dict[int, list[str]] = defaultdict(list)
    for actor, role in con.execute(
        "SELECT k.actor_id, m.role FROM mention m JOIN name_key k ON k.id = m.name_key_id"
        f" WHERE m.role IS NOT NULL AND NOT k.hidden AND {within} AND {_NOT_TRASHED}"
        " GROUP BY k.actor_id, m.role ORDER BY count(*) DESC, m.role",
        values,
    ):
        roles[actor].append(role)
    return {actor: roles_once(found) for actor, found in roles.items()}


_NOT_TRASHED = "m.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"


def _article_counts(con: sqlite3.Connection, actors: Iterable[int]) -> dict[int, int]:
    """Return in how many articles of the library each actor stands."""
    counts: dict[int, int] = {}
    several: list[int] = []
    for actor, keys, articles in con.execute(
        "SELECT k.actor_id, count(*), sum(k.articles) FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden GROUP BY k.actor_id",
        (json.dumps(list(actors)),),
    ):
        counts[actor] = articles
        if keys > 1:
            several.append(actor)
    return counts | _distinct_counts(con, several)


def _distinct_counts(
    con: sqlite3.Connection, actors: Collection[int], rows: str | None = None
) -> dict[int, int]:
    """Count the articles of actors that have several names, where one article may have two of them.

    rows: JSON list of the articles to count in; None = all that are not in the trash.
    """
    within = _NOT_TRASHED if rows is None else "m.article_id IN (SELECT value FROM json_each(:rows))"
    found = con.execute(
        "SELECT k.actor_id, count(DISTINCT m.article_id) FROM json_each(:actors) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden JOIN name_form n ON n.name_key_id = k.id"
        f" JOIN article_form m ON m.form_id = n.id WHERE {within} GROUP BY k.actor_id",
        {"actors": json.dumps(list(actors)), "rows": rows},
    )
    return dict(found.fetchall()) if actors else {}


def _actors(
    con: sqlite3.Connection, seen: dict[int, _Seen], roles: dict[int, list[str]], articles: dict[int, int]
) -> list[Actor]:
    found = [
        Actor(
            id=ActorId(row["uuid"]),
            kind=MentionKind(row["kind"]),
            name=row["name"],
            aliases=tuple(form for form in _most_first(seen[row["id"]].forms) if form != row["name"]),
            roles=tuple(roles.get(row["id"], ())),
            mentions=seen[row["id"]].forms.total(),
            articles=articles.get(row["id"], 0),
        )
        for row in con.execute(
            "SELECT * FROM actor WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(seen)),)
        )
    ]
    return sorted(found, key=lambda actor: (-actor.mentions, -actor.articles, actor.name, actor.kind))


def _most_first(forms: Counter[str]) -> list[str]:
    return sorted(forms, key=lambda form: (-forms[form], form))


def dates(
    con: sqlite3.Connection, rows: Collection[int] | None = None
) -> dict[ActorId, tuple[str | None, str | None]]:
    """Return the dates of the first and the last article that each actor stands in, as partial ISO dates.

    rows: only in these articles. An actor whose articles have no date has none.
    """
    within = "" if rows is None else " AND t.id IN (SELECT value FROM json_each(?))"
    found = con.execute(
        "SELECT x.uuid, substr(min(d.first), 11), substr(max(d.last), 11) FROM (SELECT f.form_id,"
        " min(t.first_day || t.published) AS first, max(t.last_day || t.published) AS last FROM article t"
        " JOIN article_form f ON f.article_id = t.id"
        f" WHERE t.trashed_at IS NULL AND t.first_day IS NOT NULL{within} GROUP BY f.form_id) d"
        " JOIN name_form n ON n.id = d.form_id JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden"
        " JOIN actor x ON x.id = k.actor_id GROUP BY x.id",
        () if rows is None else (json.dumps(list(rows)),),
    )
    return {ActorId(actor): (first, last) for actor, first, last in found}


def find(
    con: sqlite3.Connection, text: str, kind: MentionKind | None = None, *, prefix: bool = False
) -> list[Actor]:
    """Return the actors that are written or called so; if none is, those with all these words in their name.

    prefix: those that are somewhere written with this beginning, or called so. Counted over the library, the
    most mentioned first. Case, accents and punctuation do not matter.
    """
    asked = normal(text)
    if not asked:
        return []
    if prefix:
        actors = _numbers(con, "n.normal >= ? AND n.normal < ?", (asked, asked + "\U0010ffff"))
        actors += [number for number, name in _called(con) if name.startswith(asked)]
        return [actor for actor in _by_numbers(con, actors) if kind in (None, actor.kind)]
    exact = _numbers(con, "n.normal = ? OR k.name = ?", (asked, asked))
    exact += [number for number, name in _called(con) if name == asked]
    words = asked.split()
    whole_words = " AND ".join("instr(' ' || n.normal || ' ', ?)" for _ in words)
    actors = exact or _numbers(con, whole_words, [f" {word} " for word in words])
    found = _by_numbers(con, actors)
    return [actor for actor in found if kind in (None, actor.kind)]


def _called(con: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return the actors that the reader calls otherwise than the articles do, with that name, normalised."""
    found = con.execute("SELECT id, name FROM actor WHERE name <> own_name")
    return [(number, normal(name)) for number, name in found]


def _numbers(con: sqlite3.Connection, condition: str, values: Collection[str]) -> list[int]:
    rows = con.execute(
        "SELECT DISTINCT k.actor_id FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
        f" WHERE NOT k.hidden AND ({condition})",
        tuple(values),
    )
    return [number for (number,) in rows]


def _by_numbers(con: sqlite3.Connection, actors: Collection[int]) -> list[Actor]:
    these = "IN (SELECT value FROM json_each(?))"
    wanted = (json.dumps(list(actors)),)
    seen = _seen(con, f"{_FORMS} WHERE n.mentions > 0 AND NOT k.hidden AND k.actor_id {these}", wanted)
    return _actors(con, seen, _roles(con, f"k.actor_id {these}", wanted), _article_counts(con, seen))


def rows_with(con: sqlite3.Connection, actor_ids: Iterable[ActorId]) -> set[int]:
    """Return the rows of articles in which one of these actors stands."""
    found = row_set(
        con,
        "SELECT f.article_id AS row FROM json_each(?) j JOIN actor x ON x.uuid = j.value"
        " JOIN name_key k ON k.actor_id = x.id AND NOT k.hidden JOIN name_form n ON n.name_key_id = k.id"
        " JOIN article_form f ON f.form_id = n.id",
        (json.dumps(list(actor_ids)),),
    )
    return found - trashed_rows(con)


def by_ids(con: sqlite3.Connection, ids: Sequence[ActorId]) -> list[Actor]:
    """Return these actors, counted over the library, in this order. Raises Problem NO_SUCH_ACTOR.

    One that stands in no article, or whose names belong to others now, has no mentions.
    """
    numbers = [identifier(con, "actor", one, ProblemKind.NO_SUCH_ACTOR) for one in ids]
    known = {one.id: one for one in _by_numbers(con, numbers)}
    rows = con.execute(
        "SELECT uuid, kind, name FROM actor WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    )
    for uuid, kind, name in rows:
        known.setdefault(ActorId(uuid), Actor(ActorId(uuid), MentionKind(kind), name))
    return [known[one] for one in ids]


class Head(NamedTuple):
    """An actor's own name, by which rules know it."""

    name: str  #: as it is best written in texts
    kind: MentionKind


def head(con: sqlite3.Connection, actor_id: ActorId) -> Head:
    """Return the own name of an actor. Raises Problem NO_SUCH_ACTOR."""
    found = con.execute(
        "SELECT x.own_name, k.kind FROM actor x JOIN name_key k ON k.own_actor_id = x.id WHERE x.uuid = ?",
        (actor_id,),
    ).fetchone()
    if found is None:
        raise Problem(ProblemKind.NO_SUCH_ACTOR, actor_id)
    return Head(found[0], MentionKind(found[1]))


class Behind(NamedTuple):
    """What a mention is without what the reader says of its name."""

    kind: MentionKind  #: as it was found in the text
    head: Head | None  #: of its own name, whomever that belongs to now; None: it never was an actor's


def behind(con: sqlite3.Connection, article_id: ArticleId, start: int, end: int) -> Behind | None:
    """Return what a mention of an article's current text was found as; None where there is none."""
    found = con.execute(
        "SELECT m.kind, x.own_name, k.kind FROM article a JOIN mention m ON m.article_id = a.id"
        " LEFT JOIN name_key k ON k.id = m.name_key_id LEFT JOIN actor x ON x.id = k.own_actor_id"
        " WHERE a.uuid = ? AND m.start = ? AND m.end = ? ORDER BY m.id LIMIT 1",
        (article_id, start, end),
    ).fetchone()
    if found is None:
        return None
    kind, name, name_kind = found
    return Behind(MentionKind(kind), None if name is None else Head(name, MentionKind(name_kind)))


def matching(con: sqlite3.Connection, text: str, limit: int) -> list[Actor]:
    """Return actors that somewhere have a word beginning so in their names, those written from there first.

    Of these, those in most articles come first; no text matches every actor.
    """
    asked = normal(text) if text.strip() else ""
    called = [number for number, name in _called(con) if f" {asked}" in f" {name}"] if asked else []
    numbers = [
        number
        for (number,) in con.execute(
            "SELECT k.actor_id FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
            " JOIN actor x ON x.id = k.actor_id WHERE n.mentions > 0 AND NOT k.hidden"
            " AND (:text = '' OR instr(' ' || n.normal, ' ' || :text)"
            "  OR k.actor_id IN (SELECT value FROM json_each(:called)))"
            " GROUP BY k.actor_id ORDER BY max(substr(n.normal, 1, length(:text)) = :text) DESC,"
            " max(k.articles) DESC, x.name LIMIT :limit",
            {"text": asked, "called": json.dumps(called), "limit": limit},
        )
    ]
    by_id = {one.id: one for one in _by_numbers(con, numbers)}
    uuids = con.execute(
        "SELECT x.uuid FROM json_each(?) j JOIN actor x ON x.id = j.value ORDER BY j.key",
        (json.dumps(numbers),),
    )
    return [by_id[uuid] for (uuid,) in uuids if uuid in by_id]


def names(con: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Return names of actors that are written somewhere with this beginning, those in most articles first."""
    asked = normal(prefix) if prefix.strip() else ""
    rows = con.execute(
        "SELECT x.name FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
        " JOIN actor x ON x.id = k.actor_id WHERE n.normal >= ? AND n.normal < ? AND n.mentions > 0"
        " AND NOT k.hidden GROUP BY x.id ORDER BY max(k.articles) DESC, x.name LIMIT ?",
        (asked, asked + "\U0010ffff", limit),
    )
    return list(dict.fromkeys(name for (name,) in rows))


def recount(con: sqlite3.Connection) -> None:
    """Count anew what triggers keep count of: mentions of forms and articles of names."""
    living = "JOIN article a ON a.id = f.article_id AND a.trashed_at IS NULL"
    con.execute(
        "UPDATE name_form SET mentions = (SELECT coalesce(sum(f.mentions), 0) FROM article_form f"
        f" {living} WHERE f.form_id = name_form.id)"
    )
    con.execute(
        "UPDATE name_key SET articles = (SELECT count(DISTINCT f.article_id) FROM name_form n"
        f" JOIN article_form f ON f.form_id = n.id {living} WHERE n.name_key_id = name_key.id)"
    )
