"""Actors across the library: which names belong to whom.

A name of an article's actor, normalised, and its kind make a name key; each key belongs to one actor. At
first every key has an actor of its own; a merge changes `actor_id` of a few keys and nothing else. Actors
are never removed: rules name them. One that stands in no article, or only in the trash, is in no answer.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from desktop.library.articles import row_of
from desktop.library.stored import row_set, trashed_rows
from desktop.model import Actor, ActorId, ArticleId, MentionKind

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_FEW = 50  # names that are made one by one
_BETWEEN = "ꙮꙮ"  # a word, so that it stays, and not of one letter, so that it is no initial
_APOSTROPHES = re.compile(r"['’‘`´.]")
_OTHERS = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<!\S)\w(?: \w)+(?!\S)")


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """Return the form in which names are compared: no case, accents or punctuation, single spaces.

    Initials stand together however they were written: "V.S." and "V S" are "vs".
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    folded = apart
    if not apart.isascii():
        found = set(apart)
        marks = "".join(letter for letter in found if unicodedata.combining(letter))
        folded = (re.sub(f"[{marks}]", "", apart) if marks else apart).casefold()
        if not _UNDECOMPOSED.keys().isdisjoint(map(ord, found)):
            folded = folded.translate(_UNDECOMPOSED)
    words = _OTHERS.sub(" ", _APOSTROPHES.sub("", re.sub(r"\.(?=\w\w)", " ", folded))).strip()
    return _INITIALS.sub(lambda run: run[0].replace(" ", ""), words) or name.casefold().strip()


def normal_all(names: Sequence[str]) -> list[str]:
    """Return `normal` of each name; of many at once, this takes a fraction of the time."""
    if len(names) < _FEW or any(_BETWEEN in name for name in names):
        return [normal(name) for name in names]
    # ASCII apart: one letter with an accent makes the whole run slow.
    found = dict.fromkeys(names, "")
    for is_ascii in (True, False):
        some = [name for name in found if name.isascii() is is_ascii]
        run = normal.__wrapped__(f" {_BETWEEN} ".join(some)).split(_BETWEEN)
        found.update(
            (name, stored.strip() or name.casefold().strip()) for name, stored in zip(some, run, strict=False)
        )
    return [found[name] for name in names]


def key_of(con: sqlite3.Connection, name: str, kind: MentionKind) -> int:
    """Return the name key of an article's actor; a name seen for the first time gets an actor of its own.

    name: canonical in its article. The actor is shown by the best way its own name was ever written, so that
    the order in which articles came does not matter.
    """
    key = normal(name)
    found = con.execute(
        "SELECT k.id, x.id, x.name FROM name_key k JOIN actor x ON x.id = k.actor_id"
        " WHERE k.name = ? AND k.kind = ?",
        (key, kind),
    ).fetchone()
    if found is None:
        actor = con.execute(
            "INSERT INTO actor(uuid, kind, name) VALUES(?, ?, ?) RETURNING id",
            (str(uuid.uuid4()), kind, name),
        ).fetchone()[0]
        made = con.execute(
            "INSERT INTO name_key(kind, name, actor_id) VALUES(?, ?, ?) RETURNING id", (kind, key, actor)
        ).fetchone()
        return int(made[0])
    number, actor, shown = found
    if name != shown and normal(shown) == key and _worth(name) > _worth(shown):
        con.execute("UPDATE actor SET name = ? WHERE id = ?", (name, actor))
    return int(number)


def _worth(name: str) -> tuple[bool, bool, int, int, str]:
    """Order the ways to write one name: not all capitals, not all small, with accents, short."""
    accents = sum(unicodedata.combining(letter) > 0 for letter in unicodedata.normalize("NFD", name))
    mixed = not name.isupper() or len(name) <= 4  # "NAVO" is how it is written, "MACRON" is a headline
    return mixed, not name.islower(), accents, -len(name), name


def of_article(con: sqlite3.Connection, article_id: ArticleId) -> list[Actor]:
    """Return the actors of an article, the most mentioned first; `mentions`, aliases and roles are of there.

    Raises Problem NO_SUCH_ARTICLE.
    """
    row = row_of(con, article_id)
    seen = _seen(con, f"{_FORMS_IN_ARTICLES} WHERE f.article_id = ?", (row,))
    roles = _roles(con, "m.article_id = ?", (row,))
    return _actors(con, seen, roles, _article_counts(con, seen))


