SELECT series, country, year, id, value::VARCHAR, code
FROM indicators
WHERE series IS NOT NULL AND country IS NOT NULL AND year IS NOT NULL
ORDER BY series, country, year, id
