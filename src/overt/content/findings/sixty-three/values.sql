-- The number of counted rows about China or Hong Kong.
SELECT count(DISTINCT unit_id) AS extra
FROM figure_rows
WHERE name = 'surveillance-export-countries-2019' AND counted AND unit_id IN ('CN', 'HK')
