-- Every claim of a name of what several sources can tell of, and how many things of its type go by that name.
WITH named AS (SELECT * FROM alias_said JOIN alias_keys USING (name)),
counted AS (SELECT type, key, count(DISTINCT id)::INTEGER AS things FROM named GROUP BY type, key)
SELECT type, key, things, id, name, lang, script, property, record, source, claim_id
FROM named
JOIN counted USING (type, key)
ORDER BY type, key, id, name, claim_id
