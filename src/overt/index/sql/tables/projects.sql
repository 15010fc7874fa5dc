-- Projects with their places and organisations, and the values by which filters find projects.

-- name: projects
-- Projects as shown in lists and on the map, with up to three organisations. The layer on the map is the first of the project's
-- layers in `layer_order`.
-- The date is that of `flat_projects.first_dates`. It can be a span that is open on either side. `year` is the first known year
-- of the span. The first and the last day are counted from 1970, and null on an open side. The last year of a span with an open
-- end is 9999. A span with an open beginning, “by 2021”, has its only known year as first and last year. A filter by years
-- then finds it in the year that lists show. Without a date, all of these columns are null.
WITH kinds AS (
    SELECT k.id, to_json(list(k.kind ORDER BY t.position))::VARCHAR AS kinds, min_by(t.layer, o.position) AS layer
    FROM project_kinds AS k
    JOIN term_order AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
    LEFT JOIN layer_order AS o ON o.layer = t.layer
    WHERE k.said
    GROUP BY k.id
),
part AS (
    SELECT project, organization, min(o.position) AS position, min_by(i.role, o.position) AS role
    FROM involved AS i
    LEFT JOIN role_order AS o USING (role)
    GROUP BY project, organization
),
companies AS (
    SELECT p.project AS id, count(*) AS company_count,
        to_json(list({'id': p.organization, 'label': r.label, 'label_lang': r.label_lang, 'label_zh': r.label_zh, 'role': p.role} ORDER BY p.position, r.label, p.organization)[:3])::VARCHAR AS companies
    FROM part AS p
    JOIN labelled AS r ON r.id = p.organization
    GROUP BY p.project
),
dated AS (
    ${project_dates}
)
SELECT p.id, r.label, r.label_lang, r.label_zh, r.label, k.layer, coalesce(k.kinds, '[]'), coalesce(to_json(p.country)::VARCHAR, '[]'), p.status,
    year(coalesce(d.known.low, d.known.high)), d.known.date, coalesce(c.companies, '[]'), coalesce(c.company_count, 0), r.sources, r.independent_sources,
    p.id IN (SELECT id FROM placed),
    coalesce(year(d.known.low), year(d.known.high)), CASE WHEN d.known IS NOT NULL THEN coalesce(year(d.known.high), 9999) END,
    p.id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable'),
    d.known.low - DATE '1970-01-01', d.known.high - DATE '1970-01-01', v.status
FROM projects AS p
JOIN labelled AS r USING (id)
JOIN dated AS d USING (id)
JOIN shown_statuses AS v USING (id)
LEFT JOIN kinds AS k USING (id)
LEFT JOIN companies AS c USING (id)
ORDER BY p.id

-- name: projects_flat
SELECT id, name, name_zh, kind_name, kind, layer_name, country_name, country, status, year, agreed, construction_start, started, operational, completed,
    ended, planned_column, supplier_name, implementer_name, customer_name, operator_name, owner_name, financier_name, amount::DOUBLE, amount_unit,
    latitude::DOUBLE, longitude::DOUBLE, "precision", place_name, places, independent_sources, source_title, document_url
FROM projects_flat
ORDER BY id

-- name: places
-- A place that a more exact one supersedes keeps its row, without a geometry.
SELECT p.id, coalesce(p.name, r.label), p.country, coalesce(p."precision", 'unlocated'), p.kind, p.radius::DOUBLE,
    CASE WHEN p.id NOT IN (FROM places_behind_sites) THEN p.geometry END, p.project
FROM places AS p
JOIN records AS r USING (id)
ORDER BY p.id

-- name: project_kind
SELECT kind, id, coalesce(said, false) FROM project_kinds WHERE kind IS NOT NULL ORDER BY kind, id

-- name: project_layer
SELECT DISTINCT t.layer, k.id
FROM project_kinds AS k
JOIN term_order AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
WHERE t.layer IS NOT NULL
ORDER BY ALL

-- name: project_country
-- `located`: whether the project has a drawn place in that country.
WITH located AS (SELECT DISTINCT id, country FROM placed)
SELECT h.country, h.id, l.id IS NOT NULL
FROM project_countries AS h
LEFT JOIN located AS l ON l.id = h.id AND l.country = h.country
ORDER BY h.country, h.id

-- name: project_region
-- Regions of a project's countries on the release's day.
SELECT DISTINCT r.region, h.id
FROM project_countries AS h
JOIN region_areas AS r ON r.area = h.country
WHERE r.current
ORDER BY ALL

-- name: project_company
SELECT organization, project, role, record FROM involved ORDER BY ALL

-- name: project_source
SELECT DISTINCT source, id FROM claims WHERE type = 'project' AND standing = 'current' ORDER BY ALL

-- name: project_precision
-- Precisions of a project's drawn places or, if no place can be drawn, whether its country is known.
SELECT DISTINCT "precision", id FROM placed
UNION ALL
SELECT CASE WHEN len(country) > 0 THEN 'country' ELSE 'unlocated' END, id FROM projects WHERE id NOT IN (SELECT id FROM placed)
ORDER BY ALL
