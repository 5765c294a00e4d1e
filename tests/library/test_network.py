"""Who stands in most articles, and where: counted right with merges, trash, results and kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library import actors, articles, network, owners, rules
from desktop.model import ACTOR_KINDS, Condition, MentionKind, Rule, RuleId, RuleKind


@pytest.fixture
def three(fill, mark):
    first = fill.article("Een", "Anna sprak Bob in Delft. Anna bleef.", published="2025-01-08", lang="nl")
    second = fill.article("Twee", "Bob sprak Carla.", published="2025-02", lang="nl")
    third = fill.article("Drie", "Anna zweeg.", lang="nl")
    place = MentionKind.PLACE
    fill.mention(first, *map(mark.actor, ("Anna", "Bob")), mark.actor("Delft", place), mark.actor("Anna"))
    fill.mention(second, *map(mark.actor, ("Bob", "Carla")))
    fill.mention(third, mark.actor("Anna"))
    return fill, (first, second, third)


def present(fill, kinds=ACTOR_KINDS, most=10, rows=None):
    found = network.most_present(fill.library.reader(), kinds, most, rows)
    return [(one.name, one.articles) for one in found]


def test_those_in_most_articles_come_first(three):
    fill, (first, second, _third) = three
    assert present(fill) == [("Anna", 2), ("Bob", 2), ("Carla", 1), ("Delft", 1)]
    assert present(fill, most=2) == [("Anna", 2), ("Bob", 2)]
    assert present(fill, [MentionKind.PLACE]) == [("Delft", 1)]
    assert present(fill, rows=[fill.row(second)]) == [("Bob", 1), ("Carla", 1)]
    assert present(fill, rows=[]) == []
    anna = network.most_present(fill.library.reader(), ACTOR_KINDS, 1)[0]
    assert fill.row(first) in network.rows_of(anna.mask)


def test_the_trash_does_not_count(three):
    fill, (first, *_rest) = three
    fill.library.write(lambda con: articles.trash(con, [first]))
    assert present(fill) == [("Anna", 1), ("Bob", 1), ("Carla", 1)]
    assert present(fill, rows=[fill.row(first)]) == []


def test_two_names_of_one_actor_count_once_in_an_article(three):
    fill, _articles = three
    rule = Rule(RuleId("r"), RuleKind.MERGE, Condition("Anna", MentionKind.PERSON), name="Bob")

    def merge(con):
        owners.apply_rules(con, [rules.add(con, rule)])

    fill.library.write(merge)
    assert present(fill) == [("Bob", 3), ("Carla", 1), ("Delft", 1)]
    assert present(fill, most=1) == [("Bob", 3)]


def test_texts_with_their_places_come_in_order(three):
    fill, (first, second, third) = three
    con = fill.library.reader()
    found = {one.name: one for one in network.most_present(con, ACTOR_KINDS, 10)}
    rows = [fill.row(third), fill.row(first), fill.row(second)]
    batches = list(network.texts_naming(con, [found["Anna"].row], rows, batch=2))
    texts = [text for batch in batches for text in batch]
    assert [text.title for text in texts] == ["Drie", "Een"]
    assert [texts[1].text[one.start : one.end] for one in texts[1].named] == ["Anna", "Anna"]
    assert network.newest_first(con, found["Anna"].mask | found["Bob"].mask)[-1] == fill.row(first)


@given(st.sets(st.integers(1, 5000)))
def test_a_set_of_rows_is_a_number_and_back(rows):
    assert network.rows_of(network.mask_of(rows)) == sorted(rows)


def test_dates_of_first_and_last_article(three):
    fill, (first, second, _third) = three
    con = fill.library.reader()
    ids = {one.name: one.id for one in actors.all_actors(con)}
    dates = actors.dates(con)
    assert dates[ids["Bob"]] == ("2025-01-08", "2025-02")
    assert dates[ids["Anna"]] == ("2025-01-08", "2025-01-08")
    assert dates[ids["Carla"]] == ("2025-02", "2025-02")
    assert actors.dates(con, [fill.row(second)])[ids["Bob"]] == ("2025-02", "2025-02")
    fill.library.write(lambda con: articles.trash(con, [first]))
    assert ids["Anna"] not in actors.dates(con)
