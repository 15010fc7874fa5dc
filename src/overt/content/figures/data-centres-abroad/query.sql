-- One row per data centre or cloud project, organisation and role, of the roles below, and one row for each project without such
-- an organisation. `chinese`: an organisation based in China takes part, in any role, or AidData lists the project, because
-- official Chinese bodies pay for all that it lists.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
)
SELECT DISTINCT p.id AS unit_id, p.country, coalesce(
        if(year(p.agreed_from) = year(p.agreed_to), year(p.agreed_from), NULL),
        if(year(p.started_from) = year(p.started_to), year(p.started_from), NULL),
        if(year(p.operational_from) = year(p.operational_to), year(p.operational_from), NULL),
        if(year(p.completed_from) = year(p.completed_to), year(p.completed_from), NULL)
    ) AS year, coalesce(p.status, 'unknown') AS status, coalesce(n.company, r.organization) AS company,
    r.role, o.country AS seat, len(p.country) > 0 AND p.country <> ['CN'] AS abroad,
    p.id IN (SELECT id FROM project_kinds WHERE kind = 'cloud') AS cloud,
    EXISTS (FROM roles AS q JOIN organizations AS s ON s.id = q.organization WHERE q.project = p.id AND s.country = 'CN')
        OR EXISTS (FROM members AS m WHERE m.id = p.id AND m.source = 'aiddata_gcdf') AS chinese
FROM projects AS p
LEFT JOIN roles AS r ON r.project = p.id AND r.role IN ('operator', 'owner', 'supplier', 'implementer', 'financier')
LEFT JOIN organizations AS o ON o.id = r.organization
LEFT JOIN named AS n ON n.id = r.organization
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind IN ('data-centre', 'cloud'))
