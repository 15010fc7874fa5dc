SELECT DISTINCT country FROM measured_quarters ORDER BY country
