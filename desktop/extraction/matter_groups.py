"""Linked amounts -> matters: a link joins two groups only if nothing in one contradicts the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.extraction.matter_evidence import Rarity
from desktop.extraction.matter_profile import Profile
from desktop.extraction.same_matter import ENOUGH, Verdict, judge

_LARGEST: Final = 40  # amounts in one matter
_STEP: Final = 50  # links, each of which may ask for some hundred comparisons


@dataclass(frozen=True, slots=True)
class Link:
    """Two amounts, by their numbers, that were found to be figures of one matter."""

    first: int
    second: int
    verdict: Verdict


def groups(
    links: Sequence[Link],
    profiles: Mapping[int, Profile],
    rarity: Rarity,
    step: Callable[[int, int], None],
) -> list[list[Link]]:
    """Return the links of each matter, the surest links joined first; step(done, total) may raise."""
    members: dict[int, set[int]] = {}
    kept: dict[int, list[Link]] = {}
    order = sorted(links, key=lambda link: (-link.verdict.score, link.first, link.second))
    for done, link in enumerate(order):
        if done % _STEP == 0:
            step(done, len(order))
        a = members.setdefault(link.first, {link.first})
        b = members.setdefault(link.second, {link.second})
        if a is b:
            kept[id(a)].append(link)
        elif len(a) + len(b) <= _LARGEST and _agree(a, b, profiles, rarity):
            own = [*kept.pop(id(a), ()), *kept.pop(id(b), ()), link]
            a |= b
            members.update(dict.fromkeys(b, a))
            kept[id(a)] = own
    return list(kept.values())


def _agree(a: set[int], b: set[int], profiles: Mapping[int, Profile], rarity: Rarity) -> bool:
    """Tell whether most amounts of one group are of one matter with those of the other."""
    pairs = [(x, y) for x in a for y in b]
    same = sum(judge(profiles[x], profiles[y], rarity).score >= ENOUGH for x, y in pairs)
    return 2 * same > len(pairs)
