-- Records that were erased: nothing of them but by whom, and when.
CREATE TABLE erasure (
    kind TEXT NOT NULL, id INTEGER NOT NULL, author INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
-- A row: something was erased, and its bytes may still be in this file, until it is written anew.
CREATE TABLE unclean (one INTEGER PRIMARY KEY CHECK (one = 1));
