SELECT coalesce(o.name, n.name) AS name, o.value AS before, n.value AS after
FROM old_figures AS o
FULL JOIN new_figures AS n ON o.name = n.name
WHERE o.value IS DISTINCT FROM n.value
ORDER BY name
