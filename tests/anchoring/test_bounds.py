"""Finding quotes again takes a bounded time, whatever the texts are like."""

from __future__ import annotations

import random
import time

import pytest

from desktop.anchoring.quote import find, make
from desktop.anchoring.seeds import stretches
from desktop.importers import read_file
from desktop.model import AnchorState
from desktop.resources import starter_articles

WORDS = [
    word for path in sorted(starter_articles().glob("*.txt")) for word in read_file(path)[0].text.split()
]


def article(words: int, seed: int = 1) -> str:
    """Return a text of so many words, in paragraphs of sixty."""
    chance = random.Random(seed)
    parts = [" ".join(chance.choice(WORDS) for _word in range(60)) for _number in range(words // 60)]
    return "\n\n".join(parts)


def rewritten(text: str, seed: int = 2) -> str:
    """Return the text with one word in thirty changed and a new beginning."""
    chance = random.Random(seed)
    words = [chance.choice(WORDS) if chance.random() < 0.03 else word for word in text.split(" ")]
    return "Een nieuw begin van de redactie.\n\n" + " ".join(words)


def seconds(old: str, new: str, spans: list[tuple[int, int]]) -> tuple[float, int]:
    """Return the processor time for finding all these passages, and how many were found."""
    begin = time.process_time()
    found = [find(new, make(old, start, end), start, old) for start, end in spans]
    return time.process_time() - begin, sum(place is not None for place in found)


def passages(text: str, count: int, size: int) -> list[tuple[int, int]]:
    chance = random.Random(3)
    starts = [chance.randrange(len(text) - size) for _number in range(count)]
    return [(start, start + size) for start in starts]


def test_three_hundred_notes_in_twenty_thousand_words() -> None:
    old = article(20_000)
    taken, found = seconds(old, rewritten(old), passages(old, 300, 120))
    assert found > 270
    assert taken < 12  # measured: 1.7 s


@pytest.mark.parametrize("size", [3, 40, 10_000])
def test_a_text_of_one_word_takes_no_longer(size: int) -> None:
    old = "woord " * 20_000
    taken, _found = seconds(old, "Nieuw begin. " + old, passages(old, 8, size))
    assert taken < 4


def test_quotes_of_ten_thousand_characters() -> None:
    old = article(20_000)
    taken, found = seconds(old, rewritten(old), passages(old, 20, 10_000))
    assert found == 20
    assert taken < 6


def test_a_text_of_a_megabyte() -> None:
    old = article(150_000)
    assert len(old) > 900_000
    taken, found = seconds(old, rewritten(old), passages(old, 30, 120))
    assert found > 27
    assert taken < 15


def test_one_line_of_signs() -> None:
    old = "=" * 200_000
    taken, _found = seconds(old, "-" + old[1:], passages(old, 20, 500))
    assert taken < 4


@pytest.mark.parametrize("pattern", ["", "a", "abcd", "\ud800\udfff" * 10])
def test_short_and_odd_patterns_have_no_stretch(pattern: str) -> None:
    assert stretches("een tekst met woorden", pattern, 5) == []
    assert stretches("", pattern, 5) == []


def test_r18_the_answer_is_exactly_one_of_three() -> None:
    old = article(2_000)
    for new in (old, rewritten(old), article(2_000, seed=9), ""):
        for start, end in passages(old, 20, 60):
            place = find(new, make(old, start, end), start, old)
            assert place is None or place[2] in (AnchorState.ANCHORED, AnchorState.MOVED)
