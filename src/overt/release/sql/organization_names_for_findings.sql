-- The names of organisations for findings.

-- name: organization_names
-- The shortest ASCII name of each organisation (its label if it has no such name), and its short name in Chinese, from the
-- table `chinese_short_names` (model/short_chinese_organization_name.py).
SELECT o.id,
    coalesce(
        list_sort(list_transform(list_filter(o.name, lambda n: regexp_full_match(n, '[ -~]+')), lambda n: {'length': length(n), 'name': n}))[1].name,
        r.label, o.id
    ) AS en,
    s.zh
FROM organizations AS o
JOIN records AS r ON r.id = o.id
LEFT JOIN chinese_short_names AS s ON s.id = o.id

-- name: chinese_names
-- The names and aliases of each organisation with a Chinese name.
SELECT id, name, list_concat(name, alias) AS names
FROM organizations
WHERE regexp_matches(array_to_string(name, ''), '\p{Han}')
ORDER BY id
