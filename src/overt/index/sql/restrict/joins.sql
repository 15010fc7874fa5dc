-- Why two records that may be shown are one.
SELECT j.*
FROM all_joins AS j
SEMI JOIN members AS l ON l.record = j."left"
SEMI JOIN members AS r ON r.record = j."right"
ORDER BY ALL
