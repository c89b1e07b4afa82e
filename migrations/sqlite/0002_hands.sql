-- Runs of remedies, requests for a second person, maintenance windows, and what operators did with runbooks.

-- One row for each run. Lock and cool-down are read from here, by remedy and target as they were planned.
CREATE TABLE runs (
    id             TEXT PRIMARY KEY,
    remedy         TEXT NOT NULL,
    title          TEXT NOT NULL,
    target         TEXT NOT NULL,
    incident       TEXT,
    subject        TEXT,
    name           TEXT NOT NULL,
    host           TEXT NOT NULL,
    holder         TEXT NOT NULL,
    -- The leader of its process group, and when that began in clock ticks since boot.
    process        BIGINT,
    process_began  BIGINT,
    command        TEXT NOT NULL,
    plan           TEXT NOT NULL,
    request        TEXT,
    started        BIGINT NOT NULL,
    ended          BIGINT,
    ending         TEXT,
    why            TEXT,
    lease          BIGINT NOT NULL,
    cooldown_until BIGINT NOT NULL,
    by_itself      INTEGER NOT NULL,
    approved_by    TEXT
);
CREATE INDEX runs_lock ON runs (remedy, target, started);
CREATE INDEX runs_started ON runs (started);
CREATE INDEX runs_open ON runs (lease) WHERE ended IS NULL;

-- What a run said, as JSON, and when it ended: forgotten long before the run is.
CREATE TABLE outputs (
    run    TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    ended  BIGINT NOT NULL,
    output TEXT NOT NULL
);
CREATE INDEX outputs_ended ON outputs (ended);

CREATE TABLE requests (
    id            TEXT PRIMARY KEY,
    plan          TEXT NOT NULL,
    remedy        TEXT NOT NULL,
    title         TEXT NOT NULL,
    target        TEXT NOT NULL,
    incident      TEXT,
    subject       TEXT,
    command       TEXT NOT NULL,
    name          TEXT NOT NULL,
    host          TEXT NOT NULL,
    asked         BIGINT NOT NULL,
    expires       BIGINT NOT NULL,
    approver      TEXT,
    approver_host TEXT,
    closed        INTEGER NOT NULL
);
CREATE INDEX requests_expires ON requests (expires);

CREATE TABLE windows (
    id            TEXT PRIMARY KEY,
    service       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    rollback_plan TEXT NOT NULL,
    name          TEXT NOT NULL,
    host          TEXT NOT NULL,
    starts        BIGINT NOT NULL,
    ends          BIGINT NOT NULL,
    -- Pairs of source and silence, as JSON.
    silences      TEXT NOT NULL,
    ended         BIGINT
);
CREATE INDEX windows_ends ON windows (ends);

CREATE TABLE ticks (
    incident TEXT NOT NULL,
    runbook  TEXT NOT NULL,
    task     TEXT NOT NULL,
    name     TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (incident, runbook, task)
) WITHOUT ROWID;

CREATE TABLE wrong_steps (
    id       INTEGER PRIMARY KEY,
    runbook  TEXT NOT NULL,
    step     TEXT NOT NULL,
    says     TEXT NOT NULL,
    note     TEXT NOT NULL,
    name     TEXT NOT NULL,
    at       BIGINT NOT NULL,
    incident TEXT
);
CREATE INDEX wrong_steps_at ON wrong_steps (at);

-- Contents whose commands an operator accepted, by SHA-256.
CREATE TABLE accepted (
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    what TEXT NOT NULL,
    at   BIGINT NOT NULL,
    PRIMARY KEY (hash, name, host)
) WITHOUT ROWID;
