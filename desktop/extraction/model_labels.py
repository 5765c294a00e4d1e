"""Scores of the names model -> labelled stretches of tokens: the likeliest sequence that is a valid one.

Labels are O, and B- and I- for each kind: a name begins with B-, and I- only goes on with what stands
before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

OUTSIDE: Final = "O"
NEVER: Final = -1e4  #: as good as impossible, as the logarithm of a likelihood


class Labels:
    """The labels of a model, in its order."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the labels: "O", "B-PER", "I-PER" …"""
        self.names = tuple(names)
        #: columns of B- and I- of each kind
        self.pairs = [
            (names.index(label), names.index(f"I-{label[2:]}")) for label in names if label[0] == "B"
        ]
        self._follow = np.array([[_penalty(a, b) for b in names] for a in names], np.float32)
        self._begin = np.array([_penalty(OUTSIDE, b) for b in names], np.float32)
        self._valid = self._follow == 0

    def likeliest(self, scores: Any) -> list[int]:
        """Return the best valid sequence of labels for scores [tokens, labels]."""
        greedy = scores.argmax(-1)
        if self._begin[greedy[0]] == 0 and self._valid[greedy[:-1], greedy[1:]].all():
            return greedy.tolist()  # type: ignore[no-any-return]
        best = scores[0] + self._begin
        back = []
        for row in scores[1:]:
            paths = best[:, None] + self._follow
            back.append(paths.argmax(0))
            best = paths.max(0) + row
        found = [int(best.argmax())]
        for choice in reversed(back):
            found.append(int(choice[found[-1]]))
        return found[::-1]

    def stretches(self, sequence: Sequence[int]) -> list[tuple[int, int, str]]:
        """Return (start, end, kind) of the names in a valid sequence."""
        found: list[tuple[int, int, str]] = []
        for at, number in enumerate(sequence):
            place, _, kind = self.names[number].partition("-")
            if place == "B":
                found.append((at, at + 1, kind))
            elif place == "I":
                start, _, _ = found[-1]
                found[-1] = (start, at + 1, kind)
        return found


def _penalty(before: str, label: str) -> float:
    fits = not label.startswith("I-") or before in (f"B-{label[2:]}", label)
    return 0.0 if fits else NEVER
