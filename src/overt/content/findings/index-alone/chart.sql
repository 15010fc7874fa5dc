SELECT DISTINCT unit_id AS country, 1 AS value
FROM figure_rows
WHERE name = 'surveillance-export-countries-2022' AND counted AND unit_id <> 'CN'
    AND unit_id NOT IN (SELECT unit_id FROM figure_rows WHERE name = 'countries-with-chinese-deployments' AND counted)
ORDER BY 1
