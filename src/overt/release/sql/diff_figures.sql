-- Each figure of either release, as both have it: value, status, variants and groups.
SELECT coalesce(o.name, n.name) AS name, o.value AS before, n.value AS after, coalesce(o.status, ${none}) AS old_status,
    coalesce(n.status, ${none}) AS new_status, o.variants AS old_variants, n.variants AS new_variants,
    o.groups AS old_groups, n.groups AS new_groups
FROM old_figures AS o
FULL JOIN new_figures AS n ON o.name = n.name
ORDER BY name
