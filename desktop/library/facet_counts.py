"""How many articles of a result have which details: what the filters of a result are counted from."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from desktop.library.articles import count
from desktop.library.filters import everything
from desktop.library.stored import row_list
from desktop.model import MentionKind

_LIKELY = 600  #: of the most frequent names: the most frequent actors have one of these
_THESE = "IN (SELECT value FROM json_each(?))"


class DetailCount(NamedTuple):
    """Articles that are alike in all of this. Months are YYYY-MM; None = not known."""

    first_month: str | None
    last_month: str | None
    lang: str | None
    source: str | None
    unread: int
    starred: int
    articles: int


@dataclass(frozen=True, slots=True)
class ActorCount:
    """In how many articles of a result an actor stands."""

    name: str
    kind: MentionKind
    articles: int


def details(con: sqlite3.Connection, rows: Collection[int]) -> list[DetailCount]:
    """Count articles by their details."""
    found = con.execute(
        "SELECT substr(first_day, 1, 7), substr(last_day, 1, 7), lang, source, read_at IS NULL, starred,"
        f" count(*) FROM article WHERE id {_THESE} GROUP BY 1, 2, 3, 4, 5, 6",
        (json.dumps(list(rows)),),
    )
    return [DetailCount(*row) for row in found]


def actors(
    con: sqlite3.Connection, rows: Collection[int], limit: int
) -> tuple[list[ActorCount], list[ActorCount]]:
    """Return the actors that are no places, and the places, that stand in most of these articles, most first.

    limit: of each.
    """
    wanted = json.dumps(list(rows))
    sums: tuple[Counter[int], Counter[int]] = (Counter(), Counter())  # by actor; of places in the second
    keys: Counter[int] = Counter()
    for actor, is_place, articles in _by_key(con, rows, wanted):
        sums[is_place][actor] += articles
        keys[actor] += 1
    return (
        _most(con, sums[0], keys, wanted, limit),
        _most(con, sums[1], keys, wanted, limit),
    )


def _by_key(con: sqlite3.Connection, rows: Collection[int], wanted: str) -> list[tuple[int, int, int]]:
    """Return the likely names in these articles: the actor, whether it is a place, in how many articles.

    The library knows of each name in how many articles it stands, so that at most half of them are counted.
    """
    few = 2 * len(rows) <= count(con)
    forms = _firsts(con, wanted if few else json.dumps(list(everything(con) - set(rows))))
    likely = _actors_of(con, forms) if few else _most_in_library(con)
    found = con.execute(
        "SELECT k.id, k.actor_id, k.kind = 'place', k.articles, n.id FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden JOIN name_form n ON n.name_key_id = k.id",
        (json.dumps(likely),),
    )
    counted: Counter[int] = Counter()
    keys: dict[int, tuple[int, int, int]] = {}
    for key, actor, is_place, articles, form in found:
        counted[key] += forms[form]
        keys[key] = actor, is_place, articles
    sums = [
        (actor, is_place, counted[key] if few else articles - counted[key])
        for key, (actor, is_place, articles) in keys.items()
    ]
    return [one for one in sums if one[2] > 0]


def _actors_of(con: sqlite3.Connection, forms: Counter[int]) -> list[int]:
    """Return the actors of the most frequent forms."""
    likely = sorted(forms, key=forms.__getitem__, reverse=True)[:_LIKELY]
    return row_list(
        con,
        "SELECT DISTINCT k.actor_id AS row FROM json_each(?) j JOIN name_form n ON n.id = j.value"
        " JOIN name_key k ON k.id = n.name_key_id",
        (json.dumps(likely),),
    )


def _most_in_library(con: sqlite3.Connection) -> list[int]:
    """Return the actors of the names that stand in most articles of the library."""
    return row_list(
        con,
        "SELECT DISTINCT actor_id AS row FROM"
        " (SELECT actor_id FROM name_key WHERE articles > 0 AND NOT hidden ORDER BY articles DESC LIMIT ?)",
        (_LIKELY,),
    )


def _firsts(con: sqlite3.Connection, wanted: str) -> Counter[int]:
    """Count by form the articles in which it is the first one of its name: each name counts once in each."""
    import numpy as np  # takes 60 ms to load, which a start that counts nothing does without

    found = con.execute(
        f"SELECT group_concat(form_id) FROM article_form WHERE is_first AND article_id {_THESE}",
        (wanted,),
    ).fetchone()[0]
    counts = np.bincount(np.fromstring(found or "", np.int64, sep=","))
    forms = np.flatnonzero(counts)
    return Counter(dict(zip(forms.tolist(), counts[forms].tolist(), strict=True)))


def _most(
    con: sqlite3.Connection, sums: Counter[int], keys: Counter[int], wanted: str, limit: int
) -> list[ActorCount]:
    """Return the actors in most articles. Where several names belong to one, their sum is only a bound."""
    counts: dict[int, int] = {}
    least = 0  # of those that are among the most frequent so far
    for actor, bound in sums.most_common():
        if bound <= least:
            break
        counts[actor] = _distinct(con, actor, wanted) if keys[actor] > 1 else bound
        least = sorted(counts.values())[-limit] if len(counts) >= limit else 0
    named = con.execute(f"SELECT id, name, kind FROM actor WHERE id {_THESE}", (json.dumps(list(counts)),))
    answer = [ActorCount(name, MentionKind(kind), counts[actor]) for actor, name, kind in named]
    return sorted(answer, key=lambda one: (-one.articles, one.name))[:limit]


def _distinct(con: sqlite3.Connection, actor: int, wanted: str) -> int:
    found = con.execute(
        "SELECT count(DISTINCT f.article_id) FROM name_key k JOIN name_form n ON n.name_key_id = k.id"
        " JOIN article_form f ON f.form_id = n.id"
        f" WHERE k.actor_id = ? AND NOT k.hidden AND f.article_id {_THESE}",
        (actor, wanted),
    )
    return int(found.fetchone()[0])


def tags(con: sqlite3.Connection, rows: Collection[int]) -> Counter[str]:
    """Count articles by tag, on the article itself or on one of its notes."""
    wanted = set(rows)
    found = con.execute(
        "SELECT x.tag_id, x.article_id, t.name FROM article_tag x JOIN tag t ON t.id = x.tag_id UNION"
        " SELECT x.tag_id, n.article_id, t.name FROM annotation_tag x JOIN tag t ON t.id = x.tag_id"
        " JOIN annotation n ON n.id = x.annotation_id WHERE n.deleted_at IS NULL"
    )
    return Counter(name for _tag, article, name in found if article in wanted)


def annotated(con: sqlite3.Connection, rows: Collection[int]) -> int:
    """Return how many of these articles have a highlight or note."""
    found = con.execute("SELECT DISTINCT article_id FROM annotation WHERE deleted_at IS NULL")
    wanted = set(rows)
    return sum(article in wanted for (article,) in found)
