SELECT source, series, substr(day, 1, 4) || '-Q' || ((substr(day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_measured
FROM observed_lists
WHERE day IS NOT NULL
GROUP BY source, series, quarter
ORDER BY source, series, quarter
