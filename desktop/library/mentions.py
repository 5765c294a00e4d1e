"""The mentions of the articles' current texts, with their amounts and periods.

What the recognisers found is replaced as a whole; corrections are rules and live elsewhere. Sets of rows
never hold what is in the trash.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from desktop.library import money
from desktop.library.articles import row_of
from desktop.library.name_forms import normal
from desktop.library.owners import key_of, look_at_links
from desktop.library.stored import row_set, trashed_rows
from desktop.library.times import days_before, first_last_day
from desktop.model import (
    ACTOR_KINDS,
    AMOUNT_KINDS,
    ActorId,
    Amount,
    Approx,
    ArticleId,
    Mention,
    MentionKind,
    Period,
    Sense,
    Source,
)


class Measured(NamedTuple):
    """What an amount can be compared with (its dimension), and its ends; None = open at that end."""

    dimension: str
    low: float | None  #: in the dimension's base unit
    high: float | None
    euro: tuple[float | None, float | None] | None = None  #: money at the article's date; None = no rate


Measure = Callable[[Mention], Measured]


def replace(
    con: sqlite3.Connection,
    row: int,
    mentions: Sequence[Mention],
    *,
    stamp: str,
    measure: Measure,
    version: int | None = None,
) -> bool:
    """Store what was found in the current text of an article, instead of what was found before.

    stamp: names the recognisers; see `stale`. measure: gives of an amount what it can be compared with.
    version: the number of the version that was read.
    Returns False, and stores nothing, when the article is gone or has another version by now.
    Raises ValueError when a mention's text does not stand at its place.
    """
    current = con.execute(
        "SELECT v.id, v.number, v.text FROM article a JOIN text_version v ON v.id = a.version_id"
        " WHERE a.id = ?",
        (row,),
    ).fetchone()
    if current is None or version not in (None, current["number"]):
        return False
    for mention in mentions:
        if current["text"][mention.start : mention.end] != mention.text:
            raise ValueError(f"row {row}: {mention.text!r} does not stand at {mention.start}")
    con.execute("DELETE FROM mention WHERE article_id = ?", (row,))
    keys = _store_actors(con, row, mentions)
    first = con.execute("SELECT coalesce(max(id), 0) + 1 FROM mention").fetchone()[0]
    con.executemany(
        "INSERT INTO mention(id, article_id, start, end, text, kind, source, confidence, rule, name_key_id,"
        " role) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, row, m.start, m.end, m.text, m.kind, m.source, m.confidence, m.rule, key, m.role)
            for n, (m, key) in enumerate(zip(mentions, keys, strict=True), first)
        ),
    )
    _store_values(con, row, list(enumerate(mentions, first)), measure, current["text"])
    con.execute("UPDATE text_version SET extracted_by = ? WHERE id = ?", (stamp, current["id"]))
    return True


def _store_actors(con: sqlite3.Connection, row: int, mentions: Sequence[Mention]) -> list[int | None]:
    """Store the forms of the article's actors; return the name key of each mention."""
    known: dict[tuple[str, MentionKind], int] = {}
    keys: list[int | None] = []
    for mention in mentions:
        if mention.kind not in ACTOR_KINDS:
            keys.append(None)
            continue
        name = (mention.actor or mention.text, mention.kind)
        if name not in known:
            known[name] = key_of(con, *name)
        keys.append(known[name])
    forms = Counter((key, m.text) for m, key in zip(mentions, keys, strict=True) if key is not None)
    firsts = dict(reversed(forms.keys()))
    con.execute("DELETE FROM article_form WHERE article_id = ?", (row,))
    con.executemany(
        "INSERT INTO name_form(name_key_id, text, normal) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
        ((key, text, normal(text)) for key, text in forms),
    )
    con.executemany(
        "INSERT INTO article_form SELECT ?, id, ?, ? FROM name_form WHERE name_key_id = ? AND text = ?",
        ((row, count, firsts[key] == text, key, text) for (key, text), count in forms.items()),
    )
    look_at_links(con, firsts)
    return keys


