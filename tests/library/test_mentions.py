from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library import articles, mentions
from desktop.library.database import Library
from desktop.model import (
    Amount,
    Approx,
    ImportedArticle,
    Mention,
    MentionKind,
    Period,
    Sense,
    Source,
)


def test_mentions_come_back_as_they_were_found(fill, mark):
    article = fill.article(body="Minister Anna gaf ruim 1,2 mln tot 10 januari, 😀 zei Bob.")
    start = articles.text(fill.library.reader(), article).text.index
    amount = Amount(value=Decimal("1200000.50"), unit="EUR", noun="banen", approx=Approx.GE)
    given_mentions = [
        Mention(start("Anna"), start("Anna") + 4, "Anna", MentionKind.PERSON, actor="Anna", role="minister"),
        Mention(
            start("ruim"),
            start("ruim") + 12,
            "ruim 1,2 mln",
            MentionKind.MONEY,
            Source.MODEL,
            0.75,
            "money.symbol",
            amount=amount,
        ),
        Mention(
            start("10"),
            start("10") + 10,
            "10 januari",
            MentionKind.DATE,
            period=Period(low="2025", high=None),
        ),
        Mention(start("Bob"), start("Bob") + 3, "Bob", MentionKind.OTHER, Source.USER),
    ]
    fill.mention(article, *given_mentions)
    found = mentions.of_article(fill.library.reader(), article)
    assert found[0].actor_id is not None
    assert [replace(one, actor_id=None) for one in found] == given_mentions


def test_a_mention_that_does_not_stand_where_it_says_is_a_bug(fill):
    _, _, row = fill.add(body="Anna.")
    wrong = Mention(0, 4, "Anna", MentionKind.PERSON)
    with pytest.raises(ValueError, match="does not stand"):
        fill.library.write(lambda con: mentions.replace(con, row, [wrong], stamp="1", measure=fill.measure))


def test_what_was_found_in_an_older_version_is_left_out(fill):
    _, article, row = fill.add(body="Anna.", path="/a")
    fill.add(body="Anna!", path="/a")
    found = [Mention(7, 11, "Anna", MentionKind.PERSON)]

    def store(con, **options):
        return mentions.replace(con, row, found, stamp="1", measure=fill.measure, **options)

    assert not fill.library.write(lambda con: store(con, version=1))
    assert mentions.of_article(fill.library.reader(), article) == []
    assert fill.library.write(lambda con: store(con, version=2))
    assert len(mentions.of_article(fill.library.reader(), article)) == 1


def test_an_article_that_is_gone_is_no_matter(fill):
    assert not fill.library.write(lambda con: mentions.replace(con, 99, [], stamp="1", measure=fill.measure))


def test_finding_again_replaces_what_was_found(fill, mark):
    article = fill.article(body="Anna en Bob.")
    fill.mention(article, mark.actor("Anna"), mark.actor("Bob"))
    fill.mention(article, mark.actor("Bob"))
    con = fill.library.reader()
    assert [one.text for one in mentions.of_article(con, article)] == ["Bob"]
    assert articles.get(con, article).actors == 1


def test_stale_are_those_read_by_others_or_by_none(fill, mark):
    one, two, three = (fill.article(title) for title in "abc")
    con = fill.library.reader()
    fill.mention(one, stamp="1")
    fill.mention(two, stamp="2")
    assert set(mentions.stale(con, ("2", "2+model"), 9)) == {fill.row(one), fill.row(three)}
    assert len(mentions.stale(con, ("2", "2+model"), 1)) == 1
    fill.library.write(lambda c: articles.trash(c, [three]))
    assert mentions.stale(con, ("2", "2+model"), 9) == [fill.row(one)]
    fill.mention(one, stamp="2")
    assert mentions.stale(con, ("2", "2+model"), 9) == []


def test_a_new_version_is_stale(fill):
    _, article, row = fill.add(body="One.", path="/a")
    fill.mention(article, stamp="1")
    fill.add(body="Two.", path="/a")
    assert mentions.stale(fill.library.reader(), ("1", "0"), 9) == [row]


# Amounts


@pytest.fixture
def sums(fill, mark):
    """Rows by what is said in them: 5 euro, 10 to 20 euro, at least 30 euro, 7 dollar."""
    made = {}
    for name, mention in (
        ("five", mark.money("bedrag", "5")),
        ("range", mark.money("bedrag", low="10", high="20")),
        ("least", mark.money("bedrag", low="30")),
        ("dollars", replace(mark.money("bedrag"), amount=Amount(value=Decimal(7), unit="USD"))),
    ):
        article = fill.article(name, "Een bedrag.")
        fill.mention(article, mention)
        made[fill.row(article)] = name
    return lambda *asked, **options: sorted(
        made[row] for row in mentions.amounts_matching(fill.library.reader(), *asked, **options)
    )


