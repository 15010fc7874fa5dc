-- Every record that any snapshot ever held, with the first position in the archive at which it stood.
SELECT record, min(type) AS type, min(source) AS source, min(position) AS first_position
FROM ${claims}
GROUP BY record
ORDER BY record
