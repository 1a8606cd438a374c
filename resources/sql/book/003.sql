-- What the confirmed records sum up to, by bucket (model/domain/Digest.h). A book from before there were sums is counted bit
-- by bit: the first `kinds` tables are in it, and the next one up to the record `last`. NULL: all is in it. No row: nothing.
CREATE TABLE bucket_sum (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sums BLOB NOT NULL,
    kinds INTEGER,
    last INTEGER NOT NULL
);
