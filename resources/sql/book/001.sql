-- One book, as a desk keeps it: a table for each kind of record, its columns named as its fields are on the wire.
-- `extra` keeps, as JSON, the fields that only a newer program knows. Nothing here refuses a record: what the hub ordered
-- is stored as it is, so there are no foreign keys, no checks and no unique indexes on fields.

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT, is_organisation INTEGER, organisation INTEGER, role TEXT, tier TEXT, stage TEXT, language TEXT,
    time_zone TEXT, good_service TEXT, notes TEXT,
    extra TEXT
);
CREATE INDEX customer_organisation ON customer (organisation) WHERE organisation IS NOT NULL;

CREATE TABLE contact_point (
    id INTEGER PRIMARY KEY,
    customer INTEGER, channel TEXT, value TEXT, e164 TEXT, label TEXT, verified INTEGER, shared TEXT,
    not_theirs_since INTEGER,
    extra TEXT
);
CREATE INDEX contact_point_customer ON contact_point (customer);
CREATE INDEX contact_point_e164 ON contact_point (e164, not_theirs_since, customer) WHERE e164 IS NOT NULL;
CREATE INDEX contact_point_tail ON contact_point (substr(e164, -4)) WHERE e164 IS NOT NULL;
CREATE INDEX contact_point_text ON contact_point (value COLLATE NOCASE) WHERE e164 IS NULL;

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY,
    customer INTEGER, channel TEXT, direction TEXT, own_line TEXT, queue TEXT, party_number TEXT, started_at INTEGER,
    answered_at INTEGER, ended_at INTEGER, agent INTEGER, outcome TEXT, note TEXT, verification TEXT, call_id TEXT,
    ring_to_paint_us INTEGER,
    extra TEXT
);
CREATE INDEX interaction_customer ON interaction (customer, started_at);
CREATE INDEX interaction_unidentified ON interaction (party_number, started_at) WHERE customer IS NULL;

CREATE TABLE case_file (
    id INTEGER PRIMARY KEY,
    code TEXT, type TEXT, customer INTEGER, category INTEGER, product TEXT, severity INTEGER, subject TEXT, status TEXT,
    queue INTEGER, assignee INTEGER, opened_at INTEGER, opened_by INTEGER, due_at INTEGER, closed_at INTEGER,
    remedy_sought TEXT, remedy_given TEXT, root_cause TEXT, resolution TEXT, interaction INTEGER,
    extra TEXT
);
CREATE INDEX case_file_customer ON case_file (customer, opened_at);
CREATE INDEX case_file_code ON case_file (code);
CREATE INDEX case_file_open ON case_file (due_at) WHERE coalesce(status, 'new') NOT IN ('resolved', 'closed');
CREATE INDEX case_file_open_of ON case_file (customer, due_at)
    WHERE coalesce(status, 'new') NOT IN ('resolved', 'closed');

CREATE TABLE case_note (
    id INTEGER PRIMARY KEY,
    "case" INTEGER, interaction INTEGER, author INTEGER, text TEXT, at INTEGER,
    extra TEXT
);
CREATE INDEX case_note_case ON case_note ("case", at);

CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY,
    customer INTEGER, "case" INTEGER, kind TEXT, what TEXT, due_at INTEGER, zone TEXT, state TEXT, assignee INTEGER,
    team INTEGER, made_by INTEGER, at INTEGER,
    extra TEXT
);
CREATE INDEX follow_up_customer ON follow_up (customer, at);
CREATE INDEX follow_up_open ON follow_up (due_at) WHERE coalesce(state, 'open') = 'open';
CREATE INDEX follow_up_open_of ON follow_up (customer, due_at) WHERE coalesce(state, 'open') = 'open';

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    customer INTEGER, text TEXT, author INTEGER, until INTEGER,
    extra TEXT
);
CREATE INDEX alert_customer ON alert (customer);

CREATE TABLE conflict (
    id INTEGER PRIMARY KEY,
    kind TEXT, record INTEGER, field TEXT, kept TEXT, lost TEXT, kept_by INTEGER, lost_by INTEGER, kept_at INTEGER,
    lost_at INTEGER, state TEXT,
    extra TEXT
);
CREATE INDEX conflict_record ON conflict (record);

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    name TEXT, login TEXT, extension TEXT, team INTEGER, role TEXT, language TEXT,
    extra TEXT
);
CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT, extra TEXT);
CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT, label TEXT, extra TEXT);
CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT, case_type TEXT, extra TEXT);
CREATE TABLE outcome_code (id INTEGER PRIMARY KEY, code TEXT, label TEXT, position INTEGER, extra TEXT);
CREATE INDEX outcome_code_code ON outcome_code (code);

-- Records of kinds that only a newer program knows; fields as JSON.
CREATE TABLE other_record (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Names by the beginnings of their words; up to six letters have an index of their own, so that the first matches come at
-- once however many there are. Positions and sizes are left out: nothing ranks by them.
CREATE VIRTUAL TABLE customer_name USING fts5(
    name, content='customer', content_rowid='id', tokenize='unicode61 remove_diacritics 2',
    prefix='1 2 3 4 5 6', detail='none', columnsize=0
);
CREATE TRIGGER customer_name_added AFTER INSERT ON customer WHEN new.name IS NOT NULL
BEGIN
    INSERT INTO customer_name (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER customer_name_removed AFTER DELETE ON customer WHEN old.name IS NOT NULL
BEGIN
    INSERT INTO customer_name (customer_name, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER customer_name_changed AFTER UPDATE OF name ON customer WHEN old.name IS NOT new.name
BEGIN
    INSERT INTO customer_name (customer_name, rowid, name) SELECT 'delete', old.id, old.name WHERE old.name IS NOT NULL;
    INSERT INTO customer_name (rowid, name) SELECT new.id, new.name WHERE new.name IS NOT NULL;
END;

-- Own ops that the hub has not confirmed, as far as they are applied here; edited fields as JSON.
CREATE TABLE own_op (
    counter INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    action TEXT NOT NULL,
    fields TEXT NOT NULL
);
CREATE INDEX own_op_record ON own_op (kind, id, counter);

-- What the hub has confirmed of records with own ops on top; NULL: it knows no such record.
CREATE TABLE shadow (
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    fields TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- Where in the hub's log this file is; no row before the first page.
CREATE TABLE feed_cursor (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL
);
