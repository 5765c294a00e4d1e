"""What the page of one actor tells: names, roles through time, articles, company, amounts and passages.

Nothing here holds what is in the trash. "Together" is in one article; an amount counts where its sentence
holds the actor.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.library import actors, amounts, links
from desktop.library.amounts import AmountRow, NamedActor
from desktop.library.links import NameOfActor
from desktop.model import Actor, ActorId, ArticleId, MentionKind

AROUND: Final = 600  #: code points on each side of a mention in which its sentence is looked for
_AT_ONCE: Final = 400  # amounts of which the sentences are looked at together
_MOST_LOOKED_AT: Final = 20_000  # amounts, before one gives up finding more
_TOLD_KINDS = ("money", "quantity", "percent", "count", "temperature", "duration")


class RoleSpan(NamedTuple):
    """A role, in how many articles, and the dates of the oldest and newest dated one (partial ISO)."""

    role: str
    first: str | None
    last: str | None
    articles: int


class Company(NamedTuple):
    """An actor that stands in so many articles together with another one."""

    actor: NamedActor
    articles: int


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor, counted over the library."""

    actor: Actor
    names: tuple[NameOfActor, ...]
    roles: tuple[RoleSpan, ...]  #: the most frequent first
    days: tuple[tuple[str, str, int], ...]  #: first and last day of articles' dates, how many have it
    first: str | None  #: date of the oldest dated article, partial ISO
    last: str | None
    company: tuple[Company, ...]  #: the most frequent first


class Around(NamedTuple):
    """A mention in its article, with the text around it. Offsets are code points of the article's text."""

    article: ArticleId
    row: int
    title: str
    published: str | None
    lang: str | None
    day: str  #: what articles are sorted by
    start: int
    end: int
    text: str  #: some of the article's text
    at: int  #: where that begins in it


class Place(NamedTuple):
    """Where a page of passages ended: the article's day and row."""

    day: str
    row: int


_ARTICLES = """
mine AS (
    SELECT DISTINCT f.article_id AS id FROM name_key k JOIN name_form n ON n.name_key_id = k.id
    JOIN article_form f ON f.form_id = n.id
    WHERE k.actor_id = :actor AND NOT k.hidden
        AND f.article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)
)
"""


def _number(con: sqlite3.Connection, actor: ActorId) -> int:
    found = con.execute("SELECT id FROM actor WHERE uuid = ?", (actor,)).fetchone()
    return -1 if found is None else int(found[0])


def facts(con: sqlite3.Connection, actor_id: ActorId, most: int = 40) -> ActorFacts:
    """Return what is known of an actor; `most` limits the company. Raises Problem NO_SUCH_ACTOR.

    One whose names belong to others now stands in no article.
    """
    [actor] = actors.by_ids(con, [actor_id])
    values: dict[str, object] = {"actor": _number(con, actor_id), "most": most}
    days = con.execute(
        f"WITH {_ARTICLES} SELECT t.first_day, t.last_day, count(*), min(t.published) FROM mine"
        " JOIN article t ON t.id = mine.id WHERE t.first_day IS NOT NULL"
        " GROUP BY t.first_day, t.last_day ORDER BY t.first_day, t.last_day",
        values,
    ).fetchall()
    return ActorFacts(
        actor,
        tuple(links.names_of(con, actor_id)),
        tuple(_roles(con, values)),
        tuple((first, last, count) for first, last, count, _published in days),
        days[0][3] if days else None,
        days[-1][3] if days else None,
        tuple(_company(con, values)),
    )


def _roles(con: sqlite3.Connection, values: dict[str, object]) -> list[RoleSpan]:
    """Return the roles; those that differ in capitals only are one, written as it is most often."""
    found: dict[str, list[RoleSpan]] = {}
    for row in con.execute(
        "SELECT m.role, min(t.first_day || ' ' || t.published), max(t.first_day || ' ' || t.published),"
        " count(DISTINCT t.id) FROM name_key k JOIN mention m ON m.name_key_id = k.id"
        " AND m.role IS NOT NULL JOIN article t ON t.id = m.article_id AND t.trashed_at IS NULL"
        " WHERE k.actor_id = :actor AND NOT k.hidden GROUP BY m.role ORDER BY 4 DESC, m.role",
        values,
    ):
        found.setdefault(row[0].casefold(), []).append(RoleSpan(*row))
    spans = [_one_role(several) for several in found.values()]
    return sorted(spans, key=lambda one: -one.articles)


def _one_role(several: Sequence[RoleSpan]) -> RoleSpan:
    firsts = [one.first for one in several if one.first]
    lasts = [one.last for one in several if one.last]
    return RoleSpan(
        several[0].role,
        min(firsts).partition(" ")[2] if firsts else None,
        max(lasts).partition(" ")[2] if lasts else None,
        sum(one.articles for one in several),
    )


