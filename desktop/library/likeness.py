"""What articles share with one another: actors and amounts, and how rare those are."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.library.stored import row_list
from desktop.model import MentionKind

_COMPARED = ("money", "quantity", "count")
_TRIED = 40  #: amounts of one article that are looked for elsewhere


@dataclass(frozen=True, slots=True)
class ActorHere:
    """An actor of an article. articles: in how many it stands; number: inside SQLite only."""

    number: int
    name: str
    kind: MentionKind
    articles: int


@dataclass(frozen=True, slots=True)
class AmountHere:
    """An amount of an article, as written, and the other articles that have just this one."""

    text: str
    rows: tuple[int, ...]


def actors_in(con: sqlite3.Connection, row: int) -> list[ActorHere]:
    """Return the actors of an article, those in the fewest articles first."""
    found = con.execute(
        "SELECT c.id, c.name, c.kind, (SELECT sum(o.articles) FROM name_key o WHERE o.actor_id = c.id"
        " AND NOT o.hidden) AS articles FROM article_form f JOIN name_form n ON n.id = f.form_id"
        " JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden JOIN actor c ON c.id = k.actor_id"
        " WHERE f.article_id = ? GROUP BY c.id ORDER BY articles, c.id",
        (row,),
    )
    return [ActorHere(number, name, MentionKind(kind), articles) for number, name, kind, articles in found]


def rows_naming(con: sqlite3.Connection, actor: int) -> list[int]:
    """Return the articles in which an actor (number) stands; some of them may be in the trash."""
    return row_list(
        con,
        "SELECT DISTINCT f.article_id AS row FROM name_key k JOIN name_form n ON n.name_key_id = k.id"
        " JOIN article_form f ON f.form_id = n.id WHERE k.actor_id = ? AND NOT k.hidden",
        (actor,),
    )


def shared_actors(con: sqlite3.Connection, actors: Iterable[int], rows: Sequence[int]) -> dict[int, set[int]]:
    """Return which of these actors (numbers) stand in each of these articles."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row, actor in con.execute(
        "SELECT DISTINCT f.article_id, k.actor_id FROM json_each(?1) j"
        " JOIN article_form f ON f.article_id = j.value JOIN name_form n ON n.id = f.form_id"
        " JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden"
        " WHERE k.actor_id IN (SELECT value FROM json_each(?2))",
        (json.dumps(list(rows)), json.dumps(list(actors))),
    ):
        found[row].add(actor)
    return dict(found)


def amounts_in(con: sqlite3.Connection, row: int, most: int) -> list[AmountHere]:
    """Return the amounts of an article that stand, just so large, in at most so many others."""
    mine = con.execute(
        "SELECT min(m.text) AS text, a.dimension, a.base_low, a.kind, a.noun FROM amount a"
        " JOIN mention m ON m.id = a.mention_id WHERE a.article_id = ?1 AND a.base_low = a.base_high"
        f" AND a.kind IN ({', '.join(repr(kind) for kind in _COMPARED)})"
        " GROUP BY a.dimension, a.base_low, a.kind ORDER BY a.kind <> 'money', a.base_low DESC LIMIT ?2",
        (row, _TRIED),
    ).fetchall()
    found = []
    for text, dimension, base, kind, noun in mine:
        rows = row_list(
            con,
            "SELECT DISTINCT article_id AS row FROM amount WHERE dimension = ?1 AND base_low = ?2"
            " AND base_low = base_high AND kind = ?3 AND (kind <> 'count' OR noun IS ?4) LIMIT ?5",
            (dimension, base, kind, noun, most + 2),
        )
        others = tuple(other for other in rows if other != row)
        if 0 < len(others) <= most:
            found.append(AmountHere(text, others))
    return found
