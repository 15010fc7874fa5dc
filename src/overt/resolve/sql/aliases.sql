-- name: aliases
-- Every claim of a name, and the number of clusters of the same type that share the name's key.
WITH named AS (SELECT * FROM alias_claim JOIN alias_keys USING (name)),
counted AS (SELECT type, key, count(DISTINCT id)::INTEGER AS things FROM named GROUP BY type, key)
SELECT type, key, things, id, name, lang, script, property, record, source, claim_id
FROM named
JOIN counted USING (type, key)
ORDER BY type, key, id, name, claim_id

-- name: latest_claims
-- Claims about records of the given types, from the last snapshot that has the record, with the record's published id.
WITH of_types AS (
    SELECT claim_id, record, type, source, property, value, lang, turn
    FROM ${claims}
    WHERE type IN ${types}
),
latest AS (SELECT record, source, max(turn) AS turn FROM of_types GROUP BY record, source)
SELECT DISTINCT claim_id, id, record, type, source, property, value, lang
FROM of_types
SEMI JOIN latest USING (record, source, turn)
JOIN alias_ids USING (record)
