-- Countries and organisations side by side.

-- name: choices
SELECT id, label, label_lang, label_zh FROM companies WHERE projects > 0 ORDER BY projects DESC, sort_label, id LIMIT ?

-- name: company_countries
SELECT c.country, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization = ?
GROUP BY c.country
ORDER BY projects DESC, c.country

-- name: company_roles
SELECT role, count(DISTINCT id) AS projects FROM project_company WHERE organization = ? GROUP BY role

-- name: latest_series_values
-- The record with the latest value or code of each series for a country.
SELECT series, id
FROM (
    SELECT t.id AS series, t.position, (
            SELECT i.id
            FROM indicators AS i
            WHERE i.series = t.id AND i.country = :country AND coalesce(i.value, i.code) IS NOT NULL
            ORDER BY i.year DESC, i.id DESC
            LIMIT 1
        ) AS id
    FROM terms AS t
    WHERE t.vocabulary = 'series'
)
WHERE id IS NOT NULL
ORDER BY position

-- name: shared_companies
-- The organisations with projects in all of these countries, those with the most projects there first. `:chosen`: a JSON list
-- with `:n` codes.
SELECT k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_country AS c
JOIN project_company AS k ON k.id = c.id
JOIN records AS o ON o.id = k.organization
WHERE c.country IN (SELECT value FROM json_each(:chosen))
GROUP BY k.organization
HAVING count(DISTINCT c.country) = :n
ORDER BY projects DESC, o.label, k.organization
LIMIT :limit

-- name: shared_countries
-- The countries where all of these organisations have projects, those with the most projects first. `:chosen`: a JSON list with
-- `:n` ids.
SELECT c.country, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization IN (SELECT value FROM json_each(:chosen))
GROUP BY c.country
HAVING count(DISTINCT k.organization) = :n
ORDER BY projects DESC, c.country
LIMIT :limit

-- name: shared_projects
-- The projects with all of these organisations (`:by` is `company`) or in all of these countries (`country`), by name.
-- `:chosen`: a JSON list with `:n` ids or codes.
SELECT p.id, p.label, p.label_lang, p.label_zh
FROM project_company AS k
JOIN projects AS p ON p.id = k.id
WHERE :by = 'company' AND k.organization IN (SELECT value FROM json_each(:chosen))
GROUP BY p.id
HAVING count(DISTINCT k.organization) = :n
UNION ALL
SELECT p.id, p.label, p.label_lang, p.label_zh
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE :by = 'country' AND c.country IN (SELECT value FROM json_each(:chosen))
GROUP BY p.id
HAVING count(DISTINCT c.country) = :n
ORDER BY 2, 1
LIMIT :limit

-- name: top
SELECT k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_country AS c
JOIN project_company AS k ON k.id = c.id
JOIN records AS o ON o.id = k.organization
WHERE c.country = ?
GROUP BY k.organization
ORDER BY projects DESC, o.label, k.organization
LIMIT 5
