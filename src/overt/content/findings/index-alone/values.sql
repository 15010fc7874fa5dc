-- The number of countries that the index of 2022 flags, but that have no documented deployment by a Chinese supplier. China
-- itself is left out.
SELECT count(DISTINCT unit_id) AS without
FROM figure_rows
WHERE name = 'surveillance-export-countries-2022' AND counted AND unit_id <> 'CN'
    AND unit_id NOT IN (SELECT unit_id FROM figure_rows WHERE name = 'countries-with-chinese-deployments' AND counted)
