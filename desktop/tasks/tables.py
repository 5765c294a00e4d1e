"""The amounts and actors of the library, or of what a query finds, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from desktop.errors import Problem, ProblemKind
from desktop.exporters.base import link
from desktop.exporters.records import Record, actor_record, decimal_text
from desktop.exporters.tables import TABLES, Column, actor_columns, amount_columns
from desktop.extraction import currency
from desktop.library import actors, amounts
from desktop.model import ACTOR_KINDS, MentionKind
from desktop.progress import Progress, SilentProgress
from desktop.tasks.export_notes import whole_file
from desktop.tasks.search import search
from desktop.tasks.session import Session

_PAGE = 1000  # amounts read at once


def amount_rows(session: Session, query: str, progress: Progress | None = None) -> Iterator[Record]:
    """Yield every amount in the articles found (an empty query: in all), newest article first.

    Numbers are plain decimals. Money stands in euro too, at the rate of the day, month or year `rate_day`;
    an amount "at least" is open above, one "at most" below. Raises Cancelled.
    """
    con = session.library.reader()
    rows = search(session, query, sort="date").rows if query else None
    yield from amount_records(session, amounts.find(con, amounts.AmountFilter(rows=rows)), progress)


def amount_records(
    session: Session, found: Sequence[int], progress: Progress | None = None
) -> Iterator[Record]:
    """Yield these amounts (numbers of their mentions) in this order, see `amount_rows`."""
    progress = progress or SilentProgress()
    con = session.library.reader()
    for start in range(0, len(found), _PAGE):
        progress.step(start, len(found))
        for row in amounts.page(con, found[start : start + _PAGE]):
            yield _amount_record(row)


def _amount_record(row: amounts.AmountRow) -> Record:
    amount = row.amount
    converted = currency.euro(amount, row.published)
    return {
        "article": row.article,
        "published": row.published,
        "title": row.title,
        "text": row.written,
        "kind": row.kind.value,
        "value": decimal_text(amount.value),
        "low": decimal_text(amount.low),
        "high": decimal_text(amount.high),
        "unit": amount.unit,
        "noun": amount.noun,
        "approx": amount.approx.value if amount.approx else None,
        "start": row.start,
        "end": row.end,
        "purpose": row.purpose,
        "actors": [actor.name for actor in row.actors],
        "sentence": " ".join(row.sentence.split()),
        "euro_low": _to_cents(converted.low) if converted else None,
        "euro_high": _to_cents(converted.high) if converted else None,
        "rate": decimal_text(converted.rate) if converted and converted.said.day else None,
        "rate_day": (converted.said.day or None) if converted else None,
        "rate_kind": _rate_kind(converted, row.published),
        "link": link(row.article),
    }


def _rate_kind(converted: currency.Converted | None, published: str | None) -> str | None:
    """Say what the rate is: of the "day", of a "previous_day", the mean of a "month" or "year", "fixed"."""
    if converted is None or converted.said.kind is currency.RateKind.SAME:
        return None
    said = converted.said
    return "previous_day" if said.kind is currency.RateKind.DAY and said.day != published else said.kind.value


def _to_cents(number: Decimal | None) -> str | None:
    """Write euros with cents, and what is less than a euro with four digits."""
    if number is None:
        return None
    places = 2 if abs(number) >= 1 or not number else 3 - number.adjusted()
    return decimal_text(round(number, places))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the actors stand in a table. limit None = all."""

    kinds: frozenset[MentionKind] = frozenset(ACTOR_KINDS)
    limit: int | None = None


def actor_rows(
    session: Session, query: str, progress: Progress | None = None, choice: Choice | None = None
) -> Iterator[Record]:
    """Yield the actors in the articles found (an empty query: in all), the most mentioned first.

    first and last: dates of the first and last of those articles. Raises Cancelled.
    """
    progress, choice = progress or SilentProgress(), choice or Choice()
    con = session.library.reader()
    rows = search(session, query).rows if query else None
    progress.step(0, 3)
    found = [one for one in actors.all_actors(con, rows) if one.kind in choice.kinds]
    progress.step(1, 3)
    dates = actors.dates(con, rows)
    progress.step(2, 3)
    for actor in found[: choice.limit]:
        first, last = dates.get(actor.id, (None, None))
        yield actor_record(actor) | {"first": first, "last": last}


def table_rows(
    session: Session, what: str, query: str, *, choice: Choice | None = None
) -> Iterator[tuple[list[str], Record]]:
    """Yield the rows of a table ("amounts" or "actors"), each with the keys of its columns in their order."""
    keys = [column.key for column in _COLUMNS[what]()]
    for row in _rows(session, what, query, None, choice):
        yield keys, row


def _rows(
    session: Session, what: str, query: str, progress: Progress | None, choice: Choice | None
) -> Iterator[Record]:
    if what == "amounts":
        return amount_rows(session, query, progress)
    return actor_rows(session, query, progress, choice)


_COLUMNS: dict[str, Callable[[], tuple[Column, ...]]] = {"amounts": amount_columns, "actors": actor_columns}


def write_table(
    session: Session,
    what: str,
    format_name: str,
    file: BinaryIO,
    *,
    query: str = "",
    choice: Choice | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a table ("amounts" or "actors") as "csv", "json" or "xlsx"; choice: which actors.

    Raises Problem UNKNOWN_VALUE for another format, and Cancelled.
    """
    if format_name not in TABLES:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "--format", format_name)
    TABLES[format_name](_rows(session, what, query, progress, choice), _COLUMNS[what](), file)


def export_table(
    session: Session,
    what: str,
    format_name: str,
    path: Path,
    *,
    query: str = "",
    choice: Choice | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a table into a file, which is whole or not there; otherwise as `write_table`.

    Raises Problem NOT_WRITABLE.
    """
    with whole_file(path) as file:
        write_table(session, what, format_name, file, query=query, choice=choice, progress=progress)
