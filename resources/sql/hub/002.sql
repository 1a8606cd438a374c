-- What the logs of a book were called before a restore or a lost tail, and up to where each is the log of today. A desk
-- that comes back with an older name learns from it which of what it had seen still holds.
CREATE TABLE past_epoch (
    book {{id}} NOT NULL,
    epoch TEXT NOT NULL,
    same_up_to {{id}} NOT NULL,
    PRIMARY KEY (book, epoch)
) {{without_rowid}};
