-- What was just taken down has no due time yet; lists begin with it.
CREATE INDEX case_file_undated ON case_file (opened_at)
    WHERE due_at IS NULL AND coalesce(status, 'new') NOT IN ('resolved', 'closed');
