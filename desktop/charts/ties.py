"""Which of many pairs are worth drawing, and which of their ends belong together: a graph, as numbers.

Nodes are numbered from 0. Everything here gives the same answer for the same input.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of nodes, one < other."""

    one: int
    other: int
    count: int  #: how often they stand together
    expected: float  #: how often they would, if only their own numbers of ties decided
    strength: float  #: 0..1: see `ties`

    @property
    def times(self) -> float:
        """How many times as often as expected."""
        return self.count / self.expected if self.expected else 0.0


def ties(counts: Mapping[tuple[int, int], int], least: int = 1) -> list[Tie]:
    """Return the pairs that stand together at least so often, the strongest first.

    strength is the normalised pointwise mutual information of a pair among all pairs (Bouma 2009): 0 = no
    more often than their own numbers of ties would have it, 1 = only with each other. It is lowered where it
    rests on little (the discount of Pantel and Lin 2002), so that two rare names do not outdo the rest.
    """
    own: dict[int, int] = defaultdict(int)
    for (one, other), count in counts.items():
        own[one] += count
        own[other] += count
    total = sum(own.values())
    found = [
        _tie(one, other, count, own[one], own[other], total)
        for (one, other), count in counts.items()
        if count >= max(least, 1)
    ]
    return sorted(found, key=lambda tie: (-tie.strength, -tie.count, tie.one, tie.other))


def _tie(one: int, other: int, count: int, one_own: int, other_own: int, total: int) -> Tie:
    expected = one_own * other_own / total
    share = count / total
    information = math.log(count / expected) / -math.log(share)
    fewest = min(one_own, other_own)
    discount = count / (count + 1) * fewest / (fewest + 1)
    strength = min(max(information, 0.0), 1.0) * discount
    return Tie(min(one, other), max(one, other), count, expected, strength)


def strongest(found: Sequence[Tie], most: int) -> list[Tie]:
    """Return the ties to draw: those that hold everything together, then the strongest of all up to `most`.

    found: as `ties` gives them. What holds together is the spanning tree of the strongest ties, so that each
    node has its best one and groups have a bridge; one that is no stronger than expected is taken only where
    a node would stand alone without it. The order stays.
    """
    root: dict[int, int] = {}
    kept: set[Tie] = set()
    for tie in found:
        is_first = tie.one not in root or tie.other not in root
        one, other = _root(root, tie.one), _root(root, tie.other)
        if one != other and (tie.strength > 0 or is_first):
            root[other] = one
            kept.add(tie)
    for tie in found:
        if len(kept) >= most:
            break
        if tie.strength > 0:
            kept.add(tie)
    return [tie for tie in found if tie in kept]


def _root(root: dict[int, int], node: int) -> int:
    root.setdefault(node, node)
    while root[node] != node:
        node = root[node]
    return node


def groups(nodes: int, found: Iterable[Tie]) -> list[int]:
    """Return for each node the number of its group; 0 is the largest group.

    Groups are joined two by two as long as that raises the modularity (Clauset, Newman and Moore 2004), ties
    weighing as they are strong. A node without ties is a group of its own.
    """
    between: dict[int, dict[int, float]] = {node: {} for node in range(nodes)}
    degree = dict.fromkeys(range(nodes), 0.0)
    for tie in found:
        weight = 0.05 + tie.strength
        between[tie.one][tie.other] = between[tie.other][tie.one] = weight
        degree[tie.one] += weight
        degree[tie.other] += weight
    total = sum(degree.values())
    members = {node: [node] for node in range(nodes)}
    while total and (pair := _best_join(between, degree, total)):
        _join(between, degree, members, *pair)
    order = sorted(members.values(), key=lambda group: (-len(group), min(group)))
    numbers = {node: number for number, group in enumerate(order) for node in group}
    return [numbers[node] for node in range(nodes)]


def _best_join(
    between: Mapping[int, Mapping[int, float]], degree: Mapping[int, float], total: float
) -> tuple[int, int] | None:
    best, chosen = 1e-12, None
    for one, others in between.items():
        for other, weight in others.items():
            if one < other:
                gain = weight / total - degree[one] * degree[other] / total**2
                if gain > best:
                    best, chosen = gain, (one, other)
    return chosen


def _join(
    between: dict[int, dict[int, float]],
    degree: dict[int, float],
    members: dict[int, list[int]],
    one: int,
    other: int,
) -> None:
    """Let `other` become a part of `one`."""
    members[one] += members.pop(other)
    degree[one] += degree.pop(other)
    for third, weight in between.pop(other).items():
        del between[third][other]
        if third != one:
            between[one][third] = between[third][one] = between[one].get(third, 0.0) + weight
