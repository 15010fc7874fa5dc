-- Every claim of the newest snapshot of each source, and every editorial one, under the id of its record's cluster.
SELECT
    c.claim_id, m.id, c.source, c.snapshot, c.record, c.type, c.property, c.value, c.original, c.unit, c.lang,
    c.valid_from, c.valid_to, c.basis, c.rule, c.document,
    CASE WHEN c.claim_id IN (SELECT target FROM retracted) OR c.record IN (SELECT target FROM retracted) THEN 'retracted' ELSE 'current' END AS standing
FROM ${claims} AS c
JOIN members AS m USING (record)
ORDER BY m.id, c.property, c.claim_id
