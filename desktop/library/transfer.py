"""A library as plain records, each value of it, and records as a library again.

A record holds the columns of a row by their names, without numbers that only mean something inside one
database; what points at another row names it by its UUID. What is derived (the index, sums, links between
names) is not in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktop.library import changes, mentions
from desktop.library.mentions import Measure
from desktop.model import (
    AMOUNT_KINDS,
    Amount,
    Approx,
    ArticleId,
    Mention,
    MentionKind,
    Period,
    Sense,
    Source,
)

Record = dict[str, Any]

_INTERNAL = {
    "id",
    "article_id",
    "version_id",
    "actor_id",
    "own_actor_id",
    "linked_to",
    "name_key_id",
    "seen_row",
}


def _plain(row: sqlite3.Row) -> Record:
    return {name: value for name, value in dict(row).items() if name not in _INTERNAL}


# Out


def library_record(con: sqlite3.Connection) -> Record:
    """Return what belongs to no single article: tags, corrections, kept searches, names with their actors."""
    return {
        "tags": [_plain(row) for row in con.execute("SELECT * FROM tag ORDER BY id")],
        "rules": [_plain(row) for row in con.execute("SELECT * FROM rule ORDER BY id")],
        "searches": [
            _plain(row)
            for row in con.execute(
                "SELECT s.*, (SELECT uuid FROM article a WHERE a.id <= s.seen_row ORDER BY a.id DESC LIMIT 1)"
                " AS seen FROM saved_search s ORDER BY s.id"
            )
        ],
        "names": [
            dict(row)
            for row in con.execute(
                "SELECT k.kind, k.name, k.last_word, x.uuid, x.kind AS actor_kind, x.name AS shown,"
                " x.own_name FROM name_key k JOIN actor x ON x.id = k.own_actor_id ORDER BY k.id"
            )
        ],
    }


def article_rows(con: sqlite3.Connection) -> list[int]:
    """Return the rows of all articles, also those in the trash, in the order in which they came."""
    return [row for (row,) in con.execute("SELECT id FROM article ORDER BY id")]


def article_record(con: sqlite3.Connection, row: int) -> Record:
    """Return everything about one article: its texts, their structure, notes, tags, what is marked."""
    article = con.execute("SELECT * FROM article WHERE id = ?", (row,)).fetchone()
    versions = con.execute(
        "SELECT * FROM text_version WHERE article_id = ? ORDER BY number", (row,)
    ).fetchall()
    current = next((one["number"] for one in versions if one["id"] == article["version_id"]), None)
    return {
        **_plain(article),
        "current_version": current,
        "tags": _tags(con, "article", row),
        "versions": [_version(con, version) for version in versions],
        "annotations": [
            {**_plain(note), "tags": _tags(con, "annotation", note["id"])}
            for note in con.execute("SELECT * FROM annotation WHERE article_id = ? ORDER BY id", (row,))
        ],
        "mentions": [_mention_record(one) for one in con.execute(_MENTIONS, (row,))],
    }


def _version(con: sqlite3.Connection, version: sqlite3.Row) -> Record:
    number = version["id"]
    names = con.execute("SELECT stamp, names FROM version_names WHERE version_id = ?", (number,)).fetchone()
    return {
        **_plain(version),
        "blocks": [list(row) for row in con.execute(
            "SELECT kind, start, end, level FROM block WHERE version_id = ? ORDER BY seq", (number,)
        )],
        "inlines": [list(row) for row in con.execute(
            "SELECT kind, start, end, target FROM inline WHERE version_id = ? ORDER BY seq", (number,)
        )],
        "names": dict(names) if names else None,
    }  # fmt: skip


def _tags(con: sqlite3.Connection, table: str, number: int) -> list[str]:
    found = con.execute(
        f"SELECT t.folded FROM {table}_tag x JOIN tag t ON t.id = x.tag_id"
        f" WHERE x.{table}_id = ? ORDER BY x.id",
        (number,),
    )
    return [folded for (folded,) in found]


_MENTIONS = """
SELECT m.start, m.end, m.kind, m.source, m.confidence, m.rule, m.role, x.own_name AS actor,
    a.mention_id AS has_amount, a.value, a.low, a.high, a.unit, a.noun, a.approx,
    a.sentence_start, a.sentence_end, a.purpose_start, a.purpose_end,
    p.mention_id AS has_period, p.value AS on_day, p.low AS from_day, p.high AS to_day
