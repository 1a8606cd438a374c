-- What exists nowhere else at a desk. Small, and hardly ever changed.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device INTEGER NOT NULL,
    device_secret TEXT NOT NULL,
    hub_url TEXT NOT NULL,
    login TEXT NOT NULL,
    user_name TEXT NOT NULL,
    user INTEGER NOT NULL,
    token TEXT NOT NULL,
    book TEXT NOT NULL,
    region TEXT NOT NULL,
    book_epoch TEXT NOT NULL
);

-- The last number given out, or set aside to be given out.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

-- The outbox; edits as JSON {"field": [value, base]}. The number of a book's last op is counter 'op:BOOK'.
CREATE TABLE op (
    book TEXT NOT NULL,
    counter INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    action TEXT NOT NULL,
    edits TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'confirmed', 'refused')),
    reason TEXT,
    confirmed_at INTEGER,
    PRIMARY KEY (book, counter)
) WITHOUT ROWID;
CREATE INDEX op_state ON op (book, state, counter);
CREATE INDEX op_confirmed ON op (confirmed_at) WHERE confirmed_at IS NOT NULL;

CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
) WITHOUT ROWID;