_STORE_AMOUNT = f"INSERT INTO amount VALUES({', '.join('?' * 20)})"


def _store_values(
    con: sqlite3.Connection, row: int, numbered: Iterable[tuple[int, Mention]], measure: Measure, text: str
) -> None:
    for number, mention in numbered:
        if mention.amount is not None and mention.kind in AMOUNT_KINDS:
            con.execute(_STORE_AMOUNT, (number, row, *_amount_values(mention, measure(mention), text)))
        if mention.period is not None:
            con.execute(
                "INSERT INTO period VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    row,
                    mention.period.value,
                    mention.period.low,
                    mention.period.high,
                    *_days(mention.period),
                ),
            )


def _amount_values(mention: Mention, measured: Measured, text: str) -> tuple[object, ...]:
    amount, sense = mention.amount, mention.sense
    assert amount is not None
    purpose = sense.purpose if sense else None
    base = _ends(measured.low, measured.high)
    euro = _ends(*measured.euro) if measured.euro else (None, None)
    return (
        *(mention.kind, _plain(amount.value), _plain(amount.low), _plain(amount.high)),
        *(amount.unit, amount.noun, amount.approx, measured.dimension),
        *base,
        *((sense.start, sense.end) if sense else (None, None)),
        *((*purpose, text[slice(*purpose)]) if purpose else (None, None, None)),
        *euro,
        _cell(*(euro if mention.kind is MentionKind.MONEY else base)),
    )


def _cell(low: float | None, high: float | None) -> int | None:
    """Return where the worth of an amount lies on a logarithmic scale: see the column amount.cell."""
    worth = low if high is None or math.isinf(high) else high
    if worth is None or not 0 < worth < math.inf:
        return None
    return math.floor(math.log10(worth) * 4)


def _ends(low: float | None, high: float | None) -> tuple[float, float]:
    return -math.inf if low is None else low, math.inf if high is None else high


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _days(period: Period) -> tuple[str | None, str | None, int | None]:
    """Return the first and last full day and how many lie between; an open end is as far away as can be."""
    first = first_last_day(period.value or period.low)
    last = first_last_day(period.value or period.high)
    if first is None and last is None:
        return None, None, None
    first_day, last_day = first[0] if first else "0001-01-01", last[1] if last else "9999-12-31"
    return first_day, last_day, (date.fromisoformat(last_day) - date.fromisoformat(first_day)).days


_MARKED = """
SELECT m.*, x.name AS actor, x.uuid AS actor_uuid, x.kind AS actor_kind,
    a.mention_id AS has_amount, a.value, a.low, a.high, a.unit,
    a.noun, a.approx, a.sentence_start, a.sentence_end,
    a.purpose_start, a.purpose_end, p.mention_id AS has_period, p.value AS on_day, p.low AS from_day,
    p.high AS to_day, t.uuid AS article_uuid, t.title AS article_title, t.published AS article_published
FROM mention m
JOIN article t ON t.id = m.article_id
LEFT JOIN name_key k ON k.id = m.name_key_id
LEFT JOIN actor x ON x.id = k.actor_id AND NOT k.hidden
LEFT JOIN amount a ON a.mention_id = m.id
LEFT JOIN period p ON p.mention_id = m.id
"""
_OF_ARTICLE = (
    f"{_MARKED} WHERE m.article_id = ? AND k.reason IS NOT 'ignore' ORDER BY m.start, m.end DESC, m.id"
)


def of_article(con: sqlite3.Connection, article_id: ArticleId) -> list[Mention]:
    """Return the mentions in the current text, in reading order, with the actors' names as they are now.

    Raises Problem NO_SUCH_ARTICLE.
    """
    return [_mention(row) for row in con.execute(_OF_ARTICLE, (row_of(con, article_id),))]


