-- One row per platform or service, kind of restriction in China (blocking or withdrawal), year, replacements, and whether it
-- ended. Platforms and services that have narrower terms are left out.
SELECT DISTINCT u.name AS unit_id, k.kind, if(year(r.start_from) = year(r.start_to), year(r.start_from), NULL) AS year,
    list_sort(coalesce(r.replacement, [])) AS replacement, r.end_to IS NOT NULL AS ended
FROM restrictions AS r
JOIN (
    SELECT id, unnest(platform) AS name FROM restrictions
    UNION ALL
    SELECT id, unnest(service) FROM restrictions
) AS u ON u.id = r.id
JOIN (SELECT id, unnest(kind) AS kind FROM restrictions) AS k ON k.id = r.id AND k.kind IN ('blocking', 'withdrawal')
WHERE r.country = 'CN' AND u.name NOT IN (SELECT broader FROM terms WHERE vocabulary IN ('platforms', 'services') AND broader IS NOT NULL)
