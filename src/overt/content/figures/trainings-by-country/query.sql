-- One row per training: an agreement of China or a Chinese organisation on a training programme, or a project of the kind
-- `training` with a Chinese organisation or from AidData.
SELECT a.id AS unit_id, 'training-programme' AS kind, list_filter(coalesce(a.party_country, []), lambda c: c <> 'CN') AS country,
    if(year(a.date_from) = year(a.date_to), year(a.date_from), NULL) AS year, coalesce(a.status, 'unknown') AS status
FROM agreements AS a
WHERE a.kind = 'training-programme' AND (
    list_contains(a.party_country, 'CN')
    OR EXISTS (FROM organizations AS o WHERE list_contains(a.party, o.id) AND o.country = 'CN')
)
UNION ALL
SELECT p.id, 'training', list_filter(coalesce(p.country, []), lambda c: c <> 'CN'), coalesce(
    if(year(p.agreed_from) = year(p.agreed_to), year(p.agreed_from), NULL),
    if(year(p.started_from) = year(p.started_to), year(p.started_from), NULL),
    if(year(p.operational_from) = year(p.operational_to), year(p.operational_from), NULL),
    if(year(p.completed_from) = year(p.completed_to), year(p.completed_from), NULL)
) AS year, coalesce(p.status, 'unknown')
FROM projects AS p
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind = 'training') AND (
    EXISTS (FROM roles AS r JOIN organizations AS o ON o.id = r.organization WHERE r.project = p.id AND o.country = 'CN')
    OR EXISTS (FROM members AS m WHERE m.id = p.id AND m.source = 'aiddata_gcdf')
)
