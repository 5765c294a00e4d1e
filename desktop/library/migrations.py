"""The schema of a library and how old ones are brought up to date.

A migration is appended, never changed. Each runs in one transaction together with the record that it
ran (`PRAGMA user_version` and a row in `migration`).

Schema history
1  first: articles with immutable text versions, blocks and inlines; mentions with their amounts and
   periods; name keys and actors; annotations with selectors and tombstones; tags; rules; history of
   undoable steps as row images; log of changes for the index.
2  amounts know their sentence, what they are for, and what they were worth in euro.
3  sums of amounts by kind, unit, day and size, for the view of amounts.
4  names know whom they belong to by themselves, by a link or by a rule; names found by the model are kept.
5  searches that the reader keeps under a name.
6  the order of saved searches, and what was seen of them.
7  collections of articles; an index by which all notes are listed.
8  imports that were asked for, files that were seen, watched folders; texts that are copies of others; the
   section of an article, and whether its date is doubtful.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from desktop.errors import Problem, ProblemKind
from desktop.library import amount_sums, import_tables, named_collections, saved_searches
from desktop.library.times import now
from desktop.progress import Progress, SilentProgress

APPLICATION_ID = 0x4C45534C  #: "LESL" in the header of a library's database file

SCHEMA_1 = """
CREATE TABLE migration(number INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, program TEXT NOT NULL) STRICT;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE article(
    id INTEGER PRIMARY KEY AUTOINCREMENT,      -- inside SQLite and Whoosh only
    uuid TEXT NOT NULL UNIQUE,
    version_id INTEGER REFERENCES text_version(id) DEFERRABLE INITIALLY DEFERRED,  -- the current one
    title TEXT NOT NULL,                       -- as shown; editing it never changes the text
    published TEXT,                            -- YYYY, YYYY-MM or YYYY-MM-DD
    first_day TEXT, last_day TEXT,             -- published as full days, for ranges and sorting
    lang TEXT, source TEXT, author TEXT, url TEXT,
    path TEXT,                                 -- file it came from
    starter INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0,
    added_at TEXT NOT NULL,
    read_at TEXT,
    starred INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0,       -- where the reader was, code points
    sort_day TEXT NOT NULL,                    -- the first day, or the day it was added
    edited TEXT NOT NULL DEFAULT '',           -- details set by the reader: new versions leave them alone
    trashed_at TEXT
) STRICT;
-- A partial index covers a query only if it holds the column of its condition too.
CREATE INDEX article_newest ON article(sort_day, id, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX article_starter ON article(starter) WHERE starter;
CREATE INDEX article_source ON article(source) WHERE source IS NOT NULL;
CREATE INDEX article_author ON article(author) WHERE author IS NOT NULL;
CREATE INDEX article_trashed ON article(trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX article_path ON article(path) WHERE path IS NOT NULL;
CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;
CREATE INDEX article_day ON article(first_day, last_day, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX article_version ON article(version_id);

CREATE TABLE text_version(
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                   -- 1, 2, ...
    hash TEXT NOT NULL,                        -- sha256 of the text
    original TEXT,                             -- sha256 of the file in originals/
    created_at TEXT NOT NULL,
    extracted_by TEXT,                         -- stamp of the recognisers whose mentions are stored
    text TEXT NOT NULL,                        -- last: what stands behind a long value is slow to read
    UNIQUE(article_id, number)
) STRICT;
CREATE INDEX text_version_stamp ON text_version(extracted_by);
CREATE INDEX text_version_hash ON text_version(hash);
CREATE INDEX text_version_original ON text_version(original) WHERE original IS NOT NULL;

CREATE TABLE block(
    version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    level INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(version_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE inline(
    version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    target TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(version_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor(
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL                         -- canonical
) STRICT;
CREATE TABLE name_key(                         -- a merge changes a few rows here and nothing else
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,                        -- canonical name of the article's actor, normalised
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    articles INTEGER NOT NULL DEFAULT 0,       -- not in the trash; kept by triggers
    UNIQUE(name, kind)
) STRICT;
CREATE INDEX name_key_actor ON name_key(actor_id);
CREATE TABLE name_form(                        -- the ways a name is written in texts
    id INTEGER PRIMARY KEY,
    name_key_id INTEGER NOT NULL REFERENCES name_key(id),
    text TEXT NOT NULL, normal TEXT NOT NULL,
    mentions INTEGER NOT NULL DEFAULT 0,       -- in articles not in the trash; kept by triggers
    UNIQUE(name_key_id, text)
) STRICT;
CREATE INDEX name_form_normal ON name_form(normal, name_key_id);
CREATE TABLE article_form(                     -- which forms stand in an article, from its mentions
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    form_id INTEGER NOT NULL REFERENCES name_form(id),
    mentions INTEGER NOT NULL,
    is_first INTEGER NOT NULL,                 -- of exactly one form of each name key in the article
    PRIMARY KEY(article_id, form_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_form_form ON article_form(form_id, article_id);
CREATE TRIGGER count_form AFTER INSERT ON article_form
WHEN (SELECT trashed_at IS NULL FROM article WHERE id = NEW.article_id) BEGIN
    UPDATE name_form SET mentions = mentions + NEW.mentions WHERE id = NEW.form_id;
    UPDATE name_key SET articles = articles + 1
        WHERE NEW.is_first AND id = (SELECT name_key_id FROM name_form WHERE id = NEW.form_id);
END;
CREATE TRIGGER discount_form AFTER DELETE ON article_form
WHEN (SELECT trashed_at IS NULL FROM article WHERE id = OLD.article_id) BEGIN
    UPDATE name_form SET mentions = mentions - OLD.mentions WHERE id = OLD.form_id;
    UPDATE name_key SET articles = articles - 1
        WHERE OLD.is_first AND id = (SELECT name_key_id FROM name_form WHERE id = OLD.form_id);
END;
CREATE TRIGGER discount_trashed AFTER UPDATE OF trashed_at ON article
WHEN OLD.trashed_at IS NULL AND NEW.trashed_at IS NOT NULL BEGIN
    UPDATE name_form SET mentions = name_form.mentions - f.mentions FROM article_form f
        WHERE f.article_id = NEW.id AND f.form_id = name_form.id;
    UPDATE name_key SET articles = articles - 1 FROM article_form f JOIN name_form n ON n.id = f.form_id
        WHERE f.article_id = NEW.id AND f.is_first AND n.name_key_id = name_key.id;
END;
CREATE TRIGGER count_restored AFTER UPDATE OF trashed_at ON article
WHEN OLD.trashed_at IS NOT NULL AND NEW.trashed_at IS NULL BEGIN
    UPDATE name_form SET mentions = name_form.mentions + f.mentions FROM article_form f
        WHERE f.article_id = NEW.id AND f.form_id = name_form.id;
    UPDATE name_key SET articles = articles + 1 FROM article_form f JOIN name_form n ON n.id = f.form_id
        WHERE f.article_id = NEW.id AND f.is_first AND n.name_key_id = name_key.id;
END;

CREATE TABLE mention(                          -- of the current version only
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL, confidence REAL NOT NULL, rule TEXT NOT NULL DEFAULT '',
    name_key_id INTEGER REFERENCES name_key(id),
    role TEXT
) STRICT;
CREATE INDEX mention_article ON mention(article_id, start);
CREATE INDEX mention_role ON mention(name_key_id, role, article_id) WHERE role IS NOT NULL;
CREATE TABLE amount(
    mention_id INTEGER PRIMARY KEY REFERENCES mention(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT, low TEXT, high TEXT,           -- plain decimals
    unit TEXT, noun TEXT, approx TEXT,
    dimension TEXT NOT NULL,                   -- what it can be compared with: "EUR", "W", "%", "count"
    base_low REAL NOT NULL, base_high REAL NOT NULL  -- in the dimension's base unit; infinite = open
) STRICT;
CREATE INDEX amount_article ON amount(article_id, kind, base_high, base_low);
-- Nearly all amounts are one number: of those, only the ones asked for are looked at.
CREATE INDEX amount_number ON amount(dimension, base_low, article_id, kind, base_high)
    WHERE base_low = base_high;
CREATE INDEX amount_range ON amount(dimension, base_low, base_high, article_id, kind)
    WHERE base_low <> base_high;
CREATE TABLE period(
    mention_id INTEGER PRIMARY KEY REFERENCES mention(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL,
    value TEXT, low TEXT, high TEXT,           -- partial ISO dates
    first_day TEXT, last_day TEXT,             -- as full days
    days INTEGER                               -- from the first to the last
) STRICT;
CREATE INDEX period_article ON period(article_id);
-- Nearly all periods are short: of those, only the ones that begin shortly before are looked at.
CREATE INDEX period_short ON period(first_day, last_day, article_id, days) WHERE days <= 366;
CREATE INDEX period_long ON period(first_day, last_day, article_id, days) WHERE days > 366;

-- The tables that history follows never reuse a number: a step that is redone finds its rows again.
CREATE TABLE tag(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE                -- the name without regard to case
) STRICT;
CREATE TABLE article_tag(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    UNIQUE(article_id, tag_id)
) STRICT;
CREATE INDEX article_tag_tag ON article_tag(tag_id);

CREATE TABLE annotation(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    made_start INTEGER, made_end INTEGER,      -- TextPosition in the version it was made on
    made_version INTEGER,                      -- number of that version
    start INTEGER, end INTEGER,                -- in the current version; NULL = orphan or whole article
    state TEXT NOT NULL DEFAULT 'anchored',
    colour INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
    deleted_at TEXT,                           -- tombstone: a deleted one never comes back
    exact TEXT NOT NULL, prefix TEXT NOT NULL DEFAULT '', suffix TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX annotation_article ON annotation(article_id, start) WHERE deleted_at IS NULL;
CREATE TABLE annotation_tag(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    annotation_id INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    UNIQUE(annotation_id, tag_id)
) STRICT;
CREATE INDEX annotation_tag_tag ON annotation_tag(tag_id);

CREATE TABLE rule(
    id INTEGER PRIMARY KEY AUTOINCREMENT,      -- also the order: later rules win
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT, name_kind TEXT, article_uuid TEXT,            -- the condition
    exact TEXT, prefix TEXT, suffix TEXT,
    actor_uuid TEXT, new_name TEXT, new_kind TEXT, amount TEXT,  -- the outcome; amount as JSON
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;

CREATE TABLE history(                          -- steps a person can undo
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '{}',         -- JSON, for the words of the menu
    bytes INTEGER NOT NULL DEFAULT 0,          -- of its row images
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE history_row(                      -- row images before and after, written by triggers
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES history(id) ON DELETE CASCADE,
    tbl TEXT NOT NULL, row INTEGER NOT NULL,
    before TEXT, after TEXT                    -- JSON; NULL = the row is not there; of an update only
                                               -- the columns that changed
) STRICT;
CREATE INDEX history_row_step ON history_row(step_id);
CREATE TABLE history_open(step_id INTEGER NOT NULL) STRICT;  -- one row while a step is being recorded

CREATE TABLE change(                           -- what the index has still to follow: the last change
    id INTEGER PRIMARY KEY AUTOINCREMENT,      -- of each article, purged ones too
    article_id INTEGER NOT NULL UNIQUE,
    at TEXT NOT NULL
) STRICT;
"""

#: The tables whose rows a person changes and can have back. Each has an INTEGER PRIMARY KEY named id.
HISTORY_TABLES = (
    *("article", "article_tag", "tag", "annotation", "annotation_tag", "rule"),
    *("saved_search", "collection", "collection_article"),
)


def _make_first_schema(con: sqlite3.Connection) -> None:
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in statements(SCHEMA_1):
        con.execute(statement)


_SENSE_AND_EURO = """
ALTER TABLE amount ADD COLUMN sentence_start INTEGER;  -- code points of the article's text
ALTER TABLE amount ADD COLUMN sentence_end INTEGER;
ALTER TABLE amount ADD COLUMN purpose_start INTEGER;   -- what the amount is for; NULL = the sentence does
ALTER TABLE amount ADD COLUMN purpose_end INTEGER;     -- not say
ALTER TABLE amount ADD COLUMN purpose TEXT;
ALTER TABLE amount ADD COLUMN euro_low REAL;           -- money at the article's date; infinite = open,
ALTER TABLE amount ADD COLUMN euro_high REAL;          -- NULL = no rate, or no money
ALTER TABLE amount ADD COLUMN cell INTEGER;            -- its worth in quarters of a power of ten, for
                                                       -- counting; NULL = no worth, or not above zero
DROP INDEX period_article;
-- The timeline of a few articles reads nothing but this.
CREATE INDEX period_article ON period(article_id, first_day, last_day, days);
UPDATE amount SET euro_low = base_low, euro_high = base_high WHERE dimension = 'EUR';
-- The table of all amounts: how many there are of a kind and unit, and which are worth most.
CREATE INDEX amount_kind ON amount(kind, dimension, article_id);
CREATE INDEX amount_worth ON amount(kind, CASE WHEN kind = 'money'
    THEN CASE WHEN euro_high < 9e999 THEN euro_high ELSE euro_low END
    ELSE CASE WHEN base_high < 9e999 THEN base_high ELSE base_low END END, article_id);
UPDATE text_version SET extracted_by = NULL;           -- all is to be read again, in the background
CREATE INDEX amount_euro ON amount(euro_low, dimension, article_id, euro_high) WHERE euro_low = euro_high;
CREATE INDEX amount_euro_range ON amount(euro_low, euro_high, dimension, article_id)
    WHERE euro_low <> euro_high;
-- Where very many amounts fit, the articles are asked one by one; this answers without the table.
DROP INDEX amount_article;
CREATE INDEX amount_article ON amount(article_id, kind, base_high, base_low, dimension, euro_high, euro_low,
    cell);
DROP INDEX amount_number;
CREATE INDEX amount_number ON amount(dimension, base_low, article_id, kind, base_high, noun)
    WHERE base_low = base_high;
CREATE INDEX article_published ON article(published);
-- "Last year" and what money was worth depend on the article's date: then it is to be read again.
CREATE TRIGGER date_changed AFTER UPDATE OF published ON article WHEN OLD.published IS NOT NEW.published BEGIN
    UPDATE text_version SET extracted_by = NULL WHERE id = NEW.version_id;
END;
"""


def _add_sense_and_euro(con: sqlite3.Connection) -> None:
    for statement in statements(_SENSE_AND_EURO):
        con.execute(statement)


_OWNERS = """
ALTER TABLE actor ADD COLUMN own_name TEXT NOT NULL DEFAULT '';  -- the best way it was ever written;
UPDATE actor SET own_name = name;                                -- `name` may be the reader's
ALTER TABLE name_key ADD COLUMN own_actor_id INTEGER REFERENCES actor(id);  -- whose it is by itself
UPDATE name_key SET own_actor_id = actor_id;
ALTER TABLE name_key ADD COLUMN last_word TEXT NOT NULL DEFAULT '';
ALTER TABLE name_key ADD COLUMN linked_to INTEGER REFERENCES name_key(id);  -- what it is short for, as the
ALTER TABLE name_key ADD COLUMN evidence TEXT;                              -- program finds, and why (JSON)
ALTER TABLE name_key ADD COLUMN reason TEXT NOT NULL DEFAULT 'own';  -- why it belongs to actor_id: see owners
ALTER TABLE name_key ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;   -- no actor, says the reader
CREATE INDEX name_key_last_word ON name_key(kind, last_word);
CREATE INDEX name_key_linked ON name_key(linked_to) WHERE linked_to IS NOT NULL;
CREATE INDEX name_key_own ON name_key(own_actor_id);
ALTER TABLE rule ADD COLUMN name_normal TEXT;          -- of a rule about actors everywhere
CREATE INDEX rule_name ON rule(name_normal) WHERE name_normal IS NOT NULL AND deleted_at IS NULL;
CREATE TABLE link_todo(
    key_id INTEGER PRIMARY KEY REFERENCES name_key(id) ON DELETE CASCADE,
    asked INTEGER NOT NULL DEFAULT 1           -- how often: what came while it was looked at counts
) STRICT;
CREATE TRIGGER name_came_or_went AFTER UPDATE OF articles ON name_key
WHEN (OLD.articles > 0) <> (NEW.articles > 0) BEGIN
    INSERT INTO link_todo(key_id) VALUES(NEW.id) ON CONFLICT(key_id) DO UPDATE SET asked = asked + 1;
END;
CREATE TABLE suggestion(                       -- names that may be one actor: the program is not sure
    key_id INTEGER NOT NULL REFERENCES name_key(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES name_key(id) ON DELETE CASCADE,
    evidence TEXT NOT NULL,                    -- JSON
    PRIMARY KEY(key_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE version_names(                    -- what the model found in a text: dear to find, so kept
    version_id INTEGER PRIMARY KEY REFERENCES text_version(id) ON DELETE CASCADE,
    stamp TEXT NOT NULL,                       -- of the model
    names TEXT NOT NULL                        -- JSON: [[start, end, kind, confidence], ...]
) STRICT;
INSERT INTO link_todo(key_id) SELECT id FROM name_key;
"""


def _add_owners(con: sqlite3.Connection) -> None:
    for statement in statements(_OWNERS):
        con.execute(statement)
    words = [(name.rpartition(" ")[2], key) for key, name in con.execute("SELECT id, name FROM name_key")]
    con.executemany("UPDATE name_key SET last_word = ? WHERE id = ?", words)


def _add_order_of_searches(con: sqlite3.Connection) -> None:
    saved_searches.add_order(con)
    # What the reader calls otherwise than the articles do is asked for at every key of the search field.
    con.execute("CREATE INDEX actor_called ON actor(name) WHERE name <> own_name")


#: Appended to, never changed: migration n (counted from 1) brings schema n-1 to schema n.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], object], ...] = (
    _make_first_schema,
    _add_sense_and_euro,
    amount_sums.add,
    _add_owners,
    saved_searches.add_table,
    _add_order_of_searches,
    named_collections.add_tables,
    import_tables.add,
)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script; unlike `executescript` this leaves transactions alone."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError(f"the script ends within a statement: {pending.strip()[:60]}")


def version(con: sqlite3.Connection) -> int:
    """Return the number of the schema; 0 = nothing made yet."""
    return int(con.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    con: sqlite3.Connection,
    before_each: Callable[[int], object],
    program: str = "",
    progress: Progress | None = None,
    migrations: Sequence[Callable[[sqlite3.Connection], object]] | None = None,
) -> None:
    """Bring the database up to the newest schema, one transaction for each step.

    before_each(number): called before migration `number` runs, where there is data to lose; makes the backup.
    program: the version that runs, for the record. migrations: None = MIGRATIONS.
    Raises Problem LIBRARY_TOO_NEW for a schema this program does not know, LIBRARY_DAMAGED where rows point
    nowhere after a migration; anything raised by a migration rolls it back, and it stays pending.
    """
    migrations = MIGRATIONS if migrations is None else migrations
    done = version(con)
    if done > len(migrations):
        raise Problem(ProblemKind.LIBRARY_TOO_NEW, detail=str(done))
    for number in range(done + 1, len(migrations) + 1):
        (progress or SilentProgress()).step(number - done - 1, len(migrations) - done)
        if done > 0:
            before_each(number)
        _run(con, number, migrations[number - 1], program)


def _run(
    con: sqlite3.Connection, number: int, migration: Callable[[sqlite3.Connection], object], program: str
) -> None:
    con.execute(
        "PRAGMA foreign_keys = OFF"
    )  # tables may be rebuilt; checked below; no effect in a transaction
    try:
        con.execute("BEGIN IMMEDIATE")
        try:
            drop_history_triggers(con)
            migration(con)
            for trigger in history_triggers(con):
                con.execute(trigger)
            if lost := con.execute("PRAGMA foreign_key_check").fetchone():
                raise Problem(ProblemKind.LIBRARY_DAMAGED, detail=f"{lost[0]} {lost[1]} -> {lost[2]}")
            con.execute("INSERT INTO migration VALUES(?, ?, ?)", (number, now(), program))
            con.execute(f"PRAGMA user_version = {number}")
            con.execute("COMMIT")
        except BaseException:
            if con.in_transaction:
                con.execute("ROLLBACK")
            raise
    finally:
        con.execute("PRAGMA foreign_keys = ON")


def drop_history_triggers(con: sqlite3.Connection) -> None:
    """Remove the triggers that `history_triggers` makes, so that a migration records nothing."""
    names = con.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'history_*'")
    for (name,) in names.fetchall():
        con.execute(f'DROP TRIGGER "{name}"')


def history_triggers(con: sqlite3.Connection) -> Iterator[str]:
    """Yield the triggers that keep row images of HISTORY_TABLES while a step is being recorded.

    An insert and a delete keep the whole row; an update keeps the columns that changed, so that undoing it
    leaves alone what changed since in other columns (the reading position of a starred article).
    """
    for table in HISTORY_TABLES:
        columns = [row[1] for row in con.execute(f"PRAGMA table_info({table})")]
        if not columns:
            continue  # a later migration makes the table
        new, old = _whole_row("NEW", columns), _whole_row("OLD", columns)
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        yield _trigger(table, "insert", "NEW.id", "NULL", new)
        yield _trigger(table, "delete", "OLD.id", old, "NULL")
        before, after = _changed_columns("OLD", columns), _changed_columns("NEW", columns)
        yield _trigger(table, "update", "OLD.id", before, after, f" AND ({changed})")


def _whole_row(image: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{column}', {image}.{column}" for column in columns) + ")"


def _changed_columns(image: str, columns: list[str]) -> str:
    pairs = " UNION ALL ".join(
        f"SELECT '{column}' AS k, {image}.{column} AS v WHERE OLD.{column} IS NOT NEW.{column}"
        for column in columns
    )
    return f"(SELECT json_group_object(k, v) FROM ({pairs}))"


def _trigger(table: str, event: str, row: str, before: str, after: str, condition: str = "") -> str:
    return (
        f"CREATE TRIGGER history_{table}_{event} AFTER {event.upper()} ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM history_open){condition} BEGIN"
        f" INSERT INTO history_row(step_id, tbl, row, before, after)"
        f" SELECT step_id, '{table}', {row}, {before}, {after} FROM history_open; END"
    )
