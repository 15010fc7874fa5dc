-- Units that records of these sources tell of, and how many of their records each is; of a kind: records that tell of it by themselves.
WITH RECURSIVE wanted AS (
    SELECT ${kind} AS kind
    UNION
    SELECT t.id FROM wanted AS w JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.broader = w.kind
)
SELECT m.id, count(*)
FROM members AS m
WHERE m.source IN ${sources} AND m.id IN (SELECT unnest(?::VARCHAR[])) AND (${kind} IS NULL OR m.record IN (
        SELECT record FROM claims WHERE standing = 'current' AND property = 'kind' AND value IN (SELECT kind FROM wanted)
    ))
GROUP BY m.id
