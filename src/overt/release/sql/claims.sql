-- Claims, their places, and what changed upstream.

-- name: claims
-- Every claim of the snapshot that counts for each source, and every editorial claim, except withheld claims. `id` is the
-- published id of the claim's record, and `target` that of the record that the value refers to. Equal values of a record are
-- neighbours: value_aggregation.py relies on this order.
SELECT
    c.claim_id, m.id, c.source, c.snapshot, c.record, c.type, c.property, c.value, t.id AS target, c.original, c.unit, c.lang,
    c.valid_from, c.valid_to, c.basis, c.rule, CASE WHEN d.record IS NULL THEN c.document END AS document,
    CASE WHEN c.claim_id IN (SELECT target FROM retracted) OR c.record IN (SELECT target FROM retracted) THEN 'retracted' ELSE 'current' END AS standing
FROM ${claims} AS c
JOIN members AS m ON m.record = c.record
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS t ON t.record = CASE WHEN p.property IS NOT NULL THEN c.value END
LEFT JOIN withheld_records AS d ON d.record = c.document
WHERE c.claim_id NOT IN (SELECT claim_id FROM withheld_claims)
ORDER BY m.id, c.property, coalesce(t.id, c.value), c.unit, c.claim_id;

-- name: evidence
-- The places that support the release's claims: in archived files, or entries of the ledger.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, CASE WHEN d.record IS NULL THEN e.document END AS document
FROM ${evidence} AS e
SEMI JOIN claims_out AS c USING (claim_id)
LEFT JOIN withheld_records AS d ON d.record = e.document
ORDER BY ALL;

-- name: changes
-- Changes from the previous snapshot of each source to the one that counts, without withheld records and values.
WITH before AS (SELECT source, record, type, property, value, unit FROM ${before} ANTI JOIN withheld_values USING (type, property, value)),
    after AS (SELECT source, record, type, property, value, unit FROM ${after} ANTI JOIN withheld_values USING (type, property, value)),
    gone AS (SELECT * FROM before EXCEPT SELECT * FROM after),
    come AS (SELECT * FROM after EXCEPT SELECT * FROM before),
    old AS (SELECT source, record, min(type) AS type, property, string_agg(value || coalesce(' ' || unit, ''), '; ' ORDER BY value, unit) AS value FROM gone GROUP BY source, record, property),
    new AS (SELECT source, record, min(type) AS type, property, string_agg(value || coalesce(' ' || unit, ''), '; ' ORDER BY value, unit) AS value FROM come GROUP BY source, record, property)
SELECT
    CASE
        WHEN NOT EXISTS (FROM after WHERE after.record = coalesce(o.record, n.record)) THEN 'removed upstream'
        WHEN NOT EXISTS (FROM before WHERE before.record = coalesce(o.record, n.record)) THEN 'added upstream'
        ELSE 'changed upstream'
    END AS reason,
    coalesce(o.source, n.source) AS source, m.id, coalesce(o.record, n.record) AS record, coalesce(o.type, n.type) AS type,
    coalesce(o.property, n.property) AS property, o.value AS before, n.value AS after
FROM old AS o
FULL JOIN new AS n ON o.source = n.source AND o.record = n.record AND o.property = n.property
JOIN members AS m ON m.record = coalesce(o.record, n.record)
ORDER BY ALL;
