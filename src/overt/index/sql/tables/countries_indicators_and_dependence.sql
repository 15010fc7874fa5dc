-- Countries, their indicators and assessments, and what they depend on.

-- name: countries
-- Countries that have records of the kinds below. The numbers are those of their projects, of the projects with a drawn place in
-- the country, and of their assessments, indicators, agreements and restrictions.
WITH records_of AS (
    SELECT country AS code, 'project' AS kind, id FROM project_countries
    UNION ALL SELECT country, 'located', p.id FROM placed AS p SEMI JOIN project_countries AS h ON h.id = p.id AND h.country = p.country
    UNION ALL SELECT country, 'assessment', id FROM assessments
    UNION ALL SELECT country, 'indicator', id FROM indicators
    UNION ALL SELECT unnest(party_country), 'agreement', id FROM agreements
    UNION ALL SELECT country, 'restriction', id FROM restrictions
    UNION ALL SELECT country, 'participation', id FROM participations
    UNION ALL SELECT country, 'programme', id FROM programmes
    UNION ALL SELECT country, 'seat', id FROM organizations
)
SELECT code,
    count(DISTINCT id) FILTER (WHERE kind = 'project'), count(DISTINCT id) FILTER (WHERE kind = 'located'),
    count(DISTINCT id) FILTER (WHERE kind = 'assessment'), count(DISTINCT id) FILTER (WHERE kind = 'indicator'),
    count(DISTINCT id) FILTER (WHERE kind = 'agreement'), count(DISTINCT id) FILTER (WHERE kind = 'restriction')
FROM records_of
WHERE code IS NOT NULL
GROUP BY code
ORDER BY code

-- name: indicators
SELECT series, country, year, id, value::VARCHAR, code
FROM indicators
WHERE series IS NOT NULL AND country IS NOT NULL AND year IS NOT NULL
ORDER BY series, country, year, id

-- name: outside_indicators
-- `edition_indicators`: the indicators of the edition that a subset is a part of; empty for other indexes.
SELECT series, country, year, id, value::VARCHAR, code
FROM edition_indicators
WHERE series IS NOT NULL AND country IS NOT NULL AND year IS NOT NULL AND id NOT IN (SELECT id FROM indicators)
ORDER BY series, country, year, id

-- name: assessments
SELECT DISTINCT year, country, unnest(kind) AS kind, id FROM assessments WHERE country IS NOT NULL AND year IS NOT NULL ORDER BY ALL

-- name: dependence
-- Older releases lack the number of largest suppliers, and the sources' limits.
SELECT country, sector, year, placed_only, amount::DOUBLE, suppliers, unknown_share::DOUBLE, concentration::DOUBLE, concentration_low::DOUBLE,
    concentration_high::DOUBLE, top, coalesce(top_suppliers, if(top IS NULL, NULL, 1)), top_share::DOUBLE, limited_to, limited_to_zh
FROM (
    FROM dependence
    UNION ALL BY NAME
    SELECT NULL::INTEGER AS top_suppliers, NULL::VARCHAR AS limited_to, NULL::VARCHAR AS limited_to_zh WHERE false
)
ORDER BY country, sector, year NULLS FIRST, placed_only

-- name: dependence_suppliers
SELECT country, sector, year, placed_only, supplier, amount::DOUBLE, units, share::DOUBLE, to_json(rows)::VARCHAR
FROM dependence_suppliers
ORDER BY country, sector, year NULLS FIRST, placed_only, share DESC, supplier NULLS LAST

-- name: dependence_cables
SELECT country, standing_only, state, to_json(cables)::VARCHAR, to_json(sharing_supplier)::VARCHAR, to_json(sharing_owner)::VARCHAR,
    supplier, to_json(supplier_cables)::VARCHAR, owner, to_json(owner_cables)::VARCHAR, to_json(supplier_unknown)::VARCHAR,
    to_json(owner_unknown)::VARCHAR, cut, to_json(cut_cables)::VARCHAR
FROM dependence_cables
ORDER BY country, standing_only

-- name: dependence_cuts
SELECT country, year, placed_only, to_json(cables)::VARCHAR, cut, to_json(cut_cables)::VARCHAR, undated
FROM dependence_cuts
ORDER BY country, placed_only, year
