"""Whom names belong to: rules about names in the whole library."""

from __future__ import annotations

import pytest

from desktop.library import actors, articles, history, mentions, owners, rules
from desktop.model import Condition, MentionKind, Rule, RuleId, RuleKind

PERSON, PLACE, ORGANISATION = MentionKind.PERSON, MentionKind.PLACE, MentionKind.ORGANISATION


@pytest.fixture
def decide(fill):
    """Add a rule about a name; return it."""

    def decide(kind, name, to=None, of=PERSON, to_kind=None):
        rule = Rule(RuleId(""), kind, Condition(name, of), name=to, to_kind=to_kind)

        def work(con):
            made = rules.add(con, rule)
            owners.apply_rules(con, [made])
            return made

        return fill.step(kind, work)

    return decide


@pytest.fixture
def withdraw(fill):
    def withdraw(rule):
        def work(con):
            rules.delete(con, rule.id)
            owners.apply_rules(con, [rule])

        fill.library.write(work)

    return withdraw


@pytest.fixture
def people(fill, mark):
    article = fill.article(body="Anna Jansen sprak met Jansen en Bob over Meta.")
    fill.mention(
        article, *(mark.actor(name) for name in ("Anna Jansen", "Jansen", "Bob")), mark.actor("Meta", PLACE)
    )
    return article


def shown(fill, article):
    found = actors.of_article(fill.library.reader(), article)
    return sorted((one.name, str(one.kind), one.mentions) for one in found)


def test_merging_joins_two_actors_also_in_later_articles(fill, mark, people, decide):
    decide(RuleKind.MERGE, "Jansen", to="Anna Jansen")
    assert ("Anna Jansen", "person", 2) in shown(fill, people)
    other = fill.article("b", "JANSEN sprak.")
    fill.mention(other, mark.actor("JANSEN"))
    assert shown(fill, other) == [("Anna Jansen", "person", 1)]
    assert mentions.of_article(fill.library.reader(), other)[0].actor == "Anna Jansen"


def test_a_rule_made_before_its_name_was_ever_seen_holds(fill, mark, decide):
    decide(RuleKind.MERGE, "A. Jansen", to="Anna Jansen")
    article = fill.article("b", "A. Jansen sprak.")
    fill.mention(article, mark.actor("A. Jansen"))
    assert shown(fill, article) == [("Anna Jansen", "person", 1)]


def test_merges_follow_each_other_and_undoing_one_frees_the_rest(fill, people, decide, withdraw):
    first = decide(RuleKind.MERGE, "Jansen", to="Anna Jansen")
    second = decide(RuleKind.MERGE, "Anna Jansen", to="Bob")
    assert ("Bob", "person", 3) in shown(fill, people)
    withdraw(second)
    assert ("Anna Jansen", "person", 2) in shown(fill, people)
    withdraw(first)
    assert len(shown(fill, people)) == 4


def test_in_a_circle_the_later_rule_wins(fill, people, decide):
    decide(RuleKind.MERGE, "Jansen", to="Bob")
    decide(RuleKind.MERGE, "Bob", to="Jansen")
    assert ("Jansen", "person", 2) in shown(fill, people)
    assert not any(name == "Bob" for name, *_ in shown(fill, people))


def test_the_last_rule_about_a_name_wins(fill, people, decide):
    decide(RuleKind.MERGE, "Jansen", to="Anna Jansen")
    decide(RuleKind.SPLIT, "Jansen")
    assert ("Jansen", "person", 1) in shown(fill, people)
    decide(RuleKind.MERGE, "Jansen", to="Bob")
    assert ("Bob", "person", 2) in shown(fill, people)


def test_another_kind_in_the_whole_library(fill, people, decide):
    decide(RuleKind.RETYPE, "Meta", of=PLACE, to_kind=ORGANISATION)
    assert ("Meta", "organisation", 1) in shown(fill, people)
    assert {m.kind for m in mentions.of_article(fill.library.reader(), people) if m.text == "Meta"} == {
        ORGANISATION
    }


def test_what_is_no_name_is_shown_nowhere(fill, people, decide, withdraw):
    rule = decide(RuleKind.IGNORE, "Bob")
    con = fill.library.reader()
    assert not any(name == "Bob" for name, *_ in shown(fill, people))
    assert "Bob" not in [m.text for m in mentions.of_article(con, people)]
    assert actors.find(con, "Bob") == []
    assert actors.names(con, "Bo", 5) == []
    assert articles.get(con, people).actors == 3
    withdraw(rule)
    assert articles.get(con, people).actors == 4


def test_what_is_another_thing_is_no_actor_but_a_mark(fill, people, decide):
    decide(RuleKind.RETYPE, "Meta", of=PLACE, to_kind=MentionKind.OTHER)
    found = [m for m in mentions.of_article(fill.library.reader(), people) if m.text == "Meta"]
    assert [(m.kind, m.actor) for m in found] == [(MentionKind.OTHER, None)]
    assert len(shown(fill, people)) == 3


def test_renaming_holds_whatever_the_articles_write(fill, mark, people, decide, withdraw):
    rule = decide(RuleKind.RENAME, "Bob", to="Bob de Bouwer")
    decide(RuleKind.MERGE, "Jansen", to="Bob")
    assert ("Bob de Bouwer", "person", 2) in shown(fill, people)
    fill.mention(fill.article("b", "Bób."), mark.actor("Bób"))
    assert ("Bob de Bouwer", "person", 2) in shown(fill, people)
    withdraw(rule)
    assert ("Bób", "person", 2) in shown(fill, people)


def test_undo_and_redo_of_the_row_is_followed(fill, people, decide):
    rule = decide(RuleKind.MERGE, "Jansen", to="Anna Jansen")
    step = fill.library.write(history.undo)
    changed = rules.of_step(fill.library.reader(), step.id)
    assert [(one.id, one.condition.name, one.name) for one in changed] == [(rule.id, "Jansen", "Anna Jansen")]
    fill.library.write(lambda con: owners.apply_rules(con, changed))
    assert len(shown(fill, people)) == 4


def test_rules_about_names_do_not_count_for_texts(fill, decide):
    before = rules.state(fill.library.reader())
    decide(RuleKind.IGNORE, "Bob")
    con = fill.library.reader()
    assert rules.state(con) == before
    assert rules.about_texts(con) == []
    assert len(rules.about_names(con)) == 1
