SELECT id FROM redirects WHERE old_id = ?
