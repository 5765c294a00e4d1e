from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import migrations
from desktop.library.connection import connect

NEWEST = len(migrations.MIGRATIONS)


@pytest.fixture
def con():
    with closing(connect(":memory:")) as con:
        yield con


def first(con):
    migrations.migrate(con, lambda number: None)


def rows(con, query="SELECT number, program FROM migration ORDER BY number"):
    return [tuple(row) for row in con.execute(query)]


def test_a_new_database_gets_every_migration_without_a_backup(con):
    asked = []
    migrations.migrate(con, asked.append, "1.2.3")
    assert asked == []
    assert migrations.version(con) == len(migrations.MIGRATIONS)
    assert rows(con) == [(n + 1, "1.2.3") for n in range(len(migrations.MIGRATIONS))]
    assert con.execute("PRAGMA application_id").fetchone()[0] == migrations.APPLICATION_ID


def test_an_up_to_date_database_is_left_alone(con):
    first(con)
    before = rows(con)
    migrations.migrate(con, lambda number: pytest.fail("no backup is needed"), "other")
    assert rows(con) == before


def test_each_migration_runs_once_after_its_backup(con):
    first(con)
    happened = []

    def step(name):
        return lambda con: happened.append(name)

    more = (*migrations.MIGRATIONS, step("second"), step("third"))
    migrations.migrate(con, lambda number: happened.append(number), migrations=more)
    assert happened == [NEWEST + 1, "second", NEWEST + 2, "third"]
    migrations.migrate(con, lambda number: happened.append(number), migrations=more)
    assert migrations.version(con) == NEWEST + 2
    assert len(happened) == 4


def test_a_migration_that_fails_leaves_everything_as_it_was_and_is_tried_again(con):
    first(con)
    tries = []

    def second(con):
        con.execute("CREATE TABLE added(x)")
        con.execute("DROP TABLE period")
        con.execute("UPDATE sqlite_sequence SET seq = 99")
        tries.append(1)
        if len(tries) < 3:
            raise sqlite3.OperationalError("out of luck")

    schema = rows(con, "SELECT type, name, sql FROM sqlite_schema ORDER BY name")
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="out of luck"):
            migrations.migrate(con, lambda number: None, migrations=(*migrations.MIGRATIONS, second))
        assert migrations.version(con) == NEWEST
        assert rows(con, "SELECT type, name, sql FROM sqlite_schema ORDER BY name") == schema
        assert not con.in_transaction
        assert con.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    migrations.migrate(con, lambda number: None, migrations=(*migrations.MIGRATIONS, second))
    assert migrations.version(con) == NEWEST + 1


def test_no_backup_no_migration(con):
    first(con)

    def no_room(number):
        raise Problem(ProblemKind.DISK_FULL)

    with pytest.raises(Problem):
        migrations.migrate(con, no_room, migrations=(*migrations.MIGRATIONS, lambda con: pytest.fail("ran")))
    assert migrations.version(con) == NEWEST


def test_a_migration_that_loses_rows_that_others_point_at_is_taken_back(con):
    first(con)
    con.execute("INSERT INTO actor(id, uuid, kind, name) VALUES(1, 'u', 'person', 'Anna')")
    con.execute("INSERT INTO name_key(kind, name, actor_id) VALUES('person', 'anna', 1)")
    with pytest.raises(Problem) as caught:
        migrations.migrate(
            con,
            lambda number: None,
            migrations=(*migrations.MIGRATIONS, lambda con: con.execute("DELETE FROM actor")),
        )
    assert caught.value.kind is ProblemKind.LIBRARY_DAMAGED
    assert rows(con, "SELECT name FROM actor") == [("Anna",)]


def test_a_newer_schema_is_refused(con):
    con.execute("PRAGMA user_version = 77")
    with pytest.raises(Problem) as caught:
        migrations.migrate(con, lambda number: None)
    assert (caught.value.kind, caught.value.detail) == (ProblemKind.LIBRARY_TOO_NEW, "77")


