"""A passage as a TextQuote (W3C Web Annotation), and finding it again in another text.

A wrong passage is worse than an orphan: what is found must be told apart by its own length and by
what stands around it, and of two places that are equally good neither is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.anchoring.approximate import places
from desktop.anchoring.folding import Folded, fold, folded
from desktop.model import AnchorState, TextQuote

CONTEXT = 32  #: characters kept on either side of a passage

_MOST_WRONG = 0.15  #: part of a passage's characters that may have changed
_ENOUGH = 44  #: characters of passage and context together that must agree
_APART = 8  #: characters by which the best place must be better than the next
_AT_HINT = 6  #: what it is worth that a place is where the passage was before
_ENOUGH_CONTEXT = 8  #: of these at least so many in the context, as a long name stands in many places ...
_STANDS_ALONE = 80  #: ... unless the passage is as long as this
_BY_CHANCE = 0.15  #: part of the three-letter groups that any two contexts share
_MOST_PLACES = 2_000
_LONGEST_COMPARED = 4_000  #: of a longer passage only both ends are looked for when it has changed

Found = tuple[int, int, AnchorState]


def make(text: str, start: int, end: int) -> TextQuote:
    """Return the quote of `[start, end)`: the passage and at most 32 characters on either side."""
    return TextQuote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def find(text: str, quote: TextQuote, hint: int | None = None) -> Found | None:
    """Return where a quote stands in a text: (start, end, state), or None for an orphan.

    hint: where it stood before. ANCHORED = word for word, and at the hint if there is one; MOVED =
    elsewhere, or in slightly other words (at most 15 % of its characters).
    """
    exact = quote.exact
    if not exact or not text:
        return None
    if hint is not None and _stands_at(text, quote, hint):
        return hint, hint + len(exact), AnchorState.ANCHORED
    wanted = _Wanted(fold(exact).strip(), fold(quote.prefix), fold(quote.suffix))
    if not wanted.passage:
        return None
    page = folded(text)
    candidates = [
        _judged(text, page, quote, wanted, start, start + len(wanted.passage), 0, hint)
        for start in _occurrences(page.text, wanted.passage)
    ]
    found = _best(candidates)
    if found is None and not _ambiguous(candidates):
        found = _best(_changed(text, page, quote, wanted, hint))
    if found is None:
        return None
    same = text[found.start : found.end] == exact and hint in (None, found.start)
    return found.start, found.end, AnchorState.ANCHORED if same else AnchorState.MOVED


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A quote in folded spelling."""

    passage: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int  #: in the text itself
    end: int
    evidence: float  #: characters that agree, less those that do not


def _stands_at(text: str, quote: TextQuote, place: int) -> bool:
    end = place + len(quote.exact)
    return (
        place >= 0
        and text.startswith(quote.exact, place)
        and text[:place].endswith(quote.prefix)
        and text.startswith(quote.suffix, end)
    )


def _occurrences(text: str, passage: str) -> Iterator[int]:
    place = text.find(passage)
    for _number in range(_MOST_PLACES):
        if place < 0:
            return
        yield place
        place = text.find(passage, place + 1)


def _changed(
    text: str, page: Folded, quote: TextQuote, wanted: _Wanted, hint: int | None
) -> list[_Candidate]:
    """Return the places of the passage with some characters changed."""
    passage = wanted.passage
    if len(passage) > _LONGEST_COMPARED:
        return []
    errors = int(len(passage) * _MOST_WRONG)
    if errors == 0:
        return []
    return [
        _judged(text, page, quote, wanted, start, end, distance, hint)
        for start, end, distance in places(page.text, passage, errors)
    ]


def _judged(
    text: str,
    page: Folded,
    quote: TextQuote,
    wanted: _Wanted,
    start: int,
    end: int,
    distance: int,
    hint: int | None,
) -> _Candidate:
    before = page.text[max(0, start - CONTEXT) : start]
    after = page.text[end : end + CONTEXT]
    context = _agreement(wanted.prefix[::-1], before[::-1]) + _agreement(wanted.suffix, after)
    evidence = len(wanted.passage) - 4 * distance + context
    if context < _ENOUGH_CONTEXT and len(wanted.passage) < _STANDS_ALONE:
        evidence = 0.0
    begin, finish = page.starts[start], page.ends[end - 1]
    lead = len(quote.exact) - len(quote.exact.lstrip())
    if begin >= lead and text.startswith(quote.exact, begin - lead):  # with the spaces at its ends
        begin, finish = begin - lead, begin - lead + len(quote.exact)
    if begin == hint:
        evidence += _AT_HINT
    return _Candidate(begin, finish, evidence)


def _agreement(wanted: str, there: str) -> float:
    """Return how many characters of a context agree, read from the passage outward."""
    straight = 0
    for ours, theirs in zip(wanted, there, strict=False):
        if ours != theirs:
            break
        straight += 1
    if straight >= len(wanted) - 2:
        return straight
    ours_by_three, theirs_by_three = _by_three(wanted), _by_three(there)
    share = len(ours_by_three & theirs_by_three) / len(ours_by_three)
    return max(straight, (share - _BY_CHANCE) / (1 - _BY_CHANCE) * len(wanted))


def _by_three(text: str) -> set[str]:
    return {text[place : place + 3] for place in range(len(text) - 2)}


def _best(candidates: list[_Candidate]) -> _Candidate | None:
    """Return the one that has enough for it and is clearly better than all others."""
    ranked = sorted(candidates, key=lambda candidate: -candidate.evidence)
    if not ranked or ranked[0].evidence < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0].evidence - ranked[1].evidence < _APART:
        return None
    return ranked[0]


def _ambiguous(candidates: list[_Candidate]) -> bool:
    return sum(candidate.evidence >= _ENOUGH for candidate in candidates) > 1
