SELECT (SELECT count(*) FROM claims WHERE id = :id) AS claims, (SELECT count(*) FROM members WHERE id = :id) AS members
