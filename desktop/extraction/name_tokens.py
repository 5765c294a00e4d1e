"""Text -> tokens for names: words as written, with their capitals, glue and sentence borders.

A word is letters and digits; hyphens, apostrophes and points are tokens of their own that know whether
they stand directly against their neighbours ("Nvidia" "-" "chips"). Everything is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

LOWER: Final = 0  #: begins with a small letter, or is no word
CAPITAL: Final = 1  #: Begins with a capital, the rest small
UPPER: Final = 2  #: two letters or more, all capitals ("VVD", "D66")
MIXED: Final = 3  #: capitals elsewhere ("iPhone", "PvdA", "QuTech")
FIGURE: Final = 4  #: digits only
SIGN: Final = 5  #: no letter or digit

_WORD = r"(?:[^\W_]|[\u0300-\u036f\u00ad])"
_HEADING: Final = 30  # words of a line that are read to tell whether it is a heading
_SMALL = r"(?<!\w)['’‘][tsn](?!\w)"  # 't Harde, 's-Hertogenbosch
_TOKEN = re.compile(rf"{_WORD}+|\n|{_SMALL}|[^\s\w]|_")
_SPLIT = re.compile(rf"{_WORD}+|{_SMALL}|[^\s\w]|_")

OPENERS: Final = frozenset("\"'“”„«‹‘’([*_#>•–—-")
_ENDERS: Final = frozenset(".!?…:;\n|")
_CLOSERS: Final = frozenset("\"'“”»›’)]")
_SAME: Final = {"’": "'", "‘": "'", "´": "'", "`": "'", "‑": "-", "‐": "-"}


def shape(word: str) -> int:
    """Return how the word is capitalised: one of the constants above."""
    first = word[0]
    if first.islower():
        return MIXED if len(word) > 1 and not word.islower() and word != word.lower() else LOWER
    if first.isupper() or first.istitle():
        if len(word) == 1:
            return CAPITAL
        rest = word[1:]
        if rest.islower():
            return CAPITAL
        return UPPER if word.isupper() else MIXED
    if first.isdigit():
        if word.isdigit():
            return FIGURE
        return UPPER if word.isupper() and word.lower() != word and len(word) > 2 else LOWER
    return LOWER if first.isalpha() or len(word) > 1 else SIGN


def split(name: str) -> tuple[str, ...]:
    """Return the tokens of a name of a list, apostrophes and hyphens unified."""
    return tuple(plain(token) for token in _SPLIT.findall(name))


def plain(token: str) -> str:
    """Return the token with its apostrophe or hyphen unified."""
    return _SAME.get(token, token) if len(token) == 1 else token.replace("’", "'").replace("‘", "'")


_PADDING: Final = 24  # tokens behind the text, so that looking ahead needs no check
_MOST_KNOWN: Final = 100_000  # different words that are remembered
_KNOWN: Final[dict[str, tuple[str, int]]] = {}  # word -> (unified, shape), filled while reading


class NameTokens:
    """The tokens of one text as parallel lists; all lists end with signs that stand behind the text."""

    __slots__ = (
        "count",
        "end",
        "first",
        "glued",
        "line",
        "shape",
        "shouted",
        "start",
        "text",
        "titled",
        "word",
    )

    def __init__(self, text: str, abbreviations: frozenset[str] = frozenset()) -> None:
        """Read the text; after the abbreviations given ("dr", "St") a point ends no sentence."""
        self.text = text
        self.word: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.shape: list[int] = []
        self.glued: list[bool] = []  #: stands directly against the token before it
        self.line: list[int] = []  #: number of the line
        self._read(text)
        self.count = len(self.word)
        self.word += ["\n"] * _PADDING
        self.start += [len(text)] * _PADDING
        self.end += [len(text)] * _PADDING
        self.shape += [SIGN] * _PADDING
        self.glued += [False] * _PADDING
        self.line += [self.line[-1] + 1 if self.line else 0] * _PADDING
        self.first: list[bool] = [False] * len(self.word)  #: may begin a sentence or a quotation
        self._mark_sentences(abbreviations)
        self.shouted: set[int] = set()  #: lines in capitals
        self.titled: set[int] = set()  #: lines in title case
        self._mark_headings()

    def _read(self, text: str) -> None:
        line = 0
        before = -1
        shapes = _KNOWN
        if len(shapes) > _MOST_KNOWN:
            shapes.clear()
        words, starts, ends = self.word.append, self.start.append, self.end.append
        kinds, glued, lines = self.shape.append, self.glued.append, self.line.append
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word == "\n":
                line += 1
                continue
            start, end = match.span()
            known = shapes.get(word)
            if known is None:
                kind = shape(word)
                known = shapes[word] = (plain(word) if kind == SIGN or word[0] in "'’‘" else word, kind)
            words(known[0])
            kinds(known[1])
            starts(start)
            ends(end)
            glued(start == before)
            lines(line)
            before = end

    def _mark_sentences(self, abbreviations: frozenset[str]) -> None:
        words, shapes, glued, lines, first = self.word, self.shape, self.glued, self.line, self.first
        fresh = True
        line = -1
        for i in range(self.count):
            if lines[i] != line:
                line = lines[i]
                fresh = True
            word = words[i]
            if shapes[i] == FIGURE and self._is_reference(i):
                first[i] = fresh  # "… zegt hij.[2] De raad …": what follows the number of a note may begin
            elif shapes[i] != SIGN:
                first[i] = fresh
                fresh = False
            elif word in _ENDERS:
                fresh = not (word == "." and self._inside_abbreviation(i, abbreviations))
            elif word in "-–—" and not glued[i]:
                fresh = True  # "DEN HAAG (ANP) - Minister …", "17.58 uur - De …"
            elif word in OPENERS and not glued[i]:
                # An opening quotation mark: a name may stand behind it, or the first word of what is said.
                fresh = fresh or word not in "([–—-*_#"
            elif word not in _CLOSERS and word not in OPENERS:
                fresh = False

    def _is_reference(self, figure: int) -> bool:
        """Tell whether a figure stands alone in square brackets, as the number of a note does."""
        inside = 0 < figure < self.count - 1 and self.glued[figure] and self.glued[figure + 1]
        return inside and self.word[figure - 1] == "[" and self.word[figure + 1] == "]"

    def _mark_headings(self) -> None:
        shapes, lines = self.shape, self.line
        at = 0
        while at < self.count:
            line, words, upper = lines[at], 0, 0
            running = False  # words of running text: small and longer than an article or a preposition
            while lines[at] == line and not running and words < _HEADING:
                known = shapes[at]
                if known not in (SIGN, FIGURE):
                    words += 1
                    upper += known == UPPER
                    running = known == LOWER and len(self.word[at]) > 3
                at += 1
            if words > 3 and upper > 0.7 * words:
                self.shouted.add(line)
            elif words > 3 and not running:
                self.titled.add(line)
            at = bisect_right(lines, line, at)

    def _inside_abbreviation(self, point: int, abbreviations: frozenset[str]) -> bool:
        """Tell whether the point belongs to an initial ("J."), an abbreviation ("dr.") or a number."""
        if point + 1 < self.count and self.glued[point + 1] and self.shape[point + 1] != SIGN:
            return True
        if point == 0:
            return False
        before = self.word[point - 1]
        single = len(before) == 1 and before.isupper()
        return single or (before.lower() in abbreviations and self.shape[point - 1] != UPPER)

    def slice(self, start: int, end: int) -> str:
        """Return the text of the tokens [start, end)."""
        return self.text[self.start[start] : self.end[end - 1]]
