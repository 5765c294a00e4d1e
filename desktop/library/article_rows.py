"""How an article lies in its rows: what is written of an imported one, and what is read of a stored one."""

from __future__ import annotations

import sqlite3
from typing import Any

from desktop.library.stored import storable
from desktop.library.times import first_last_day, now
from desktop.model import Article, ArticleId, ImportedArticle


def details_of(imported: ImportedArticle) -> dict[str, Any]:
    """Return what a row of `article` holds of what an importer found."""
    days = first_last_day(imported.published)
    return {
        "title": storable(imported.title),
        "published": imported.published if days else None,
        "first_day": days and days[0],
        "last_day": days and days[1],
        "doubtful": bool(days and imported.doubtful),
        "lang": imported.lang,
        "source": imported.source and storable(imported.source),
        "author": imported.author and storable(imported.author),
        "subtitle": imported.subtitle and storable(imported.subtitle),
        "section": imported.section and storable(imported.section),
        "url": imported.url and storable(imported.url),
        # reversible, so that two files whose names are not UTF-8 stay two
        "path": imported.path and imported.path.encode("utf-8", "backslashreplace").decode(),
    }


def add_version(
    con: sqlite3.Connection, row: int, imported: ImportedArticle, text: str, digest: str, original: str | None
) -> None:
    """Give an article a text with its structure, and make it the current one."""
    version = con.execute(
        "INSERT INTO text_version(article_id, number, hash, text, original, created_at)"
        " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 FROM text_version WHERE article_id = ?1"
        " RETURNING id",
        (row, digest, text, original, now()),
    ).fetchone()[0]
    con.executemany(
        "INSERT INTO block VALUES(?, ?, ?, ?, ?, ?)",
        ((version, n, b.kind, b.start, b.end, b.level) for n, b in enumerate(imported.blocks)),
    )
    con.executemany(
        "INSERT INTO inline VALUES(?, ?, ?, ?, ?, ?)",
        ((version, n, i.kind, i.start, i.end, storable(i.target)) for n, i in enumerate(imported.inlines)),
    )
    con.execute("UPDATE article SET version_id = ? WHERE id = ?", (version, row))


def update(con: sqlite3.Connection, row: int, values: dict[str, Any]) -> None:
    """Change columns of an article, and the day it is sorted by with its date."""
    columns = ", ".join(f"{name} = ?" for name in values)
    con.execute(f"UPDATE article SET {columns} WHERE id = ?", (*values.values(), row))
    if "first_day" in values:
        con.execute(
            "UPDATE article SET sort_day = coalesce(first_day, substr(added_at, 1, 10)) WHERE id = ?", (row,)
        )


#: what is counted of articles: queries for a JSON list of rows
COUNTS = {
    "actors": "SELECT j.value, count(DISTINCT k.actor_id) FROM json_each(?) j"
    " JOIN article_form f ON f.article_id = j.value JOIN name_form n ON n.id = f.form_id"
    " JOIN name_key k ON k.id = n.name_key_id AND NOT k.hidden GROUP BY j.value",
    "amounts": "SELECT j.value, count(*) FROM json_each(?) j JOIN amount m ON m.article_id = j.value"
    " GROUP BY j.value",
    "notes": "SELECT j.value, count(*) FROM json_each(?) j JOIN annotation n ON n.article_id = j.value"
    " WHERE n.deleted_at IS NULL GROUP BY j.value",
}
TAGS = (
    "SELECT j.value, t.name FROM json_each(?) j JOIN article_tag a ON a.article_id = j.value"
    " JOIN tag t ON t.id = a.tag_id ORDER BY t.folded"
)


def article_of(row: sqlite3.Row, counts: dict[str, int], tags: tuple[str, ...]) -> Article:
    """Return a row of `article` as the rest of the program knows it."""
    return Article(
        id=ArticleId(row["uuid"]),
        row=row["id"],
        title=row["title"],
        published=row["published"],
        lang=row["lang"],
        source=row["source"],
        author=row["author"],
        subtitle=row["subtitle"],
        section=row["section"],
        doubtful=bool(row["doubtful"]),
        url=row["url"],
        path=row["path"],
        starter=bool(row["starter"]),
        added_at=row["added_at"],
        read_at=row["read_at"],
        starred=bool(row["starred"]),
        trashed_at=row["trashed_at"],
        position=row["position"],
        words=row["words"],
        tags=tags,
        **counts,
    )
