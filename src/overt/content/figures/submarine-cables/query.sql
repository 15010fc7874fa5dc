-- One row per cable system of TeleGeography's map. `supplied`: HMN Tech is a supplier; `owned`: one of China's three state
-- carriers is an owner.
WITH part AS (
    SELECT r.project, bool_or(r.role = 'supplier' AND m.record = 'organizations:hmn-tech') AS supplied,
        bool_or(r.role = 'owner' AND m.record IN (
            'organizations:china-mobile', 'organizations:china-mobile-group', 'organizations:china-telecom', 'organizations:china-telecom-group',
            'organizations:china-unicom-group', 'organizations:china-unicom-hong-kong'
        )) AS owned
    FROM roles AS r
    JOIN members AS m ON m.id = r.organization AND m.source = 'organizations'
    GROUP BY r.project
)
SELECT p.id AS unit_id, coalesce(p.status, 'unknown') AS status, coalesce(part.supplied, false) AS supplied, coalesce(part.owned, false) AS owned
FROM projects AS p
LEFT JOIN part ON part.project = p.id
WHERE p.id IN (SELECT id FROM members WHERE source = 'telegeography') AND list_contains(p.kind, 'submarine-cable')
