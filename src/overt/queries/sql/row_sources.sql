-- The sources that a row about a record is made of: those of the record, and of the records that say who had a part in it.
WITH wanted AS (SELECT value AS id FROM json_each(?))
SELECT c.id, c.source FROM claims AS c JOIN wanted USING (id) WHERE c.standing = 'current'
UNION
SELECT p.id, c.source
FROM project_company AS p
JOIN wanted USING (id)
JOIN claims AS c ON c.id = p.record AND c.standing = 'current'
