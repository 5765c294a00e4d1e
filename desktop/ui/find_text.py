"""Finds what a reader types in a text, whatever its case and accents, in code points."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

_SAME = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u00ad": "", "\u200b": "", "\u200d": "", "\ufeff": "",
}  # fmt: skip
_PLAIN = {**_SAME, "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
_NO_ACCENT = "(?![\u0300-\u036f])"  # what was found does not go on with an accent
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def _fold(char: str, accents: bool = False) -> str:
    """Return what a character counts as: nothing for an invisible sign, and for an accent unless told."""
    same = _SAME if accents else _PLAIN
    folded = "".join(same.get(c, c) for c in char.casefold())
    apart = unicodedata.normalize("NFKD", folded)
    if apart.isspace() or char.isspace():
        return " "
    return apart if accents else "".join(c for c in apart if not unicodedata.combining(c))


def folded(text: str, *, accents: bool = False) -> str:
    """Return the text as it is compared."""
    return "".join(_fold(char, accents) for char in text)


class FoldedText:
    """A text prepared for finding in it. Making it takes some milliseconds for a long article."""

    def __init__(self, text: str, *, accents: bool = False) -> None:
        """accents: they tell letters apart ("café" is not "cafe")."""
        self._accents = accents
        self._length = len(text)
        parts = [_fold(char, accents) for char in text]
        self._folded = "".join(parts)
        ends = list(accumulate(map(len, parts), initial=0))  # ends[i] = folded characters before text[i]
        self._places: list[int] | None = None
        if any(len(part) != 1 for part in parts):
            self._places = [0] * (len(self._folded) + 1)
            for place, first in enumerate(ends[:-1]):
                for folded_place in range(first, ends[place + 1]):
                    self._places[folded_place] = place
            self._places[-1] = self._length
        self._parts = parts

    def find(self, wanted: str, *, whole_words: bool = False) -> list[tuple[int, int]]:
        """Return where `wanted` stands, in order, not overlapping; white space stands for any white space.

        whole_words: not within a longer word.
        """
        wanted = folded(wanted, accents=self._accents)
        pattern = r"\s+".join(re.escape(part) for part in _SPACES.split(wanted) if part)
        if not pattern:
            return []
        if whole_words:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        if self._accents:
            pattern += _NO_ACCENT
        return [self._range(match.start(), match.end()) for match in re.finditer(pattern, self._folded)]

    def _range(self, start: int, end: int) -> tuple[int, int]:
        if self._places is None:
            return start, end
        first, last = self._places[start], self._places[end - 1] + 1
        while last < self._length and not self._parts[last]:
            last += 1  # accents written apart belong to their letter
        return first, last