def test_an_amount_matches_where_it_overlaps(sums):
    assert sums("EUR", 5, 5) == ["five"]
    assert sums("EUR", 6, 9) == []
    assert sums("EUR", 15, None) == ["least", "range"]
    assert sums("EUR", 20, 20) == ["range"]
    assert sums("EUR", 1000, 2000) == ["least"]
    assert sums("EUR", None, 9) == ["five"]
    assert sums("EUR", None, None) == ["five", "least", "range"]
    assert sums("USD", None, None) == ["dollars"]
    assert sums("GBP", None, None) == []


def test_without_a_dimension_each_is_compared_as_it_is(sums):
    assert sums(None, 5, 7) == ["dollars", "five"]
    assert sums(None, 5, 7, kinds=(MentionKind.COUNT,)) == []


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(sorted), min_size=1, max_size=8),
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(sorted),
)
def test_matching_agrees_with_comparing_one_by_one(tmp_path_factory, ranges, asked):
    with Library.open(tmp_path_factory.mktemp("l")) as library:

        def fill(con):
            for n, (low, high) in enumerate(ranges):
                imported = ImportedArticle(f"{n}", f"{n}\n\nx", ())
                row = articles.add(con, imported)[2]
                amount = Amount(low=Decimal(low), high=Decimal(high))
                found = Mention(
                    3 + len(str(n)) - 1, 4 + len(str(n)) - 1, "x", MentionKind.NUMBER, amount=amount
                )
                mentions.replace(
                    con,
                    row,
                    [found],
                    stamp="",
                    measure=lambda m: mentions.Measured("n", float(m.amount.low), float(m.amount.high)),
                )

        library.write(fill)
        expected = {n + 1 for n, (low, high) in enumerate(ranges) if low <= asked[1] and high >= asked[0]}
        assert mentions.amounts_matching(library.reader(), "n", *asked) == expected


# Dates


def test_articles_of_a_stretch_of_days(fill):
    rows = {
        published: fill.add(published, published=published)[2]
        for published in ("2024", "2025-01", "2025-01-08")
    }
    undated = fill.add("undated")[2]
    con = fill.library.reader()
    assert mentions.rows_dated(con, "2025-01-01", "2025-01-07") == {rows["2025-01"]}
    assert mentions.rows_dated(con, "2025-01-08", "2025-01-08") == {rows["2025-01"], rows["2025-01-08"]}
    assert mentions.rows_dated(con, None, "2024-06-01") == {rows["2024"]}
    assert undated not in mentions.rows_dated(con, None, None)


def test_articles_that_mention_a_stretch_of_days(fill, mark):
    made = {}
    for name, mention in (
        ("day", mark.day("dag", "2025-01-08")),
        ("evening", mark.day("dag", "2025-01-09TEV")),
        ("week", mark.day("dag", "2025-W07")),
        ("until", mark.day("dag", high="2020")),
        ("from", mark.day("dag", low="2026-03")),
        ("nonsense", mark.day("dag", "sometime")),
    ):
        article = fill.article(name, "Die dag.")
        fill.mention(article, mention)
        made[fill.row(article)] = name

    def asked(first, last):
        return sorted(made[row] for row in mentions.rows_mentioning(fill.library.reader(), first, last))

    assert asked("2025-01-08", "2025-01-08") == ["day"]
    assert asked("2025-01-09", "2025-02-10") == ["evening", "week"]
    assert asked("2025-02-16", "2025-02-16") == ["week"]
    assert asked(None, "2020-12-31") == ["until"]
    assert asked("2030-01-01", None) == ["from"]
    assert asked("2020-12-31", "2020-12-31") == ["until"]
    assert asked("2021-01-01", "2025-01-07") == []


def test_an_amount_keeps_its_sentence_and_what_it_is_for(fill):
    text = "Title\n\nDe boete is 5 euro."
    sense = Sense(text.index("De"), len(text), (text.index("boete"), text.index("boete") + 5))
    article = fill.article(body="De boete is 5 euro.")
    money = Amount(value=Decimal(5), unit="EUR")
    fill.mention(article, Mention(0, 0, "5 euro", MentionKind.MONEY, amount=money, sense=sense))
    con = fill.library.reader()
    assert [mention.sense for mention in mentions.of_article(con, article)] == [sense]
    assert con.execute("SELECT purpose, euro_low FROM amount").fetchone()[:] == ("boete", None)
