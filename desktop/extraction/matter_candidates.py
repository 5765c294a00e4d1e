"""Which amounts of a library are worth comparing: those that share words that few others have.

Nothing here compares all with all: an amount meets others in the lists of its rarest keys, long lists are
divided by pairs of keys, and each amount keeps a bounded number of partners. Keys of what stands around an
amount meet only keys of amounts themselves. Numbers are kept in arrays, some hundred bytes an amount.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Final, NamedTuple

from desktop.extraction.same_matter import FACTOR

_RAREST: Final = 10  # keys of an amount by which it is looked for
_RAREST_AROUND: Final = 6  # of those around it
_AROUND: Final = 0.5  # what they weigh
_LONG_KEYS: Final = 5  # of those in long lists, so many are taken two by two
_LIST: Final = 60  # amounts in a list that is compared
_LEAST_SHARED: Final = 0.8  # rarity of what two amounts share, below which they are never one matter
_TICKS: Final = 1000  # amounts between two steps
_PARTNERS: Final = 12  # of one amount among those behind it
_SMALL_LIBRARY: Final = 300  # with fewer articles words count as rare as in one of so many


_List = int | tuple[int, int]  # a key, or two that stand together


class _Lists(NamedTuple):
    """The amounts of each list, by their own keys and by those around them."""

    own: defaultdict[_List, list[int]]
    around: defaultdict[_List, list[int]]


class _Ticks:
    """Tells now and then how far the three passes over all amounts are."""

    def __init__(self, step: Callable[[int, int], None], total: int) -> None:
        self._step, self._total, self._done = step, total, 0

    def tick(self) -> None:
        if self._done % _TICKS == 0:
            self._step(self._done, self._total)
        self._done += 1


class Candidates:
    """Collects amounts, then gives pairs."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._articles: array[int] = array("I")  # by key: in how many articles
        self._last: array[int] = array("q")  # by key: the last article seen with it
        self._rows: array[int] = array("q")  # by amount
        self._values: array[float] = array("d")
        self._dimensions: list[str] = []
        self._offsets: array[int] = array("Q", [0])
        self._keys: array[int] = array("I")
        self._around_offsets: array[int] = array("Q", [0])
        self._around: array[int] = array("I")
        self._known: dict[str, str] = {}
        self._seen: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def add(
        self, row: int, dimension: str, value: float, keys: Iterable[str], around: Iterable[int] = ()
    ) -> None:
        """Add an amount of an article; its number is the count of those before it.

        around: what `note` returned for the keys of what stands around its sentence.
        """
        self._rows.append(row)
        self._values.append(value)
        self._dimensions.append(self._known.setdefault(dimension, dimension))
        self._seen.add(row)
        own = dict.fromkeys(self.note(row, keys))
        self._keys.extend(own)
        self._around.extend(key for key in around if key not in own)
        self._offsets.append(len(self._keys))
        self._around_offsets.append(len(self._around))

    def note(self, row: int, keys: Iterable[str]) -> list[int]:
        """Count keys that an article has; return their numbers."""
        return [self._count(row, key) for key in keys]

    def _count(self, row: int, key: str) -> int:
        """Return the number of a key that stands in an article, counting each article once."""
        number = self._number.setdefault(key, len(self._number))
        if number == len(self._articles):
            self._articles.append(0)
            self._last.append(-1)
        if self._last[number] != row:
            self._last[number] = row
            self._articles[number] += 1
        return number

    def row(self, amount: int) -> int:
        """Return the article of an amount."""
        return self._rows[amount]

    def rarity(self, key: str) -> float:
        """Return how rare a key is: 1 = in no article, 0 = in all."""
        number = self._number.get(key)
        return self._rarity(0 if number is None else self._articles[number])

    def _rarity(self, articles: int) -> float:
        size = max(len(self._seen), _SMALL_LIBRARY)
        return max(0.0, min(1.0, math.log((size + 1) / (articles + 0.5)) / math.log(size + 1)))

    def pairs(self, step: Callable[[int, int], None]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of amounts worth comparing, by their numbers; step(done, total) may raise."""
        by_dimension: defaultdict[str, list[int]] = defaultdict(list)
        for amount, dimension in enumerate(self._dimensions):
            by_dimension[dimension].append(amount)
        ticks = _Ticks(step, 3 * len(self))
        for amounts in by_dimension.values():
            lists = self._lists(amounts, ticks)
            for amount in amounts:
                ticks.tick()
                yield from self._partners(amount, lists)

    def _rarest(self, keys: array[int], count: int) -> list[int]:
        shared = [key for key in keys if self._articles[key] > 1]
        return sorted(shared, key=lambda key: (self._articles[key], key))[:count]

    def _own_lists(self, amount: int) -> Iterator[_List]:
        keys = self._rarest(self._keys[self._offsets[amount] : self._offsets[amount + 1]], _RAREST)
        yield from (key for key in keys if self._articles[key] <= _LIST)
        long = [key for key in keys if self._articles[key] > _LIST][:_LONG_KEYS]
        yield from combinations(sorted(long), 2)

    def _lists_around(self, amount: int) -> Iterator[int]:
        keys = self._around[self._around_offsets[amount] : self._around_offsets[amount + 1]]
        yield from (key for key in self._rarest(keys, _RAREST_AROUND) if self._articles[key] <= _LIST)

    def _lists(self, amounts: Sequence[int], ticks: _Ticks) -> _Lists:
        """Return the lists with more than one amount; a first pass counts, so that lone ones cost nothing."""
        counts = bytearray(1 << 22)
        mask = len(counts) - 1
        for amount in amounts:
            ticks.tick()
            for name in chain(self._own_lists(amount), self._lists_around(amount)):
                place = hash(name) & mask
                counts[place] = min(counts[place] + 1, 2)
        lists = _Lists(defaultdict(list), defaultdict(list))
        for amount in amounts:
            ticks.tick()
            for kind, names in (
                (lists.own, self._own_lists(amount)),
                (lists.around, self._lists_around(amount)),
            ):
                for name in names:
                    if counts[hash(name) & mask] > 1 and len(kind[name]) < 4 * _LIST:
                        kind[name].append(amount)
        return lists

    def _partners(self, amount: int, lists: _Lists) -> Iterator[tuple[int, int]]:
        weights: defaultdict[int, float] = defaultdict(float)

        def meet(others: Sequence[int], weight: float) -> None:
            for other in others:
                if other > amount and self._rows[other] != self._rows[amount]:
                    weights[other] += weight

        for name in self._own_lists(amount):
            keys = name if isinstance(name, tuple) else (name,)
            weight = sum(self._rarity(self._articles[key]) for key in keys)
            meet(lists.own.get(name, ()), weight)
            meet(lists.around.get(name, ()), _AROUND * weight)
        for key in self._lists_around(amount):
            meet(lists.own.get(key, ()), _AROUND * self._rarity(self._articles[key]))
        near = [n for n, weight in weights.items() if weight >= _LEAST_SHARED and self._near(amount, n)]
        near.sort(key=lambda other: (-weights[other], other))
        yield from ((amount, other) for other in near[:_PARTNERS])

    def _near(self, amount: int, other: int) -> bool:
        first, second = self._values[amount], self._values[other]
        return first == second or (first * second > 0 and 1 / FACTOR <= first / second <= FACTOR)
