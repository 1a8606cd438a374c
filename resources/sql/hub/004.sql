-- For desks that come back below the log's beginning: what changed since, whatever happened in between.
CREATE INDEX record_by_seq ON record (book, seq);

-- How far a book's log reached at some moments, at most one an hour: says how much of the log is old enough to be cut.
CREATE TABLE log_mark (
    book {{id}} NOT NULL,
    at {{id}} NOT NULL,
    seq {{id}} NOT NULL,
    PRIMARY KEY (book, at)
) {{without_rowid}};
