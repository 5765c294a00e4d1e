"""Words -> the pieces the names model knows: the likeliest cut by a unigram vocabulary.

Words come from `name_tokens`, so that places in the text never need to be worked out from pieces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

BEGIN: Final = 0  #: rows of the vocabulary that are no pieces of words
PADDING: Final = 1
END: Final = 2
UNKNOWN: Final = 3
SPACE: Final = "\u2581"  #: stands for the space in front of a word
MOST_OF_A_WORD: Final = 12  #: pieces of one word that are read

_LONGEST_WORD: Final = 48  # characters of a word that are read
_LONGEST_PIECE: Final = 20  # characters
_UNLIKELY: Final = 10.0  # how much less likely an unknown character is than the rarest piece
_MOST_KNOWN: Final = 50_000  # words whose cut is remembered


class Pieces:
    """A vocabulary; cuts words and remembers how. Threads may share it."""

    def __init__(self, rows: Iterable[tuple[str, float]]) -> None:
        """Take the (piece, logarithm of its probability) pairs; the place in the order is the piece's id."""
        self._known: dict[str, tuple[int, float]] = {}
        lowest = 0.0
        for number, (piece, score) in enumerate(rows):
            if number > UNKNOWN:
                self._known[piece] = (number, score)
                lowest = min(lowest, score)
        self._unlikely = lowest - _UNLIKELY
        self._words: dict[tuple[str, bool], tuple[int, ...]] = {}

    def word(self, word: str, *, spaced: bool) -> tuple[int, ...]:
        """Return the ids of a word's pieces, one at least; spaced: a space stands in front of it."""
        key = (word[:_LONGEST_WORD], spaced)
        ids = self._words.get(key)
        if ids is None:
            if len(self._words) >= _MOST_KNOWN:
                self._words.clear()
            ids = self._words[key] = self._cut(*key)
        return ids

    def _cut(self, word: str, spaced: bool) -> tuple[int, ...]:
        plain = "".join(unicodedata.normalize("NFKC", word).split())[:_LONGEST_WORD]
        ids = self._likeliest((SPACE if spaced else "") + plain)
        return tuple(ids[:MOST_OF_A_WORD]) or (UNKNOWN,)

    def _likeliest(self, text: str) -> list[int]:
        """Return the ids of the cut with the highest sum of scores (Viterbi), unknown neighbours as one."""
        known = self._known
        best: list[tuple[float, int, int]] = [(0.0, 0, UNKNOWN)]  # score, start and id of the last piece
        for end in range(1, len(text) + 1):
            choice = (best[end - 1][0] + self._unlikely, end - 1, UNKNOWN)
            for start in range(max(0, end - _LONGEST_PIECE), end):
                found = known.get(text[start:end])
                if found is not None and best[start][0] + found[1] > choice[0]:
                    choice = (best[start][0] + found[1], start, found[0])
            best.append(choice)
        ids: list[int] = []
        at = len(text)
        while at > 0:
            _, at, number = best[at]
            if number != UNKNOWN or not ids or ids[-1] != UNKNOWN:
                ids.append(number)
        return ids[::-1]


def read_pieces(path: Path) -> Pieces:
    """Read a vocabulary: lines of piece, tab, score."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return Pieces((piece, float(score)) for piece, score in rows)


def write_pieces(path: Path, rows: Sequence[tuple[str, float]]) -> None:
    """Write what `read_pieces` reads."""
    lines = (f"{piece}\t{score:.3f}\n" for piece, score in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
