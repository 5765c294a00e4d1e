"""Where the passages of annotations stood last, so that they can be looked for in another text."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop.library import annotations as notes
from desktop.library.articles import row_of
from desktop.model import AnchorState, Annotation, AnnotationId, ArticleId


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an annotation's passage stood last: in this version of the text; None = nobody knows."""

    annotation: Annotation
    version: int | None
    start: int | None
    end: int | None


def standing(con: sqlite3.Connection, article_id: ArticleId, version: int) -> list[Standing]:
    """Return for each annotation on a passage where that stood last, in reading order.

    version: the number of the one in which those that have a place have it. An orphan stood where it was
    made. Raises Problem NO_SUCH_ARTICLE.
    """
    made = {
        row["uuid"]: (row["made_version"], row["made_start"], row["made_end"])
        for row in con.execute(
            "SELECT uuid, made_version, made_start, made_end FROM annotation"
            " WHERE article_id = ? AND deleted_at IS NULL",
            (row_of(con, article_id),),
        )
    }
    found = []
    for one in notes.of_article(con, article_id):
        if one.quote.exact and one.start is not None:
            found.append(Standing(one, version, one.start, one.end))
        elif one.quote.exact:
            found.append(Standing(one, *made[one.id]))
    return found


def current_version(con: sqlite3.Connection, article_id: ArticleId) -> int:
    """Return the number of the current version of a text. Raises Problem NO_SUCH_ARTICLE."""
    found = con.execute(
        "SELECT v.number FROM article a JOIN text_version v ON v.id = a.version_id WHERE a.id = ?",
        (row_of(con, article_id),),
    )
    return int(found.fetchone()[0])


def version_text(con: sqlite3.Connection, article_id: ArticleId, version: int) -> str | None:
    """Return the text of one version; None where there is none. Raises Problem NO_SUCH_ARTICLE."""
    found = con.execute(
        "SELECT text FROM text_version WHERE article_id = ? AND number = ?",
        (row_of(con, article_id), version),
    ).fetchone()
    return None if found is None else str(found[0])


def detach(con: sqlite3.Connection, annotation_id: AnnotationId, note: str) -> None:
    """Make an annotation one on the whole article, with this note. Raises Problem NO_SUCH_ANNOTATION."""
    notes.change(con, annotation_id, note=note)
    con.execute(
        "UPDATE annotation SET start = NULL, end = NULL, made_start = NULL, made_end = NULL, state = ?,"
        " exact = '', prefix = '', suffix = '' WHERE uuid = ?",
        (AnchorState.ANCHORED, annotation_id),
    )


def unsettled(con: sqlite3.Connection) -> list[ArticleId]:
    """Return the articles with annotations that moved or have no place, the newest first; not the trash."""
    found = con.execute(
        "SELECT a.uuid FROM article a WHERE a.trashed_at IS NULL AND EXISTS (SELECT 1 FROM annotation n"
        " WHERE n.article_id = a.id AND n.deleted_at IS NULL AND n.state <> 'anchored')"
        " ORDER BY a.sort_day DESC, a.id DESC"
    )
    return [ArticleId(article_id) for (article_id,) in found]
