-- Projects of a country or region, by layer, organisation and financier. `area` is `country` or `region`.

-- name: financiers
-- Financiers of the projects, by unit. A shared commitment counts in full for each financier.
SELECT m.unit, k.organization AS id, o.label, o.label_lang, o.label_zh, count(*) AS commitments, count(m.amount) AS stated,
    total(m.amount) AS amount, min(m.year) AS first_year, max(m.year) AS last_year
FROM project_${area} AS c
JOIN commitments AS m ON m.project = c.id AND m.counted
JOIN project_company AS k ON k.id = c.id AND k.role = 'financier' AND k.record = m.id
JOIN companies AS o ON o.id = k.organization
WHERE c.${area} = ?
GROUP BY m.unit, k.organization
ORDER BY m.unit_rank, sum(count(m.amount)) OVER (PARTITION BY m.unit) DESC, m.unit, amount DESC, commitments DESC, o.sort_label, k.organization
LIMIT ?

-- name: layers
-- The number of projects in each layer, their first and last year, and the number with a supplier or implementer.
SELECT l.layer, count(*) AS projects, min(p.year) AS first_year, max(p.year) AS last_year,
    sum(EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = c.id AND k.role IN ('supplier', 'implementer'))) AS supplied
FROM project_${area} AS c
JOIN project_layer AS l ON l.id = c.id
JOIN projects AS p ON p.id = c.id
WHERE c.${area} = ?
GROUP BY l.layer

-- name: organizations
-- Organisations by the number of projects that they supply, implement, own, operate or join as partners. `projects` also counts
-- those in which they have another role, as the filter by organisation does.
SELECT k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_${area} AS c
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.${area} = ?
GROUP BY k.organization
HAVING sum(k.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner')) > 0
ORDER BY count(DISTINCT CASE WHEN k.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner') THEN k.id END) DESC,
    projects DESC, o.sort_label, k.organization
LIMIT ?

-- name: parts
-- The number of each organisation's projects by layer and part. Organisations that only order, receive or guarantee are left out.
SELECT l.layer, CASE WHEN k.role IN ('supplier', 'implementer') THEN 'supplied' WHEN k.role IN ('owner', 'operator') THEN 'held'
        WHEN k.role = 'financier' THEN 'financed' ELSE 'joined' END AS part,
    k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_${area} AS c
JOIN project_layer AS l ON l.id = c.id
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.${area} = ? AND k.role IN ('supplier', 'implementer', 'owner', 'operator', 'financier', 'partner')
GROUP BY l.layer, part, k.organization
ORDER BY projects DESC, o.sort_label, k.organization