def _company(con: sqlite3.Connection, values: dict[str, object]) -> list[Company]:
    rows = con.execute(
        f"WITH {_ARTICLES}, met AS (SELECT k.actor_id AS id, count(*) AS firsts, count(DISTINCT k.id) AS keys"
        " FROM mine CROSS JOIN article_form f ON f.article_id = mine.id AND f.is_first"
        " CROSS JOIN name_form n ON n.id = f.form_id"
        " CROSS JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden"
        " WHERE k.actor_id <> :actor GROUP BY k.actor_id ORDER BY count(*) DESC LIMIT 2 * :most)"
        " SELECT x.uuid, x.kind, x.name, CASE WHEN keys = 1 THEN firsts ELSE (SELECT count(DISTINCT"
        " f.article_id) FROM name_key k JOIN name_form n ON n.name_key_id = k.id JOIN article_form f"
        " ON f.form_id = n.id WHERE k.actor_id = met.id AND NOT k.hidden"
        " AND f.article_id IN (SELECT id FROM mine)) END AS articles"
        " FROM met JOIN actor x ON x.id = met.id ORDER BY articles DESC, x.name LIMIT :most",
        values,
    )
    return [
        Company(NamedActor(ActorId(uuid), MentionKind(kind), name), count) for uuid, kind, name, count in rows
    ]


# Amounts in the sentences

_IN_SENTENCE = """
SELECT a.mention_id FROM json_each(:ids) j JOIN amount a ON a.mention_id = j.value
WHERE EXISTS (
    SELECT 1 FROM mention m JOIN name_key k ON k.id = m.name_key_id AND NOT k.hidden
    WHERE m.article_id = a.article_id AND m.start >= a.sentence_start AND m.start < a.sentence_end
        AND k.actor_id = :actor
) ORDER BY j.key
"""
_NEWEST = f"""
WITH {_ARTICLES} SELECT a.mention_id FROM mine JOIN article t ON t.id = mine.id
CROSS JOIN amount a ON a.article_id = t.id
WHERE a.kind IN ({", ".join(f"'{kind}'" for kind in _TOLD_KINDS)})
ORDER BY t.sort_day DESC, t.id DESC, a.mention_id LIMIT {_MOST_LOOKED_AT}
"""
_LARGEST = f"""
WITH {_ARTICLES} SELECT a.mention_id FROM mine
CROSS JOIN amount a ON a.article_id = mine.id AND a.kind = 'money' AND a.euro_low IS NOT NULL
ORDER BY CASE WHEN a.euro_high < 9e999 THEN a.euro_high ELSE a.euro_low END DESC, a.mention_id
LIMIT {_MOST_LOOKED_AT}
"""


def amounts_with(
    con: sqlite3.Connection, actor_id: ActorId, *, largest: bool = False, limit: int = 8
) -> list[AmountRow]:
    """Return amounts whose sentence holds the actor: the newest, or the largest sums of money."""
    values: dict[str, object] = {"actor": _number(con, actor_id)}
    candidates = [row[0] for row in con.execute(_LARGEST if largest else _NEWEST, values)]
    found: list[int] = []
    for start in range(0, len(candidates), _AT_ONCE):
        some = json.dumps(candidates[start : start + _AT_ONCE])
        found += [row[0] for row in con.execute(_IN_SENTENCE, {**values, "ids": some})]
        if len(found) >= limit:
            break
    return amounts.page(con, found[:limit])


# Passages

_PASSAGES = f"""
WITH {_ARTICLES}, page AS (
    SELECT t.id, t.uuid, t.title, t.published, t.lang, t.sort_day, t.version_id FROM mine
    JOIN article t ON t.id = mine.id
    WHERE :day IS NULL OR (t.sort_day, t.id) < (:day, :row)
    ORDER BY t.sort_day DESC, t.id DESC LIMIT :articles
)
SELECT p.uuid, p.id, p.title, p.published, p.lang, p.sort_day, m.start, m.end,
    substr(v.text, max(m.start - {AROUND}, 0) + 1, m.end - max(m.start - {AROUND}, 0) + {AROUND}) AS text,
    max(m.start - {AROUND}, 0)
FROM page p JOIN mention m ON m.article_id = p.id
JOIN name_key k ON k.id = m.name_key_id AND k.actor_id = :actor AND NOT k.hidden
JOIN text_version v ON v.id = p.version_id
ORDER BY p.sort_day DESC, p.id DESC, m.start
"""


def mentions_around(
    con: sqlite3.Connection, actor_id: ActorId, after: Place | None = None, articles: int = 10
) -> list[Around]:
    """Return the mentions of an actor in its newest articles, or in those that come after a place."""
    rows = con.execute(
        _PASSAGES,
        {
            "actor": _number(con, actor_id),
            "day": after.day if after else None,
            "row": after.row if after else 0,
            "articles": articles,
        },
    )
    return [Around(*row) for row in rows]
