"""What the names model found -> candidates: titles cut off, what the lists are sure of added."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from desktop.extraction.gazetteer import NameLists
from desktop.extraction.name_runs import NAMEABLE
from desktop.extraction.name_spans import Span, SpanFinder
from desktop.extraction.name_tokens import LOWER, SIGN, NameTokens

if TYPE_CHECKING:
    from desktop.extraction.model_session import Reading

PERSON, PLACE = "PER", "LOC"

_OF = frozenset({"van", "uit", "of", "from", "aus"})  # between a person and a place


def candidates(reading: Reading, tokens: NameTokens, known: NameLists) -> list[Span]:
    """Return the candidates in order, not overlapping."""
    found: list[Span] = []
    places = {tokens.slice(start, end) for start, end, kind in reading.names if kind == PLACE}
    for start, end, kind in reading.names:
        end = _without_small_words(tokens, known, start, end)
        if kind == PERSON:
            start = _without_titles(tokens, known, start, end)
            end = _without_origin(tokens, known, start, end, places)
        entry = known.entry(tokens.slice(start, end))
        if entry is not None or _names_something(tokens, known, start, end):
            found.append(Span(start, end, entry))
    return _with_rules(found, tokens, known)


def _names_something(tokens: NameTokens, known: NameLists, start: int, end: int) -> bool:
    """Tell whether there is more in a name than signs, or "Franse", "Nederlandse Tech"."""
    words = [tokens.word[i] for i in range(start, end) if tokens.shape[i] != SIGN]
    national, common = known.sets["adjectives"], known.sets["common"]
    return bool(words) and not (
        words[0] in national and all(word in national or word.lower() in common for word in words)
    )


def _without_small_words(tokens: NameTokens, known: NameLists, start: int, end: int) -> int:
    """Return where a name ends in front of "et", "van", "of the"."""
    while end - 1 > start and tokens.shape[end - 1] == LOWER:
        word = tokens.word[end - 1]
        if tokens.glued[end - 1] or word not in known.sets["function_words"]:
            break
        end -= 1
    return end


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


def _without_origin(
    tokens: NameTokens, known: NameLists, start: int, end: int, places: Collection[str]
) -> int:
    """Return where a person's name ends in front of "van Oosterveen", where that is a place.

    Only behind a full name: a first name and a word that is none. "Jan van Vliet" is one name, and so is "Jan
    Willem van Utrecht".
    """
    at = next((i for i in range(start + 2, end - 1) if tokens.word[i] in _OF), None)
    if at is None or tokens.word[start] not in known.first_names or tokens.word[at - 1] in known.first_names:
        return end
    place = tokens.slice(at + 1, end)
    return at if place in places or place in known.places else end


def _with_rules(spans: list[Span], tokens: NameTokens, known: NameLists) -> list[Span]:
    """Join the model's names with those of the rules that are surer of their borders.

    Listed names, and names that begin with a small word ("rue de la Loi", "gemeente Groningen"), are taken as
    the rules have them where they hold whole names of the model, and where the model passed over them.
    """
    found: list[Span] = []
    rest = deque(spans)
    for rule in SpanFinder(tokens, known).find():
        while rest and rest[0].end <= rule.start:
            found.append(rest.popleft())
        listed = rule.entry is not None and not rule.entry.unsure
        if not listed and rule.rule != "start":
            continue
        touched = [span for span in islice(rest, rule.end - rule.start) if span.start < rule.end]
        if all(rule.start <= span.start and span.end <= rule.end for span in touched) if touched else listed:
            for _ in touched:
                rest.popleft()
            found.append(rule)
    return [*found, *rest]
