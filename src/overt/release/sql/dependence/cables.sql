-- Each submarine cable with the countries that it lands in, who supplies and who owns it, and whether it is more than announced.
SELECT p.id, list(DISTINCT l.country ORDER BY l.country) AS countries,
    (SELECT list(DISTINCT organization ORDER BY organization) FROM roles WHERE project = p.id AND role = 'supplier') AS suppliers,
    (SELECT list(DISTINCT organization ORDER BY organization) FROM roles WHERE project = p.id AND role = 'owner') AS owners,
    coalesce(p.status, 'unknown') IN ('operational', 'under-construction', 'completed') AS stands
FROM projects AS p, unnest(p.country) AS l(country)
WHERE coalesce(p.status, 'unknown') NOT IN ('cancelled', 'denied', 'decommissioned')
    AND p.id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable')
GROUP BY p.id, p.status
ORDER BY p.id
