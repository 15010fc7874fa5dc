-- Everything that changed with the releases after one, in a fixed order.
SELECT h.rowid AS n, s.release, h.id, h.what, h.type, h.property, h.before, h.after, h.reason, h.source
FROM history AS h
JOIN stages AS s ON s.position = h.position
WHERE h.position > :since AND h.rowid > :after
ORDER BY h.rowid LIMIT :limit
