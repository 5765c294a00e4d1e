"""What the library knows of its articles, as arrays loaded once: for filters and for counts beside a result.

Articles are the library's numbers (rows). SQLite stays the truth: these are made anew when it has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np


class Numbers:
    """A number of each article, or several: its date, the amounts in it."""

    def __init__(self, pairs: Iterable[tuple[int, float]]) -> None:
        """pairs: row and number."""
        table = np.array(list(pairs), np.float64).reshape(-1, 2)
        order = np.argsort(table[:, 1], kind="stable")
        self._values = table[order, 1]
        self._rows = table[order, 0].astype(np.int64)

    def between(self, low: float, high: float) -> np.ndarray:
        """Return the rows of articles with a number from low to high, both included; some perhaps twice."""
        first = np.searchsorted(self._values, low, "left")
        last = np.searchsorted(self._values, high, "right")
        found: np.ndarray = self._rows[first:last]
        return found


class Labels:
    """Labels of articles, each with any number of them: its actors, its tags."""

    def __init__(self, pairs: Iterable[tuple[int, str]]) -> None:
        """pairs: row and label, each once."""
        number: dict[str, int] = {}
        rows, labels = [], []
        for row, label in pairs:
            rows.append(row)
            labels.append(number.setdefault(label, len(number)))
        self._names = list(number)
        order = np.argsort(np.array(rows, np.int64), kind="stable")
        self._rows = np.array(rows, np.int64)[order]
        self._labels = np.array(labels, np.int64)[order]

    def rows(self, label: str) -> np.ndarray:
        """Return the articles with a label, sorted."""
        number = self._names.index(label) if label in self._names else -1
        found: np.ndarray = self._rows[self._labels == number]
        return found

    def most_frequent(self, found: np.ndarray, limit: int) -> Sequence[tuple[str, int]]:
        """Return the labels that most of the articles have, with how many; equal ones by name."""
        if not len(self._rows) or not len(found):
            return []
        top = max(int(self._rows[-1]), int(found.max()))
        asked = np.zeros(top + 1, bool)
        asked[found] = True
        counts = np.bincount(self._labels[asked[self._rows]], minlength=len(self._names))
        least = np.partition(counts, -limit)[-limit] if limit < len(counts) else 0
        chosen = np.flatnonzero(counts >= max(int(least), 1)).tolist()
        ranked = sorted((-int(counts[number]), self._names[number]) for number in chosen)
        return [(name, -count) for count, name in ranked[:limit]]
