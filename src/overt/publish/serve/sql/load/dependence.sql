SELECT country, sector, year, placed_only, amount::DOUBLE, suppliers, unknown_share::DOUBLE, concentration::DOUBLE, concentration_low::DOUBLE,
    concentration_high::DOUBLE, top, top_share::DOUBLE
FROM dependence
ORDER BY country, sector, year NULLS FIRST, placed_only
