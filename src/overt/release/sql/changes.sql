-- What the newest snapshot of each source changed against the one before it.
WITH before AS (SELECT source, record, type, property, value, unit FROM ${before}),
    after AS (SELECT source, record, type, property, value, unit FROM ${after}),
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
ORDER BY ALL
