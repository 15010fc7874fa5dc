-- What differs of the claims that stand between a release and the one before it, by the records of sources that made them: a record
-- that came or went as one line (of a thing that has others: `told`, `left`), else a line a property. Words of both sides stand as JSON, in the order of their values.
WITH before AS (SELECT DISTINCT source, record, type, property, value, unit, lang FROM ${old}_claims WHERE standing = 'current'),
    after AS (SELECT DISTINCT source, record, type, property, value, unit, lang FROM ${new}_claims WHERE standing = 'current'),
    was AS (SELECT DISTINCT record FROM before),
    is_now AS (SELECT DISTINCT record FROM after),
    gone AS (SELECT *, 'before' AS side FROM before EXCEPT ALL SELECT *, 'before' FROM after),
    come AS (SELECT *, 'after' AS side FROM after EXCEPT ALL SELECT *, 'after' FROM before),
    differing AS (
        SELECT d.*, v.id AS target, l.label, l.label_lang, l.type AS kind
        FROM (FROM gone UNION ALL FROM come) AS d
        SEMI JOIN was USING (record)
        SEMI JOIN is_now USING (record)
        LEFT JOIN record_properties AS p ON p.type = d.type AND p.property = d.property
        LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN d.value END
        LEFT JOIN records AS l ON l.id = v.id
        WHERE p.property IS NULL OR v.record IS NOT NULL
    ),
    words AS (
        SELECT source, record, min(type) AS type, property, side,
            to_json(list({'value': coalesce(target, value), 'unit': unit, 'lang': lang, 'label': label, 'label_lang': label_lang, 'kind': kind} ORDER BY value, unit, lang))::VARCHAR AS said
        FROM differing
        GROUP BY source, record, property, side
    ),
    changed AS (
        SELECT 'changed' AS what, source, record, min(type) AS type, property, max(said) FILTER (WHERE side = 'before') AS before,
            max(said) FILTER (WHERE side = 'after') AS after
        FROM words
        GROUP BY source, record, property
    ),
    whole AS (
        SELECT 'added' AS what, min(source) AS source, record, min(type) AS type, NULL AS property, NULL AS before, NULL AS after
        FROM after ANTI JOIN was USING (record) GROUP BY record
        UNION ALL
        SELECT 'removed', min(source), record, min(type), NULL, NULL, NULL
        FROM before ANTI JOIN is_now USING (record) GROUP BY record
    ),
    taken_back AS (SELECT DISTINCT record FROM ${new}_claims WHERE standing <> 'current')
SELECT m.id,
    CASE
        WHEN h.what = 'added' AND m.id IN (SELECT t.id FROM was JOIN members AS t USING (record)) THEN 'told'
        WHEN h.what = 'removed' AND m.id IN (SELECT t.id FROM is_now JOIN members AS t USING (record)) THEN 'left'
        ELSE h.what
    END AS what, h.source, h.record, h.type, h.property, h.before, h.after,
    CASE
        WHEN h.after IS NULL AND h.what <> 'added' AND h.record IN (FROM taken_back) THEN 'retracted'
        WHEN h.source = 'editorial' THEN 'editorial'
        ELSE coalesce(r.reason, 'rules')
    END AS reason
FROM (FROM changed UNION ALL FROM whole) AS h
JOIN members AS m ON m.record = h.record
LEFT JOIN ${new}_reasons AS r ON r.source = h.source
ORDER BY ALL
