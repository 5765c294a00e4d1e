"""What an empty list says and offers."""

from __future__ import annotations

import pytest

from desktop.search.query import parse
from desktop.ui.emptiness import QUERY, nothing_found


def offered(text: str) -> dict[str, str]:
    """Return what the buttons say, with the query that each would search for."""
    return {words: name.removeprefix(QUERY) for name, words in nothing_found(parse(text)).buttons}


@pytest.mark.parametrize(
    ("text", "words", "query"),
    [
        ("stroom org:AMD", "Search without org:AMD", "stroom"),
        ("stroom -org:AMD", "Articles with org:AMD too", "stroom"),
        ("NOT org:AMD title:gas", "Articles with org:AMD too", "title:gas"),
        ("stroom AND title:gas", "Search without title:gas", "stroom"),
        ('stroom title:"het gas"', 'Search without title:"het gas"', "stroom"),
        ("--org:AMD kabel", "Search without --org:AMD", "kabel"),
    ],
)
def test_a_condition_can_be_dropped(text: str, words: str, query: str) -> None:
    assert offered(text)[words] == query


@pytest.mark.parametrize("text", ["-org:AMD", "org:AMD", "NOT org:AMD", "gas OR org:AMD", "title:gas"])
def test_nothing_is_dropped_where_nothing_would_be_left(text: str) -> None:
    assert not [words for words in offered(text) if "without" in words or "too" in words]
