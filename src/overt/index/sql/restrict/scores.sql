-- How likely two records that may be shown are one.
SELECT s.*
FROM all_scores AS s
SEMI JOIN members AS l ON l.record = s."left"
SEMI JOIN members AS r ON r.record = s."right"
ORDER BY ALL
