-- Every record that any snapshot ever held, with the first position in the archive at which it stood. Its source is the one whose
-- record it is: an editorial claim about it makes it nobody else's.
SELECT record, min(type) AS type, split_part(record, ':', 1) AS source, min(position) AS first_position
FROM ${claims}
GROUP BY record
ORDER BY record
