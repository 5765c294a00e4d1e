"""The words of an index themselves: what looks like them, what begins so, what counts as them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.edits import edits
from desktop.search.index import Index, IndexDocument
from desktop.search.tree import How
from desktop.search.vocabulary import Known, sounding

TEXTS = [
    "De investering in het datacenter.",
    "Investeringen in datacenters. Het datacenter groeit.",
    "Het datacenter van Zelensky en Beljaarts.",
    "Een huis, twee huizen. Het huis.",
    "Houses and a house. We invest.",
    "De coöperatie en het data center.",
]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    made = Index.open(tmp_path_factory.mktemp("index"), key=b"key of the tests")
    made.reset(followed=0)
    for row, text in enumerate(TEXTS, start=1):  # one at a time: several segments
        made.update([IndexDocument(row, "", text, "en" if "house" in text else "nl")])
    yield made
    made.close()


def nearest(words: Index, word: str) -> list[str]:
    found = words.look_up(lambda vocabulary: vocabulary.nearest(word, 3))
    assert found is not None
    return [one.word for one in found]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("datacnter", ["datacenter"]),
        ("datacentre", ["datacenter"]),  # two letters changed places
        ("datcanter", ["datacenter"]),
        ("adtacenter", ["datacenter"]),  # the first two as well
        ("Beljaerts", ["beljaarts"]),
        ("Selensky", ["zelensky"]),  # another first letter
        ("Zelenski", ["zelensky"]),
        ("cooperatei", ["cooperatie"]),
        ("ddatacenter", ["datacenter"]),
        ("hui", []),  # too short to tell
        ("qqqqqqqq", []),
        ("", []),
    ],
)
def test_the_nearest_words(words: Index, written: str, meant: list[str]) -> None:
    assert nearest(words, written)[:1] == meant


def test_what_differs_in_one_letter_hides_what_differs_in_two(words: Index) -> None:
    assert nearest(words, "datacenterz") == ["datacenters", "datacenter"], "what sounds the same comes first"
    assert nearest(words, "investeringn") == ["investering", "investeringen"]


def test_counts_are_of_articles_through_all_segments(words: Index) -> None:
    found = words.look_up(lambda vocabulary: vocabulary.beginning("data", 5))
    assert found == [Known("datacenter", 3), Known("data", 1), Known("datacenters", 1)]
    assert words.look_up(lambda vocabulary: vocabulary.beginning("Coöp", 5)) == [Known("cooperatie", 1)]
    assert words.look_up(lambda vocabulary: vocabulary.beginning("", 5)) == []
    assert words.look_up(lambda vocabulary: vocabulary.count("datacenters")) == 3


def test_words_that_are_gone_are_not_offered(tmp_path: Path) -> None:
    made = Index.open(tmp_path, key=b"key of the tests")
    made.reset(followed=0)
    made.update([IndexDocument(1, "", "Een datacenter.", "nl"), IndexDocument(2, "", "Een haven.", "nl")])
    made.delete([1])
    assert nearest(made, "datacnter") == []
    assert made.look_up(lambda vocabulary: vocabulary.beginning("data", 5)) == []
    made.close()
    assert made.look_up(lambda vocabulary: vocabulary.beginning("hav", 5)) is None


def test_a_word_that_is_two_words(words: Index) -> None:
    assert words.look_up(lambda vocabulary: vocabulary.halves("datacenter", 3)) == [("data", "center")]
    assert words.look_up(lambda vocabulary: vocabulary.halves("huisdier", 3)) == []


@pytest.mark.parametrize(
    ("word", "how", "counted"),
    [
        ("investering", How.WORD, {"investering": 1, "investeringen": 1, "invest": 1}),
        ("huis", How.WORD, {"huis": 1, "huizen": 1}),
        ("houses", How.WORD, {"house": 1, "houses": 1}),
        ("data*", How.WORD, {"data": 1, "datacenter": 3}),
        ("data", How.PREFIX, {"data": 1, "datacenter": 3, "datacenters": 1}),
        ("datacentr", How.FUZZY, {"datacenter": 3}),
        ("datacenters", How.EXACT, {"datacenters": 1}),
        ("nergens", How.WORD, {}),
    ],
)
def test_what_counts_as_a_word(words: Index, word: str, how: How, counted: dict[str, int]) -> None:
    found = words.look_up(lambda vocabulary: vocabulary.forms(word.rstrip("*"), how, 1))
    assert found is not None
    total, forms = found
    assert {form.word: form.articles for form in forms} == counted
    assert total == len(counted)


def test_what_counts_in_a_library_of_many_words(tmp_path: Path) -> None:
    """More words than are read in one piece, and articles that went."""
    made = Index.open(tmp_path, key=b"key of the tests")
    made.reset(followed=0)
    chance = random.Random(5)
    known = sorted({"".join(chance.choices("abc", k=chance.randint(1, 5))) + "huis" for _ in range(400)})
    texts = {row: chance.sample(known, 60) for row in range(40)}
    for first in (0, 20):
        made.update(IndexDocument(row, "", " ".join(texts[row]), "nl") for row in range(first, first + 20))
    for gone in (None, 3, 25):
        if gone is not None:
            made.delete([gone])
            del texts[gone]
        for prefix in ("", "a", "ab", "cc", "cabahuis", "cz"):
            often = Counter(word for here in texts.values() for word in here if word.startswith(prefix))
            found = made.look_up(lambda words, prefix=prefix: words.forms(prefix, How.PREFIX, limit=1000))
            assert found is not None
            assert (found[0], {one.word: one.articles for one in found[1]}) == (len(often), often)
    word = known[100]
    found = made.look_up(lambda words: words.forms(word, How.WORD))
    assert found == (1, [Known(word, sum(word in here for here in texts.values()))])
    made.close()


def test_names_that_sound_alike_are_written_alike() -> None:
    for one, other in (
        ("beljaerts", "beljaarts"),
        ("jansen", "janssen"),
        ("dijkstra", "dykstra"),
        ("ruckert", "rukkert"),
        ("thijssen", "tijsen"),
    ):
        assert sounding(one) == sounding(other)
    assert sounding("jansen") != sounding("hansen")


@given(st.sampled_from(["datacenter", "investeringen", "zelensky", "cooperatie"]), st.data())
def test_one_wrong_letter_is_put_right(words: Index, word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("aeijkqxz"))
    wrong = data.draw(st.sampled_from([word[:at] + word[at + 1 :], word[:at] + letter + word[at:]]))
    found = nearest(words, wrong)
    assert word in found or wrong == word
    assert all(edits(wrong, one, 2) <= 2 for one in found)
