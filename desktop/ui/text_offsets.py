"""The one border between code points, in which all our offsets count, and UTF-16 units, in which Qt counts.

A character outside the basic plane (an emoji, a rare Han sign) is one code point and two units. Most
texts have few of them, so their places are kept and everything else is counted past them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

#: what Qt would take for the end of a block or frame, or could not take over from Python, and what stands
#: for it on screen: always one unit for one code point
_SHOWN = {
    0x00: "\ufffd",
    0x0A: "\u2028",
    0x0D: "\u2028",
    0x2029: "\u2028",
    0xFDD0: "\ufffd",
    0xFDD1: "\ufffd",
    **dict.fromkeys(range(55296, 57344), "�"),
}
_SPECIAL = re.compile("[\x00\n\r\u2029\ufdd0\ufdd1\ud800-\udfff]")


def shown(text: str) -> str:
    """Return the text as one QTextBlock can hold it, each code point as many UTF-16 units as before."""
    return text.translate(_SHOWN) if _SPECIAL.search(text) else text


class TextOffsets:
    """Converts places in one text. Places outside the text are taken to its nearest end."""

    def __init__(self, text: str) -> None:
        self.length = len(text)  #: in code points
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [place + index for index, place in enumerate(self._astral)]
        self.units = self.length + len(self._astral)  #: length in UTF-16 units

    def to_units(self, place: int) -> int:
        """Return the UTF-16 place of a code point."""
        place = min(max(place, 0), self.length)
        return place + bisect_left(self._astral, place) if self._astral else place

    def to_code_point(self, unit: int) -> int:
        """Return the code point at a UTF-16 place; a place inside a pair belongs to its character."""
        unit = min(max(unit, 0), self.units)
        if not self._units:
            return unit
        return unit - bisect_right(self._units, unit - 1)
