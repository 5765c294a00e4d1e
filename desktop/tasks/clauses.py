"""The clauses of a query that the library answers: actors, dates, amounts, details, tags, notes, states."""

from __future__ import annotations

import datetime as dt
import math
import re
import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop import i18n
from desktop.extraction import amounts, currency, units
from desktop.extraction.dates import first_last_day
from desktop.i18n import _
from desktop.library import actors, filters, mentions, money, named_collections
from desktop.library import annotations as notes
from desktop.model import LANGUAGES, Amount, MentionKind
from desktop.search import query as queries
from desktop.search import snippets
from desktop.search.fields import compare_date, field_named
from desktop.search.query import And, Clause, How, Node, Not, Op, Or, Query, QueryError, Text

#: Fields that ask for an actor, with its kind; None = any.
NAMES = {
    "actor": None,
    "person": MentionKind.PERSON,
    "org": MentionKind.ORGANISATION,
    "place": MentionKind.PLACE,
}
#: The field that asks for actors of a kind; others are asked for as any actor.
FIELDS_OF_KINDS = {kind: field for field, kind in NAMES.items() if kind is not None}
_CODE = re.compile(r"(?<=[a-z\d])([A-Z]{3})$")  # a currency's, written against the scale: "10mlnCHF"
#: An amount asked without a unit means money, counts and bare numbers as written.
UNITLESS = (MentionKind.MONEY, MentionKind.COUNT, MentionKind.NUMBER)


def rows(con: sqlite3.Connection, clause: Clause) -> set[int]:
    """Return the articles for which a clause holds."""
    field = clause.field
    whole, prefix = clause.op is Op.EXACT, clause.op is Op.PREFIX
    if field in NAMES:
        found = actors.find(con, clause.value, NAMES[field], prefix=prefix)
        return actors.rows_with(con, [actor.id for actor in found])
    if field == "date":
        return mentions.rows_dated(con, *_days(clause))
    if field == "mentions":
        return mentions.rows_mentioning(con, *_days(clause))
    if field == "amount":
        return _rows_with_amount(con, clause)
    if field == "lang":
        return filters.in_language(con, clause.value)
    if field == "is":
        return filters.in_state(con, clause.value)
    if field == "tag":
        return notes.rows_tagged(con, clause.value)
    if field == "collection":
        return named_collections.rows_in(con, clause.value, whole=whole, prefix=prefix)
    if field == "note":
        return _rows_noted(con, clause.value)
    return filters.with_detail(con, field, clause.value, whole=whole, prefix=prefix)


def _rows_noted(con: sqlite3.Connection, words: str) -> set[int]:
    """Return the articles with a note that holds all these words, in any inflection."""
    from desktop.search.index import ANALYSIS

    asked = words.split()
    languages = {i18n.language(), LANGUAGES[0]}  # a note has no language of its own

    def holds(note: str, word: str) -> bool:
        return any(snippets.find_ranges(note, lang, [word], ANALYSIS) for lang in languages)

    return {row for row, note in notes.notes(con) if all(holds(note, word) for word in asked)}


# Dates


def read_days(text: str) -> tuple[str | None, str | None] | None:
    """Return the first and last day that a date as typed in a query allows; None if it is no date."""
    found = compare_date(text)
    return None if found is None else _days(Clause("date", found.op, text, found.low, found.high))


def _days(clause: Clause) -> tuple[str | None, str | None]:
    """Return the first and last day (YYYY-MM-DD) that a date clause allows; None = open."""
    first = first_last_day(clause.low)[0] if clause.low else None
    last = first_last_day(clause.high)[1] if clause.high else None
    if clause.op is Op.GT and clause.low:
        first = _moved(first_last_day(clause.low)[1], 1)
    elif clause.op is Op.LT and clause.high:
        last = _moved(first_last_day(clause.high)[0], -1)
    return first, last


def _moved(day: str, by: int) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(by)).isoformat()
    except OverflowError:  # the last day there is
        return day


# Amounts


