from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.extraction import extract
from desktop.extraction.actors import apply_rules
from desktop.model import (
    ActorId,
    Amount,
    ArticleId,
    Condition,
    Mention,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    Source,
    TextQuote,
)

TEXT = "Nova bouwt in Almere. Nova wacht. Almere betaalt 5 miljoen euro aan Nova."
HERE = "00000000-0000-4000-8000-000000000001"


def mention(surface: str, start: int, kind: MentionKind, **more: Any) -> Mention:
    at = TEXT.index(surface, start)
    return Mention(at, at + len(surface), surface, kind, Source.RULE, 0.8, **more)


MENTIONS = [
    mention("Nova", 0, MentionKind.ORGANISATION, actor="Nova"),
    mention("Almere", 0, MentionKind.PLACE, actor="Almere"),
    mention("Nova", 5, MentionKind.ORGANISATION, actor="Nova"),
    mention("Almere", 30, MentionKind.PLACE, actor="Almere"),
    mention("5 miljoen euro", 0, MentionKind.MONEY, amount=Amount(Decimal(5_000_000), unit="EUR")),
    mention("Nova", 30, MentionKind.ORGANISATION, actor="Nova"),
]


def rule(kind: RuleKind, name: str | None = None, **more: Any) -> Rule:
    condition = Condition(name, more.pop("of", None), more.pop("article", None), more.pop("quote", None))
    new_name = more.pop("to", None)
    return Rule(RuleId("r"), kind, condition, actor=ActorId("a"), name=new_name, **more)


def applied(*rules: Rule) -> list[tuple[str, str, str | None]]:
    return [(m.text, m.kind.value, m.actor) for m in apply_rules(MENTIONS, rules, TEXT, HERE)]


def test_without_rules_nothing_changes() -> None:
    assert apply_rules(MENTIONS, [], TEXT, HERE) == MENTIONS


def test_ignore_takes_the_mentions_of_a_name_away() -> None:
    assert [text for text, *_ in applied(rule(RuleKind.IGNORE, "nova"))] == [
        "Almere",
        "Almere",
        "5 miljoen euro",
    ]


def test_ignore_in_another_article_does_nothing() -> None:
    assert len(applied(rule(RuleKind.IGNORE, "Nova", article=ArticleId("elsewhere")))) == len(MENTIONS)


def test_a_quote_narrows_a_rule_to_one_passage() -> None:
    quote = TextQuote("Nova", prefix="Almere. ", suffix=" wacht")
    left = applied(rule(RuleKind.IGNORE, "Nova", article=ArticleId(HERE), quote=quote))
    assert len(left) == len(MENTIONS) - 1
    assert [text for text, *_ in left].count("Nova") == 2


def test_a_quote_that_stands_nowhere_or_twice_alike_does_nothing() -> None:
    for quote in (TextQuote("Nova is weg"), TextQuote("Nova")):
        assert len(applied(rule(RuleKind.IGNORE, "Nova", quote=quote))) == len(MENTIONS)


def test_a_kind_narrows_a_rule() -> None:
    assert len(applied(rule(RuleKind.IGNORE, "Nova", of=MentionKind.PERSON))) == len(MENTIONS)


def test_retype() -> None:
    kinds = {
        kind
        for text, kind, _ in applied(rule(RuleKind.RETYPE, "Almere", to_kind=MentionKind.ORGANISATION))
        if text == "Almere"
    }
    assert kinds == {"organisation"}


def test_rename_and_merge_give_another_canonical_name() -> None:
    for kind in (RuleKind.RENAME, RuleKind.MERGE):
        names = {actor for text, _, actor in applied(rule(kind, "Nova", to="Nova Holding")) if text == "Nova"}
        assert names == {"Nova Holding"}


def test_a_merge_finds_the_name_that_an_earlier_rule_gave() -> None:
    rules = rule(RuleKind.RENAME, "Nova", to="Nova BV"), rule(RuleKind.MERGE, "Nova BV", to="Nova Holding")
    assert {actor for text, _, actor in applied(*rules) if text == "Nova"} == {"Nova Holding"}


def test_split_gives_a_passage_its_own_actor() -> None:
    merged = rule(RuleKind.MERGE, "Nova", to="Nova Holding")
    quote = TextQuote("Nova", prefix="Almere. ", suffix=" wacht")
    names = [
        actor
        for text, _, actor in applied(merged, rule(RuleKind.SPLIT, "Nova", quote=quote))
        if text == "Nova"
    ]
    assert names == ["Nova Holding", "Nova", "Nova Holding"]


def test_later_rules_win() -> None:
    ignore = rule(RuleKind.IGNORE, "Nova")
    rename = rule(RuleKind.RENAME, "Nova", to="Nova Holding")
    assert "Nova" not in [text for text, *_ in applied(rename, ignore)]
    assert [actor for text, _, actor in applied(ignore, rename) if text == "Nova"] == ["Nova Holding"] * 3


def test_add_marks_every_place_of_a_name_as_whole_word() -> None:
    found = applied(rule(RuleKind.ADD, "wacht", to_kind=MentionKind.EVENT, to="Het wachten"))
    assert ("wacht", "event", "Het wachten") in found
    assert len(found) == len(MENTIONS) + 1
    assert len(applied(rule(RuleKind.ADD, "wach", to_kind=MentionKind.EVENT))) == len(MENTIONS)


def test_add_takes_the_place_of_what_stood_there() -> None:
    quote = TextQuote("in Almere")
    found = applied(rule(RuleKind.ADD, quote=quote, to_kind=MentionKind.PLACE, to="Almere"))
    assert found[1] == ("in Almere", "place", "Almere")
    assert len(found) == len(MENTIONS)
    added = apply_rules(MENTIONS, [rule(RuleKind.ADD, quote=quote, to_kind=MentionKind.PLACE)], TEXT, HERE)[1]
    assert (added.source, added.confidence) == (Source.USER, 1.0)


def test_amounts_are_rejected_and_corrected() -> None:
    assert len(applied(rule(RuleKind.REJECT_AMOUNT, "5 miljoen euro"))) == len(MENTIONS) - 1
    right = Amount(Decimal(6_000_000), unit="EUR")
    found = apply_rules(MENTIONS, [rule(RuleKind.CORRECT_AMOUNT, "5 miljoen euro", amount=right)], TEXT, HERE)
    assert [m.amount for m in found if m.kind == MentionKind.MONEY] == [right]


def test_rules_about_amounts_leave_actors_alone() -> None:
    assert applied(rule(RuleKind.REJECT_AMOUNT)) == [row for row in applied() if row[1] != "money"]


def test_extract_applies_rules_and_says_so() -> None:
    found = extract(TEXT, lang="nl", reference=None, rules=[rule(RuleKind.IGNORE, "Almere")])
    assert "Almere" not in [m.text for m in found]
