-- What agents had the telephone system do that somebody may be asked about: what was dialled and passed on, and by whom.
-- Rows go after a while, and with the customer whose number it is.
CREATE TABLE phone_order (
    at BIGINT NOT NULL, account BIGINT NOT NULL, command TEXT NOT NULL, number TEXT NOT NULL, e164 TEXT NOT NULL,
    PRIMARY KEY (at, account, command, number)
);
CREATE INDEX phone_order_e164 ON phone_order (e164);