@dataclass(frozen=True, slots=True)
class Asked:
    """The amounts asked for: base values of a dimension; None = money, counts and numbers as written."""

    dimension: str | None
    low: float | None
    high: float | None
    noun: str | None


def asked_in(query: Query) -> list[Asked]:
    """Return what a query asks of amounts, where every article found has to have all of it."""
    leaves = query.ast.children if isinstance(query.ast, And) else (query.ast,)
    found = [_asked(leaf) for leaf in leaves if isinstance(leaf, Clause) and leaf.field == "amount"]
    return [asked for asked in found if asked is not None]


def asked_between(low: str, high: str) -> Asked | None:
    """Read the ends of a range as typed, "" = open; None if that cannot be read, or is nothing."""
    return _asked(Clause("amount", Op.IS, "", low.strip() or None, high.strip() or None))


def is_answerable(clause: Clause) -> bool:
    """Tell whether a clause can be answered; one whose amount cannot be read is to be taken as words."""
    return clause.field != "amount" or _asked(clause) is not None


def _rows_with_amount(con: sqlite3.Connection, clause: Clause) -> set[int]:
    asked = _asked(clause)
    if asked is None:
        return set()
    if asked.dimension is None:
        return _rows_as_written(con, asked)
    if asked.dimension == currency.EURO:
        return money.rows_worth(con, asked.low, asked.high)
    found = mentions.amounts_matching(con, asked.dimension, asked.low, asked.high, noun=asked.noun)
    return found | _rows_worth(con, asked) if units.is_money(asked.dimension) else found


def _rows_as_written(con: sqlite3.Connection, asked: Asked) -> set[int]:
    """Return the articles with such a figure, whatever its currency, what it counts, or what it is per."""
    low = -math.inf if asked.low is None else asked.low
    high = math.inf if asked.high is None else asked.high
    whole = mentions.amounts_matching(con, None, asked.low, asked.high, kinds=UNITLESS, per_unit=False)
    return whole | {
        row
        for row, unit, least, most in mentions.per_unit(con, MentionKind.MONEY)
        if _as_written(least, unit) <= high and _as_written(most, unit) >= low
    }


@lru_cache(10_000)
def _as_written(base: float, unit: str) -> float:
    """Return the figure of an amount in base units, such as 0.25 for 0.25 euro a kilowatt-hour."""
    if math.isinf(base):
        return base
    factor = amounts.measure_amount(Amount(value=Decimal(1), unit=unit))[1]
    return float(f"{base / factor:.12g}") if factor else base


def _rows_worth(con: sqlite3.Connection, asked: Asked) -> set[int]:
    """Return the articles with money in other currencies that was worth so much."""
    code = asked.dimension
    extremes = currency.extremes(code) if code else None
    if code is None or extremes is None:
        return set()

    def rate_at(published: str | None) -> float | None:
        known = currency.quote(code, published)
        return None if known is None else float(known.rate)

    least, most = map(float, extremes)
    return money.rows_worth_in(
        con, asked.low, asked.high, extremes=(least, most), rate_at=rate_at, without=code
    )


def _asked(clause: Clause) -> Asked | None:
    ends = [_read(text) for text in (clause.low, clause.high) if text is not None]
    if not ends or None in ends:
        return None
    known = [end for end in ends if end is not None]
    dimensions = {amounts.measure_amount(end)[0] for end in known}
    if len(dimensions) > 1:
        return None
    low = _lowest(known[0]) if clause.low is not None else None
    high = _highest(known[-1]) if clause.high is not None else None
    dimension = dimensions.pop()
    if clause.op is Op.GT and low is not None:
        low = _next_float(low)
    elif clause.op is Op.LT and high is not None:
        high = -_next_float(-high)
    return Asked(None if dimension == "number" else dimension, low, high, known[0].noun)


