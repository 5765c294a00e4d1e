"""Highlights, notes and tags.

A deleted annotation leaves its row behind as a tombstone, so that it stays deleted whatever is imported
later. Answers never hold deleted ones, nor those of articles in the trash where the library is asked.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace

from desktop.errors import Problem, ProblemKind
from desktop.library.articles import row_of
from desktop.library.stored import storable
from desktop.library.times import now
from desktop.model import COLOURS, AnchorState, Annotation, AnnotationId, ArticleId, TextQuote

_LIVING = (
    "SELECT n.*, a.uuid AS article_uuid FROM annotation n JOIN article a ON a.id = n.article_id"
    " WHERE n.deleted_at IS NULL"
)
#: Notes on the whole article come first; orphans last, in the order in which their passages stood.
READING_ORDER = "n.start IS NULL AND n.made_start IS NOT NULL, coalesce(n.start, n.made_start), n.end, n.id"

_THESE = "uuid IN (SELECT value FROM json_each(?1))"


def add(con: sqlite3.Connection, annotation: Annotation) -> Annotation:
    """Store a new annotation and return it as stored.

    An empty id or time is filled in. start and end are places in the current version of the text.
    Raises Problem NO_SUCH_ARTICLE; ValueError for an id that the library knows (see `merge`), a colour that
    is none, or an empty or reversed range.
    """
    _check(annotation)
    row = row_of(con, annotation.article)
    if annotation.id and _is_known(con, annotation.id):
        raise ValueError(f"annotation {annotation.id} exists")
    made_at = annotation.created_at or now()
    values = {
        "uuid": annotation.id or str(uuid.uuid4()),
        "article_id": row,
        "made_start": annotation.start,
        "made_end": annotation.end,
        "start": annotation.start,
        "end": annotation.end,
        "state": annotation.state,
        "colour": annotation.colour,
        "created_at": made_at,
        "modified_at": annotation.modified_at or made_at,
        **_quote(annotation.quote),
        "note": storable(annotation.note),
    }
    number = con.execute(
        f"INSERT INTO annotation({', '.join(values)}, made_version)"
        f" SELECT {', '.join(f':{name}' for name in values)}, (SELECT v.number FROM article a"
        " JOIN text_version v ON v.id = a.version_id WHERE a.id = :article_id)"
        " RETURNING id",
        values,
    ).fetchone()[0]
    _set_tags(con, "annotation", number, annotation.tags)
    return get(con, AnnotationId(str(values["uuid"])))


def merge(con: sqlite3.Connection, annotation: Annotation) -> bool:
    """Store an annotation that comes from elsewhere, unless its id is known: also one deleted stays deleted.

    Returns whether it was stored. Raises as `add`.
    """
    if annotation.id and _is_known(con, annotation.id):
        return False
    add(con, annotation)
    return True


def change(
    con: sqlite3.Connection,
    annotation_id: AnnotationId,
    *,
    colour: int | None = None,
    note: str | None = None,
    tags: Iterable[str] | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: TextQuote | None = None,
) -> Annotation:
    """Change what is given of an annotation; its id stays. A new place takes start, end and quote together.

    Returns it as it is now. Raises Problem NO_SUCH_ANNOTATION; ValueError as `add`.
    """
    old = get(con, annotation_id)
    new = replace(
        old, colour=old.colour if colour is None else colour, note=old.note if note is None else note
    )
    values = {"colour": new.colour, "note": storable(new.note), "modified_at": now()}
    if start is not None or end is not None or quote is not None:
        if start is None or end is None or quote is None:
            raise ValueError("a new place takes start, end and quote together")
        new = replace(new, start=start, end=end, quote=quote)
        values |= {"start": start, "end": end, "state": AnchorState.ANCHORED, **_quote(quote)}
        values |= {"made_start": start, "made_end": end}
        con.execute(
            "UPDATE annotation SET made_version = (SELECT v.number FROM article a JOIN text_version v"
            " ON v.id = a.version_id WHERE a.id = annotation.article_id) WHERE uuid = ?",
            (annotation_id,),
        )
    _check(new)
    columns = ", ".join(f"{name} = :{name}" for name in values)
    number = con.execute(
        f"UPDATE annotation SET {columns} WHERE uuid = :uuid RETURNING id", {**values, "uuid": annotation_id}
    ).fetchone()[0]
    if tags is not None:
        _set_tags(con, "annotation", number, tags)
    return get(con, annotation_id)


def place(
    con: sqlite3.Connection,
    annotation_id: AnnotationId,
    start: int | None,
    end: int | None,
    state: AnchorState,
) -> None:
    """Say where the passage stands in the current version; None for an orphan.

    The program does that by itself: the time of the last change stays. Raises Problem NO_SUCH_ANNOTATION.
    """
    touched = con.execute(
        "UPDATE annotation SET start = ?, end = ?, state = ? WHERE uuid = ? AND deleted_at IS NULL",
        (start, end, state, annotation_id),
    )
    if not touched.rowcount:
        raise Problem(ProblemKind.NO_SUCH_ANNOTATION, annotation_id)


def delete(con: sqlite3.Connection, annotation_id: AnnotationId) -> None:
    """Delete an annotation, for good as far as imports are concerned. Raises Problem NO_SUCH_ANNOTATION."""
    touched = con.execute(
        "UPDATE annotation SET deleted_at = ? WHERE uuid = ? AND deleted_at IS NULL", (now(), annotation_id)
    )
    if not touched.rowcount:
        raise Problem(ProblemKind.NO_SUCH_ANNOTATION, annotation_id)


def articles_of(con: sqlite3.Connection, ids: Iterable[AnnotationId]) -> frozenset[ArticleId]:
    """Return the articles that these annotations are in."""
    found = con.execute(
        f"SELECT DISTINCT a.uuid FROM article a JOIN annotation n ON n.article_id = a.id WHERE n.{_THESE}",
        (json.dumps(list(ids)),),
    )
    return frozenset(ArticleId(article) for (article,) in found)


def rows_of(con: sqlite3.Connection, ids: Iterable[AnnotationId]) -> list[int]:
    """Return the numbers of the articles, not in the trash, that these annotations are in."""
    found = con.execute(
        "SELECT DISTINCT a.id FROM article a JOIN annotation n ON n.article_id = a.id"
        f" WHERE a.trashed_at IS NULL AND n.{_THESE}",
        (json.dumps(list(ids)),),
    )
    return [row for (row,) in found]


def recolour_all(con: sqlite3.Connection, ids: Iterable[AnnotationId], colour: int) -> None:
    """Give annotations another colour; those that are gone stay so. Raises ValueError for no colour."""
    if not 1 <= colour <= COLOURS:
        raise ValueError(f"colour {colour}")
    con.execute(
        "UPDATE annotation SET colour = ?2, modified_at = ?3"
        f" WHERE deleted_at IS NULL AND colour <> ?2 AND {_THESE}",
        (json.dumps(list(ids)), colour, now()),
    )


def delete_all(con: sqlite3.Connection, ids: Iterable[AnnotationId]) -> None:
    """Delete annotations; those that are gone stay so."""
    con.execute(
        f"UPDATE annotation SET deleted_at = ?2 WHERE deleted_at IS NULL AND {_THESE}",
        (json.dumps(list(ids)), now()),
    )


def change_tags_of_all(
    con: sqlite3.Connection, ids: Iterable[AnnotationId], add: Iterable[str], remove: Iterable[str]
) -> None:
    """Give annotations some tags and take others away; those that are gone stay so."""
    asked = json.dumps(list(ids))
    living = f"SELECT id FROM annotation WHERE deleted_at IS NULL AND {_THESE}"
    con.execute(
        f"DELETE FROM annotation_tag WHERE annotation_id IN ({living})"
        " AND tag_id IN (SELECT id FROM tag WHERE folded IN (SELECT value FROM json_each(?2)))",
        (asked, json.dumps([folded(name) for name in remove])),
    )
    con.execute(
        f"INSERT INTO annotation_tag(annotation_id, tag_id) SELECT n.id, t.id FROM ({living}) n"
        " JOIN tag t ON t.folded IN (SELECT value FROM json_each(?2)) WHERE true ON CONFLICT DO NOTHING",
        (asked, json.dumps(list(_known_tags(con, add)))),
    )
    con.execute(
        f"UPDATE annotation SET modified_at = ?2 WHERE deleted_at IS NULL AND {_THESE}", (asked, now())
    )


def get(con: sqlite3.Connection, annotation_id: AnnotationId) -> Annotation:
    """Return one annotation. Raises Problem NO_SUCH_ANNOTATION, also when it was deleted."""
    found = con.execute(f"{_LIVING} AND n.uuid = ?", (annotation_id,)).fetchall()
    if not found:
        raise Problem(ProblemKind.NO_SUCH_ANNOTATION, annotation_id)
    return _annotations(con, found)[0]


def of_article(con: sqlite3.Connection, article_id: ArticleId) -> list[Annotation]:
    """Return an article's annotations in reading order: notes on the whole first, orphans last.

    Raises Problem NO_SUCH_ARTICLE.
    """
    found = con.execute(
        f"{_LIVING} AND n.article_id = ? ORDER BY {READING_ORDER}", (row_of(con, article_id),)
    )
    return _annotations(con, found.fetchall())


def all_annotations(con: sqlite3.Connection, rows: Iterable[int] | None = None) -> list[Annotation]:
    """Return the annotations of the library, the newest articles first, or of `rows` in that order.

    Within an article in reading order.
    """
    if rows is None:
        order = "a.sort_day DESC, a.id DESC"
        query = f"{_LIVING} AND a.trashed_at IS NULL ORDER BY {order}, {READING_ORDER}"
        return _annotations(con, con.execute(query).fetchall())
    found = con.execute(
        "SELECT n.*, a.uuid AS article_uuid FROM json_each(?) j JOIN annotation n ON n.article_id = j.value"
        " JOIN article a ON a.id = n.article_id WHERE n.deleted_at IS NULL AND a.trashed_at IS NULL"
        f" ORDER BY j.key, {READING_ORDER}",
        (json.dumps(list(rows)),),
    )
    return _annotations(con, found.fetchall())


def ids_of(con: sqlite3.Connection, numbers: Iterable[int]) -> list[AnnotationId]:
    """Return the ids of annotations by their numbers in the library."""
    found = con.execute(
        "SELECT n.uuid FROM json_each(?) j JOIN annotation n ON n.id = j.value WHERE n.deleted_at IS NULL",
        (json.dumps(list(numbers)),),
    )
    return [AnnotationId(one) for (one,) in found]


def by_numbers(con: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Annotation]:
    """Return annotations by their numbers in the library; those that are gone are left out."""
    found = con.execute(
        "SELECT n.*, a.uuid AS article_uuid FROM json_each(?) j JOIN annotation n ON n.id = j.value"
        " JOIN article a ON a.id = n.article_id WHERE n.deleted_at IS NULL AND a.trashed_at IS NULL",
        (json.dumps(list(wanted)),),
    ).fetchall()
    return {row["id"]: one for row, one in zip(found, _annotations(con, found), strict=True)}


def _annotations(con: sqlite3.Connection, found: Collection[sqlite3.Row]) -> list[Annotation]:
    tags: dict[int, list[str]] = {}
    for number, name in con.execute(
        "SELECT j.value, t.name FROM json_each(?) j JOIN annotation_tag x ON x.annotation_id = j.value"
        " JOIN tag t ON t.id = x.tag_id ORDER BY t.folded",
        (json.dumps([row["id"] for row in found]),),
    ):
        tags.setdefault(number, []).append(name)
    return [
        Annotation(
            id=AnnotationId(row["uuid"]),
            article=ArticleId(row["article_uuid"]),
            quote=TextQuote(row["exact"], row["prefix"], row["suffix"]),
            start=row["start"],
            end=row["end"],
            colour=row["colour"],
            note=row["note"],
            tags=tuple(tags.get(row["id"], ())),
            state=AnchorState(row["state"]),
            created_at=row["created_at"],
            modified_at=row["modified_at"],
        )
        for row in found
    ]


def _is_known(con: sqlite3.Connection, annotation_id: AnnotationId) -> bool:
    return con.execute("SELECT 1 FROM annotation WHERE uuid = ?", (annotation_id,)).fetchone() is not None


def _check(annotation: Annotation) -> None:
    if not 1 <= annotation.colour <= COLOURS:
        raise ValueError(f"colour {annotation.colour}")
    start, end = annotation.start, annotation.end
    if (start is None) != (end is None) or (start is not None and end is not None and not 0 <= start < end):
        raise ValueError(f"place {start}, {end}")


def _quote(quote: TextQuote) -> dict[str, str]:
    return {
        "exact": storable(quote.exact),
        "prefix": storable(quote.prefix),
        "suffix": storable(quote.suffix),
    }


def tag_names(con: sqlite3.Connection) -> list[str]:
    """Return the tags that are on an article or annotation, in alphabetical order."""
    found = con.execute(
        "SELECT name FROM tag t WHERE EXISTS (SELECT 1 FROM article_tag x"
        " JOIN article a ON a.id = x.article_id WHERE x.tag_id = t.id AND a.trashed_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM annotation_tag x"
        " JOIN annotation n ON n.id = x.annotation_id JOIN article a ON a.id = n.article_id"
        " WHERE x.tag_id = t.id AND n.deleted_at IS NULL AND a.trashed_at IS NULL) ORDER BY folded"
    )
    return [name for (name,) in found]


def set_article_tags(con: sqlite3.Connection, article_id: ArticleId, tags: Iterable[str]) -> None:
    """Give an article these tags and no others. Raises Problem NO_SUCH_ARTICLE."""
    _set_tags(con, "article", row_of(con, article_id), tags)


def rows_tagged(con: sqlite3.Connection, name: str) -> set[int]:
    """Return the rows of articles with this tag, also on an annotation; case does not matter."""
    found = con.execute(
        "SELECT x.article_id FROM tag t JOIN article_tag x ON x.tag_id = t.id"
        " JOIN article a ON a.id = x.article_id WHERE t.folded = ?1 AND a.trashed_at IS NULL UNION"
        " SELECT n.article_id FROM tag t JOIN annotation_tag x ON x.tag_id = t.id"
        " JOIN annotation n ON n.id = x.annotation_id JOIN article a ON a.id = n.article_id"
        " WHERE t.folded = ?1 AND n.deleted_at IS NULL AND a.trashed_at IS NULL",
        (folded(name),),
    )
    return {row for (row,) in found}


def notes(con: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return (article row, note) of each annotation that has a note, for search in notes."""
    found = con.execute(
        "SELECT n.article_id, n.note FROM annotation n JOIN article a ON a.id = n.article_id"
        " WHERE n.deleted_at IS NULL AND a.trashed_at IS NULL AND n.note <> ''"
    )
    return [(row, note) for row, note in found]


def folded(name: str) -> str:
    """Return a tag's name without regard to case: what makes it the same tag."""
    return unicodedata.normalize("NFC", name.strip().casefold())


def _set_tags(con: sqlite3.Connection, table: str, number: int, names: Iterable[str]) -> None:
    """Give row `number` of table "article" or "annotation" these tags; right ones are not touched."""
    asked = json.dumps(list(_known_tags(con, names)))
    con.execute(
        f"DELETE FROM {table}_tag WHERE {table}_id = ? AND tag_id NOT IN"
        " (SELECT id FROM tag WHERE folded IN (SELECT value FROM json_each(?)))",
        (number, asked),
    )
    con.execute(
        f"INSERT INTO {table}_tag({table}_id, tag_id) SELECT ?, id FROM tag"
        " WHERE folded IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING",
        (number, asked),
    )


def _known_tags(con: sqlite3.Connection, names: Iterable[str]) -> Iterable[str]:
    """Return the keys of these tags, each once; those that are new are made."""
    wanted = {folded(name): storable(name.strip()) for name in names if name.strip()}
    for key, name in wanted.items():
        con.execute(
            "INSERT INTO tag(uuid, name, folded) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
            (str(uuid.uuid4()), name, key),
        )
    return wanted
