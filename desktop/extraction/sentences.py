"""Where sentences begin, in linear time: borders of blocks and paragraphs, and ends of sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from desktop.extraction.sense_words import SenseWords
from desktop.model import Block

# Begins with a set, so that the search is fast, and always matches there, so that it is linear.
_END = re.compile(r"[.!?…\n](?:(?<!\n)[.!?…]*[\"'”’“»›)\]]*\s*|(?<=\n)\s*)")
_WORD_BEFORE: Final = 24  # code points in which the word before a full stop is looked for
_LONG_WORD: Final = 8  # code points: no abbreviation is as long
_SHORT_LINE: Final = 50  # code points: a line that ends before this is a heading or a list, not wrapped
_OPENING = frozenset("\"'“”„«‹‘’([*_–—-¿¡")
_MARKS = frozenset("-*•–—#>|")
_BEFORE_WORD = "\"'“”„«‹‘’([*_–—-/"
_FIRST_WORD = re.compile(r"[\w'’]+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")


class Sentences:
    """The sentences of a text. Whatever may not be cut (an amount) lies in one of them."""

    __slots__ = ("_starts", "_text", "_trimmed")

    def __init__(
        self, text: str, blocks: Sequence[Block], words: SenseWords, whole: Iterable[tuple[int, int]] = ()
    ) -> None:
        """Find the borders; none falls inside the ranges of `whole`."""
        size = len(text)
        starts = {0}
        for block in blocks:
            starts.add(min(max(block.start, 0), size))
            starts.add(min(max(block.end, 0), size))
        starts.update(match.end() for match in _END.finditer(text) if _ends(text, match, words))
        self._text = text
        self._starts = sorted(starts)
        self._trimmed: dict[int, tuple[int, int]] = {}
        cut = {at for start, end in whole for at in self._inside(start, end)}
        if cut:
            self._starts = [at for at in self._starts if at not in cut]

    def _inside(self, start: int, end: int) -> list[int]:
        first = bisect_right(self._starts, start)
        last = first
        while last < len(self._starts) and self._starts[last] < end:
            last += 1
        return self._starts[first:last]

    def at(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place, without the space around it."""
        number = bisect_right(self._starts, place) - 1
        known = self._trimmed.get(number)
        if known is None:
            known = self._trimmed[number] = self._trim(number)
        return known

    def _trim(self, number: int) -> tuple[int, int]:
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        sentence = self._text[start:end]
        start += len(sentence) - len(sentence.lstrip())
        return start, max(start, end - (len(sentence) - len(sentence.rstrip())))


def _ends(text: str, match: re.Match[str], words: SenseWords) -> bool:
    """Tell whether a possible end of a sentence is one."""
    start, after = match.span()
    if after == len(text):
        return True
    space = text[after - 1].isspace()
    if space and after - start > 1 and text.count("\n", start, after) > 1:
        return True
    if text[start] == "\n":
        return text[after] in _MARKS or _short_line(text, start)
    if not space:
        return False
    while after < len(text) and after < match.end() + 4 and text[after] in _OPENING:
        after += 1
    following = text[after : after + 1]
    if following.islower():
        return False
    if text[start] != "." or text[start + 1] in ".!?…":
        return True
    return not _abbreviated(text, start, after, words)


def _short_line(text: str, newline: int) -> bool:
    """Tell whether the line that ends here is too short to have been wrapped."""
    start = text.rfind("\n", max(0, newline - _SHORT_LINE), newline)
    return start >= 0 or newline < _SHORT_LINE


def _abbreviated(text: str, point: int, after: int, words: SenseWords) -> bool:
    """Tell whether the point belongs to an abbreviation, an initial or an ordinal."""
    if text[max(0, point - _LONG_WORD) : point].isalpha() and point >= _LONG_WORD:
        return False
    before = text[max(0, point - _WORD_BEFORE) : point].rsplit(maxsplit=1)
    if not before or text[point - 1].isspace():
        return False
    word = before[-1].lstrip(_BEFORE_WORD)
    if word.lower() in words.abbreviations:
        return True
    if word.isdigit():
        return words.ordinals and len(word) < 3 and text[after : after + 1].isalpha()
    if len(word) == 1:
        return word.isupper()
    if _LETTERS.match(word):
        following = _FIRST_WORD.match(text, after)
        return following is not None and following.group().lower() not in words.openers
    return False


def between(text: str, start: int, end: int, words: SenseWords) -> bool:
    """Tell whether a sentence ends in `[start, end)`; what stands around it in the text is looked at too."""
    return any(_ends(text, match, words) for match in _END.finditer(text, start, end))


def around(text: str, start: int, end: int, words: SenseWords, most: int) -> tuple[int, int]:
    """Return the sentence that holds `[start, end)`, at most so many code points past either side."""
    low, high = max(0, start - most), min(len(text), end + most)
    begin = max((m.end() for m in _END.finditer(text, low, start) if _ends(text, m, words)), default=low)
    stops = (m.end() for m in _END.finditer(text, end, high) if _ends(text, m, words))
    stop = next(stops, high)
    sentence = text[begin:stop]
    return begin + len(sentence) - len(sentence.lstrip()), stop - (len(sentence) - len(sentence.rstrip()))
