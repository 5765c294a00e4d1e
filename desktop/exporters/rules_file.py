"""The reader's corrections as a file: JSON, to be taken in by another library.

{"format": "leeslamp-corrections", "version": 1, "rules": [{"id", "kind", "condition": {"name", "kind",
"article", "quote": {"exact", "prefix", "suffix"}}, "name", "to_kind", "amount": {"value", "low", "high",
"unit", "noun", "approx"}, "period": {"value", "low", "high"}, "created_at"}]}; what is absent is left out.
The order is that in which they apply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from desktop.model import (
    Amount,
    Approx,
    ArticleId,
    Condition,
    MentionKind,
    Period,
    Rule,
    RuleId,
    RuleKind,
    TextQuote,
)

SUFFIX: Final = ".leeslamp-corrections"  #: of such files; older ones are called .json
MEDIA_TYPE: Final = "application/vnd.leeslamp.corrections+json"
_FORMAT: Final = "leeslamp-corrections"
_BEGIN: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"leeslamp-corrections"')
_VERSION: Final = 1
_NUMBERS: Final = ("value", "low", "high")


def to_text(rules: Iterable[Rule]) -> str:
    """Return the file's text."""
    document = {"format": _FORMAT, "version": _VERSION, "rules": [_record(rule) for rule in rules]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def is_begin(head: bytes) -> bool:
    """Tell whether a file that begins so (some hundred bytes) holds corrections."""
    return _BEGIN.match(head) is not None


def from_text(text: str) -> list[Rule]:
    """Return the rules of a file. Raises ValueError that says what is wrong, and with which rule."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise ValueError(f'"format" is not "{_FORMAT}"')
    if document.get("version") != _VERSION or not isinstance(document.get("rules"), list):
        raise ValueError(f'"version" {document.get("version")}')
    found = []
    for number, record in enumerate(document["rules"], 1):
        try:
            found.append(_rule(record))
        except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise ValueError(f"{number}: {error}") from error
    return found


def _record(rule: Rule) -> dict[str, Any]:
    condition, amount, period = rule.condition, rule.amount, rule.period
    quote = condition.quote
    return _present(
        id=rule.id,
        kind=rule.kind,
        condition=_present(
            name=condition.name,
            kind=condition.kind,
            article=condition.article,
            quote=quote and {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
        ),
        name=rule.name,
        to_kind=rule.to_kind,
        amount=amount
        and _present(
            **{name: _plain(getattr(amount, name)) for name in _NUMBERS},
            unit=amount.unit,
            noun=amount.noun,
            approx=amount.approx,
        ),
        period=period and _present(value=period.value, low=period.low, high=period.high),
        created_at=rule.created_at or None,
    )


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _rule(record: Mapping[str, Any]) -> Rule:
    condition, quote = record["condition"], record["condition"].get("quote")
    amount, period = record.get("amount"), record.get("period")
    return Rule(
        id=RuleId(_text(record["id"])),
        kind=RuleKind(record["kind"]),
        condition=Condition(
            name=_text(condition.get("name")),
            kind=_kind(condition.get("kind")),
            article=ArticleId(_text(condition["article"])) if condition.get("article") else None,
            quote=None
            if quote is None
            else TextQuote(_text(quote["exact"]), _text(quote["prefix"]), _text(quote["suffix"])),
        ),
        name=_text(record.get("name")),
        to_kind=_kind(record.get("to_kind")),
        amount=None if amount is None else _amount(amount),
        period=None if period is None else Period(**{name: _text(period.get(name)) for name in _NUMBERS}),
        created_at=_text(record.get("created_at")) or "",
    )


def _amount(record: Mapping[str, Any]) -> Amount:
    numbers = {name: Decimal(_text(record[name])) for name in _NUMBERS if name in record}
    if not all(number.is_finite() for number in numbers.values()):
        raise ValueError("a number that is none")
    approx = record.get("approx")
    return Amount(
        **numbers,
        unit=_text(record.get("unit")),
        noun=_text(record.get("noun")),
        approx=None if approx is None else Approx(approx),
    )


def _kind(value: Any) -> MentionKind | None:
    return None if value is None else MentionKind(value)


def _text(value: Any) -> Any:
    """Return a text, or None where there is none."""
    if value is not None and not isinstance(value, str):
        raise ValueError(f"no text: {value!r}")
    return value
