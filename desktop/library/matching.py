"""Which article something from elsewhere is about: by its text, its address or its title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from desktop.model import ArticleId


def with_hash(con: sqlite3.Connection, digest: str) -> list[tuple[ArticleId, bool]]:
    """Return the articles that have or had a text with this sha256, and whether it is the current one.

    Those that have it now come first, those in the trash last.
    """
    found = con.execute(
        "SELECT a.uuid, v.id = a.version_id AS now FROM text_version v JOIN article a ON a.id = v.article_id"
        " WHERE v.hash = ? ORDER BY a.trashed_at IS NOT NULL, now DESC, a.id",
        (digest,),
    )
    return [(ArticleId(uuid), bool(now)) for uuid, now in found]


def is_there(con: sqlite3.Connection, article: ArticleId) -> bool:
    """Tell whether an article is in the library, maybe in the trash."""
    return con.execute("SELECT 1 FROM article WHERE uuid = ?", (article,)).fetchone() is not None


def titles_and_urls(con: sqlite3.Connection) -> Iterator[tuple[ArticleId, str, str]]:
    """Yield (article, title, address or "") of all articles outside the trash."""
    found = con.execute("SELECT uuid, title, coalesce(url, '') FROM article WHERE trashed_at IS NULL")
    for uuid, title, url in found:
        yield ArticleId(uuid), title, url
