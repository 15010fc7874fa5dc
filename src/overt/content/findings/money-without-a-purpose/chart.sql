SELECT CAST((groups ->> 'year') AS INTEGER) AS year, CAST(sum(amount) AS DOUBLE) AS value,
    CAST(coalesce(sum(amount) FILTER (list_contains(variants, 'surveillance-or-censorship')), 0) AS DOUBLE) AS part
FROM figure_rows
WHERE name = 'finance-total' AND counted AND (groups ->> 'year') IS NOT NULL
GROUP BY 1
ORDER BY 1
