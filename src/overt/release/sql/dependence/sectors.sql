-- How concentrated each of these is: the Herfindahl–Hirschman index of the shares of those that are known, 0 to 10,000, and within what it
-- lies whoever the others are: at least as if each of them were another one, at most as if all were the largest.
WITH known AS (
    SELECT *, amount / sum(amount) OVER (PARTITION BY country, sector, year, placed_only) AS of_known
    FROM dependence_suppliers
    WHERE supplier IS NOT NULL
),
summed AS (
    SELECT country, sector, year, placed_only, count(*)::INTEGER AS suppliers, sum((of_known * of_known * 10000)::DECIMAL(18, 6)) AS index,
        sum((share::DOUBLE * share::DOUBLE * 10000)::DECIMAL(18, 6)) AS low, max(share) AS top_share, min_by(supplier, (-share, supplier)) AS top
    FROM known
    GROUP BY ALL
),
whole AS (
    SELECT country, sector, year, placed_only, sum(amount) AS amount,
        coalesce(sum(share) FILTER (supplier IS NULL), 0)::DECIMAL(9, 6) AS unknown_share
    FROM dependence_suppliers
    GROUP BY ALL
)
SELECT w.country, w.sector, w.year, w.placed_only, round(w.amount, 3)::DECIMAL(38, 4) AS amount, coalesce(s.suppliers, 0) AS suppliers, w.unknown_share,
    s.index::DECIMAL(9, 1) AS concentration, s.low::DECIMAL(9, 1) AS concentration_low,
    coalesce(s.low - (s.top_share::DOUBLE * s.top_share::DOUBLE * 10000)::DECIMAL(18, 6)
        + ((s.top_share + w.unknown_share)::DOUBLE * (s.top_share + w.unknown_share)::DOUBLE * 10000)::DECIMAL(18, 6), 10000)::DECIMAL(9, 1)
        AS concentration_high,
    s.top, s.top_share
FROM whole AS w
LEFT JOIN summed AS s ON s.country = w.country AND s.sector = w.sector AND s.year IS NOT DISTINCT FROM w.year AND s.placed_only = w.placed_only
ORDER BY w.country, w.sector, w.year NULLS FIRST, w.placed_only
