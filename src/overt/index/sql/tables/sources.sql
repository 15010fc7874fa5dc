-- Sources and their captures.

-- name: sources
SELECT s.source, title, publisher, address, licence, licence_url, attribution, reuse, transcribed, own, covers, not_covered, snapshot, retrieved,
    as_of, as_of_said, part, suppliers, other_edition, rows_read, imported, out_of_scope, problems, claims, out_of_scope_by_rule,
    coalesce((
        SELECT to_json(list({'type': type, 'records': records} ORDER BY type))::VARCHAR
        FROM (SELECT type, count(DISTINCT c.record) AS records FROM claims AS c WHERE c.source = s.source AND c.standing = 'current' GROUP BY type)
    ), '[]')
FROM sources AS s
ORDER BY s.source

-- name: captures
SELECT DISTINCT sha256, source, snapshot, role, name, address, retrieved, licence, bytes FROM captures ORDER BY ALL
