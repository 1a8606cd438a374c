-- Calls that were written into a book: each is, once, whichever hubs heard it, and however often. Rows go after a while.
CREATE TABLE filed_call (
    call TEXT PRIMARY KEY, at BIGINT NOT NULL
);
CREATE INDEX filed_call_at ON filed_call (at);
