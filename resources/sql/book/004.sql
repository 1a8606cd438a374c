-- Set while the book catches up row by row: all rows up to this seq are here, but the log goes on behind `seq` only.
ALTER TABLE feed_cursor ADD COLUMN rows_seq INTEGER;
