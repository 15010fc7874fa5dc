SELECT year, kind, count(DISTINCT country) AS countries FROM assessments GROUP BY year, kind ORDER BY year, kind
