"""Where in a text a pattern may stand at all, however it was changed: by the short pieces they share.

All pieces of five characters of a text are sorted once; a question then costs what its own pieces cost,
whatever the text is like: the rarest are asked first, and no more than a fixed number of places is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

PIECE = 5  #: characters
_MOST_PIECES = 1_024  # of a pattern that are asked for, evenly spread
_MOST_HITS = 20_000  # places that are looked at for one pattern
_MOST_STRETCHES = 6
_LEAST_HITS = 3  # pieces in line that make a stretch
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text in the order of their values, and where each stands."""

    values: Numbers
    places: Numbers


@lru_cache(maxsize=4)  # one article is asked for all its annotations in a row
def pieces(text: str) -> Pieces:
    """Return the sorted pieces of a text."""
    values = _values(text)
    order = np.argsort(values, kind="stable")
    return Pieces(values[order], order)


def _values(text: str) -> Numbers:
    """Return a number for the piece that begins at each character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = max(0, len(points) - PIECE + 1)
    values = np.zeros(count, dtype=np.uint64)
    for number in range(PIECE):
        values = (values + points[number : number + count] + np.uint64(1)) * _FACTOR
    return values


def stretches(text: str, pattern: str, slack: int) -> list[tuple[int, int]]:
    """Return the likeliest (start, end) of `pattern` in `text`, at most six, the likeliest first.

    slack: characters that may have been put in or taken out. A stretch is given with that room on either
    side, also where that is outside the text. What the text says everywhere says nothing about a place:
    such pieces do not count.
    """
    held, wanted = pieces(text), _values(pattern)
    offsets = np.arange(len(wanted))
    if len(wanted) > _MOST_PIECES:
        offsets = np.linspace(0, len(wanted) - 1, _MOST_PIECES).astype(np.int64)
    low = np.searchsorted(held.values, wanted[offsets], side="left")
    counts = np.searchsorted(held.values, wanted[offsets], side="right") - low
    rarest = np.argsort(counts, kind="stable")
    rarest = rarest[(counts[rarest] > 0) & (np.cumsum(counts[rarest]) <= _MOST_HITS)]
    if not len(rarest):
        return []
    lines = np.concatenate(
        [held.places[low[n] : low[n] + counts[n]] - offsets[n] for n in rarest.tolist()],
        dtype=np.int64,
    )
    lines.sort()
    return [(line - slack, line + slack + len(pattern)) for line in _crowded(lines, slack)]


def _crowded(lines: Numbers, slack: int) -> list[int]:
    """Return where most of the sorted numbers are, at most six places and `slack` apart, fullest first."""
    found: list[int] = []
    inside = np.searchsorted(lines, lines + slack, side="right") - np.arange(len(lines))
    while len(found) < _MOST_STRETCHES:
        best = int(np.argmax(inside))
        if inside[best] < _LEAST_HITS:
            break
        found.append(int(lines[best + int(inside[best]) // 2]))  # the middle one
        inside[np.abs(lines - lines[best]) <= slack] = 0
    return found
