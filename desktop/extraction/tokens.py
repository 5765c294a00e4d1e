"""Text -> tokens: figures, words, signs and breaks, with their places in the text.

A figure keeps its thousands groups and decimals ("1.200,50", "1 000 000"); a word is letters only, so
hyphens, apostrophes and "m2" are several tokens. A break is a blank line, a tab, or a newline before a
list mark: nothing that is read as one amount or one date crosses it. Everything is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

WORD: Final = 1
FIGURE: Final = 2
BREAK: Final = 3
SIGN: Final = 4
BREAKS: Final = ("\n", "\t")  #: tokens of the kind BREAK
LAST_LATIN: Final = "\u0250"  #: words that sort behind this are in no Latin script

_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2150-\u218b]"  # ² and ½ are signs here
# One group, for splitting. Words come first: they are nine of ten tokens. Every branch begins with one set of
# characters, since those that cannot match are then passed over without being tried.
_TOKEN = re.compile(
    r"(w(?:eek-ends?\b|[a-z]*+(?![^\x00-\x7f]))|[a-z][a-z]*+(?![^\x00-\x7f])"
    r"|[0-9](?:[0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9]*(?:[.,'’][0-9]+)*)"
    rf"|{_LETTER}{_LETTER}*(?:[\u00ad\u0300-\u036f]+{_LETTER}*)*"
    r"|\n(?=[ \t]*(?:\n|[-*•–—#>|]))|\t"
    r"|\S)"
)
_LETTERS = re.compile(_LETTER)
_CODE = re.compile(
    r"https?://\S+"
    r"|www\.\S+"
    r"|(?<=[\w.])@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|\bdoi:\S+|\bECLI:\S+",
    re.IGNORECASE,
)
_SAME: Final = {"’": "'", "–": "-", "−": "-", "‑": "-", "‐": "-", "～": "~"}
_QUOTES = re.compile("(?<![0-9])[‘´`]|[‘´`](?![0-9])")
_COMBINING = re.compile("[\u00ad\u0300-\u036f]")


class Known(dict[str, Any]):
    """What is to be known of words: found out when a word first comes, and remembered."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        """Take what finds it out."""
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Any:
        found = self._find(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _WORDS_KEPT:
                self.clear()
            self[word] = found
        return found


class _Kinds(dict[str, int]):
    """The kind of a token by its first character, filled as characters come."""

    def __missing__(self, char: str) -> int:
        kind = WORD if _LETTERS.match(char) else SIGN
        if len(self) < _CHARS_KEPT:
            self[char] = kind
        return kind


_WORDS_KEPT: Final = 50_000
_LONGEST_KEPT: Final = 100  #: characters
_CHARS_KEPT: Final = 70_000
_KINDS: Final = _Kinds({**dict.fromkeys("0123456789", FIGURE), "\n": BREAK, "\t": BREAK})
_first: Final = itemgetter(0)


def kind_of(word: str) -> int:
    """Return the kind of a token."""
    return _KINDS[word[0]]


class Tokens:
    """The tokens of one text as parallel lists; `low` is the token in lower case, signs unified.

    The lists end with breaks that stand behind the text, so that looking a few tokens ahead needs no check.
    """

    __slots__ = ("count", "end", "kind", "low", "start", "text")

    def __init__(self, text: str) -> None:
        """Read the text."""
        self.text = text
        pieces = _TOKEN.split(_unified(_lower(_without_codes(text))))  # gap, token, gap, token, ..., gap
        ends = [*accumulate(map(len, pieces))]
        self.low = pieces[1::2]
        self.start = ends[0:-1:2]
        self.end = ends[1::2]
        self.kind = [*map(_KINDS.__getitem__, map(_first, self.low))]
        self.count = len(self.low)
        if _may_combine(text):
            self.low = [_composed(word) if len(word) > 1 else word for word in self.low]
        self.start += [len(text)] * _BEHIND
        self.end += [len(text)] * _BEHIND
        self.low += ["\n"] * _BEHIND
        self.kind += [BREAK] * _BEHIND

    def written(self, index: int) -> str:
        """Return the token as it stands in the text."""
        return self.text[self.start[index] : self.end[index]]

    def joined(self, index: int) -> bool:
        """Tell whether the token stands directly against the one before it."""
        return index > 0 and self.start[index] == self.end[index - 1] and self.kind[index] != BREAK

    def capital(self, index: int) -> bool:
        """Tell whether the token begins with a capital."""
        return self.text[self.start[index]].isupper() if index < self.count else False

    def has_capital(self, index: int) -> bool:
        """Tell whether the token has a capital anywhere."""
        written = self.text[self.start[index] : self.end[index]]
        return not written.islower() and any(map(str.isupper, written))

    def starts_sentence(self, index: int) -> bool:
        """Tell whether nothing or the end of a sentence stands before the token."""
        before = index - 1
        while before >= 0 and self.low[before] in _OPENERS:
            before -= 1
        return before < 0 or self.low[before] in _ENDERS


_BEHIND: Final = 8  #: breaks behind the text
_OPENERS = frozenset("\"'“”„«»([*_")
_ENDERS = frozenset(".!?:;\n\t•|")


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return text.replace("İ", "i").lower()  # the one letter that is two in lower case


def _unified(text: str) -> str:
    """Give apostrophes and hyphens one form, sign for sign."""
    for sign, same in _SAME.items():
        if sign in text:
            text = text.replace(sign, same)
    return _QUOTES.sub("'", text) if "‘" in text or "´" in text or "`" in text else text


def _may_combine(text: str) -> bool:
    """Tell whether a soft hyphen or combining accent may be there, by the bytes these begin with in UTF-8."""
    if text.isascii():
        return False
    encoded = text.encode("utf-8", "replace")
    return b"\xcc" in encoded or b"\xcd" in encoded or "\u00ad" in text


def _composed(word: str) -> str:
    """Return a word without soft hyphens and with its accents composed."""
    if word > LAST_LATIN or not _COMBINING.search(word):
        return word
    return unicodedata.normalize("NFC", word.replace("\u00ad", ""))


def _without_codes(text: str) -> str:
    """Blank addresses and case numbers, length for length: their figures and words mean nothing."""
    if "://" in text or "www." in text or "@" in text or "ECLI:" in text or "doi:" in text:
        return _CODE.sub(lambda match: "\x00" * len(match.group()), text)
    return text
