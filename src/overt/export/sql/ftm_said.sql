-- One row a claim and the entity that it speaks of, those of an entity together, with the places of its evidence.
WITH spoken AS (
    SELECT id, record, source, type, property, value, target, original, unit, lang, basis, rule, claim_id FROM ftm.said
    UNION ALL -- that a project is at a place is said by the place
    SELECT s.target, s.value, s.source, 'project', '@address', NULL, s.id, NULL, NULL, NULL, s.basis, s.rule, s.claim_id
    FROM ftm.said AS s JOIN ftm.entities AS e ON e.id = s.id AND e.schema = 'Address'
    WHERE s.type = 'place' AND s.property = 'project' AND s.target IS NOT NULL
    UNION ALL
    SELECT s.id, s.record, s.source, s.type, '@proof', NULL, d.id, NULL, NULL, NULL, s.basis, s.rule, s.claim_id
    FROM ftm.said AS s JOIN members AS d ON d.record = s.document WHERE d.id <> s.id
    UNION ALL
    SELECT d.id, d.record, d.source, 'commitment', '@debtor', NULL, d.target, NULL, NULL, NULL, NULL, NULL, d.claim_id
    FROM ftm.debtors AS d JOIN ftm.entities AS e ON e.id = d.id AND e.schema = 'Debt'
),
places AS (
    SELECT v.claim_id, min(c.retrieved) AS first_seen, max(c.retrieved) AS last_seen,
        list({'capture': v.capture, 'locator': v.locator, 'document': v.document} ORDER BY v.capture, v.locator, v.document) AS places
    FROM evidence AS v LEFT JOIN (SELECT sha256, source, min(retrieved) AS retrieved FROM captures GROUP BY ALL) AS c ON c.sha256 = v.capture
    GROUP BY v.claim_id
)
SELECT s.*, e.schema, e.about, r.label, p.first_seen, p.last_seen, p.places
FROM spoken AS s
JOIN ftm.entities AS e USING (id)
JOIN records AS r USING (id)
LEFT JOIN places AS p USING (claim_id)
WHERE e.schema IS NOT NULL
ORDER BY s.id, s.record, s.property, s.value, s.target, s.claim_id
