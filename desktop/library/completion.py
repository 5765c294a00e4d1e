"""Names and tags that begin so, with how many articles have them: what can be offered to who types.

Both are asked at every key: they read indexes only, and a few rows of them.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice

from desktop.library.name_forms import normal
from desktop.model import ACTOR_KINDS, MentionKind

_AFTER = "\U0010ffff"  # sorts behind whatever follows a beginning
_FEW = 500  #: names of one beginning that are all looked at; of more, the frequent ones are
_FREQUENT = 3000
_MOST_COUNTED = 2000  # rows of an actor's names up to which its articles are counted exactly
_ABBREVIATION = 2  #: letters that stand for a whole word only: "EU", not every Eugene


@dataclass(frozen=True, slots=True)
class NameFound:
    """An actor. articles: of its most frequent name, where counting them all would take long."""

    name: str
    kind: MentionKind
    articles: int


@dataclass(frozen=True, slots=True)
class Frequent:
    """The names of most articles: number, kind and beginnings of each, the most frequent first."""

    names: tuple[tuple[int, str, tuple[str, ...]], ...]

    def beginning(self, asked: str, kinds: Collection[str], limit: int) -> list[int]:
        """Return the numbers of the first names that begin so."""
        found = (
            number
            for number, kind, begin in self.names
            if kind in kinds and any(one.startswith(asked) for one in begin)
        )
        return list(islice(found, limit))


def frequent(con: sqlite3.Connection) -> Frequent:
    """Return the most frequent names. Takes a scan of all names: to be kept for a while."""
    forms: dict[int, tuple[str, set[str]]] = {}
    for number, kind, last, normal_form in con.execute(
        "SELECT k.id, k.kind, k.last_word, n.normal FROM (SELECT * FROM name_key WHERE NOT hidden"
        " ORDER BY articles DESC LIMIT ?) k JOIN name_form n ON n.name_key_id = k.id AND n.mentions > 0"
        " ORDER BY k.articles DESC, k.id",
        (_FREQUENT,),
    ):
        forms.setdefault(number, (kind, {last}))[1].add(normal_form)
    return Frequent(tuple((number, kind, tuple(begin)) for number, (kind, begin) in forms.items()))


def names(
    con: sqlite3.Connection,
    prefix: str,
    kind: MentionKind | None,
    limit: int,
    often: Callable[[], Frequent],
) -> list[NameFound]:
    """Return actors that are somewhere written with this beginning, or whose last word begins so.

    kind: None = any. often: gives the frequent names, for a beginning that very many have. Those in most
    articles come first. No prefix matches every actor.
    """
    asked = normal(prefix) if prefix.strip() else ""
    kinds = [one.value for one in sorted(ACTOR_KINDS)] if kind is None else [kind.value]
    keys = _keys(con, asked, kinds)
    if len(keys) > _FEW:
        first = often().beginning(asked, kinds, 4 * limit)
        keys = first if len(first) > limit else [*keys, *first]
    found = con.execute(
        "SELECT x.id, x.name, x.kind, max(k.articles) AS articles FROM"
        " (SELECT value AS id FROM json_each(:keys) UNION"
        "  SELECT k.id FROM json_each(:called) j JOIN name_key k ON k.actor_id = j.value) b"
        " JOIN name_key k ON k.id = b.id AND NOT k.hidden AND k.articles > 0"
        " JOIN actor x ON x.id = k.actor_id AND x.kind IN (SELECT value FROM json_each(:kinds))"
        " GROUP BY x.id ORDER BY articles DESC, x.name LIMIT :limit",
        {
            "keys": json.dumps(keys),
            "called": json.dumps(_called(con, asked)),
            "kinds": json.dumps(kinds),
            "limit": limit,
        },
    ).fetchall()
    counts = _counts(con, [row[0] for row in found])
    return [NameFound(row[1], MentionKind(row[2]), counts.get(row[0], row[3])) for row in found]


def _keys(con: sqlite3.Connection, asked: str, kinds: Collection[str]) -> list[int]:
    """Return the names that begin so, a little more than a few where there are many."""
    if 0 < len(asked) <= _ABBREVIATION:
        written, last = "(normal = :low OR (normal >= :low || ' ' AND normal < :low || '!'))", "= :low"
    else:
        written, last = "normal >= :low AND normal < :high", ">= :low AND k.last_word < :high"
    found = con.execute(
        f"SELECT * FROM (SELECT name_key_id FROM name_form WHERE {written} LIMIT :most) UNION SELECT * FROM"
        f" (SELECT k.id FROM json_each(:kinds) j JOIN name_key k ON k.kind = j.value AND k.last_word {last}"
        "  LIMIT :most)",
        {"low": asked, "high": asked + _AFTER, "kinds": json.dumps(list(kinds)), "most": _FEW + 1},
    )
    return [number for (number,) in found]


def _called(con: sqlite3.Connection, asked: str) -> list[int]:
    """Return the actors that the reader calls so, otherwise than the articles do."""
    renamed = con.execute("SELECT id, name FROM actor WHERE name <> own_name")
    if len(asked) <= _ABBREVIATION:
        return [number for number, name in renamed if asked in normal(name).split()] if asked else []
    return [number for number, name in renamed if f" {asked}" in f" {normal(name)}"]


def _counts(con: sqlite3.Connection, actors: list[int]) -> dict[int, int]:
    """Count the articles of each actor; those of many names and articles are left out."""
    sums = con.execute(
        "SELECT k.actor_id, count(*), sum(k.articles) FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden AND k.articles > 0 GROUP BY k.actor_id",
        (json.dumps(actors),),
    ).fetchall()
    counts = {actor: articles for actor, keys, articles in sums if keys == 1}
    several = [actor for actor, keys, articles in sums if keys > 1 and articles <= _MOST_COUNTED]
    exact = con.execute(
        "SELECT k.actor_id, count(DISTINCT f.article_id) FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden AND k.articles > 0"
        " JOIN name_form n ON n.name_key_id = k.id JOIN article_form f ON f.form_id = n.id"
        " WHERE f.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"
        " GROUP BY k.actor_id",
        (json.dumps(several),),
    )
    return counts | dict(exact.fetchall())


def tags(con: sqlite3.Connection, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return tags that begin so, of articles or their notes, with how many articles have them, most first."""
    folded = unicodedata.normalize("NFC", prefix.strip().casefold())
    found = con.execute(
        "WITH begun AS (SELECT id, name, (SELECT count(*) FROM article_tag WHERE tag_id = t.id)"
        "  + (SELECT count(*) FROM annotation_tag WHERE tag_id = t.id) AS uses FROM tag t"
        "  WHERE folded >= ?1 AND folded < ?2 ORDER BY uses DESC LIMIT ?3)"
        " SELECT b.name, count(DISTINCT x.article_id) AS articles FROM begun b JOIN ("
        "  SELECT x.tag_id, x.article_id FROM begun b JOIN article_tag x ON x.tag_id = b.id UNION ALL"
        "  SELECT y.tag_id, n.article_id FROM begun b JOIN annotation_tag y ON y.tag_id = b.id"
        "   JOIN annotation n ON n.id = y.annotation_id AND n.deleted_at IS NULL) x ON x.tag_id = b.id"
        " WHERE x.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)"
        " GROUP BY b.id ORDER BY articles DESC, b.name",
        (folded, folded + _AFTER, limit),
    )
    return [(name, articles) for name, articles in found]
