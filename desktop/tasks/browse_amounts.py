"""Which amounts a person wants to look through: what they typed and chose, made into a filter."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.extraction import currency, units
from desktop.library import actors, amounts, money
from desktop.library.amounts import AmountFilter, InCurrency, Order
from desktop.model import MentionKind
from desktop.progress import Progress
from desktop.tasks import clauses
from desktop.tasks.clauses import Asked
from desktop.tasks.search import search
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and chosen."""

    query: str = ""  #: of the search field
    kind: MentionKind = MentionKind.MONEY
    dimension: str | None = None  #: "USD", "W"
    low: str = ""  #: "10 mln"
    high: str = ""
    actor: str = ""  #: a name


@dataclass(frozen=True, slots=True)
class Understood:
    """The filter, and the fields of the question ("low", "high") that could not be read."""

    filter: AmountFilter
    unread: frozenset[str] = frozenset()


def understand(session: Session, question: Question) -> Understood:
    """Find the articles, read the ends, look up the actor."""
    con = session.library.reader()
    rows = None
    asked: list[Asked] = []
    if question.query.strip():
        result = search(session, question.query, sort="date", unfinished=True)
        rows, asked = result.rows, clauses.asked_in(result.query)
    unread = {
        name
        for name, text in (("low", question.low), ("high", question.high))
        if text.strip() and clauses.asked_between(text, "") is None
    }
    low = "" if "low" in unread else question.low
    high = "" if "high" in unread else question.high
    typed = clauses.asked_between(low, high)
    found = actors.find(con, question.actor.strip()) if question.actor.strip() else None
    wanted = AmountFilter(
        kinds=frozenset({question.kind}),
        dimension=question.dimension,
        low=typed.low if typed else None,
        high=typed.high if typed else None,
        actors=None if found is None else frozenset(actor.id for actor in found),
        rows=rows,
    )
    for one in asked:
        wanted = _with(session, wanted, question.kind, one)
    return Understood(wanted, frozenset(unread))


def _with(session: Session, wanted: AmountFilter, kind: MentionKind, asked: Asked) -> AmountFilter:
    """Look only at the amounts that a clause of the query is about, where it is about this kind."""
    if asked.dimension is None:
        return replace(wanted, written=_ends(asked)) if kind in clauses.UNITLESS else wanted
    of_money = units.is_money(asked.dimension)
    if of_money is not (kind is MentionKind.MONEY):
        return wanted
    if of_money and asked.dimension != currency.EURO:
        return replace(wanted, worth=(*wanted.worth, _in_currency(session, asked.dimension, asked)))
    if not of_money and wanted.dimension not in (None, asked.dimension):
        return wanted
    lows = [low for low in (wanted.low, asked.low) if low is not None]
    highs = [high for high in (wanted.high, asked.high) if high is not None]
    return replace(
        wanted,
        dimension=wanted.dimension if of_money else asked.dimension,
        low=max(lows, default=None),
        high=min(highs, default=None),
        noun=asked.noun or wanted.noun,
    )


def _in_currency(session: Session, code: str, asked: Asked) -> InCurrency:
    rates = {}
    if currency.extremes(code) is not None:
        known = {day: currency.quote(code, day) for day in money.days(session.library.reader())}
        rates = {day: float(found.rate) for day, found in known.items() if found is not None}
    return InCurrency(code, *_ends(asked), rates)


def _ends(asked: Asked) -> tuple[float, float]:
    return (
        -math.inf if asked.low is None else asked.low,
        math.inf if asked.high is None else asked.high,
    )


def export(
    session: Session, question: Question, order: Order, descending: bool, path: Path, progress: Progress
) -> None:
    """Write the table of the amounts that are wanted into a file: XLSX where its name ends so, else CSV.

    Raises Problem NOT_WRITABLE, and Cancelled; the file is whole or not there.
    """
    from desktop.exporters.tables import TABLES, amount_columns  # the view opens sooner without these
    from desktop.tasks.export_notes import whole_file
    from desktop.tasks.tables import amount_records

    wanted = understand(session, question).filter
    found = amounts.find(session.library.reader(), wanted, order, descending=descending)
    format_name = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    with whole_file(path) as file:
        TABLES[format_name](amount_records(session, found, progress), amount_columns(), file)
