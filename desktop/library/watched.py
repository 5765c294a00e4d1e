"""The folders that are looked at for new articles, each with the rule for what comes out of it."""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import NewType

WatchedId = NewType("WatchedId", str)  #: UUID


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder and its rule.

    tags: for every article out of it. lang: of these articles, "" = to be detected. collection: by name, ""
    = none. active: False while it is not to be looked at.
    """

    path: Path
    tags: tuple[str, ...] = ()
    lang: str = ""
    collection: str = ""
    active: bool = True
    id: WatchedId = WatchedId("")  #: "" = not stored yet


def listed(con: sqlite3.Connection) -> list[Watched]:
    """Return the watched folders, in the order in which they were added."""
    return [_watched(row) for row in con.execute("SELECT * FROM watched_folder ORDER BY id")]


def put(con: sqlite3.Connection, folder: Watched) -> WatchedId:
    """Watch a folder from now on, or change its rule; a folder is watched once."""
    rule = json.dumps(
        {"tags": list(folder.tags), "lang": folder.lang, "collection": folder.collection}, ensure_ascii=True
    )
    path = os.fsencode(folder.path)
    if folder.id:
        con.execute(
            "UPDATE OR REPLACE watched_folder SET path = ?, rule = ?, active = ? WHERE uuid = ?",
            (path, rule, folder.active, folder.id),
        )
        return folder.id
    made = con.execute(
        "INSERT INTO watched_folder(uuid, path, rule, active) VALUES(?, ?, ?, ?)"
        " ON CONFLICT(path) DO UPDATE SET rule = excluded.rule, active = excluded.active RETURNING uuid",
        (str(uuid.uuid4()), path, rule, folder.active),
    ).fetchone()
    return WatchedId(made[0])


def remove(con: sqlite3.Connection, folder: WatchedId) -> None:
    """Watch a folder no longer; its articles stay, and so does the folder."""
    con.execute("DELETE FROM watched_folder WHERE uuid = ?", (folder,))


def _watched(row: sqlite3.Row) -> Watched:
    rule = json.loads(row["rule"])
    return Watched(
        path=Path(os.fsdecode(row["path"])),
        tags=tuple(rule.get("tags", ())),
        lang=rule.get("lang", ""),
        collection=rule.get("collection", ""),
        active=bool(row["active"]),
        id=WatchedId(row["uuid"]),
    )
