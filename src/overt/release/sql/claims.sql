-- Every claim of the newest snapshot of each source, and every editorial one, under the id of its record's cluster; `target` is the
-- id of the record that a value names. Equal values of a record lie together: aggregate.py counts on this order.
SELECT
    c.claim_id, m.id, c.source, c.snapshot, c.record, c.type, c.property, c.value, t.id AS target, c.original, c.unit, c.lang,
    c.valid_from, c.valid_to, c.basis, c.rule, c.document,
    CASE WHEN c.claim_id IN (SELECT target FROM retracted) OR c.record IN (SELECT target FROM retracted) THEN 'retracted' ELSE 'current' END AS standing
FROM ${claims} AS c
JOIN members AS m ON m.record = c.record
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS t ON t.record = CASE WHEN p.property IS NOT NULL THEN c.value END
ORDER BY m.id, c.property, coalesce(t.id, c.value), c.unit, c.claim_id
