"""Bring the index in line with the library: follow its changes, or fill it anew.

Filling goes newest article first, in batches that are committed, so that a search answers from what is
there already and an interruption loses little: the next start goes on with what is still missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.library import articles, changes
from desktop.library.database import Library
from desktop.progress import Progress
from desktop.search.index import Index, IndexDocument
from desktop.tasks.session import Session

_BATCH = 200  # articles read from the library at once


def follow(session: Session, progress: Progress) -> None:
    """Index what changed since the last time; everything if there is no usable index.

    Raises Cancelled (what was committed stays), Problem if the index's folder cannot be written,
    RuntimeError if the index was damaged again as soon as it was filled anew.
    """
    for _attempt in range(2):
        _follow_once(session, progress)
        if not session.index.needs_rebuild:
            return
    raise RuntimeError(f"the index cannot be used: {session.index.needs_rebuild}")


def _follow_once(session: Session, progress: Progress) -> None:
    index, library = session.index, session.library
    if index.needs_rebuild:
        index.reset(followed=changes.newest(library.reader()))
    if not index.complete:
        present = index.rows()
        missing = [row for row in articles.rows(library.reader()) if row not in present]
        index.update(_documents(library, missing), total=len(missing), progress=progress)
        index.note(complete=True)
    while not index.needs_rebuild and (changed := changes.since(library.reader(), index.followed, _BATCH)):
        _apply(index, library, [row for _number, row in changed], changed[-1][0], progress)


def rebuild(session: Session, progress: Progress) -> int:
    """Throw the index away and fill it anew; return the number of articles. Raises as `follow`."""
    session.index.reset(followed=changes.newest(session.library.reader()))
    follow(session, progress)
    return len(session.index.rows())


def _apply(index: Index, library: Library, rows: Sequence[int], followed: int, progress: Progress) -> None:
    documents = list(_documents(library, rows))
    index.delete(set(rows) - {document.row for document in documents})
    index.update(documents, followed=followed, total=len(documents), progress=progress)


def _documents(library: Library, rows: Sequence[int]) -> Iterator[IndexDocument]:
    """Read articles for the index; what is in the trash or gone is left out."""
    con = library.reader()
    for start in range(0, len(rows), _BATCH):
        found = articles.by_rows(con, rows[start : start + _BATCH])
        texts = articles.texts(con, [article.row for article in found])
        for article in found:
            if article.trashed_at is None and article.row in texts:
                yield IndexDocument(article.row, article.title, texts[article.row], article.lang)
