"""Tokens, and the tables of what is known of them."""

from __future__ import annotations

from desktop.extraction import tokens as module
from desktop.extraction.tokens import Known, Tokens


def test_a_table_asks_once_of_each_word() -> None:
    asked: list[str] = []

    def find(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Known(find)
    assert [known["jaar"], known["euro"], known["jaar"]] == [4, 4, 4]
    assert asked == ["jaar", "euro"]


def test_a_table_neither_grows_without_end_nor_keeps_what_is_no_word() -> None:
    known = Known(len)
    for number in range(module._WORDS_KEPT + 1):
        assert known[str(number)] == len(str(number))
    assert len(known) == 1
    assert known["9" * 1_000_000] == 1_000_000
    assert len(known) == 1


def test_accents_are_composed_and_soft_hyphens_left_out_wherever_they_stand() -> None:
    for text, words in (
        ("één miljard", ["één", "miljard"]),
        ("e\u0301e\u0301n miljard", ["één", "miljard"]),
        ("mil\u00adjard „euro”", ["miljard", "„", "euro", "”"]),
        ("Ο δείκτης", ["ο", "δείκτης"]),
    ):
        tokens = Tokens(text)
        assert tokens.low[: tokens.count] == words
        assert tokens.written(0) == text.split()[0]
