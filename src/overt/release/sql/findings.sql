-- Tables that findings read in addition to those of the release.

-- name: organization_names
-- The shortest name of each organisation in ASCII (otherwise its label), and the shortest in Chinese: an alias only if it is a part
-- of a full name, such as 华为 of 华为技术有限公司.
SELECT o.id, coalesce((
    SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_full_match(n, '[ -~]+') ORDER BY length(n), n LIMIT 1
), r.label, o.id) AS en,
    (
        SELECT n FROM (SELECT unnest(o.name) AS n UNION SELECT unnest(o.alias))
        WHERE regexp_matches(n, '\p{Han}') AND contains(array_to_string(o.name, '|'), n)
        ORDER BY length(n), n LIMIT 1
    ) AS zh
FROM organizations AS o
JOIN records AS r ON r.id = o.id
