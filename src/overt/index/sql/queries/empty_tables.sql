-- Empty versions of tables that older releases don't have.

-- name: dependence
SELECT '' AS country, '' AS sector, 0 AS year, false AS placed_only, 0 AS amount, 0 AS suppliers, 0 AS unknown_share, 0 AS concentration,
    0 AS concentration_low, 0 AS concentration_high, '' AS top, 0 AS top_share
WHERE false

-- name: dependence_suppliers
SELECT '' AS country, '' AS sector, 0 AS year, false AS placed_only, '' AS supplier, 0 AS amount, 0 AS units, 0 AS share, [''] AS rows WHERE false

-- name: dependence_cables
SELECT '' AS country, false AS standing_only, '' AS state, [''] AS cables, [''] AS sharing_supplier, [''] AS sharing_owner, '' AS supplier,
    [''] AS supplier_cables, '' AS owner, [''] AS owner_cables, [''] AS supplier_unknown, [''] AS owner_unknown, 0 AS cut, [''] AS cut_cables
WHERE false

-- name: dependence_cuts
SELECT NULL::VARCHAR AS country, NULL::INTEGER AS year, false AS placed_only, NULL::VARCHAR[] AS cables, NULL::INTEGER AS cut, NULL::VARCHAR[] AS cut_cables,
    NULL::INTEGER AS undated
WHERE false

-- name: retractions
SELECT 0 AS sequence, '' AS at, '' AS why, '' AS target WHERE false

-- name: corrections
SELECT '' AS date, '' AS kind, '' AS id, '' AS type, '' AS property, '' AS source, '' AS old_value, '' AS new_value, '' AS reason, '' AS statement WHERE false

-- name: withheld
SELECT '' AS id, '' AS type, '' AS "of", '' AS since, '' AS reason WHERE false

-- name: overlaps
SELECT '' AS unit, '' AS cut, '' AS part, [''] AS sources, 0 AS things WHERE false

-- name: overlap_answers
SELECT '' AS unit, '' AS cut, '' AS part, 0 AS things, '' AS sources, '' AS lists, '' AS verdict, '' AS reasons, '' AS notes, 0 AS low, 0 AS high,
    '' AS estimates
WHERE false
