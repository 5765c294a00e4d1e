"""An amount or date that is wrong: rejected or corrected as a rule, and everything a rule has to outlive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import rules
from desktop.model import (
    Amount,
    ArticleId,
    Mention,
    MentionKind,
    Period,
    RuleId,
    RuleScope,
    Source,
)
from desktop.progress import SilentProgress
from desktop.tasks import correct, corrections, manage, undo
from desktop.tasks.import_files import import_paths
from desktop.tasks.look_after import mark_again
from desktop.tasks.read import open_article
from desktop.tasks.session import Session

ROOMS = "{date} {title}\n\nDe zaal telt 250 stoelen. Vorig jaar kostte dat 3 miljoen euro.\n"
TWICE = ROOMS + "\nDe oude zaal telt ook 250 stoelen, zegt de directeur.\n"
HERE, ARTICLE, EVERYWHERE = RuleScope.HERE, RuleScope.ARTICLE, RuleScope.EVERYWHERE
ALL_OF_THEM = ["250 stoelen", "Vorig jaar", "3 miljoen euro", "250 stoelen"]


def values(session: Session, article: ArticleId) -> list[str]:
    """Return the amounts and dates in the text, as the window would show them."""
    found = open_article(session, article).mentions
    return [m.text for m in found if m.amount is not None or m.period is not None]


def mention(session: Session, article: ArticleId, words: str, number: int = 0) -> Mention:
    return [m for m in open_article(session, article).mentions if m.text == words][number]


@pytest.fixture
def one(put: Callable[..., ArticleId]) -> ArticleId:
    return put(TWICE.format(date="date 2025-01-14", title="Een zaal"), "een.txt")


@pytest.fixture
def other(put: Callable[..., ArticleId]) -> ArticleId:
    return put(ROOMS.format(date="date 2025-02-02", title="Nog een zaal"), "ander.txt")


@pytest.mark.parametrize(
    ("scope", "here", "elsewhere"),
    [
        (HERE, ALL_OF_THEM[1:], ALL_OF_THEM[:3]),
        (ARTICLE, ALL_OF_THEM[1:3], ALL_OF_THEM[:3]),
        (EVERYWHERE, ALL_OF_THEM[1:3], ALL_OF_THEM[1:3]),
    ],
)
def test_an_amount_is_rejected_as_far_as_was_said(
    session: Session,
    one: ArticleId,
    other: ArticleId,
    scope: RuleScope,
    here: list[str],
    elsewhere: list[str],
) -> None:
    changes = correct.reject(session, one, mention(session, one, "250 stoelen"), scope)
    assert one in changes.articles
    assert changes.step is not None
    assert values(session, one) == here  # at once
    mark_again(session, SilentProgress())
    assert (values(session, one), values(session, other)) == (here, elsewhere)
    undo.undo(session)
    assert values(session, one) == ALL_OF_THEM  # at once
    mark_again(session, SilentProgress())
    assert values(session, other) == ALL_OF_THEM[:3]
    step, changes = undo.redo(session)
    assert step is not None
    assert one in changes.articles
    assert values(session, one) == here
    mark_again(session, SilentProgress())
    assert (values(session, one), values(session, other)) == (here, elsewhere)


def test_only_the_articles_that_are_concerned_are_marked_again(
    session: Session, one: ArticleId, other: ArticleId, put: Callable[..., ArticleId]
) -> None:
    put("date 2025-03 Iets anders\n\nHier staan 40 bomen.\n", "bomen.txt")
    correct.reject(session, one, mention(session, one, "250 stoelen"), EVERYWHERE)
    assert mark_again(session, SilentProgress()).articles == {other}
    correct.reject(session, one, mention(session, one, "3 miljoen euro"), ARTICLE)
    assert mark_again(session, SilentProgress()).articles == frozenset()


def test_a_corrected_amount_has_its_kind_value_and_euro(session: Session, one: ArticleId) -> None:
    read = correct.read_amount("$ 4 mln", ["nl", "en"])
    assert read is not None
    correct.correct(session, one, mention(session, one, "250 stoelen"), read, HERE)
    first, second = mention(session, one, "250 stoelen"), mention(session, one, "250 stoelen", 1)
    assert (first.kind, first.amount) == (MentionKind.MONEY, Amount(Decimal(4_000_000), unit="USD"))
    assert (first.source, first.confidence) == (Source.USER, 1.0)
    assert second.kind is MentionKind.COUNT
    con = session.library.reader()
    [(low, high)] = con.execute("SELECT euro_low, euro_high FROM amount WHERE unit = 'USD'").fetchall()
    assert 3_000_000 < low == high < 4_000_000
    undo.undo(session)
    assert mention(session, one, "250 stoelen").kind is MentionKind.COUNT


def test_a_date_is_rejected_or_corrected_and_amounts_of_the_same_words_stay(
    session: Session, one: ArticleId
) -> None:
    was = mention(session, one, "Vorig jaar")
    assert was.period == Period("2024")
    correct.correct(session, one, was, Period("2023-05", None, None), HERE)
    assert mention(session, one, "Vorig jaar").period == Period("2023-05")
    undo.undo(session)
    assert mention(session, one, "Vorig jaar").period == Period("2024")
    correct.reject(session, one, was, EVERYWHERE)
    assert "Vorig jaar" not in values(session, one)
    assert values(session, one) == ["250 stoelen", "3 miljoen euro", "250 stoelen"]


def test_later_corrections_win(session: Session, one: ArticleId) -> None:
    chairs = mention(session, one, "250 stoelen")
    for value in (300, 350):
        right = MentionKind.COUNT, Amount(Decimal(value), noun="stoelen")
        correct.correct(session, one, chairs, right, ARTICLE)
        assert mention(session, one, "250 stoelen").amount == right[1]
    assert len(corrections.listed(session)) == 1  # what the first one said holds no longer
    correct.reject(session, one, mention(session, one, "250 stoelen"), EVERYWHERE)
    assert values(session, one) == ALL_OF_THEM[1:3]
    for expected in (350, 300, 250):
        undo.undo(session)
        amount = mention(session, one, "250 stoelen").amount
        assert amount is not None
        assert amount.value == expected


def test_rules_survive_new_recognisers(session: Session, one: ArticleId, other: ArticleId) -> None:
    correct.reject(session, one, mention(session, one, "250 stoelen", 1), HERE)
    correct.reject(session, one, mention(session, one, "3 miljoen euro"), EVERYWHERE)
    session.library.write(lambda con: con.execute("UPDATE text_version SET extracted_by = 'older'"))
    assert mark_again(session, SilentProgress()).articles == {one, other}
    assert values(session, one) == ["250 stoelen", "Vorig jaar"]
    assert values(session, other) == ["250 stoelen", "Vorig jaar"]


def test_rules_about_one_article_hold_where_many_are_marked_in_processes(
    session: Session, one: ArticleId, put: Callable[..., ArticleId]
) -> None:
    for number in range(8):
        put(ROOMS.format(date="date 2025-03", title=f"Zaal {number}"), f"zaal{number}.txt")
    correct.reject(session, one, mention(session, one, "250 stoelen", 1), HERE)
    session.library.write(lambda con: con.execute("UPDATE text_version SET extracted_by = 'older'"))
    assert len(mark_again(session, SilentProgress()).articles) == 9
    assert values(session, one) == ALL_OF_THEM[:3]


def test_rules_survive_a_new_text_of_the_article(
    session: Session, one: ArticleId, put: Callable[..., ArticleId]
) -> None:
    correct.reject(session, one, mention(session, one, "250 stoelen", 1), HERE)
    text = TWICE.format(date="date 2025-01-14", title="Een zaal")
    longer = text.replace("De zaal telt", "Eerst iets nieuws met 99 ramen.\n\nDe zaal telt")
    assert put(longer, "een.txt") == one
    assert values(session, one) == ["99 ramen", "250 stoelen", "Vorig jaar", "3 miljoen euro"]
    gone = longer.replace("De oude zaal telt ook", "In Sneek staan, als het lukt,")
    assert put(gone.replace(", zegt de directeur", " op het plein"), "een.txt") == one
    assert values(session, one)[-1] == "250 stoelen"  # another passage now: a wrong one is worse than none


def test_everywhere_holds_for_what_comes_in_later_and_here_does_not(
    session: Session, one: ArticleId, put: Callable[..., ArticleId]
) -> None:
    correct.reject(session, one, mention(session, one, "250 stoelen"), EVERYWHERE)
    correct.reject(session, one, mention(session, one, "3 miljoen euro"), ARTICLE)
    later = put(ROOMS.format(date="date 2025-06", title="Later").replace("250", "250 "), "later.txt")
    assert values(session, later) == ["Vorig jaar", "3 miljoen euro"]


def test_what_came_in_while_a_correction_was_made_has_it_too(
    session: Session, one: ArticleId, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(3):
        text = ROOMS.format(date="date 2025-06", title=f"Zaal {number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    wrong = mention(session, one, "250 stoelen")

    class Meddling(SilentProgress):
        def step(self, done: int, total: int, text: str = "") -> None:
            if (done, total) == (2, 3):
                correct.reject(session, one, wrong, EVERYWHERE)

    result = import_paths(session, [folder], Meddling())
    mark_again(session, SilentProgress())
    assert [values(session, article) for article in result.added] == [ALL_OF_THEM[1:3]] * 3


def test_the_list_says_what_each_rule_does_and_takes_rules_back(
    session: Session, one: ArticleId, other: ArticleId
) -> None:
    correct.reject(session, one, mention(session, one, "250 stoelen"), EVERYWHERE)
    correct.reject(session, one, mention(session, one, "Vorig jaar"), ARTICLE)
    right = MentionKind.MONEY, Amount(Decimal(3), unit="EUR")
    correct.correct(session, other, mention(session, other, "3 miljoen euro"), right, HERE)
    found = corrections.listed(session)
    assert [(c.scope, c.title, c.marks, c.articles) for c in found] == [
        (HERE, "Nog een zaal", 1, 1),
        (ARTICLE, "Een zaal", 1, 1),
        (EVERYWHERE, "", 3, 2),
    ]
    changes = corrections.restore(session, [found[2].rule.id], at_hand=one)
    assert changes.articles == {one}
    assert values(session, one) == ["250 stoelen", "3 miljoen euro", "250 stoelen"]
    mark_again(session, SilentProgress())
    assert "250 stoelen" in values(session, other)
    undo.undo(session)
    assert values(session, one) == ["3 miljoen euro"]
    assert len(corrections.listed(session)) == 3
    corrections.restore(session, [correction.rule.id for correction in found])
    assert corrections.listed(session) == []
    mark_again(session, SilentProgress())
    assert values(session, one) == ALL_OF_THEM
    corrections.restore(session, [RuleId("nergens")])  # unknown ones are no problem


def test_a_passage_among_many_alike_is_still_that_one(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    row = "Regel met precies dezelfde woorden en 40 bomen op een rij langs de lange weg.\n\n"
    article = put("date 2025-01 Lijst\n\n" + row * 9, "lijst.txt")
    correct.reject(session, article, mention(session, article, "40 bomen", 4), HERE)
    found = [m.start for m in open_article(session, article).mentions if m.text == "40 bomen"]
    assert len(found) == 8
    assert found[4] - found[3] == 2 * len(row)


def test_undo_of_a_correction_in_an_article_that_is_gone(session: Session, one: ArticleId) -> None:
    correct.reject(session, one, mention(session, one, "250 stoelen"), EVERYWHERE)
    manage.trash(session, [one])
    undo.undo(session)
    undo.undo(session)
    assert values(session, one) == ALL_OF_THEM


def test_what_cannot_be_is_refused(session: Session, one: ArticleId) -> None:
    chairs = mention(session, one, "250 stoelen")
    with pytest.raises(ValueError):
        correct.reject(session, one, replace(chairs, start=0, end=11), HERE)
    with pytest.raises(ValueError):
        correct.reject(session, one, replace(chairs, kind=MentionKind.PERSON), HERE)
    with pytest.raises(ValueError):
        correct.correct(session, one, chairs, Period("2025"), HERE)
    with pytest.raises(Problem) as caught:
        correct.reject(session, ArticleId("nergens"), chairs, HERE)
    assert caught.value.kind is ProblemKind.NO_SUCH_ARTICLE
    assert rules.all_rules(session.library.reader()) == []
    assert undo.undo(session)[0] is None


@pytest.mark.parametrize(
    ("typed", "kind", "amount"),
    [
        ("1,2 mld euro", MentionKind.MONEY, Amount(Decimal(1_200_000_000), unit="EUR")),
        (" 1,2 mld euro ", MentionKind.MONEY, Amount(Decimal(1_200_000_000), unit="EUR")),
        ("1mld", MentionKind.NUMBER, Amount(Decimal(1_000_000_000))),
        ("$1.5bn", MentionKind.MONEY, Amount(Decimal(1_500_000_000), unit="USD")),
        ("250 MW", MentionKind.QUANTITY, Amount(Decimal(250), unit="MW")),
        ("100 landen", MentionKind.COUNT, Amount(Decimal(100), noun="landen")),
        ("5 procent", MentionKind.PERCENT, Amount(Decimal(5), unit="%")),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, kind: MentionKind, amount: Amount) -> None:
    assert correct.read_amount(typed, ["nl", "en"]) == (kind, amount)


@pytest.mark.parametrize("typed", ["", "veel", "3 euro en 4 euro", "3 euro of zo misschien"])
def test_anything_else_is_no_amount(typed: str) -> None:
    assert correct.read_amount(typed, ["nl", "en"]) is None


def test_dates_are_read_against_the_date_of_the_article() -> None:
    assert correct.read_period("12 maart", ["nl"], "2025-01-14") == Period("2025-03-12")
    assert correct.read_period("March 2024", ["nl", "en"], "2025-01-14") == Period("2024-03")
    assert correct.read_period("ooit", ["nl", "en"], "2025-01-14") is None
