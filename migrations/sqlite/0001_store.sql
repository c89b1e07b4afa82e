-- Times are milliseconds since 1970-01-01T00:00:00Z; ids are text; sets of labels are JSON with sorted names.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Counts the writes that change what is remembered, so that another process can see that it must read again.
CREATE TABLE revision (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n   BIGINT NOT NULL
);
INSERT INTO revision (one, n) VALUES (1, 0);

CREATE TABLE episodes (
    id         TEXT PRIMARY KEY,
    group_key  TEXT NOT NULL,
    title      TEXT NOT NULL,
    service    TEXT,
    severity   TEXT NOT NULL,
    since      BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    mitigated  INTEGER NOT NULL,
    resolved   BIGINT,
    -- The names of the sources that told of it, as JSON.
    sources    TEXT NOT NULL
);
-- Whoever else opens the same group at the same time joins the episode that was stored first.
CREATE UNIQUE INDEX episodes_one_open ON episodes (group_key) WHERE resolved IS NULL;
CREATE INDEX episodes_resolved ON episodes (resolved) WHERE resolved IS NOT NULL;

CREATE TABLE acks (
    id           TEXT PRIMARY KEY,
    source       TEXT,
    incident     TEXT NOT NULL,
    name         TEXT NOT NULL,
    host         TEXT NOT NULL,
    comment      TEXT NOT NULL,
    starts       BIGINT NOT NULL,
    ends         BIGINT NOT NULL,
    renew_limit  BIGINT NOT NULL,
    renews       INTEGER NOT NULL,
    lease_holder TEXT,
    lease_until  BIGINT
);
CREATE INDEX acks_incident ON acks (incident);

-- Who is just making an ack of what. An empty source is the store.
CREATE TABLE claims (
    incident     TEXT NOT NULL,
    source       TEXT NOT NULL,
    matchers_key TEXT NOT NULL,
    holder       TEXT NOT NULL,
    until        BIGINT NOT NULL,
    PRIMARY KEY (incident, source, matchers_key)
) WITHOUT ROWID;

CREATE TABLE snoozes (
    incident TEXT NOT NULL,
    operator TEXT NOT NULL,
    starts   BIGINT NOT NULL,
    until    BIGINT NOT NULL,
    PRIMARY KEY (incident, operator)
) WITHOUT ROWID;

CREATE TABLE journal (
    id       INTEGER PRIMARY KEY,
    at       BIGINT NOT NULL,
    operator TEXT NOT NULL,
    host     TEXT NOT NULL,
    action   TEXT NOT NULL,
    target   TEXT NOT NULL,
    detail   TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    why      TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE INDEX journal_at ON journal (at);
CREATE INDEX journal_target ON journal (target, id);
CREATE INDEX journal_comments ON journal (at) WHERE action = 'comment';

-- How long the journal is and its last hash: without it, rows cut off at the end would not be missed.
CREATE TABLE journal_head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    rows BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO journal_head (one, rows, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- Also stops INSERT OR REPLACE, which deletes without asking the trigger above.
CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
WHEN NEW.id IS NOT (SELECT rows + 1 FROM journal_head)
BEGIN SELECT RAISE(ABORT, 'a journal row must follow the last one'); END;
CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_head_grows BEFORE UPDATE ON journal_head
WHEN NEW.rows IS NOT OLD.rows + 1
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    service   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    part      TEXT NOT NULL,
    -- The end of the newest bucket that its readings were rolled up into.
    rolled_to BIGINT NOT NULL DEFAULT 0,
    UNIQUE (service, kind, part)
);

-- step 0: one reading; else a bucket of that many milliseconds that begins at `at`.
CREATE TABLE readings (
    series  BIGINT NOT NULL REFERENCES series (id),
    step    BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    -- How many readings there were, and how many of them had a number.
    asked   BIGINT NOT NULL,
    numbers BIGINT NOT NULL,
    low     DOUBLE PRECISION,
    mean    DOUBLE PRECISION,
    high    DOUBLE PRECISION,
    PRIMARY KEY (series, step, at)
) WITHOUT ROWID;