def test_a_new_column_is_followed_by_history(con):
    first(con)
    more = (*migrations.MIGRATIONS, lambda con: con.execute("ALTER TABLE tag ADD COLUMN shade TEXT"))
    migrations.migrate(con, lambda number: None, migrations=more)
    con.execute("INSERT INTO history(at, kind) VALUES('', 'x')")
    con.execute("INSERT INTO history_open VALUES(1)")
    con.execute("INSERT INTO tag(uuid, name, folded, shade) VALUES('u', 'n', 'n', 'dark')")
    assert '"shade":"dark"' in con.execute("SELECT after FROM history_row").fetchone()[0]


def test_every_table_of_history_has_its_triggers(con):
    first(con)
    triggers = {
        name
        for (name,) in con.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        if name.startswith("history_")
    }
    assert triggers == {
        f"history_{table}_{event}"
        for table in migrations.HISTORY_TABLES
        for event in ("insert", "update", "delete")
    }


def test_statements_are_cut_at_their_ends_only():
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\nSELECT 1;\nSELECT ';';\nEND;\n"
    script = f"CREATE TABLE a(x); -- no; end\n{trigger}"
    assert len(list(migrations.statements(script))) == 2
    with pytest.raises(ValueError, match="ends within"):
        list(migrations.statements("CREATE TABLE a("))


def test_schema_2_keeps_amounts_and_has_their_texts_read_again(con):
    migrations.migrate(con, lambda number: None, migrations=migrations.MIGRATIONS[:1])
    con.execute("INSERT INTO article(id, uuid, title, added_at, sort_day) VALUES(1, 'u', 't', '', '')")
    con.execute("INSERT INTO text_version VALUES(1, 1, 1, 'hash', NULL, '', 'a stamp', 't 5 euro')")
    con.execute("INSERT INTO mention VALUES(1, 1, 2, 8, '5 euro', 'money', 'rule', 1.0, '', NULL, NULL)")
    con.execute(
        "INSERT INTO amount VALUES(1, 1, 'money', '5', NULL, NULL, 'EUR', NULL, NULL, 'EUR', 5.0, 5.0)"
    )
    migrations.migrate(con, lambda number: None)
    assert rows(con, "SELECT value, base_low, purpose, euro_low FROM amount") == [("5", 5.0, None, 5.0)]
    assert rows(con, "SELECT extracted_by FROM text_version") == [(None,)]


def test_names_of_an_older_library_belong_to_their_actors_and_wait_to_be_linked(con):
    migrations.migrate(con, lambda number: None, migrations=migrations.MIGRATIONS[:2])
    con.execute("INSERT INTO actor(id, uuid, kind, name) VALUES(1, 'u', 'person', 'Anna de Boer')")
    con.execute("INSERT INTO name_key(id, kind, name, actor_id) VALUES(1, 'person', 'anna de boer', 1)")
    con.execute("INSERT INTO rule(uuid, kind, name, created_at) VALUES('r', 'reject_amount', '5 euro', '')")
    migrations.migrate(con, lambda number: None)
    assert rows(con, "SELECT own_name FROM actor") == [("Anna de Boer",)]
    assert rows(con, "SELECT own_actor_id, last_word, reason, hidden FROM name_key") == [
        (1, "boer", "own", 0)
    ]
    assert rows(con, "SELECT key_id FROM link_todo") == [(1,)]
    assert rows(con, "SELECT name, name_normal FROM rule") == [("5 euro", None)]


def test_schema_7_adds_collections_and_keeps_notes(con):
    migrations.migrate(con, lambda number: None, migrations=migrations.MIGRATIONS[:6])
    con.execute("INSERT INTO article(id, uuid, title, added_at, sort_day) VALUES(1, 'u', 't', '', '')")
    con.execute(
        "INSERT INTO annotation(uuid, article_id, created_at, modified_at, exact) VALUES('n', 1, '', '', 'q')"
    )
    migrations.migrate(con, lambda number: None)
    assert rows(con, "SELECT uuid, exact FROM annotation") == [("n", "q")]
    con.execute("INSERT INTO collection(uuid, name, folded, created_at) VALUES('c', 'C', 'c', '')")
    con.execute("INSERT INTO collection_article(collection_id, article_id) VALUES(1, 1)")
    con.execute("DELETE FROM article")
    assert rows(con, "SELECT article_id FROM collection_article") == []
