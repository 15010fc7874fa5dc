SELECT d.old_id, d.id, r.type FROM redirects AS d JOIN records AS r ON r.id = d.id ORDER BY d.old_id
