-- Who sits today at a telephone that is not their own. What their accounts say holds for everybody else, unless somebody
-- sits there.
CREATE TABLE seat (
    extension TEXT PRIMARY KEY, account {{id}} NOT NULL UNIQUE REFERENCES account (id),
    taken_at {{id}} NOT NULL            -- and for a shift from then on
);

-- How often it changed whose telephone is whose. Hubs that serve see by it that what they know is old.
ALTER TABLE hub ADD COLUMN seatings {{id}} NOT NULL DEFAULT 0;
