"""Articles and their text versions.

Lists, counts and sets of rows never hold what is in the trash, except `trashed` and what is asked by id.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from desktop.errors import Problem, ProblemKind
from desktop.library import changes, history
from desktop.library.article_rows import COUNTS, TAGS, add_version, article_of, details_of, update
from desktop.library.stored import identifier, row_list, storable, word_count
from desktop.library.times import first_last_day, now
from desktop.model import (
    LANGUAGES,
    Article,
    ArticleId,
    Block,
    BlockKind,
    ImportedArticle,
    Inline,
    InlineKind,
    TextVersion,
)

_NEWEST_FIRST = "sort_day DESC, id DESC"  # as the index article_newest
_MANY = 2000  # rows from which on it is quicker to go through all of them in order
_ORDERS = {"date": _NEWEST_FIRST, "added": "id DESC"}


class Outcome(StrEnum):
    """What `add` did."""

    ADDED = "added"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"  #: this text stands in the library already


def add(
    con: sqlite3.Connection,
    imported: ImportedArticle,
    *,
    starter: bool = False,
    original: str | None = None,
    shared_path: bool = False,
) -> tuple[Outcome, ArticleId, int]:
    """Put an article in the library; return what came of it, its id and its row.

    The same path or URL with another text makes a new version of that article; a text that is an article's
    already is left out (identity is the hash of the text: equal details never join two texts). An article in
    the trash stays there.
    original: hash of its file in `originals/`. shared_path: the file holds several articles, so that the path
    does not say which one this is.
    """
    text = storable(imported.text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    same_place = _at_same_place(con, imported, shared_path)
    if known := _with_text(con, digest, same_place):
        return Outcome.UNCHANGED, ArticleId(known["uuid"]), int(known["id"])
    if same_place is not None:
        row, outcome = int(same_place["id"]), Outcome.NEW_VERSION
        add_version(con, row, imported, text, digest, original)
        _drop_mentions(con, row)
        _follow_details(con, row, imported, text)
        article_id = ArticleId(same_place["uuid"])
    else:
        outcome, article_id = Outcome.ADDED, ArticleId(str(uuid.uuid4()))
        row = _add_article(con, imported, article_id, text, starter)
        add_version(con, row, imported, text, digest, original)
    changes.note(con, row)
    return outcome, article_id, row


def known_as(
    con: sqlite3.Connection, imported: ImportedArticle, *, shared_path: bool = False
) -> ArticleId | None:
    """Return the article, maybe in the trash, that makes `add` leave this one out; None = it is new."""
    digest = hashlib.sha256(storable(imported.text).encode()).hexdigest()
    known = _with_text(con, digest, _at_same_place(con, imported, shared_path))
    return None if known is None else ArticleId(known["uuid"])


def at_same_place(
    con: sqlite3.Connection, imported: ImportedArticle, *, shared_path: bool = False
) -> ArticleId | None:
    """Return the article, maybe in the trash, of which `add` makes this a new version, if it is new."""
    found = _at_same_place(con, imported, shared_path)
    return None if found is None else ArticleId(found["uuid"])


def _at_same_place(
    con: sqlite3.Connection, imported: ImportedArticle, shared_path: bool
) -> sqlite3.Row | None:
    details = details_of(imported)
    found: sqlite3.Row | None = None
    for place in ("url",) if shared_path else ("path", "url"):
        if details[place] and found is None:
            found = con.execute(
                f"SELECT id, uuid FROM article WHERE {place} = ? ORDER BY trashed_at IS NOT NULL, id",
                (details[place],),
            ).fetchone()
    return found


def _with_text(con: sqlite3.Connection, digest: str, same_place: sqlite3.Row | None) -> sqlite3.Row | None:
    """Return the article whose text this is, rather the one of the same place, rather as its current text.

    An older version of the article at the same place does not count: a file that was put back to what it
    said before is a change.
    """
    own = same_place["id"] if same_place is not None else 0
    found: sqlite3.Row | None = con.execute(
        "SELECT a.id, a.uuid FROM text_version v JOIN article a ON a.id = v.article_id"
        " WHERE v.hash = ?1 AND (?2 = 0 OR v.id = a.version_id)"
        " ORDER BY a.id = ?2 DESC, v.id = a.version_id DESC, a.trashed_at IS NOT NULL, a.id LIMIT 1",
        (digest, own),
    ).fetchone()
    return found


def _add_article(
    con: sqlite3.Connection, imported: ImportedArticle, article_id: ArticleId, text: str, starter: bool
) -> int:
    details = details_of(imported)
    made = con.execute(
        f"INSERT INTO article(uuid, {', '.join(details)}, starter, words, added_at, sort_day)"
        f" VALUES(?, {', '.join('?' * len(details))}, ?, ?, ?, ?) RETURNING id",
        (
            *(article_id, *details.values(), starter, word_count(text)),
            *(at := now(), details["first_day"] or at[:10]),
        ),
    ).fetchone()
    return int(made[0])


def _follow_details(con: sqlite3.Connection, row: int, imported: ImportedArticle, text: str) -> None:
    """Take over the details of a new version, but none that the reader edited or that it does not tell."""
    edited = con.execute("SELECT edited FROM article WHERE id = ?", (row,)).fetchone()[0].split()
    if "published" in edited:
        edited += ["first_day", "last_day", "doubtful"]
    news = {name: value for name, value in details_of(imported).items() if value and name not in edited}
    if "published" in news:
        news["doubtful"] = imported.doubtful
    news["words"] = word_count(text)
    update(con, row, news)


def set_details(
    con: sqlite3.Connection,
    article_id: ArticleId,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    published: str | None = None,
    source: str | None = None,
    author: str | None = None,
    section: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> None:
    """Change what is known about an article: None leaves a detail as it is, "" empties it.

    The text stays, and a later version of it leaves these details alone. An empty title or language is left
    as it was; a date that is given is no longer doubtful.
    Raises Problem NO_SUCH_ARTICLE, and UNKNOWN_VALUE for a date or a language that is none.
    """
    row = row_of(con, article_id)
    asked = {
        "title": title or None,
        "subtitle": subtitle,
        "published": published,
        "source": source,
        "author": author,
        "section": section,
        "url": url,
        "lang": lang or None,
    }
    news: dict[str, Any] = {
        name: storable(value).strip() or None for name, value in asked.items() if value is not None
    }
    if not news:
        return
    if lang and lang not in LANGUAGES:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "lang", lang)
    edited = set(con.execute("SELECT edited FROM article WHERE id = ?", (row,)).fetchone()[0].split())
    edited.update(news)
    if "published" in news:
        days = first_last_day(news["published"])
        if days is None and published:
            raise Problem(ProblemKind.UNKNOWN_VALUE, "published", published)
        news["first_day"], news["last_day"] = days or (None, None)
        news["doubtful"] = False
    update(con, row, {**news, "edited": " ".join(sorted(edited))})
    changes.note(con, row)


def published(con: sqlite3.Connection, row: int) -> str | None:
    """Return the date of an article as a partial ISO date."""
    found = con.execute("SELECT published FROM article WHERE id = ?", (row,)).fetchone()
    return found[0] if found else None


def set_read(con: sqlite3.Connection, article_id: ArticleId, read: bool) -> None:
    """Mark as read (the first time counts) or unread. Raises Problem NO_SUCH_ARTICLE."""
    row = row_of(con, article_id)
    con.execute(
        "UPDATE article SET read_at = CASE WHEN ?1 THEN coalesce(read_at, ?2) END WHERE id = ?3",
        (read, now(), row),
    )


def set_starred(con: sqlite3.Connection, article_id: ArticleId, starred: bool) -> None:
    """Give or take the star. Raises Problem NO_SUCH_ARTICLE."""
    update(con, row_of(con, article_id), {"starred": starred})


def set_position(con: sqlite3.Connection, article_id: ArticleId, position: int) -> None:
    """Remember where the reader is, in code points. Raises Problem NO_SUCH_ARTICLE."""
    update(con, row_of(con, article_id), {"position": position})


def trash(con: sqlite3.Connection, article_ids: Iterable[ArticleId]) -> None:
    """Put articles in the trash; what is there already, or unknown, is left as it is."""
    _set_trashed(con, article_ids, "trashed_at = ?", "trashed_at IS NULL", now())


def restore(con: sqlite3.Connection, article_ids: Iterable[ArticleId]) -> None:
    """Take articles out of the trash."""
    _set_trashed(con, article_ids, "trashed_at = NULL", "trashed_at IS NOT NULL")


def _set_trashed(
    con: sqlite3.Connection, article_ids: Iterable[ArticleId], change: str, condition: str, *values: str
) -> None:
    touched = con.execute(
        f"UPDATE article SET {change} WHERE {condition} AND uuid IN (SELECT value FROM json_each(?))"
        " RETURNING id",
        (*values, json.dumps(list(article_ids))),
    ).fetchall()
    changes.note_all(con, (row for (row,) in touched))


def purge(con: sqlite3.Connection, article_ids: Iterable[ArticleId]) -> list[str]:
    """Remove articles for good, with their annotations; this cannot be undone.

    Returns the names in `originals/` that no version uses any more, for `originals.discard` after the commit.
    """
    if con.execute("SELECT 1 FROM history_open").fetchone():
        raise RuntimeError("purging is not a step that can be undone")
    asked = json.dumps([row_of(con, article_id) for article_id in article_ids])
    files = con.execute(
        "SELECT DISTINCT original FROM text_version WHERE original IS NOT NULL"
        " AND article_id IN (SELECT value FROM json_each(?))",
        (asked,),
    ).fetchall()
    history.forget_articles(con, json.loads(asked))
    changes.note_all(con, json.loads(asked))
    # First, while the article tells whether its actors and amounts still count; see the triggers.
    for table in ("article_form", "mention"):
        con.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT value FROM json_each(?))", (asked,))
    con.execute("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", (asked,))
    return [
        name
        for (name,) in files
        if not con.execute("SELECT 1 FROM text_version WHERE original = ?", (name,)).fetchone()
    ]


def _drop_mentions(con: sqlite3.Connection, row: int) -> None:
    """Remove what was found in the version before: its offsets say nothing about the new text."""
    con.execute("DELETE FROM mention WHERE article_id = ?", (row,))
    con.execute("DELETE FROM article_form WHERE article_id = ?", (row,))


def get(con: sqlite3.Connection, article_id: ArticleId) -> Article:
    """Return one article, also from the trash. Raises Problem NO_SUCH_ARTICLE."""
    return by_rows(con, [row_of(con, article_id)])[0]


def row_of(con: sqlite3.Connection, article_id: ArticleId) -> int:
    """Return the row of an article, also from the trash. Raises Problem NO_SUCH_ARTICLE."""
    return identifier(con, "article", article_id, ProblemKind.NO_SUCH_ARTICLE)


def ids(con: sqlite3.Connection, rows: Iterable[int]) -> dict[int, ArticleId]:
    """Return the ids of rows that exist, also in the trash."""
    found = con.execute(
        "SELECT id, uuid FROM article WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(rows)),)
    )
    return {row: ArticleId(article_id) for row, article_id in found}


def by_rows(con: sqlite3.Connection, rows: Sequence[int]) -> list[Article]:
    """Return the articles of `rows` in that order, also from the trash; rows that do not exist are left out.

    Five queries, however many rows.
    """
    asked = json.dumps(list(rows))
    found = {
        row["id"]: row
        for row in con.execute(
            "SELECT a.* FROM article a WHERE a.id IN (SELECT value FROM json_each(?))", (asked,)
        )
    }
    counts = {name: dict(con.execute(query, (asked,)).fetchall()) for name, query in COUNTS.items()}
    tags: dict[int, list[str]] = {}
    for row, name in con.execute(TAGS, (asked,)):
        tags.setdefault(row, []).append(name)
    return [
        article_of(
            found[row],
            {name: count.get(row, 0) for name, count in counts.items()},
            tuple(tags.get(row, ())),
        )
        for row in rows
        if row in found
    ]


def newest(con: sqlite3.Connection, limit: int, offset: int = 0) -> list[Article]:
    """Return articles by date, newest first; one without a date stands at the day it was added."""
    query = (
        f"SELECT id AS row FROM article WHERE trashed_at IS NULL ORDER BY {_NEWEST_FIRST} LIMIT ? OFFSET ?"
    )
    return by_rows(con, row_list(con, query, (limit, offset)))


def rows(con: sqlite3.Connection, *, order: str = "date") -> list[int]:
    """Return all rows, newest first. order: "date" of the article as in `newest`, or "added"."""
    return row_list(con, f"SELECT id AS row FROM article WHERE trashed_at IS NULL ORDER BY {_ORDERS[order]}")


def by_date(con: sqlite3.Connection, found: Iterable[int]) -> list[int]:
    """Return these rows newest first, without those that are in the trash or gone."""
    wanted = set(found)
    if len(wanted) > _MANY:
        return [row for row in rows(con) if row in wanted]
    return _ordered(con, wanted, _NEWEST_FIRST)


def by_largest_amount(con: sqlite3.Connection, found: Iterable[int]) -> list[int]:
    """Return these rows by the largest sum of money each mentions, in euro at its date.

    Those whose sums have no rate come behind these, as written; those without a sum last.
    """
    worth, written = (
        f"(SELECT max(iif({high} < 9e999, {high}, {low})) FROM amount"
        f" WHERE amount.article_id = article.id AND kind = 'money' AND {high} > -9e999)"
        for low, high in (("euro_low", "euro_high"), ("base_low", "base_high"))
    )
    return _ordered(con, found, f"{worth} DESC NULLS LAST, {written} DESC NULLS LAST, {_NEWEST_FIRST}")


def by_notes(con: sqlite3.Connection, found: Iterable[int]) -> list[int]:
    """Return these rows by how many highlights and notes they have, most first, then newest first."""
    noted = con.execute(
        "SELECT article_id, count(*) FROM annotation WHERE deleted_at IS NULL GROUP BY article_id"
    )
    notes = dict(noted.fetchall())
    # Few articles have any; the others stay in the order of their dates, which sorting leaves alone.
    return sorted(by_date(con, found), key=lambda row: -notes.get(row, 0))


def _ordered(con: sqlite3.Connection, found: Iterable[int], order: str) -> list[int]:
    return row_list(
        con,
        "SELECT id AS row FROM article WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?))"
        f" ORDER BY {order}",
        (json.dumps(list(found)),),
    )


def count(con: sqlite3.Connection) -> int:
    """Return how many articles there are."""
    return int(con.execute("SELECT count(*) FROM article WHERE trashed_at IS NULL").fetchone()[0])


def trashed(con: sqlite3.Connection) -> list[Article]:
    """Return what is in the trash, the last thrown away first."""
    found = con.execute(
        "SELECT id FROM article WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id DESC"
    )
    return by_rows(con, [row for (row,) in found])


def trashed_among(con: sqlite3.Connection, article_ids: Iterable[ArticleId]) -> list[ArticleId]:
    """Return those of these articles that are in the trash."""
    found = con.execute(
        "SELECT uuid FROM article WHERE trashed_at IS NOT NULL AND uuid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(article_ids)),),
    )
    return [ArticleId(article_id) for (article_id,) in found]


def starters(con: sqlite3.Connection) -> list[ArticleId]:
    """Return the starter articles that are still there."""
    found = con.execute("SELECT uuid FROM article WHERE starter AND trashed_at IS NULL ORDER BY id")
    return [ArticleId(article_id) for (article_id,) in found]


def text(con: sqlite3.Connection, article_id: ArticleId) -> TextVersion:
    """Return the current text with its structure. Raises Problem NO_SUCH_ARTICLE."""
    found = con.execute(
        "SELECT v.* FROM article a JOIN text_version v ON v.id = a.version_id WHERE a.uuid = ?", (article_id,)
    ).fetchone()
    if found is None:
        raise Problem(ProblemKind.NO_SUCH_ARTICLE, article_id)
    blocks = con.execute(
        "SELECT kind, start, end, level FROM block WHERE version_id = ? ORDER BY seq", (found["id"],)
    )
    inlines = con.execute(
        "SELECT kind, start, end, target FROM inline WHERE version_id = ? ORDER BY seq", (found["id"],)
    )
    return TextVersion(
        article=article_id,
        number=found["number"],
        hash=found["hash"],
        text=found["text"],
        blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in blocks),
        inlines=tuple(Inline(InlineKind(kind), *rest) for kind, *rest in inlines),
        created_at=found["created_at"],
    )


def texts(con: sqlite3.Connection, rows: Iterable[int]) -> dict[int, str]:
    """Return the current text of each row that exists, also in the trash."""
    found = con.execute(
        "SELECT a.id, v.text FROM article a JOIN text_version v ON v.id = a.version_id"
        " WHERE a.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return dict(found.fetchall())
