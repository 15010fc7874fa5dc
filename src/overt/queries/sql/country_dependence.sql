-- The suppliers, lenders and cables on which countries depend.

-- name: cables
SELECT d.*, s.label AS supplier_label, s.label_lang AS supplier_lang, s.label_zh AS supplier_zh
FROM dependence_cables AS d
LEFT JOIN records AS s ON s.id = d.supplier
WHERE d.country = ?
ORDER BY d.standing_only

-- name: cuts
SELECT * FROM dependence_cuts WHERE country = ? ORDER BY placed_only, year

-- name: sectors
SELECT d.*, r.label AS top_label, r.label_lang AS top_lang, r.label_zh AS top_zh
FROM dependence AS d
LEFT JOIN records AS r ON r.id = d.top
WHERE d.country = ?
ORDER BY d.sector, d.year, d.placed_only

-- name: shared
-- Number and sum of a country's commitments with an amount in 2021 US dollars to projects that are also in other countries. The
-- table `dependence` counts none of them. As in that table, cancelled commitments, and those to cancelled or denied projects, are
-- left out.
SELECT count(*) AS n, coalesce(sum(m.amount), 0) AS amount
FROM commitments AS m
JOIN projects AS p ON p.id = m.project
WHERE m.counted AND m.unit = 'USD@2021' AND m.amount > 0 AND coalesce(m.status, 'unknown') <> 'cancelled'
    AND coalesce(p.status, 'unknown') NOT IN ('cancelled', 'denied')
    AND m.project IN (SELECT id FROM project_country WHERE country = ?)
    AND (SELECT count(*) FROM project_country AS o WHERE o.id = m.project) > 1

-- name: suppliers
SELECT * FROM dependence_suppliers WHERE country = ? ORDER BY rowid
