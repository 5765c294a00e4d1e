"""Saved searches: kept in the library by id, under any name, and brought into old libraries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from desktop.library import history, migrations, saved_searches
from desktop.library.connection import connect
from desktop.library.saved_searches import SavedSearchId


@pytest.fixture
def con() -> Iterator[sqlite3.Connection]:
    with closing(connect(":memory:")) as con:
        migrations.migrate(con, lambda _number: None)
        yield con


def kept(con: sqlite3.Connection) -> list[tuple[str, str]]:
    return [(one.name, one.query) for one in saved_searches.listed(con)]


def test_an_older_library_gets_the_table_and_keeps_what_it_has() -> None:
    with closing(connect(":memory:")) as con:
        migrations.migrate(con, lambda _number: None, migrations=migrations.MIGRATIONS[:4])
        con.execute("INSERT INTO tag(uuid, name, folded) VALUES('u', 'energie', 'energie')")
        asked: list[int] = []
        migrations.migrate(con, asked.append)
        assert 5 in asked
        assert kept(con) == []
        assert con.execute("SELECT name FROM tag").fetchone()[0] == "energie"
        with history.recording(con, "save_search"):
            saved_searches.save(con, "Chips", "Nvidia")
        history.undo(con)
        assert kept(con) == []


def test_saved_renamed_deleted(con: sqlite3.Connection) -> None:
    first = saved_searches.save(con, "  stroom  in NL ", " stroom taal:nl ")
    saved_searches.save(con, "Chips", "Nvidia")
    assert kept(con) == [("stroom in NL", "stroom taal:nl"), ("Chips", "Nvidia")]
    saved_searches.rename(con, first, "Energie")
    saved_searches.rename(con, SavedSearchId("gone"), "Niets")
    assert kept(con) == [("Energie", "stroom taal:nl"), ("Chips", "Nvidia")]
    saved_searches.delete(con, first)
    assert kept(con) == [("Chips", "Nvidia")]


def test_the_same_name_gets_another_query_and_stays_the_same_search(con: sqlite3.Connection) -> None:
    first = saved_searches.save(con, "Chips", "Nvidia")
    assert saved_searches.save(con, "chips", "Nvidia OF AMD") == first
    assert kept(con) == [("chips", "Nvidia OF AMD")]


@pytest.mark.parametrize(("name", "query"), [("", "stroom"), ("  ", "stroom"), ("Stroom", " ")])
def test_no_name_or_no_query_is_no_search(con: sqlite3.Connection, name: str, query: str) -> None:
    with pytest.raises(ValueError, match="without"):
        saved_searches.save(con, name, query)


def test_each_change_can_be_taken_back(con: sqlite3.Connection) -> None:
    with history.recording(con, "save_search"):
        one = saved_searches.save(con, "Chips", "Nvidia")
    for kind, change, after in (
        ("rename_search", partial(saved_searches.rename, con, one, "Kaarten"), [("Kaarten", "Nvidia")]),
        ("delete_search", partial(saved_searches.delete, con, one), []),
    ):
        with history.recording(con, kind):
            change()
        assert kept(con) == after
        history.undo(con)
        assert kept(con) == [("Chips", "Nvidia")]
        assert [search.id for search in saved_searches.listed(con)] == [one]


def test_put_in_another_order(con: sqlite3.Connection) -> None:
    ids = {name: saved_searches.save(con, name, "x") for name in "abcd"}
    for name, place, order in (("d", 0, "dabc"), ("a", 3, "dbca"), ("c", 99, "dbac"), ("b", -1, "bdac")):
        saved_searches.move(con, ids[name], place)
        assert "".join(one.name for one in saved_searches.listed(con)) == order
    saved_searches.move(con, SavedSearchId("gone"), 0)
    with history.recording(con, "move_search"):
        saved_searches.move(con, ids["c"], 0)
    history.undo(con)
    assert "".join(one.name for one in saved_searches.listed(con)) == "bdac"


def test_an_older_library_keeps_its_order_by_name_and_nothing_in_it_is_new() -> None:
    with closing(connect(":memory:")) as con:
        migrations.migrate(con, lambda _number: None, migrations=migrations.MIGRATIONS[:5])
        con.execute("INSERT INTO article(id, uuid, title, added_at, sort_day) VALUES(7, 'u', 't', '', '')")
        for name in ("stroom", "Chips"):
            con.execute(
                "INSERT INTO saved_search(uuid, name, query, created_at) VALUES(?1, ?1, 'x', '')", (name,)
            )
        migrations.migrate(con, lambda _number: None)
        assert [(one.name, one.seen) for one in saved_searches.listed(con)] == [("Chips", 7), ("stroom", 7)]


def test_looking_at_a_search_is_no_reason_not_to_undo(con: sqlite3.Connection) -> None:
    with history.recording(con, "save_search"):
        one = saved_searches.save(con, "Chips", "Nvidia")
    con.execute("INSERT INTO article(id, uuid, title, added_at, sort_day) VALUES(7, 'u', 't', '', '')")
    saved_searches.mark_seen(con, one)
    assert saved_searches.listed(con)[0].seen == 7
    history.undo(con)
    assert kept(con) == []
