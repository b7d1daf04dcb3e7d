-- Everything else that a person logs or keeps: doses, urges, medications, visits, taper plans … One row each.
--
-- kind: the word of the registry (src/domain/kind.rs). about: what it is about, a code of a list or another row's uid in
-- its usual text form. What happened at a moment has the five columns of a check-in's moment; what stands for itself has
-- none of them. fields: a JSON object of what was filled in, words as strings, amounts as numbers with at most three
-- decimals; what was left empty is not in it, and is never 0. In any SQLite shell:
--   SELECT day, about, fields ->> 'amount' FROM record WHERE kind = 'dose' AND deleted_at IS NULL;
CREATE TABLE record (
    id         INTEGER PRIMARY KEY,
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    kind       TEXT NOT NULL CHECK (length(kind) > 0),
    about      TEXT CHECK (about IS NULL OR length(about) > 0),
    at_utc     INTEGER,
    offset_min INTEGER CHECK (offset_min BETWEEN -1440 AND 1440),
    zone       TEXT,
    day        TEXT CHECK (day IS NULL OR date(day) IS day),
    late       INTEGER CHECK (late IN (0, 1)),
    fields     TEXT NOT NULL CHECK (json_type(fields) = 'object'),
    revision   INTEGER NOT NULL CHECK (revision >= 0),
    edited     BLOB NOT NULL CHECK (length(edited) = 24),
    deleted_at INTEGER,
    CHECK ((at_utc IS NULL) = (day IS NULL) AND (at_utc IS NULL) = (zone IS NULL)
        AND (at_utc IS NULL) = (offset_min IS NULL) AND (at_utc IS NULL) = (late IS NULL))
) STRICT;

-- Reads a day, and a stretch of days, without touching the others.
CREATE INDEX record_day ON record (day) WHERE day IS NOT NULL;
-- Finds what stands for itself.
CREATE INDEX record_standing ON record (kind) WHERE day IS NULL;
-- Finds what has lain in the bin for 30 days without reading the others.
CREATE INDEX record_deleted ON record (deleted_at) WHERE deleted_at IS NOT NULL;
