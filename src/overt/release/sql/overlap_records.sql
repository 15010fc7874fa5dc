-- Records of the things of one group, each with its source.
SELECT m.record, m.source
FROM members AS m
JOIN overlap_groups AS g ON g.id = m.id AND g.unit = m.type
WHERE g.unit = $unit AND g.cut = $cut AND g.part = $part
ORDER BY m.record
