"""The amounts and actors of the library, or of what a query finds, as rows of a table."""

from __future__ import annotations

from desktop.exporters.records import Record, actor_record, decimal_text
from desktop.library import actors, mentions
from desktop.tasks.search import search
from desktop.tasks.session import Session


def amount_rows(session: Session, query: str) -> list[Record]:
    """Return every amount in the articles found (an empty query: in all), newest article first."""
    con = session.library.reader()
    result = search(session, query, sort="date")
    return [
        {
            "article": found.article,
            "published": found.published,
            "title": found.title,
            "text": found.mention.text,
            "kind": found.mention.kind.value,
            "value": decimal_text(found.amount.value),
            "low": decimal_text(found.amount.low),
            "high": decimal_text(found.amount.high),
            "unit": found.amount.unit,
            "noun": found.amount.noun,
            "approx": found.amount.approx.value if found.amount.approx else None,
            "start": found.mention.start,
            "end": found.mention.end,
        }
        for found in mentions.all_amounts(con, result.rows)
    ]


def actor_rows(session: Session, query: str) -> list[Record]:
    """Return the actors in the articles found (an empty query: in all), the most mentioned first."""
    con = session.library.reader()
    rows = search(session, query).rows if query else None
    return [actor_record(actor) for actor in actors.all_actors(con, rows)]
