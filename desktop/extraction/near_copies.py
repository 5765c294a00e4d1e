"""Whether two texts are one text with changes: another headline, paragraphs cut off, words edited.

What counts are the sequences of six words that both have. Articles that report one event in words of their
own share hardly any, but for quotations; an agency's text in two papers shares many of those of the shorter.
A sketch is the few sequences of four words whose hashes are smallest: similar texts have some in common.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

STAMP: Final = "1"  #: changes when sketches do: those made before are made again
ENOUGH: Final = 0.42  #: share of the shorter text's sequences that makes two texts copies
_WORDS: Final = 6  # in a sequence; from this on, reports that were made from one mould share few
_SKETCHED: Final = 4  # words in a sequence of a sketch, which is to miss nothing
_SKETCH: Final = 16  # sequences kept of a text
_SHORTEST: Final = 25  # sequences; a shorter text says too little to be compared
_LONGEST: Final = 60_000  # characters that are looked at

_WORD = re.compile(r"\w+")
_MIXED: Final = 2_654_435_761  # Knuth's multiplier: neighbouring sums of CRC-32 come to lie far apart


def sketch(text: str) -> list[int]:
    """Return the numbers that stand for a text (title, empty line, body); none for one that is too short."""
    found = set(_hashes(_body(text), _SKETCHED))
    return heapq.nsmallest(_SKETCH, found) if len(found) >= _SHORTEST else []


def overlap(one: str, other: str) -> float:
    """Return which share of the shorter text's sequences both have, 0..1; 0 where one is too short."""
    return _share(_sequences(one), _sequences(other))


def copies_among(text: str, others: Mapping[int, str]) -> list[int]:
    """Return the keys of those texts that are copies of this one."""
    own = _sequences(text)
    return [key for key, other in others.items() if _share(own, _sequences(other)) >= ENOUGH]


def _share(first: set[int], second: set[int]) -> float:
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= _SHORTEST else 0.0


def _sequences(text: str) -> set[int]:
    return set(_hashes(_body(text), _WORDS))


def _body(text: str) -> str:
    """Return the text without its title, which every paper writes anew."""
    _title, gap, body = text[:_LONGEST].partition("\n\n")
    return body if gap else text[:_LONGEST]


def _hashes(text: str, length: int) -> Iterator[int]:
    words = _WORD.findall(text.casefold())
    for place in range(len(words) - length + 1):
        told = " ".join(words[place : place + length]).encode()
        yield zlib.crc32(told) * _MIXED & 0xFFFFFFFF
