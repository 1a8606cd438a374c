-- A call-back for a call that nobody took: to which number, how often they called and we tried, who called back.
ALTER TABLE follow_up ADD COLUMN e164 TEXT;
ALTER TABLE follow_up ADD COLUMN queue TEXT;
ALTER TABLE follow_up ADD COLUMN calls INTEGER;
ALTER TABLE follow_up ADD COLUMN last_call_at INTEGER;
ALTER TABLE follow_up ADD COLUMN tries INTEGER;
ALTER TABLE follow_up ADD COLUMN done_by INTEGER;
ALTER TABLE follow_up ADD COLUMN done_at INTEGER;
CREATE INDEX follow_up_number ON follow_up (e164) WHERE e164 IS NOT NULL;
