"""What is said of actors: roles, reasons, what found a name."""

from __future__ import annotations

import pytest

from desktop.library.links import NameOfActor
from desktop.library.owners import Reason
from desktop.model import Mention, MentionKind, Source
from desktop.ui.actor_words import (
    between_words,
    name_found_by,
    query_for,
    reason_words,
)


def test_dates_that_are_one_are_written_once() -> None:
    assert between_words("2025-01", "2025-01") == "Jan 2025"
    assert between_words("2025-01", "2025-03-12") == "Jan 2025 – 12 Mar 2025"
    assert between_words(None, None) == ""


def test_a_query_for_a_name_with_quotes_is_one_phrase() -> None:
    assert query_for('Jan "de Bom" Smit').count('"') == 2


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_that_makes_a_name_count_is_told(reason: Reason) -> None:
    words = reason_words(NameOfActor("EZ", MentionKind.ORGANISATION, reason, 1))
    assert bool(words) is (reason not in (Reason.IGNORE, Reason.OTHER))


def test_a_link_says_how_and_by_what() -> None:
    link = NameOfActor("Hagen", MentionKind.PERSON, Reason.LINK, 2, "surname", "", "Financiën")
    assert reason_words(link) == "linked by the program: surname, both stand with “Financiën”"


@pytest.mark.parametrize(
    ("source", "rule", "words"),
    [
        (Source.USER, "reader", "Marked by you"),
        (Source.MODEL, "", "Found by the language model"),
        (Source.RULE, "", "Found by a rule"),
        (Source.RULE, "listed:place", "Found by: a list of known names"),
        (Source.RULE, "before:role", "Found by: the role in front of it"),
        (Source.RULE, "preposition:in", "Found by: the word “in” in front of it"),
        (Source.RULE, "rule:start:en", "Found by: a fixed pattern"),
        (Source.RULE, "unlisted|after:of", "Found by: how it is written and the words around it"),
    ],
)
def test_what_found_a_name(source: Source, rule: str, words: str) -> None:
    assert name_found_by(Mention(0, 1, "A", MentionKind.PLACE, source, 1.0, rule)) == words
