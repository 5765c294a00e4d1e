"""Which notes a person wants to look through, and what can be done with several of them at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.library import actors, history
from desktop.library import annotations as notes
from desktop.library.note_table import NoteFilter
from desktop.model import AnchorState, AnnotationId, Changes
from desktop.tasks import clauses
from desktop.tasks.search import search
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and chosen. Dates are written as in a query: "2025-01..2025-03"."""

    query: str = ""  #: of the search field
    words: str = ""
    colour: int | None = None
    tag: str | None = None
    actor: str = ""
    state: AnchorState | None = None
    noted: bool | None = None
    made: str = ""
    dated: str = ""

    @property
    def unread(self) -> frozenset[str]:
        """Return which of "made" and "dated" is no date; such a one asks nothing."""
        typed = {"made": self.made, "dated": self.dated}
        return frozenset(
            name for name, words in typed.items() if words.strip() and clauses.read_days(words) is None
        )


def understand(session: Session, question: Question) -> NoteFilter:
    """Find the articles and actors that are asked about."""
    rows = actor_ids = None
    if question.query.strip():
        rows = search(session, question.query, sort="date", unfinished=True).rows
    if question.actor.strip():
        con = session.library.reader()
        found = actors.find(con, question.actor) or actors.find(con, question.actor, prefix=True)
        actor_ids = [actor.id for actor in found]
    return NoteFilter(
        rows=rows,
        words=question.words,
        colour=question.colour,
        tag=question.tag,
        actors=actor_ids,
        state=question.state,
        noted=question.noted,
        made=clauses.read_days(question.made) or (None, None),
        dated=clauses.read_days(question.dated) or (None, None),
    )


# Several at once, each call one step that can be undone. Notes that are gone meanwhile are left out.


def recolour(session: Session, ids: Sequence[AnnotationId], colour: int) -> Changes:
    """Give highlights another colour. Raises ValueError for a colour that is none."""
    return _step(session, "recolour", ids, lambda con: notes.recolour_all(con, ids, colour))


def change_tags(
    session: Session, ids: Sequence[AnnotationId], add: Sequence[str], remove: Sequence[str]
) -> Changes:
    """Give notes some tags and take others away."""
    return _step(session, "tag", ids, lambda con: notes.change_tags_of_all(con, ids, add, remove))


def delete(session: Session, ids: Sequence[AnnotationId]) -> Changes:
    """Delete notes."""
    return _step(session, "delete_annotation", ids, lambda con: notes.delete_all(con, ids))


def _step(
    session: Session, kind: str, ids: Sequence[AnnotationId], work: Callable[[sqlite3.Connection], object]
) -> Changes:
    def recorded(con: sqlite3.Connection) -> Changes:
        concerned = notes.articles_of(con, ids)
        with history.recording(con, kind, {"count": str(len(ids))}) as step:
            work(con)
        return Changes(articles=concerned, annotations=frozenset(ids), step=step)

    return session.library.write(recorded)
