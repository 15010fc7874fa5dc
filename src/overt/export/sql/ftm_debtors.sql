-- Who took the money of a commitment: those whom the same source names as recipients in the same project.
SELECT DISTINCT c.id, c.record, c.source, o.target, o.claim_id
FROM ftm.said AS c
JOIN ftm.said AS p ON p.type = 'role' AND p.property = 'project' AND p.target = c.target AND p.source = c.source
JOIN ftm.said AS r ON r.record = p.record AND r.property = 'role' AND r.value = 'recipient'
JOIN ftm.said AS o ON o.record = p.record AND o.property = 'organization'
WHERE c.type = 'commitment' AND c.property = 'project' AND o.target IS NOT NULL
