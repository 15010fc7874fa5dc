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

-- name: answers
SELECT '' AS organization, '' AS country, '' AS strength, 0 AS projects, 0 AS supplied, 0 AS named_customers, 0 AS cables_supplied, 0 AS owned,
    0 AS cables_owned, 0 AS financed, 0 AS other_parts, 0 AS not_built, 0 AS group_projects, [''] AS through, [''] AS kind, [0] AS index_years,
    0 AS programmes, 0 AS agreements, 0 AS lists, [''] AS financier, 0 AS first_year, 0 AS last_year, 0 AS independent_sources, '' AS newest_evidence,
    '' AS sentence, '' AS sentence_zh
WHERE false

-- name: answer_rows
SELECT '' AS organization, '' AS country, '' AS type, '' AS id, '' AS role, '' AS through WHERE false

-- name: answer_roles
SELECT '' AS organization, '' AS country, '' AS layer, '' AS role, 0 AS projects WHERE false

-- name: answer_organization_kinds
SELECT '' AS organization, '' AS kind, 0 AS projects, 0 AS supplied, 0 AS named_customers, 0 AS financed, 0 AS not_built, [''] AS country,
    0 AS first_year, 0 AS last_year, '' AS sentence, '' AS sentence_zh
WHERE false

-- name: answer_country_kinds
SELECT '' AS country, '' AS kind, 0 AS projects, 0 AS named_customers, 0 AS not_built, 0 AS suppliers, [0] AS index_years, 0 AS first_year,
    0 AS last_year, '' AS sentence, '' AS sentence_zh
WHERE false

-- name: answer_lenders
SELECT '' AS financier, '' AS country, '' AS amount_unit, 0 AS projects, 0 AS commitments, 0 AS stated, 0 AS amount, 0 AS cancelled, 0 AS first_year,
    0 AS last_year, '' AS sentence, '' AS sentence_zh
WHERE false

-- name: answer_services
SELECT '' AS country, '' AS vocabulary, '' AS service, 0 AS restrictions, [''] AS kind, 0 AS without_end, 0 AS first_year, 0 AS last_year,
    0 AS measurements, NULL::DATE AS measured_from, NULL::DATE AS measured_to, NULL::DATE AS last_blocked, '' AS sentence, '' AS sentence_zh
WHERE false

-- name: exchange_rates
SELECT '' AS currency, 0 AS year, 0 AS usd, 0 AS days WHERE false
