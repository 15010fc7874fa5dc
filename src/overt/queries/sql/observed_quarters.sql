SELECT l.source, l.series, substr(l.day, 1, 4) || '-Q' || ((substr(l.day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_measured,
    count(o.domain) AS days_listed
FROM observed_lists AS l
LEFT JOIN observations AS o
    ON o.domain = ? AND o.source = l.source AND o.series = l.series AND o.first_listed <> '' AND l.day BETWEEN o.first_listed AND o.last_listed
WHERE l.day IS NOT NULL
GROUP BY l.source, l.series, quarter
ORDER BY l.source, l.series, quarter
