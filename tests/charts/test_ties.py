"""Pairs: how strong they are, which are drawn, and who belongs together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.ties import Tie, groups, strongest, ties

NODES = 12
pairs = st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] < pair[1])
counted = st.dictionaries(pairs, st.integers(1, 50), max_size=40)

#: Two circles of friends, one bridge, and somebody (8) who stands with everybody.
FRIENDS = {
    **dict.fromkeys(itertools.combinations(range(4), 2), 6),
    **dict.fromkeys(itertools.combinations(range(4, 8), 2), 6),
    (3, 4): 1,
    **{(node, 8): 4 for node in range(8)},
}


def test_who_is_merely_frequent_is_not_strong() -> None:
    found = {(tie.one, tie.other): tie for tie in ties(FRIENDS)}
    assert found[0, 1].strength > found[0, 8].strength
    assert found[0, 1].times > 1.5
    assert found[0, 8].times < found[0, 1].times
    assert found[3, 4].strength == 0


def test_expected_is_what_own_numbers_give() -> None:
    [one, other] = ties({(0, 1): 3, (2, 3): 1})
    assert (one.one, one.other, one.count) == (0, 1, 3)
    assert one.expected == pytest.approx(3 * 3 / 8)
    assert other.expected == pytest.approx(1 / 8)


def test_what_rests_on_little_is_less_strong() -> None:
    found = ties({(0, 1): 30, (2, 3): 1, (4, 5): 30, (6, 7): 30})
    assert found[-1].one == 2
    assert found[0].strength > found[-1].strength


def test_pairs_below_the_least_number_are_left_out() -> None:
    assert {tie.count for tie in ties(FRIENDS, 4)} == {4, 6}
    assert ties({}) == []


@given(counted)
def test_strength_is_a_share_and_the_order_is_by_it(counts: dict[tuple[int, int], int]) -> None:
    found = ties(counts)
    assert len(found) == len(counts)
    assert all(0 <= tie.strength <= 1 and tie.expected > 0 for tie in found)
    assert [tie.strength for tie in found] == sorted((tie.strength for tie in found), reverse=True)


@given(counted, st.integers(0, 30))
def test_nobody_who_has_a_tie_stands_alone_and_few_are_drawn(
    counts: dict[tuple[int, int], int], most: int
) -> None:
    found = ties(counts)
    drawn = strongest(found, most)
    named = {node for tie in found for node in (tie.one, tie.other)}
    assert {node for tie in drawn for node in (tie.one, tie.other)} == named
    assert len(drawn) <= max(most, len(named))
    assert [tie for tie in found if tie in drawn] == drawn


def test_a_bridge_between_groups_is_drawn() -> None:
    chain = ties({(0, 1): 9, (1, 2): 9, (3, 4): 9, (4, 5): 9, (2, 3): 2})
    assert (2, 3) in {(tie.one, tie.other) for tie in strongest(chain, 0)}


def test_friends_are_found() -> None:
    found = ties({pair: count for pair, count in FRIENDS.items() if 8 not in pair})
    numbers = groups(9, found)
    assert numbers[:4] == [0] * 4
    assert numbers[4:8] == [1] * 4
    assert numbers[8] == 2


@given(counted)
def test_groups_are_numbered_by_size(counts: dict[tuple[int, int], int]) -> None:
    numbers = groups(NODES, ties(counts))
    sizes = [numbers.count(group) for group in range(max(numbers) + 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 not in sizes
    assert numbers == groups(NODES, ties(dict(reversed(counts.items()))))


def test_a_network_without_ties_has_groups_of_one() -> None:
    assert groups(3, []) == [0, 1, 2]
    assert groups(0, []) == []
    assert strongest([], 10) == []
    assert Tie(0, 1, 3, 0.0, 0.5).times == 0
