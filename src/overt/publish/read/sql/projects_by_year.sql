SELECT p.year, count(*) AS projects FROM projects AS p WHERE p.year IS NOT NULL AND ${where} GROUP BY p.year ORDER BY p.year
