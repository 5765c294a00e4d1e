"""The tables around importing: what was asked for, which files were seen, which texts are copies."""

from __future__ import annotations

import sqlite3

_TABLES = """
ALTER TABLE article ADD COLUMN subtitle TEXT;
ALTER TABLE article ADD COLUMN section TEXT;           -- part of the paper or site
ALTER TABLE article ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;  -- the date may be another one's
-- What is recognised depends on the language: with another one the text is to be read again.
CREATE TRIGGER language_changed AFTER UPDATE OF lang ON article WHEN OLD.lang IS NOT NEW.lang BEGIN
    UPDATE text_version SET extracted_by = NULL WHERE id = NEW.version_id;
END;
CREATE TABLE import_run(                       -- an import that was asked for and has not ended
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at TEXT NOT NULL,
    paths TEXT NOT NULL,                       -- JSON; names that are not UTF-8 with surrogates
    options TEXT NOT NULL,                     -- JSON
    done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0  -- files
) STRICT;
CREATE TABLE file_seen(                        -- what came of each file, as it was when it was read
    path BLOB PRIMARY KEY,                     -- as the system has it
    size INTEGER NOT NULL, modified INTEGER NOT NULL,  -- bytes; nanoseconds
    program TEXT NOT NULL,                     -- the version that read it: a newer one may read more
    at TEXT NOT NULL,
    problem TEXT,                              -- kind; NULL = it was read
    detail TEXT NOT NULL DEFAULT '',
    settled INTEGER NOT NULL DEFAULT 0         -- the reader has dealt with the problem
) STRICT, WITHOUT ROWID;
CREATE INDEX file_problem ON file_seen(at) WHERE problem IS NOT NULL AND NOT settled;
CREATE TABLE watched_folder(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    path BLOB NOT NULL UNIQUE,
    rule TEXT NOT NULL,                        -- JSON: what is done with what comes out of it
    active INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE sketch(                           -- some of the word sequences of a text, as numbers
    article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL,
    stamp TEXT NOT NULL,                       -- of what made it
    hashes TEXT NOT NULL                       -- JSON
) STRICT;
CREATE TABLE shingle(hash INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY(hash, article_id))
    STRICT, WITHOUT ROWID;
CREATE TRIGGER sketch_made AFTER INSERT ON sketch BEGIN
    INSERT OR IGNORE INTO shingle SELECT value, NEW.article_id FROM json_each(NEW.hashes);
END;
CREATE TRIGGER sketch_gone AFTER DELETE ON sketch BEGIN
    DELETE FROM shingle WHERE article_id = OLD.article_id
        AND hash IN (SELECT value FROM json_each(OLD.hashes));
END;
CREATE TABLE near_copy(                        -- articles with (nearly) one text, in groups
    article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    group_id INTEGER NOT NULL
) STRICT;
CREATE INDEX near_copy_group ON near_copy(group_id, article_id);
"""


def add(con: sqlite3.Connection) -> None:
    """Migrate: make the tables. What stands here is never changed."""
    from desktop.library.migrations import statements  # which lists this one

    for statement in statements(_TABLES):
        con.execute(statement)
