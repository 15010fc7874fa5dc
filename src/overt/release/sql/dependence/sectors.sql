-- How concentrated each of these is: the Herfindahl–Hirschman index of the shares of those that are known, 0 to 10,000, and within what it
-- lies whoever the others are: at least as if each of them had a part too small to count, at most as if all were the largest. One sum of
-- squares, rounded once, is behind all three, so that they are equal where nothing is unknown. No supplier is the largest where several are.
-- Where every source chose its records by what they are (`limited_to`), an index would tell of that choice: there is none.
WITH summed AS (
    SELECT country, sector, year, placed_only, sum(amount ORDER BY amount) AS amount,
        count(supplier)::INTEGER AS suppliers, sum(amount ORDER BY amount) FILTER (supplier IS NOT NULL) AS known,
        coalesce(sum(amount ORDER BY amount) FILTER (supplier IS NULL), 0) AS unknown,
        sum(amount * amount ORDER BY amount) FILTER (supplier IS NOT NULL) AS squares, max(amount) FILTER (supplier IS NOT NULL) AS top_amount
    FROM dependence_held
    GROUP BY ALL
),
first AS (
    SELECT h.country, h.sector, h.year, h.placed_only, count(*)::INTEGER AS top_suppliers, min(h.supplier) AS top
    FROM dependence_held AS h
    JOIN summed AS s ON s.country = h.country AND s.sector = h.sector AND s.year IS NOT DISTINCT FROM h.year AND s.placed_only = h.placed_only
    WHERE h.supplier IS NOT NULL AND round(h.amount, 6) = round(s.top_amount, 6)
    GROUP BY ALL
)
SELECT s.country, s.sector, s.year, s.placed_only, round(s.amount, 3)::DECIMAL(38, 4) AS amount, s.suppliers,
    (s.unknown / s.amount)::DECIMAL(9, 6) AS unknown_share,
    if(l.country IS NULL, 10000 * s.squares / (s.known * s.known), NULL)::DECIMAL(9, 1) AS concentration,
    if(l.country IS NULL, 10000 * s.squares / (s.amount * s.amount), NULL)::DECIMAL(9, 1) AS concentration_low,
    if(l.country IS NULL, coalesce(10000 * (s.squares + 2 * s.top_amount * s.unknown + s.unknown * s.unknown) / (s.amount * s.amount), 10000), NULL)
        ::DECIMAL(9, 1) AS concentration_high,
    if(l.country IS NULL AND f.top_suppliers = 1, f.top, NULL) AS top, if(l.country IS NULL, f.top_suppliers, NULL) AS top_suppliers,
    if(l.country IS NULL, s.top_amount / s.amount, NULL)::DECIMAL(9, 6) AS top_share, l.limited_to, l.limited_to_zh
FROM summed AS s
LEFT JOIN first AS f ON f.country = s.country AND f.sector = s.sector AND f.year IS NOT DISTINCT FROM s.year AND f.placed_only = s.placed_only
LEFT JOIN dependence_limits AS l
    ON l.country = s.country AND l.sector = s.sector AND l.year IS NOT DISTINCT FROM s.year AND l.placed_only = s.placed_only
ORDER BY s.country, s.sector, s.year NULLS FIRST, s.placed_only