def all_actors(con: sqlite3.Connection, rows: Collection[int] | None = None) -> list[Actor]:
    """Return the actors of the library, or of some rows of it, the most mentioned first, counted there."""
    if rows is None:
        seen = _seen(con, f"{_FORMS} WHERE n.mentions > 0")
        return _actors(con, seen, _roles(con), _article_counts(con, seen))
    wanted = json.dumps(list(set(rows) - trashed_rows(con)))
    articles = "f.article_id IN (SELECT value FROM json_each(?))"
    seen = _seen(
        con,
        "SELECT k.actor_id, k.id, n.text, g.mentions, g.firsts FROM (SELECT f.form_id, sum(f.mentions) AS"
        f" mentions, sum(f.is_first) AS firsts FROM article_form f WHERE {articles} GROUP BY f.form_id) g"
        " JOIN name_form n ON n.id = g.form_id JOIN name_key k ON k.id = n.name_key_id",
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
    roles: dict[int, list[str]] = {}
    for actor, role in con.execute(
        "SELECT k.actor_id, m.role FROM mention m JOIN name_key k ON k.id = m.name_key_id"
        f" WHERE m.role IS NOT NULL AND {within} AND {_NOT_TRASHED}"
        " GROUP BY k.actor_id, m.role ORDER BY count(*) DESC, m.role",
        values,
    ):
        roles.setdefault(actor, []).append(role)
    return roles


_NOT_TRASHED = "m.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"


def _article_counts(con: sqlite3.Connection, actors: Iterable[int]) -> dict[int, int]:
    """Return in how many articles of the library each actor stands."""
    counts: dict[int, int] = {}
    several: list[int] = []
    for actor, keys, articles in con.execute(
        "SELECT k.actor_id, count(*), sum(k.articles) FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value GROUP BY k.actor_id",
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
        " JOIN name_key k ON k.actor_id = j.value JOIN name_form n ON n.name_key_id = k.id"
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


def find(
    con: sqlite3.Connection, text: str, kind: MentionKind | None = None, *, prefix: bool = False
) -> list[Actor]:
    """Return the actors that are written so somewhere; if none is, those with all these words in their name.

    prefix: those that are somewhere written with this beginning. Counted over the library, the most mentioned
    first. Case, accents and punctuation do not matter.
    """
    asked = normal(text)
    if not asked:
        return []
    if prefix:
        actors = _numbers(con, "n.normal >= ? AND n.normal < ?", (asked, asked + "\U0010ffff"))
        return [actor for actor in _by_numbers(con, actors) if kind in (None, actor.kind)]
    exact = _numbers(con, "n.normal = ? OR k.name = ?", (asked, asked))
    words = asked.split()
    whole_words = " AND ".join("instr(' ' || n.normal || ' ', ?)" for _ in words)
    actors = exact or _numbers(con, whole_words, [f" {word} " for word in words])
    found = _by_numbers(con, actors)
    return [actor for actor in found if kind in (None, actor.kind)]


def _numbers(con: sqlite3.Connection, condition: str, values: Collection[str]) -> list[int]:
    rows = con.execute(
        "SELECT DISTINCT k.actor_id FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
        f" WHERE {condition}",
        tuple(values),
    )
    return [number for (number,) in rows]


def _by_numbers(con: sqlite3.Connection, actors: Collection[int]) -> list[Actor]:
    these = "IN (SELECT value FROM json_each(?))"
    wanted = (json.dumps(list(actors)),)
    seen = _seen(con, f"{_FORMS} WHERE n.mentions > 0 AND k.actor_id {these}", wanted)
    return _actors(con, seen, _roles(con, f"k.actor_id {these}", wanted), _article_counts(con, seen))


def rows_with(con: sqlite3.Connection, actor_ids: Iterable[ActorId]) -> set[int]:
    """Return the rows of articles in which one of these actors stands."""
    found = row_set(
        con,
        "SELECT f.article_id AS row FROM json_each(?) j JOIN actor x ON x.uuid = j.value"
        " JOIN name_key k ON k.actor_id = x.id JOIN name_form n ON n.name_key_id = k.id"
        " JOIN article_form f ON f.form_id = n.id",
        (json.dumps(list(actor_ids)),),
    )
    return found - trashed_rows(con)


def names(con: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Return names of actors that are written somewhere with this beginning, those in most articles first."""
    asked = normal(prefix) if prefix.strip() else ""
    rows = con.execute(
        "SELECT x.name FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
        " JOIN actor x ON x.id = k.actor_id WHERE n.normal >= ? AND n.normal < ? AND n.mentions > 0"
        " GROUP BY x.id ORDER BY max(k.articles) DESC, x.name LIMIT ?",
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
