-- The best answer for each pair of records, under the records' ids.
WITH best AS (
    SELECT DISTINCT ON (a, b) a, b, match_probability, match_weight, ${names}
    FROM linkage_pair
    ORDER BY a, b, match_weight DESC, one, other
)
SELECT l.record AS left, r.record AS right, match_probability AS probability, match_weight AS weight, ${names}
FROM best
JOIN linkage_number AS l ON l.number = a
JOIN linkage_number AS r ON r.number = b
ORDER BY a, b
