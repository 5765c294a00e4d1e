"""Link articles whose texts are nearly one, as they come in and in libraries that were made before that."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from desktop.extraction.near_copies import STAMP, copies_among, sketch
from desktop.library import articles, copies
from desktop.library.database import Priority
from desktop.model import Changes
from desktop.progress import Progress
from desktop.tasks.session import Session
from desktop.workers import WorkerExecutor, Workers

_BATCH = 200  # texts sketched by a process at a time
_SECONDS, _MEGABYTES = 60.0, 512  # what that may take
_FEW = 10  # texts that are sketched in this process
_AT_ONCE = 20  # sketches stored in one transaction


def sketch_in(con: sqlite3.Connection, row: int, text: str, made: Sequence[int] | None = None) -> list[int]:
    """Keep an article's sketch, within the transaction that stores its text; return what may be its copies.

    made: the sketch, where it was made before.
    """
    return copies.sketch(con, row, sketch(text) if made is None else made, STAMP)


def link(session: Session, row: int, text: str, maybe: Sequence[int]) -> bool:
    """Link an article with those of these that are its copies; say whether there are any."""
    if not maybe:
        return False
    found = copies_among(text, articles.texts(session.library.reader(), maybe))
    if found:
        session.library.write(partial(copies.link, rows=[row, *found]), priority=Priority.IMPORT)
    return bool(found)


def link_older(session: Session, progress: Progress) -> Changes:
    """Link the articles that were there before copies were looked for. Raises Cancelled; the rest waits."""
    done = found = 0
    con = session.library.reader()
    if not copies.without_sketch(con, STAMP, 1):
        return Changes()
    with (
        Workers(1) as workers,
        WorkerExecutor(workers, 1, seconds=_SECONDS, megabytes=_MEGABYTES) as executor,
    ):
        while rows := copies.without_sketch(con, STAMP, _BATCH):
            texts = articles.texts(con, rows)
            known = [row for row in rows if row in texts]
            if len(known) < _FEW:
                made = sketches([texts[row] for row in known])
            else:
                made = executor.submit(sketches, [texts[row] for row in known]).result()
            for start in range(0, len(known), _AT_ONCE):
                progress.step(done, 0)
                some = list(zip(known, made, strict=True))[start : start + _AT_ONCE]
                done += len(some)
                for row, maybe in session.library.write(partial(_keep, some=some), priority=Priority.IDLE):
                    found += link(session, row, texts[row], maybe)
            if len(known) < len(rows):
                break  # articles without a text: nothing to wait for
    return Changes(library=bool(found))


def sketches(texts: Sequence[str]) -> list[list[int]]:
    """Return the sketches of texts."""
    return [sketch(text) for text in texts]


def _keep(
    con: sqlite3.Connection, *, some: Sequence[tuple[int, Sequence[int]]]
) -> list[tuple[int, list[int]]]:
    return [(row, sketch_in(con, row, "", made)) for row, made in some]
