"""The sums of amounts follow whatever happens to articles and their mentions."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desktop.library import amount_sums, articles, migrations
from desktop.library.check import check
from desktop.library.connection import connect


def sums(con: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Return how many amounts there are by day and unit, of those that are counted at all."""
    found = con.execute(
        "SELECT day, dimension, sum(number) FROM amount_sum WHERE number > 0 GROUP BY day, dimension"
    )
    return {(day, dimension): number for day, dimension, number in found}


@pytest.fixture
def two(fill, mark):
    one = fill.article("A", "Het kost 5 euro, of 7 euro.", published="2025-01-08")
    fill.mention(one, mark.money("5 euro", "5"), mark.money("7 euro", "7"))
    other = fill.article("B", "Het kost 100 euro.", published="2025-02-01")
    fill.mention(other, mark.money("100 euro", "100"))
    return one, other


def test_what_is_marked_is_counted_and_marked_anew_counted_anew(fill, mark, two):
    con = fill.library.reader()
    assert sums(con) == {("2025-01-08", "EUR"): 2, ("2025-02-01", "EUR"): 1}
    fill.mention(two[0], mark.money("7 euro", "7"))
    assert sums(con) == {("2025-01-08", "EUR"): 1, ("2025-02-01", "EUR"): 1}
    assert check(fill.library) == []


def test_the_trash_is_not_counted_until_it_comes_back(fill, mark, two):
    con = fill.library.reader()
    fill.step("trash", lambda con: articles.trash(con, [two[0]]))
    assert sums(con) == {("2025-02-01", "EUR"): 1}
    fill.mention(two[0], mark.money("5 euro", "5"))
    assert sums(con) == {("2025-02-01", "EUR"): 1}
    fill.undo()
    assert sums(con) == {("2025-01-08", "EUR"): 1, ("2025-02-01", "EUR"): 1}
    assert check(fill.library) == []


@pytest.mark.parametrize("trashed", [False, True])
def test_what_is_purged_is_no_longer_counted(fill, two, trashed):
    if trashed:
        fill.step("trash", lambda con: articles.trash(con, [two[0]]))
    fill.library.write(lambda con: articles.purge(con, [two[0]]))
    assert sums(fill.library.reader()) == {("2025-02-01", "EUR"): 1}
    assert check(fill.library) == []


def test_another_date_of_the_article_moves_its_amounts(fill, two):
    fill.step("edit", lambda con: articles.set_details(con, two[0], published="2025-02-01"))
    assert sums(fill.library.reader()) == {("2025-02-01", "EUR"): 3}
    assert check(fill.library) == []


def test_sums_that_are_wrong_are_found_and_counted_anew(fill, two):
    fill.library.write(lambda con: con.execute("UPDATE amount_sum SET number = 9 WHERE day > '2025-01-31'"))
    [wrong] = check(fill.library)
    assert "2025-02-01" in wrong
    fill.library.write(amount_sums.recount)
    assert check(fill.library) == []


def test_schema_3_counts_what_is_there():
    with closing(connect(":memory:")) as con:
        migrations.migrate(con, lambda number: None, migrations=migrations.MIGRATIONS[:2])
        for row, trashed in ((1, None), (2, "now")):
            con.execute(
                "INSERT INTO article(id, uuid, title, added_at, sort_day, trashed_at)"
                " VALUES(?, ?, 't', '', '2025-01-08', ?)",
                (row, str(row), trashed),
            )
            for number in (row, row + 10):
                con.execute(
                    "INSERT INTO mention VALUES(?, ?, 2, 8, '5 euro', 'money', 'rule', 1, '', NULL, NULL)",
                    (number, row),
                )
                con.execute(
                    "INSERT INTO amount(mention_id, article_id, kind, dimension, base_low, base_high,"
                    " euro_low, euro_high, cell) VALUES(?, ?, 'money', 'XPF', 5, 5, ?, ?, ?)",
                    (number, row, *((5, 5, 2) if number < 10 else (None, None, None))),
                )
        migrations.migrate(con, lambda number: None)
        found = [tuple(row) for row in con.execute("SELECT * FROM amount_sum ORDER BY cell")]
        assert found == [
            ("money", "XPF", "2025-01-08", amount_sums.NO_WORTH, 1),
            ("money", "XPF", "2025-01-08", 2, 1),
        ]
        con.execute("DELETE FROM mention WHERE id = 1")
        assert [tuple(row) for row in con.execute("SELECT number FROM amount_sum ORDER BY cell")] == [
            (1,),
            (0,),
        ]
