SELECT count(*) AS held FROM claims WHERE id IN (SELECT value FROM json_each(?))
