"""The amounts of the library: which, in which order, pages of them, and what a chart shows."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.library import amount_counts, amount_lists, amounts, articles, mentions
from desktop.library.amounts import AmountFilter, Order
from desktop.model import Amount, Approx, MentionKind, Sense

MONEY = frozenset({MentionKind.MONEY})


@pytest.fixture
def stocked(fill, mark, monkeypatch):
    """Three articles with five amounts, the money with its worth in euro; returns their ids by title."""
    rates = {"EUR": 1.0, "USD": 0.5}

    def measure(mention):
        unit = mention.amount.unit
        ends = (mention.amount.value or mention.amount.low, mention.amount.value or mention.amount.high)
        if mention.amount.approx is Approx.GE:
            ends = (ends[0], None)
        low, high = (None if end is None else float(end) for end in ends)
        rate = rates.get(unit)
        euro = rate and (low * rate, None if high is None else high * rate)
        return mentions.Measured(unit or mention.kind.value, low, high, euro or None)

    monkeypatch.setattr(fill, "measure", measure)

    def sensed(one, article_body, sentence, purpose=None):
        text = f"T\n\n{article_body}"
        start = text.index(sentence)
        place = text.index(purpose, start) if purpose else 0
        sense = Sense(start, start + len(sentence), (place, place + len(purpose)) if purpose else None)
        return replace(one, sense=sense)

    def other(text, kind, **amount):
        return replace(mark.money(text), kind=kind, amount=Amount(**amount))

    found = {}
    body = "😀 Anna gaf 5 euro aan een brug. Later gaf Bert 8 dollar."
    found["a"] = fill.article("T", body, published="2025-01-08")
    fill.mention(
        found["a"],
        mark.actor("Anna"),
        sensed(mark.money("5 euro", "5"), body, "😀 Anna gaf 5 euro aan een brug.", "een brug"),
        mark.actor("Bert"),
        sensed(
            other("8 dollar", MentionKind.MONEY, value=Decimal(8), unit="USD"),
            body,
            "Later gaf Bert 8 dollar.",
        ),
    )
    body = "Het kost ruim 100 euro, of tussen de 30 en 50 euro."
    found["b"] = fill.article("T", body, published="2025-03")
    open_end = other("ruim 100 euro", MentionKind.MONEY, value=Decimal(100), unit="EUR", approx=Approx.GE)
    fill.mention(found["b"], open_end, mark.money("tussen de 30 en 50 euro", low="30", high="50"))
    body = "De inflatie is 3 procent en 7 frank."
    found["c"] = fill.article("T", body, published="2024-12-31")
    fill.mention(
        found["c"],
        other("3 procent", MentionKind.PERCENT, value=Decimal(3), unit="%"),
        other("7 frank", MentionKind.MONEY, value=Decimal(7), unit="XPF"),
    )
    return found


def written(con, ids):
    return [row.written for row in amounts.page(con, ids)]


def test_the_newest_come_first_and_an_article_reads_in_its_order(library, stocked):
    con = library.reader()
    assert written(con, amounts.find(con, AmountFilter(MONEY))) == [
        "ruim 100 euro",
        "tussen de 30 en 50 euro",
        "5 euro",
        "8 dollar",
        "7 frank",
    ]
    oldest = amounts.find(con, AmountFilter(), descending=False)
    assert written(con, oldest)[:2] == ["3 procent", "7 frank"]
    assert written(con, amounts.find(con, AmountFilter(MONEY), limit=2)) == [
        "ruim 100 euro",
        "tussen de 30 en 50 euro",
    ]


def test_by_value_money_is_compared_in_euro_and_what_has_no_rate_is_last(library, stocked):
    con = library.reader()
    by_value = amounts.find(con, AmountFilter(MONEY), Order.VALUE)
    assert written(con, by_value) == [
        "ruim 100 euro",
        "tussen de 30 en 50 euro",
        "5 euro",
        "8 dollar",
        "7 frank",
    ]
    by_value = amounts.find(con, AmountFilter(MONEY), Order.VALUE, descending=False)
    assert written(con, by_value)[0] == "8 dollar"
    assert written(con, by_value)[-1] == "7 frank"


@pytest.mark.parametrize("order", Order)
def test_every_order_has_every_amount(library, stocked, order):
    con = library.reader()
    for descending in (True, False):
        assert len(set(amounts.find(con, AmountFilter(), order, descending=descending))) == 6


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (AmountFilter(frozenset({MentionKind.PERCENT})), {"3 procent"}),
        (AmountFilter(dimension="USD"), {"8 dollar"}),
        (AmountFilter(MONEY, low=40), {"ruim 100 euro", "tussen de 30 en 50 euro"}),
        (AmountFilter(MONEY, low=1000), {"ruim 100 euro"}),
        (AmountFilter(MONEY, high=4), {"8 dollar"}),
        (AmountFilter(MONEY, low=4.5, high=35), {"5 euro", "tussen de 30 en 50 euro"}),
    ],
)
def test_filters(library, stocked, wanted, expected):
    con = library.reader()
    assert set(written(con, amounts.find(con, wanted))) == expected


def test_an_actor_is_asked_in_the_sentence_of_the_amount(library, stocked):
    con = library.reader()
    [row] = [row for row in amounts.page(con, amounts.find(con, AmountFilter())) if row.written == "5 euro"]
    [anna] = row.actors
    assert anna.name == "Anna"
    assert written(con, amounts.find(con, AmountFilter(actors=frozenset({anna.id})))) == ["5 euro"]
    assert written(con, amounts.find(con, AmountFilter(actors=frozenset({anna.id})), Order.VALUE)) == [
        "5 euro"
    ]


def test_articles_that_were_found_and_the_trash(library, fill, stocked):
    con = library.reader()
    rows = [fill.row(stocked["a"])]
    for order in Order:
        assert set(written(con, amounts.find(con, AmountFilter(rows=rows), order))) == {"5 euro", "8 dollar"}
    assert amounts.find(con, AmountFilter(rows=[])) == amounts.find(con, AmountFilter(dimension="m2"))
    fill.step("trash", lambda con: articles.trash(con, [stocked["a"]]))
    assert "5 euro" not in written(con, amounts.find(con, AmountFilter()))
    counts = {(one.kind, one.dimension): one.count for one in amount_counts.units(con, AmountFilter())}
    assert (MentionKind.MONEY, "USD") not in counts
    assert counts[MentionKind.MONEY, "EUR"] == 2
    assert amount_counts.units(con, AmountFilter(rows=rows)) == []


def test_a_page_tells_all_about_an_amount(library, stocked):
    con = library.reader()
    [found] = [row for row in amounts.page(con, amounts.find(con, AmountFilter())) if row.written == "5 euro"]
    text = articles.text(con, stocked["a"]).text
    assert text[found.start : found.end] == "5 euro"
    assert found.sentence == "😀 Anna gaf 5 euro aan een brug."
    assert found.sentence[found.at :].startswith("5 euro")
    assert found.purpose == "een brug"
    assert (found.published, found.euro, found.dimension) == ("2025-01-08", (5.0, 5.0), "EUR")
    assert found.amount == Amount(value=Decimal(5), unit="EUR")
    assert amounts.page(con, [found.id, 999999])[0].id == found.id


def look(con, wanted, order=Order.DATE, descending=True):
    return amount_lists.look(con, wanted, order, descending=descending)


def test_points_have_day_worth_and_open_ends(library, stocked):
    found = look(library.reader(), AmountFilter(MONEY))[1]
    assert found.exact
    assert found.unrated == 1  # the frank
    places = {(point.day, point.low, point.high) for point in found.points}
    assert places == {
        ("2025-01-08", 5, 5),
        ("2025-01-08", 4, 4),
        ("2025-03-01", 100, math.inf),
        ("2025-03-01", 30, 50),
    }


WANTED = [
    AmountFilter(MONEY),
    AmountFilter(MONEY, "EUR"),
    AmountFilter(MONEY, low=4.5, high=60),
    AmountFilter(MONEY, written=(6, 60)),
    AmountFilter(MONEY, worth=(amounts.InCurrency("USD", 8, 9, {"2025-01-08": 2.0, "2025-03": 0.085}),)),
]


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("wanted", WANTED)
def test_many_points_are_counted_in_cells(library, fill, stocked, monkeypatch, wanted, rows):
    con = library.reader()
    if rows:
        wanted = replace(wanted, rows=sorted(fill.row(article) for article in stocked.values()))
    few = look(con, wanted)[1]
    monkeypatch.setattr(amount_lists, "ONE_BY_ONE", 1)
    listed = look(con, wanted)[1]
    monkeypatch.setattr(amount_lists, "LISTED", 0)
    counted = look(con, wanted)[1]
    assert (few.exact, listed.exact, counted.exact) == (True, False, False)
    assert listed == counted
    assert sum(point.count for point in counted.points) == len(few.points)
    assert counted.unrated == few.unrated
    for point in counted.points:
        cell = counted.cells[point.id]
        held = amounts.find(con, replace(wanted.in_cell(cell.cell), days=(cell.first, cell.last)))
        assert len(held) == point.count


@pytest.mark.parametrize("order", [Order.DATE, Order.VALUE])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("wanted", WANTED)
def test_a_long_table_reads_as_a_short_one(library, stocked, monkeypatch, order, descending, wanted):
    con = library.reader()
    short = look(con, wanted, order, descending)[0]
    monkeypatch.setattr(amount_lists, "LISTED", 0)
    long = look(con, wanted, order, descending)[0]
    assert isinstance(long, amount_lists.Counted)
    assert long.total == short.total > 0
    assert long.ids(con, 0, 100) == short.all
    for place, id_ in enumerate(short.all):
        assert long.ids(con, place, 2) == short.all[place : place + 2]
        assert long.place(con, id_) == short.place(con, id_) == place
    assert long.place(con, 999999) is None
    assert long.ids(con, long.total, 5) == amounts.find(con, AmountFilter(dimension="m2"))


@pytest.mark.parametrize("order", [Order.WRITTEN, Order.PURPOSE, Order.ARTICLE])
def test_other_orders_list_everything(library, stocked, monkeypatch, order):
    con = library.reader()
    short = look(con, AmountFilter(MONEY), order)[0]
    monkeypatch.setattr(amount_lists, "LISTED", 0)
    assert look(con, AmountFilter(MONEY), order)[0] == short


def test_money_in_another_currency_is_compared_at_the_date_of_its_article(library, stocked):
    con = library.reader()
    rates = {"2025-01-08": 2.0, "2025-03": 0.085}  # 5 euro is 10 dollars, 100 euro 8.5

    def worth(low, high):
        wanted = AmountFilter(MONEY, worth=(amounts.InCurrency("USD", low, high, rates),))
        return set(written(con, amounts.find(con, wanted)))

    assert worth(10, 10) == {"5 euro", "ruim 100 euro"}
    assert worth(8, 9) == {"8 dollar", "ruim 100 euro"}  # of the dollars themselves what is written
    assert worth(9, math.inf) == {"5 euro", "ruim 100 euro"}
    assert worth(-math.inf, 5) == {"tussen de 30 en 50 euro"}


def test_as_written_means_in_whatever_currency(library, stocked):
    con = library.reader()
    found = amounts.find(con, AmountFilter(MONEY, written=(6, 10)))
    assert set(written(con, found)) == {"8 dollar", "7 frank"}
