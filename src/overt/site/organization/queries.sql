-- The profile of an organisation: its projects by role and by layer, their countries, and the newest documents about its part.

-- name: systems
-- Projects in which the organisation has this role, the best documented first.
SELECT DISTINCT p.id, p.label, p.label_lang, p.label_zh, p.kinds, p.status, p.date, p.independent_sources, '[]' AS known_from
FROM project_company AS k
JOIN projects AS p ON p.id = k.id
WHERE k.organization = ? AND k.role = ?
ORDER BY p.independent_sources DESC, p.year IS NULL, p.year DESC, p.sort_label, p.id

-- name: supplied_countries
-- The countries of the projects that the organisation supplies or carries out.
SELECT DISTINCT c.id, c.country
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization = ? AND k.role IN ('supplier', 'implementer')

-- name: layers
-- An organisation's projects, once for each layer.
SELECT DISTINCT l.layer, l.id
FROM project_company AS k
JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?

-- name: newest_evidence
-- The newest documents that state the organisation's part in a project. Undated documents are left out.
SELECT e.*, p.label AS project_label, p.label_lang AS project_lang, p.label_zh AS project_zh
FROM (
    SELECT d.id, d.label, d.label_lang, d.label_zh, max(f.value) AS published,
        (SELECT p.value FROM facts AS p WHERE p.id = d.id AND p.property = 'publisher' AND p.shown LIMIT 1) AS publisher,
        min(k.id) AS project
    FROM (SELECT DISTINCT id, record FROM project_company WHERE organization = ?) AS k
    JOIN claims AS c ON c.id = k.record AND c.standing = 'current'
    LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
    JOIN records AS d ON d.id = coalesce(e.document, c.document)
    JOIN facts AS f ON f.id = d.id AND f.property = 'published' AND f.shown
    GROUP BY d.id
) AS e
JOIN projects AS p ON p.id = e.project
ORDER BY e.published DESC, e.id
LIMIT ?
