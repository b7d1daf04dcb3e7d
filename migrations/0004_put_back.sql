-- When undo or redo put a row back, or took it away: the row keeps the edited that it had, so that earlier steps can still be
-- undone, and this is the time that counts when two journals are merged. It counts while it is later than the row's own.
CREATE TABLE put_back (
    tbl     TEXT NOT NULL CHECK (length(tbl) > 0),
    row_key TEXT NOT NULL CHECK (length(row_key) > 0),
    edited  BLOB NOT NULL CHECK (length(edited) = 24),
    PRIMARY KEY (tbl, row_key)
) STRICT, WITHOUT ROWID;
