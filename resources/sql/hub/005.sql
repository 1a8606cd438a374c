-- Erased records keep their key in `record`, with deleted = 2 and no body: what comes late for them is known by it.
CREATE INDEX record_erased ON record (book, kind, id) WHERE deleted = 2;
ALTER TABLE book ADD COLUMN erased {{id}} NOT NULL DEFAULT 0;     -- the seq of the last erasure; 0: nobody was erased
ALTER TABLE hub ADD COLUMN unclean INTEGER NOT NULL DEFAULT 0;    -- 1: the bytes of something erased may still be in the database
