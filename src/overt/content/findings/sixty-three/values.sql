-- How many of the countries that the figure on the index of 2019 counts are China or Hong Kong: none, one or both.
SELECT count(DISTINCT unit_id) AS extra
FROM figure_rows
WHERE name = 'surveillance-export-countries-2019' AND counted AND unit_id IN ('CN', 'HK')
