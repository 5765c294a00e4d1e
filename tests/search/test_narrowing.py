"""Filters in the text of a query: found, put in and taken out, with the rest as the reader wrote it."""

from __future__ import annotations

import pytest

from desktop.search.narrowing import Condition, conditions, having, without, written
from desktop.search.query import parse


def named(text: str) -> list[tuple[str, str, bool]]:
    return [(one.field, one.value, one.negated) for one in conditions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("stroom kabel", []),
        ("taal:nl stroom", [("lang", "nl", False)]),
        ('-tag:energie gas actor:"A B"', [("tag", "energie", True), ("actor", "A B", False)]),
        ("NIET is:gelezen", [("is", "gelezen", True)]),
        ("NOT -is:gelezen", [("is", "gelezen", False)]),
        ("titel:stroom bedrag:>1mld", [("amount", ">1mld", False)]),
        ("(lang:nl OF lang:en) is:unread", [("is", "unread", False)]),
        ("lang:nl OF lang:en", []),
        ('bron:="NRC"', [("source", "=NRC", False)]),
        ("lang: nl", []),
    ],
)  # fmt: skip
def test_the_filters_of_a_query(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "field", "value", "negated", "becomes"),
    [
        ("", "lang", "nl", False, "lang:nl "),
        ("stroom", "org", "Rode Kruis", False, 'stroom org:"Rode Kruis" '),
        ("stroom", "tag", "x", True, "stroom -tag:x "),
        ("lang:en stroom", "lang", "nl", False, "stroom lang:nl "),
        ("-lang:en stroom", "lang", "nl", True, "-lang:en stroom -lang:nl "),
        ("lang:nl stroom", "lang", "nl", True, "stroom -lang:nl "),
        ("date:2025", "date", "2025-02", False, "date:2025-02 "),
        ("date:>2024", "date", "2025-02", False, "date:>2024 date:2025-02 "),
        ("stroom OF gas", "lang", "nl", False, "(stroom OF gas) lang:nl "),
        ("stroom OF", "lang", "nl", False, "stroom lang:nl "),
        ('"hoge stroom', "lang", "nl", False, '"hoge stroom" lang:nl '),
        ("(stroom gas", "lang", "nl", False, "(stroom gas) lang:nl "),
        ("stroom actor:", "lang", "nl", False, "stroom lang:nl "),
        ("🙂 stroom", "source", "=NRC", False, "🙂 stroom source:=NRC "),
    ],
)
def test_a_filter_put_in(text: str, field: str, value: str, negated: bool, becomes: str) -> None:
    changed = having(text, field, field, value, negated=negated)
    assert changed == becomes
    assert (field, value, negated) in named(changed)
    assert not parse(changed).problems


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("lang:nl ", ""),
        ("stroom lang:nl gas", "stroom gas "),
        ("stroom AND lang:nl", "stroom "),
        ("lang:nl AND stroom", "stroom "),
        ("stroom NIET lang:nl gas", "stroom gas "),
    ],
)
def test_a_filter_taken_out(text: str, becomes: str) -> None:
    [condition] = conditions(text)
    assert without(text, condition) == becomes


def test_what_was_put_in_comes_out_again() -> None:
    for text in ("stroom ", '"hoge stroom" OF gas ', "bedrag:>1 miljard "):
        changed = having(text, "place", "plaats", "Den Haag", negated=True)
        last = conditions(changed)[-1]
        assert named(without(changed, last)) == named(
            without(text, Condition("", "", False, len(text), len(text)))
        )


def test_a_name_with_quotation_marks_stays_one_value() -> None:
    assert written("org", 'Stichting "De Brug" *') == 'org:"Stichting De Brug "'
    assert named(f"{written('org', 'Stichting “De Brug”')} stroom") == [("org", "Stichting De Brug", False)]


def test_a_value_is_known_in_any_language_and_under_a_wider_field() -> None:
    [choice, actor] = conditions("taal:nederlands actor:Nvidia")
    assert choice.is_about("lang", "nl")
    assert actor.is_about("org", "nvidia")
    assert not actor.is_about("lang", "nvidia")
