-- Only a part of the book is in this file: the hot set of a snapshot, until the whole one replaces it.
ALTER TABLE feed_cursor ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