def _mention(row: sqlite3.Row) -> Mention:
    amount = period = sense = None
    if row["has_amount"] is not None:
        sense = _sense(row)
        amount = Amount(
            value=_decimal(row["value"]),
            low=_decimal(row["low"]),
            high=_decimal(row["high"]),
            unit=row["unit"],
            noun=row["noun"],
            approx=Approx(row["approx"]) if row["approx"] else None,
        )
    if row["has_period"] is not None:
        period = Period(row["on_day"], row["from_day"], row["to_day"])
    return Mention(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        kind=_kind(row),
        source=Source(row["source"]),
        confidence=row["confidence"],
        rule=row["rule"],
        actor=row["actor"],
        role=row["role"],
        amount=amount,
        period=period,
        actor_id=ActorId(row["actor_uuid"]) if row["actor_uuid"] else None,
        sense=sense,
    )


def _kind(row: sqlite3.Row) -> MentionKind:
    """Return what a mention is shown as: an actor's kind may be the reader's, and so may be its being one."""
    if row["name_key_id"] is None:
        return MentionKind(row["kind"])
    return MentionKind(row["actor_kind"] or MentionKind.OTHER)


def _sense(row: sqlite3.Row) -> Sense | None:
    if row["sentence_start"] is None:
        return None
    purpose = None if row["purpose_start"] is None else (row["purpose_start"], row["purpose_end"])
    return Sense(row["sentence_start"], row["sentence_end"], purpose)


def _decimal(plain: str | None) -> Decimal | None:
    return None if plain is None else Decimal(plain)


def stale(con: sqlite3.Connection, stamps: tuple[str, str], limit: int) -> list[int]:
    """Return rows whose current text was read by other recognisers than these stamps name, or by none."""
    found = con.execute(
        "SELECT a.id FROM (SELECT id FROM text_version WHERE extracted_by IS NULL"
        " UNION ALL SELECT id FROM text_version WHERE extracted_by < ?1"
        " UNION ALL SELECT id FROM text_version WHERE extracted_by > ?1 AND extracted_by < ?2"
        " UNION ALL SELECT id FROM text_version WHERE extracted_by > ?2) v"
        " CROSS JOIN article a ON a.version_id = v.id WHERE a.trashed_at IS NULL LIMIT ?3",
        (*sorted(stamps), limit),
    )
    return [row for (row,) in found]


def stale_among(con: sqlite3.Connection, stamps: tuple[str, str], rows: Iterable[int]) -> list[int]:
    """Return those of these rows that `stale` would give."""
    found = con.execute(
        "SELECT a.id FROM article a JOIN text_version v ON v.id = a.version_id"
        " WHERE a.id IN (SELECT value FROM json_each(?)) AND a.trashed_at IS NULL"
        " AND (v.extracted_by IS NULL OR v.extracted_by NOT IN (?, ?))",
        (json.dumps(list(rows)), *stamps),
    )
    return [row for (row,) in found]


