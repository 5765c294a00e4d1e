"""How many amounts there are of each kind, unit, day and size: sums that triggers keep.

The view of amounts opens with its chart, its number of rows and the place of each row among them. Over a
million amounts that would take seconds; these sums are some hundred thousand rows, read in a tenth of one.
Amounts of articles in the trash are not among them. A row whose number has become 0 means nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

SINCE: Final = 3  #: the schema that has them
NO_CELL: Final = -1000  #: in place of a cell: a worth that is not above zero
NO_WORTH: Final = -2000  #: in place of a cell: money without a rate

# What stands below is part of a migration: never to be changed once a library was made with it.

_NONE = ""  # the table need not be named
_CELL = (
    "coalesce({0}cell, CASE WHEN {0}kind = 'money' AND {0}euro_low IS NULL"
    f" THEN {NO_WORTH} ELSE {NO_CELL} END)"
)
_SUMS = f"""
SELECT a.kind, a.dimension, t.sort_day, {_CELL.format("a.")} AS place, count(*) AS number
FROM amount a JOIN article t ON t.id = a.article_id WHERE t.trashed_at IS NULL
GROUP BY a.kind, a.dimension, t.sort_day, place
"""
_OF_ARTICLE = f"SELECT kind, dimension, {_CELL.format(_NONE)} AS cell, count(*) AS number FROM amount"
_KEY = "kind = {0}.kind AND dimension = {0}.dimension AND day = {1} AND cell = {2}"
_LIVES = "(SELECT trashed_at IS NULL FROM article WHERE id = {0}.article_id)"
_DAY = "(SELECT sort_day FROM article WHERE id = {0}.article_id)"
_STATEMENTS = (
    """
CREATE TABLE amount_sum(                       -- kept by the triggers below
    kind TEXT NOT NULL,
    dimension TEXT NOT NULL,
    day TEXT NOT NULL,                         -- the article's sort_day
    cell INTEGER NOT NULL,                     -- amount.cell, or what stands for none
    number INTEGER NOT NULL,                   -- of amounts in articles that are not in the trash
    PRIMARY KEY(kind, dimension, day, cell)
) STRICT, WITHOUT ROWID""",
    f"INSERT INTO amount_sum {_SUMS}",
    f"""
CREATE TRIGGER count_amount AFTER INSERT ON amount WHEN {_LIVES.format("NEW")} BEGIN
    INSERT INTO amount_sum VALUES(NEW.kind, NEW.dimension, {_DAY.format("NEW")}, {_CELL.format("NEW.")}, 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
END""",
    f"""
CREATE TRIGGER discount_amount AFTER DELETE ON amount WHEN {_LIVES.format("OLD")} BEGIN
    UPDATE amount_sum SET number = number - 1
        WHERE {_KEY.format("OLD", _DAY.format("OLD"), _CELL.format("OLD."))};
END""",
    f"""
CREATE TRIGGER recount_amounts AFTER UPDATE OF sort_day, trashed_at ON article
WHEN OLD.sort_day IS NOT NEW.sort_day OR (OLD.trashed_at IS NULL) <> (NEW.trashed_at IS NULL) BEGIN
    UPDATE amount_sum SET number = amount_sum.number - gone.number
        FROM ({_OF_ARTICLE} WHERE article_id = OLD.id AND OLD.trashed_at IS NULL GROUP BY 1, 2, 3) gone
        WHERE amount_sum.kind = gone.kind AND amount_sum.dimension = gone.dimension
        AND amount_sum.day = OLD.sort_day AND amount_sum.cell = gone.cell;
    INSERT INTO amount_sum
        SELECT kind, dimension, NEW.sort_day, cell, number
        FROM ({_OF_ARTICLE} WHERE article_id = NEW.id AND NEW.trashed_at IS NULL GROUP BY 1, 2, 3)
        WHERE true ON CONFLICT DO UPDATE SET number = amount_sum.number + excluded.number;
END""",
    "DROP INDEX amount_worth",
    # By worth, with what is asked of it beside: nothing is looked up in the table.
    """
CREATE INDEX amount_worth ON amount(kind, CASE WHEN kind = 'money'
    THEN CASE WHEN euro_high < 9e999 THEN euro_high ELSE euro_low END
    ELSE CASE WHEN base_high < 9e999 THEN base_high ELSE base_low END END, article_id, dimension, cell)""",
)


def add(con: sqlite3.Connection) -> None:
    """Migrate: make the table with the sums of what is there, and what keeps it."""
    for statement in _STATEMENTS:
        con.execute(statement)


# End of the migration


def recount(con: sqlite3.Connection) -> None:
    """Count anew what the triggers keep count of."""
    con.execute("DELETE FROM amount_sum")
    con.execute(f"INSERT INTO amount_sum {_SUMS}")


def wrong(con: sqlite3.Connection) -> Iterator[str]:
    """Yield what is not as it should be, in words for a report."""
    difference = (
        "SELECT kind, dimension, day, cell, number FROM amount_sum UNION ALL"
        f" SELECT kind, dimension, sort_day, place, -number FROM ({_SUMS})"
    )
    for kind, dimension, day, number in con.execute(
        f"SELECT kind, dimension, day, sum(number) AS number FROM ({difference})"
        " GROUP BY kind, dimension, day, cell HAVING sum(number) <> 0"
    ):
        yield f"amounts of {day} ({kind}, {dimension}): counted {number:+} wrongly"
