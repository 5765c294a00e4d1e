"""What the comparison of amounts over articles reads: amounts with the names and periods around them."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.model import ArticleId, MentionKind

_COMPARED = ("money", "percent", "quantity", "count", "duration")
_IN_TIME = "/time"
_YEAR = 365.25 * 86_400  # seconds: money in the course of time is told as that of a year
BATCH = 200  #: articles read at once


class StoredAmount(NamedTuple):
    """An amount as it is stored. Ends are in the dimension's base unit, infinite = open."""

    start: int
    end: int
    text: str
    dimension: str  #: "EUR" for all money with a known rate, and for that of a year
    low: float
    high: float
    unit: str | None
    noun: str | None
    sentence: tuple[int, int] | None
    purpose: tuple[int, int] | None


class StoredName(NamedTuple):
    """A mention of an actor."""

    start: int
    end: int
    kind: MentionKind
    actor: int  #: row
    name: str  #: canonical


class StoredPeriod(NamedTuple):
    """A mention of a date or stretch of time, as full days (YYYY-MM-DD)."""

    start: int
    end: int
    first_day: str
    last_day: str
    days: int  #: from the first to the last


@dataclass(slots=True)
class ArticleFigures:
    """An article with its amounts and what is marked around them, all in reading order."""

    row: int
    id: ArticleId
    title: str
    published: str | None
    first_day: str | None
    lang: str | None
    text: str
    amounts: list[StoredAmount] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)  #: places of amounts that are not compared
    names: list[StoredName] = field(default_factory=list)
    periods: list[StoredPeriod] = field(default_factory=list)


def batches(con: sqlite3.Connection, rows: Sequence[int]) -> Iterator[list[ArticleFigures]]:
    """Yield those of the articles that have amounts worth comparing, some hundreds at a time.

    Articles that are gone or in the trash are left out.
    """
    for first in range(0, len(rows), BATCH):
        yield _read(con, json.dumps(rows[first : first + BATCH]))


def _read(con: sqlite3.Connection, asked: str) -> list[ArticleFigures]:
    amounts = con.execute(
        "SELECT m.start, m.end, m.text, a.* FROM amount a JOIN mention m ON m.id = a.mention_id"
        " WHERE a.article_id IN (SELECT value FROM json_each(?)) ORDER BY a.article_id, m.start",
        (asked,),
    ).fetchall()
    found = {
        row["id"]: ArticleFigures(*row)
        for row in con.execute(
            "SELECT t.id, t.uuid, t.title, t.published, t.first_day, t.lang, v.text"
            " FROM article t JOIN text_version v ON v.id = t.version_id"
            " WHERE t.id IN (SELECT value FROM json_each(?)) AND t.trashed_at IS NULL",
            (json.dumps(sorted({row["article_id"] for row in amounts})),),
        )
    }
    for row in amounts:
        if row["article_id"] not in found:
            continue
        if row["kind"] in _COMPARED and (amount := _amount(row)):
            found[row["article_id"]].amounts.append(amount)
        else:
            found[row["article_id"]].others.append((row["start"], row["end"]))
    _add_names(con, found)
    _add_periods(con, found)
    return [article for article in found.values() if article.amounts]


def _amount(row: sqlite3.Row) -> StoredAmount | None:
    dimension, low, high = row["dimension"], row["base_low"], row["base_high"]
    if row["euro_low"] is not None:
        dimension, low, high = "EUR", row["euro_low"], row["euro_high"]
    if dimension is not None and dimension.endswith(_IN_TIME) and dimension[:3].isupper():
        dimension, low, high = dimension.removesuffix(_IN_TIME), low * _YEAR, high * _YEAR
    if not (math.isfinite(low) or math.isfinite(high)):
        return None
    sentence = row["sentence_start"], row["sentence_end"]
    purpose = row["purpose_start"], row["purpose_end"]
    return StoredAmount(
        *(row["start"], row["end"], row["text"], dimension, low, high, row["unit"], row["noun"]),
        None if None in sentence else sentence,
        None if None in purpose else purpose,
    )


def _add_names(con: sqlite3.Connection, found: dict[int, ArticleFigures]) -> None:
    rows = con.execute(
        "SELECT m.article_id, m.start, m.end, x.kind, x.id, x.name FROM json_each(?) j"
        " JOIN mention m ON m.article_id = j.value"
        " JOIN name_key k ON k.id = m.name_key_id AND NOT k.hidden"
        " JOIN actor x ON x.id = k.actor_id ORDER BY m.article_id, m.start",
        (json.dumps(list(found)),),
    )
    for article, start, end, kind, actor, name in rows:
        found[article].names.append(StoredName(start, end, MentionKind(kind), actor, name))


def _add_periods(con: sqlite3.Connection, found: dict[int, ArticleFigures]) -> None:
    rows = con.execute(
        "SELECT p.article_id, m.start, m.end, p.first_day, p.last_day, p.days FROM json_each(?) j"
        " JOIN period p ON p.article_id = j.value JOIN mention m ON m.id = p.mention_id"
        " WHERE p.days IS NOT NULL ORDER BY p.article_id, m.start",
        (json.dumps(list(found)),),
    )
    for article, *period in rows:
        found[article].periods.append(StoredPeriod(*period))
