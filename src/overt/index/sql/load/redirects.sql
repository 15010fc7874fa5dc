SELECT old_id, id FROM redirects ORDER BY old_id
