"""Words near each other, in all articles of a segment at once.

A place is article and position in one number, `article << shift | position`: sorted places are sorted by
article, then by position, and no window of words reaches from one article into another. Where the positions
of a field fit in two bytes a place fits in four (uint32), else in eight (int64).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.search.proximity import near

#: Positions are written as two bytes only if so many more would fit: as far as a window may reach.
REACH = 256
LOOKED_UP = 6  #: times more places than are wanted: then each of these is looked up

_NARROW = np.dtype(np.uint32)


def shift_of(places: np.ndarray) -> int:
    """Return by how many bits an article is shifted."""
    return 16 if places.dtype == _NARROW else 32


def make(articles: np.ndarray, counts: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Return the places of positions, of which each article has `counts`."""
    if positions.dtype.itemsize <= 2 and int(articles.max(initial=0)) < 1 << 16:
        narrow: np.ndarray = np.repeat(articles.astype(np.uint32) << 16, counts) | positions
        return narrow
    wide: np.ndarray = np.repeat(articles.astype(np.int64) << 32, counts) | positions
    return wide


def alike(several: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return them all narrow, or all wide."""
    if len({places.dtype for places in several}) <= 1:
        return list(several)
    return [_widened(places) if places.dtype == _NARROW else places for places in several]


def _widened(places: np.ndarray) -> np.ndarray:
    wide = places.astype(np.int64)
    widened: np.ndarray = ((wide >> 16) << 32) | (wide & 0xFFFF)
    return widened


def unite(several: Sequence[np.ndarray]) -> np.ndarray:
    """Return the places that are in any of them, sorted, each once."""
    if len(several) == 1:
        return several[0]
    together = _merged(alike(several))
    return together[np.append(together[:-1] != together[1:], True)] if len(together) else together


def side_by_side(slots: Sequence[np.ndarray]) -> np.ndarray:
    """Return every place where the slots follow each other without a gap: that of the first word.

    slots: for each word of the phrase the sorted places where it stands, all alike, none twice.
    """
    kind = slots[0].dtype
    rarest = min(range(len(slots)), key=lambda slot: len(slots[slot]))
    starts: np.ndarray = slots[rarest]
    if rarest:  # no phrase begins before its article does
        starts = starts[starts & kind.type((1 << shift_of(starts)) - 1) >= rarest] - kind.type(rarest)
    for distance, places in enumerate(slots):
        if distance != rarest:
            starts = _common(places, starts + kind.type(distance)) - kind.type(distance)
    return starts


def _common(places: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return what is in both; in each, nothing is there twice."""
    if len(wanted) * LOOKED_UP < len(places):
        at = np.searchsorted(places, wanted)
        at[at == len(places)] = 0
        found: np.ndarray = wanted[places[at] == wanted]
    else:
        together = _merged([places, wanted])
        found = together[1:][together[1:] == together[:-1]]
    return found


def _merged(several: Sequence[np.ndarray]) -> np.ndarray:
    """Return all of several sorted arrays, sorted: such a sort takes what is in order as it is."""
    together = np.concatenate(several)
    together.sort(kind="stable")
    return together


def articles_of(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the articles of sorted places, and how many each has."""
    articles = places >> places.dtype.type(shift_of(places))
    first = np.flatnonzero(np.diff(articles, prepend=np.array([-1], np.int64)))
    return articles[first], np.diff(first, append=len(articles))


def count_near(slots: Sequence[np.ndarray], between: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the articles in which the slots stand near each other, and how many windows each has.

    Windows as in `proximity.near`. between: below REACH together with the slots.
    """
    kind = slots[0].dtype
    width = kind.type(len(slots) + between)
    starts = np.unique(np.concatenate(slots))
    for places in slots:
        at = np.searchsorted(places, starts)
        inside = at < len(places)
        inside[inside] = places[at[inside]] < starts[inside] + width
        starts = starts[inside]
    articles, counts = articles_of(starts)
    # A place that serves two slots: each needs one of its own, which only a look at the windows can tell.
    everywhere = np.sort(np.concatenate(slots))
    shared, _counts = articles_of(everywhere[1:][everywhere[1:] == everywhere[:-1]])
    for number in np.flatnonzero(np.isin(articles, shared)).tolist():
        here = [_positions_in(places, int(articles[number])) for places in slots]
        counts[number] = sum(1 for _window in near(here, between))
    found = counts > 0
    return articles[found], counts[found]


def _positions_in(places: np.ndarray, article: int) -> list[int]:
    shift = shift_of(places)
    low, high = np.searchsorted(places.astype(np.int64), [article << shift, (article + 1) << shift])
    positions: list[int] = (places[low:high] & places.dtype.type((1 << shift) - 1)).tolist()
    return positions
