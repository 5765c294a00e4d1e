from __future__ import annotations

from decimal import Decimal

from desktop.library import history, rules
from desktop.model import (
    ActorId,
    Amount,
    Approx,
    ArticleId,
    Condition,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    TextQuote,
)

FULL = Rule(
    RuleId("11111111-1111-4111-8111-111111111111"),
    RuleKind.CORRECT_AMOUNT,
    Condition("Anna", MentionKind.PERSON, ArticleId("a"), TextQuote("x", "y", "z")),
    ActorId("b"),
    "Anna Jansen",
    MentionKind.PLACE,
    Amount(low=Decimal("1.50"), high=Decimal(3), unit="EUR", noun="n", approx=Approx.ABOUT),
    created_at="2025-01-01T00:00:00+00:00",
)


def test_rules_come_back_as_they_were_made_in_their_order(library):
    made = library.write(lambda con: rules.add(con, FULL))
    bare = library.write(lambda con: rules.add(con, Rule(RuleId(""), RuleKind.IGNORE, Condition())))
    assert made == Rule(**{**{name: getattr(FULL, name) for name in FULL.__slots__}, "order": made.order})
    assert bare.condition == Condition()
    assert (bare.actor, bare.name, bare.to_kind, bare.amount) == (None, None, None, None)
    assert len(bare.id) == 36
    assert bare.order > made.order
    assert rules.all_rules(library.reader()) == [made, bare]


def test_a_deleted_rule_is_gone_and_can_be_had_back(library):
    made = library.write(lambda con: rules.add(con, FULL))

    def delete(con):
        with history.recording(con, "rule", {}):
            rules.delete(con, made.id)

    library.write(delete)
    assert rules.all_rules(library.reader()) == []
    library.write(history.undo)
    assert rules.all_rules(library.reader()) == [made]
