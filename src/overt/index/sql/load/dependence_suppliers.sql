SELECT country, sector, year, placed_only, supplier, amount::DOUBLE, units, share::DOUBLE, to_json(rows)::VARCHAR
FROM dependence_suppliers
ORDER BY country, sector, year NULLS FIRST, placed_only, share DESC, supplier NULLS LAST
