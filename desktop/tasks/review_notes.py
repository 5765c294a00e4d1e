"""Notes whose passage moved or is gone in a newer text: listing them, and settling each, undoably."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.anchoring import quote
from desktop.library import anchors, articles, history
from desktop.library import annotations as notes
from desktop.model import AnchorState, Annotation, AnnotationId, ArticleId, Changes
from desktop.tasks.session import Session

_AROUND = 80  # characters shown on either side of a new place

Shown = tuple[str, str, str]  #: what stands before a passage, the passage, what stands behind it


@dataclass(frozen=True, slots=True)
class Review:
    """One note to be looked at: what was marked, and what is marked now (None = its passage is gone)."""

    annotation: Annotation
    article: ArticleId
    title: str
    old: Shown
    new: Shown | None

    @property
    def same_words(self) -> bool:
        """Whether the passage moved without a change of words."""
        return self.new is not None and self.new[1] == self.old[1]


def to_review(session: Session) -> list[Review]:
    """Return what is to be looked at: by article, and there the lost first, then those in other words."""
    con = session.library.reader()
    found: list[Review] = []
    for article in anchors.unsettled(con):
        text, title = articles.text(con, article).text, articles.get(con, article).title
        some = [
            _review(one, title, text)
            for one in notes.of_article(con, article)
            if one.state is not AnchorState.ANCHORED
        ]
        found += sorted(some, key=lambda one: (one.new is not None, one.same_words))
    return found


def _review(one: Annotation, title: str, text: str) -> Review:
    old = one.quote.prefix, one.quote.exact, one.quote.suffix
    new = None
    if one.start is not None and one.end is not None:
        before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
        new = before, text[one.start : one.end], after
    return Review(one, one.article, title, old, new)


def accept(session: Session, ids: Sequence[AnnotationId]) -> Changes:
    """Say that these notes stand in the right place: what stands there is their passage from now on.

    One that has no place is left as it is. Raises Problem NO_SUCH_ANNOTATION.
    """

    def work(con: sqlite3.Connection) -> None:
        for annotation in ids:
            one = notes.get(con, annotation)
            if one.start is not None and one.end is not None:
                _put(con, one, one.start, one.end)

    return _step(session, "place_note", ids, work)


def place_at(session: Session, annotation: AnnotationId, start: int, end: int) -> Changes:
    """Put a note on another passage `[start, end)` of the current text of its article; its id stays.

    Raises Problem NO_SUCH_ANNOTATION, ValueError for a range outside the text.
    """
    return _step(
        session, "place_note", [annotation], lambda con: _put(con, notes.get(con, annotation), start, end)
    )


def _put(con: sqlite3.Connection, one: Annotation, start: int, end: int) -> None:
    text = articles.text(con, one.article).text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no such passage: {start}..{end} of {len(text)}")
    notes.change(con, one.id, start=start, end=end, quote=quote.make(text, start, end))


def keep_on_article(session: Session, annotation: AnnotationId) -> Changes:
    """Make a note one on the whole article, with what was marked as a quotation in front of it.

    Raises Problem NO_SUCH_ANNOTATION.
    """

    def work(con: sqlite3.Connection) -> None:
        one = notes.get(con, annotation)
        quoted = "\n".join(f"> {line}".rstrip() for line in one.quote.exact.splitlines())
        anchors.detach(con, annotation, f"{quoted}\n\n{one.note}".strip())

    return _step(session, "detach_note", [annotation], work)


def _step(
    session: Session, kind: str, ids: Sequence[AnnotationId], work: Callable[[sqlite3.Connection], object]
) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        concerned = frozenset(notes.get(con, annotation).article for annotation in ids)
        with history.recording(con, kind, {"count": str(len(ids))}) as step:
            work(con)
        return Changes(articles=concerned, annotations=frozenset(ids), step=step)

    return session.library.write(recorded)
