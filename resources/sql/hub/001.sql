-- One text for SQLite and PostgreSQL; model/db/Dialect.h says what the tokens become.

-- This hub's own counters; exactly one row.
CREATE TABLE hub (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_device {{id}} NOT NULL,        -- given out; 1 is the hub itself
    last_record {{id}} NOT NULL,        -- of the records the hub makes itself
    last_book {{id}} NOT NULL
);
INSERT INTO hub (id, last_device, last_record, last_book) VALUES (1, 1, 0, 0);

CREATE TABLE account (
    id {{id}} PRIMARY KEY,              -- the id of its user record
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,        -- argon2id, libsodium's text form
    name TEXT NOT NULL,
    extension TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at {{id}} NOT NULL
);

CREATE TABLE device (
    id {{id}} PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    account {{id}} NOT NULL REFERENCES account (id),
    created_at {{id}} NOT NULL
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    account {{id}} NOT NULL REFERENCES account (id),
    device {{id}} NOT NULL REFERENCES device (id),
    expires_at {{id}} NOT NULL
);
CREATE INDEX session_by_device ON session (device);

CREATE TABLE book (
    id {{id}} PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    epoch TEXT NOT NULL,
    head {{id}} NOT NULL                -- the last seq; moved only together with its epoch
);

CREATE TABLE book_grant (
    account {{id}} NOT NULL REFERENCES account (id),
    book {{id}} NOT NULL REFERENCES book (id),
    PRIMARY KEY (account, book)
) {{without_rowid}};

-- What holds now. `edited` has a stamp for each field that was written after the record was made; all other fields are
-- as old as the record.
CREATE TABLE record (
    book {{id}} NOT NULL,
    kind TEXT NOT NULL,
    id {{id}} NOT NULL,
    seq {{id}} NOT NULL,
    deleted INTEGER NOT NULL,
    body TEXT NOT NULL,
    edited TEXT NOT NULL,
    made_seq {{id}} NOT NULL,
    made_device {{id}} NOT NULL,
    made_by {{id}} NOT NULL,
    made_at {{id}} NOT NULL,
    PRIMARY KEY (book, kind, id)
) {{without_rowid}};

-- Every change in its wire form, kept once; the feed sends these bytes.
CREATE TABLE change_log (
    book {{id}} NOT NULL,
    seq {{id}} NOT NULL,
    wire {{blob}} NOT NULL,
    PRIMARY KEY (book, seq)
) {{without_rowid}};

-- What each op of each device was answered, so that a repeated one is answered the same.
CREATE TABLE op_answer (
    device {{id}} NOT NULL,
    book {{id}} NOT NULL,
    counter {{id}} NOT NULL,
    content_hash {{id}} NOT NULL,
    seq {{id}} NOT NULL,                -- 0: refused
    reason TEXT,
    PRIMARY KEY (device, book, counter)
) {{without_rowid}};
