"""Whether a sentence ends between two places, and which sentence holds them: without the whole text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction import sentences
from desktop.extraction.sense_words import sense_words

NL = sense_words("nl")


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Anna sprak met Bob.", False),
        ("Anna zweeg. Toen kwam Bob.", True),
        ("Anna sprak dr. Bob.", False),
        ("Anna van Nordwatt N.V. en Bob.", False),
        ("Anna!\n\nBob", True),
        ("Anna vroeg: “Komt u?” Toen zei Bob ja.", True),
        ("Anna schreef op 3.500 vel aan Bob.", False),
    ],
)
def test_a_sentence_ends_between_two_names(text: str, apart: bool) -> None:
    start, end = text.index("Anna") + 4, text.index("Bob")
    assert sentences.between(text, start, end, NL) is apart


def test_the_sentence_around_two_names() -> None:
    text = "Eerst was er niets. Toen sprak Anna met dr. Bob over geld. Daarna niet meer."
    start, end = sentences.around(text, text.index("Anna"), text.index("Bob") + 3, NL, 100)
    assert text[start:end] == "Toen sprak Anna met dr. Bob over geld."
    start, end = sentences.around(text, text.index("Anna"), text.index("Anna") + 4, NL, 6)
    assert text[start:end] == "sprak Anna met d"


@given(st.text(alphabet="Aab .!\n", max_size=60), st.data())
def test_the_sentence_holds_what_was_asked(text: str, data: st.DataObject) -> None:
    words = f"{text}Naam{text}"
    start = len(text)
    most = data.draw(st.integers(0, 50))
    low, high = sentences.around(words, start, start + 4, NL, most)
    assert max(0, start - most) <= low <= start
    assert start + 4 <= high <= min(len(words), start + 4 + most)
    assert not sentences.between(words, low, start, NL)
