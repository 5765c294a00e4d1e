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
_MOST_ERRORS = 80  #: characters of a long passage that may have changed, so that it is soon found
_ENOUGH = 44  #: characters of passage and context together that must agree
_APART = 8  #: characters by which the best place must be better than the next
_AT_HINT = 6  #: what it is worth that a place is where the passage was before
_ENOUGH_CONTEXT = 8  #: of these at least so many in the context, as a long name stands in many places ...
_STANDS_ALONE = 80  #: ... unless the passage is as long as this
_WHOLE_LINE = 16  #: what it is worth that a passage is a whole paragraph or heading here and there
_BY_CHANCE = 0.15  #: part of the three-letter groups that any two contexts share
_MOST_PLACES = 2_000

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
    elsewhere, or in slightly other words (at most 15 % of its characters, and 80).
    """
    exact = quote.exact
    if not exact or not text:
        return None
    if hint is not None and _stands_at(text, quote, hint):
        return hint, hint + len(exact), AnchorState.ANCHORED
    search = _Search.of(text, quote, hint)
    if not search.passage:
        return None
    candidates = list(search.unchanged())
    found = _best(candidates)
    if found is None and not _ambiguous(candidates):
        found = _best(list(search.changed()))
    if found is None:
        return None
    same = text[found.start : found.end] == exact and hint in (None, found.start)
    return found.start, found.end, AnchorState.ANCHORED if same else AnchorState.MOVED


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int  #: in the text itself
    end: int
    evidence: float  #: characters that agree, less those that do not


@dataclass(frozen=True, slots=True)
class _Search:
    """One quote and one text, both also in folded spelling."""

    text: str
    quote: TextQuote
    hint: int | None
    page: Folded
    passage: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, quote: TextQuote, hint: int | None) -> _Search:
        passage = fold(quote.exact).strip()
        return cls(text, quote, hint, folded(text), passage, fold(quote.prefix), fold(quote.suffix))

    def unchanged(self) -> Iterator[_Candidate]:
        """Yield where the passage stands, but for quotes, hyphens and spaces."""
        place = self.page.text.find(self.passage)
        for _number in range(_MOST_PLACES):
            if place < 0:
                return
            yield self.judged(place, place + len(self.passage), 0)
            place = self.page.text.find(self.passage, place + 1)

    def changed(self) -> Iterator[_Candidate]:
        """Yield where the passage stands with some characters changed."""
        errors = min(int(len(self.passage) * _MOST_WRONG), _MOST_ERRORS)
        if errors:
            for start, end, distance in places(self.page.text, self.passage, errors):
                yield self.judged(start, end, distance)

    def judged(self, start: int, end: int, distance: int) -> _Candidate:
        """Weigh the place `[start, end)` of the folded text."""
        before = self.page.text[max(0, start - CONTEXT) : start]
        after = self.page.text[end : end + CONTEXT]
        begin, finish = self.page.starts[start], self.page.ends[end - 1]
        context = _agreement(self.prefix[::-1], before[::-1]) + _agreement(self.suffix, after)
        around = self.text[max(0, begin - 1) : begin], self.text[finish : finish + 1]
        if _between_lines(self.quote.prefix, self.quote.suffix) and _between_lines(*around):
            context += _WHOLE_LINE
        evidence = len(self.passage) - 4 * distance + context
        if context < _ENOUGH_CONTEXT and len(self.passage) < _STANDS_ALONE:
            evidence = 0.0
        exact = self.quote.exact
        lead = len(exact) - len(exact.lstrip())
        if begin >= lead and self.text.startswith(exact, begin - lead):  # with the spaces at its ends
            begin, finish = begin - lead, begin - lead + len(exact)
        if begin == self.hint:
            evidence += _AT_HINT
        return _Candidate(begin, finish, evidence)


def _stands_at(text: str, quote: TextQuote, place: int) -> bool:
    end = place + len(quote.exact)
    return (
        place >= 0
        and text.startswith(quote.exact, place)
        and text.startswith(quote.suffix, end)
        and text.endswith(quote.prefix, 0, place)
    )


def _between_lines(before: str, after: str) -> bool:
    return before[-1:] in ("", "\n") and after[:1] in ("", "\n")


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
