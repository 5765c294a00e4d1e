"""One spelling for signs that change between copies of a text, with the way back to the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "ﬁ": "fi",
    "ﬂ": "fl",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_CHANGED = re.compile(r"\s+|[" + re.escape("".join(_SAME)) + "]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one spelling. Character i stands for `[starts[i], ends[i])` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> str:
    """Return the text with one kind of quotes, hyphens and spaces, and without invisible signs."""
    return _CHANGED.sub(lambda match: _SAME.get(match[0], " "), text)


@lru_cache(maxsize=4)  # one article is searched for all its annotations in a row
def folded(text: str) -> Folded:
    """Return the folded text with the place of each of its characters in the original."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for match in _CHANGED.finditer(text):
        begin, end = match.span()
        new = _SAME.get(match[0], " ")
        parts += text[place:begin], new
        starts += [*range(place, begin), *[begin] * len(new)]
        ends += [*range(place + 1, begin + 1), *[end] * len(new)]
        place = end
    parts.append(text[place:])
    starts += range(place, len(text))
    ends += range(place + 1, len(text) + 1)
    return Folded("".join(parts), tuple(starts), tuple(ends))