def _read(text: str) -> Amount | None:
    """Read an amount as typed: as the interface's language writes it, else as one of the others does.

    A reading as scale or unit goes before one as counted noun: "1mld" is no mld in any language.
    """
    text = _CODE.sub(r" \1", text)
    languages = sorted(LANGUAGES, key=lambda lang: lang != i18n.language())
    readings = [amount for lang in languages if (amount := amounts.read_amount(text, lang)) is not None]
    return min(readings, key=lambda amount: amount.noun is not None, default=None)


def _lowest(amount: Amount) -> float | None:
    low = amounts.measure_amount(amount)[1]
    return None if low is None else float(low)


def _highest(amount: Amount) -> float | None:
    high = amounts.measure_amount(amount)[2]
    return None if high is None else float(high)


def _next_float(number: float) -> float:
    return math.nextafter(number, math.inf)


# In words


def query_error_text(error: QueryError) -> str:
    """Say in one line what was not understood of a query."""
    return _(queries.ERROR_TEXTS[error.kind]).format(detail=error.detail)


def explain(tree: Node | None) -> str:
    """Say in words what a tree asks."""
    if isinstance(tree, Or):
        return _either(tree)  # nothing beside it to keep it apart from
    return _said(tree) if tree is not None else _("all articles")


def _either(node: Or) -> str:
    return _(" or ").join(_said(child) for child in node.children)


def _said(node: Node) -> str:
    if isinstance(node, Not):
        return _("not ({what})").format(what=_said(node.child))
    if isinstance(node, And):
        return _(" and ").join(_said(child) for child in node.children)
    if isinstance(node, Or):
        return f"({_either(node)})"
    return _said_text(node) if isinstance(node, Text) else _said_clause(node)


def _said_text(leaf: Text) -> str:
    words = {
        How.WORD: _("“{text}” in any inflection"),
        How.PHRASE: _("the words “{text}” in this order"),
        How.NEAR: _("the words “{text}” with at most {number} between them"),
        How.PREFIX: _("words that begin with “{text}”"),
        How.FUZZY: _("words like “{text}”"),
        How.EXACT: _("exactly “{text}”"),
    }
    said = words[leaf.how].format(text=leaf.text, number=leaf.number)
    return _("{what} in the title").format(what=said) if leaf.title else said


def _said_clause(clause: Clause) -> str:
    if clause.field in ("date", "mentions"):
        first, last = _days(clause)
        about = _("date of the article") if clause.field == "date" else _("a date that the text mentions")
        return _("{field} from {low} to {high}").format(
            field=about, low=i18n.format_date(first) or "…", high=i18n.format_date(last) or "…"
        )
    if clause.field == "amount" and (asked := _asked(clause)):
        return _said_amount(clause, asked)
    row = field_named(clause.field)
    value = _("“{text}”").format(text=clause.value)
    return f"{_(row.help) if row else clause.field}: {value}"


def _said_amount(clause: Clause, asked: Asked) -> str:
    unit = asked.dimension
    if unit is None:
        unit = _("money in any currency, counts and numbers, as written")
    elif asked.noun:
        unit = asked.noun
    elif not units.is_money(unit):
        bases = units.symbols().base
        base = "/".join(bases.get(part, part) for part in unit.split("/"))
        unit = _("{unit} or what converts to it").format(unit=base)
    elif currency.extremes(unit) is None:
        unit = _("{unit}; other currencies are left out: no rate is known").format(unit=unit)
    else:
        unit = _("{unit}; other currencies at the rate of the article’s date").format(unit=unit)
    if clause.op is Op.GT:
        text = _("an amount of more than {low} ({unit})")
    elif clause.op is Op.LT:
        text = _("an amount of less than {high} ({unit})")
    elif asked.low == asked.high:
        text = _("an amount of {low} ({unit})")
    else:
        text = _("an amount from {low} to {high} ({unit})")
    return text.format(low=_said_end(asked.low), high=_said_end(asked.high), unit=unit)


def _said_end(end: float | None) -> str:
    """Write an end; the twelve digits leave out what `_next_float` added."""
    return "…" if end is None else i18n.format_number(Decimal(f"{end:.12g}"))
