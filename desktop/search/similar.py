"""Fuzzy words: which of many words differ from one in a letter or two, all compared at once.

Words are rows of a matrix of bytes. That is exact for ASCII, which folded words mostly are; the others are
compared one by one.
"""

from __future__ import annotations

import numpy as np

from desktop.search.edits import edits

_END = 10  #: line feed: stands behind every word and in none


def similar(lines: bytes, word: str, distance: int) -> list[int]:
    """Return which lines (from 0) are words that differ from `word` in at most `distance` letters.

    lines: words in UTF-8, each with a line feed behind it. distance: 1 or 2.
    """
    data = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(data == _END)
    if not len(ends):
        return []
    starts = np.append(0, ends[:-1] + 1)
    sizes = ends - starts
    foreign = np.zeros(len(ends), bool)
    if not lines.isascii():
        foreign = np.add.reduceat(data > 127, starts) > 0
    if not word.isascii():
        foreign[:] = True
    found = [
        number
        for number in np.flatnonzero(foreign).tolist()
        if _is_similar(lines[starts[number] : ends[number]].decode(), word, distance)
    ]
    near = np.flatnonzero((abs(sizes - len(word)) <= distance) & ~foreign)
    if len(near):
        compare = _one_apart if distance == 1 else _two_apart
        found += near[compare(data, starts[near], sizes[near], word.encode())].tolist()
    return sorted(found)


def _is_similar(one: str, other: str, distance: int) -> bool:
    return abs(len(one) - len(other)) <= distance and edits(one, other, distance) <= distance


def _one_apart(data: np.ndarray, starts: np.ndarray, sizes: np.ndarray, word: bytes) -> np.ndarray:
    """Tell which words are alike but for one letter: what both ends share leaves no more."""
    length = len(word)
    wanted = np.frombuffer(word, np.uint8)
    edge = np.full(length + 1, _END, np.uint8)
    padded = np.concatenate([edge, data, edge])
    first = starts + len(edge)
    forward = padded[first[:, None] + np.arange(length + 1)]
    backward = padded[(first + sizes - 1)[:, None] - np.arange(length)]
    before = np.logical_and.accumulate(forward[:, :length] == wanted, axis=1).sum(axis=1)
    behind = np.logical_and.accumulate(backward == wanted[::-1], axis=1).sum(axis=1)
    shared = before + behind
    found: np.ndarray = shared >= np.maximum(sizes, length) - 1
    swapped = np.flatnonzero((sizes == length) & (shared == length - 2))
    if len(swapped):
        at = before[swapped]
        found[swapped] = (forward[swapped, at] == wanted[at + 1]) & (forward[swapped, at + 1] == wanted[at])
    return found


def _two_apart(data: np.ndarray, starts: np.ndarray, sizes: np.ndarray, word: bytes) -> np.ndarray:
    """Tell which words are at most two edits away: the table of `edits` for all at once."""
    length, far = len(word), 3
    padded = np.append(data, np.full(length + far, _END, np.uint8))
    letters = [padded[starts + column] for column in range(length + 2)]
    many = len(starts)
    unreached = np.full(many, far, np.int8)
    rows: list[dict[int, np.ndarray]] = [
        {column: np.full(many, column, np.int8) for column in range(far)},
    ]
    for row in range(1, length + 1):
        above = rows[-1]
        line: dict[int, np.ndarray] = {}
        for column in range(max(0, row - 2), min(length + 2, row + 2) + 1):
            if column == 0:
                line[0] = np.full(many, row, np.int8)
                continue
            opposite = letters[column - 1]
            cost = above.get(column - 1, unreached) + (opposite != word[row - 1])
            np.minimum(cost, above.get(column, unreached) + np.int8(1), out=cost)
            np.minimum(cost, line.get(column - 1, unreached) + np.int8(1), out=cost)
            if row > 1 and column > 1:
                crossed = (opposite == word[row - 2]) & (letters[column - 2] == word[row - 1])
                swap = np.where(crossed, rows[-2].get(column - 2, unreached) + np.int8(1), unreached)
                np.minimum(cost, swap, out=cost)
            line[column] = cost
        rows.append(line)
    found = np.zeros(many, bool)
    for column, cost in rows[-1].items():
        found |= (sizes == column) & (cost <= 2)
    return found
