"""Words near each other, in all articles at once.

A place is `article << 32 | position`: sorted places are sorted by article, then by position, and no window
of words reaches from one article into another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.search.proximity import near


def side_by_side(slots: Sequence[np.ndarray]) -> np.ndarray:
    """Return every place where the slots follow each other without a gap: that of the first word.

    slots: for each word of the phrase the sorted places where it stands.
    """
    rarest = min(range(len(slots)), key=lambda slot: len(slots[slot]))
    starts = slots[rarest] - rarest
    for distance, places in enumerate(slots):
        if distance != rarest:
            starts = starts[_among(places, starts + distance)]
    return starts


def _among(places: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    if not len(places):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(places, wanted)
    at[at == len(places)] = 0
    found: np.ndarray = places[at] == wanted
    return found


def count_near(slots: Sequence[np.ndarray], between: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the articles in which the slots stand near each other, and how many windows each has.

    Windows as in `proximity.near`.
    """
    width = len(slots) + between
    starts = np.unique(np.concatenate(slots))
    for places in slots:
        if not len(places):
            return starts[:0], starts[:0]
        at = np.searchsorted(places, starts)
        inside = at < len(places)
        inside[inside] = places[at[inside]] < starts[inside] + width
        starts = starts[inside]
    articles, counts = np.unique(starts >> 32, return_counts=True)
    # A place that serves two slots: each needs one of its own, which only a look at the windows can tell.
    everywhere = np.sort(np.concatenate(slots))
    shared = np.unique(everywhere[1:][everywhere[1:] == everywhere[:-1]] >> 32)
    doubtful = np.flatnonzero(np.isin(articles, shared))
    for number in doubtful.tolist():
        here = [_of(places, int(articles[number])) for places in slots]
        counts[number] = sum(1 for _window in near(here, between))
    found = counts > 0
    return articles[found], counts[found]


def _of(places: np.ndarray, article: int) -> list[int]:
    low, high = np.searchsorted(places, [article << 32, (article + 1) << 32])
    return (places[low:high] & 0xFFFFFFFF).tolist()  # type: ignore[no-any-return]
