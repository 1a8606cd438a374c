-- Erased records keep their key in `record`, with deleted = 2 and no body: what comes late for them is known by it.
CREATE INDEX record_erased ON record (book, kind, id) WHERE deleted = 2;
ALTER TABLE book ADD COLUMN erased {{id}} NOT NULL DEFAULT 0;     -- the seq of the last erasure; 0: nobody was erased
ALTER TABLE hub ADD COLUMN erasures {{id}} NOT NULL DEFAULT 0;
ALTER TABLE hub ADD COLUMN cleaned {{id}} NOT NULL DEFAULT 0;     -- of these; bytes of the others may still be in the database

-- By whom or what a record is about: an erasure finds it without reading the book. The first 20 characters have any id.
CREATE INDEX record_about_customer ON record (substr(CAST(body AS {{json}}) ->> 'customer', 1, 20))
    WHERE substr(CAST(body AS {{json}}) ->> 'customer', 1, 20) IS NOT NULL;
CREATE INDEX record_about_case ON record (substr(CAST(body AS {{json}}) ->> 'case', 1, 20))
    WHERE substr(CAST(body AS {{json}}) ->> 'case', 1, 20) IS NOT NULL;
CREATE INDEX record_about_record ON record (substr(CAST(body AS {{json}}) ->> 'record', 1, 20))
    WHERE substr(CAST(body AS {{json}}) ->> 'record', 1, 20) IS NOT NULL;
