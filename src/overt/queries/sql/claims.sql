SELECT c.claim_id, c.id, c.source, c.record, c.type, c.property, c.value, c.target, t.label AS target_label, t.label_lang AS target_lang, t.label_zh AS target_zh, t.type AS target_type, c.original,
    c.unit, c.lang, c.valid_from, c.valid_to, c.basis, c.rule, r.meaning AS rule_meaning, c.document, d.label AS document_label, d.label_lang AS document_lang,
    d.label_zh AS document_zh, c.standing,
    s.title AS source_title, s.retrieved, s.licence, s.reuse, s.own
FROM claims AS c
LEFT JOIN sources AS s ON s.source = c.source
LEFT JOIN rules AS r ON r.source = c.source AND r.rule = c.rule
LEFT JOIN records AS t ON t.id = c.target
LEFT JOIN records AS d ON d.id = c.document
WHERE ${which}
ORDER BY c.property, c.standing, c.value, c.source, c.claim_id
LIMIT ${most}
