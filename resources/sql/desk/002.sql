-- Until when the book may be shown without hearing of the hub; see model/domain/Lease.h.
CREATE TABLE lease (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    heard_at INTEGER NOT NULL,
    length_ms INTEGER NOT NULL,
    latest INTEGER NOT NULL
);
