-- One row per programme and supplier, and one row for each programme without a supplier.
WITH named AS (SELECT id, label FROM records WHERE type = 'organization')
SELECT DISTINCT p.id AS unit_id, p.country, p.kind, s.label AS supplier,
    list_sort(coalesce((SELECT list(n.label) FROM named AS n WHERE list_contains(p.operator, n.id)), [])) AS operator
FROM programmes AS p
LEFT JOIN named AS s ON list_contains(p.supplier, s.id)
