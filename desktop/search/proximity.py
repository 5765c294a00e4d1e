"""Words near each other: pure functions on the positions of words in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence


def side_by_side(slots: Sequence[Sequence[int]]) -> list[int]:
    """Return every position where the slots follow each other without a gap.

    slots: for each word of the phrase the sorted positions where it stands.
    """
    starts = set(slots[0])
    for distance, positions in enumerate(slots[1:], start=1):
        starts.intersection_update([position - distance for position in positions])
    return sorted(starts)


def near(slots: Sequence[Sequence[int]], between: int) -> Iterator[tuple[int, ...]]:
    """Yield, for every window that holds all slots, a position for each slot.

    The slots may stand in any order, each at a position of its own, with at most `between` other
    positions in all between the first and the last. Windows begin at different positions.
    """
    width = len(slots) + between
    for start in sorted(set().union(*slots)):
        inside = [
            positions[bisect_left(positions, start) : bisect_right(positions, start + width - 1)]
            for positions in slots
        ]
        if all(inside) and any(positions[0] == start for positions in inside):
            chosen = _each_its_own(inside)
            if chosen is not None:
                yield chosen


def _each_its_own(choices: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Give every slot a position that no other slot has (bipartite matching); None if that cannot be."""
    owner: dict[int, int] = {}

    def place(slot: int, tried: set[int]) -> bool:
        for position in choices[slot]:
            if position in tried:
                continue
            tried.add(position)
            if position not in owner or place(owner[position], tried):
                owner[position] = slot
                return True
        return False

    for slot in range(len(choices)):
        if not place(slot, set()):
            return None
    found = {slot: position for position, slot in owner.items()}
    return tuple(found[slot] for slot in range(len(choices)))
