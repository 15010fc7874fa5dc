SELECT j.*
FROM all_judgements AS j
SEMI JOIN members AS l ON l.record = j."left"
SEMI JOIN members AS r ON r.record = j."right"
ORDER BY j.sequence
