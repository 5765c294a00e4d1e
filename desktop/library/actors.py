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
from collections.abc import Collection, Iterable
from typing import Any

from desktop.library.articles import row_of
from desktop.model import Actor, ActorId, ArticleId, MentionKind

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_APOSTROPHES = re.compile(r"['’‘`´.]")
_OTHERS = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<!\S)\w(?: \w)+(?!\S)")


def normal(name: str) -> str:
    """Return the form in which names are compared: no case, accents or punctuation, single spaces.

    Initials stand together however they were written: "V.S." and "V S" are "vs".
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
    folded = folded.translate(_UNDECOMPOSED)
    words = _OTHERS.sub(" ", _APOSTROPHES.sub("", re.sub(r"\.(?=\w\w)", " ", folded))).strip()
    return _INITIALS.sub(lambda run: run[0].replace(" ", ""), words) or name.casefold().strip()


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
    return _gather(con, "f.article_id = :row", {"row": row}, count_articles_everywhere=True)


def all_actors(con: sqlite3.Connection, rows: Collection[int] | None = None) -> list[Actor]:
    """Return the actors of the library, or of some rows of it, the most mentioned first, counted there."""
    if rows is None:
        return _gather(con, _NOT_TRASHED, {})
    within = f"f.article_id IN (SELECT value FROM json_each(:rows)) AND {_NOT_TRASHED}"
    return _gather(con, within, {"rows": json.dumps(list(rows))})


_NOT_TRASHED = "f.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"
_FORMS = "article_form f JOIN name_form n ON n.id = f.form_id JOIN name_key k ON k.id = n.name_key_id"


def _gather(
    con: sqlite3.Connection, within: str, values: dict[str, Any], *, count_articles_everywhere: bool = False
) -> list[Actor]:
    """Return the actors of the articles that `within` tells, in four queries."""
    aliases: dict[int, list[str]] = {}
    for actor, form in con.execute(
        f"SELECT k.actor_id, n.text FROM {_FORMS} WHERE {within}"
        " GROUP BY k.actor_id, n.text ORDER BY sum(f.mentions) DESC, n.text",
        values,
    ):
        aliases.setdefault(actor, []).append(form)
    counts = {
        actor: (mentions, articles)
        for actor, mentions, articles in con.execute(
            f"SELECT k.actor_id, sum(f.mentions), count(DISTINCT f.article_id) FROM {_FORMS} WHERE {within}"
            " GROUP BY k.actor_id",
            values,
        )
    }
    roles: dict[int, list[str]] = {}
    for actor, role in con.execute(
        "SELECT k.actor_id, f.role FROM mention f JOIN name_key k ON k.id = f.name_key_id"
        f" WHERE f.role IS NOT NULL AND {within} GROUP BY k.actor_id, f.role ORDER BY count(*) DESC, f.role",
        values,
    ):
        roles.setdefault(actor, []).append(role)
    articles = _article_counts(con, counts) if count_articles_everywhere else {}
    found = [
        Actor(
            id=ActorId(row["uuid"]),
            kind=MentionKind(row["kind"]),
            name=row["name"],
            aliases=tuple(form for form in aliases[row["id"]] if form != row["name"]),
            roles=tuple(roles.get(row["id"], ())),
            mentions=counts[row["id"]][0],
            articles=articles.get(row["id"], counts[row["id"]][1]),
        )
        for row in con.execute(
            "SELECT * FROM actor WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(counts)),)
        )
    ]
    return sorted(found, key=lambda actor: (-actor.mentions, -actor.articles, actor.name, actor.kind))


def _article_counts(con: sqlite3.Connection, actors: Iterable[int]) -> dict[int, int]:
    """Return in how many articles of the library each actor stands."""
    return dict(
        con.execute(
            "SELECT k.actor_id, count(DISTINCT f.article_id) FROM json_each(?) j"
            " JOIN name_key k ON k.actor_id = j.value JOIN name_form n ON n.name_key_id = k.id"
            f" JOIN article_form f ON f.form_id = n.id WHERE {_NOT_TRASHED} GROUP BY k.actor_id",
            (json.dumps(list(actors)),),
        ).fetchall()
    )


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
    within = f"k.actor_id IN (SELECT value FROM json_each(:actors)) AND {_NOT_TRASHED}"
    return _gather(con, within, {"actors": json.dumps(list(actors))})


def rows_with(con: sqlite3.Connection, actor_ids: Iterable[ActorId]) -> set[int]:
    """Return the rows of articles in which one of these actors stands."""
    rows = con.execute(
        "SELECT DISTINCT f.article_id FROM json_each(?) j JOIN actor x ON x.uuid = j.value"
        " JOIN name_key k ON k.actor_id = x.id JOIN name_form n ON n.name_key_id = k.id"
        f" JOIN article_form f ON f.form_id = n.id WHERE {_NOT_TRASHED}",
        (json.dumps(list(actor_ids)),),
    )
    return {row for (row,) in rows}


def names(con: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Return names of actors that are written somewhere with this beginning, those in most articles first."""
    asked = normal(prefix) if prefix.strip() else ""
    rows = con.execute(
        "SELECT x.name FROM name_form n JOIN name_key k ON k.id = n.name_key_id"
        f" JOIN actor x ON x.id = k.actor_id JOIN article_form f ON f.form_id = n.id"
        f" WHERE n.normal >= ? AND n.normal < ? AND {_NOT_TRASHED}"
        " GROUP BY x.id ORDER BY count(DISTINCT f.article_id) DESC, x.name LIMIT ?",
        (asked, asked + "\U0010ffff", limit),
    )
    return list(dict.fromkeys(name for (name,) in rows))
