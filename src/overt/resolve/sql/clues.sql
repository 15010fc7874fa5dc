-- What can join or part records of the types that merge.
SELECT DISTINCT record, type, property, value
FROM ${claims}
WHERE (type = 'organization' AND property IN ('name', 'alias', 'identifier', 'country'))
   OR (type = 'document' AND property = 'url')
   OR (type = 'project' AND property = 'identifier')
ORDER BY record, property, value
