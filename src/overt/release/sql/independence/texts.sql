-- The longest text that each record of a thing has, where records of several sources are that thing.
SELECT c.id, c.record, max_by(c.value, (len(c.value), c.value)) AS said
FROM claims_out AS c
WHERE c.standing = 'current' AND c.type <> 'document' AND c.property IN ('description', 'subject', 'name', 'title')
    AND c.id IN (SELECT id FROM claims_out WHERE standing = 'current' GROUP BY id HAVING min(source) <> max(source))
GROUP BY c.id, c.record
HAVING max(len(c.value)) >= 30
ORDER BY c.id, c.record
