"""The conditions of a query as filters that can be put in and taken out, each in its own place in the text.

A filter is a clause that every article found has to meet, such as `lang:nl` or `-tag:energie`. The rest of
the text stays as the reader wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.search.fields import FieldKind, field_named, read_choice
from desktop.search.lexer import LEAVES, Kind, Token, tokens

_QUOTES = re.compile('["“”„]')
_NEEDS_QUOTES = re.compile(r"[\s():]")
_PERIOD = re.compile(r"\d{4}(?:-\d\d?)?")
_OPERATORS = (Kind.AND, Kind.OR, Kind.NOT, Kind.FIELD)
#: fields of which an article has one value, so that a second one takes the place of the first
_SINGLE = ("lang",)
#: what a field asks for as well as those do
_KINDS_OF = {"actor": ("person", "org", "place")}


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter as it stands in a query. value: without quotation marks; `[start, end)` is all of it."""

    field: str  #: its English name
    value: str
    negated: bool
    start: int
    end: int

    def is_about(self, field: str, value: str) -> bool:
        """Tell whether this asks for a value, or leaves it out."""
        return field in (self.field, *_KINDS_OF.get(self.field, ())) and _same(field, self.value, value)


def _same(field: str, one: str, other: str) -> bool:
    row = field_named(field)
    if row is not None and row.kind is FieldKind.CHOICE:
        return read_choice(row, one) == read_choice(row, other)
    return one.lstrip("=").casefold() == other.lstrip("=").casefold()


def conditions(text: str) -> list[Condition]:
    """Return the filters of a query, in order; none where the query is a choice ("a OR b")."""
    return [one for one in clauses(text) if _kind(one.field) is not FieldKind.TEXT]


def clauses(text: str) -> list[Condition]:
    """Return the filters of a query, as `conditions`, and what it asks of fields of text (`title:gas`)."""
    stream = tokens(text)
    found: list[Condition] = []
    depth = 0
    for place, token in enumerate(stream):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and token.kind is Kind.OR:
            return []
        if depth == 0 and token.kind is Kind.FIELD and (one := _condition(stream, place)):
            found.append(one)
    return found


def _kind(field: str) -> FieldKind | None:
    row = field_named(field)
    return row.kind if row else None


def _condition(stream: Sequence[Token], place: int) -> Condition | None:
    token, following = stream[place], stream[place + 1 : place + 2]
    row = field_named(token.text)
    if row is None or not following or following[0].start != token.end:
        return None
    if following[0].kind is not Kind.VALUE and following[0].kind not in LEAVES:
        return None
    first = place
    while first and stream[first - 1].kind is Kind.NOT:
        first -= 1
    negated = (place - first) % 2 == 1
    return Condition(row.name, following[0].text, negated, stream[first].start, following[0].end)


def written(word: str, value: str, *, negated: bool = False) -> str:
    """Write a filter as a clause. word: the field's name in the reader's language."""
    bare = _QUOTES.sub("", value).rstrip("*")
    exact, bare = ("=", bare[1:]) if bare.startswith("=") else ("", bare)
    quoted = f'"{bare}"' if _NEEDS_QUOTES.search(bare) else bare
    return f"{'-' * negated}{word}:{exact}{quoted}"


def having(text: str, field: str, word: str, value: str, *, negated: bool = False) -> str:
    """Return the query with a filter put in, in place of those that say otherwise or less.

    field: its English name. The text ends with a space: what stands there is not being typed any more.
    """
    for condition in reversed(conditions(text)):
        if condition.is_about(field, value) or (not negated and _gives_way(condition, field, value)):
            text = without(text, condition)
    rest = _closed(text)
    return f"{rest} {written(word, value, negated=negated)} ".lstrip()


def _gives_way(condition: Condition, field: str, value: str) -> bool:
    if condition.field != field or condition.negated:
        return False
    if field == "date":
        return bool(_PERIOD.fullmatch(condition.value)) and value.startswith(f"{condition.value}-")
    return field in _SINGLE


def without(text: str, condition: Condition) -> str:
    """Return the query without a filter, and without the AND that joined it to the rest."""
    start, end = condition.start, condition.end
    stream = tokens(text)
    before = [token for token in stream if token.end <= start]
    after = [token for token in stream if token.start >= end]
    if before and before[-1].kind is Kind.AND:
        start = before[-1].start
    elif not before and after and after[0].kind is Kind.AND:
        end = after[0].end
    head, tail = text[:start].rstrip(), text[end:].strip()
    joined = f"{head} {tail}" if head and tail else head or tail
    return f"{joined} " if joined else ""


def _closed(text: str) -> str:
    """Return a query to which a clause can be added: nothing in it is left open."""
    text = text.strip()
    stream = tokens(text)
    while stream and stream[-1].kind in _OPERATORS:
        text = text[: stream.pop().start].rstrip()
    if stream and not stream[-1].closed:
        text += '"'
    opened, choice = 0, False
    for token in stream:
        opened = max(opened + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE), 0)
        choice |= token.kind is Kind.OR and opened == 0
    text += ")" * opened
    return f"({text})" if choice else text
