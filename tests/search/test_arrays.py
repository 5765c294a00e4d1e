"""The parts of the index that work on arrays, each beside the plain way of saying the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import docsets, index, places
from desktop.search.attributes import Labels, Numbers
from desktop.search.edits import edits
from desktop.search.index import Index, IndexDocument
from desktop.search.query import parse
from desktop.search.segment import kind_for
from desktop.search.similar import similar

KEY = b"key of the tests"
SIZE = 400
sets = st.sets(st.integers(0, SIZE - 1), max_size=SIZE)


def array_of(members: set[int]) -> np.ndarray:
    return np.array(sorted(members), np.int32)


@given(sets, sets, st.sets(st.integers(0, SIZE - 1), max_size=3))
def test_sets_of_articles(one: set[int], other: set[int], few: set[int]) -> None:
    for first, second in ((one, other), (one, few), (few, other)):
        arrays = array_of(first), array_of(second)
        assert docsets.intersect(*arrays, SIZE).tolist() == sorted(first & second)
        assert docsets.without(*arrays, SIZE).tolist() == sorted(first - second)
        assert docsets.unite(arrays, SIZE).tolist() == sorted(first | second)
    everything = docsets.unite([array_of(one), array_of(other), array_of(few)], SIZE)
    assert everything.tolist() == sorted(one | other | few)


words = st.text("abcé", min_size=1, max_size=7)


@given(words, st.lists(words, max_size=30), st.sampled_from([1, 2]))
def test_similar_words_are_those_a_few_edits_away(word: str, others: list[str], distance: int) -> None:
    lines = "".join(other + "\n" for other in others).encode()
    wanted = [number for number, other in enumerate(others) if edits(word, other, distance) <= distance]
    assert similar(lines, word, distance) == wanted


@pytest.mark.parametrize("longest", [60_000, 10_000_000])
def test_phrases_of_words_that_are_everywhere(longest: int) -> None:
    choose = np.random.default_rng(7)
    articles = np.sort(choose.integers(0, 50, 20_000))
    kind = kind_for(longest + places.REACH)
    slots = []
    wanted = None
    for distance in range(3):
        positions = choose.integers(0, 500, len(articles)) + longest - 500
        pairs = sorted(set(zip(articles.tolist(), positions.tolist(), strict=True)))
        shifted = {(article, position - distance) for article, position in pairs}
        wanted = shifted if wanted is None else wanted & shifted
        counts = np.bincount([article for article, _position in pairs], minlength=50)
        numbers = np.array([position for _article, position in pairs], kind)
        slots.append(places.make(np.arange(50), counts, numbers))
    assert wanted
    found, counts = places.articles_of(places.side_by_side(slots))
    many = np.bincount([article for article, _position in wanted], minlength=50)
    assert found.tolist() == np.flatnonzero(many).tolist()
    assert counts.tolist() == many[many > 0].tolist()


def rows(searched: Index, text: str) -> set[int]:
    return set(searched.search(parse(text).ast, resolve=lambda _clause: ()).rows)


def test_positions_are_exact_to_ten_million(tmp_path: Path) -> None:
    """A hundred thousand paragraphs, each a hundred positions from the next."""
    far = "\n\n".join(["begin eind"] * 99_000 + ["zeldzaam woord staat hier", "en hier niet"])
    opened = Index.open(tmp_path, key=KEY)
    opened.reset(followed=0)
    opened.update([IndexDocument(1, "Ver", far, "nl")])
    opened.update([IndexDocument(2, "Dichtbij", "zeldzaam woord staat hier", "nl")])
    opened.update([IndexDocument(3, "Anders", "woord zeldzaam\n\nstaat hier", None)])
    opened.update([IndexDocument(4, "Anders", "zeldzaam\n\nwoord staat", "en")])
    for _merged in range(2):
        assert rows(opened, '"zeldzaam woord"') == {1, 2}
        assert rows(opened, '="staat hier"') == {1, 2, 3}
        assert rows(opened, '"zeldzaam hier"') == set()
        assert rows(opened, '"zeldzaam hier"~2') == {1, 2}
        assert rows(opened, '"hier zeldzaam"~1') == set()
        assert rows(opened, '"eind zeldzaam"~90') == set()
        assert rows(opened, '"zeldzaam staat"~1') == {1, 2}
        fan, index.FAN = index.FAN, 2
        while opened.merge():
            pass
        index.FAN = fan
    opened.close()


@given(
    st.lists(st.tuples(st.integers(0, 50), st.sampled_from("abcd")), unique=True, max_size=60),
    st.sets(st.integers(0, 60)),
    st.integers(1, 5),
)
def test_labels_are_counted(pairs: list[tuple[int, str]], found: set[int], limit: int) -> None:
    labels = Labels(pairs)
    counts = {name: sum(1 for row, label in pairs if label == name and row in found) for name in "abcd"}
    ranked = sorted(
        ((name, many) for name, many in counts.items() if many), key=lambda one: (-one[1], one[0])
    )
    assert list(labels.most_frequent(array_of(found), limit)) == ranked[:limit]
    assert labels.rows("a").tolist() == sorted(row for row, label in pairs if label == "a")
    assert labels.rows("z").tolist() == []


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(-5, 5))), st.integers(-6, 6), st.integers(-6, 6))
def test_numbers_are_found_between(pairs: list[tuple[int, int]], low: int, high: int) -> None:
    found = Numbers(pairs).between(low, high).tolist()
    assert sorted(found) == sorted(row for row, number in pairs if low <= number <= high)


def test_filters_may_be_sets_or_arrays(tmp_path: Path) -> None:
    opened = Index.open(tmp_path, key=KEY)
    opened.reset(followed=0)
    far = 1 << 40  # rows far apart are found as well as those one after the other
    opened.update(IndexDocument(row, "T", "huis", "nl") for row in (1, 5, 7, far))
    for allow in ({5, far, 6}, [far, 5, 6, 5], np.array([6, far, 5])):
        found = opened.search(parse("huis").ast, resolve=lambda _clause: (), allow=allow)
        assert found.rows == {5, far}
    opened.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are not told here")
def test_files_of_segments_that_went_are_closed(tmp_path: Path) -> None:
    opened = Index.open(tmp_path, key=KEY)
    opened.reset(followed=0)
    before = len(os.listdir("/proc/self/fd"))
    for round_ in range(30):
        opened.update([IndexDocument(round_, "T", f"huis {round_}", "nl")])
        assert rows(opened, "huis") == set(range(round_ + 1))
        while opened.merge():
            pass
    assert len(os.listdir("/proc/self/fd")) <= before + len(list(tmp_path.glob("*.pst")))
    opened.close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_numpy_waits_for_the_first_search() -> None:
    code = "import sys, desktop.tasks.search, desktop.tasks.session; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("first", [0, 1 << 33])
def test_the_order_of_very_many(tmp_path: Path, first: int) -> None:
    choose = np.random.default_rng(11)
    opened = Index.open(tmp_path, key=KEY)
    opened.reset(followed=0)
    numbers = (choose.permutation(1_300) + first).tolist()
    texts = [" ".join(["haven", *choose.choice(list("abc"), choose.integers(0, 5))]) for _number in numbers]
    opened.update(IndexDocument(number, "", text, "nl") for number, text in zip(numbers, texts, strict=True))
    tree, resolve = parse("haven").ast, lambda _clause: ()
    everything = opened.search(tree, resolve=resolve, limit=None).hits
    assert len(everything) == 1_300
    assert len({score for _row, score in everything}) > 3
    assert list(everything) == sorted(everything, key=lambda hit: (-hit[1], -hit[0]))
    assert opened.search(tree, resolve=resolve, limit=40).hits == everything[:40]
    assert opened.search(tree, resolve=resolve, limit=0).hits == ()
    unscored = opened.search(tree, resolve=resolve, limit=None, scored=False).hits
    assert [row for row, _score in unscored] == sorted(numbers, reverse=True)
    opened.close()
