-- Customers who were erased: nothing of them but by whom, and when.
CREATE TABLE erasure (customer INTEGER PRIMARY KEY, author INTEGER NOT NULL, at INTEGER NOT NULL);
-- A row: something was erased, and its bytes may still be in this file, until it is written anew.
CREATE TABLE unclean (one INTEGER PRIMARY KEY CHECK (one = 1));
