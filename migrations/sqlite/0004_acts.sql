-- Acts that are under way. A row whose process has ended is an act of which nobody knows what came of it.

CREATE TABLE acts (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    holder  TEXT NOT NULL,
    -- The journal's words, as the outcome will say them.
    at      BIGINT NOT NULL,
    name    TEXT NOT NULL,
    host    TEXT NOT NULL,
    action  TEXT NOT NULL,
    target  TEXT NOT NULL,
    detail  TEXT NOT NULL,
    -- What is to be done, in its order, as JSON; how many of them may have been sent, and when the last was.
    deeds   TEXT NOT NULL,
    begun   BIGINT NOT NULL,
    touched BIGINT NOT NULL
);
