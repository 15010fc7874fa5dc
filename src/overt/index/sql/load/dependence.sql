-- Releases did not always say how many are the largest, or by what the sources chose.
SELECT country, sector, year, placed_only, amount::DOUBLE, suppliers, unknown_share::DOUBLE, concentration::DOUBLE, concentration_low::DOUBLE,
    concentration_high::DOUBLE, top, coalesce(top_suppliers, if(top IS NULL, NULL, 1)), top_share::DOUBLE, limited_to, limited_to_zh
FROM (
    FROM dependence
    UNION ALL BY NAME
    SELECT NULL::INTEGER AS top_suppliers, NULL::VARCHAR AS limited_to, NULL::VARCHAR AS limited_to_zh WHERE false
)
ORDER BY country, sector, year NULLS FIRST, placed_only
