SELECT DISTINCT value AS record
FROM claims
WHERE id IN (SELECT value FROM json_each(?)) AND property = 'project' AND standing = 'current'
