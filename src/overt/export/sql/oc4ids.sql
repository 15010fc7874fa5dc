-- Open Contracting for Infrastructure.

-- name: projects
-- Projects that build infrastructure, with their participants, places, money, source records, and the documents that their claims
-- cite.
WITH infrastructure AS (
    SELECT * FROM projects WHERE list_has_any(kind, [${kinds}])
),
located AS (
    SELECT unnest(project) AS project, id, name, country, geometry, "precision", kind FROM places
),
sites AS (
    SELECT project, list({'id': id, 'name': name, 'country': country, 'geometry': geometry, 'precision': "precision", 'kind': kind} ORDER BY id) AS places
    FROM located SEMI JOIN infrastructure ON infrastructure.id = located.project GROUP BY project
),
parts AS (
    SELECT project, list({'id': id, 'organization': organization, 'role': role} ORDER BY organization, role, id) AS roles
    FROM roles WHERE organization IS NOT NULL AND role IS NOT NULL GROUP BY project
),
money AS (
    SELECT project, list({
        'id': id, 'financier': financier, 'amount': amount, 'unit': amount_unit, 'flow': flow_type, 'agreed': agreed, 'status': status
    } ORDER BY id) AS commitments
    FROM commitments GROUP BY project
),
cited AS (
    SELECT c.id AS project, list(DISTINCT m.id ORDER BY m.id) AS documents
    FROM claims AS c JOIN members AS m ON m.record = c.document
    WHERE c.type = 'project' AND c.standing = 'current' GROUP BY c.id
),
source_records AS (
    SELECT id, list({'source': source, 'record': record} ORDER BY record) AS records FROM members WHERE type = 'project' GROUP BY id
)
SELECT w.id, w.name, w.kind, w.status, w.country, w.started, w.construction_start, w.completed, w.ended, w.description,
    s.places, p.roles, m.commitments, d.documents, k.records
FROM infrastructure AS w
LEFT JOIN sites AS s ON s.project = w.id
LEFT JOIN parts AS p ON p.project = w.id
LEFT JOIN money AS m ON m.project = w.id
LEFT JOIN cited AS d ON d.project = w.id
LEFT JOIN source_records AS k ON k.id = w.id
ORDER BY w.id;
