-- Records, their values, and ranges of ids.

-- name: records
-- Each record with its sources and its source records.
WITH claim_sources AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS source FROM claims GROUP BY id
),
source_records AS (
    SELECT id, list(record ORDER BY record) AS members FROM members GROUP BY id
)
SELECT r.id, r.type, r.label, r.label_lang, r.reuse, coalesce(t.source, []) AS source, r.independent_sources, coalesce(m.members, []) AS members
FROM records AS r
LEFT JOIN claim_sources AS t USING (id)
LEFT JOIN source_records AS m USING (id)
ORDER BY r.id;

-- name: values
-- The values of all records. Values of the same record are adjacent.
SELECT id, property, value, unit, lang, shown, contested, basis, claims, sources, independent_sources, claim_id
FROM "values"
ORDER BY id, property, rank, value, unit;

-- name: value_counts
-- The numbers of shown and other values of the records whose ids are in a table, by type and property.
SELECT v.type, v.property, count(*) FILTER (v.shown) AS shown, count(*) FILTER (NOT v.shown) AS rival
FROM "values" AS v SEMI JOIN ${table} AS w ON w.id = v.id
GROUP BY ALL ORDER BY ALL;

-- name: id_ranges
-- The first and the last id of every `size` rows of a table, in order.
SELECT min(id) AS first, max(id) AS last
FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) // ${size} AS slice FROM "${table}" WHERE ${condition})
GROUP BY slice ORDER BY slice;
