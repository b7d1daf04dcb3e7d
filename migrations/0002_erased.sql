-- What was erased for good, so that it is not taken in again from another copy of the journal. Nothing of what it held.

CREATE TABLE erased (
    uid    BLOB PRIMARY KEY CHECK (length(uid) = 16),
    tbl    TEXT NOT NULL CHECK (length(tbl) > 0),
    edited BLOB NOT NULL CHECK (length(edited) = 24)
) STRICT, WITHOUT ROWID;

-- Finds what has lain in the bin for 30 days without reading the others.
CREATE INDEX check_in_deleted ON check_in (deleted_at) WHERE deleted_at IS NOT NULL;
