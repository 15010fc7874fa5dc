SELECT what, type, reason, source, count(*) AS held
FROM history WHERE position = ?
GROUP BY what, type, reason, source
ORDER BY CASE what WHEN 'merged' THEN 0 WHEN 'split' THEN 1 WHEN 'changed' THEN 2 WHEN 'told' THEN 3 WHEN 'left' THEN 4 WHEN 'removed' THEN 5 ELSE 6 END, held DESC, type, source
