-- One row a project as lists and the map show it. Its date is that of dated.sql.
-- A date can mean any day of a span, and a span may be open; `year` is the first year that is known of it.
-- Its first and last day are counted from 1970; none where the span is open, or the project has no date.
-- Its layer on the map is the most telling one of its kinds, by the order of `layer_order`.
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
    SELECT p.project AS id, count(*) AS held,
        to_json(list({'id': p.organization, 'label': r.label, 'label_lang': r.label_lang, 'label_zh': r.label_zh, 'role': p.role} ORDER BY p.position, r.label, p.organization)[:3])::VARCHAR AS companies
    FROM part AS p
    JOIN labelled AS r ON r.id = p.organization
    GROUP BY p.project
),
dated AS (
    ${dated}
)
SELECT p.id, r.label, r.label_lang, r.label_zh, r.label, k.layer, coalesce(k.kinds, '[]'), coalesce(to_json(p.country)::VARCHAR, '[]'), p.status,
    year(coalesce(d.known.low, d.known.high)), d.known.date, coalesce(c.companies, '[]'), coalesce(c.held, 0), r.sources, r.independent_sources,
    p.id IN (SELECT id FROM placed),
    CASE WHEN d.known IS NOT NULL THEN coalesce(year(d.known.low), 0) END, CASE WHEN d.known IS NOT NULL THEN coalesce(year(d.known.high), 9999) END,
    p.id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable'),
    d.known.low - DATE '1970-01-01', d.known.high - DATE '1970-01-01'
FROM projects AS p
JOIN labelled AS r USING (id)
JOIN dated AS d USING (id)
LEFT JOIN kinds AS k USING (id)
LEFT JOIN companies AS c USING (id)
ORDER BY p.id
