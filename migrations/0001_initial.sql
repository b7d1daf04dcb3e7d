-- The first form of an Ebbtide journal. This file is history: it is never edited, later forms come as later files.
--
-- Plain SQL on purpose: any SQLite shell can read it. Days are ISO dates, moments are whole seconds since 1970 in UTC with
-- the offset and the zone in which they were written. A blank answer is NULL, never 0.
-- edited: 24 bytes, the hybrid logical clock of the row's last edit (8 bytes time, big-endian, then 16 bytes device).
-- deleted_at: a tombstone; the row is put away, not gone.

-- Facts about this file: its own id, the device that made it, the scale in use.
CREATE TABLE journal (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key    TEXT PRIMARY KEY,
    value  TEXT NOT NULL,
    edited BLOB NOT NULL CHECK (length(edited) = 24)
) STRICT, WITHOUT ROWID;

-- Built-in symptoms are known to other journals by their code, own ones by uid.
CREATE TABLE symptom (
    id       INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
    uid      BLOB UNIQUE CHECK (length(uid) = 16),
    code     TEXT NOT NULL UNIQUE CHECK (length(code) > 0),
    name     TEXT NOT NULL CHECK (length(name) > 0),
    category TEXT NOT NULL CHECK (category IN ('physical', 'psychological')),
    origin   TEXT NOT NULL CHECK (origin IN ('core', 'extended', 'own')),
    rated    INTEGER NOT NULL CHECK (rated IN (0, 1)),
    edited   BLOB NOT NULL CHECK (length(edited) = 24),
    CHECK ((origin = 'own') = (uid IS NOT NULL))
) STRICT;

CREATE TABLE attempt (
    id         INTEGER PRIMARY KEY,
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    began      TEXT NOT NULL CHECK (date(began) IS began),
    day_zero   TEXT CHECK (day_zero IS NULL OR date(day_zero) IS day_zero),
    method     TEXT NOT NULL CHECK (method IN ('taper', 'stop', 'supervised', 'undecided')),
    name       TEXT,
    goal       TEXT,
    ended      TEXT CHECK (ended IS NULL OR date(ended) IS ended),
    ending     TEXT CHECK (ending IN ('ended', 'set_aside')),
    edited     BLOB NOT NULL CHECK (length(edited) = 24),
    deleted_at INTEGER,
    CHECK (day_zero IS NULL OR day_zero >= began),
    CHECK ((ended IS NULL) = (ending IS NULL)),
    CHECK (ended IS NULL OR ended >= began)
) STRICT;

-- body_* and mind_* are sums and counts over the core items among this check-in's ratings, written with them.
CREATE TABLE check_in (
    id         INTEGER PRIMARY KEY,
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    at_utc     INTEGER NOT NULL,
    offset_min INTEGER NOT NULL CHECK (offset_min BETWEEN -1440 AND 1440),
    zone       TEXT NOT NULL,
    day        TEXT NOT NULL CHECK (date(day) IS day),
    late       INTEGER NOT NULL CHECK (late IN (0, 1)),
    overall    INTEGER CHECK (overall BETWEEN 0 AND 10),
    note       TEXT,
    body_sum   INTEGER NOT NULL CHECK (body_sum BETWEEN 0 AND 4 * body_n),
    body_n     INTEGER NOT NULL CHECK (body_n BETWEEN 0 AND 10),
    mind_sum   INTEGER NOT NULL CHECK (mind_sum BETWEEN 0 AND 4 * mind_n),
    mind_n     INTEGER NOT NULL CHECK (mind_n BETWEEN 0 AND 8),
    revision   INTEGER NOT NULL CHECK (revision >= 0),
    edited     BLOB NOT NULL CHECK (length(edited) = 24),
    deleted_at INTEGER
) STRICT;

-- Orders exports and lists; ends with the id that breaks ties.
CREATE INDEX check_in_moment ON check_in (at_utc, uid);
-- Answers every question about indices by day without touching the rows.
CREATE INDEX check_in_day ON check_in (day, body_sum, body_n, mind_sum, mind_n, overall);

-- severity NULL: asked and left blank. Not asked: no row.
CREATE TABLE rating (
    check_in INTEGER NOT NULL REFERENCES check_in (id) ON DELETE CASCADE,
    symptom  INTEGER NOT NULL REFERENCES symptom (id),
    severity INTEGER CHECK (severity BETWEEN 0 AND 4),
    copied   INTEGER NOT NULL CHECK (copied IN (0, 1)),
    PRIMARY KEY (check_in, symptom)
) STRICT, WITHOUT ROWID;

CREATE TABLE help_line (
    id         INTEGER PRIMARY KEY,
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    name       TEXT NOT NULL CHECK (length(name) > 0),
    contact    TEXT NOT NULL CHECK (length(contact) > 0),
    edited     BLOB NOT NULL CHECK (length(edited) = 24),
    deleted_at INTEGER
) STRICT;

-- What is being written and is not saved yet. uid is the id of the entry that it will become. Outside undo.
CREATE TABLE draft (
    uid        BLOB PRIMARY KEY CHECK (length(uid) = 16),
    kind       TEXT NOT NULL CHECK (length(kind) > 0),
    day        TEXT NOT NULL CHECK (date(day) IS day),
    content    TEXT NOT NULL,
    written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One step: one thing that a person did. Steps after the last one that is not undone can be redone.
CREATE TABLE log_step (
    id     INTEGER PRIMARY KEY,
    at_utc INTEGER NOT NULL,
    what   TEXT NOT NULL,
    day    TEXT,
    edited BLOB NOT NULL CHECK (length(edited) = 24),
    undone INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;

-- A row as it was on the other side of its step: before it while the step is done, after it while it is undone. NULL: it
-- was not there. stamp: the edited of the row on this side, to notice that it changed since; NULL: it is not there.
CREATE TABLE log_image (
    step    INTEGER NOT NULL REFERENCES log_step (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    tbl     TEXT NOT NULL,
    row_key TEXT NOT NULL,
    image   TEXT,
    stamp   BLOB,
    PRIMARY KEY (step, seq)
) STRICT, WITHOUT ROWID;
