SELECT r.type, r.id, (SELECT count(*) FROM claims AS o WHERE o.id = c.id) AS claims FROM claims AS c JOIN records AS r ON r.id = c.id WHERE c.claim_id = ?
