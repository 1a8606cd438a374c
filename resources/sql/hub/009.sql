-- Whom a record names and which number it has, as its body says: the first 20 characters of each. In columns of their
-- own, for an index over what the body says would have to read the body's JSON, once for each index, at each change.
ALTER TABLE record ADD COLUMN about_customer TEXT;
ALTER TABLE record ADD COLUMN about_case TEXT;
ALTER TABLE record ADD COLUMN about_record TEXT;
ALTER TABLE record ADD COLUMN e164 TEXT;

DROP INDEX record_about_customer;
DROP INDEX record_about_case;
DROP INDEX record_about_record;
DROP INDEX record_by_number;

UPDATE record
SET about_customer = substr(CAST(body AS {{json}}) ->> 'customer', 1, 20),
    about_case = substr(CAST(body AS {{json}}) ->> 'case', 1, 20),
    about_record = substr(CAST(body AS {{json}}) ->> 'record', 1, 20),
    e164 = substr(CAST(body AS {{json}}) ->> 'e164', 1, 20);

-- Not for who looks for a key: of a new book PostgreSQL would take this index as well, and read all of the book by it.
DROP INDEX record_by_seq;
CREATE INDEX record_by_seq ON record (book, seq) WHERE seq > 0;

CREATE INDEX record_about_customer ON record (about_customer) WHERE about_customer IS NOT NULL;
CREATE INDEX record_about_case ON record (about_case) WHERE about_case IS NOT NULL;
CREATE INDEX record_about_record ON record (about_record) WHERE about_record IS NOT NULL;
CREATE INDEX record_by_number ON record (e164) WHERE e164 IS NOT NULL;
