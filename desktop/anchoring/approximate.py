"""Where a text holds a passage with a few characters changed, in time linear in the text.

Edit distance by bit vectors: G. Myers, "A fast bit-vector algorithm for approximate string matching
based on dynamic programming", JACM 46 (1999), in the form of H. Hyyrö (2003). A Python integer is
the whole column, so one step a character does for passages of any length.
"""

from __future__ import annotations

from collections.abc import Iterator

_MOST_ENDS = 8  #: ends of equal distance that are tried


def nearest(text: str, pattern: str, errors: int) -> tuple[int, int, int] | None:
    """Return (start, end, distance) of the place nearest to `pattern`, None beyond `errors` edits.

    Of several that are equally near the one whose length is nearest to that of the pattern.
    """
    best, ends = errors, list[int]()
    for place, distance in enumerate(_distances(text, pattern, anchored=False), 1):
        if distance < best:
            best, ends = distance, []
        if distance == best:
            ends.append(place)
    spans = [(_start(text, pattern, best, end), end) for end in ends[:_MOST_ENDS]]
    spans = [span for span in spans if span[0] < span[1]]
    if not spans:
        return None
    start, end = min(spans, key=lambda span: abs(span[1] - span[0] - len(pattern)))
    return start, end, best


def _start(text: str, pattern: str, errors: int, end: int) -> int:
    """Return where the match that ends at `end` starts: the same search, backwards from there."""
    window = text[max(0, end - len(pattern) - errors) : end][::-1]
    distances = list(_distances(window, pattern[::-1], anchored=True))
    length = min(
        range(len(distances)),
        key=lambda n: (distances[n], abs(n + 1 - len(pattern))),
        default=len(pattern) - 1,
    )
    return max(0, end - length - 1)


def _distances(text: str, pattern: str, *, anchored: bool) -> Iterator[int]:
    """Yield after each character of `text` the edit distance of `pattern` to a stretch that ends there.

    anchored: the stretch begins where `text` begins; otherwise anywhere.
    """
    size = len(pattern)
    mask, top = (1 << size) - 1, 1 << (size - 1)
    equal: dict[str, int] = {}
    for place, char in enumerate(pattern):
        equal[char] = equal.get(char, 0) | 1 << place
    plus, minus, distance = mask, 0, size
    for char in text:
        same = equal.get(char, 0)
        vertical = same | minus
        horizontal = (((same & plus) + plus) ^ plus) | same
        up = minus | (mask & ~(horizontal | plus))
        down = plus & horizontal
        if up & top:
            distance += 1
        elif down & top:
            distance -= 1
        up = (up << 1 | anchored) & mask
        down = down << 1 & mask
        plus = down | (mask & ~(vertical | up))
        minus = up & vertical
        yield distance
