-- The money for projects that count as surveillance only because they have scanners of goods or baggage.
SELECT coalesce(sum(amount), 0) AS scanners
FROM figure_rows
WHERE name = 'finance-total' AND counted AND list_contains(variants, 'surveillance-or-censorship')
    AND list_contains(CAST(groups -> 'kind' AS VARCHAR[]), 'security-inspection')
    AND NOT list_has_any(CAST(groups -> 'kind' AS VARCHAR[]), (
        SELECT list(id) FROM terms
        WHERE vocabulary = 'project-kinds' AND layer IN ('surveillance', 'censorship') AND id <> 'security-inspection'
    ))
