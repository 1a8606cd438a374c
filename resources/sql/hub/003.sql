-- What the records of a book that are not deleted sum up to, by bucket (model/domain/Digest.h); kept with every change.
CREATE TABLE bucket_sum (
    book {{id}} PRIMARY KEY,
    since {{id}} NOT NULL,              -- 0: all of them; else only what changed behind this seq, the rest is still being counted
    sums {{blob}} NOT NULL
);
INSERT INTO bucket_sum (book, since, sums) SELECT id, head, '' FROM book WHERE head > 0;
