"""Steps that a person can undo and redo.

While a step is recorded, triggers keep an image of each row before and after every change (see
`migrations.history_triggers`). Undoing puts the images before back, redoing the images after; both refuse
where a row is no longer as the step left it, instead of overwriting what was done since.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from desktop.errors import Problem, ProblemKind
from desktop.library import changes
from desktop.library.migrations import HISTORY_TABLES
from desktop.library.times import now
from desktop.model import AnnotationId, ArticleId, Changes, Step, StepId

KEPT_STEPS = 500
KEPT_BYTES = 100_000_000  #: of row images; the last step is kept however large

Image = dict[str, Any]

#: What the program itself sets in a row without a person asking: no reason to refuse undoing its creation.
_BY_ITSELF = {
    "annotation": {"start", "end", "state"},
    "article": {"position", "read_at"},
    "saved_search": {"seen_row"},
}
#: What goes with a row when it is deleted. A tag or collection that is in use elsewhere stays instead.
_CHILDREN = {
    "article": (
        *(("article_tag", "article_id"), ("annotation", "article_id")),
        ("collection_article", "article_id"),
    ),
    "annotation": (("annotation_tag", "annotation_id"),),
    "tag": (("article_tag", "tag_id"), ("annotation_tag", "tag_id")),
    "collection": (("collection_article", "collection_id"),),
}


@contextmanager
def recording(con: sqlite3.Connection, kind: str, fields: dict[str, str] | None = None) -> Iterator[StepId]:
    """Record what is written inside as one step; it ends what could be redone.

    kind and fields: for the words of the menu. A step in which nothing changed leaves no trace. To be used
    within a transaction; recordings do not nest.
    """
    if con.execute("SELECT 1 FROM history_open").fetchone():
        raise RuntimeError("a step is being recorded already")
    values = (now(), kind, json.dumps(fields or {}))
    step = con.execute(
        "INSERT INTO history(at, kind, fields) VALUES(?, ?, ?) RETURNING id", values
    ).fetchone()[0]
    con.execute("INSERT INTO history_open VALUES(?)", (step,))
    try:
        yield StepId(step)
    finally:
        con.execute("DELETE FROM history_open")
    if not con.execute("SELECT 1 FROM history_row WHERE step_id = ?", (step,)).fetchone():
        con.execute("DELETE FROM history WHERE id = ?", (step,))
        return
    con.execute("DELETE FROM history WHERE undone")
    con.execute(
        "UPDATE history SET bytes = (SELECT sum(coalesce(length(before), 0) + coalesce(length(after), 0))"
        " FROM history_row WHERE step_id = ?1) WHERE id = ?1",
        (step,),
    )
    _forget_oldest(con)


def _forget_oldest(con: sqlite3.Connection) -> None:
    kept = total = 0
    for step, size in con.execute("SELECT id, bytes FROM history ORDER BY id DESC").fetchall():
        kept, total = kept + 1, total + size
        if kept > 1 and (kept > KEPT_STEPS or total > KEPT_BYTES):
            con.execute("DELETE FROM history WHERE id <= ?", (step,))
            return


def next_undo(con: sqlite3.Connection) -> Step | None:
    """Return the step that `undo` would undo."""
    return _step(con.execute("SELECT * FROM history WHERE NOT undone ORDER BY id DESC LIMIT 1").fetchone())


def next_redo(con: sqlite3.Connection) -> Step | None:
    """Return the step that `redo` would do again."""
    return _step(con.execute("SELECT * FROM history WHERE undone ORDER BY id LIMIT 1").fetchone())


def _step(row: sqlite3.Row | None) -> Step | None:
    return None if row is None else Step(StepId(row["id"]), row["kind"], json.loads(row["fields"]))


def undo(con: sqlite3.Connection) -> Step | None:
    """Undo the last step; return it, None if there is none.

    Raises Problem CHANGED_SINCE (path = number of the step): nothing may be committed then. Such a step would
    be in the way of older ones: `discard` takes it out.
    """
    step = next_undo(con)
    if step is not None:
        _replay(con, step, back=True)
    return step


def redo(con: sqlite3.Connection) -> Step | None:
    """Do again what was undone last; otherwise as `undo`."""
    step = next_redo(con)
    if step is not None:
        _replay(con, step, back=False)
    return step


def discard(con: sqlite3.Connection, step: StepId) -> None:
    """Forget one step, without undoing it."""
    con.execute("DELETE FROM history WHERE id = ?", (step,))


def touched(con: sqlite3.Connection, step: StepId) -> Changes:
    """Return what a step changed. `library` is set where articles came or went, or their details changed."""
    articles, annotations = _rows_touched(con, step)
    tables = {
        row["tbl"] for row in con.execute("SELECT DISTINCT tbl FROM history_row WHERE step_id = ?", (step,))
    }
    renamed = con.execute(
        "SELECT 1 FROM history_row WHERE step_id = ? AND tbl = 'tag' AND before IS NOT NULL", (step,)
    ).fetchone()
    return Changes(
        articles=frozenset(ArticleId(x) for x in _uuids(con, "article", articles)),
        annotations=frozenset(
            AnnotationId(x) for x in (*annotations.values(), *_uuids(con, "annotation", annotations)) if x
        ),
        library=bool(tables & {"article", "rule", "collection", "collection_article"}) or renamed is not None,
        step=step,
    )


def _rows_touched(con: sqlite3.Connection, step: StepId) -> tuple[set[int], dict[int, str]]:
    """Return the rows of the articles and annotations that a step is about.

    An annotation comes with its UUID where its image tells it: the row itself may be gone.
    """
    articles: set[int] = set()
    annotations: dict[int, str] = {}
    for row in con.execute("SELECT tbl, row, before, after FROM history_row WHERE step_id = ?", (step,)):
        image = {**json.loads(row["before"] or "{}"), **json.loads(row["after"] or "{}")}
        if row["tbl"] == "article":
            articles.add(row["row"])
        elif row["tbl"] == "annotation":
            annotations[row["row"]] = image.get("uuid") or annotations.get(row["row"], "")
        if "article_id" in image:
            articles.add(image["article_id"])
        if "annotation_id" in image:
            annotations.setdefault(image["annotation_id"], "")
    asked = json.dumps(list(annotations))
    found = con.execute(
        "SELECT article_id FROM annotation WHERE id IN (SELECT value FROM json_each(?))", (asked,)
    )
    articles.update(row for (row,) in found)
    return articles, annotations


def _uuids(con: sqlite3.Connection, table: str, rows: Iterable[int]) -> list[str]:
    found = con.execute(
        f"SELECT uuid FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(rows)),)
    )
    return [uuid for (uuid,) in found]


def _replay(con: sqlite3.Connection, step: Step, *, back: bool) -> None:
    if con.execute("SELECT 1 FROM history_open").fetchone():
        raise RuntimeError("undoing is not a step itself")
    con.execute("PRAGMA defer_foreign_keys = ON")  # rows come back before or after those they point at
    order = "DESC" if back else ""
    rows = con.execute(
        f"SELECT * FROM history_row WHERE step_id = ? ORDER BY id {order}", (step.id,)
    ).fetchall()
    try:
        for row in rows:
            before, after = (json.loads(row[name] or "null") for name in ("before", "after"))
            now_is, wanted = (after, before) if back else (before, after)
            if not _put(con, row["tbl"], row["row"], now_is, wanted):
                raise Problem(ProblemKind.CHANGED_SINCE, step.id, row["tbl"])
    except sqlite3.IntegrityError as error:
        raise Problem(ProblemKind.CHANGED_SINCE, step.id, str(error)) from error
    con.execute("UPDATE history SET undone = ? WHERE id = ?", (back, step.id))
    changes.note_all(con, _rows_touched(con, step.id)[0])


def _put(
    con: sqlite3.Connection, table: str, number: int, now_is: Image | None, wanted: Image | None
) -> bool:
    """Make a row as wanted if it is as it should be now; say whether it is right in the end."""
    found = con.execute(f"SELECT * FROM {table} WHERE id = ?", (number,)).fetchone()
    row = dict(found) if found else None
    if wanted is None:
        return row is None or _take_away(con, table, row, now_is or {})
    known = {name: value for name, value in wanted.items() if name in _columns(con, table)}
    if now_is is None:
        if row is None:
            places = ", ".join("?" * len(known))
            con.execute(f"INSERT INTO {table}({', '.join(known)}) VALUES({places})", tuple(known.values()))
            return True
        return all(row[name] == value for name, value in known.items())
    if row is None or any(row[name] not in (now_is[name], value) for name, value in known.items()):
        return False
    news = ", ".join(f"{name} = ?" for name in known)
    if known:
        con.execute(f"UPDATE {table} SET {news} WHERE id = ?", (*known.values(), number))
    return True


def _take_away(con: sqlite3.Connection, table: str, row: Image, now_is: Image) -> bool:
    own = _BY_ITSELF.get(table, set())
    if any(row[name] != value for name, value in now_is.items() if name in row and name not in own):
        return False
    for child, column in _CHILDREN.get(table, ()):
        if con.execute(f"SELECT 1 FROM {child} WHERE {column} = ?", (row["id"],)).fetchone():
            return table in ("tag", "collection")
    con.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
    return True


def _columns(con: sqlite3.Connection, table: str) -> set[str]:
    return {row["name"] for row in con.execute(f"PRAGMA table_info({table})")}


def forget_articles(con: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Forget what steps did to articles that are about to be purged, and steps in which nothing else is."""
    asked = json.dumps(list(articles))
    within = "IN (SELECT value FROM json_each(?))"
    gone = {"article": {int(row) for row in json.loads(asked)}}
    for table in ("annotation", "article_tag", "collection_article"):
        found = con.execute(f"SELECT id FROM {table} WHERE article_id {within}", (asked,))
        gone[table] = {row for (row,) in found}
    found = con.execute(
        f"SELECT id FROM annotation_tag WHERE annotation_id {within}", (json.dumps(list(gone["annotation"])),)
    )
    gone["annotation_tag"] = {row for (row,) in found}
    steps: set[int] = set()
    for table, rows in gone.items():
        found = con.execute(
            f"DELETE FROM history_row WHERE tbl = ? AND row {within} RETURNING step_id",
            (table, json.dumps(list(rows))),
        )
        steps.update(step for (step,) in found)
    # A tag that was made along the way is no step of its own.
    con.execute(
        f"DELETE FROM history WHERE id {within}"
        " AND NOT EXISTS (SELECT 1 FROM history_row WHERE step_id = history.id AND tbl <> 'tag')",
        (json.dumps(list(steps)),),
    )


assert set(_CHILDREN) <= set(HISTORY_TABLES)
