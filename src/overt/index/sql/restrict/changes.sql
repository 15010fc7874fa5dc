-- Changes of records that may be shown. Where the value is a record's name, both sides name only such records, or what is nowhere.
WITH linked AS (
    SELECT c.source, c.record, c.property, unnest(string_split(concat_ws('; ', c."before", c."after"), '; ')) AS named
    FROM all_changes AS c
    SEMI JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
),
hidden AS (
    SELECT DISTINCT l.source, l.record, l.property
    FROM linked AS l
    ANTI JOIN members AS m ON m.record = l.named
    WHERE split_part(l.named, ':', 1) NOT IN (FROM kept) OR l.named IN (SELECT record FROM all_members)
)
SELECT c.reason, c.source, m.id, c.record, c.type, c.property, c."before", c."after"
FROM all_changes AS c
SEMI JOIN kept USING (source)
ANTI JOIN hidden USING (source, record, property)
JOIN members AS m USING (record)
ORDER BY ALL
