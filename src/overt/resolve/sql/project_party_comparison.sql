-- name: party_measures
-- How many participants the two projects of a pair share, the weight of these, and whether their suppliers or customers differ.
CREATE OR REPLACE TEMP TABLE project_pair_party AS
WITH participants AS (SELECT project, cluster, weight, bool_and(further) AS further FROM project_participant GROUP BY ALL),
left_participants AS MATERIALIZED (
    SELECT left_project, right_project, cluster, weight, further FROM project_pair JOIN participants ON project = left_project
),
shared_participants AS (
    SELECT left_project, right_project, sum(l.weight) AS bits, count(*) AS organizations
    FROM left_participants AS l
    -- `further`: for a project in several countries, an organisation that represents a participant in one of them. If two projects
    -- share an organisation that is `further` in both, they also share the participant itself, so only the latter is counted.
    JOIN participants AS r ON r.project = right_project AND r.cluster = l.cluster AND NOT (l.further AND r.further)
    GROUP BY ALL
),
-- The number of roles (supplier, customer) in which the two projects share a participant.
shared_roles AS (
    SELECT left_project, right_project, count(DISTINCT role) AS roles
    FROM (SELECT left_project, right_project, cluster, role FROM project_pair JOIN project_participant ON project = left_project) AS l
    SEMI JOIN project_participant AS r ON r.project = l.right_project AND r.cluster = l.cluster AND r.role = l.role
    WHERE role IN ('supplier', 'customer')
    GROUP BY ALL
),
roles_taken AS (
    SELECT project, list(DISTINCT role ORDER BY role) AS roles, (SELECT sum(weight) FILTER (NOT further) FROM participants WHERE participants.project = of.project) AS bits
    FROM project_participant AS of
    GROUP BY project
),
-- The keys of the suppliers, of the customers and of all participants, and the groups in which their names are compared
-- (`participants.party_rows`).
party_keys AS (
    SELECT
        project,
        list(key ORDER BY key) FILTER (role = 'supplier' AND key <> '') AS suppliers,
        list(key ORDER BY key) FILTER (role = 'customer' AND key <> '') AS customers,
        coalesce(bool_or(role = 'supplier' AND starts_with(key, 'maker ')), false) AS has_maker,
        list(script ORDER BY script) FILTER (role = 'supplier' AND script <> '') AS supplier_scripts,
        list(script ORDER BY script) FILTER (role = 'customer' AND script <> '') AS customer_scripts,
        list(DISTINCT script ORDER BY script) FILTER (script <> '') AS scripts,
        list(DISTINCT key ORDER BY key) FILTER (key <> '') AS parties
    FROM project_party
    GROUP BY project
)
SELECT
    left_project,
    right_project,
    -- Sharing no participant counts only if both projects have one in the same role, and names in a common script.
    CASE
        WHEN shared_participants.bits IS NOT NULL THEN round(shared_participants.bits * shared_participants.bits / greatest(1, least(lt.bits, rt.bits)))
        WHEN lt.roles IS NULL OR rt.roles IS NULL OR NOT list_has_any(lt.roles, rt.roles) THEN -1
        WHEN NOT list_has_any(lp.scripts, rp.scripts) THEN -1
        ELSE 0
    END::BIGINT AS participant_bits,
    coalesce(shared_participants.organizations, 0)::BIGINT AS shared_participants,
    coalesce(shared_roles.roles, 0)::BIGINT AS shared_roles,
    CASE
        WHEN list_has_any(lp.supplier_scripts, rp.supplier_scripts)
            AND NOT list_has_any(lp.suppliers, rp.parties)
            AND NOT list_has_any(rp.suppliers, lp.parties) THEN CASE WHEN lp.has_maker AND rp.has_maker THEN 'other-maker' ELSE 'other' END
        ELSE 'unknown'
    END AS suppliers,
    CASE
        WHEN list_has_any(lp.customer_scripts, rp.customer_scripts)
            AND NOT list_has_any(lp.customers, rp.parties)
            AND NOT list_has_any(rp.customers, lp.parties) THEN 'other'
        ELSE 'unknown'
    END AS customers,
    list_contains(lp.customer_scripts, 'operator') AND list_contains(rp.customer_scripts, 'operator') AS operators
FROM project_pair
LEFT JOIN shared_participants USING (left_project, right_project)
LEFT JOIN shared_roles USING (left_project, right_project)
LEFT JOIN roles_taken AS lt ON lt.project = left_project
LEFT JOIN roles_taken AS rt ON rt.project = right_project
LEFT JOIN party_keys AS lp ON lp.project = left_project
LEFT JOIN party_keys AS rp ON rp.project = right_project
