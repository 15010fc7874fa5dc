-- Figures, as stored in the release.

-- name: all
SELECT name, title, title_zh, question, unit, counting_unit, measure, status, value, rows, headline, groups, variants, comparators, sources, gaps, definition
FROM figures
ORDER BY headline DESC, name

-- name: by_name
SELECT * FROM figures WHERE name = ?

-- name: source_records
SELECT m.record, r.id, r.type, r.label, r.label_lang, r.label_zh
FROM json_each(?) AS n
JOIN members AS m ON m.record = n.value
JOIN records AS r ON r.id = m.id

-- name: row_count
-- `:counted`: 1 for rows that the figure counts, 0 for the others, NULL for all.
SELECT count(*) AS "rows" FROM figure_rows WHERE name = :name AND (:counted IS NULL OR counted = :counted)

-- name: rows
-- A page of rows, counted ones first. `:counted` as in `row_count`.
SELECT f.unit_id, f.amount, f.counted, f.variants, f.groups, coalesce(r.label, a.label) AS label, r.type AS type, a.code AS country,
    r.label_lang, r.label_zh, m.project, p.label AS project_label, p.label_lang AS project_lang, p.label_zh AS project_zh,
    u.companies, u.company_count, d.platform
FROM figure_rows AS f
LEFT JOIN records AS r ON r.id = f.unit_id
LEFT JOIN areas AS a ON a.code = f.unit_id
LEFT JOIN (SELECT DISTINCT platform FROM platform_domains) AS d ON d.platform = f.unit_id
LEFT JOIN commitments AS m ON m.id = f.unit_id
LEFT JOIN projects AS p ON p.id = m.project
LEFT JOIN projects AS u ON u.id = coalesce(m.project, f.unit_id)
WHERE f.name = :name AND (:counted IS NULL OR f.counted = :counted)
ORDER BY f.counted DESC, f.position
LIMIT :size OFFSET :offset

-- name: sensitivity
-- `:name`: a figure, or empty for all.
SELECT * FROM figure_sensitivity WHERE :name IN ('', name) ORDER BY name, position

-- name: units
SELECT u.value AS id, coalesce(r.type, CASE WHEN m.id IS NOT NULL THEN 'commitment' END) AS type, coalesce(r.label, p.label) AS label,
    coalesce(r.label_lang, p.label_lang) AS label_lang, coalesce(r.label_zh, p.label_zh) AS label_zh, a.code AS country
FROM json_each(?) AS u
LEFT JOIN records AS r ON r.id = u.value
LEFT JOIN areas AS a ON a.code = u.value
LEFT JOIN commitments AS m ON m.id = u.value
LEFT JOIN projects AS p ON p.id = m.project

-- name: units_in_region
-- The counted rows of a figure. `placed`: whether the unit is a country, a project or a commitment. `inside`: whether the unit is
-- in the region.
SELECT DISTINCT f.unit_id, f.amount, a.code IS NOT NULL OR p.id IS NOT NULL OR m.id IS NOT NULL AS placed,
    f.unit_id IN (SELECT area FROM region_areas WHERE region = :region AND current)
        OR coalesce(m.project, f.unit_id) IN (SELECT id FROM project_region WHERE region = :region) AS inside
FROM figure_rows AS f
LEFT JOIN areas AS a ON a.code = f.unit_id
LEFT JOIN projects AS p ON p.id = f.unit_id
LEFT JOIN commitments AS m ON m.id = f.unit_id
WHERE f.name = :name AND f.counted
ORDER BY f.unit_id

-- name: by_region
-- The number of units that a figure counts in each region on the release's day or, with `:sum`, the sum of their amounts. Empty
-- if any unit is not a country, project or commitment.
WITH units AS (
    SELECT DISTINCT f.unit_id, f.amount, coalesce(m.project, f.unit_id) AS project,
        a.code IS NOT NULL OR p.id IS NOT NULL OR m.id IS NOT NULL AS placed
    FROM figure_rows AS f
    LEFT JOIN areas AS a ON a.code = f.unit_id
    LEFT JOIN projects AS p ON p.id = f.unit_id
    LEFT JOIN commitments AS m ON m.id = f.unit_id
    WHERE f.name = :name AND f.counted
), inside AS (
    SELECT r.region, u.unit_id, u.amount FROM units AS u JOIN region_areas AS r ON r.area = u.unit_id AND r.current
    UNION
    SELECT r.region, u.unit_id, u.amount FROM units AS u JOIN project_region AS r ON r.id = u.project
)
SELECT region, CASE WHEN :sum THEN sum(CAST(amount AS REAL)) ELSE count(*) END AS value
FROM inside
WHERE NOT EXISTS (SELECT 1 FROM units WHERE NOT placed)
GROUP BY region
ORDER BY value DESC, region

-- name: well_documented
-- The number of units that a figure counts, and of those with a counted project that at least two separate sources document.
-- `:linked`: the linked column with the ids of the projects; empty if the units are projects. The result is empty unless each
-- counted row has a project.
SELECT count(DISTINCT r.unit_id) AS units, count(DISTINCT CASE WHEN p.voices > 1 THEN r.unit_id END) AS well_documented
FROM figure_rows AS r
LEFT JOIN projects AS p ON p.id = coalesce(CASE WHEN :linked <> '' THEN json_extract(r."groups", '$.' || :linked) END, r.unit_id)
WHERE r.name = :name AND r.counted
HAVING count(*) > 0 AND count(p.id) = count(*)

-- name: cited_documents
-- The number of documents that a register (`:source`) cites for a figure's counted rows, and of their publishers. `:linked`: the
-- linked column with the ids of the rows' records; empty if the units are records.
WITH counted AS (
    SELECT DISTINCT coalesce(CASE WHEN :linked <> '' THEN json_extract("groups", '$.' || :linked) END, unit_id) AS id
    FROM figure_rows WHERE name = :name AND counted
), described AS (
    SELECT id FROM counted
    UNION
    SELECT l.id FROM links AS l JOIN counted AS n ON n.id = l.target WHERE l.type = 'role' AND l.property = 'project'
), cited AS (
    SELECT DISTINCT coalesce(e.document, c.document) AS id
    FROM described AS d
    JOIN claims AS c ON c.id = d.id AND c.source = :source
    LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
)
SELECT count(*) AS documents, count(DISTINCT f.value) AS publishers
FROM cited AS t
LEFT JOIN facts AS f ON f.id = t.id AND f.property = 'publisher' AND f.rank = 1
WHERE t.id IS NOT NULL
