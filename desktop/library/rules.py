"""The reader's corrections, in the order in which they apply: later ones win."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from desktop.library.name_forms import normal
from desktop.library.stored import storable
from desktop.library.times import now
from desktop.model import (
    ACTOR_KINDS,
    ActorId,
    Amount,
    Approx,
    ArticleId,
    Condition,
    MentionKind,
    Period,
    Rule,
    RuleId,
    RuleKind,
    StepId,
    TextQuote,
)

State = tuple[int, int, str]  #: see `state`
_VARIES = re.compile(r"[^bdfghjklmpqrtvwx014-9]+")  # vowels, accents, spaces, what may be small and raised


def add(con: sqlite3.Connection, rule: Rule) -> Rule:
    """Store a new rule behind the others and return it as stored; an empty id or time is filled in.

    Raises sqlite3.IntegrityError for an id that was here before, also one that was deleted.
    """
    quote = rule.condition.quote
    values = {
        "uuid": rule.id or str(uuid.uuid4()),
        "kind": rule.kind,
        "name": _storable(rule.condition.name),
        "name_kind": rule.condition.kind,
        "article_uuid": rule.condition.article,
        "exact": quote and storable(quote.exact),
        "prefix": quote and storable(quote.prefix),
        "suffix": quote and storable(quote.suffix),
        "actor_uuid": rule.actor,
        "new_name": _storable(rule.name),
        "new_kind": rule.to_kind,
        "amount": _to_json(rule.amount) if rule.amount else _period_json(rule.period),
        "created_at": rule.created_at or now(),
        "name_normal": normal(rule.condition.name or "") if is_about_names(rule) else None,
    }
    made = con.execute(
        f"INSERT INTO rule({', '.join(values)}) VALUES({', '.join('?' * len(values))}) RETURNING *",
        tuple(values.values()),
    ).fetchone()
    return _rule(made)


def all_rules(con: sqlite3.Connection) -> list[Rule]:
    """Return the rules in the order in which they apply."""
    return [_rule(row) for row in con.execute("SELECT * FROM rule WHERE deleted_at IS NULL ORDER BY id")]


_ABOUT_NAMES = (RuleKind.MERGE, RuleKind.SPLIT, RuleKind.RENAME, RuleKind.RETYPE, RuleKind.IGNORE)


def is_about_names(rule: Rule) -> bool:
    """Tell whether a rule is about an actor's name in the whole library: `owners` applies those, to names.

    The others apply to the marks of a text, whenever it is read.
    """
    condition = rule.condition
    everywhere = condition.article is None and condition.quote is None and bool(condition.name)
    return everywhere and rule.kind in _ABOUT_NAMES and condition.kind in (None, *ACTOR_KINDS)


def about_names(con: sqlite3.Connection) -> list[Rule]:
    """Return the rules for which `is_about_names` holds, in their order."""
    found = con.execute("SELECT * FROM rule WHERE name_normal IS NOT NULL AND deleted_at IS NULL ORDER BY id")
    return [_rule(row) for row in found]


def about_texts(con: sqlite3.Connection) -> list[Rule]:
    """Return the rules that apply to the marks of a text, in their order."""
    found = con.execute("SELECT * FROM rule WHERE name_normal IS NULL AND deleted_at IS NULL ORDER BY id")
    return [_rule(row) for row in found]


def name_has_rules(con: sqlite3.Connection, name: str) -> bool:
    """Tell whether a rule is about this normalised name in the whole library."""
    found = con.execute(
        "SELECT 1 FROM rule WHERE name_normal = ? AND deleted_at IS NULL LIMIT 1", (name,)
    ).fetchone()
    return found is not None


def ids(con: sqlite3.Connection) -> dict[RuleId, bool]:
    """Return the ids of all rules there ever were, and whether they hold."""
    return {RuleId(uuid): holds for uuid, holds in con.execute("SELECT uuid, deleted_at IS NULL FROM rule")}


def delete(con: sqlite3.Connection, rule_id: RuleId) -> None:
    """Delete a rule; one that is unknown or deleted already is no problem."""
    con.execute("UPDATE rule SET deleted_at = ? WHERE uuid = ? AND deleted_at IS NULL", (now(), rule_id))


def state(con: sqlite3.Connection) -> State:
    """Return what differs whenever other rules about texts hold than before."""
    found = con.execute(
        "SELECT count(*), coalesce(max(id), 0), coalesce(max(deleted_at), '') FROM rule"
        " WHERE name_normal IS NULL"
    ).fetchone()
    return found[0], found[1], found[2]


def about_article(con: sqlite3.Connection, article: ArticleId) -> bool:
    """Tell whether there are rules about this one article."""
    found = con.execute(
        "SELECT 1 FROM rule WHERE article_uuid = ? AND deleted_at IS NULL LIMIT 1", (article,)
    ).fetchone()
    return found is not None


def of_step(con: sqlite3.Connection, step: StepId) -> list[Rule]:
    """Return the rules that a step made, deleted or changed, as they are or were."""
    found = []
    for row in con.execute(
        "SELECT h.row, h.before, h.after FROM history_row h WHERE h.step_id = ? AND h.tbl = 'rule'", (step,)
    ):
        now_there = con.execute("SELECT * FROM rule WHERE id = ?", (row["row"],)).fetchone()
        image = dict(now_there) if now_there else dict.fromkeys(_columns(con))
        image |= json.loads(row["before"] or "{}") | json.loads(row["after"] or "{}")
        found.append(_rule(image))
    return found


def _columns(con: sqlite3.Connection) -> list[str]:
    return [row[1] for row in con.execute("PRAGMA table_info(rule)")]


def rows_concerned(con: sqlite3.Connection, conditions: Iterable[Condition]) -> set[int]:
    """Return the rows of articles whose marks such rules may change: more than they do, never fewer."""
    rows: set[int] = set()
    for condition in conditions:
        if condition.article is not None:
            found = con.execute("SELECT id FROM article WHERE uuid = ?", (condition.article,))
        elif condition.name:
            found = con.execute(
                "SELECT a.id FROM article a JOIN text_version v ON v.id = a.version_id WHERE v.text LIKE ?",
                (f"%{_VARIES.sub('%', condition.name.casefold())}%",),
            )
        else:
            found = con.execute("SELECT id FROM article")
        rows.update(row for (row,) in found)
    return rows


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _rule(row: Mapping[str, Any] | sqlite3.Row) -> Rule:
    has_quote = row["exact"] is not None
    return Rule(
        id=RuleId(row["uuid"]),
        kind=RuleKind(row["kind"]),
        condition=Condition(
            name=row["name"],
            kind=row["name_kind"] and MentionKind(row["name_kind"]),
            article=row["article_uuid"] and ArticleId(row["article_uuid"]),
            quote=TextQuote(row["exact"], row["prefix"], row["suffix"]) if has_quote else None,
        ),
        actor=row["actor_uuid"] and ActorId(row["actor_uuid"]),
        name=row["new_name"],
        to_kind=row["new_kind"] and MentionKind(row["new_kind"]),
        amount=_from_json(row["amount"]),
        period=_period(row["amount"]),
        order=row["id"],
        created_at=row["created_at"],
    )


def _to_json(amount: Amount) -> str:
    numbers = {"value": amount.value, "low": amount.low, "high": amount.high}
    plain = {name: format(number, "f") for name, number in numbers.items() if number is not None}
    return json.dumps({**plain, "unit": amount.unit, "noun": amount.noun, "approx": amount.approx})


def _period_json(period: Period | None) -> str | None:
    if period is None:
        return None
    return json.dumps({"date": {"value": period.value, "low": period.low, "high": period.high}})


def _from_json(text: str | None) -> Amount | None:
    stored = json.loads(text or "{}")
    if "unit" not in stored:
        return None
    numbers = {name: Decimal(stored[name]) for name in ("value", "low", "high") if name in stored}
    return Amount(
        **numbers,
        unit=stored["unit"],
        noun=stored["noun"],
        approx=stored["approx"] and Approx(stored["approx"]),
    )


def _period(text: str | None) -> Period | None:
    stored = json.loads(text or "{}")
    return Period(**stored["date"]) if "date" in stored else None
