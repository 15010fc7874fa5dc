-- Participation in standards bodies, forums and mailing lists.

-- name: country_forums
-- Organisations of a country by forum and role, with what the sources count. Mailing lists are not summed, because organisations
-- share them. Numbers are not summed either if no source says what they count (`counted` is null).
SELECT coalesce(forum, '') AS forum, role, counted, count(DISTINCT organization) AS organizations,
    sum(CASE WHEN counted <> 'mailing-lists' THEN count END) AS total, min(start) AS first, max(coalesce("end", start)) AS last
FROM participations
WHERE country = ? AND organization IS NOT NULL
GROUP BY coalesce(forum, ''), role, counted
ORDER BY forum, role, counted

-- name: country_organizations
-- The largest sums of a country's organisations: one for each organisation and kind of count, except mailing lists.
SELECT o.id, o.label, o.label_lang, o.label_zh, p.counted, sum(p.count) AS total
FROM participations AS p
JOIN companies AS o ON o.id = p.organization
WHERE p.country = ? AND p.count IS NOT NULL AND p.counted <> 'mailing-lists'
GROUP BY o.id, p.counted
ORDER BY total DESC, o.sort_label, o.id
LIMIT ?

-- name: country_sources
SELECT DISTINCT c.source
FROM participations AS p
JOIN claims AS c USING (id)
WHERE p.country = ? AND c.standing = 'current'
ORDER BY c.source

-- name: of_country_itself
SELECT id FROM participations WHERE country = ? AND organization IS NULL ORDER BY forum, role, id LIMIT ?
