-- What projects answer a question. `:ids`: the projects, as a JSON list.

-- name: suppliers
-- Who supplied or carried out these projects.
SELECT o.id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN projects AS p ON p.id = k.id
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('supplier', 'implementer') AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified')
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: lenders
-- Who promised money to these projects, by unit. A shared commitment counts in full for each financier.
SELECT o.id, o.label, o.label_lang, o.label_zh, m.unit, count(DISTINCT m.id) AS commitments, count(DISTINCT m.project) AS projects,
    count(m.amount) AS stated, total(m.amount) AS amount
FROM commitments AS m
JOIN project_company AS k ON k.record = m.id AND k.id = m.project AND k.role = 'financier'
JOIN companies AS o ON o.id = k.organization
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
GROUP BY o.id, m.unit
ORDER BY amount DESC, commitments DESC, o.sort_label, o.id, m.unit

-- name: commitments
-- The commitments to these projects, by unit; one of several financiers counts once.
SELECT m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount
FROM commitments AS m
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND EXISTS (
    SELECT 1
    FROM project_company AS k
    JOIN companies AS o ON o.id = k.organization
    WHERE k.record = m.id AND k.id = m.project AND k.role = 'financier' AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
        AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
)
GROUP BY m.unit
ORDER BY m.unit IS NULL, amount DESC

-- name: countries
SELECT c.country AS id, count(DISTINCT c.id) AS projects
FROM project_country AS c
WHERE c.id IN (SELECT value FROM json_each(:ids))
GROUP BY c.country
ORDER BY projects DESC, c.country

-- name: restrictions
-- Restrictions of a kind, by country.
SELECT c.value AS id, count(DISTINCT k.id) AS restrictions
FROM facts AS k
JOIN facts AS c ON c.id = k.id AND c.property = 'country' AND c.shown
JOIN records AS r ON r.id = k.id AND r.type = 'restriction'
WHERE k.property = 'kind' AND k.shown AND k.value IN (SELECT value FROM json_each(:kinds))
    AND (:countries = '[]' OR c.value IN (SELECT value FROM json_each(:countries)))
GROUP BY c.value
ORDER BY restrictions DESC, c.value

-- name: agreements
SELECT r.id, r.label, r.label_lang, r.label_zh
FROM (SELECT DISTINCT id FROM links WHERE target = ? AND type = 'agreement' AND property = 'party-country') AS l
JOIN records AS r ON r.id = l.id
ORDER BY r.label, r.id
