-- Up to where nothing that was erased is in the files of a device any more, as it says itself; each time one got further.
CREATE TABLE erasure_ack (
    book {{id}} NOT NULL,
    device {{id}} NOT NULL,
    seq {{id}} NOT NULL,
    epoch TEXT NOT NULL,                -- of another log than today's it says nothing
    at {{id}} NOT NULL,
    PRIMARY KEY (book, device, seq)
) {{without_rowid}};

-- When a device was last heard of, within the hour, and until when what it has can be read there; 0: not since this is kept.
ALTER TABLE device ADD COLUMN seen_at {{id}} NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN lease_until {{id}} NOT NULL DEFAULT 0;
