"""Which actors a person wants to look through, and their table as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.exporters.records import Record, actor_record
from desktop.exporters.tables import TABLES, actor_table_columns
from desktop.library import actor_table, links
from desktop.library.actor_table import ActorFilter, ActorRow, Order
from desktop.library.actors import by_ids
from desktop.model import Actor, MentionKind
from desktop.progress import Progress
from desktop.tasks.export_notes import whole_file
from desktop.tasks.search import search
from desktop.tasks.session import Session

_PAGE = 200  # actors read at once


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and chosen."""

    query: str = ""  #: of the search field
    kind: MentionKind | None = None  #: None = all
    words: str = ""  #: of a name
    least: int = 1  #: articles


def understand(session: Session, question: Question) -> ActorFilter:
    """Find the articles that are asked about."""
    rows = None
    if question.query.strip():
        rows = search(session, question.query, sort="date", unfinished=True).rows
    kinds = frozenset() if question.kind is None else frozenset({question.kind})
    return ActorFilter(kinds, question.words, question.least, rows)


def records(
    session: Session, found: Sequence[int], rows: Sequence[int] | None, progress: Progress
) -> Iterator[Record]:
    """Yield these actors (numbers) in this order, counted in some articles or in all. Raises Cancelled."""
    con = session.library.reader()
    for start in range(0, len(found), _PAGE):
        progress.step(start, len(found))
        for row in actor_table.page(con, found[start : start + _PAGE], rows):
            yield _record(row)


def _record(row: ActorRow) -> Record:
    return {
        **actor_record(row.actor),
        "first": row.first,
        "last": row.last,
        "with": [one.name for one in row.company],
    }


def export(
    session: Session, question: Question, order: Order, descending: bool, path: Path, progress: Progress
) -> None:
    """Write the table of the actors that are wanted into a file: XLSX where its name ends so, else CSV.

    Raises Problem NOT_WRITABLE, and Cancelled; the file is whole or not there.
    """
    wanted = understand(session, question)
    found = actor_table.find(session.library.reader(), wanted, order, descending=descending)
    format_name = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    with whole_file(path) as file:
        TABLES[format_name](records(session, found, wanted.rows, progress), actor_table_columns(), file)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors that may be one; how, role, near: why, see `extraction.name_links`."""

    short: Actor
    fuller: Actor
    how: str
    role: str = ""
    near: str = ""


def suggestions(session: Session, limit: int = 200) -> list[Suggestion]:
    """Return which actors may be one, those in most articles first."""
    con = session.library.reader()
    pairs = links.suggestions(con, limit)
    ids = list(dict.fromkeys(one for pair in pairs for one in pair[:2]))
    known = {actor.id: actor for actor in by_ids(con, ids)}
    return [Suggestion(known[short], known[fuller], *why) for short, fuller, *why in pairs]
