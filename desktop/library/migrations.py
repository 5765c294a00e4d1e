"""The schema of a library and how old ones are brought up to date.

A migration is appended, never changed. Each runs in one transaction together with the record that it
ran (`PRAGMA user_version` and a row in `migration`).

Schema history
1  first: articles with immutable text versions, blocks and inlines; mentions with their amounts and
   periods; name keys and actors; annotations with selectors and tombstones; tags; rules; history of
   undoable steps as row images; log of changes for the index.
"""

from __future__ import annotations

SCHEMA_1 = """
CREATE TABLE migration(number INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, program TEXT NOT NULL);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

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
    trashed_at TEXT
);
CREATE INDEX article_path ON article(path) WHERE path IS NOT NULL;
CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;
CREATE INDEX article_day ON article(first_day);

CREATE TABLE text_version(
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,                   -- 1, 2, ...
    hash TEXT NOT NULL,                        -- sha256 of the text
    text TEXT NOT NULL,
    original TEXT,                             -- sha256 of the file in originals/
    created_at TEXT NOT NULL,
    extracted_by TEXT,                         -- stamp of the recognisers whose mentions are stored
    UNIQUE(article_id, number)
);
CREATE INDEX text_version_hash ON text_version(hash);

CREATE TABLE block(
    version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    level INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(version_id, seq)
) WITHOUT ROWID;
CREATE TABLE inline(
    version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    target TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(version_id, seq)
) WITHOUT ROWID;

CREATE TABLE actor(
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL                         -- canonical
);
CREATE TABLE name_key(                         -- a merge changes a few rows here and nothing else
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,                        -- canonical name of the article's actor, normalised
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    UNIQUE(name, kind)
);
CREATE INDEX name_key_actor ON name_key(actor_id);

CREATE TABLE mention(                          -- of the current version only
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL REFERENCES text_version(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL, confidence REAL NOT NULL, rule TEXT NOT NULL DEFAULT '',
    name_key_id INTEGER REFERENCES name_key(id),
    role TEXT
);
CREATE INDEX mention_article ON mention(article_id, start);
CREATE INDEX mention_version ON mention(version_id);
CREATE INDEX mention_key ON mention(name_key_id, article_id) WHERE name_key_id IS NOT NULL;
CREATE TABLE amount(
    mention_id INTEGER PRIMARY KEY REFERENCES mention(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT, low TEXT, high TEXT,           -- plain decimals
    unit TEXT, noun TEXT, approx TEXT,
    dimension TEXT NOT NULL,                   -- what it can be compared with: "EUR", "W", "%", "count"
    base_low REAL, base_high REAL              -- in the dimension's base unit; NULL = open
);
CREATE INDEX amount_article ON amount(article_id);
CREATE INDEX amount_value ON amount(dimension, base_low, base_high, article_id);
CREATE TABLE period(
    mention_id INTEGER PRIMARY KEY REFERENCES mention(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL,
    value TEXT, low TEXT, high TEXT,           -- partial ISO dates
    first_day TEXT, last_day TEXT              -- as full days
);
CREATE INDEX period_article ON period(article_id);
CREATE INDEX period_day ON period(first_day, last_day, article_id);

CREATE TABLE tag(
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE COLLATE NOCASE
);
CREATE TABLE article_tag(
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    UNIQUE(article_id, tag_id)
);
CREATE INDEX article_tag_tag ON article_tag(tag_id);

CREATE TABLE annotation(
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    exact TEXT NOT NULL, prefix TEXT NOT NULL DEFAULT '', suffix TEXT NOT NULL DEFAULT '',
    made_start INTEGER, made_end INTEGER,      -- TextPosition in the version it was made on
    made_version INTEGER,                      -- number of that version
    start INTEGER, end INTEGER,                -- in the current version; NULL = orphan or whole article
    state TEXT NOT NULL DEFAULT 'anchored',
    colour INTEGER NOT NULL DEFAULT 1,
    note TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
    deleted_at TEXT                            -- tombstone: a deleted one never comes back
);
CREATE INDEX annotation_article ON annotation(article_id, start) WHERE deleted_at IS NULL;
CREATE TABLE annotation_tag(
    id INTEGER PRIMARY KEY,
    annotation_id INTEGER NOT NULL REFERENCES annotation(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag(id) ON DELETE CASCADE,
    UNIQUE(annotation_id, tag_id)
);
CREATE INDEX annotation_tag_tag ON annotation_tag(tag_id);

CREATE TABLE rule(
    id INTEGER PRIMARY KEY,                    -- also the order: later rules win
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT, name_kind TEXT, article_uuid TEXT,            -- the condition
    exact TEXT, prefix TEXT, suffix TEXT,
    actor_uuid TEXT, new_name TEXT, new_kind TEXT, amount TEXT,  -- the outcome; amount as JSON
    created_at TEXT NOT NULL,
    deleted_at TEXT
);

CREATE TABLE history(                          -- steps a person can undo
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '{}',         -- JSON, for the words of the menu
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE history_row(                      -- row images before and after, written by triggers
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES history(id) ON DELETE CASCADE,
    tbl TEXT NOT NULL, row INTEGER NOT NULL,
    before TEXT, after TEXT                    -- JSON; NULL = the row is not there
);
CREATE INDEX history_row_step ON history_row(step_id);
CREATE TABLE history_open(step_id INTEGER NOT NULL);  -- one row while a step is being recorded

CREATE TABLE change(                           -- what the index has still to follow
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL,
    at TEXT NOT NULL
);
"""