FROM mention m
LEFT JOIN name_key k ON k.id = m.name_key_id
LEFT JOIN actor x ON x.id = k.own_actor_id
LEFT JOIN amount a ON a.mention_id = m.id
LEFT JOIN period p ON p.mention_id = m.id
WHERE m.article_id = ? ORDER BY m.id
"""
_OF_MENTION = ("start", "end", "kind", "source", "confidence", "rule", "role", "actor")
_OF_AMOUNT = ("value", "low", "high", "unit", "noun", "approx")
_OF_SENSE = ("sentence_start", "sentence_end", "purpose_start", "purpose_end")


def _mention_record(row: sqlite3.Row) -> Record:
    record = _there(row, _OF_MENTION)
    if row["has_amount"] is not None:
        record["amount"] = _there(row, _OF_AMOUNT)
        if row["sentence_start"] is not None:
            record["sense"] = [row[name] for name in _OF_SENSE]
    if row["has_period"] is not None:
        record["period"] = [row["on_day"], row["from_day"], row["to_day"]]
    return record


def _there(row: sqlite3.Row, names: Iterable[str]) -> Record:
    return {name: row[name] for name in names if row[name] is not None}


# In


def put_library(con: sqlite3.Connection, record: Record) -> None:
    """Take in what belongs to no single article, as far as it is not there; before the articles."""
    for tag in record["tags"]:
        _insert(con, "tag", tag)
    for rule in record["rules"]:
        _insert(con, "rule", rule)
    for search in record["searches"]:
        _insert(con, "saved_search", search)
    for name in record["names"]:
        _put_name(con, name)


def _put_name(con: sqlite3.Connection, name: Record) -> None:
    known = con.execute(
        "SELECT 1 FROM name_key WHERE name = ? AND kind = ?", (name["name"], name["kind"])
    ).fetchone()
    if known:
        return
    con.execute(
        "INSERT INTO actor(uuid, kind, name, own_name) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (name["uuid"], name["actor_kind"], name["shown"], name["own_name"]),
    )
    con.execute(
        "INSERT INTO name_key(kind, name, actor_id, own_actor_id, last_word)"
        " SELECT ?, ?, id, id, ? FROM actor WHERE uuid = ?",
        (name["kind"], name["name"], name["last_word"], name["uuid"]),
    )


def name_keys(con: sqlite3.Connection) -> list[int]:
    """Return all names, for `owners.resolve`."""
    return [key for (key,) in con.execute("SELECT id FROM name_key")]


def settle_searches(con: sqlite3.Connection, record: Record) -> None:
    """Say up to which article each kept search was looked at; to be done behind the articles."""
    con.executemany(
        "UPDATE saved_search SET seen_row = (SELECT id FROM article WHERE uuid = :seen)"
        " WHERE uuid = :uuid AND seen_row = 0 AND EXISTS (SELECT 1 FROM article WHERE uuid = :seen)",
        [{"uuid": search["uuid"], "seen": search.get("seen")} for search in record["searches"]],
    )


def is_known(con: sqlite3.Connection, record: Record) -> bool:
    """Tell whether the library has this article, by its UUID or by the hash of its current text."""
    current = next((one for one in record["versions"] if one["number"] == record["current_version"]), None)
    found = con.execute(
        "SELECT 1 FROM article WHERE uuid = ?1 UNION ALL SELECT 1 FROM text_version WHERE hash = ?2",
        (record["uuid"], current and current["hash"]),
    ).fetchone()
    return found is not None


def put_article(con: sqlite3.Connection, record: Record, measure: Measure) -> ArticleId:
    """Take in an article that is not known here, with all that belongs to it.

    measure: gives of an amount what it can be compared with. Raises ValueError, KeyError and sqlite3.Error
    for a record that is not whole; nothing may be committed then.
    """
    nested = ("tags", "versions", "annotations", "mentions", "current_version")
    row = _insert(con, "article", {name: value for name, value in record.items() if name not in nested})
    for version in record["versions"]:
        number = _put_version(con, row, version)
        if version["number"] == record["current_version"]:
            con.execute("UPDATE article SET version_id = ? WHERE id = ?", (number, row))
    for tag in record["tags"]:
        _tie(con, "article", row, tag)
    for note in record["annotations"]:
        tags = note["tags"]
        values = {name: value for name, value in note.items() if name != "tags"}
        number = _insert(con, "annotation", {**values, "article_id": row})
        for tag in tags:
            _tie(con, "annotation", number, tag)
    current = next(one for one in record["versions"] if one["number"] == record["current_version"])
    marked = [_mention(one, current["text"]) for one in record["mentions"]]
    mentions.replace(con, row, marked, stamp=current["extracted_by"] or "", measure=measure)
    if current["extracted_by"] is None:  # it is to be read again, as where it comes from
        mentions.make_stale(con, [row])
    changes.note(con, row)
    return ArticleId(record["uuid"])


def _put_version(con: sqlite3.Connection, row: int, version: Record) -> int:
    values = {name: value for name, value in version.items() if name not in ("blocks", "inlines", "names")}
    number = _insert(con, "text_version", {**values, "article_id": row})
    for table, places in (("block", version["blocks"]), ("inline", version["inlines"])):
        con.executemany(f"INSERT INTO {table} VALUES(?, ?, ?, ?, ?, ?)", _numbered(number, places))
    if version["names"]:
        con.execute(
            "INSERT INTO version_names VALUES(?, ?, ?)",
            (number, version["names"]["stamp"], version["names"]["names"]),
        )
    return number


def _numbered(version: int, places: Iterable[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    for seq, place in enumerate(places):
        kind, start, end, last = place
        yield version, seq, kind, start, end, last


def _mention(record: Mapping[str, Any], text: str) -> Mention:
    amount, sense, period = record.get("amount"), record.get("sense"), record.get("period")
    kind = MentionKind(record["kind"])
    return Mention(
        start=record["start"],
        end=record["end"],
        text=text[record["start"] : record["end"]],
        kind=kind,
        source=Source(record["source"]),
        confidence=record["confidence"],
        rule=record.get("rule", ""),
        actor=record.get("actor"),
        role=record.get("role"),
        amount=_amount(amount) if amount is not None and kind in AMOUNT_KINDS else None,
        period=Period(*period) if period else None,
        sense=Sense(sense[0], sense[1], (sense[2], sense[3]) if sense[2] is not None else None)
        if sense
        else None,
    )


def _amount(record: Mapping[str, Any]) -> Amount:
    return Amount(
        **{name: Decimal(record[name]) for name in ("value", "low", "high") if name in record},
        unit=record.get("unit"),
        noun=record.get("noun"),
        approx=Approx(record["approx"]) if "approx" in record else None,
    )


def _tie(con: sqlite3.Connection, table: str, number: int, folded: str) -> None:
    con.execute(
        f"INSERT INTO {table}_tag({table}_id, tag_id) SELECT ?, id FROM tag WHERE folded = ?"
        " ON CONFLICT DO NOTHING",
        (number, folded),
    )


def _insert(con: sqlite3.Connection, table: str, values: Record) -> int:
    """Insert a row, of the columns that this schema has, unless it is there; return its number."""
    columns = {info["name"] for info in con.execute(f"PRAGMA table_info({table})")}
    known = {name: value for name, value in values.items() if name in columns and name != "id"}
    con.execute(
        f"INSERT INTO {table}({', '.join(known)}) VALUES({', '.join('?' * len(known))})"
        " ON CONFLICT DO NOTHING",
        tuple(known.values()),
    )
    if table == "tag":
        return _same_tag(con, values)
    key = "uuid" if "uuid" in known else "article_id = ? AND number"
    asked = (known["uuid"],) if "uuid" in known else (known["article_id"], known["number"])
    return int(con.execute(f"SELECT id FROM {table} WHERE {key} = ?", asked).fetchone()[0])


def _same_tag(con: sqlite3.Connection, tag: Record) -> int:
    return int(con.execute("SELECT id FROM tag WHERE folded = ?", (tag["folded"],)).fetchone()[0])


def as_line(record: Record) -> str:
    """Write a record on one line."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
