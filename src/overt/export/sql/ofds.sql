-- Open Fibre Data Standard.

-- name: cables
-- Cables, with their places and participants.
WITH cables AS (
    SELECT * FROM projects WHERE list_has_any(kind, ['submarine-cable', 'leased-cable', 'terrestrial-cable'])
),
located AS (
    SELECT unnest(project) AS cable, id, name, country, geometry, "precision", kind FROM places
),
sites AS (
    SELECT cable, list({'id': id, 'name': name, 'country': country, 'geometry': geometry, 'precision': "precision", 'kind': kind} ORDER BY id) AS places
    FROM located SEMI JOIN cables ON cables.id = located.cable GROUP BY cable
),
parts AS (
    SELECT r.project, list({'id': r.id, 'organization': r.organization, 'role': r.role} ORDER BY r.organization, r.role, r.id) AS roles
    FROM roles AS r SEMI JOIN cables ON cables.id = r.project WHERE r.organization IS NOT NULL AND r.role IS NOT NULL GROUP BY r.project
)
SELECT c.id, c.name, c.status, c.country, c.operational, c.length, c.capacity, c.capacity_unit, c.website, s.places, p.roles
FROM cables AS c LEFT JOIN sites AS s ON s.cable = c.id LEFT JOIN parts AS p ON p.project = c.id
ORDER BY c.id;
