-- Every record that something is said of, with the name it is shown under, how many sources tell of it, how many of them
-- do not copy one another (release/independence.py), and the strictest licence among them.
WITH counted AS (
    SELECT id, min(type) AS type, count(DISTINCT source)::INTEGER AS sources, count(DISTINCT record)::INTEGER AS members,
        max(l.strictness) AS strictness, count(DISTINCT coalesce(p.publisher, source))::INTEGER AS publishers
    FROM ${claims} AS c
    JOIN licences AS l USING (source)
    LEFT JOIN publishers AS p USING (source)
    WHERE standing = 'current'
    GROUP BY id
),
named AS (
    SELECT id, min_by(value, (rank_of_name, rank, value)) AS label, min_by(lang, (rank_of_name, rank, value)) AS lang
    FROM (
        SELECT id, value, lang, rank,
            CASE property WHEN 'name' THEN 0 WHEN 'title' THEN 0 ELSE 1 END * 2 + CASE WHEN lang IS NULL OR lang = 'en' THEN 0 ELSE 1 END AS rank_of_name
        FROM ${values} WHERE property IN ('name', 'title', 'alias')
    )
    GROUP BY id
)
SELECT c.id, c.type, n.label, n.lang AS label_lang, c.sources, coalesce(i.independent_sources, c.publishers) AS independent_sources, c.members, ['open', 'share-alike', 'non-commercial', 'private'][c.strictness + 1] AS reuse
FROM counted AS c
LEFT JOIN named AS n USING (id)
LEFT JOIN independent_things AS i USING (id)
ORDER BY c.id
