"""Pieces, segments and labels of the names model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.model_labels import Labels
from desktop.extraction.model_pieces import BEGIN, END, MOST_OF_A_WORD, UNKNOWN, Pieces
from desktop.extraction.model_segments import segments
from desktop.extraction.name_tokens import NameTokens

SPECIAL = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
ROWS = [
    *SPECIAL,
    ("▁", -3.0),
    ("▁Den", -4.0),
    ("▁D", -5.0),
    ("en", -5.0),
    ("Haag", -6.0),
    ("a", -3.0),
    ("g", -3.5),
]
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def test_a_word_is_cut_the_likeliest_way() -> None:
    pieces = Pieces(ROWS)
    assert pieces.word("Den", spaced=True) == (5,)
    assert pieces.word("Haag", spaced=False) == (8,)
    assert pieces.word("aag", spaced=False) == (9, 9, 10)


def test_what_is_unknown_is_one_piece() -> None:
    pieces = Pieces(ROWS)
    assert pieces.word("日本", spaced=False) == (UNKNOWN,)
    assert pieces.word("日a本", spaced=False) == (UNKNOWN, 9, UNKNOWN)
    assert pieces.word("\u200b", spaced=False) == (UNKNOWN,)


def test_a_composed_and_a_decomposed_letter_are_the_same() -> None:
    pieces = Pieces([*SPECIAL, ("é", -2.0)])
    assert pieces.word("e\u0301", spaced=False) == pieces.word("é", spaced=False) == (4,)


@given(st.text(min_size=1))
def test_every_word_has_pieces_but_not_too_many(word: str) -> None:
    assert 1 <= len(Pieces(ROWS).word(word, spaced=True)) <= MOST_OF_A_WORD


@given(st.text(), st.integers(20, 200))
def test_segments_hold_every_token_once_and_in_order(text: str, longest: int) -> None:
    tokens = NameTokens(text)
    found = segments(tokens, Pieces(ROWS), longest)
    read = [i for segment in found for i in segment.tokens]
    assert read == sorted(set(read))
    assert all(len(segment.ids) <= longest for segment in found)
    assert all(segment.ids[0] == BEGIN and segment.ids[-1] == END for segment in found)
    assert all(len(segment.first) == len(segment.tokens) for segment in found)
    passed_over = set(range(tokens.count)) - set(read)
    assert all(tokens.word[i] == tokens.word[i - 1] for i in passed_over)


def test_sentences_stay_whole_where_they_fit() -> None:
    tokens = NameTokens("Een twee drie vier. " * 30)
    found = segments(tokens, Pieces(ROWS), 60)
    assert all(tokens.word[segment.tokens[-1]] == "." for segment in found)
    sizes = [len(segment.ids) for segment in found]
    assert max(sizes) - min(sizes[:-1]) <= 20


@given(st.lists(st.lists(st.floats(-9, 0), min_size=5, max_size=5), min_size=1, max_size=12))
def test_the_sequence_is_the_best_valid_one(rows: list[list[float]]) -> None:
    labels = Labels(LABELS)
    scores = np.array(rows, np.float32)
    sequence = labels.likeliest(scores)
    assert _valid(sequence)
    if len(rows) <= 4:
        best = max(
            (s for s in _all_sequences(len(rows)) if _valid(s)),
            key=lambda s: sum(scores[i, label] for i, label in enumerate(s)),
        )
        value = sum(scores[i, label] for i, label in enumerate(sequence))
        assert value == pytest.approx(sum(scores[i, label] for i, label in enumerate(best)), abs=1e-4)


def test_stretches_are_what_the_labels_say() -> None:
    assert Labels(LABELS).stretches([1, 2, 1, 0, 3, 4, 4]) == [(0, 2, "PER"), (2, 3, "PER"), (4, 7, "ORG")]


def _valid(sequence: list[int]) -> bool:
    before = "O"
    for number in sequence:
        label = LABELS[number]
        if label[0] == "I" and before not in ("B" + label[1:], label):
            return False
        before = label
    return True


def _all_sequences(length: int) -> list[list[int]]:
    found: list[list[int]] = [[]]
    for _ in range(length):
        found = [[*sequence, label] for sequence in found for label in range(len(LABELS))]
    return found
