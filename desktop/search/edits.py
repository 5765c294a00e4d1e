"""How much words differ: letters changed, added, left out, or swapped with their neighbour."""

from __future__ import annotations


def edits(one: str, other: str, most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped with their neighbour.

    Optimal string alignment distance; counting stops above `most`, the answer is then most + 1.
    """
    if one == other:
        return 0
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(one), len(other)) <= 1:
        return 1
    if abs(len(one) - len(other)) > most:
        return most + 1
    if most == 1:  # nothing is left but two letters that changed places
        return 1 if len(one) == len(other) == 2 and one == other[::-1] else 2
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most and (not last or min(last) > most):
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)
