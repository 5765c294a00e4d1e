"""Tokens of an article -> the segments the names model reads at once.

A segment holds whole sentences where they fit, and all segments of an article are about equally long: a
name is best understood with as much of its surroundings as there is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from desktop.extraction.model_pieces import BEGIN, END, Pieces
from desktop.extraction.name_tokens import LOWER, SIGN, NameTokens

_ENDERS: Final = frozenset(".!?…")
_MOST_ALIKE: Final = 3  # signs in a row that are read; a ruled line says no more than these


@dataclass(slots=True)
class Segment:
    """Some tokens of one text as the model sees them."""

    ids: list[int] = field(default_factory=lambda: [BEGIN])  #: of the pieces
    first: list[int] = field(default_factory=list)  #: where in `ids` each token's first piece is
    tokens: list[int] = field(default_factory=list)  #: numbers of the tokens


def segments(tokens: NameTokens, pieces: Pieces, longest: int) -> list[Segment]:
    """Return the tokens as segments of at most `longest` pieces, in order."""
    cut = [_pieces(tokens, i, pieces) for i in range(tokens.count)]
    room = longest - 2
    total = sum(map(len, cut))
    aim = math.ceil(total / max(1, math.ceil(total / room)))
    found: list[Segment] = []
    current = Segment()
    for start, end in _sentences(tokens):
        size = len(current.ids) - 1
        if size and (size >= aim or size + sum(map(len, cut[start:end])) > room):
            found.append(current)
            current = Segment()
        for i in range(start, end):
            if len(current.ids) - 1 + len(cut[i]) > room:
                found.append(current)
                current = Segment()
            if cut[i]:
                current.first.append(len(current.ids))
                current.tokens.append(i)
                current.ids.extend(cut[i])
    found.append(current)
    for segment in found:
        segment.ids.append(END)
    return [segment for segment in found if segment.tokens]


def may_hold_names(segment: Segment, tokens: NameTokens) -> bool:
    """Tell whether anything in the segment is written with a capital."""
    return any(tokens.shape[i] not in (SIGN, LOWER) for i in segment.tokens)


def _pieces(tokens: NameTokens, index: int, pieces: Pieces) -> tuple[int, ...]:
    if _repeats(tokens, index):
        return ()
    glued = tokens.glued[index] and tokens.line[index] == tokens.line[index - 1]
    return pieces.word(tokens.word[index], spaced=not glued)


def _repeats(tokens: NameTokens, index: int) -> bool:
    """Tell whether the token is one more of a row of the same sign."""
    if index < _MOST_ALIKE or tokens.shape[index] != SIGN:
        return False
    sign = tokens.word[index]
    return all(tokens.word[index - back] == sign for back in range(1, _MOST_ALIKE + 1))


def _sentences(tokens: NameTokens) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of sentences, lines ending them too."""
    starts = [0]
    ended = False
    for i in range(1, tokens.count):
        new_line = tokens.line[i] != tokens.line[i - 1]
        word = tokens.word[i - 1]
        ended = word in _ENDERS or (ended and tokens.shape[i - 1] == SIGN)
        if new_line or (ended and tokens.first[i] and not tokens.glued[i]):
            starts.append(i)
            ended = False
    yield from pairwise([*starts, tokens.count])
