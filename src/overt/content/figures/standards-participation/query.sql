-- One row per organisation, body, role and country. `seat` is the country under which the source counts the organisation or, if
-- the source gives none, the one in which it is based.
SELECT DISTINCT p.organization AS unit_id, p.organization, coalesce(t.label, b.label, p.list) AS body, p.role, coalesce(p.country, o.country) AS seat
FROM participations AS p
LEFT JOIN organizations AS o ON o.id = p.organization
LEFT JOIN terms AS t ON t.vocabulary = 'forums' AND t.id = p.forum
LEFT JOIN records AS b ON b.id = p.body
WHERE p.organization IS NOT NULL
