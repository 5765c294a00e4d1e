"""The reader's corrections, in the order in which they apply: later ones win."""

from __future__ import annotations

import json
import sqlite3
import uuid
from decimal import Decimal

from desktop.library.stored import storable
from desktop.library.times import now
from desktop.model import (
    ActorId,
    Amount,
    Approx,
    ArticleId,
    Condition,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    TextQuote,
)


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
        "amount": rule.amount and _to_json(rule.amount),
        "created_at": rule.created_at or now(),
    }
    made = con.execute(
        f"INSERT INTO rule({', '.join(values)}) VALUES({', '.join('?' * len(values))}) RETURNING *",
        tuple(values.values()),
    ).fetchone()
    return _rule(made)


def all_rules(con: sqlite3.Connection) -> list[Rule]:
    """Return the rules in the order in which they apply."""
    return [_rule(row) for row in con.execute("SELECT * FROM rule WHERE deleted_at IS NULL ORDER BY id")]


def delete(con: sqlite3.Connection, rule_id: RuleId) -> None:
    """Delete a rule; one that is unknown or deleted already is no problem."""
    con.execute("UPDATE rule SET deleted_at = ? WHERE uuid = ? AND deleted_at IS NULL", (now(), rule_id))


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _rule(row: sqlite3.Row) -> Rule:
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
        amount=row["amount"] and _from_json(row["amount"]),
        order=row["id"],
        created_at=row["created_at"],
    )


def _to_json(amount: Amount) -> str:
    numbers = {"value": amount.value, "low": amount.low, "high": amount.high}
    plain = {name: format(number, "f") for name, number in numbers.items() if number is not None}
    return json.dumps({**plain, "unit": amount.unit, "noun": amount.noun, "approx": amount.approx})


def _from_json(text: str) -> Amount:
    stored = json.loads(text)
    numbers = {name: Decimal(stored[name]) for name in ("value", "low", "high") if name in stored}
    return Amount(
        **numbers,
        unit=stored["unit"],
        noun=stored["noun"],
        approx=stored["approx"] and Approx(stored["approx"]),
    )
