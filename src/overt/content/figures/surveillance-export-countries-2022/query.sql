-- One row per country of the index. `flagged`: the index reports technology from China; `named`: it names a supplier whose seat
-- is in China.
SELECT
    a.country AS unit_id,
    a.country,
    coalesce(list_contains(a.supplier_country, 'CN'), false) AS flagged,
    EXISTS (FROM organizations AS o WHERE list_contains(a.supplier, o.id) AND o.country = 'CN') AS named
FROM assessments AS a
WHERE a.year = 2022 AND a.id IN (SELECT id FROM members WHERE source = 'aigs_2022')
