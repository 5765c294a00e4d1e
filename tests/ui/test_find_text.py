"""Finding in an article, whatever case and accents."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.find_text import FoldedText, folded

TEXTS = st.text(st.sampled_from("aAbB eé\u0301É\u00a0\u2028ßﬁİ🙂’'œ\u00ad") | st.characters(), max_size=50)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Een café in Café-stad", "CAFE", ["café", "Café"]),
        ("Cafe\u0301 hier", "café", ["Cafe\u0301"]),
        ("Szabó sprak", "szabo", ["Szabó"]),
        ("in de\u00a0\nVS", "de vs", ["de\u00a0\nVS"]),
        ("de ‘top’ van collega’s", "collega's", ["collega’s"]),
        ("data\u00adcenter", "datacenter", ["data\u00adcenter"]),
        ("Straße", "strasse", ["Straße"]),
        ("🙂 AI 🙂🙂 ai", "ai", ["AI", "ai"]),
        ("a+b (c)", "+b (", ["+b ("]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("niets", "iets anders", []),
        ("niets", "  ", []),
        ("", "x", []),
    ],
)
def test_finds(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in FoldedText(text).find(wanted)] == found


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Een café in de cafes", "cafe", ["cafe"]),
        ("Een cafe\u0301 en CAFÉ", "café", ["cafe\u0301", "CAFÉ"]),
        ("één een", "een", ["een"]),
        ("een ‘top’", "'top'", ["‘top’"]),
    ],
)
def test_accents_may_tell_letters_apart(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in FoldedText(text, accents=True).find(wanted)] == found


@pytest.mark.parametrize("accents", [False, True])
def test_only_whole_words(accents: bool) -> None:
    text = "Staat de staat in stadstaat? Staten, de staat-generaal."
    found = FoldedText(text, accents=accents).find("staat", whole_words=True)
    assert [text[start:end] for start, end in found] == ["Staat", "staat", "staat"]


@given(TEXTS, st.data())
def test_what_stands_in_the_text_is_found_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    wanted = text[start:end]
    ranges = FoldedText(text).find(wanted)
    if folded(wanted).strip():
        assert ranges
    assert all(0 <= a < b <= len(text) for a, b in ranges)
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    for a, b in ranges:
        assert " ".join(folded(wanted).split()) in " ".join(folded(text[a:b]).split())


@given(TEXTS)
def test_accents_written_apart_or_together_are_the_same(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
