-- Units that records of these sources tell of, and how many of their records each is.
SELECT m.id, count(*) FROM members AS m WHERE m.source IN ${sources} AND m.id IN (SELECT unnest(?::VARCHAR[])) GROUP BY m.id