def make_stale(con: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Let the current texts of these articles count as not read yet: other corrections hold for them."""
    con.execute(
        "UPDATE text_version SET extracted_by = NULL WHERE id IN"
        " (SELECT version_id FROM article WHERE id IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(rows)),),
    )


def amounts_matching(
    con: sqlite3.Connection,
    dimension: str | None,
    low: float | None,
    high: float | None,
    *,
    kinds: Collection[MentionKind] = AMOUNT_KINDS,
    noun: str | None = None,
    per_unit: bool = True,
) -> set[int]:
    """Return the rows with an amount that overlaps [low, high], in base units; None = open at that end.

    dimension: what `replace`'s measure gave; None = any, each compared in its own base unit. noun: only
    amounts of this counted thing ("landen" also finds "Afrikaanse landen"). per_unit False: not those of so
    much per unit ("EUR/area").
    """
    dimensions = _dimensions(con) if dimension is None else {dimension}
    values = {
        "low": -math.inf if low is None else low,
        "high": math.inf if high is None else high,
        "noun": noun,
        "ends_in_noun": f"% {noun}",
        "dimensions": json.dumps([one for one in dimensions if per_unit or "/" not in one]),
    }
    names = ", ".join(f"'{MentionKind(kind)}'" for kind in kinds)
    fits = (
        "dimension IN (SELECT value FROM json_each(:dimensions)) AND base_low <= :high AND base_high >= :low"
    )
    fits += f" AND kind IN ({names})" if set(kinds) != set(AMOUNT_KINDS) else ""
    fits += " AND (noun LIKE :noun OR noun LIKE :ends_in_noun)" if noun else ""
    found = money.rows_that_fit(
        con,
        # Named, since SQLite takes an index by kind for the better one, which is ten times slower here.
        "SELECT article_id AS row FROM amount INDEXED BY amount_number"
        f" WHERE base_low = base_high AND base_low >= :low AND {fits} UNION ALL"
        f" SELECT article_id FROM amount INDEXED BY amount_range WHERE base_low <> base_high AND {fits}",
        fits,
        values,
    )
    return found - trashed_rows(con)


def per_unit(con: sqlite3.Connection, kind: MentionKind) -> Iterator[tuple[int, str, float, float]]:
    """Yield (row, unit, low, high) of the amounts of so much per unit, in base units, outside the trash."""
    names = json.dumps([one for one in _dimensions(con) if "/" in one])
    for numbers in _NUMBERS:
        yield from con.execute(
            f"SELECT article_id, unit, base_low, base_high FROM amount WHERE {numbers} AND kind = ?"
            " AND dimension IN (SELECT value FROM json_each(?))"
            " AND article_id NOT IN (SELECT id FROM article WHERE trashed_at IS NOT NULL)",
            (kind, names),
        )


_NUMBERS = ("base_low = base_high", "base_low <> base_high")  # as the indexes amount_number, amount_range


def _dimensions(con: sqlite3.Connection) -> set[str]:
    """Return the different dimensions: one look into an index for each, not a scan of all amounts."""
    found: set[str] = set()
    for numbers in _NUMBERS:
        rows = con.execute(
            f"WITH RECURSIVE d(name) AS (SELECT min(dimension) FROM amount WHERE {numbers} UNION ALL"
            f" SELECT (SELECT min(dimension) FROM amount WHERE {numbers} AND dimension > d.name) FROM d"
            " WHERE d.name IS NOT NULL) SELECT name FROM d WHERE name IS NOT NULL"
        )
        found.update(name for (name,) in rows)
    return found


def rows_dated(con: sqlite3.Connection, first_day: str | None, last_day: str | None) -> set[int]:
    """Return the rows of articles whose own date overlaps these days (YYYY-MM-DD; None = open)."""
    return row_set(
        con,
        "SELECT id AS row FROM article WHERE first_day BETWEEN ? AND ? AND last_day >= ?"
        " AND trashed_at IS NULL",
        _within(first_day, last_day),
    )


def rows_mentioning(con: sqlite3.Connection, first_day: str | None, last_day: str | None) -> set[int]:
    """Return the rows of articles whose text mentions a date that overlaps these days (None = open)."""
    begins_after, last, first = _within(first_day, last_day)
    found = row_set(
        con,
        "SELECT article_id AS row FROM period"
        " WHERE days <= 366 AND first_day BETWEEN :begins_after AND :last AND last_day >= :first"
        " UNION ALL SELECT article_id FROM period"
        " WHERE days > 366 AND first_day <= :last AND last_day >= :first",
        {"begins_after": begins_after, "last": last, "first": first},
    )
    return found - trashed_rows(con)


def _within(first_day: str | None, last_day: str | None) -> tuple[str, str, str]:
    """Return the first day on which a period of at most a year can begin, the last one, and the first day."""
    first = first_day or "0001-01-01"
    return days_before(first, 366), last_day or "9999-12-31", first
