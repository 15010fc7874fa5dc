-- One row a project as lists and the map show it. The year is that of the first of these that is known: agreed, building began, in use.
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
        to_json(list({'id': p.organization, 'label': r.label, 'role': p.role} ORDER BY p.position, r.label, p.organization)[:3])::VARCHAR AS companies
    FROM part AS p
    JOIN records AS r ON r.id = p.organization
    GROUP BY p.project
),
placed AS (SELECT DISTINCT unnest(project) AS id FROM places WHERE geometry IS NOT NULL AND coalesce("precision", 'unlocated') NOT IN ('country', 'unlocated'))
SELECT p.id, r.label, r.label_zh, r.label, k.layer, coalesce(k.kinds, '[]'), coalesce(to_json(p.country)::VARCHAR, '[]'), p.status,
    year(coalesce(p.agreed_from, p.construction_start_from, p.operational_from, p.agreed_to, p.construction_start_to, p.operational_to)),
    coalesce(p.agreed, p.construction_start, p.operational), coalesce(c.companies, '[]'), coalesce(c.held, 0), r.sources,
    p.id IN (SELECT id FROM placed)
FROM projects AS p
JOIN labelled AS r USING (id)
LEFT JOIN kinds AS k USING (id)
LEFT JOIN companies AS c USING (id)
ORDER BY p.id
