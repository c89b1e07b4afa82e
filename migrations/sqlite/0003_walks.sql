-- Checklists: lists as they were when they were walked, walks, and everything that was said in them.

-- A list as it was when a walk began, as JSON, by the hash of that text: most walks share one.
CREATE TABLE lists (
    hash TEXT PRIMARY KEY,
    list TEXT NOT NULL
);

-- Since when each list is known: no turn before that was missed.
CREATE TABLE known_lists (
    checklist TEXT PRIMARY KEY,
    since     BIGINT NOT NULL
);

-- One row for each walk. Of one list at most one is open.
CREATE TABLE walks (
    id        TEXT PRIMARY KEY,
    checklist TEXT NOT NULL,
    list      TEXT NOT NULL REFERENCES lists (hash),
    turn      BIGINT,
    begun     BIGINT NOT NULL,
    name      TEXT NOT NULL,
    host      TEXT NOT NULL,
    ended     BIGINT,
    end_name  TEXT,
    end_host  TEXT,
    completed INTEGER,
    sign      TEXT,
    -- It in short, as JSON, once it has ended.
    short     TEXT
);
CREATE UNIQUE INDEX walks_open ON walks (checklist) WHERE ended IS NULL;
CREATE INDEX walks_begun ON walks (checklist, begun);
CREATE INDEX walks_ended ON walks (ended);
CREATE INDEX walks_list ON walks (list);

-- What was said, in the order in which it was kept; never changed. An id that is there already is not kept again.
CREATE TABLE walk_updates (
    n      INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    walk   TEXT NOT NULL REFERENCES walks (id) ON DELETE CASCADE,
    item   TEXT,
    change TEXT NOT NULL,
    name   TEXT NOT NULL,
    host   TEXT NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX walk_updates_walk ON walk_updates (walk, n);

-- Incidents that an operator declared.
CREATE TABLE declared (
    id        TEXT PRIMARY KEY,
    title     TEXT NOT NULL,
    service   TEXT,
    severity  TEXT NOT NULL,
    detail    TEXT NOT NULL,
    name      TEXT NOT NULL,
    host      TEXT NOT NULL,
    at        BIGINT NOT NULL,
    walk      TEXT,
    item      TEXT,
    over      BIGINT,
    over_name TEXT,
    over_host TEXT
);
CREATE INDEX declared_over ON declared (over);
