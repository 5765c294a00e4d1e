"""German stems: ours are Snowball's, whatever the word."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.lang import stemmer_for_language

from desktop.resources import resource
from desktop.search.german import stem

snowball = stemmer_for_language("de")

BEGINNINGS = (
    "haus ergeb läng freund kauf zahl bäum ewig einzig heftig neu auf feier bayer b i ei au niss ver".split()
)
ENDINGS = (
    "ern em er en es e s est st end ung ig ik isch lich heit keit igung igend lichkeit igkeit erheit enlich "
    "eig nisse nissen nisses ste"
).split()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("häuser", "haus"),
        ("ergebnissen", "ergebnis"),
        ("freundlichkeit", "freundlich"),
        ("straßen", "strass"),
        ("energien", "energi"),
        ("bauern", "bau"),
        ("", ""),
        ("s", "s"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_endings_upon_endings() -> None:
    for beginning, one, other in product(BEGINNINGS, ["", *ENDINGS], ["", *ENDINGS]):
        word = beginning + one + other
        assert stem(word) == snowball(word), word


def test_the_words_of_the_dictionary() -> None:
    lines = resource("compounds", "de.txt").read_text(encoding="utf-8").splitlines()
    words = [line.partition("\t")[0] for line in lines]
    assert len(words) > 10_000
    assert [word for word in words if stem(word) != snowball(word)] == []


@given(st.one_of(st.text(alphabet="aeiouyäöüßbdghklmnrstcUY", max_size=14), st.text(max_size=8)))
def test_any_letters(word: str) -> None:
    assert stem(word) == snowball(word)
