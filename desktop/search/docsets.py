"""Sets of articles as sorted arrays of their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

NONE = np.zeros(0, np.int32)
FAR = 16  #: so many times larger is a set in which members are looked up one by one
_LITTLE = 512  #: of so many articles one may be looked up while a mask of all is made


def is_little(few: int, size: int) -> bool:
    """Tell whether so few members are looked up sooner than a mask of `size` articles is made."""
    return few * _LITTLE < size


def mask(numbers: np.ndarray, size: int) -> np.ndarray:
    """Return for each number below `size` whether it is in a set."""
    found = np.zeros(size, bool)
    found[numbers] = True
    return found


def intersect(one: np.ndarray, other: np.ndarray, size: int) -> np.ndarray:
    """Return what is in both."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    found: np.ndarray = few[contains(many, few, size)]
    return found


def contains(many: np.ndarray, numbers: np.ndarray, size: int) -> np.ndarray:
    """Tell of each number whether it is in a set."""
    if not len(many) or not len(numbers):
        return np.zeros(len(numbers), bool)
    if len(numbers) * FAR > len(many) and not is_little(len(numbers), size):
        found: np.ndarray = mask(many, size)[numbers]
    else:
        at = np.minimum(np.searchsorted(many, numbers), len(many) - 1)
        found = many[at] == numbers
    return found


def unite(sets: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Return what is in any of them."""
    sets = [one for one in sets if len(one)]
    if len(sets) < 2:
        return sets[0] if sets else NONE
    largest = max(sets, key=len)
    rest = [one for one in sets if one is not largest]
    if all(contains(largest, one, size).all() for one in rest):
        return largest  # mostly: what a title has, its text has
    found = mask(largest, size)
    for one in rest:
        found[one] = True
    return np.flatnonzero(found).astype(np.int32)


def without(one: np.ndarray, other: np.ndarray, size: int) -> np.ndarray:
    """Return what is in the first and not in the second."""
    return one[~contains(other, one, size)] if len(other) else one
