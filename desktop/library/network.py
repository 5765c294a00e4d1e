"""What the network of actors reads: who stands in most articles, in which ones, and where in their texts.

Sets of articles are whole numbers whose bits are the rows, so that a hundred thousand articles are counted
for thousands of pairs at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.library.stored import row_list, trashed_rows
from desktop.model import ActorId, ArticleId, MentionKind

BATCH = 1000  #: articles read at once


class Present(NamedTuple):
    """An actor and the articles asked about in which it stands."""

    row: int
    id: ActorId
    kind: MentionKind
    name: str
    articles: int  #: how many
    mask: int  #: which: bit n = the article of row n


class Named(NamedTuple):
    """A mention of one of the actors asked about."""

    actor: int  #: row
    start: int
    end: int


@dataclass(slots=True)
class NamingText:
    """A text with the mentions of the actors asked about, in reading order."""

    row: int
    id: ArticleId
    title: str
    published: str | None
    source: str | None
    lang: str | None
    text: str
    named: list[Named] = field(default_factory=list)


def mask_of(rows: Collection[int]) -> int:
    """Return rows as one number."""
    bits = bytearray(max(rows, default=0) // 8 + 1)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(bits, "little")


def rows_of(mask: int) -> list[int]:
    """Return the rows of a number, in their order."""
    return [row for row, bit in enumerate(reversed(format(mask, "b"))) if bit == "1"]


def all_rows(con: sqlite3.Connection) -> list[int]:
    """Return the articles that are not in the trash."""
    return row_list(con, "SELECT id AS row FROM article WHERE trashed_at IS NULL")


def most_present(
    con: sqlite3.Connection, kinds: Collection[MentionKind], most: int, rows: Collection[int] | None = None
) -> list[Present]:
    """Return the actors of some kinds that stand in most articles; rows None = of the whole library.

    Those with equally many stand in the order of their names.
    """
    within = None if rows is None else mask_of(rows)
    trashed = mask_of(trashed_rows(con))
    candidates = _candidates(con, kinds, rows)
    found: list[Present] = []
    for first in range(0, len(candidates), most):
        # A name counts once in an article; an actor of several names may have been counted too often.
        if len(found) >= most and found[most - 1].articles >= candidates[first]["articles"]:
            break
        some = candidates[first : first + most]
        masks = _masks(con, [row["id"] for row in some])
        for row in some:
            mask = masks.get(row["id"], 0) & ~trashed
            mask = mask if within is None else mask & within
            if mask:
                kind = MentionKind(row["kind"])
                found.append(
                    Present(row["id"], ActorId(row["uuid"]), kind, row["name"], mask.bit_count(), mask)
                )
        found.sort(key=lambda one: (-one.articles, one.name, one.kind))
    return found[:most]


def _candidates(
    con: sqlite3.Connection, kinds: Collection[MentionKind], rows: Collection[int] | None
) -> list[sqlite3.Row]:
    """Return the actors with the sum of their names' articles, the largest first."""
    if rows is None:
        counted, values = "SELECT id, articles FROM name_key WHERE articles > 0", []
    else:
        counted = (
            "SELECT n.name_key_id AS id, sum(g.articles) AS articles FROM (SELECT form_id,"
            " sum(is_first) AS articles FROM article_form WHERE article_id IN"
            " (SELECT value FROM json_each(?)) GROUP BY form_id) g"
            " JOIN name_form n ON n.id = g.form_id GROUP BY n.name_key_id"
        )
        values = [json.dumps(list(rows))]
    return con.execute(
        f"SELECT x.id, x.uuid, x.kind, x.name, sum(c.articles) AS articles FROM ({counted}) c"
        " JOIN name_key k ON k.id = c.id AND NOT k.hidden JOIN actor x ON x.id = k.actor_id"
        " WHERE x.kind IN (SELECT value FROM json_each(?)) GROUP BY x.id"
        " ORDER BY sum(c.articles) DESC, x.name, x.kind",
        (*values, json.dumps(sorted(kinds))),
    ).fetchall()


def _masks(con: sqlite3.Connection, actors: Sequence[int]) -> dict[int, int]:
    found = con.execute(
        "SELECT k.actor_id, json_group_array(f.article_id) FROM json_each(?) j"
        " JOIN name_key k ON k.actor_id = j.value AND NOT k.hidden JOIN name_form n ON n.name_key_id = k.id"
        " JOIN article_form f ON f.form_id = n.id GROUP BY k.actor_id",
        (json.dumps(list(actors)),),
    )
    return {actor: mask_of(json.loads(rows)) for actor, rows in found}


def newest_first(con: sqlite3.Connection, mask: int) -> list[int]:
    """Return the rows of a set of articles, the newest first."""
    return row_list(
        con,
        "SELECT id AS row FROM article WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY sort_day DESC, id DESC",
        (json.dumps(rows_of(mask)),),
    )


def texts_naming(
    con: sqlite3.Connection, actors: Collection[int], rows: Sequence[int], batch: int = BATCH
) -> Iterator[list[NamingText]]:
    """Yield texts with the places of these actors, some at a time, in the order of the rows.

    Articles that are gone or in the trash, or name none of them, are left out.
    """
    wanted = json.dumps(sorted(actors))
    for first in range(0, len(rows), batch):
        asked = json.dumps(rows[first : first + batch])
        found = {
            row["id"]: NamingText(*row)
            for row in con.execute(
                "SELECT t.id, t.uuid, t.title, t.published, t.source, t.lang, v.text FROM json_each(?) j"
                " JOIN article t ON t.id = j.value JOIN text_version v ON v.id = t.version_id"
                " WHERE t.trashed_at IS NULL ORDER BY j.key",
                (asked,),
            )
        }
        for article, *named in con.execute(
            "SELECT m.article_id, k.actor_id, m.start, m.end FROM json_each(?) j"
            " CROSS JOIN mention m ON m.article_id = j.value"
            " JOIN name_key k ON k.id = m.name_key_id AND NOT k.hidden"
            " WHERE k.actor_id IN (SELECT value FROM json_each(?)) ORDER BY j.key, m.start",
            (asked, wanted),
        ):
            if article in found:
                found[article].named.append(Named(*named))
        yield [text for text in found.values() if text.named]
