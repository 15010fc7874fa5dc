SELECT DISTINCT year, country, unnest(kind) AS kind, id FROM assessments WHERE country IS NOT NULL AND year IS NOT NULL ORDER BY ALL
