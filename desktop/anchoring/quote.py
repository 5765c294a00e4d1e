"""A passage as a TextQuote (W3C Web Annotation), and finding it again in another text.

A wrong passage is worse than an orphan: what is found must be told apart by its own length and by
what stands around it, and of two places that are equally good neither is chosen. Where the text it was
taken from is known, what is found must also be nearer to the passage than to anything else in that text:
its twin that stayed when it was deleted is not the passage.
"""

from __future__ import annotations

import re

from desktop.anchoring.folding import fold
from desktop.anchoring.places import CONTEXT, Place, Places, agreement
from desktop.model import AnchorState, TextQuote

__all__ = ["CONTEXT", "Found", "find", "make"]

_ENOUGH = 44  #: characters of passage and context together that must agree
_ENOUGH_KNOWN = 36  #: the same where both texts are known
_APART = 8  #: characters by which the best place must be better than the next
_AT_HINT = 6  #: what it is worth that a place is where the passage was before
_WIDE = 200  #: characters on either side that tell equal places apart where both texts are known

_WIDE_COUNTS = 0.2  #: of each of these
_SAME_SENTENCE = 100  #: what it is worth that the sentence around a passage says just the same
_SENTENCE_END = re.compile(r"[.!?…।؟]+[”’\"'»)]*(?=\s|$)|\n")
_AROUND = " \xa0\n.!?…।؟“”‘’\"'«»()"

Found = tuple[int, int, AnchorState]


def make(text: str, start: int, end: int) -> TextQuote:
    """Return the quote of `[start, end)`: the passage and at most 32 characters on either side."""
    return TextQuote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def find(text: str, quote: TextQuote, hint: int | None = None, before: str | None = None) -> Found | None:
    """Return where a quote stands in a text: (start, end, state), or None for an orphan.

    hint: where it stood before. before: the text in which it stood there, if that is known.
    ANCHORED = word for word, and at the hint if there is one; MOVED = elsewhere, or in slightly other
    words (at most a quarter of its characters).
    """
    exact = quote.exact
    if not exact or not text:
        return None
    if hint is not None and _stands_at(text, quote, hint):
        return hint, hint + len(exact), AnchorState.ANCHORED
    origin = None
    if before is not None and hint is not None and before.startswith(exact, max(0, hint)):
        origin = _Origin(before, hint, hint + len(exact))
    place = _chosen(text, Places.of(text, quote).all(), hint, origin)
    if place is None:
        return None
    same = text[place.start : place.end] == exact and hint in (None, place.start)
    return place.start, place.end, AnchorState.ANCHORED if same else AnchorState.MOVED


def _stands_at(text: str, quote: TextQuote, place: int) -> bool:
    end = place + len(quote.exact)
    return (
        place >= 0
        and text.startswith(quote.exact, place)
        and text.startswith(quote.suffix, end)
        and text.endswith(quote.prefix, 0, place)
    )


def _chosen(text: str, places: list[Place], hint: int | None, origin: _Origin | None) -> Place | None:
    """Return the place that has enough for it and is clearly better than all others."""
    enough = _ENOUGH_KNOWN if origin is not None else _ENOUGH
    if not places or places[0].evidence < enough:
        return None

    def weight(place: Place) -> float:
        wide = origin.resemblance(text, place.start, place.end) if origin is not None else 0.0
        return place.evidence + wide + (_AT_HINT if place.start == hint else 0)

    ranked = sorted(((weight(place), place) for place in places), key=lambda pair: -pair[0])
    (best, place), *others = ranked
    if place.evidence < enough or (others and best - others[0][0] < _APART):
        return None
    if origin is not None and not origin.is_source(text, place):
        return None
    return place


class _Origin:
    """The passage in the text it was taken from."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start, self._end = start, end

    def resemblance(self, text: str, start: int, end: int) -> float:
        """Return how many characters agree in the wide surroundings of the passage and of another place."""
        return _resemblance(self._text, self._start, self._end, text, start, end)

    def is_source(self, text: str, place: Place) -> bool:
        """Tell whether nothing else in the old text is as near to a place of the new one as the passage."""
        back = Places.of(self._text, make(text, place.start, place.end)).all()
        weights = [
            (
                one.evidence + _resemblance(text, place.start, place.end, self._text, one.start, one.end),
                one.shares(self._start, self._end),
            )
            for one in back
        ]
        ours = max((weight for weight, is_ours in weights if is_ours), default=0.0)
        theirs = max((weight for weight, is_ours in weights if not is_ours), default=0.0)
        return not theirs or ours - theirs >= _APART


def _resemblance(one: str, start: int, end: int, other: str, begin: int, finish: int) -> float:
    """Return how many characters around two passages of two texts agree, their sentences first of all."""
    behind, behind_other = one[max(0, start - _WIDE) : start], other[max(0, begin - _WIDE) : begin]
    ahead, ahead_other = one[end : end + _WIDE], other[finish : finish + _WIDE]
    same = fold(_sentence(behind, one[start:end], ahead)) == fold(
        _sentence(behind_other, other[begin:finish], ahead_other)
    )
    wide = agreement(behind[::-1], behind_other[::-1]) + agreement(ahead, ahead_other)
    return wide * _WIDE_COUNTS + (_SAME_SENTENCE if same else 0)


def _sentence(behind: str, passage: str, ahead: str) -> str:
    """Return a passage with the rest of the sentences in which it begins and ends."""
    if not _SENTENCE_END.search(passage, max(0, len(passage) - 4)):
        passage += _SENTENCE_END.split(ahead, maxsplit=1)[0]
    return (_SENTENCE_END.split(behind)[-1] + passage).strip(_AROUND)
