-- What each supplier has, and its share of the whole; no share where every source chose its records. No supplier: what is not known.
SELECT h.country, h.sector, h.year, h.placed_only, h.supplier, h.amount::DECIMAL(38, 6) AS amount, h.units,
    if(l.country IS NULL, h.amount / sum(h.amount ORDER BY h.amount) OVER (PARTITION BY h.country, h.sector, h.year, h.placed_only), NULL)::DECIMAL(9, 6)
        AS share, h.rows
FROM dependence_held AS h
LEFT JOIN dependence_limits AS l
    ON l.country = h.country AND l.sector = h.sector AND l.year IS NOT DISTINCT FROM h.year AND l.placed_only = h.placed_only
ORDER BY h.country, h.sector, h.year NULLS FIRST, h.placed_only, h.supplier NULLS LAST
