-- The best answer for each pair of records, under the records' ids.
WITH best AS (
    SELECT DISTINCT ON (a, b) a, b, match_probability, match_weight, ${names}
    FROM linkage_pair
    ORDER BY a, b, match_weight DESC, one, other
),
record AS (SELECT record, row_number() OVER (ORDER BY record)::INTEGER AS number FROM linkage_records)
SELECT l.record AS left, r.record AS right, match_probability AS probability, match_weight AS weight, ${names}
FROM best
JOIN record AS l ON l.number = a
JOIN record AS r ON r.number = b
ORDER BY a, b
