-- Numbers this device had before it moved to the one it has; its confirmed ops of then are kept as of book@device.
CREATE TABLE former_number (
    device INTEGER PRIMARY KEY,
    secret TEXT NOT NULL
);

-- The book file says of which log it is.
ALTER TABLE identity DROP COLUMN book_epoch;
