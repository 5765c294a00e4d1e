"""What the names model found -> candidates: titles cut off, what the lists are sure of added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.extraction.gazetteer import NameLists
from desktop.extraction.name_runs import NAMEABLE
from desktop.extraction.name_spans import Span, SpanFinder
from desktop.extraction.name_tokens import LOWER, SIGN, NameTokens

if TYPE_CHECKING:
    from desktop.extraction.model_session import Reading

PERSON = "PER"


def candidates(reading: Reading, tokens: NameTokens, known: NameLists) -> list[Span]:
    """Return the candidates in order, not overlapping."""
    found: list[Span] = []
    for start, end, kind in reading.names:
        if kind == PERSON:
            start = _without_titles(tokens, known, start, end)
        if any(tokens.shape[i] != SIGN for i in range(start, end)):
            found.append(Span(start, end, known.entry(tokens.slice(start, end))))
    return _with_listed(found, tokens, known)


def _without_titles(tokens: NameTokens, known: NameLists, start: int, end: int) -> int:
    """Return where a person's name begins behind "Minister", "prof. dr.", "Bundeskanzler"."""
    at = start
    while at < end - 1:
        low = tokens.word[at].lower()
        point = tokens.word[at + 1] == "." and tokens.glued[at + 1]
        after = at + 1 + point
        title = known.is_role(low) or (point and low in known.sets["abbreviations"] and len(low) > 1)
        if not title or after >= end or tokens.glued[after] or tokens.shape[after] not in NAMEABLE:
            break
        if tokens.word[at] in known.first_names and tokens.shape[at] != LOWER and not known.capital_roles:
            break
        at = after
    return at


def _with_listed(spans: list[Span], tokens: NameTokens, known: NameLists) -> list[Span]:
    """Add the listed names that the model passed over, where nothing of them is taken."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    more = [
        span
        for span in SpanFinder(tokens, known).find()
        if span.entry is not None and not span.entry.unsure and taken.isdisjoint(range(span.start, span.end))
    ]
    return sorted([*spans, *more], key=lambda span: span.start)
