-- One row a distinct value of a property of a record; rank 1 is the one shown where there can be one only.
-- The rule: editorial before stated before coded before computed; then the most sources; the newest capture, or the last entry
-- of the ledger; the value itself.
WITH joined AS (
    SELECT c.id, c.type, c.property, coalesce(m.id, c.value) AS value, c.unit, c.lang, k.mark, c.claim_id,
        CASE WHEN c.source = 'editorial' THEN 0 WHEN c.basis = 'stated' THEN 1 WHEN c.basis = 'coded' THEN 2 ELSE 3 END AS standing,
        coalesce(s.retrieved, c.snapshot) AS retrieved, p.many
    FROM claims_out AS c
    JOIN properties AS p ON p.type = c.type AND p.property = c.property
    JOIN source_marks AS k ON k.source = c.source
    LEFT JOIN members AS m ON m.record = CASE WHEN p.is_record THEN c.value END
    LEFT JOIN snapshot_dates AS s ON s.source = c.source
    WHERE c.standing = 'current'
),
grouped AS (
    SELECT id, type, property, value, unit, any_value(many) AS many, min(lang) AS lang, min(standing) AS standing,
        count(*)::INTEGER AS claims, bit_count(bit_or(mark))::INTEGER AS sources, max(retrieved) AS retrieved,
        min_by(claim_id, (standing, claim_id)) AS claim_id
    FROM joined
    GROUP BY id, type, property, value, unit
),
ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY id, property ORDER BY standing, sources DESC, retrieved DESC, value, unit
        )::INTEGER AS rank,
        count(*) OVER (PARTITION BY id, property) AS rivals
    FROM grouped
)
SELECT id, type, property, value, unit, lang, many OR rank = 1 AS shown, rank, NOT many AND rivals > 1 AS contested,
    CASE standing WHEN 0 THEN 'stated' WHEN 1 THEN 'stated' WHEN 2 THEN 'coded' ELSE 'computed' END AS basis,
    claims, sources, claim_id
FROM ranked
ORDER BY id, property, rank
