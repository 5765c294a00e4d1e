"""Where a text holds a passage with a few characters changed, in time linear in the text.

Edit distance by bit vectors: G. Myers, "A fast bit-vector algorithm for approximate string matching
based on dynamic programming", JACM 46 (1999), in the form of H. Hyyrö (2003). A Python integer is
the whole column, so one step a character does for passages of any length.
"""

from __future__ import annotations

from collections.abc import Iterator

_MOST_ENDS = 8  #: ends of equal distance that are tried for one place


def places(text: str, pattern: str, errors: int) -> list[tuple[int, int, int]]:
    """Return (start, end, distance) of the places where `pattern` stands with at most `errors` edits.

    One for each stretch of overlapping matches: the nearest to the pattern, and of its length.
    """
    found: list[tuple[int, int, int]] = []
    for begin, finish in _windows(text, pattern, errors):
        for ends, distance in _ends(text, pattern, errors, begin, finish):
            spans = [(_start(text, pattern, errors, end), end) for end in ends[:_MOST_ENDS]]
            start, end = min(spans, key=lambda span: abs(span[1] - span[0] - len(pattern)))
            if start < end and (not found or start >= found[-1][1]):
                found.append((start, end, distance))
            elif found and distance < found[-1][2]:
                found[-1] = start, end, distance
    return found


def _windows(text: str, pattern: str, errors: int) -> list[tuple[int, int]]:
    """Return where a match can stand at all: cut in errors + 1 pieces, one piece must be unchanged."""
    size = len(pattern) // (errors + 1)
    spans = []
    for number in range(errors + 1):
        offset = number * size
        piece = pattern[offset : offset + size]
        place = text.find(piece)
        while place >= 0:
            spans.append((place - offset - errors, place - offset + len(pattern) + errors))
            place = text.find(piece, place + 1)
    windows: list[tuple[int, int]] = []
    for begin, finish in sorted(spans):
        begin, finish = max(0, begin), min(len(text), finish)
        if windows and begin <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(finish, windows[-1][1])
        else:
            windows.append((begin, finish))
    return windows


def _ends(text: str, pattern: str, errors: int, begin: int, finish: int) -> Iterator[tuple[list[int], int]]:
    """Yield for each run of matches the ends with the least distance, and that distance."""
    best, ends, last = errors + 1, list[int](), -1
    for place, distance in enumerate(_distances(text[begin:finish], pattern, anchored=False), begin + 1):
        if distance > errors:
            continue
        if ends and place - last > len(pattern) // 2:
            yield ends, best
            best, ends = errors + 1, []
        if distance < best:
            best, ends = distance, []
        if distance == best:
            ends.append(place)
        last = place
    if ends:
        yield ends, best


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
