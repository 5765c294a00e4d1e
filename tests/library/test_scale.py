"""Whatever is asked all the time looks into indexes, never through whole tables: it stays quick."""

from __future__ import annotations

import re

import pytest

from desktop.library import (
    actors,
    amount_lists,
    amounts,
    annotations,
    articles,
    changes,
    completion,
    dates,
    filters,
    history,
    mentions,
    money,
)
from desktop.model import MentionKind

#: Tables that grow with the library, and what they are called for short; a bare SCAN goes through all of one.
LARGE = (
    "article|text_version|block|inline|mention|amount|period|article_form|name_form|annotation|article_tag"
    "|annotation_tag|[afmnptv]"
)

#: A day and a century.
PARTS = [
    dates.Part(mentions, 739_000, last, 0, 5) for mentions in (False, True) for last in (739_000, 770_000)
]

ASKED = {
    "newest": lambda con, one, row, actor: articles.newest(con, 200),
    "rows": lambda con, one, row, actor: articles.rows(con),
    "by_rows": lambda con, one, row, actor: articles.by_rows(con, [row]),
    "by_date": lambda con, one, row, actor: articles.by_date(con, [row]),
    "by_largest_amount": lambda con, one, row, actor: articles.by_largest_amount(con, [row]),
    "count": lambda con, one, row, actor: articles.count(con),
    "get": lambda con, one, row, actor: articles.get(con, one),
    "text": lambda con, one, row, actor: articles.text(con, one),
    "texts": lambda con, one, row, actor: articles.texts(con, [row]),
    "mentions": lambda con, one, row, actor: mentions.of_article(con, one),
    "actors": lambda con, one, row, actor: actors.of_article(con, one),
    "annotations": lambda con, one, row, actor: annotations.of_article(con, one),
    "amounts": lambda con, one, row, actor: mentions.amounts_matching(con, "EUR", 1, 2),
    "amounts of a kind": lambda con, one, row, actor: mentions.amounts_matching(
        con, None, 1, 2, kinds=(MentionKind.MONEY,)
    ),
    "per unit": lambda con, one, row, actor: list(mentions.per_unit(con, MentionKind.MONEY)),
    "worth in euro": lambda con, one, row, actor: money.rows_worth(con, 1, 2),
    "worth in dollars": lambda con, one, row, actor: money.rows_worth_in(
        con, 1, 2, extremes=(0.8, 1.6), rate_at=lambda day: 1.2, without="USD"
    ),
    "dated": lambda con, one, row, actor: mentions.rows_dated(con, "2025-01-01", "2025-02-01"),
    "mentioning": lambda con, one, row, actor: mentions.rows_mentioning(con, "2025-01-01", "2025-02-01"),
    "timeline": lambda con, one, row, actor: dates.counts(con, None),
    "timeline of few": lambda con, one, row, actor: dates.counts(con, [row]),
    "dates of a day": lambda con, one, row, actor: dates.numbers(con, PARTS, None),
    "dates of a day of few": lambda con, one, row, actor: dates.numbers(con, PARTS, [row]),
    "table of amounts": lambda con, one, row, actor: amount_lists.look(
        con, amounts.AmountFilter(frozenset({MentionKind.MONEY})), amounts.Order.DATE, descending=True
    ),
    "page of amounts": lambda con, one, row, actor: amount_lists.Counted(
        amounts.AmountFilter(frozenset({MentionKind.MONEY})), amounts.Order.DATE, True, (("2025-01-08", 1),)
    ).ids(con, 0, 1),
    "page of amounts by value": lambda con, one, row, actor: amount_lists.Counted(
        amounts.AmountFilter(frozenset({MentionKind.MONEY})), amounts.Order.VALUE, True, ((2, 1),)
    ).ids(con, 0, 1),
    "dates on a page": lambda con, one, row, actor: dates.mentions_at(con, [1, 2]),
    "articles on a page": lambda con, one, row, actor: dates.articles_at(con, [row]),
    "stale": lambda con, one, row, actor: mentions.stale(con, ("1", "0"), 50),
    "with": lambda con, one, row, actor: actors.rows_with(con, [actor]),
    "names": lambda con, one, row, actor: actors.names(con, "an", 10),
    "names that begin so": lambda con, one, row, actor: completion.names(
        con, "ann", None, 4, lambda: completion.frequent(con)
    ),
    "names of two letters": lambda con, one, row, actor: completion.names(
        con, "an", MentionKind.PERSON, 4, lambda: completion.frequent(con)
    ),
    "tags that begin so": lambda con, one, row, actor: completion.tags(con, "t", 2),
    "tagged": lambda con, one, row, actor: annotations.rows_tagged(con, "t"),
    "changes": lambda con, one, row, actor: changes.since(con, 0, 100),
    "next undo": lambda con, one, row, actor: history.next_undo(con),
    "source": lambda con, one, row, actor: filters.with_detail(
        con, "source", "Krant", whole=True, prefix=False
    ),
}


@pytest.mark.parametrize("asked", ASKED)
def test_no_table_is_gone_through(fill, mark, asked):
    article = fill.article(body="Anna gaf 5 euro op 8 januari.", published="2025-01-08", source="Krant")
    fill.mention(article, mark.actor("Anna"), mark.money("5 euro", "5"), mark.day("8 januari", "2025-01-08"))
    fill.highlight(article, "gaf", tags=("t",))
    con = fill.library.reader()
    actor = actors.all_actors(con)[0].id
    seen: list[str] = []
    con.set_trace_callback(seen.append)
    try:
        ASKED[asked](con, article, fill.row(article), actor)
    finally:
        con.set_trace_callback(None)
    assert seen
    for statement in seen:
        plan = [row["detail"] for row in con.execute(f"EXPLAIN QUERY PLAN {statement}")]
        through = [step for step in plan if re.match(rf"SCAN ({LARGE})$", step)]
        assert not through, (statement, plan)


def test_adding_looks_through_no_table_either(fill):
    fill.article("a", path="/a", url="u")
    plans: list[str] = []

    def work(con):
        seen: list[str] = []
        con.set_trace_callback(seen.append)
        try:
            articles.add(con, fill_imported("b"))
        finally:
            con.set_trace_callback(None)
        for statement in seen:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                plans.extend(row["detail"] for row in con.execute(f"EXPLAIN QUERY PLAN {statement}"))

    fill.library.write(work)
    assert plans
    assert not [step for step in plans if re.match(rf"SCAN ({LARGE})$", step)]


def fill_imported(title: str):
    from desktop.model import ImportedArticle

    return ImportedArticle(title, f"{title}\n\nOther body.", (), path="/b", url="v")
