"""Queries: text to tokens with their positions. Never fails; takes time linear in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.search.fields import Field, FieldKind, field_named


class Kind(StrEnum):
    """Kinds of token; also the kinds by which the search field is coloured."""

    WORD = "word"
    PREFIX = "prefix"  #: word*
    FUZZY = "fuzzy"  #: word~ or word~2
    EXACT = "exact"  #: ="words"
    PHRASE = "phrase"  #: "words"
    NEAR = "near"  #: "words"~5
    FIELD = "field"  #: the name with its colon
    VALUE = "value"  #: what stands after a field that is not text
    OPEN = "open"
    CLOSE = "close"
    AND = "and"
    OR = "or"
    NOT = "not"


LEAVES = frozenset({Kind.WORD, Kind.PREFIX, Kind.FUZZY, Kind.EXACT, Kind.PHRASE, Kind.NEAR})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. text: its content without quotes and signs; a field's name for FIELD."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    number: int = 0  #: NEAR: words in between; FUZZY: letters that may differ
    closed: bool = True  #: False: the closing quote is missing


NEAR_WORDS = 5  #: "a b"~ without a number
NEAR_MOST = 99  #: more is read as this
FUZZY_MOST = 2

_OPERATORS = {
    "AND": Kind.AND, "EN": Kind.AND, "OR": Kind.OR, "OF": Kind.OR, "NOT": Kind.NOT, "NIET": Kind.NOT,
}  # fmt: skip
_OPENING = '"“„”'
_CLOSING = '"”“„'
_QUOTED = re.compile(rf"[{_OPENING}]([^{_CLOSING}]*)([{_CLOSING}]?)")
_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([^\W\d_]+):")
#: A word runs to a space, quote or bracket; brackets inside a word belong to it: minister(s).
_WORD = re.compile(rf"[^\s(){_OPENING}]+(?:\([^\s(){_OPENING}]*\)[^\s(){_OPENING}]*)*")
_FUZZY = re.compile(r"(.*[^~])~(\d?)", re.DOTALL)
_NEAR = re.compile(r"~(\d{0,9})")
_COMPARATOR = re.compile(r"(?:>=|=>|<=|=<|≥|≤|>|<|=)")
#: Words that belong to the number in front of them: `amount:>1 miljard`.
_SCALE = re.compile(
    r"[ \u00a0]((?:duizend|miljoen|miljard|biljoen|mln|mld|thousand|million|billion|trillion|[mb]n|tausend|"
    r"millionen|milliarden?|mio|mrd|mille|millions?|milliards?|euro'?s?|eur|usd|gbp|dollars?|procent|percent)\.?)"
    r"(?![\w.])",
    re.IGNORECASE,
)


def tokens(text: str) -> list[Token]:
    """Split a query into tokens, in order and without overlap."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        at = _next(text, at, found)
    return found


def _next(text: str, at: int, found: list[Token]) -> int:
    """Append the token at `at` (a field: with its value) and return where the next one may start."""
    char = text[at]
    if char in "()":
        found.append(Token(Kind.OPEN if char == "(" else Kind.CLOSE, at, at + 1))
        return at + 1
    if char == "-" and _starts_here(text, at) and at + 1 < len(text) and not text[at + 1].isspace():
        found.append(Token(Kind.NOT, at, at + 1))
        return at + 1
    if char in _OPENING or (char == "=" and text[at + 1 : at + 2] and text[at + 1] in _OPENING):
        return _quoted(text, at, found)
    if (match := _FIELD.match(text, at)) and (row := field_named(match[1])):
        return _field(text, match.end(), row, at, found)
    return _word(text, at, found)


def _starts_here(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "(-"


def _quoted(text: str, at: int, found: list[Token]) -> int:
    exact = text[at] == "="
    match = _QUOTED.match(text, at + exact)
    assert match is not None
    closed, end = bool(match[2]), match.end()
    kind, number = (Kind.EXACT if exact else Kind.PHRASE), 0
    if closed and not exact and (near := _NEAR.match(text, end)):
        kind, end = Kind.NEAR, near.end()
        number = min(int(near[1]), NEAR_MOST) if near[1] else NEAR_WORDS
    found.append(Token(kind, at, end, match[1], number, closed))
    return end


def _word(text: str, at: int, found: list[Token]) -> int:
    match = _WORD.match(text, at)
    assert match is not None
    end, word = match.end(), match[0]
    if operator := _OPERATORS.get(word):
        found.append(Token(operator, at, end, word))
    elif word[0] == "=" and len(word) > 1:
        found.append(Token(Kind.EXACT, at, end, word[1:]))
    elif word.endswith("*") and (stripped := word.rstrip("*")):
        found.append(Token(Kind.PREFIX, at, end, stripped))
    elif fuzzy := _FUZZY.fullmatch(word):
        number = min(max(int(fuzzy[2] or 1), 1), FUZZY_MOST)
        found.append(Token(Kind.FUZZY, at, end, fuzzy[1], number))
    else:
        found.append(Token(Kind.WORD, at, end, word))
    return end


def _field(text: str, at: int, row: Field, start: int, found: list[Token]) -> int:
    """Read a field, with its value if that is not text or in brackets."""
    found.append(Token(Kind.FIELD, start, at, row.name))
    if at >= len(text) or text[at].isspace() or text[at] in "()" or row.kind is FieldKind.TEXT:
        return at
    return _value(text, at, row, found)


def _value(text: str, at: int, row: Field, found: list[Token]) -> int:
    start, comparator = at, ""
    compared = row.kind in (FieldKind.DATE, FieldKind.AMOUNT)
    if compared and (match := _COMPARATOR.match(text, at)):
        comparator, at = match[0], match.end()
        if space := _SPACE.match(text, at):
            at = space.end()
    elif text[at] == "=":
        comparator, at = "=", at + 1
    if at < len(text) and text[at] in _OPENING and (quoted := _QUOTED.match(text, at)):
        found.append(Token(Kind.VALUE, start, quoted.end(), comparator + quoted[1], closed=bool(quoted[2])))
        return quoted.end()
    end = word.end() if (word := _WORD.match(text, at)) else at
    if row.kind is FieldKind.AMOUNT and end > at and text[end - 1].isdigit():
        while scale := _SCALE.match(text, end):
            end = scale.end()
    found.append(Token(Kind.VALUE, start, end, comparator + text[at:end]))
    return end
