SELECT l.id
FROM (SELECT DISTINCT id FROM links WHERE target = ? AND type = 'restriction' AND property = 'country') AS l
LEFT JOIN facts AS f ON f.id = l.id AND f.property = 'start' AND f.rank = (SELECT min(rank) FROM facts WHERE id = l.id AND property = 'start')
ORDER BY f.value IS NULL, ltrim(f.value, './') DESC, l.id
LIMIT ? OFFSET ?
