-- Statements about documented systems, with the part in the system of whoever made them: supplier, customer or other.
SELECT s.about AS project, s.kind, s.concerns,
    CASE
        WHEN bool_or(r.role IN ('supplier', 'implementer')) THEN 'supplier'
        WHEN bool_or(r.role IN ('customer', 'operator', 'owner', 'recipient')) THEN 'customer'
        ELSE 'other'
    END AS part
FROM statements AS s
SEMI JOIN (SELECT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d ON d.project = s.about
LEFT JOIN roles AS r ON r.project = s.about AND r.organization = s."by"
GROUP BY s.id, s.about, s.kind, s.concerns
