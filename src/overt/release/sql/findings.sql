-- Tables that findings read in addition to those of the release.

-- name: organization_names
-- The shortest name of each organisation in ASCII (otherwise its label), and the shortest in Chinese.
SELECT o.id, coalesce((
    SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_full_match(n, '[ -~]+') ORDER BY length(n), n LIMIT 1
), r.label, o.id) AS en,
    (SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_matches(n, '\p{Han}') ORDER BY length(n), n LIMIT 1) AS zh
FROM organizations AS o
JOIN records AS r ON r.id = o.id
