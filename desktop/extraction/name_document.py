"""What the occurrences of a name in one article tell about each other.

All occurrences of a form speak for each other; a surname follows its full name; a form that is sure once
is found everywhere, also where it alone would not have been noticed (at the beginning of a sentence).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from desktop.extraction.name_evidence import KINDS
from desktop.extraction.name_runs import NAMEABLE
from desktop.extraction.name_spans import Span
from desktop.extraction.name_tokens import NameTokens
from desktop.model import MentionKind

_SHARED: Final = 0.5  # how much the other occurrences of a form count
_MOST_SHARED: Final = 8  # occurrences that are added up at most
_SURNAME: Final = 4.0  # what it is worth to be the surname of a person of the article
_SURE: Final = 1.5  # by how much a form leads that is looked for everywhere
PERSON: Final = KINDS.index(MentionKind.PERSON)

Scores = list[float]


def share(spans: list[Span], tokens: NameTokens) -> None:
    """Let all occurrences of a form, and a surname and its full name, speak for each other."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[tokens.slice(span.start, span.end)].append(span)
    for group in groups.values():
        _add_up(group)
    surnames = _surnames({form: group[0].scores for form, group in groups.items()})
    for form, group in groups.items():
        if form in surnames:
            for span in group:
                span.scores[PERSON] += _SURNAME


def _add_up(group: list[Span]) -> None:
    if len(group) == 1:
        return
    weight = _SHARED * min(1.0, _MOST_SHARED / len(group))
    total = [sum(column) for column in zip(*(span.scores for span in group), strict=True)]
    for span in group:
        span.scores = [
            own + weight * (everywhere - own) for own, everywhere in zip(span.scores, total, strict=True)
        ]


def best(scores: Scores) -> int:
    """Return the index of the highest score."""
    return max(range(len(scores)), key=scores.__getitem__)


def _surnames(scores: dict[str, Scores]) -> set[str]:
    """Return the endings of the full names of persons, with a small and a capital first letter."""
    found: set[str] = set()
    for form, values in scores.items():
        if " " in form and best(values) == PERSON:
            words = form.split()
            for i in range(1, len(words)):
                ending = " ".join(words[i:])
                found.update((ending, ending[:1].upper() + ending[1:]))
    return found


def again(spans: list[Span], tokens: NameTokens, small_words: frozenset[str]) -> list[Span]:
    """Return the spans with those added where a sure form stands that was no candidate there.

    small_words: words that are no names alone, whatever was taken for one somewhere.
    """
    wanted = _sure_forms(spans, tokens, small_words)
    if not wanted:
        return spans
    found: list[Span] = []
    position, end = 0, 0
    for i in [index for index, word in enumerate(tokens.word) if word in wanted]:
        while position < len(spans) and spans[position].start <= i:
            found.append(spans[position])
            end = spans[position].end
            position += 1
        if i >= end:
            limit = spans[position].start if position < len(spans) else tokens.count
            span = _known_here(tokens, i, limit, wanted)
            if span is not None:
                found.append(span)
                end = span.end
    return found + spans[position:]


def _sure_forms(
    spans: list[Span], tokens: NameTokens, small_words: frozenset[str]
) -> dict[str, list[tuple[list[str], Scores]]]:
    """Return first word -> (words, scores) of forms that are sure somewhere, surnames included."""
    wanted: dict[str, list[tuple[list[str], Scores]]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        winner = best(span.scores)
        if winner == 0 or span.scores[winner] - span.scores[0] < _SURE:
            continue
        words = tokens.word[span.start : span.end]
        forms = [words]
        if winner == PERSON and len(words) > 1:
            forms += [words[i:] for i in range(1, len(words)) if tokens.shape[span.start + i] in NAMEABLE][
                -1:
            ]
        for form in forms:
            if tuple(form) not in seen and not (len(form) == 1 and form[0].lower() in small_words):
                seen.add(tuple(form))
                wanted[form[0]].append((form, span.scores))
    for options in wanted.values():
        options.sort(key=lambda option: -len(option[0]))
    return wanted


def _known_here(
    tokens: NameTokens, index: int, limit: int, wanted: dict[str, list[tuple[list[str], Scores]]]
) -> Span | None:
    for words, scores in wanted.get(tokens.word[index], ()):
        end = index + len(words)
        if end > limit or tokens.word[index:end] != words or tokens.line[end - 1] != tokens.line[index]:
            continue
        if tokens.glued[index] and index and tokens.word[index - 1] not in "\"'“”„«‘([/":
            continue
        if tokens.glued[end] and (tokens.shape[end] in NAMEABLE or tokens.word[end] == "-"):
            continue
        follows = tokens.shape[end] in NAMEABLE and not tokens.glued[end] and not tokens.first[end]
        if follows and tokens.line[end] == tokens.line[index]:
            continue
        return Span(index, end, None, "again", list(scores))
    return None
