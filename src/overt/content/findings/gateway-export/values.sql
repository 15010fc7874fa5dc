-- The countries with a documented filtering system by Geedge Networks that is known from leaked files, and their number.
WITH gateways AS (
    SELECT DISTINCT p.id, unnest(p.country) AS country
    FROM projects AS p
    JOIN roles AS r ON r.project = p.id AND r.role IN ('supplier', 'implementer')
    JOIN organizations AS o ON o.id = r.organization
    WHERE list_contains(o.name, 'Geedge Networks') AND list_contains(p.known_from, 'leaked-file')
        AND coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified')
        AND p.id IN (SELECT id FROM project_kinds WHERE kind = 'filtering')
)
SELECT count(DISTINCT country) AS countries, list(DISTINCT country ORDER BY country) AS "where" FROM gateways
