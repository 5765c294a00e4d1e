"""Text that is no article: whatever is in a file, reading it takes time in proportion and never fails."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.extraction.amounts import read_amount
from desktop.extraction.values import find_values
from desktop.model import LANGUAGES

SMALL = 500  #: characters; measured against four times as many
TURNS = 2
LEAST = 0.004  #: seconds of processor time below which nothing can be said
MOST = 10.0  #: times as long for four times the text: twice the length squared would be 16

SAME = "miljard |$|€ |1.000.000,|een |van |tussen de |2025-01-01|1e9|½|driehonderd| |\n|\t|'|-|( |a@|www."
DENSE = "1 000 |19, |8, 9 |5%|1/2 |0 0 |1-|1 - |1: |06-12345678 |US$|5k€|½ |5 m2/|1\n|#1 |3. |8 1 2025 |'90 "
WORDS = {
    "nl": "miljard |een twee |twintig en |2 jaar |2 jaar, |twee dagen na |eerste kwartaal van |week van ",
    "en": "billion |a |one of |twenty and |2 years, |two days after |first quarter of |week of |may |next ",
    "fr": "milliard |un |vingt et |2 ans, |deux jours après |premier trimestre de |semaine du |quatre-vingt-",
    "de": "Milliarde |ein |zwanzig und |2 Jahre, |zwei Tage nach |erstes Quartal von |Woche vom |am |hundert",
}
SPELLED = {
    "nl": "driehonderdvijfenzeventigduizendtweehonderdeenentwintig",
    "en": "threehundredandseventyfivethousand",
    "fr": "troiscentsoixantequinzemille",
    "de": "dreihundertfünfundsiebzigtausendzweihunderteinundzwanzig",
}


def strange(size: int) -> str:
    """Return characters from everywhere in Unicode."""
    chance = random.Random(7)
    ranges = ((32, 0x250), (32, 0xD800), (0xE000, 0x11000), (0x1F300, 0x1FAFF))
    return "".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(size))


def seconds(piece: str, size: int, lang: str) -> float:
    """Return the least processor time that a text of so many characters takes."""
    text = strange(size) if piece == "strange" else (piece * (size // len(piece) + 1))[:size]
    best = float("inf")
    for _ in range(TURNS):
        start = time.process_time()
        find_values(text, lang, "2025-02-06")
        best = min(best, time.process_time() - start)
    return best


def grows_in_proportion(piece: str, lang: str) -> bool:
    longer = seconds(piece, 4 * SMALL, lang)
    return longer < LEAST or longer < MOST * seconds(piece, SMALL, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_time_grows_with_the_length_of_the_text_and_no_faster(lang: str) -> None:
    find_values("8 januari 2025: 1,2 mln euro", lang, "2025-02-06")
    pieces = [*SAME.split("|"), *DENSE.split("|"), *WORDS[lang].split("|"), SPELLED[lang], "0123456789"]
    slow = [piece for piece in [*pieces, "strange"] if not grows_in_proportion(piece, lang)]
    # a busy machine can stop any measurement once: what grows too fast does so each time
    assert [piece for piece in slow if not grows_in_proportion(piece, lang)] == []


@pytest.mark.parametrize("sign", ["$", "€ ", "½", "-", "'"])
def test_signs_alone_are_no_amounts(sign: str) -> None:
    for lang in LANGUAGES:
        assert find_values(sign * 50, lang, "2025-02-06") == []


PIECES = [*SAME.split("|"), *DENSE.split("|"), *(word for text in WORDS.values() for word in text.split("|"))]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(max_codepoint=0x2200), max_size=200),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join),
)
REFERENCES = st.sampled_from(
    [None, "2025-02-06", "2025-02", "2025", "0001-01-01", "9999-12", "2025-W60", "x"]
)


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(LANGUAGES), REFERENCES)
def test_any_text_can_be_read(text: str, lang: str, reference: str | None) -> None:
    found = find_values(text, lang, reference)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_anything_can_be_typed_as_an_amount(typed: str, lang: str) -> None:
    amount = read_amount(typed, lang)
    assert amount is None or amount.value is not None or amount.low is not None or amount.high is not None
