-- Answers: what is recorded about organisations, kinds of projects, lenders and services in countries.

-- name: listed
-- Answers sorted by organisation and country, after a given pair.
SELECT a.*, r.label, r.label_lang, r.label_zh
FROM answers AS a
JOIN records AS r ON r.id = a.organization
WHERE ${where}
ORDER BY a.organization, a.country
LIMIT :limit

-- name: count
SELECT count(*) AS answers FROM answers AS a WHERE ${where}

-- name: ranked
-- Answers by strength, then by number of projects and of separate sources.
SELECT a.*, r.label, r.label_lang, r.label_zh
FROM answers AS a
JOIN records AS r ON r.id = a.organization
LEFT JOIN terms AS t ON t.vocabulary = 'answer-strengths' AND t.id = a.strength
WHERE ${where}
ORDER BY t.position, a.projects DESC, a.independent_sources DESC, r.label, a.country
LIMIT :limit

-- name: suppliers
-- The organisations other than `:organization` that supply something documented in a country themselves (`${itself}`), not only
-- through companies of their group; those with the most projects first.
SELECT a.organization AS id, r.label, r.label_lang, r.label_zh, a.supplied + a.cables_supplied AS supplied
FROM answers AS a
JOIN records AS r ON r.id = a.organization
WHERE a.country = :country AND a.organization <> :organization AND a.supplied + a.cables_supplied > 0 AND ${itself}
ORDER BY supplied DESC, a.independent_sources DESC, r.label, a.organization

-- name: roles
SELECT layer, role, projects FROM answer_roles WHERE organization = ? AND country = ? ORDER BY layer, role

-- name: parts
-- The parts that an organisation and its group have in records of a country.
SELECT a.type, a.id, a.role, a.through, r.label, r.label_lang, r.label_zh
FROM answer_rows AS a
LEFT JOIN records AS r ON r.id = a.through
WHERE a.organization = ? AND a.country = ?
ORDER BY a.type, a.id, a.role, a.through

-- name: projects
-- The projects behind an answer, those with the most separate sources first. Those that are
-- only announced, cancelled, denied or unverified come last. `dated` is the property of the date.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.kinds, p.status, p.year, p.date, d.dated,
    p.sources, p.independent_sources,
    (
        SELECT json_group_array(value) FROM (SELECT value FROM facts WHERE id = p.id AND property = 'known-from' AND shown ORDER BY rank)
    ) AS known_from
FROM projects AS p
LEFT JOIN project_dated AS d ON d.id = p.id
WHERE p.id IN (SELECT id FROM answer_rows WHERE organization = :organization AND country = :country AND type = 'project')
ORDER BY NOT p.documented, p.independent_sources DESC, p.year IS NULL, p.year DESC,
    p.sort_label, p.id

-- name: stated_projects
-- The projects of a country about which an organisation made a statement, but in which neither it nor its group has a part.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.kinds, p.status, p.year, p.date, d.dated,
    p.sources, p.independent_sources,
    (
        SELECT json_group_array(value) FROM (SELECT value FROM facts WHERE id = p.id AND property = 'known-from' AND shown ORDER BY rank)
    ) AS known_from
FROM projects AS p
LEFT JOIN project_dated AS d ON d.id = p.id
WHERE p.id IN (
        SELECT a.target
        FROM links AS b
        JOIN links AS a ON a.id = b.id AND a.type = 'statement' AND a.property = 'about'
        JOIN project_country AS c ON c.id = a.target AND c.country = :country
        WHERE b.target = :organization AND b.type = 'statement' AND b.property = 'by'
    )
    AND p.id NOT IN (SELECT id FROM answer_rows WHERE organization = :organization AND country = :country)
ORDER BY p.sort_label, p.id

-- name: records
-- The records other than projects behind an answer.
SELECT a.type, a.id, a.role, a.through, r.label, r.label_lang, r.label_zh, r.independent_sources,
    (SELECT value FROM facts WHERE id = a.id AND property IN ('year', 'date', 'start') AND shown ORDER BY property, rank LIMIT 1) AS date,
    (SELECT source FROM facts WHERE id = a.id AND source IS NOT NULL ORDER BY property, rank LIMIT 1) AS source
FROM answer_rows AS a
JOIN records AS r ON r.id = a.id
WHERE a.organization = ? AND a.country = ? AND a.type <> 'project'
ORDER BY a.type, date, a.id, a.role, a.through

-- name: lender_units
SELECT * FROM answer_lenders WHERE ${where} ORDER BY financier, country, amount_unit IS NULL, amount_unit LIMIT :limit OFFSET :offset

-- name: organization_kinds
SELECT * FROM answer_organization_kinds WHERE ${where} ORDER BY organization, kind LIMIT :limit OFFSET :offset

-- name: country_kinds
SELECT * FROM answer_country_kinds WHERE ${where} ORDER BY country, kind LIMIT :limit OFFSET :offset

-- name: services
SELECT * FROM answer_services WHERE ${where} ORDER BY country, vocabulary, service LIMIT :limit OFFSET :offset

-- name: addresses
-- Pairs of an organisation and a country for which a project or an index is on record.
SELECT organization, country FROM answers WHERE projects > 0 OR not_built > 0 OR index_years <> '[]' ORDER BY organization, country
