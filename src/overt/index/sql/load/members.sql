SELECT m.id, m.record, m.source, EXISTS (FROM claims AS c WHERE c.record = m.record AND c.standing = 'current')
FROM members AS m
ORDER BY m.id, m.record
