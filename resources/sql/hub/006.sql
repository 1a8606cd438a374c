-- Who left, or lost a laptop: since when they may not sign in; 0: they may.
ALTER TABLE account ADD COLUMN closed_at {{id}} NOT NULL DEFAULT 0;

-- How often an administrator ended sessions. Hubs that serve see by it that those they know may be gone.
ALTER TABLE hub ADD COLUMN endings {{id}} NOT NULL DEFAULT 0;
