-- Tables that findings read in addition to those of the release.

-- name: organization_names
-- The shortest name of each organisation in ASCII (otherwise its label), and the shortest in Chinese: an alias only if it is a part
-- of a full name, such as 华为 of 华为技术有限公司.
SELECT o.id,
    coalesce(
        list_sort(list_transform(list_filter(o.name, lambda n: regexp_full_match(n, '[ -~]+')), lambda n: {'length': length(n), 'name': n}))[1].name,
        r.label, o.id
    ) AS en,
    list_sort(list_transform(
        list_filter(
            list_concat(o.name, o.alias), lambda n: regexp_matches(n, '\p{Han}') AND contains(array_to_string(o.name, '|'), n)
        ),
        lambda n: {'length': length(n), 'name': n}
    ))[1].name AS zh
FROM organizations AS o
JOIN records AS r ON r.id = o.id
